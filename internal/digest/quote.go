package digest

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// quoteLength is how long good news may be, in characters.
const quoteLength = 200

// codeLike is what could be a participant's code in a text.
var codeLike = regexp.MustCompile(`(?i)\b[a-z]-?\d{3}\b`) //nolint:gochecknoglobals // compiled once, never changed

// Quotable reports whether good news may be told in its words: nothing in it that must not be stored or
// would have to be asked about (program.md 2.9), no code, and not her alias.
func Quotable(text, alias string) bool {
	text = strings.TrimSpace(text)
	if text == "" || utf8.RuneCountInString(text) > quoteLength || len(bahasa.ForbiddenAll(text)) > 0 || codeLike.MatchString(text) {
		return false
	}
	for _, part := range strings.Fields(alias) {
		if strings.Contains(strings.ToLower(text), strings.ToLower(part)) {
			return false
		}
	}
	return true
}
