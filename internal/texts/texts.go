// Package texts holds what is said, in each language: it loads the message files of
// locales/ once, with every mistake, and gives the words by key.
package texts

import (
	"html"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Fallback is the language of whoever has not chosen another; it must be there.
const Fallback = "id"

// HTML is a value that is already Telegram HTML and is put into texts as it is. All other
// values are escaped.
type HTML string

// Book is all languages. It never changes after Load and may be used from everywhere.
type Book struct {
	words map[string]*Words
	langs []string
}

// For gives the words of a language ("en", "en-GB"), or those of Fallback.
func (b *Book) For(lang string) *Words {
	if w, ok := b.words[lang]; ok {
		return w
	}
	if base, _, ok := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-"); ok {
		if w, ok := b.words[strings.ToLower(base)]; ok {
			return w
		}
	}
	return b.words[Fallback]
}

// Langs lists the languages by name.
func (b *Book) Langs() []string { return slices.Clone(b.langs) }

// Words are the texts of one language by key. An unknown key gives the key itself, so that
// a gap is seen and nothing breaks.
type Words struct {
	lang string
	tag  language.Tag
	by   map[string]*message
	keys []string
}

// message is one text: mostly one form, several where the language counts.
type message struct {
	text  string // the form other, as written
	other template
	forms map[plural.Form]template // nil where it does not count
}

// Lang is the language's name.
func (w *Words) Lang() string { return w.lang }

// Has reports whether there is a text.
func (w *Words) Has(key string) bool {
	_, ok := w.by[key]
	return ok
}

// Text gives a text as it is written, with its placeholders if it has any.
func (w *Words) Text(key string) string {
	if m, ok := w.by[key]; ok {
		return m.text
	}
	return key
}

// Keys lists all keys, sorted.
func (w *Words) Keys() []string { return slices.Clone(w.keys) }

// Forms gives every form of a text: one, or more where the language counts.
func (w *Words) Forms(key string) []string {
	m, ok := w.by[key]
	if !ok {
		return nil
	}
	out := []string{m.text}
	for _, f := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many} {
		if t, ok := m.forms[f]; ok {
			out = append(out, t.source)
		}
	}
	return out
}

// Format fills in a text for a message: values are escaped, but those of type HTML. A value
// that is missing leaves its placeholder to be seen.
func (w *Words) Format(key string, args map[string]any) string {
	m, ok := w.by[key]
	if !ok {
		return key
	}
	return m.other.fill(args, html.EscapeString)
}

// Plain fills in a text for what is no HTML: button labels and toasts.
func (w *Words) Plain(key string, args map[string]any) string {
	m, ok := w.by[key]
	if !ok {
		return key
	}
	return m.other.fill(args, asIs)
}

// Count fills in a text for n things, in the form that the language has for it; n is also
// the value of {{.N}} unless args have one.
func (w *Words) Count(key string, n int, args map[string]any) string {
	m, ok := w.by[key]
	if !ok {
		return key
	}
	t, ok := m.forms[formFor(w.tag, n)]
	if !ok {
		t = m.other
	}
	return t.fillCount(n, args)
}

// formFor is the plural form of a whole number in a language.
func formFor(tag language.Tag, n int) plural.Form {
	// The rules look at the last digits only, and overflow is nobody's number.
	if n < 0 {
		n = -(n % 1_000_000)
	}
	return plural.Cardinal.MatchPlural(tag, n%10_000_000, 0, 0, 0, 0)
}

// asIs leaves a value as it is.
func asIs(s string) string { return s }
