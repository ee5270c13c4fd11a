package telegram

import (
	"html"
	"strings"
	"unicode/utf16"
)

// plainText is what a person would see of Telegram's HTML: no tags, and entities as the
// characters they stand for. What merely looks like a tag stays.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		if end < 0 || !tag(s[open+1:open+end]) {
			out.WriteString(s[:open+1])
			s = s[open+1:]
			continue
		}
		out.WriteString(s[:open])
		s = s[open+end+1:]
	}
	out.WriteString(s)
	return html.UnescapeString(out.String())
}

// tag tells whether what stands between < and > can be the inside of a tag.
func tag(s string) bool {
	s = strings.TrimPrefix(s, "/")
	return s != "" && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z') && !strings.Contains(s, "<")
}

// shorten cuts s to at most limit of the units in which Telegram counts (UTF-16).
func shorten(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n += max(1, utf16.RuneLen(r)); n > limit {
			return s[:i]
		}
	}
	return s
}
