package flow

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// document reads the bytes as one YAML document, or reports why not and gives nil.
func (r *reader) document(data []byte) *yaml.Node {
	if len(data) > maxFileSize {
		r.report(1, 1, "the file is larger than %d KB: a flow is a short list of questions", maxFileSize>>10)
		return nil
	}
	if !r.readable(data) {
		return nil
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		r.syntax(err)
		return nil
	}
	first, err := load(loader)
	if errors.Is(err, io.EOF) {
		r.report(1, 1, "the file is empty: a flow starts with id, version, icon and command")
		return nil
	}
	if err != nil {
		r.syntax(err)
		return nil
	}
	second, err := load(loader)
	if err != nil && !errors.Is(err, io.EOF) {
		r.syntax(err)
		return nil
	}
	if err == nil {
		r.at(second, "a second document starts here: one file holds one flow")
	}
	if len(first.Content) == 0 || !r.plain(first.Content[0], 0) {
		return nil
	}
	return first.Content[0]
}

// load reads the next document. A panic of the library over a hostile file is the file's
// mistake and not the end of whoever reads it.
func load(loader *yaml.Loader) (doc *yaml.Node, err error) {
	defer func() {
		if v := recover(); v != nil {
			doc, err = nil, fmt.Errorf("unreadable YAML: %v", v)
		}
	}()
	doc = &yaml.Node{}
	return doc, loader.Load(doc)
}

// readable reports the bytes that are no text and the tabs that YAML refuses with words
// nobody understands.
func (r *reader) readable(data []byte) bool {
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if !utf8.Valid(line) {
			column := 1
			for rest := line; ; column++ {
				char, size := utf8.DecodeRune(rest)
				if char == utf8.RuneError && size <= 1 {
					break
				}
				rest = rest[size:]
			}
			r.report(number, column, "this is no UTF-8 text: save the file as UTF-8")
			return false
		}
		indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		if i := bytes.IndexByte(indent, '\t'); i >= 0 {
			r.report(number, i+1, "a tab indents this line: YAML wants spaces")
		}
	}
	return len(r.problems) == 0
}

// syntax reports what the YAML library found, at its place.
func (r *reader) syntax(err error) {
	var at *yaml.LoadError
	if !errors.As(err, &at) {
		r.report(1, 1, "this is no YAML: %s", err)
		return
	}
	mark := at.Mark
	if mark.Line == 0 {
		mark = at.ContextMark
	}
	text := at.Message
	if at.ContextMsg != "" {
		text = at.ContextMsg + ", " + text
	}
	r.report(mark.Line, mark.Column, "this is no YAML: %s", text)
}

// plain reports what a flow does not need and a hostile file lives on: anchors, aliases,
// tags and depth. It is false when the tree is too deep to be read on.
func (r *reader) plain(n *yaml.Node, depth int) bool {
	if depth > maxDepth {
		r.at(n, "this is nested too deep")
		return false
	}
	switch {
	case n.Kind == yaml.AliasNode:
		r.at(n, "aliases (*%s) are not understood here: write it out", n.Value)
		return true
	case n.Anchor != "":
		r.at(n, "anchors (&%s) are not understood here: write it out", n.Anchor)
	case n.Style&yaml.TaggedStyle != 0:
		r.at(n, "tags (%s) are not understood here: write the value alone", n.Tag)
	}
	for _, child := range n.Content {
		if !r.plain(child, depth+1) {
			return false
		}
	}
	return true
}

// at reports a problem at the place of a node.
func (r *reader) at(n *yaml.Node, format string, args ...any) {
	r.report(n.Line, n.Column, format, args...)
}

// wrong reports a value of another type than wanted.
func (r *reader) wrong(n *yaml.Node, what, want string) {
	if n.Kind != yaml.AliasNode { // already reported
		r.at(n, "%s: want %s, not %s", what, want, describe(n))
	}
}

// describe says what a node is, in words.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "keys and values"
	case yaml.SequenceNode:
		return "a list"
	default: // a single value
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing"
	case "!!int", "!!float":
		return "the number " + quote(n.Value)
	}
	return quote(n.Value)
}

