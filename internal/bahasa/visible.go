package bahasa

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible is a text without what cannot be seen in it: marks that turn the direction of what
// follows, characters without a width, control characters and hidden tags. They have no meaning in
// Bahasa Indonesia, and on a card they could hide a word or make a label read backwards. Line
// breaks and tabs stay, and so does the joiner inside an emoji; bytes that are no UTF-8 become
// U+FFFD. A text that has none of this is given back as it is, without a copy.
func Visible(text string) string {
	if utf8.ValidString(text) && strings.IndexFunc(text, unseen) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	before := ' '
	for i, r := range text {
		switch {
		case r == '\u2028' || r == '\u2029': // as some phones write a line break
			r = '\n'
		case r == joiner && joins(before, text[i+utf8.RuneLen(r):]):
		case unseen(r):
			continue
		}
		b.WriteRune(r) // U+FFFD for what is no character
		before = r
	}
	return b.String()
}

// joiner makes one emoji out of two.
const joiner = '\u200d'

// joins reports whether a joiner between what is before it and what comes after makes an emoji.
func joins(before rune, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	if next == utf8.RuneError {
		return false
	}
	return unicode.Is(unicode.So, next) && (unicode.Is(unicode.So, before) || before == '\ufe0f' || unicode.Is(unicode.Sk, before))
}

// unseen holds for characters that show nothing by themselves; blanks are not among them.
func unseen(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	case r < utf8.RuneSelf:
		return false
	case r == '\u2028' || r == '\u2029': // line breaks of other kinds
		return true
	case r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u17b4' || r == '\u17b5' || r == '\u3164' || r == '\uffa0':
		return true // letters and marks by name, and nothing to see
	}
	return unicode.Is(unicode.Cf, r) // directions, joiners, no width, the soft hyphen, tags
}
