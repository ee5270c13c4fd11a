package simulator

import (
	"strings"
	"unicode/utf8"
)

// mdNames are the names of entities in the Bot API's messages.
var mdNames = map[string]string{
	"bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
	"spoiler": "Spoiler", "code": "Code", "pre": "Pre", "text_link": "TextUrl",
	"custom_emoji": "CustomEmoji", "blockquote": "BlockQuote",
}

// mdMark is an entity of MarkdownV2 that has not ended yet.
type mdMark struct {
	kind, lang           string
	offset, begin, start int
}

// mdParser reads MarkdownV2; its messages are those of the Bot API.
type mdParser struct {
	in       string
	i        int
	out      []byte
	offset   int
	open     []mdMark
	quote    bool
	entities []Entity
}

// parseMarkdown returns the text without marks, and what the marks said.
func parseMarkdown(in string) (string, []Entity, error) {
	p := mdParser{in: in}
	for ; p.i < len(in); p.i++ {
		c := in[p.i]
		if next := p.peek(1); c == '\\' && next > 0 && next <= 126 {
			p.i++
			p.write(next)
			continue
		}
		if !strings.ContainsRune(p.reserved(), rune(c)) || c >= utf8.RuneSelf {
			p.out = append(p.out, c)
			if c < 0x80 || c >= 0xc0 {
				p.offset += utf16Len(in[p.i : p.i+1])
			}
			continue
		}
		var err *apiError
		if p.ends(c) {
			err = p.end(c)
		} else {
			err = p.begin(c)
		}
		if err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); p.quote && n > 0 && p.open[n-1].kind == "blockquote" {
		p.add(p.open[n-1], Entity{Type: "blockquote"})
		p.open = p.open[:n-1]
	}
	if n := len(p.open); n > 0 {
		return "", nil, p.endless(p.open[n-1])
	}
	sortEntities(p.entities)
	return string(p.out), p.entities, nil
}

func (p *mdParser) peek(n int) byte {
	if p.i+n < len(p.in) {
		return p.in[p.i+n]
	}
	return 0
}

func (p *mdParser) write(c byte) {
	p.out = append(p.out, c)
	p.offset++
}

func (p *mdParser) endless(m mdMark) *apiError {
	return cantParse("Can't find end of %s entity at byte offset %d", mdNames[m.kind], m.begin)
}

func reservedByte(c byte) *apiError {
	return cantParse("Character '%c' is reserved and must be escaped with the preceding '\\'", c)
}

// inner is the kind of the innermost entity.
func (p *mdParser) inner() string {
	if n := len(p.open); n > 0 {
		return p.open[n-1].kind
	}
	return ""
}

func (p *mdParser) reserved() string {
	if k := p.inner(); k == "code" || k == "pre" {
		return "`"
	}
	return "_*[]()~`>#+-=|{}.!\n"
}

// ends says whether the innermost entity ends at c.
func (p *mdParser) ends(c byte) bool {
	if len(p.open) == 0 {
		return false
	}
	if p.quote && c == '\n' && p.peek(1) != '>' {
		return true
	}
	switch p.inner() {
	case "bold":
		return c == '*'
	case "italic":
		return c == '_' && p.peek(1) != '_'
	case "underline":
		return c == '_' && p.peek(1) == '_'
	case "code":
		return c == '`'
	case "pre":
		return c == '`' && p.peek(1) == '`' && p.peek(2) == '`'
	case "strikethrough":
		return c == '~'
	case "spoiler":
		return c == '|' && p.peek(1) == '|'
	case "text_link", "custom_emoji":
		return c == ']'
	}
	return false
}

// begin opens the entity that c announces.
func (p *mdParser) begin(c byte) *apiError {
	m := mdMark{begin: p.i}
	switch c {
	case '_':
		m.kind = "italic"
		if p.peek(1) == '_' {
			m.kind = "underline"
			p.i++
		}
	case '*':
		m.kind = "bold"
	case '~':
		m.kind = "strikethrough"
	case '|':
		if p.peek(1) != '|' {
			return reservedByte(c)
		}
		m.kind = "spoiler"
		p.i++
	case '[':
		m.kind = "text_link"
	case '!':
		if p.peek(1) != '[' {
			return reservedByte(c)
		}
		m.kind = "custom_emoji"
		p.i++
	case '`':
		m.kind = "code"
		if p.peek(1) == '`' && p.peek(2) == '`' {
			m.kind, m.lang = "pre", p.fence()
		}
	case '\n':
		p.write('\n')
		if p.peek(1) != '>' {
			return nil
		}
		p.i++
		if p.quote {
			return nil
		}
		m.kind, p.quote = "blockquote", true
	case '>':
		if p.i != 0 {
			return reservedByte(c)
		}
		m.kind, p.quote = "blockquote", true
	default:
		return reservedByte(c)
	}
	m.offset, m.start = p.offset, len(p.out)
	p.open = append(p.open, m)
	return nil
}

