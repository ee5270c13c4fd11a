package bahasa

import (
	"strings"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tkWord   tokenKind = iota // letters, in the spelling of canon
	tkNumber                  // a run of digits
	tkMark                    // one punctuation character
	tkSign                    // one of the emoji that answer a question
)

// token is one word, run of digits or mark of a text.
type token struct {
	text  string // folded; for words in the one spelling the readers know
	raw   string // folded only
	kind  tokenKind
	glued bool // nothing stands between it and the token before
	start int  // byte offsets in the original text
	end   int
}

func (t token) is(words ...string) bool {
	for _, w := range words {
		if t.text == w {
			return true
		}
	}
	return false
}

// lex splits a text into tokens. Texts too long for an answer have none.
func lex(text string) []token {
	if len(text) > maxAnswer {
		return nil
	}
	return lexFolded(fold(text))
}

func lexFolded(f folded) []token {
	toks := make([]token, 0, len(f.s)/4+4)
	spaced := true
	for i := 0; i < len(f.s); {
		if f.s[i] == ' ' {
			spaced = true
			i++
			continue
		}
		j, kind := runAt(f.s, i)
		raw := f.s[i:j]
		t := token{text: raw, raw: raw, kind: kind, glued: !spaced,
			start: int(f.off[i]), end: int(f.off[j])}
		if kind == tkWord {
			t.raw = strings.ReplaceAll(raw, "'", "")
			t.text = canon(squeeze(t.raw))
		}
		spaced = false
		if t.text != "" {
			toks = append(toks, t)
			toks = joinLast(toks, f.s[j:])
		}
		i = j
	}
	return toks
}

// runAt finds the end and the kind of the token that starts at i.
func runAt(s string, i int) (int, tokenKind) {
	c := s[i]
	switch {
	case c >= '0' && c <= '9':
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i, tkNumber
	case isLetterByte(c):
		if strings.HasPrefix(s[i:], "👍") || strings.HasPrefix(s[i:], "👎") {
			return i + 4, tkSign
		}
		if strings.HasPrefix(s[i:], "✅") || strings.HasPrefix(s[i:], "❌") {
			return i + 3, tkSign
		}
		if r, n := utf8.DecodeRuneInString(s[i:]); isCurrencySign(r) {
			return i + n, tkMark
		}
		j := i
		for j < len(s) && (isLetterByte(s[j]) || s[j] == '\'' && j+1 < len(s) && isLetterByte(s[j+1])) {
			if s[j] >= utf8.RuneSelf && stopsWord(s[j:]) {
				break
			}
			j++
		}
		return max(j, i+1), tkWord
	}
	return i + 1, tkMark
}

func isLetterByte(c byte) bool { return 'a' <= c && c <= 'z' || c >= utf8.RuneSelf }

func isCurrencySign(r rune) bool {
	return r == '€' || r == '£' || r == '¥' || r == '₹' || r == '฿'
}

// stopsWord holds where an answer emoji or a currency sign follows letters.
func stopsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '👍' || r == '👎' || r == '✅' || r == '❌' || isCurrencySign(r)
}

