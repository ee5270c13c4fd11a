package turn

import "github.com/dampingi/dampingi/internal/program"

// Move is what a turn makes of a matter. The matter has the revision that it was read at: 0 opens
// it, and if somebody else has moved it on meanwhile, the turn is an ErrConflict.
type Move struct {
	Matter program.Matter
	Change program.Change // its id is the report's that brings it about, or the turn's
}

// Way is what a turn changes about matters and about the ways of participants. It is part of the
// Plan and stored with it, after the reports that bring it about.
type Way struct {
	Moves    []Move
	Stages   []program.StageChange // one whose From is not where she is any more is an ErrConflict
	Attended []program.Attendance  // what is empty in it stays as it is on record
	Rated    []Rating
	Joined   []program.Participant // women who were met and are put on record, with a key of their own
	Handed   []Handover
	Chosen   []Concentration
	Absent   []Absence
	Seconds  []Second
}

// Rating is what somebody thought of a session: counted, and told of nobody (program.md row 54).
type Rating struct {
	ID      string // derived from the turn, so that it is counted once
	Session string // the matter's id
	Score   int    // 1 to 5
}

// Handover gives a participant another companion.
type Handover struct {
	Participant, To, By string
}

// Second is who stands in for a participant's companion while she is away; an empty id means nobody.
type Second struct {
	Participant, Who string
}

// Concentration is the field in which a participant is trained.
type Concentration struct {
	Participant, Field string
}

// Absence is until when one of the staff is away; an empty day means that she is back.
type Absence struct {
	Person string
	Until  program.Date
}

// Empty reports whether nothing changes.
func (w *Way) Empty() bool {
	return len(w.Moves)+len(w.Stages)+len(w.Attended)+len(w.Rated)+len(w.Joined)+len(w.Handed)+len(w.Chosen)+len(w.Absent)+len(w.Seconds) == 0
}
