package program

import (
	"encoding/json"
	"log/slog"
	"time"
)

// Report is one saved report of a companion. Its answers are readable only with the
// participant's own key; what statistics may use is repeated, coded, in Facts.
type Report struct {
	ID          string // derived from the run of the conversation, so that saving twice is saving once
	Flow        string
	FlowVersion int
	Participant string // her code; empty when the report is about nobody
	Matter      string // the id of what it opened or moved on; empty for none
	Author      string // the person id of the companion
	OccurredOn  Date
	CreatedAt   time.Time
	Answers     json.RawMessage // an object: answer by question name
	Source      string          // the sentence it was read from, when it came in one line
	Facts       []Fact
	UndoneAt    time.Time // zero while it stands
}

// LogValue keeps the answers out of every log.
func (r Report) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", r.ID), slog.String("flow", r.Flow))
}

// Fact is one coded or numeric answer that statistics may use: never free text, never a
// name. Exactly one of Number and Code is set.
type Fact struct {
	Field  string
	Number *int64
	Code   string
}

// FollowUp is a day on which a companion wants to be reminded of a participant.
type FollowUp struct {
	ID          string
	Report      string
	Participant string
	Person      string
	Due         Date
}

// UndoWindow is how long a saved report can be taken back (conversation.md rule 6).
const UndoWindow = 15 * time.Minute

// DraftLife is how long an unfinished report is kept after its last answer (safety.md 3.7).
const DraftLife = 24 * time.Hour

// InvitationLife is how long an invitation link can be used (safety.md 3.5 rule 8).
const InvitationLife = 48 * time.Hour
