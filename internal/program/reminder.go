package program

import (
	"fmt"
	"strings"
	"time"
)

// Subject is what a reminder is about, as one word: a participant, a matter, one of the staff, or the
// house itself.
type Subject string

// SubjectKind is the kind of thing that a reminder is about.
type SubjectKind string

// The kinds, as they begin a Subject.
const (
	AboutHer    SubjectKind = "p" // a participant, by her code
	AboutMatter SubjectKind = "m" // a matter, by its id
	AboutStaff  SubjectKind = "s" // one of the staff, by her id
	AboutHouse  SubjectKind = "h" // the institution
)

// SubjectOf is the subject of a kind and an id.
func SubjectOf(k SubjectKind, id string) Subject { return Subject(string(k) + "/" + id) }

// Kind is the kind of what it is about.
func (s Subject) Kind() SubjectKind { k, _, _ := strings.Cut(string(s), "/"); return SubjectKind(k) }

// ID is the code or id of what it is about; empty for the house.
func (s Subject) ID() string { _, id, _ := strings.Cut(string(s), "/"); return id }

// Watch is when a subject is to be looked at.
type Watch struct {
	Subject Subject
	Rev     int64     // counts the changes of what is known of it
	At      time.Time // when it is to be looked at; long ago when something has changed
}

// Ending is what became of a reminder (program.md 2.1, Nudge.alasan_tutup).
type Ending string

// The endings that follow by themselves. An answer to a reminder is an ending as well, by its name.
const (
	StillOpen   Ending = ""
	Settled     Ending = "beres"     // there is no reason for it any more: the report came, the date moved
	NeverSent   Ending = "terlambat" // it was not told while it made sense
	HasPassed   Ending = "lewat"     // it was told, and its time is over
	SaidByVoice Ending = "langsung"  // her companion says it in person
)

// HeldBack is why something was not told when it was due.
type HeldBack string

// The reasons. None of them is about what a participant may have done.
const (
	HeldNight       HeldBack = "jam_tenang"     // it was not within her hours
	HeldLimit       HeldBack = "batas"          // she had been told enough that day, or that week
	HeldBusy        HeldBack = "sedang_menulis" // she was in the middle of something
	HeldAway        HeldBack = "cuti"           // she is away
	HeldNoPhone     HeldBack = "tanpa_hp"       // there is no chat
	HeldUnreachable HeldBack = "tak_terjangkau" // messages do not get through
	HeldConsent     HeldBack = "tanpa_izin"     // she has not agreed to be written to
	HeldPause       HeldBack = "jeda"           // she has paused, or is silent for a while
)

// Reminder is one thing that somebody is to be told. Rule, step, subject, due time and recipient make
// it what it is: there is one of each, and it is told once.
type Reminder struct {
	Rule    string // as the table of rules names it
	Step    int    // 0, and then what it comes to when nothing is done
	Subject Subject
	Person  string // who is told: one of the staff by id, a participant by code
	Due     time.Time
	Until   time.Time // after it, telling makes no sense any more; zero for none
	At      time.Time // when it may be told: Due, unless it was put off

	ToldAt   time.Time
	Bundle   string // what it was told in: one message
	Held     HeldBack
	ClosedAt time.Time
	Ending   Ending
}

// ID is what tells reminders apart.
func (r Reminder) ID() string {
	return fmt.Sprintf("%s.%d/%s/%d/%s", r.Rule, r.Step, r.Subject, r.Due.Unix(), r.Person)
}
