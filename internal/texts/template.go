package texts

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// template is a text with {{.Name}} in it, cut up once. There is nothing else than names:
// who translates writes sentences, not programs.
type template struct {
	source string
	parts  []part // nil for a text without placeholders
}

// part is a piece of text or a name.
type part struct {
	text string
	name string
}

// parseTemplate cuts a text at its placeholders.
func parseTemplate(source string) (template, error) {
	t := template{source: source}
	if !strings.Contains(source, "{{") && !strings.Contains(source, "}}") {
		return t, nil
	}
	rest := source
	for {
		before, after, found := strings.Cut(rest, "{{")
		if strings.Contains(before, "}}") {
			return t, fmt.Errorf("}} without {{")
		}
		if before != "" {
			t.parts = append(t.parts, part{text: before})
		}
		if !found {
			return t, nil
		}
		inside, next, closed := strings.Cut(after, "}}")
		if !closed {
			return t, fmt.Errorf("{{ without }}")
		}
		name, dot := strings.CutPrefix(inside, ".")
		if !dot || !isName(name) {
			return t, fmt.Errorf("{{%s}}: want {{.Name}}", inside)
		}
		t.parts = append(t.parts, part{name: name})
		rest = next
	}
}

// isName reports whether a placeholder's name is letters and digits, a capital first.
func isName(s string) bool {
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// fill puts the values in.
func (t *template) fill(args map[string]any, escape func(string) string) string {
	if t.parts == nil {
		return t.source
	}
	var b strings.Builder
	b.Grow(len(t.source) + 16*len(t.parts))
	for _, p := range t.parts {
		if p.name == "" {
			b.WriteString(p.text)
			continue
		}
		v, ok := args[p.name]
		if !ok {
			b.WriteString("{{." + p.name + "}}")
			continue
		}
		writeValue(&b, v, escape)
	}
	return b.String()
}

// fillCount is fill with n as the value of N.
func (t *template) fillCount(n int, args map[string]any) string {
	if t.parts == nil {
		return t.source
	}
	if _, ok := args["N"]; ok {
		return t.fill(args, html.EscapeString)
	}
	all := make(map[string]any, len(args)+1)
	for k, v := range args {
		all[k] = v
	}
	all["N"] = n
	return t.fill(all, html.EscapeString)
}

// writeValue writes one value, escaped unless it is HTML already.
func writeValue(b *strings.Builder, v any, escape func(string) string) {
	switch v := v.(type) {
	case HTML:
		b.WriteString(string(v))
	case string:
		b.WriteString(escape(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case nil:
	default:
		b.WriteString(escape(fmt.Sprint(v)))
	}
}

// names lists the placeholders of a template.
func (t *template) names() []string {
	var out []string
	for _, p := range t.parts {
		if p.name != "" {
			out = append(out, p.name)
		}
	}
	return out
}
