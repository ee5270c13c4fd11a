package program

import (
	"fmt"
	"io"
	"log/slog"
)

// What hides from a log has to hide from fmt too: a slice of people is logged with %+v.

// hide writes what a log may show, whatever the verb.
func hide(f fmt.State, v slog.LogValuer) {
	_, _ = io.WriteString(f, v.LogValue().String()) // fmt has nowhere to tell an error
}

// Format keeps the name and the chat out of every text.
func (p Person) Format(f fmt.State, _ rune) { hide(f, p) }

// Format keeps the alias out of every text.
func (p Participant) Format(f fmt.State, _ rune) { hide(f, p) }

// Format keeps the answers out of every text.
func (r Report) Format(f fmt.State, _ rune) { hide(f, r) }

// Format keeps what was agreed out of every text.
func (c Contact) Format(f fmt.State, _ rune) { hide(f, c) }

// Format keeps what she has set herself out of every text.
func (t Target) Format(f fmt.State, _ rune) { hide(f, t) }

// Format keeps what is known of a matter out of every text.
func (m Matter) Format(f fmt.State, _ rune) { hide(f, m) }
