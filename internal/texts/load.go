package texts

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Load reads every message file (id.toml, en.toml) at the top of a file system. The error
// has all mistakes of all files, a line each.
func Load(files fs.FS) (*Book, error) {
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("list texts: %w", err)
	}
	b := &Book{words: make(map[string]*Words, len(names))}
	var errs []error
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			errs = append(errs, fmt.Errorf("read texts: %w", err))
			continue
		}
		w, mistakes := readWords(name, data)
		errs = append(errs, mistakes...)
		b.words[w.lang] = w
		b.langs = append(b.langs, w.lang)
	}
	if _, ok := b.words[Fallback]; !ok {
		errs = append(errs, fmt.Errorf("%s.toml: the language of everybody without another is missing", Fallback))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	slices.Sort(b.langs)
	return b, nil
}

// readWords reads one message file.
func readWords(name string, data []byte) (*Words, []error) {
	w := &Words{lang: strings.TrimSuffix(path.Base(name), ".toml"), by: map[string]*message{}}
	tag, err := language.Parse(w.lang)
	if err != nil {
		return w, []error{fmt.Errorf("%s: the file's name is no language: %w", name, err)}
	}
	w.tag = tag
	file, err := i18n.ParseMessageFileBytes(data, name, map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		return w, []error{fileError(name, err)}
	}
	slices.SortFunc(file.Messages, func(a, b *i18n.Message) int { return cmp.Compare(a.ID, b.ID) })
	known := formsOf(tag)
	var errs []error
	for _, m := range file.Messages {
		msg, mistakes := readMessage(m, known)
		for _, err := range mistakes {
			errs = append(errs, fmt.Errorf("%s: %s: %w", name, m.ID, err))
		}
		if _, dup := w.by[m.ID]; dup {
			errs = append(errs, fmt.Errorf("%s: %s: is here twice", name, m.ID))
		}
		w.by[m.ID] = msg
	}
	w.keys = slices.Sorted(maps.Keys(w.by))
	return w, errs
}

// fileError puts the place of a TOML mistake in front.
func fileError(name string, err error) error {
	var at toml.ParseError
	if errors.As(err, &at) {
		return fmt.Errorf("%s:%d:%d: %s", name, at.Position.Line, max(at.Position.Col, 1), at.Message)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// readMessage reads one text in all its forms.
func readMessage(m *i18n.Message, known []plural.Form) (*message, []error) {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if !isKey(m.ID) {
		fail("a key is small letters, digits, _ and dots")
	}
	if m.LeftDelim != "" || m.RightDelim != "" {
		fail("delimiters other than {{ and }} are not used here")
	}
	forms := map[plural.Form]string{
		plural.Zero: m.Zero, plural.One: m.One, plural.Two: m.Two, plural.Few: m.Few, plural.Many: m.Many,
	}
	maps.DeleteFunc(forms, func(_ plural.Form, s string) bool { return s == "" })
	if m.Other == "" {
		fail("there is no text")
	}
	if len(forms) > 0 {
		for _, f := range known {
			if _, ok := forms[f]; !ok && f != plural.Other {
				fail("the form %q is missing", formName(f))
			}
		}
	}
	out := &message{text: m.Other}
	read := func(s string) template {
		t, mistakes := readText(s)
		errs = append(errs, mistakes...)
		return t
	}
	out.other = read(m.Other)
	for _, f := range slices.Sorted(maps.Keys(forms)) {
		if !slices.Contains(known, f) {
			fail("the language has no form %q", formName(f))
		}
		if out.forms == nil {
			out.forms = map[plural.Form]template{}
		}
		t := read(forms[f])
		// "one visit" may leave out its number, but nothing else may come or go.
		if a, b := namesOf(t), namesOf(out.other); !slices.Equal(a, b) {
			fail("the form %q has the placeholders %v, other has %v", formName(f), a, b)
		}
		out.forms[f] = t
	}
	return out, errs
}

// namesOf is the set of placeholders but N, sorted.
func namesOf(t template) []string {
	names := slices.DeleteFunc(t.names(), func(s string) bool { return s == "N" })
	slices.Sort(names)
	return slices.Compact(names)
}

// readText reads one form of a text.
func readText(s string) (template, []error) {
	var errs []error
	t, err := parseTemplate(s)
	if err != nil {
		errs = append(errs, err)
	}
	if s != strings.TrimSpace(s) {
		errs = append(errs, errors.New("a space or a line starts or ends the text"))
	}
	if err := checkHTML(s); err != nil {
		errs = append(errs, err)
	}
	return t, errs
}

// isKey reports whether a key is words and dots.
func isKey(key string) bool {
	for word := range strings.SplitSeq(key, ".") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return false
		}
	}
	return true
}

// formsOf lists the plural forms that a language has for whole numbers. The rules do not
// tell, so they are asked.
func formsOf(tag language.Tag) []plural.Form {
	var out []plural.Form
	for n := range 1001 {
		if f := formFor(tag, n); !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	if !slices.Contains(out, plural.Other) {
		out = append(out, plural.Other)
	}
	return out
}

// formName is the name of a form in message files.
func formName(f plural.Form) string {
	switch f {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	default:
		return "other"
	}
}
