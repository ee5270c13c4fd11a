package simulator

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Telegram's limits on texts, counted in UTF-16 code units after parsing.
const (
	maxText     = 4096
	maxCaption  = 1024
	maxEntities = 100
)

// utf16Len counts the UTF-16 code units of s.
func utf16Len(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0xf0:
			n += 2
		case c < 0x80 || c >= 0xc0:
			n++
		}
	}
	return n
}

// parseText turns what the bot sent into a plain text and its entities:
// parse_mode, given entities, trimming, and what Telegram finds by itself.
func parseText(text, mode string, given []Entity) (string, []Entity, error) {
	if !utf8.ValidString(text) {
		return "", nil, errNotUTF8
	}
	var entities []Entity
	var err error
	switch strings.ToLower(mode) {
	case "":
		entities = given
	case "html":
		text, entities, err = parseHTML(text)
	case "markdownv2":
		text, entities, err = parseMarkdown(text)
	case "markdown":
		text, entities, err = parseLegacyMarkdown(text)
	default:
		return "", nil, errParseMode
	}
	if err != nil {
		return "", nil, err
	}
	text, entities = trimText(text, entities)
	entities = findEntities(text, entities)
	if len(entities) > maxEntities {
		entities = entities[:maxEntities]
	}
	return text, entities, nil
}

// trimText takes the space off both ends and moves the entities along.
func trimText(text string, entities []Entity) (string, []Entity) {
	trimmed := strings.TrimLeft(text, " \n\t\r")
	shift := len(text) - len(trimmed)
	trimmed = strings.TrimRight(trimmed, " \n\t\r")
	if len(trimmed) == len(text) || len(entities) == 0 {
		return trimmed, entities
	}
	size := utf16Len(trimmed)
	kept := make([]Entity, 0, len(entities))
	for _, e := range entities {
		end := min(e.Offset+e.Length-shift, size)
		e.Offset = max(e.Offset-shift, 0)
		if e.Length = end - e.Offset; e.Length > 0 {
			kept = append(kept, e)
		}
	}
	return trimmed, kept
}

// sortEntities puts outer entities before inner ones, as Telegram does.
func sortEntities(entities []Entity) {
	slices.SortStableFunc(entities, func(a, b Entity) int {
		if c := cmp.Compare(a.Offset, b.Offset); c != 0 {
			return c
		}
		return cmp.Compare(b.Length, a.Length)
	})
}

// findEntities adds the commands, mentions, hashtags and links that Telegram
// finds by itself, except inside code and links.
func findEntities(text string, entities []Entity) []Entity {
	if !strings.ContainsAny(text, "/@#") {
		return entities
	}
	found := len(entities)
	offset := 0
	for i := 0; i < len(text); {
		if kind, n := entityAt(text, i); n > 0 {
			e := Entity{Type: kind, Offset: offset, Length: utf16Len(text[i : i+n])}
			if !covered(entities[:found], e) {
				entities = append(entities, e)
			}
			offset += e.Length
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		offset += utf16Len(text[i : i+size])
		i += size
	}
	if len(entities) > found {
		sortEntities(entities)
	}
	return entities
}

// covered says whether e lies in something that Telegram leaves alone.
func covered(entities []Entity, e Entity) bool {
	for _, o := range entities {
		switch o.Type {
		case "code", "pre", "text_link", "text_mention":
			if e.Offset < o.Offset+o.Length && o.Offset < e.Offset+e.Length {
				return true
			}
		}
	}
	return false
}

// entityAt recognises an entity that begins at byte i and returns its length.
func entityAt(text string, i int) (kind string, n int) {
	rest := text[i:]
	for _, scheme := range [...]string{"https://", "http://", "t.me/"} {
		if strings.HasPrefix(rest, scheme) && !wordBefore(text, i) {
			end := strings.IndexAny(rest, " \n\t<>\"")
			if end < 0 {
				end = len(rest)
			}
			end = len(strings.TrimRight(rest[:end], ".,;:!?)"))
			if end > len(scheme) {
				return "url", end
			}
		}
	}
	switch rest[0] {
	case '/':
		n = 1 + wordLen(rest[1:])
		if n < 2 || n > 65 || wordBefore(text, i) || strings.HasSuffix(text[:i], "/") {
			return "", 0
		}
		if n < len(rest) && rest[n] == '@' {
			if m := wordLen(rest[n+1:]); m >= 3 {
				return "bot_command", n + 1 + m
			}
		}
		if n < len(rest) && rest[n] == '/' {
			return "", 0
		}
		return "bot_command", n
	case '@':
		if n = wordLen(rest[1:]); n >= 4 && n <= 32 && !wordBefore(text, i) {
			return "mention", n + 1
		}
	case '#':
		if n = wordLen(rest[1:]); n > 0 && !wordBefore(text, i) && strings.Trim(rest[1:1+n], "0123456789") != "" {
			return "hashtag", n + 1
		}
	}
	return "", 0
}

// wordLen counts the letters, digits and underscores at the start of s.
func wordLen(s string) int {
	for i := 0; i < len(s); i++ {
		if !wordByte(s[i]) {
			return i
		}
	}
	return len(s)
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// wordBefore says whether a word ends right before byte i.
func wordBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r == '_' || unicode.IsLetter(r) && i > 0 || unicode.IsDigit(r)
}
