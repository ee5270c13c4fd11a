package bahasa

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text in lower case and plain characters, with the way back: byte
// i of s came from byte off[i] of the original; off has one entry more than s.
type folded struct {
	s   string
	off []int32
}

// Fold returns a text in lower case and plain characters, as the readers see it: signs without a
// width and accents are gone, every kind of digit is 0-9. Unlike Normalize it leaves out no word.
func Fold(text string) string { return fold(text).s }

// fold lowers a text and maps it to the characters the readers know: every
// kind of digit becomes 0-9, every dash "-", every apostrophe "'", letters
// lose their accents, and emoji become spaces except the four that answer a
// question.
func fold(text string) folded {
	b := make([]byte, 0, len(text)+8)
	off := make([]int32, 0, len(text)+9)
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case c == '`':
				c = '\''
			case c < ' ' || c == 0x7f:
				c = ' '
			}
			b, off = append(b, c), append(off, int32(i))
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		n := len(b)
		b = foldRune(b, r, text[i:i+size])
		for range len(b) - n {
			off = append(off, int32(i)) //nolint:gosec // no text has two gigabytes
		}
		i += size
	}
	return folded{s: string(b), off: append(off, int32(len(text)))} //nolint:gosec // nor here
}

// foldRune appends the plain form of one character outside ASCII.
func foldRune(b []byte, r rune, src string) []byte {
	if s, ok := foldSpecial(r); ok {
		return append(b, s...)
	}
	if d, ok := foreignDigit(r); ok {
		return append(b, d)
	}
	if isIgnored(r) {
		return b
	}
	if dec := norm.NFKD.PropertiesString(src).Decomposition(); dec != nil {
		for len(dec) > 0 {
			q, n := utf8.DecodeRune(dec)
			if s, ok := foldSpecial(q); ok { // the apostrophe in ŉ
				b = append(b, s...)
			} else {
				b = foldPlain(b, q)
			}
			dec = dec[n:]
		}
		return b
	}
	return foldPlain(b, r)
}

func foldPlain(b []byte, r rune) []byte {
	if d, ok := foreignDigit(r); ok {
		return append(b, d)
	}
	switch {
	case isIgnored(r):
		return b
	case unicode.IsLetter(r), unicode.IsDigit(r), r < utf8.RuneSelf && r > ' ':
		return utf8.AppendRune(b, unicode.ToLower(r))
	case r == '⁄':
		return append(b, '/')
	case unicode.Is(unicode.Sc, r):
		return utf8.AppendRune(b, r)
	}
	return append(b, ' ')
}

// foldSpecial maps the characters that mean something of their own.
func foldSpecial(r rune) (string, bool) {
	switch r {
	case '’', '‘', 'ʼ', '´', '′', 'ʻ', 'ʾ', 'ʿ', '‛':
		return "'", true
	case '“', '”', '„', '«', '»':
		return "\"", true
	case '–', '—', '−', '‐', '‑', '‒', '―', '﹣', '－':
		return "-", true
	case '½':
		return " 1/2", true // the space keeps "1½" from reading as eleven halves
	case '¼':
		return " 1/4", true
	case '¾':
		return " 3/4", true
	case '×':
		return "x", true
	case '±', '≈', '～', '∼':
		return "~", true
	case '…':
		return "...", true
	case '·', '•':
		return " ", true
	case '👍', '✅', '👎', '❌':
		return string(r), true
	case '✔', '☑':
		return "✅", true
	case '✖', '❎':
		return "❌", true
	}
	return "", false
}

// foreignDigit maps the digits of scripts that NFKC leaves alone.
func foreignDigit(r rune) (byte, bool) {
	for _, zero := range [...]rune{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xA9D0} {
		if r >= zero && r <= zero+9 {
			return "0123456789"[r-zero], true
		}
	}
	return 0, false
}

// isIgnored holds for characters without a width or meaning of their own:
// joiners, variation selectors, skin tones and combining marks.
func isIgnored(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x2060 && r <= 0x2064, r == 0xFEFF, r == 0x00AD:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0x1F3FB && r <= 0x1F3FF:
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return unicode.Is(unicode.Mn, r) || r == 0x20E3 // the frame of 5️⃣
}
