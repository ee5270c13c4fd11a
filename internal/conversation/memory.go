package conversation

import (
	"fmt"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/turn"
)

// screen says what a chat's card shows at present.
type screen uint8

const (
	blank        screen = iota // nothing yet
	running                    // the run
	menu                       // what one can do
	receipt                    // the report that was saved last
	takenBack                  // that report, taken back
	dropped                    // a run that was cancelled
	offer                      // an interrupted run: go on or throw away
	hidden                     // nothing, until it is opened again
	pinNew                     // the number pad, for a PIN that is chosen
	pinAgain                   // the same once more
	hardWord                   // what was written is about her safety: the safe steps instead?
	safeSteps                  // those steps
	sure                       // something that cannot be taken back: really?
	cares                      // the participants whom she accompanies, to look after their safety
	care                       // one of them
	wordNew                    // a kata aman is typed
	link                       // an invitation
	team                       // the institution's own people
	mate                       // one of them
	asked                      // what participants have asked for about their data
	notesOf                    // the code of a participant is typed, to read what is noted about her
	notesWhy                   // why it is to be read
	notes                      // what is noted about her
	weekly                     // how a week was
	herChoices                 // a participant's own: what she can choose
	herConsent                 // one purpose, to be agreed to or not
	herConsents                // what she has agreed to
	herData                    // what is held about her
	herOpened                  // who has looked at it
	herAlias                   // another alias is typed
	herErase                   // the word that erases is typed
	herErasing                 // it will be done
	herCover                   // the answer to "ini siapa?"
	herNumbers                 // where there is help
	herNote                    // what has become of something
	more                       // what else one can do
	matters                    // the matters of a kind
	matter                     // one of them
	friends                    // the participants whom she may see
	friend                     // one of them
	infoSheet                  // what guests may be told
	calls                      // those of hers who wait to be called
	herCall                    // a participant's own: she asked to be called
	herTarget                  // what she has set herself
	herTargetNew               // another one is typed
	herOwn                     // her business and her classes, as they are on record
	herGrowth                  // how she sees herself, as it was noted with her
	inviting                   // whom to invite to a session
	replying                   // what those who are invited have answered
	herNews                    // there is something about a time
	herSchedule                // her sessions
	declining                  // why a proposal is not agreed to yet
	me                         // the person's own card
	todo                       // what she was told and has not done yet
	oneDuty                    // one thing of it
	myHours                    // within which hours the person is told things
)

// secret reports whether a card of the staff must not stay in the chat when the next one is sent
// below it: it shows an invitation, a note, or how somebody is kept safe.
func (s screen) secret() bool {
	switch s {
	case link, notes, weekly, notesWhy, care, wordNew, mate, asked, calls, matter, friend, inviting, replying, todo, oneDuty:
		return true
	}
	return false
}

// asks reports whether the card of one of the staff waits for what she is about to write or choose: then
// nothing else is begun in her chat for a while.
func (s screen) asks() bool {
	switch s {
	case running, pinNew, pinAgain, hardWord, safeSteps, sure, wordNew, notesOf, notesWhy, declining:
		return true
	}
	return false
}

// Memory is what the bot remembers of a chat between two updates. It is stored sealed.
type Memory struct {
	Rev     uint32     `cbor:"1,keyasint,omitempty"` // counts the cards; buttons carry it
	Seen    []int64    `cbor:"2,keyasint,omitempty"` // the updates worked off last
	Screen  screen     `cbor:"3,keyasint,omitempty"`
	Run     flow.State `cbor:"4,keyasint,omitempty"` // the report in the making; also the one just dropped
	Touched int64      `cbor:"5,keyasint,omitempty"` // when Run was last worked on, in Unix seconds
	Nudged  uint8      `cbor:"6,keyasint,omitempty"` // how often the person was reminded of Run
	Parked  []Draft    `cbor:"7,keyasint,omitempty"` // interrupted reports, the latest first
	Last    Receipt    `cbor:"8,keyasint,omitempty"`
	Said    string     `cbor:"9,keyasint,omitempty"`  // the sentence above the card of the last turn
	Forget  bool       `cbor:"10,keyasint,omitempty"` // the last turn took away what the person had sent

	Held string `cbor:"12,keyasint,omitempty"` // what was written while Run was interrupted, to be read when it goes on

	Page   Page   `cbor:"13,keyasint,omitempty"` // what the card is about, other than a run
	Active int64  `cbor:"14,keyasint,omitempty"` // when somebody with a PIN was last here, in Unix seconds; 0: locked
	Digits string `cbor:"15,keyasint,omitempty"` // typed on the number pad so far
	PIN    []byte `cbor:"16,keyasint,omitempty"` // the one that was chosen, sealed, until it is repeated
	Behind string `cbor:"17,keyasint,omitempty"` // what was written while it was locked, to be read when it is open

	Note  discreet.PageKey `cbor:"18,keyasint,omitempty"` // the page of herNote, or what hides everything
	Swept int64            `cbor:"21,keyasint,omitempty"` // when what is old is next taken out of the chat, in Unix seconds
	Later bool             `cbor:"19,keyasint,omitempty"` // she wants to be asked another time

	Told []int64 `cbor:"30,keyasint,omitempty"` // of a stranger: when the last answers were given, in Unix seconds

	Echo  bool    `cbor:"40,keyasint,omitempty"` // a participant's: her own target waits to be looked at
	Guest string  `cbor:"41,keyasint,omitempty"` // a participant's: the day of a visit that she is asked about
	Heard []Heard `cbor:"42,keyasint,omitempty"` // of a participant: what she was told of each session
	News  []News  `cbor:"43,keyasint,omitempty"` // of a participant: what the card wants to tell her

	CardAt int64  `cbor:"22,keyasint,omitempty"` // when the card was sent, in Unix seconds
	Here   int64  `cbor:"23,keyasint,omitempty"` // when one of the staff last wrote or pressed something, in Unix seconds
	Owner  string `cbor:"11,keyasint,omitempty"` // the id of whoever this is remembered of

	stored turn.Saved // as it was read; the revision it may be replaced at
}

