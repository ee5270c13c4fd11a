package digest

import (
	"html"
	"regexp"
)

// tags are those of Telegram's HTML.
var tags = regexp.MustCompile(`</?[a-z]+>`) //nolint:gochecknoglobals // compiled once, never changed

// Plain is a text without Telegram's HTML, for a terminal or a paper.
func Plain(text string) string { return html.UnescapeString(tags.ReplaceAllString(text, "")) }
