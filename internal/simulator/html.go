package simulator

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// cantParse is Telegram's answer to a text that parse_mode cannot read.
func cantParse(format string, args ...any) *apiError {
	return badRequestf("can't parse entities: "+format, args...)
}

// htmlTags are the tags Telegram knows and the entities they make; the empty
// ones depend on attributes.
var htmlTags = map[string]string{
	"a": "", "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler",
	"tg-emoji": "custom_emoji", "pre": "pre", "code": "code", "blockquote": "blockquote",
}

// openTag is a start tag that has not been closed yet.
type openTag struct {
	name, arg     string
	offset, begin int
}

// htmlParser reads Telegram's HTML; its messages are those of the Bot API.
type htmlParser struct {
	in       string
	i        int
	out      strings.Builder
	offset   int
	open     []openTag
	entities []Entity
}

// parseHTML returns the text without tags, and what the tags said.
func parseHTML(in string) (string, []Entity, error) {
	p := htmlParser{in: in}
	p.out.Grow(len(in))
	for p.i < len(in) {
		switch c := in[p.i]; c {
		case '&':
			if r, next := decodeReference(in, p.i); r != 0 {
				p.write(r)
				p.i = next
				continue
			}
			p.write('&')
			p.i++
		case '<':
			var err *apiError
			if strings.HasPrefix(in[p.i:], "</") {
				err = p.endTag()
			} else {
				err = p.startTag()
			}
			if err != nil {
				return "", nil, err
			}
		default:
			r, size := utf8.DecodeRuneInString(in[p.i:])
			p.write(r)
			p.i += size
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, cantParse("Can't find end tag corresponding to start tag %s", p.open[n-1].name)
	}
	for i := range p.entities {
		if p.entities[i].Type == "code" {
			p.entities[i].Language = ""
		}
	}
	sortEntities(p.entities)
	return p.out.String(), p.entities, nil
}

// write adds one rune of text.
func (p *htmlParser) write(r rune) {
	p.out.WriteRune(r)
	if p.offset++; r > 0xffff {
		p.offset++
	}
}

// at is the byte at i, 0 behind the end.
func (p *htmlParser) at() byte {
	if p.i < len(p.in) {
		return p.in[p.i]
	}
	return 0
}

// skip moves on while the byte is (or is not) one of set.
func (p *htmlParser) skip(set string, in bool) {
	for p.i < len(p.in) && strings.IndexByte(set, p.in[p.i]) >= 0 == in {
		p.i++
	}
}

const spaces = " \t\r\n\v\f"

// startTag reads "<name attribute=value>".
func (p *htmlParser) startTag() *apiError {
	begin := p.i
	p.i++
	p.skip(spaces+">", false)
	if p.at() == 0 {
		return cantParse("Unclosed start tag at byte offset %d", begin)
	}
	name := strings.ToLower(p.in[begin+1 : p.i])
	if _, known := htmlTags[name]; !known {
		return cantParse("Unsupported start tag %q at byte offset %d", name, begin)
	}
	tag := openTag{name: name, offset: p.offset, begin: p.out.Len()}
	for p.at() != '>' {
		if p.skip(spaces, true); p.at() == '>' {
			break
		}
		key, value, err := p.attribute(name, begin)
		if err != nil {
			return err
		}
		switch {
		case name == "a" && key == "href", name == "tg-emoji" && key == "emoji-id":
			tag.arg = value
		case name == "code" && key == "class" && strings.HasPrefix(value, "language-"):
			tag.arg = value[len("language-"):]
		case name == "span" && key == "class" && strings.HasPrefix(value, "tg-"):
			tag.arg = value[len("tg-"):]
		}
	}
	if name == "span" && tag.arg != "spoiler" {
		return cantParse("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	p.i++
	p.open = append(p.open, tag)
	return nil
}

// attribute reads one attribute of the start tag that began at begin.
func (p *htmlParser) attribute(tag string, begin int) (key, value string, err *apiError) {
	from := p.i
	if tag == "blockquote" && strings.HasPrefix(p.in[p.i:], "expandable") {
		p.i += len("expandable")
		return "expandable", "", nil
	}
	p.skip(spaces+"=", false)
	if key = p.in[from:p.i]; key == "" {
		return "", "", cantParse("Empty attribute name in the tag %q at byte offset %d", tag, begin)
	}
	if p.skip(spaces, true); p.at() != '=' {
		return "", "", cantParse("Expected equal sign in declaration of an attribute of the tag %q at byte offset %d", tag, begin)
	}
	p.i++
	p.skip(spaces, true)
	quote := p.at()
	switch quote {
	case 0:
		return "", "", cantParse("Unclosed start tag %q at byte offset %d", tag, begin)
	case '"', '\'':
		p.i++
		from = p.i
		p.skip(string(quote), false)
		value = unescapeHTML(p.in[from:p.i])
		p.i++
	default:
		from = p.i
		for c := p.at(); wordByte(c) && c != '_' || c == '.' || c == '-'; c = p.at() {
			p.i++
		}
		value = strings.ToLower(p.in[from:p.i])
		if c := p.at(); c != 0 && strings.IndexByte(spaces+">", c) < 0 {
			return "", "", cantParse("Unexpected end of name token at byte offset %d", from)
		}
	}
	if p.at() == 0 {
		return "", "", cantParse("Unclosed start tag at byte offset %d", begin)
	}
	return key, value, nil
}

// endTag reads "</name>" and closes the innermost tag.
func (p *htmlParser) endTag() *apiError {
	begin := p.i
	n := len(p.open) - 1
	if n < 0 {
		return cantParse("Unexpected end tag at byte offset %d", begin)
	}
	p.i += 2
	p.skip(spaces+">", false)
	name := strings.ToLower(p.in[begin+2 : p.i])
	if p.skip(spaces, true); p.at() != '>' {
		return cantParse("Unclosed end tag at byte offset %d", begin)
	}
	p.i++
	tag := p.open[n]
	if name != "" && name != tag.name {
		return cantParse("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:n]
	if p.offset > tag.offset {
		return p.closeTag(tag)
	}
	return nil
}

// closeTag makes the entity of a tag that had something in it.
func (p *htmlParser) closeTag(tag openTag) *apiError {
	e := Entity{Type: htmlTags[tag.name], Offset: tag.offset, Length: p.offset - tag.offset}
	var last *Entity
	if n := len(p.entities); n > 0 && p.entities[n-1].Offset == e.Offset && p.entities[n-1].Length == e.Length {
		last = &p.entities[n-1]
	}
	switch tag.name {
	case "a":
		target := tag.arg
		if target == "" {
			target = p.out.String()[tag.begin:]
		}
		if !linkEntity(&e, target) {
			return nil
		}
	case "tg-emoji":
		if id, err := strconv.ParseInt(tag.arg, 10, 64); err != nil || id == 0 {
			return cantParse("Invalid custom emoji identifier specified")
		}
		e.CustomEmojiID = tag.arg
	case "pre":
		if last != nil && last.Type == "code" && last.Language != "" {
			last.Type = "pre"
			return nil
		}
	case "code":
		if last != nil && last.Type == "pre" && tag.arg != "" {
			last.Language = tag.arg
			return nil
		}
		e.Language = tag.arg
	}
	p.entities = append(p.entities, e)
	return nil
}

// linkEntity makes e a link or a mention; false when target is no address.
func linkEntity(e *Entity, target string) bool {
	if id, ok := strings.CutPrefix(target, "tg://user?id="); ok {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			e.Type, e.User = "text_mention", &User{ID: n, FirstName: id}
			return true
		}
	}
	if !strings.Contains(target, ".") && !strings.HasPrefix(target, "tg://") && !strings.Contains(target, "://localhost") {
		return false
	}
	if strings.ContainsAny(target, " \n\"<>") {
		return false
	}
	if !strings.Contains(target, "://") {
		target = "http://" + target
	}
	e.Type, e.URL = "text_link", target
	return true
}

// unescapeHTML decodes the references in an attribute.
func unescapeHTML(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '&' {
			if r, next := decodeReference(s, i); r != 0 {
				out.WriteRune(r)
				i = next
				continue
			}
		}
		out.WriteByte(s[i])
		i++
	}
	return out.String()
}

// decodeReference decodes the character reference at i; 0 when it is none.
func decodeReference(s string, i int) (r rune, next int) {
	end := i + 1
	if strings.HasPrefix(s[end:], "#") {
		end++
		base, digits := 10, "0123456789"
		if strings.HasPrefix(s[end:], "x") {
			end++
			base, digits = 16, "0123456789abcdefABCDEF"
		}
		from := end
		for end < len(s) && strings.IndexByte(digits, s[end]) >= 0 {
			end++
		}
		n, err := strconv.ParseInt(s[from:end], base, 32)
		if err != nil || n == 0 || n >= 0x10ffff || n >= 0xd800 && n <= 0xdfff || end-i >= 10 {
			return 0, 0
		}
		r = rune(n)
	} else {
		for end < len(s) && wordByte(s[end]) && s[end] != '_' && s[end] > '9' {
			end++
		}
		switch s[i+1 : end] {
		case "lt":
			r = '<'
		case "gt":
			r = '>'
		case "amp":
			r = '&'
		case "quot":
			r = '"'
		default:
			return 0, 0
		}
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}