// Page is what a card is about that is no run.
type Page struct {
	About string   `cbor:"1,keyasint,omitempty"` // a participant's code, or the id of one of the staff
	Do    string   `cbor:"2,keyasint,omitempty"` // what is to be confirmed
	Refs  []string `cbor:"3,keyasint,omitempty"` // what the places on a list mean
	At    int      `cbor:"4,keyasint,omitempty"` // the page of a list
	Token string   `cbor:"5,keyasint,omitempty"` // the invitation that is shown
}

// Draft is one interrupted report.
type Draft struct {
	Run     flow.State `cbor:"1,keyasint"`
	Touched int64      `cbor:"2,keyasint"`
	Nudged  uint8      `cbor:"3,keyasint,omitempty"`
	Held    string     `cbor:"4,keyasint,omitempty"`
}

// Receipt is the report that was saved last, for taking it back.
type Receipt struct {
	Report string     `cbor:"1,keyasint"`
	At     int64      `cbor:"2,keyasint"` // Unix seconds
	Undone bool       `cbor:"5,keyasint,omitempty"`
	Count  int        `cbor:"3,keyasint,omitempty"`
	Run    flow.State `cbor:"4,keyasint,omitempty"`
	Matter string     `cbor:"7,keyasint,omitempty"` // the matter that it opened or moved on
	Opened string     `cbor:"6,keyasint,omitempty"` // what the matter that it opened is called, or the code of whom it put on record
	Places []Place    `cbor:"8,keyasint,omitempty"` // what was noted before of those whose attendance it noted
	Final  bool       `cbor:"9,keyasint,omitempty"` // it gave somebody to others, or told them who is there: another report changes that
}

// remembered is how many update ids a chat keeps, and parkedMost how many drafts.
const (
	remembered = 16
	parkedMost = 5
)

// saw notes an update as worked off.
func (m *Memory) saw(id int64) {
	if id == 0 {
		return
	}
	if m.Seen = append(m.Seen, id); len(m.Seen) > remembered {
		m.Seen = slices.Delete(slices.Clone(m.Seen), 0, len(m.Seen)-remembered)
	}
}

// park puts the run aside, as the draft of its flow and participant.
func (m *Memory) park(f *flow.Flow) {
	if m.Screen != dropped && m.Run.Running() && f != nil && !m.untouched() {
		m.Parked = slices.Insert(m.without(f, m.Run), 0, Draft{Run: m.Run, Touched: m.Touched, Nudged: m.Nudged, Held: m.Held})
		m.Parked = m.Parked[:min(len(m.Parked), parkedMost)]
	}
	m.clear()
}

// untouched reports whether nothing has been answered in the run.
func (m *Memory) untouched() bool {
	return !slices.ContainsFunc(m.Run.Answers, func(a flow.Answer) bool { return a.Given })
}

// without is the parked drafts other than the one of the same flow about the same record.
func (m *Memory) without(f *flow.Flow, run flow.State) []Draft {
	about, _ := f.AboutWhom(run)
	return slices.DeleteFunc(slices.Clone(m.Parked), func(d Draft) bool {
		other, _ := f.AboutWhom(d.Run)
		return d.Run.Flow == run.Flow && other.Value() == about.Value()
	})
}

// clear ends the run.
func (m *Memory) clear() {
	m.Run, m.Touched, m.Nudged, m.Held = flow.State{}, 0, 0, ""
}

// codec writes memories the same way every time and refuses what it does not know the form of.
type codec struct {
	enc cbor.EncMode
	dec cbor.DecMode
}

// newCodec prepares the encoding; it fails only on a mistake in its own options.
func newCodec() (codec, error) {
	enc, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		return codec{}, fmt.Errorf("prepare encoding: %w", err)
	}
	// What is no UTF-8, such as a name out of an old roster, was written as it is and is to be read.
	dec, err := cbor.DecOptions{MaxNestedLevels: 16, MaxArrayElements: 4096, UTF8: cbor.UTF8DecodeInvalid}.DecMode()
	if err != nil {
		return codec{}, fmt.Errorf("prepare decoding: %w", err)
	}
	return codec{enc: enc, dec: dec}, nil
}
