package flow

import "slices"

// oneLine prepares a run that began with a sentence: what the sentence left unsure is asked,
// what is missing is asked, and what may be missing is left to the summary.
func (r *run) oneLine() {
	for _, a := range r.in.Unsure {
		st, ok := r.f.Step(a.Name)
		if ok && (len(a.Values) == 0 || st.Accepts(a)) {
			r.s.Open = append(slices.Clip(r.s.Open), a)
		}
	}
	for i := range r.f.Steps {
		st := &r.f.Steps[i]
		if _, told := r.s.Answer(st.Name); !told && st.Asked == Always && st.Optional && !r.s.isOpen(st.Name) {
			r.s = r.s.with(Answer{Name: st.Name})
		}
	}
}

// isOpen reports whether the sentence left a question unsure.
func (s State) isOpen(name string) bool {
	return slices.ContainsFunc(s.Open, func(a Answer) bool { return a.Name == name })
}

// readings are the ways in which the sentence may have answered a question.
func (s State) readings(name string) []Answer {
	var readings []Answer
	for _, a := range s.Open {
		if a.Name == name && len(a.Values) > 0 {
			readings = append(readings, a)
		}
	}
	return readings
}

// settle takes an answer and closes what it settles: its own question, and any other for
// which the sentence left that one reading and no other, because those words were meant once
// ("dapet 300rb" is what she sold or what was left of it, not both).
func (r *run) settle(a Answer) {
	taken := r.s.onlyReading(a.Name, a)
	var open []Answer
	for _, b := range r.s.Open {
		if b.Name != a.Name && (!taken || !r.s.onlyReading(b.Name, a)) {
			open = append(open, b)
		}
	}
	r.s.Open = open
	r.s = r.s.with(a)
}

// onlyReading reports whether a sentence left a question with just this reading.
func (s State) onlyReading(name string, a Answer) bool {
	readings := s.readings(name)
	return len(readings) == 1 && slices.Equal(readings[0].Values, a.Values)
}

// missing are the questions that a sentence left open, other than the one at hand.
func (f *Flow) missing(s State) []*Question {
	if s.Source == "" {
		return nil
	}
	var missing []*Question
	for i := range f.Steps {
		st := &f.Steps[i]
		_, told := s.Answer(st.Name)
		if f.applies(s, i) && st.Name != s.At && (s.isOpen(st.Name) || !told && st.Asked == Always) {
			missing = append(missing, st)
		}
	}
	return missing
}
