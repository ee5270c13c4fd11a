// Package turn is one turn of a conversation as data: the update that came in, the
// messages that go out, and the plan of everything that has to be stored in between.
// It is the meeting place of those who talk to Telegram, those who think and those who store.
package turn

import (
	"errors"
	"log/slog"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Key stands for a chat wherever something is stored or named: a keyed hash of its
// Telegram id, so that neither a database nor Redis tells who talks with the bot.
type Key string

// Row is one update in the inbox: the bytes as they came, and nothing understood yet.
type Row struct {
	Seq      int64 // the inbox's own order; 0 until stored
	UpdateID int64
	Body     []byte // Telegram's JSON, as it came
	At       time.Time
	Attempts int
}

// LogValue keeps the body out of every log.
func (r Row) LogValue() slog.Value {
	return slog.GroupValue(slog.Int64("seq", r.Seq), slog.Int("bytes", len(r.Body)))
}

// Kind says what an update is.
type Kind uint8

// The kinds of updates; whatever the bot has no use for is Other.
const (
	Other       Kind = iota
	Text             // somebody wrote
	Press            // somebody pressed a button
	Unsupported      // photo, voice, file, location, contact, forwarded, sticker: not accepted
	Edited           // an own message was changed afterwards
	Group            // anything from a chat that is not private
	Blocked          // the person blocked the bot
	Unblocked        // the person let it in again
	Deadline         // the clock, not a person: something that was to happen at a time
)

// Update is what came in, decoded as far as the house needs it.
type Update struct {
	Row      int64 // inbox order; 0 for what did not come through the inbox
	ID       int64 // Telegram's update id
	Kind     Kind
	Chat     int64
	Text     string
	Data     string // a button's data
	Callback string // the id to answer a press with
	Message  int    // the message that was written or whose button was pressed
	Lang     string // the language of the person's Telegram
	First    string // who joins: her first name, only to see that her alias is another; it is stored nowhere
	At       time.Time
	Sent     time.Time // when a text was written, if that was before it came in
	Due      time.Time // Deadline: when it was to happen
	Rev      int64     // Deadline: its Due's
	Attempts int
}

// LogValue keeps chat and text out of every log.
func (u Update) LogValue() slog.Value {
	return slog.GroupValue(slog.Int64("seq", u.Row), slog.Int("kind", int(u.Kind)), slog.Int("bytes", len(u.Text)))
}

// Form says how a message behaves in the chat.
type Form uint8

// The forms of messages.
const (
	Card     Form = iota + 1 // the chat's one card: edited in place, unless Fresh
	Notice                   // a message of its own, which stays
	Toast                    // the answer to a press; not worth keeping over a crash
	Remove                   // take a message away (Target)
	Repaint                  // change a message that is no card (Target); one that is gone stays gone
	Leave                    // leave a group
	Commands                 // the chat's list of commands: a row of Buttons each, Data its name; none clear it
	Picture                  // a picture of its own (Attached), with the text as its caption
	Document                 // a file of its own (Attached), with the text as its caption
)

// Button is one button under a message; data never holds a name or a record's id.
type Button struct {
	Label string
	Data  string
}

// Message is one thing to be shown to one chat.
type Message struct {
	ID       string // derived from the turn, so that planning it twice is planning it once
	Chat     int64
	Form     Form
	Text     string // Telegram's HTML
	Cover    string // Card: what a new one is sent as before it is edited into Text: all that a lock screen shows
	Buttons  [][]Button
	Fresh    bool      // a card that is sent anew below, the one before losing its buttons
	Replace  bool      // a fresh card that takes the one before away, not only its buttons
	Final    bool      // a card that is done: the next card is a new message
	Protect  bool      // cannot be forwarded or saved
	Bulk     bool      // may wait for those that answer a person
	Due      time.Time // not before; zero means now
	Until    time.Time // not after; zero means whenever it can be
	Attached *Attached // Picture, Document: what is sent
	Callback string    // Toast: the press that is answered
	Alert    bool      // Toast: as a dialog that has to be closed
	Target   int       // Remove, Repaint: the message
	Asked    time.Time `json:"-"` // when what it answers came in, for whoever measures; stored nowhere

	discreet bool // made by ToHer
}

// Item is a message that waits in the outbox.
type Item struct {
	Seq      int64 // the order in which messages were planned
	Message  Message
	Attempts int
	Card     int // the message that is the chat's current card; 0 when there is none
}

// LogValue keeps chat and text out of every log.
func (i Item) LogValue() slog.Value {
	return slog.GroupValue(slog.Int64("seq", i.Seq), slog.String("id", i.Message.ID))
}

// LogValue keeps chat and text out of every log.
func (m Message) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", m.ID), slog.Int("form", int(m.Form)), slog.Int("bytes", len(m.Text)))
}

