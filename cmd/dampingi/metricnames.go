package main

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// The words that may stand on a metric. Whatever is none of them is "other", so that nothing that
// somebody wrote can ever become one.
const otherName = "other"

// kindName is the word for a kind of update.
func kindName(k turn.Kind) string {
	switch k {
	case turn.Text:
		return "text"
	case turn.Press:
		return "press"
	case turn.Unsupported:
		return "unsupported"
	case turn.Edited:
		return "edited"
	case turn.Group:
		return "group"
	case turn.Blocked:
		return "blocked"
	case turn.Unblocked:
		return "unblocked"
	case turn.Deadline:
		return "deadline"
	case turn.Other:
	}
	return otherName
}

// formName is the word for a form of message.
func formName(f turn.Form) string {
	switch f {
	case turn.Card:
		return "card"
	case turn.Notice:
		return "notice"
	case turn.Toast:
		return "toast"
	case turn.Remove:
		return "remove"
	case turn.Repaint:
		return "repaint"
	case turn.Leave:
		return "leave"
	case turn.Commands:
		return "commands"
	case turn.Picture:
		return "picture"
	case turn.Document:
		return "document"
	}
	return otherName
}

// troubleName is the word for a kind of trouble with Telegram.
func troubleName(k turn.TroubleKind) string {
	switch k {
	case turn.Passing:
		return "passing"
	case turn.Slow:
		return "slow"
	case turn.Unreachable:
		return "unreachable"
	case turn.Refused:
		return "refused"
	case turn.Unauthorized:
		return "unauthorized"
	case turn.Conflicted:
		return "conflicted"
	}
	return otherName
}

// ruleNames are the rules of reminders.
func ruleNames() []string {
	names := make([]string, 0, 64)
	for _, r := range reminder.Rules() {
		names = append(names, r.ID)
	}
	return names
}

// knownRules is ruleNames to be looked up.
var knownRules = ruleNames() //nolint:gochecknoglobals // a table, never changed

// ruleName is the rule that a reminder's id begins with.
func ruleName(id string) string {
	if rule, _, ok := strings.Cut(id, "."); ok && slices.Contains(knownRules, rule) {
		return rule
	}
	return otherName
}

// heldName is the word for what held a reminder back.
func heldName(h program.HeldBack) string {
	switch h {
	case program.HeldNight, program.HeldLimit, program.HeldBusy, program.HeldAway, program.HeldNoPhone, program.HeldUnreachable,
		program.HeldConsent, program.HeldPause, program.HeldFound:
		return string(h)
	}
	return otherName
}

// meteredStore is a store that counts the reminders of what it has stored.
type meteredStore struct {
	conversation.Store
	metrics *metrics
}

// Commit stores a turn, and counts.
func (c meteredStore) Commit(ctx context.Context, p turn.Plan) error {
	err := c.Store.Commit(ctx, p)
	if err == nil {
		c.metrics.reminded(&p.Reminding)
	}
	return err //nolint:wrapcheck // it is the store's
}

// counted counts the answers of the webhook.
func (m *metrics) counted(hook http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &answerStatus{ResponseWriter: w, status: http.StatusOK}
		hook.ServeHTTP(s, r)
		m.hooked(s.status)
	})
}

// answerStatus remembers the status of an answer.
type answerStatus struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers.
func (s *answerStatus) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}
