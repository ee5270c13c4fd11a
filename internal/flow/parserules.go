package flow

import (
	"strconv"
)

// maxPoints is how many points a scale may have: as many as fit two rows of buttons.
const maxPoints = 10

// rules reports what single keys cannot show: how they stand to each other and to other
// steps. It reads when, which needs the steps before it.
func (r *reader) rules(f *Flow, top fields) {
	first := map[Kind]int{}
	note := -1
	for i := range f.Steps {
		s, at := &f.Steps[i], r.steps[i]
		if n, ok := at.val["when"]; ok {
			s.When = r.when(f, i, n)
		}
		r.required(f, s, at)
		r.kindRules(s, at)
		if s.Kind == Participant {
			if j, dup := first[s.Kind]; dup {
				r.at(at.place("kind"), "a second participant step: a report is about one, asked in line %d", r.steps[j].place("kind").Line)
			}
		}
		if _, ok := first[s.Kind]; !ok {
			first[s.Kind] = i
		}
		if s.Note && note >= 0 {
			r.at(at.key["note"], "a second note: %s in line %d is the note already", stepLabel(&f.Steps[note]), r.steps[note].key["note"].Line)
		}
		if s.Note && note < 0 {
			note = i
		}
	}
	r.tallies(f)
	if _, ok := first[f.About]; f.About != "" && !ok {
		r.at(top.val["about"], "about: %s needs a step of kind %s", f.About, f.About)
	}
}

// tallies reports a mark of a roster under whose name something else is counted already.
func (r *reader) tallies(f *Flow) {
	seen := map[string]string{}
	for i := range f.Steps {
		seen[f.Steps[i].Name] = f.Steps[i].Name
	}
	for i := range f.Steps {
		st := &f.Steps[i]
		if st.Kind != Roster {
			continue
		}
		for _, o := range st.Choices {
			if other, taken := seen[o.Code]; taken && o.Code != "" {
				r.at(r.steps[i].place("choices"), "mark %q of %s is counted under its own name, which %q has already", o.Code, stepLabel(st), other)
			}
			seen[o.Code] = st.Name
		}
	}
}

// required reports a step that must be answered and is never asked, or known of nothing.
func (r *reader) required(f *Flow, s *Question, at fields) {
	if s.Asked == Known {
		if !f.About.Matter() {
			r.at(at.place("asked"), "%s is known of nothing: the report is about no matter", stepLabel(s))
		}
		return
	}
	if s.Optional || s.Default != "" || s.Asked == Always {
		return
	}
	why := "is required and never asked"
	if s.Asked == Later {
		why = "is required and only offered in the summary"
	}
	r.at(at.place("asked"), "%s %s: give it a default or optional: true", stepLabel(s), why)
}

// kindRules reports what a kind of step needs.
func (r *reader) kindRules(s *Question, at fields) {
	missing := func(name string) bool {
		_, ok := at.val[name]
		if !ok {
			r.at(at.node, "%s has no %s: %s needs it", stepLabel(s), name, withArticle(s.Kind))
		}
		return !ok
	}
	switch s.Kind {
	case Choice, Choices, Roster:
		missing("choices")
	case Date, DateTime:
		missing("tense")
	case Amount, Count:
		r.bounds(s, at)
	case Scale:
		if noMin, noMax := missing("min"), missing("max"); !noMin && !noMax {
			r.bounds(s, at)
			if s.Max-s.Min >= maxPoints {
				r.at(at.place("max"), "a scale has at most %d points", maxPoints)
			}
		}
	case Text:
		if s.Note && !s.Optional {
			r.at(at.key["note"], "%s is the note and must be optional: true", stepLabel(s))
		}
	default: // the others need nothing more
	}
	r.defaultOf(s, at)
}

// bounds reports numbers that contradict each other.
func (r *reader) bounds(s *Question, at fields) {
	if s.Min < 0 {
		r.at(at.place("min"), "min %d is below 0", s.Min)
	}
	_, hasMin := at.val["min"]
	_, hasMax := at.val["max"]
	switch {
	case hasMax && s.Max <= 0:
		r.at(at.place("max"), "max must be above 0; leave it out for none")
		return
	case hasMin && hasMax && s.Min > s.Max:
		r.at(at.place("max"), "max %d is below min %d", s.Max, s.Min)
		return
	case hasMin && s.Negative:
		r.at(at.place("min"), "a negative amount goes down to -max: leave min out")
		return
	case hasMin && hasMax && s.Min == s.Max:
		r.at(at.place("max"), "min and max are both %d: there is nothing to ask", s.Max)
		return
	}
	if s.Usual != 0 && s.outside(s.Usual) != "" {
		r.at(at.place("usual"), "usual: %d is %s", s.Usual, s.outside(s.Usual))
	}
	for i, v := range s.Quick {
		if why := s.outside(v); why != "" {
			n := at.place("quick")
			if len(n.Content) == len(s.Quick) {
				n = n.Content[i]
			}
			r.at(n, "quick: %d is %s", v, why)
		}
	}
}

// defaultOf reports a default that could not be an answer.
func (r *reader) defaultOf(s *Question, at fields) {
	n, ok := at.val["default"]
	if !ok || s.Default == "" || s.Kind == "" {
		return
	}
	if s.Kind == Date {
		if s.Default != "today" {
			r.at(n, "default: a date can only start as today, not %s", quote(s.Default))
		}
		return
	}
	if v, err := strconv.ParseInt(s.Default, 10, 64); err == nil && s.Kind != Choice && s.Kind != Choices && s.Kind != Roster {
		s.Default = strconv.FormatInt(v, 10)
	}
	r.answer(n, "default", s, s.Default)
}