// fence reads the opening ``` with its language and the line break after it.
func (p *mdParser) fence() (lang string) {
	p.i += 3
	rest := p.in[min(p.i, len(p.in)):]
	if n := strings.IndexAny(rest, spaces+"`"); n > 0 && rest[n] != '`' {
		lang = rest[:n]
		p.i += n
	}
	if c := p.peek(0); c == '\n' || c == '\r' {
		if d := p.peek(1); (d == '\n' || d == '\r') && d != c {
			p.i++
		}
		p.i++
	}
	p.i--
	return lang
}

// end closes the innermost entity at c.
func (p *mdParser) end(c byte) *apiError {
	m := p.open[len(p.open)-1]
	if c == '\n' && m.kind != "blockquote" {
		return p.endless(m)
	}
	e := Entity{Type: m.kind, Language: m.lang}
	keep := true
	switch m.kind {
	case "underline", "spoiler":
		p.i++
	case "pre":
		p.i += 2
	case "blockquote":
		p.quote = false
		p.write(c)
	case "text_link":
		target := string(p.out[m.start:])
		if p.peek(1) == '(' {
			var ok bool
			if target, ok = p.address(); !ok {
				return cantParse("Can't find end of a URL at byte offset %d", p.i)
			}
		}
		keep = linkEntity(&e, target)
	case "custom_emoji":
		if p.peek(1) != '(' {
			return cantParse("Custom emoji entity must contain a tg://emoji URL")
		}
		target, ok := p.address()
		if !ok {
			return cantParse("Can't find end of a custom emoji URL at byte offset %d", p.i)
		}
		e.CustomEmojiID = strings.TrimPrefix(target, "tg://emoji?id=")
	}
	if keep {
		p.add(m, e)
	}
	p.open = p.open[:len(p.open)-1]
	return nil
}

// add keeps an entity that has something in it.
func (p *mdParser) add(m mdMark, e Entity) {
	if e.Offset, e.Length = m.offset, p.offset-m.offset; e.Length > 0 {
		p.entities = append(p.entities, e)
	}
}

// address reads "](address)"; i stays at its begin when it has no end.
func (p *mdParser) address() (string, bool) {
	var target []byte
	begin := p.i + 2
	for p.i = begin; p.i < len(p.in); p.i++ {
		c := p.in[p.i]
		if c == ')' {
			return string(target), true
		}
		if next := p.peek(1); c == '\\' && next > 0 && next <= 126 {
			p.i++
			c = next
		}
		target = append(target, c)
	}
	p.i = begin
	return "", false
}

// parseLegacyMarkdown reads the old "Markdown" mode: *bold*, _italic_,
// `code`, ```pre``` and [text](address), none inside another.
func parseLegacyMarkdown(in string) (string, []Entity, error) {
	var out []byte
	var entities []Entity
	kinds := map[byte]string{'*': "bold", '_': "italic", '`': "code", '[': "text_link"}
	for i := 0; i < len(in); i++ {
		if in[i] == '\\' && i+1 < len(in) && strings.IndexByte("_*`[", in[i+1]) >= 0 {
			i++
			out = append(out, in[i])
			continue
		}
		kind, mark := kinds[in[i]], string(in[i])
		if kind == "" {
			out = append(out, in[i])
			continue
		}
		switch {
		case strings.HasPrefix(in[i:], "```"):
			kind, mark = "pre", "```"
		case mark == "[":
			mark = "]"
		}
		body, _, ok := strings.Cut(in[i+len(mark):], mark)
		if !ok {
			return "", nil, cantParse("Can't find end of the entity starting at byte offset %d", i)
		}
		e := Entity{Type: kind, Offset: utf16Len(string(out)), Length: utf16Len(body)}
		out = append(out, body...)
		i += len(mark)*2 + len(body) - 1
		keep := e.Length > 0
		if kind == "text_link" {
			target := body
			if i+1 < len(in) && in[i+1] == '(' {
				target, _, _ = strings.Cut(in[i+2:], ")")
				i = min(i+2+len(target), len(in))
			}
			keep = keep && linkEntity(&e, target)
		}
		if keep {
			entities = append(entities, e)
		}
	}
	return string(out), entities, nil
}
