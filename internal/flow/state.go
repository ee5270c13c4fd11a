package flow

import "slices"

// View says what the card of a running flow shows.
type View uint8

// The views of a card.
const (
	Asking   View = iota // the question At
	Summary              // everything, before saving
	Editing              // which answer to change
	Adding               // which further answer to give
	Choosing             // the readings of what was typed, as buttons
	Days                 // a date question: the days around today
	Calendar             // a date question: a month
	Hours                // a date-and-time question: the time of the chosen day
	Noting               // what could not be read is offered as a note
	Others               // a roster: those who were not expected
)

// State is where a run of a flow stands. It holds values only, never a position in code, so
// that it survives a restart and a new version of its flow.
//
// Slices in a State are never changed in place: a State that was handed out stays as it is.
type State struct {
	Flow     string   `cbor:"1,keyasint"`
	Version  int      `cbor:"2,keyasint"`
	Run      string   `cbor:"3,keyasint"` // names the run; the ids of its records derive from it
	At       string   `cbor:"4,keyasint,omitempty"`
	View     View     `cbor:"5,keyasint,omitempty"`
	Answers  []Answer `cbor:"6,keyasint,omitempty"`
	Kept     []Answer `cbor:"7,keyasint,omitempty"`  // answers to questions that the flow no longer asks
	Readings []Answer `cbor:"8,keyasint,omitempty"`  // Choosing, Noting
	Toggled  []string `cbor:"9,keyasint,omitempty"`  // a choices question or a roster, before "Selesai"
	Shown    []Pick   `cbor:"10,keyasint,omitempty"` // the records on the picker's page, by place
	Query    string   `cbor:"11,keyasint,omitempty"` // what the picker was narrowed to
	Page     int      `cbor:"12,keyasint,omitempty"`
	Month    string   `cbor:"13,keyasint,omitempty"` // Calendar: "2026-11"
	Tries    int      `cbor:"14,keyasint,omitempty"` // answers to this question that were not understood
	Edit     bool     `cbor:"15,keyasint,omitempty"` // the question was opened from the summary
	Source   string   `cbor:"16,keyasint,omitempty"` // the sentence that began it, when it came in one line
	Open     []Answer `cbor:"17,keyasint,omitempty"` // what that sentence left unsure: one entry a reading
}

// Answer is one given answer: values in their canonical form (codes, 2006-01-02, 15:04,
// numbers written out), or none when the question was passed over.
type Answer struct {
	Name   string   `cbor:"1,keyasint"`
	Values []string `cbor:"2,keyasint,omitempty"`
	Label  string   `cbor:"3,keyasint,omitempty"` // pickers: what the record is called on screen
	Approx bool     `cbor:"4,keyasint,omitempty"` // "sekitar", "-an"
	Given  bool     `cbor:"5,keyasint,omitempty"` // by a person, not by a default
}

// Pick is one record that a picker may offer.
type Pick struct {
	Ref   string `cbor:"1,keyasint"`           // a participant's code, or another record's id
	Label string `cbor:"2,keyasint,omitempty"` // her alias, or what the record is called
	Alone bool   `cbor:"3,keyasint,omitempty"` // the label is all that is shown: the ref says nothing to people
	Extra bool   `cbor:"4,keyasint,omitempty"` // a roster: not expected, and may have come all the same
	Mark  string `cbor:"5,keyasint,omitempty"` // a roster: what is on record already
}

// Value is the first value of an answer, or "".
func (a Answer) Value() string {
	if len(a.Values) == 0 {
		return ""
	}
	return a.Values[0]
}

// Answer finds the answer to a question.
func (s State) Answer(name string) (Answer, bool) {
	for _, a := range s.Answers {
		if a.Name == name {
			return a, true
		}
	}
	return Answer{}, false
}

// Running reports whether the state is one of a run, and not the empty one.
func (s State) Running() bool { return s.Run != "" }

