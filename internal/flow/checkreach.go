package flow

import (
	"slices"
	"strconv"
)

// demand is what the conditions on the way to a step ask of an earlier one.
type demand struct {
	in  [][]string // its answer is in each of these
	not []string   // and none of these
}

// reachable reports steps whose conditions can never hold together.
func (c *checker) reachable(f *Flow) {
	for i := range f.Steps {
		if len(f.Steps[i].When) == 0 {
			continue
		}
		wants := map[int]*demand{}
		f.demands(i, wants, map[int]bool{})
		for j := range i { // in the order of the flow, so that the mistake is always the same
			if d, ok := wants[j]; ok && !f.Steps[j].meets(d) {
				c.fail("flow %s: step %q can never be asked: no answer to %q allows it", f.ID, f.Steps[i].Name, f.Steps[j].Name)
				break
			}
		}
	}
}

// demands gathers what the conditions of a step ask of those before it. Who has to be
// answered has to be asked, and so brings conditions of its own.
func (f *Flow) demands(i int, wants map[int]*demand, seen map[int]bool) {
	if seen[i] {
		return
	}
	seen[i] = true
	for _, cond := range f.Steps[i].When {
		j := f.index(cond.Step)
		if j < 0 || j >= i {
			continue
		}
		if wants[j] == nil {
			wants[j] = &demand{}
		}
		if cond.Not {
			wants[j].not = append(wants[j].not, cond.In...)
			continue
		}
		wants[j].in = append(wants[j].in, cond.In)
		f.demands(j, wants, seen)
	}
}

// meets reports whether some answer of the step, or none at all, meets a demand.
func (s *Question) meets(d *demand) bool {
	if len(d.in) == 0 && s.mayStayOpen() {
		return true
	}
	if s.Kind == Choices {
		return s.meetsSeveral(d)
	}
	values, closed := s.values()
	if !closed {
		if len(d.in) == 0 {
			return true // more numbers than anybody excludes
		}
		values = d.in[0]
	}
	return slices.ContainsFunc(values, func(v string) bool { return d.allows(v) && d.wanted(v) })
}

// mayStayOpen reports whether a run can pass the step without an answer.
func (s *Question) mayStayOpen() bool {
	return s.Optional || len(s.When) > 0 || s.Asked != Always && s.Default == ""
}

// allows reports whether a value is not excluded.
func (d *demand) allows(v string) bool { return !slices.Contains(d.not, v) }

// wanted reports whether one value meets every wish.
func (d *demand) wanted(v string) bool {
	return !slices.ContainsFunc(d.in, func(in []string) bool { return !slices.Contains(in, v) })
}

// meetsSeveral is meets for several answers: one that is alone meets every wish by itself,
// the others may meet one each.
func (s *Question) meetsSeveral(d *demand) bool {
	var together []string
	for i := range s.Choices {
		o := &s.Choices[i]
		switch {
		case !d.allows(o.Code):
		case d.wanted(o.Code):
			return true
		case !o.Alone:
			together = append(together, o.Code)
		}
	}
	for _, in := range d.in {
		if !slices.ContainsFunc(in, func(v string) bool { return slices.Contains(together, v) }) {
			return false
		}
	}
	return len(together) > 0
}

// values lists what the step can answer, if that is a short list.
func (s *Question) values() (values []string, closed bool) {
	const short = 1000
	switch s.Kind {
	case Choice, Choices:
		return codes(s), true
	case YesNo:
		return []string{Yes, No}, true
	case Amount, Count, Scale:
		if s.Negative || s.Max == 0 || s.Max-s.Min > short {
			return nil, false
		}
		for n := s.Min; n <= s.Max; n++ {
			values = append(values, strconv.FormatInt(n, 10))
		}
		return values, true
	default:
		return nil, false
	}
}