// Saved is a conversation's state as it is stored: sealed bytes under a revision.
type Saved struct {
	Rev  uint64 // 0 when there is none
	Data []byte
}

// State is the saving of a conversation's state: it succeeds only on the revision it was read at.
type State struct {
	Key  Key
	Was  uint64
	Data []byte
}

// ErrConflict says that somebody else moved a conversation's state on in the meantime.
var ErrConflict = errors.New("the conversation has moved on")

// ErrNotFound says that there is no such record.
var ErrNotFound = errors.New("not found")

// ErrTaken says that a chat belongs to somebody else already.
var ErrTaken = errors.New("this chat belongs to somebody else")

// ErrBroken says that the records cannot be opened, or do not allow what is to be written:
// waiting does not help.
var ErrBroken = errors.New("the records are broken or do not allow it")

// Plan is all that one turn changes. It is stored as a whole or not at all, and storing it
// twice changes nothing more: every id in it is derived from the turn.
type Plan struct {
	Row       int64 // the inbox row that is done with it; 0 for none
	State     *State
	Reports   []program.Report
	Undo      []Undo
	FollowUps []program.FollowUp
	Way       Way
	Reminding Reminding
	Weeks     []WeekSeen
	Join      *Join
	Reach     *Reach
	Deadlines []Due
	Settled   []Due // deadlines that have been dealt with
	Came      []Came
	Dropped   []Dropped
	Withdrawn []int64 // chats to which no picture or file is sent any more that waits for it
	Safety    Safety
	Audit     []program.Audit
	Messages  []Message
}

// Undo takes a saved report back; both versions stay on record.
type Undo struct {
	Report string
	By     string
	At     time.Time
}

// Join binds a chat to the person whose invitation was used.
type Join struct {
	Token string // as it stood in the link; stored only as a hash
	Chat  int64
	At    time.Time
}

// Reach notes whether messages get through to a chat.
type Reach struct {
	Chat      int64
	Reachable bool
	At        time.Time
}

// Due is something that has to happen in a chat at a time. One of a kind exists for a chat:
// setting it again moves it.
type Due struct {
	Chat int64
	Kind string // "draft.nudge", "draft.expire", ...
	At   time.Time
	Keep bool // one that waits already stays as it is
	Soon bool // one that waits already is only ever moved to an earlier time

	Rev int64 // its number as it was read: what was set anew while it was being worked off is not settled with it
}

// Trouble is what kept a message from being delivered, by what has to be done about it.
type Trouble struct {
	Kind  TroubleKind
	After time.Duration // Slow: not before
	Err   error
}

// TroubleKind sorts Telegram's errors by consequence (architecture.md).
type TroubleKind uint8

// The kinds of trouble.
const (
	Passing      TroubleKind = iota + 1 // 5xx, time-outs, cut connections: back off and try again
	Slow                                // 429: not before After
	Unreachable                         // 403: blocked or gone; the person cannot be reached
	Refused                             // 400: this message will never be taken
	Unauthorized                        // 401: the token is wrong; stop
	Conflicted                          // 409: another instance is polling
)

// Error says what happened, without anything personal.
func (t *Trouble) Error() string { return t.Err.Error() }

// Unwrap gives the cause.
func (t *Trouble) Unwrap() error { return t.Err }
