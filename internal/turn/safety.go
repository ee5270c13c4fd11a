package turn

import (
	"log/slog"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Safety is what a turn changes about consent, safe contact, access and a participant's rights
// over her data. It is part of the Plan and stored with it, in the order of its fields.
type Safety struct {
	Consents []program.Consent // each takes the place of the one of its purpose
	Contacts []ContactChange
	Aliases  []Alias
	Targets  []Target
	Requests []program.Request // one with DoneAt ends the one of its id
	Alarms   []program.Alarm   // one with TakenAt ends the one of its id
	PINs     []PIN
	Prompts  []Prompt // one with an Answer answers the one of its ref
	Invited  []Invitation
	Cut      []string // people whose chat is let go of at once: a lost phone
	Retired  []string // staff who leave: their chat is let go of, and they have no rights any more
	Erased   []string // participants whose key is destroyed; counts remain
}

// Empty reports whether nothing changes.
func (s *Safety) Empty() bool {
	return len(s.Consents)+len(s.Contacts)+len(s.Aliases)+len(s.Targets)+len(s.Requests)+len(s.Alarms)+len(s.PINs)+
		len(s.Prompts)+len(s.Invited)+len(s.Cut)+len(s.Retired)+len(s.Erased) == 0
}

// ContactChange is a participant's safe contact as it is from now on.
type ContactChange struct {
	Code    string
	Contact program.Contact
	Agreed  bool // only what was agreed in person: her kata aman, pause and silence stay what they are on record
}

// Alias is another alias for a participant.
type Alias struct{ Code, Alias string }

// Target is what a participant has set herself; an empty text takes it away.
type Target struct {
	Code, Text string
	At         time.Time
}

// PIN is a person's PIN as it is from now on, with the tries since the last right one.
type PIN struct {
	Person string
	Sealed []byte // from the vault; empty takes the PIN away
	Tries  int
	Barred time.Time // nothing is tried before
}

// Prompt is a message with buttons of its own, outside of the chat's card.
type Prompt struct {
	Ref      string // all that its buttons carry
	Person   string // who may answer
	Kind     string
	Subject  string
	At       time.Time
	Answered time.Time // zero while it waits
	Answer   string
}

// Invitation is a fresh link for somebody; the one before does not work any more.
type Invitation struct {
	Person string
	Token  string
	At     time.Time
}

// LogValue keeps the alias out of every log.
func (a Alias) LogValue() slog.Value { return slog.StringValue(a.Code) }

// LogValue keeps the text out of every log.
func (t Target) LogValue() slog.Value { return slog.StringValue(t.Code) }

// LogValue keeps the token out of every log.
func (i Invitation) LogValue() slog.Value { return slog.StringValue("invitation") }

// LogValue keeps the hash out of every log.
func (p PIN) LogValue() slog.Value { return slog.StringValue("pin") }