// with returns the state with one answer put in the place of the former one.
func (s State) with(a Answer) State {
	answers := make([]Answer, 0, max(len(s.Answers)+1, 8))
	answers = append(answers, s.Answers...)
	if i := slices.IndexFunc(answers, func(b Answer) bool { return b.Name == a.Name }); i >= 0 {
		answers[i] = a
	} else {
		answers = append(answers, a)
	}
	s.Answers = answers
	return s
}

// turnTo opens a view of a question with nothing left over from the one before.
func (s State) turnTo(at string, v View) State {
	if at != s.At {
		s.Tries = 0
	}
	s.At, s.View, s.Page, s.Query, s.Month = at, v, 0, "", ""
	s.Readings, s.Toggled, s.Shown = nil, nil, nil
	return s
}

// applies reports whether a step's conditions hold for the answers given so far.
func (f *Flow) applies(s State, i int) bool {
	for _, c := range f.Steps[i].When {
		if f.holds(s, c, i) == c.Not {
			return false
		}
	}
	return true
}

// holds reports whether an earlier, applying step was answered with one of the values.
func (f *Flow) holds(s State, c Cond, before int) bool {
	j := f.index(c.Step)
	if j < 0 || j >= before || !f.applies(s, j) {
		return false
	}
	a, ok := s.Answer(c.Step)
	if !ok {
		return false
	}
	for _, v := range a.Values {
		if slices.Contains(c.In, v) {
			return true
		}
	}
	return false
}

// next is the first question that is still open, or -1 when all are answered.
func (f *Flow) next(s State) int {
	for i := range f.Steps {
		if s.isOpen(f.Steps[i].Name) && f.applies(s, i) {
			return i
		}
		if f.Steps[i].Asked != Always || !f.applies(s, i) {
			continue
		}
		if _, ok := s.Answer(f.Steps[i].Name); !ok {
			return i
		}
	}
	return -1
}

// Progress is how many of the questions asked in turn are answered, and of how many.
func (f *Flow) Progress(s State) (done, all int) {
	for i := range f.Steps {
		if f.Steps[i].Asked != Always || !f.applies(s, i) {
			continue
		}
		all++
		if _, ok := s.Answer(f.Steps[i].Name); ok {
			done++
		}
	}
	return done, all
}

// place is how many of the questions asked in turn come before the one at hand.
func (f *Flow) place(s State) int {
	n := 0
	for i := range f.Steps {
		if f.Steps[i].Name == s.At {
			break
		}
		if f.Steps[i].Asked == Always && f.applies(s, i) {
			n++
		}
	}
	return n
}

// AboutWhom is the record the run is about (a participant's code), once it is known.
func (f *Flow) AboutWhom(s State) (Answer, bool) {
	for i := range f.Steps {
		if f.Steps[i].Kind == f.About {
			a, ok := s.Answer(f.Steps[i].Name)
			return a, ok && len(a.Values) > 0
		}
	}
	return Answer{}, false
}

// Migrate carries a run over to another version of its flow: answers are kept by the names
// of their questions, what no longer fits is kept aside, and what is missing is asked.
func Migrate(f *Flow, s State) State {
	if s.Flow != f.ID || s.Version == f.Version {
		return s
	}
	kept := slices.Clone(s.Kept)
	var answers []Answer
	for _, a := range s.Answers {
		if st, ok := f.Step(a.Name); ok && st.Accepts(a) {
			answers = append(answers, a)
		} else {
			kept = append(kept, a)
		}
	}
	s.Version, s.Answers, s.Kept, s.Edit = f.Version, answers, kept, false
	return f.advance(s)
}

// advance goes to the next open question, or to the summary.
func (f *Flow) advance(s State) State {
	s.Edit = false
	i := f.next(s)
	if i < 0 {
		return s.turnTo("", Summary)
	}
	s = s.turnTo(f.Steps[i].Name, Asking)
	if readings := s.readings(s.At); len(readings) > 0 {
		s.View, s.Readings = Choosing, readings
	}
	return s
}