// joinLast merges what people write with marks but mean as one word: "s/d",
// "kira-kira" and "kira2" (which become "kira2").
func joinLast(toks []token, rest string) []token {
	n := len(toks)
	last := toks[n-1]
	if n >= 3 && last.kind == tkWord && last.glued && toks[n-2].glued && toks[n-3].kind == tkWord {
		a, m := toks[n-3], toks[n-2]
		if a.raw == "s" && last.raw == "d" && (m.text == "/" || m.text == ".") {
			a.text, a.raw, a.end = "sampai", "sampai", last.end
			return append(toks[:n-3], a)
		}
		if m.text == "-" && a.raw == last.raw {
			a.text, a.end = canon(squeeze(a.raw)+"2"), last.end
			return append(toks[:n-3], a)
		}
	}
	if n >= 2 && last.is(".") && last.glued && toks[n-2].raw == "sampai" {
		return toks[:n-1] // the last dot of "s.d."
	}
	if n >= 2 && last.is("minus", "min") && toks[n-2].is("plus") {
		a := toks[n-2]
		a.text, a.raw, a.end = "plusminus", "plusminus", last.end
		return append(toks[:n-2], a)
	}
	if n >= 2 && toks[n-2].raw == "se" && last.is("juta", "ribu", "ratus", "puluh", "miliar", "belas") {
		a := toks[n-2]
		a.text, a.raw, a.end = "se"+last.text, "se"+last.raw, last.end
		return append(toks[:n-2], a)
	}
	if n >= 2 && last.text == "2" && last.glued && toks[n-2].kind == tkWord && doubles(toks[n-2].raw) &&
		(rest == "" || rest[0] != '.' && rest[0] != ',' && rest[0] != ':') {
		a := toks[n-2]
		a.text, a.end = canon(squeeze(a.raw)+"2"), last.end
		return append(toks[:n-2], a)
	}
	return toks
}

// doubles holds for words whose "2" is a repetition ("kira2", "aman2"), not a
// number ("jt2", "tgl2").
func doubles(word string) bool {
	if len(word) < 3 || monthWord(word) != 0 {
		return false
	}
	switch c := canon(word); c {
	case "tanggal", "jam", "nilai", "kelas", "semangat", "idr", "skor", "blok", "nomor", "minggu", "bulan":
		return false
	default:
		return numberWord(c).kind == nkNone
	}
}

// squeeze shortens letters repeated three times and more ("iyaaa"), and a
// doubled letter at the end ("iyaa"), which no Indonesian word has.
func squeeze(w string) string {
	run, long := 1, false
	for i := 1; i < len(w); i++ {
		if w[i] == w[i-1] {
			run++
		} else {
			run = 1
		}
		long = long || run >= 3
	}
	if long {
		w = squeezeRuns(w)
	}
	if n := len(w); n >= 3 && w[n-1] == w[n-2] && w[n-1] < utf8.RuneSelf &&
		(strings.IndexByte("aeiou", w[n-1]) >= 0 || n >= 5) {
		w = w[:n-1]
	}
	return w
}

// squeezeRuns writes every run of three and more equal letters once.
func squeezeRuns(w string) string {
	b := make([]byte, 0, len(w))
	for i := 0; i < len(w); {
		j := i
		for j < len(w) && w[j] == w[i] {
			j++
		}
		if j-i >= 3 && 'a' <= w[i] && w[i] <= 'z' {
			b = append(b, w[i])
		} else {
			b = append(b, w[i:j]...)
		}
		i = j
	}
	return string(b)
}

// isAddress holds for the words of address and softening that may stand
// around an answer without changing it.
func isAddress(word string) bool {
	switch word {
	case "kak", "kakak", "ka", "kk", "bu", "ibu", "bun", "bunda", "pak", "bapak", "bpk", "mbak", "mba", "mbk",
		"yuk", "ayuk", "ya", "yah", "aja", "saja", "aj", "bae", "be", "deh", "sih", "dong", "dong2", "donk", "lah",
		"mas", "bang", "cek", "kok", "kan", "nah", "min", "admin", "bos", "gan", "say", "sis", "nih", "tuh", "loh", "lho":
		return true
	}
	return false
}

// trimAnswer drops marks at both ends and address words at the end, but never
// the last token that is left.
func trimAnswer(toks []token) []token {
	for len(toks) > 1 && toks[len(toks)-1].kind == tkMark && !toks[len(toks)-1].is("?", "-") {
		toks = toks[:len(toks)-1]
	}
	for len(toks) > 1 {
		last := toks[len(toks)-1]
		if !(last.kind == tkWord && isAddress(last.text)) && !(last.kind == tkMark && !last.is("?")) {
			break
		}
		toks = toks[:len(toks)-1]
	}
	return toks
}
