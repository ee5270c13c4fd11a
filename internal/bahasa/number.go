package bahasa

// numKind is the grammar class of a number word.
type numKind uint8

const (
	nkNone    numKind = iota
	nkUnit            // nol..sembilan
	nkFixed           // sepuluh, sebelas, selawe: a whole chunk
	nkHundred         // seratus
	nkBelas           // makes the unit before it 11..19
	nkPuluh           // makes the unit before it 20..90
	nkRatus           // makes the unit before it 200..900
	nkScale           // ribu, juta, miliar
	nkOne             // seribu, sejuta: a scale with its one
	nkHalf            // setengah, seperempat: a part of what follows or came before
	nkComma           // koma
)

// numWord is a number word: its class, its value (a part in thousandths for
// nkHalf) and whether its ending made it approximate ("ribuan").
type numWord struct {
	kind   numKind
	value  int64
	approx bool
}

const (
	thousand = 1_000
	million  = 1_000_000
	billion  = 1_000_000_000
	trillion = 1_000_000_000_000
)

// numberWord classifies one word in the spelling of canon.
func numberWord(w string) numWord {
	switch w {
	case "nol":
		return numWord{kind: nkUnit}
	case "satu":
		return numWord{kind: nkUnit, value: 1}
	case "dua":
		return numWord{kind: nkUnit, value: 2}
	case "tiga":
		return numWord{kind: nkUnit, value: 3}
	case "empat":
		return numWord{kind: nkUnit, value: 4}
	case "lima":
		return numWord{kind: nkUnit, value: 5}
	case "enam":
		return numWord{kind: nkUnit, value: 6}
	case "tujuh":
		return numWord{kind: nkUnit, value: 7}
	case "delapan":
		return numWord{kind: nkUnit, value: 8}
	case "sembilan":
		return numWord{kind: nkUnit, value: 9}
	case "sepuluh":
		return numWord{kind: nkFixed, value: 10}
	case "sebelas":
		return numWord{kind: nkFixed, value: 11}
	case "selawe":
		return numWord{kind: nkFixed, value: 25}
	case "seket":
		return numWord{kind: nkFixed, value: 50}
	case "sewidak", "suwidak":
		return numWord{kind: nkFixed, value: 60}
	case "belas":
		return numWord{kind: nkBelas}
	case "puluh":
		return numWord{kind: nkPuluh}
	case "ratus":
		return numWord{kind: nkRatus}
	case "seratus":
		return numWord{kind: nkHundred, value: 100}
	case "koma":
		return numWord{kind: nkComma}
	case "setengah":
		return numWord{kind: nkHalf, value: 500}
	case "seperempat":
		return numWord{kind: nkHalf, value: 250}
	}
	return scaleWord(w)
}

// scaleWord classifies the scales and the approximate forms in -an.
func scaleWord(w string) numWord {
	switch w {
	case "ribu":
		return numWord{kind: nkScale, value: thousand}
	case "juta":
		return numWord{kind: nkScale, value: million}
	case "miliar":
		return numWord{kind: nkScale, value: billion}
	case "triliun", "trilyun":
		return numWord{kind: nkScale, value: trillion}
	case "seribu":
		return numWord{kind: nkOne, value: thousand}
	case "sejuta":
		return numWord{kind: nkOne, value: million}
	case "semiliar", "semilyar":
		return numWord{kind: nkOne, value: billion}
	case "ribuan":
		return numWord{kind: nkScale, value: thousand, approx: true}
	case "jutaan":
		return numWord{kind: nkScale, value: million, approx: true}
	case "seribuan":
		return numWord{kind: nkOne, value: thousand, approx: true}
	case "sejutaan":
		return numWord{kind: nkOne, value: million, approx: true}
	case "seratusan":
		return numWord{kind: nkHundred, value: 100, approx: true}
	case "puluhan":
		return numWord{kind: nkPuluh, approx: true}
	case "belasan":
		return numWord{kind: nkBelas, approx: true}
	case "ratusan":
		return numWord{kind: nkRatus, approx: true}
	case "sepuluhan":
		return numWord{kind: nkFixed, value: 10, approx: true}
	}
	return numWord{}
}

// chunk is a number below 1000 in words, or digits where words may stand.
type chunk struct {
	value  int64
	next   int  // the token after it
	units  int  // how many bare unit words stand side by side: "tujuh lima" has 2
	words  int  // tokens read
	approx bool // one of its words ends in -an
}

