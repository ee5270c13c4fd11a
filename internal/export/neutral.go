package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Neutral is a text that no spreadsheet takes for a formula: one that begins like a formula, also
// behind blanks, or with a tab or a line break, gets an apostrophe before it. So does what
// follows a semicolon, a tab or a line break within it, as far as it begins like a formula: a
// spreadsheet with other separators, as in Indonesia, would begin a cell there. Doing it twice
// changes nothing more.
func Neutral(text string) string {
	if text == "" {
		return text
	}
	var b strings.Builder
	if strings.ContainsRune("\t\r\n", rune(text[0])) || formula(text) {
		b.WriteByte('\'')
	}
	for i, r := range text {
		b.WriteRune(r)
		if strings.ContainsRune(";\t\r\n", r) && formula(text[i+1:]) {
			b.WriteByte('\'')
		}
	}
	return b.String()
}

// formula reports whether a text begins, behind blanks and what cannot be seen, with what a
// formula begins with, in any width.
func formula(text string) bool {
	text = strings.TrimLeftFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r)
	})
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫−", first)
}
