package bahasa

// coefForm says how the number before a unit was written, which decides how
// sure its value is.
type coefForm uint8

const (
	cfInt       coefForm = iota // 250
	cfGrouped                   // 1.250.000 or 1 250 000: groups of three
	cfDecimal                   // 1,5 or 7.25: one or two digits after a separator
	cfWords                     // seratus lima puluh
	cfSpelled                   // tujuh lima: digits said one by one
	cfPart                      // setengah, 1/2, satu setengah
	cfMalformed                 // 1.20.000
)

// coef is a number without its unit.
type coef struct {
	form   coefForm
	milli  int64  // the value in thousandths, groups read as thousands
	digits int    // digits of a plain number, leading zeros included
	groups int    // how many separators a grouped number has
	sep    string // the last separator: ".", "," or " "
	approx bool
	next   int // the token after it
}

// neighbours holds for two digits said one after the other that follow each
// other in counting: "dua tiga juta" is two or three million, not 23.
func (c coef) neighbours() bool {
	v := c.milli / 1000
	return v >= 12 && v <= 89 && v%10 == v/10+1
}

// tooMany is a value above every limit; longer runs of digits stop there.
const tooMany = 1_000_000_000_000_000

// digitsValue reads a run of digits, at most tooMany.
func digitsValue(s string) int64 {
	var v int64
	for i := 0; i < len(s); i++ {
		v = v*10 + int64(s[i]-'0')
		if v >= tooMany {
			return tooMany
		}
	}
	return v
}

// readCoef reads a number in figures or words from toks[i].
func readCoef(toks []token, i int) (coef, bool) {
	if i >= len(toks) {
		return coef{}, false
	}
	if toks[i].kind == tkNumber {
		if c, ok := readFraction(toks, i); ok {
			return c, true
		}
		if ch, ok := readChunk(toks, i, true); ok {
			return readPart(toks, coef{form: cfWords, milli: ch.value * 1000, next: ch.next, approx: ch.approx}), true
		}
		return readPart(toks, readFigures(toks, i)), true
	}
	w := numberWord(toks[i].text)
	if w.kind == nkHalf {
		return coef{form: cfPart, milli: w.value, next: i + 1}, true
	}
	ch, ok := readChunk(toks, i, true)
	if !ok {
		return coef{}, false
	}
	c := coef{form: cfWords, milli: ch.value * 1000, next: ch.next, approx: ch.approx}
	if ch.units > 1 {
		c.form = cfSpelled
	}
	return readPart(toks, c), true
}

// readFraction reads "1/2", "3/4" and, through readPart, "1 1/2".
func readFraction(toks []token, i int) (coef, bool) {
	if i+2 >= len(toks) || toks[i+1].text != "/" || !toks[i+1].glued || !toks[i+2].glued {
		return coef{}, false
	}
	if len(toks[i].text) != 1 || len(toks[i+2].text) != 1 {
		return coef{}, false
	}
	n, d := int64(toks[i].text[0]-'0'), int64(toks[i+2].text[0]-'0')
	if n == 0 || d < 2 || n >= d || d > 5 || toks[i+2].kind != tkNumber {
		return coef{}, false
	}
	return coef{form: cfPart, milli: n * 1000 / d, next: i + 3}, true
}

// readPart adds what may follow a whole number and comes before the unit:
// "dua setengah", "1 1/2", "satu koma lima", "tiga perempat".
func readPart(toks []token, c coef) coef {
	if c.next >= len(toks) || (c.form != cfInt && c.form != cfWords) {
		return c
	}
	if f, ok := readFraction(toks, c.next); ok && !toks[c.next].glued {
		return coef{form: cfPart, milli: c.milli + f.milli, next: f.next}
	}
	w := numberWord(toks[c.next].text)
	switch {
	case w.kind == nkHalf:
		return coef{form: cfPart, milli: c.milli + w.value, next: c.next + 1}
	case toks[c.next].text == "perempat" && c.milli >= 1000 && c.milli <= 3000:
		return coef{form: cfPart, milli: c.milli / 4, next: c.next + 1}
	case toks[c.next].text == "per" && c.next+1 < len(toks) && toks[c.next+1].is("empat") && c.milli <= 3000:
		return coef{form: cfPart, milli: c.milli / 4, next: c.next + 2}
	case w.kind == nkComma:
		return readSpokenDecimal(toks, c)
	}
	return c
}