// fields is a mapping of the file by its known keys.
type fields struct {
	node *yaml.Node
	key  map[string]*yaml.Node
	val  map[string]*yaml.Node
}

// place is the value of a key, or the whole mapping where the key is missing.
func (f fields) place(name string) *yaml.Node {
	if n, ok := f.val[name]; ok {
		return n
	}
	return f.node
}

// pairs gives the keys and values of a mapping in their order, reporting what is none.
// Duplicates and keys that are no word are left out.
func (r *reader) pairs(n *yaml.Node, what string) (keys, vals []*yaml.Node, ok bool) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, what, "keys and values")
		return nil, nil, false
	}
	seen := make(map[string]int)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			r.wrong(key, what, "a word as key")
			continue
		}
		if line, dup := seen[key.Value]; dup {
			r.at(key, "the key %s is here twice, first in line %d", quote(key.Value), line)
			continue
		}
		seen[key.Value] = key.Line
		keys, vals = append(keys, key), append(vals, val)
	}
	return keys, vals, true
}

// fields reads a mapping whose keys are known, and reports those that are not and those
// that are missing.
func (r *reader) fields(n *yaml.Node, what string, known []fileKey) (fields, bool) {
	out := fields{node: n, key: map[string]*yaml.Node{}, val: map[string]*yaml.Node{}}
	keys, vals, ok := r.pairs(n, what)
	if !ok {
		return out, false
	}
	names := fieldNames(known)
	for i, key := range keys {
		if !slices.Contains(names, key.Value) {
			r.at(key, "unknown key %s in %s: %s", quote(key.Value), what, hint(key.Value, names))
			continue
		}
		out.key[key.Value], out.val[key.Value] = key, vals[i]
	}
	for _, f := range known {
		if _, ok := out.val[f.name]; f.required && !ok {
			r.at(n, "%s has no %q", what, f.name)
		}
	}
	return out, true
}

// text reads a value that is text.
func (r *reader) text(n *yaml.Node, what string) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
		r.wrong(n, what, "text")
		return "", false
	}
	if n.Value == "" {
		r.at(n, "%s is empty", what)
		return "", false
	}
	return n.Value, true
}

// scalar reads a single value as it is written, be it text or a number.
func (r *reader) scalar(n *yaml.Node, what string) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		r.wrong(n, what, "a single value")
		return "", false
	}
	return n.Value, true
}

// number reads a whole number; 1_000_000 is easier on the eyes and allowed.
func (r *reader) number(n *yaml.Node, what string) (int64, bool) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" {
		r.wrong(n, what, "a whole number")
		return 0, false
	}
	v, err := strconv.ParseInt(strings.ReplaceAll(n.Value, "_", ""), 10, 64)
	if err != nil || v > maxNumber || v < -maxNumber {
		r.at(n, "%s: want a whole number up to %d, not %s", what, int64(maxNumber), quote(n.Value))
		return 0, false
	}
	return v, true
}

// upTo reads a whole number from 1 to a bound.
func (r *reader) upTo(n *yaml.Node, what string, most int64) int64 {
	v, ok := r.number(n, what)
	if ok && (v < 1 || v > most) {
		r.at(n, "%s: want a number from 1 to %d, not %d", what, most, v)
		return 0
	}
	return v
}

// flag reads true or false.
func (r *reader) flag(n *yaml.Node, what string) bool {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
		r.wrong(n, what, "true or false")
		return false
	}
	return strings.EqualFold(n.Value, "true")
}

// items reads a list that is not empty.
func (r *reader) items(n *yaml.Node, what string) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		r.wrong(n, what, "a list")
		return nil
	}
	if len(n.Content) == 0 {
		r.at(n, "%s is empty", what)
	}
	return n.Content
}

// oneOf reads a word out of a fixed set.
func (r *reader) oneOf(n *yaml.Node, what string, known []string) (string, bool) {
	s, ok := r.text(n, what)
	if ok && !slices.Contains(known, s) {
		r.at(n, "unknown %s %s: %s", what, quote(s), hint(s, known))
		return "", false
	}
	return s, ok
}
