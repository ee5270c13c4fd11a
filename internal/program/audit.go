package program

import (
	"slices"
	"time"
)

// Audit is one line of the record of who did what; it carries no content.
type Audit struct {
	At      time.Time
	Actor   string // person id; "admin" at the command line, "system" for the machine
	Action  string // "report.save", "report.undo", "person.join", ...
	Subject string // id of what it was done to; "*" for everything of its kind
	Reason  Reason // why, where that is asked for; empty where it is not
}

// Reason says why somebody opened what is not hers. It is a code and never free text, which would
// sooner or later tell about the participant.
type Reason string

// The reasons.
const (
	ReasonSafety     Reason = "keselamatan"
	ReasonComplaint  Reason = "keluhan"
	ReasonHandOver   Reason = "serah_terima"
	ReasonHerRequest Reason = "permintaan_peserta"
	ReasonReport     Reason = "laporan"
)

// Reasons lists every reason in the order in which they are offered.
func Reasons() []Reason {
	return []Reason{ReasonSafety, ReasonComplaint, ReasonHandOver, ReasonHerRequest, ReasonReport}
}

// Known reports whether it is one of the Reasons, or none.
func (r Reason) Known() bool { return r == "" || slices.Contains(Reasons(), r) }

// The deeds that open what was recorded about a participant, as the audit names them.
const (
	OpenNote   = "note.open"   // her notes, by who does not accompany her
	ReadReport = "report.read" // her reports
	ExportData = "export"      // reports that leave the house
	OpenData   = "data.open"   // all that there is about her, to tell her
	ReadRoster = "person.read" // who there is, with codes and aliases
)

// ReadDeeds lists the actions that open data about participants: what a participant is told when
// she asks who has opened hers, and what the weekly digest counts.
func ReadDeeds() []string { return []string{OpenNote, ReadReport, ExportData, OpenData, ReadRoster} }