// readSpokenDecimal reads the digits said after "koma", at most three.
func readSpokenDecimal(toks []token, c coef) coef {
	milli, worth, j := c.milli, int64(100), c.next+1
	for j < len(toks) && worth > 0 {
		d := numberWord(toks[j].text)
		switch {
		case d.kind == nkUnit:
			milli += d.value * worth
			worth /= 10
		case toks[j].kind == tkNumber && len(toks[j].text) <= 2 && worth == 100:
			v := digitsValue(toks[j].text)
			if len(toks[j].text) == 2 {
				v, worth = v*10, 10
			} else {
				v *= 100
			}
			milli += v
			worth /= 10
		default:
			worth = 0
			continue
		}
		j++
	}
	if j == c.next+1 {
		return c
	}
	return coef{form: cfPart, milli: milli, next: j}
}

// readFigures reads digits with their separators. Groups of exactly three
// after ".", "," or a space are thousands; one or two digits at the end are
// decimals; ",00" after thousands, ",-" and ".-" are dropped.
func readFigures(toks []token, i int) coef {
	first := toks[i].text
	c := coef{form: cfInt, milli: min(digitsValue(first), tooMany/1000) * 1000, digits: len(first), next: i + 1}
	value := digitsValue(first)
	mixed := false
	for {
		sep, part, next := nextGroup(toks, c.next)
		if next == 0 {
			break
		}
		if sep == " " && (len(part) != 3 || len(first) > 3 || c.groups > 0 && c.sep != " ") {
			if spoiltGroup(toks, c, first, part, next) {
				c.form = cfMalformed
				for next < len(toks) && toks[next].kind == tkNumber {
					next++
				}
				c.next = next
			}
			break
		}
		if len(part) <= 2 && (c.groups == 0 || c.sep != sep) && c.form != cfMalformed && !moreGroups(toks, next) {
			return decimalEnd(toks, c, value, part, sep, next)
		}
		if len(part) != 3 || len(first) > 3 {
			c.form = cfMalformed
		} else if c.form != cfMalformed {
			c.form = cfGrouped
		}
		mixed = mixed || c.groups > 0 && c.sep != sep
		value = min(value*1000+digitsValue(part), tooMany)
		c.groups++
		c.sep, c.next = sep, next
	}
	if c.form != cfInt {
		c.milli = min(value, tooMany/1000) * 1000
	}
	if mixed && c.form == cfGrouped {
		c.form = cfMalformed
	}
	c.next = skipDash(toks, c.next)
	return c
}

// decimalEnd closes a number whose last group has one or two digits.
func decimalEnd(toks []token, c coef, value int64, part, sep string, next int) coef {
	frac := digitsValue(part) * 100
	if len(part) == 2 {
		frac /= 10
	}
	if part == "00" && (sep == "," || c.groups > 0) || c.groups > 0 {
		// Cents do not exist any more; after thousands they are dropped.
		c.milli = min(value, tooMany/1000) * 1000
		c.next = skipDash(toks, next)
		return c
	}
	c.form, c.sep, c.next = cfDecimal, sep, next
	c.milli = min(value, tooMany/1000)*1000 + frac
	return c
}

// nextGroup finds a separator and digits at i; next is 0 when there are none.
func nextGroup(toks []token, i int) (sep, part string, next int) {
	if i >= len(toks) {
		return "", "", 0
	}
	if toks[i].kind == tkNumber && !toks[i].glued {
		return " ", toks[i].text, i + 1
	}
	if i+1 < len(toks) && toks[i].glued && toks[i].is(".", ",") && toks[i+1].glued && toks[i+1].kind == tkNumber {
		return toks[i].text, toks[i+1].text, i + 2
	}
	if i+1 < len(toks) && toks[i].is(".", ",") && toks[i+1].kind == tkNumber && toks[i+1].text == "000" {
		return toks[i].text, "000", i + 2 // "250. 000": a slip of the space
	}
	return "", "", 0
}

// moreGroups holds when the number goes on with a glued separator and digits.
func moreGroups(toks []token, i int) bool {
	sep, _, next := nextGroup(toks, i)
	return next > 0 && sep != " "
}

// spoiltGroup holds where digits after a space belong to the number but are
// not a group of three: "1 20 000", "1200 000".
func spoiltGroup(toks []token, c coef, first, part string, next int) bool {
	switch {
	case c.groups > 0:
		return c.sep == " " && len(part) < 3 || c.sep != " " && part == "000" && !moreGroups(toks, next)
	case len(first) > 3:
		return part == "000"
	}
	return len(part) < 3 && next < len(toks) && startsGroup(toks, next)
}

// startsGroup holds when a further group of three digits follows a space.
func startsGroup(toks []token, i int) bool {
	return toks[i].kind == tkNumber && !toks[i].glued && len(toks[i].text) == 3
}

// skipDash steps over the ",-" and ".-" that close a price.
func skipDash(toks []token, i int) int {
	if i+1 < len(toks) && toks[i].glued && toks[i].is(",", ".", ";") && toks[i+1].glued && toks[i+1].text == "-" &&
		(i+2 >= len(toks) || toks[i+2].kind != tkNumber) {
		return i + 2
	}
	return i
}
