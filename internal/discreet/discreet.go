// Package discreet makes every message that a participant may get, and is the only one that can:
// a Line for her lock screen, and a Page for what she sees after a tap. Both are built from closed
// lists and times, so that a message which tells on her cannot be written by mistake
// (docs/ARCHITECTURE.md). It is pure, and remembers nothing.
package discreet

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"
)

// emptiest is what is said when nothing else may be: not even a locale file can spoil it.
const emptiest = "Halo 🙂"

// Words are the texts of one language by key.
type Words interface {
	Lang() string
	Has(key string) bool
	// Format fills in {{.Name}}, with strings made safe for HTML; what is missing stays to be seen.
	Format(key string, args map[string]any) string
}

// Line is what may stand on a participant's lock screen: greeting, whitelisted noun, day, hour and
// whitelisted place. Only Compose and Cover make one; the zero Line greets and says nothing.
type Line struct{ text string }

// String is the line as Telegram HTML; it is never empty.
func (l Line) String() string {
	if l.text == "" {
		return emptiest
	}
	return l.text
}

// LogValue keeps the line out of every log: with its time it tells where she will be.
func (l Line) LogValue() slog.Value { return slog.StringValue("line") }

// Format keeps the line out of every text that is put together; only String gives it.
func (l Line) Format(f fmt.State, _ rune) { hide(f, l) }

// Page is what a participant may see after she has tapped [Lihat]. Only Open, Stack and Harmless
// make one; the zero Page greets and says nothing.
type Page struct{ text string }

// String is the page as Telegram HTML; it is never empty.
func (p Page) String() string {
	if p.text == "" {
		return emptiest
	}
	return p.text
}

// LogValue keeps the page out of every log.
func (p Page) LogValue() slog.Value { return slog.StringValue("page") }

// Format keeps the page out of every text that is put together; only String gives it.
func (p Page) Format(f fmt.State, _ rune) { hide(f, p) }

// hide writes what a log may show, whatever the verb.
func hide(f fmt.State, v slog.LogValuer) {
	_, _ = io.WriteString(f, v.LogValue().String()) // fmt has nowhere to tell an error
}

// say is the line of a key. The texts were looked at when the house was built, and are looked at
// once more here: a locale file may have been changed since.
func say(words Words, key string, args map[string]any) Line {
	if words == nil || !words.Has(key) {
		return Line{}
	}
	text := words.Format(key, args)
	if _, bad := Forbidden(text); bad || strings.Contains(text, "{{") || countsSomething(text) {
		return Line{}
	}
	return Line{text}
}

// countsSomething reports a number of three digits and more: no hour and no day has one, but
// amounts, telephone numbers and codes of people do.
func countsSomething(text string) bool {
	run := 0
	for _, r := range text {
		if !unicode.IsDigit(r) {
			run = 0
			continue
		}
		if run++; run > 2 {
			return true
		}
	}
	return false
}
