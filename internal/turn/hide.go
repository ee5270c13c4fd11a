package turn

import (
	"fmt"
	"io"
	"log/slog"
)

// What hides from a log has to hide from fmt too: a slice of updates is logged with %+v, and
// so is a plan that holds messages.

// hide writes what a log may show, whatever the verb.
func hide(f fmt.State, v slog.LogValuer) {
	_, _ = io.WriteString(f, v.LogValue().String()) // fmt has nowhere to tell an error
}

// Format keeps the body out of every text.
func (r Row) Format(f fmt.State, _ rune) { hide(f, r) }

// Format keeps chat and text out of every text.
func (u Update) Format(f fmt.State, _ rune) { hide(f, u) }

// Format keeps chat and text out of every text.
func (m Message) Format(f fmt.State, _ rune) { hide(f, m) }

// Format keeps chat and text out of every text.
func (i Item) Format(f fmt.State, _ rune) { hide(f, i) }

// LogValue keeps the label out of every log: it may be an alias.
func (b Button) LogValue() slog.Value { return slog.StringValue("button") }

// Format keeps the label out of every text.
func (b Button) Format(f fmt.State, _ rune) { hide(f, b) }

// LogValue keeps token and chat out of every log.
func (j Join) LogValue() slog.Value { return slog.StringValue("join") }

// Format keeps token and chat out of every text.
func (j Join) Format(f fmt.State, _ rune) { hide(f, j) }

// LogValue keeps the chat out of every log.
func (r Reach) LogValue() slog.Value { return slog.BoolValue(r.Reachable) }

// Format keeps the chat out of every text.
func (r Reach) Format(f fmt.State, _ rune) { hide(f, r) }

// LogValue keeps the chat out of every log.
func (d Due) LogValue() slog.Value {
	return slog.GroupValue(slog.String("kind", d.Kind), slog.Time("at", d.At))
}

// Format keeps the chat out of every text.
func (d Due) Format(f fmt.State, _ rune) { hide(f, d) }

// Format keeps the chat out of every text.
func (c Came) Format(f fmt.State, _ rune) { hide(f, c) }

// Format keeps the chat out of every text.
func (d Dropped) Format(f fmt.State, _ rune) { hide(f, d) }

// Format keeps the alias out of every text.
func (a Alias) Format(f fmt.State, _ rune) { hide(f, a) }

// Format keeps what she has set herself out of every text.
func (t Target) Format(f fmt.State, _ rune) { hide(f, t) }

// Format keeps the token out of every text.
func (i Invitation) Format(f fmt.State, _ rune) { hide(f, i) }

// Format keeps the hash out of every text.
func (p PIN) Format(f fmt.State, _ rune) { hide(f, p) }
