package turn

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Reminding is what a turn changes about reminders. It is part of the Plan and stored with it.
type Reminding struct {
	Looked []Looked
	Told   []Told
	PutOff []PutOff
	Closed []Closed
	Heard  []Heard
	Rang   []Rang
	Hours  []Hours
	Seen   []FollowedUp
}

// Looked is that a subject was looked at: what there is to be told about it, and when it is looked at
// next. What was open about it and is not among Open any more is settled.
type Looked struct {
	Watch program.Watch
	At    time.Time
	Next  time.Time          // zero for never, unless something changes
	Open  []program.Reminder // those that hold now
	Late  []program.Reminder // those whose time is over

	Unreadable bool // it cannot be read: nothing of it changes but when it is looked at next
}

// Told is that somebody was told of a reminder, in one message with others.
type Told struct {
	ID, Bundle string
	At         time.Time
}

// PutOff is that a reminder is to be told later, and why.
type PutOff struct {
	ID   string
	At   time.Time
	Held program.HeldBack // empty when whoever is told has asked for it
}

// Closed is what became of a reminder.
type Closed struct {
	ID     string
	Ending program.Ending
	At     time.Time
}

// Heard is that a participant was told of a session, in her chat or in person.
type Heard struct {
	Session, Participant string
	Begins               time.Time // what she was told; zero when she was told that it is off
	At                   time.Time
}

// Rang is that her phone rang with something that she had not asked for, and that no rule knows of. It
// counts like a reminder.
type Rang struct {
	Participant, Cause string
	At                 time.Time
}

// Hours are those within which one of the staff wants to be told things, in minutes since midnight in
// the institution's zone; To before From crosses midnight, and the same for both gives them up: then
// the house's hold.
type Hours struct {
	Person   string
	From, To int
}

// FollowedUp is that a participant was seen as somebody wanted to: what was to be followed up by a day is
// done.
type FollowedUp struct {
	Participant string
	By          program.Date
	At          time.Time
}
