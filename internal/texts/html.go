package texts

import (
	"fmt"
	"slices"
	"strings"
)

// telegramTags are the tags without attributes that Telegram's HTML knows.
func telegramTags() []string {
	return []string{"b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"}
}

// telegramEntities are the named entities that Telegram's HTML knows.
func telegramEntities() []string { return []string{"lt", "gt", "amp", "quot"} }

// checkHTML reports what Telegram would refuse: a message with it would not be sent at all.
func checkHTML(s string) error {
	var open []string
	for i := strings.IndexAny(s, "<>&"); i >= 0; i = strings.IndexAny(s, "<>&") {
		rest := s[i+1:]
		switch s[i] {
		case '>':
			return fmt.Errorf("a bare >: write &gt;")
		case '&':
			name, after, ok := strings.Cut(rest, ";")
			if !ok || !slices.Contains(telegramEntities(), name) {
				return fmt.Errorf("a bare &: write &amp;")
			}
			s = after
		case '<':
			tag, after, ok := strings.Cut(rest, ">")
			name, closing := strings.CutPrefix(tag, "/")
			if !ok || !slices.Contains(telegramTags(), name) {
				return fmt.Errorf("<%.20s: not a tag that Telegram knows; a bare < is &lt;", tag)
			}
			switch {
			case !closing:
				open = append(open, name)
			case len(open) == 0 || open[len(open)-1] != name:
				return fmt.Errorf("</%s> closes what is not open", name)
			default:
				open = open[:len(open)-1]
			}
			s = after
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("<%s> is not closed", open[len(open)-1])
	}
	return nil
}