// readChunk reads number words from toks[i]. With concat, unit words side by
// side are read as digits ("tujuh lima" is 75); without, it stops at the second.
func readChunk(toks []token, i int, concat bool) (chunk, bool) {
	c := chunk{next: i}
	scale := int64(1000) // what the last word was worth; the next must be less
	tail := int64(0)     // the digits read side by side, part of value
	if concat && digitBeforeTens(toks, i) {
		c.add(numberWord(toks[i].text).value*100+numberWord(toks[i+1].text).value*10, 3, false)
		c.units = 2
		return c, true
	}
	for c.next < len(toks) && c.words < 8 {
		w := numberWord(toks[c.next].text)
		v, unit := w.value, w.kind == nkUnit
		follow := numWord{}
		if c.next+1 < len(toks) {
			follow = numberWord(toks[c.next+1].text)
		}
		if smallDigit(toks[c.next]) && follow.makesTens() {
			v, unit = int64(toks[c.next].text[0]-'0'), true
		}
		switch {
		case w.kind == nkHundred && scale > 100:
			c.add(100, 1, w.approx)
			scale = 100
		case w.kind == nkFixed && scale > 10:
			c.add(w.value, 1, w.approx)
			scale = 1
		case !unit:
			return c, c.words > 0
		case follow.kind == nkRatus && scale > 100 && v > 0:
			c.add(v*100, 2, follow.approx)
			scale = 100
		case follow.kind == nkPuluh && scale > 10 && v > 0:
			c.add(v*10, 2, follow.approx)
			scale = 10
		case follow.kind == nkBelas && scale > 10 && v > 0:
			c.add(v+10, 2, follow.approx)
			scale = 1
		case follow.makesTens():
			return c, c.words > 0
		case scale > 1:
			concat = concat && scale > 10
			c.add(v, 1, false)
			tail, c.units, scale = v, 1, 1
		case concat && c.units > 0 && (c.units < 2 || c.value == tail) && c.units < 3:
			c.add(tail*9+v, 1, false)
			tail = tail*10 + v
			c.units++
		default:
			return c, c.words > 0
		}
	}
	return c, c.words > 0
}

// digitBeforeTens holds for "tiga lima puluh", which is 350 said for short. Two
// digits in a row, "dua tiga puluh", are rather twenty to thirty.
func digitBeforeTens(toks []token, i int) bool {
	if i+2 >= len(toks) || toks[i].kind != tkWord || toks[i+1].kind != tkWord {
		return false
	}
	a, b := numberWord(toks[i].text), numberWord(toks[i+1].text)
	if a.kind != nkUnit || b.kind != nkUnit || a.value < 1 || b.value < 1 || a.value+1 == b.value || numberWord(toks[i+2].text).kind != nkPuluh {
		return false
	}
	return i+3 >= len(toks) || numberWord(toks[i+3].text).kind != nkUnit
}

// makesTens holds for the words that raise the unit before them.
func (w numWord) makesTens() bool {
	return w.kind == nkRatus || w.kind == nkPuluh || w.kind == nkBelas
}

func (c *chunk) add(v int64, words int, approx bool) {
	c.value += v
	c.words += words
	c.next += words
	c.approx = c.approx || approx
}

func smallDigit(t token) bool { return t.kind == tkNumber && len(t.text) == 1 }

// splitNumbers cuts words that are several number words written together
// ("limapuluh", "duaratusribu") into those words.
func splitNumbers(toks []token) []token {
	first := -1
	for i, t := range toks {
		if t.kind == tkWord && len(t.text) >= 6 && len(t.text) <= 60 && numberWord(t.text).kind == nkNone && splitAt(t.text, 0) > 0 {
			first = i
			break
		}
	}
	if first < 0 {
		return toks
	}
	out := append(make([]token, 0, len(toks)+6), toks[:first]...)
	for _, t := range toks[first:] {
		if t.kind != tkWord || len(t.text) < 6 || len(t.text) > 60 || numberWord(t.text).kind != nkNone || splitAt(t.text, 0) == 0 {
			out = append(out, t)
			continue
		}
		for rest := t.text; rest != ""; {
			n := splitAt(rest, 0)
			part := t
			part.text, part.raw = canon(rest[:n]), rest[:n]
			part.glued = part.glued || len(rest) < len(t.text)
			out = append(out, part)
			rest = rest[n:]
		}
	}
	return out
}

// splitAt returns the length of the first number word of w when all of w is
// number words, and 0 otherwise. The depth bounds the search.
func splitAt(w string, depth int) int {
	if depth > 10 {
		return 0
	}
	for n := min(len(w), 10); n >= 2; n-- {
		head := w[:n]
		if n <= 3 && head != "dua" && head != "duo" && head != "rb" && head != "jt" && head != "nol" {
			continue
		}
		if numberWord(canon(head)).kind == nkNone {
			continue
		}
		if n == len(w) || splitAt(w[n:], depth+1) > 0 {
			return n
		}
	}
	return 0
}
