package flow

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A roster gives everybody who is expected a mark: the first tap gives the first one, each further
// tap the next. Who was not expected is on it as soon as she has a mark. What becomes of it outside
// of the run is how many have which mark, and never who (Collect).

// Mark is what one of those on a roster was given.
type Mark struct {
	Ref, Code string
}

// value is a mark as an answer has it.
func (m Mark) value() string { return m.Ref + "=" + m.Code }

// markOf reads a value of a roster's answer.
func markOf(value string) (Mark, bool) {
	i := strings.LastIndexByte(value, '=')
	if i < 1 || i == len(value)-1 {
		return Mark{}, false
	}
	return Mark{Ref: value[:i], Code: value[i+1:]}, true
}

// Marks are those of a roster's answer.
func (a Answer) Marks() []Mark { return marks(a.Values) }

func marks(values []string) []Mark {
	all := make([]Mark, 0, len(values))
	for _, v := range values {
		if m, ok := markOf(v); ok {
			all = append(all, m)
		}
	}
	return all
}

// counted is how many have a mark.
type counted struct {
	Code string
	N    int64
}

// tally counts a roster's marks, in the order of its choices.
func (a Answer) tally(st *Question) []counted {
	all := make([]counted, len(st.Choices))
	for i := range st.Choices {
		all[i].Code = st.Choices[i].Code
		for _, m := range a.Marks() {
			if m.Code == all[i].Code {
				all[i].N++
			}
		}
	}
	return all
}

// tallied is a roster's answer as a person writes it.
func tallied(f *Flow, st *Question, a Answer, t Texts) string {
	var parts []string
	for _, n := range a.tally(st) {
		if n.N > 0 {
			parts = append(parts, t.Text(f.ChoiceKey(st.Name, n.Code))+" "+decimal(n.N))
		}
	}
	return strings.Join(parts, ", ")
}

// marked gives the mark of everybody on the roster at hand, as far as she has one.
func (r *run) marked() map[string]string {
	all := map[string]string{}
	for _, p := range r.picks() {
		if p.Mark != "" {
			all[p.Ref] = p.Mark
		}
	}
	for _, m := range marks(r.toggled()) {
		all[m.Ref] = m.Code
	}
	return all
}

// unmarked is the mark of those who were not given one.
func (s *Question) unmarked() string {
	if s.Default != "" || len(s.Choices) == 0 {
		return s.Default
	}
	return s.Choices[len(s.Choices)-1].Code
}

// expected are those on the roster: who was expected, and who has a mark all the same.
func (r *run) expected() []Pick {
	has := r.marked()
	return slices.DeleteFunc(slices.Clone(r.picks()), func(p Pick) bool { return p.Extra && has[p.Ref] == "" })
}

// unexpected are the others.
func (r *run) unexpected() []Pick {
	has := r.marked()
	return slices.DeleteFunc(slices.Clone(r.picks()), func(p Pick) bool { return !p.Extra || has[p.Ref] != "" })
}

// roster offers everybody who is on it with her mark, a mark for all at once, and the others.
func (r *run) roster(sc *Screen) {
	st, has, n := sc.Step, r.marked(), 0
	all := r.expected()
	for _, p := range all {
		if len(st.Choices) > 0 && (has[p.Ref] == st.Choices[0].Code || has[p.Ref] == "" && st.unmarked() == st.Choices[0].Code) {
			n++
		}
	}
	r.people(sc, all, func(p Pick) string {
		code := has[p.Ref]
		if code == "" {
			code = st.unmarked()
		}
		if o, ok := st.Choice(code); ok {
			return o.Icon
		}
		return ""
	})
	if len(all) == 0 && sc.Notice.Key == "" {
		sc.Notice = Notice{Key: "say.roster_empty"}
	}
	var row []Key
	if len(all) > 0 && len(st.Choices) > 0 {
		row = append(row, Key{Action: actAll, Icon: st.Choices[0].Icon, Text: r.f.AllKey(st.Name)})
	}
	if len(r.unexpected()) > 0 {
		row = append(row, Key{Action: actOthers, Icon: "➕", Text: "card.roster_others"})
	}
	if len(row) > 0 {
		sc.Rows = append(sc.Rows, row)
	}
	if len(all) > 0 {
		sc.Rows = append(sc.Rows, []Key{{Action: actDone, Icon: "👌", Text: "card.done", Label: strconv.Itoa(n)}})
	}
}

// others offers those who were not expected.
func (r *run) others(sc *Screen) {
	if r.at().Kind != Roster { // of a former version
		r.question(sc)
		return
	}
	r.people(sc, r.unexpected(), func(Pick) string { return "" })
}

// people offers a page of them.
func (r *run) people(sc *Screen, all []Pick, icon func(Pick) string) {
	size := pickRows * pickColumns
	pages := max(1, (len(all)+size-1)/size)
	r.s.Page = min(r.s.Page, pages-1)
	page := all[min(r.s.Page*size, len(all)):min((r.s.Page+1)*size, len(all))]
	r.s.Shown = make([]Pick, 0, len(page))
	sc.Columns = pickColumns
	for i, p := range page {
		r.s.Shown = append(r.s.Shown, Pick{Ref: p.Ref, Label: p.Label, Alone: p.Alone})
		sc.Choices = append(sc.Choices, Key{Action: actPick + strconv.Itoa(i), Icon: icon(p), Label: p.Name()})
		if utf8.RuneCountInString(p.Name()) > pickLabel {
			sc.Columns = 1
		}
	}
	var row []Key
	if r.s.Page > 0 {
		row = append(row, Key{Action: actLess, Icon: "◀️", Text: "card.before"})
	}
	if r.s.Page < pages-1 {
		row = append(row, Key{Action: actMore, Icon: "▶️", Text: "card.after"})
	}
	if len(row) > 0 {
		sc.Rows = append(sc.Rows, row)
	}
}

// toRoster goes back to the roster from those who were not expected.
func (r *run) toRoster() { r.s.View, r.s.Page, r.s.Query, r.s.Shown = Asking, 0, "", nil }

// pressRoster gives somebody her next mark; who was not expected is on the roster with the first.
func (r *run) pressRoster(p Pick) {
	st := r.at()
	if len(st.Choices) == 0 {
		return
	}
	if r.s.View == Others {
		r.mark(Mark{p.Ref, st.Choices[0].Code})
		r.toRoster()
		return
	}
	now := r.marked()[p.Ref]
	if now == "" {
		now = st.unmarked()
	}
	i := slices.IndexFunc(st.Choices, func(o Option) bool { return o.Code == now })
	r.mark(Mark{p.Ref, st.Choices[(i+1)%len(st.Choices)].Code})
}

// markAll gives the first mark to everybody on the roster.
func (r *run) markAll() {
	st := r.at()
	for _, p := range r.expected() {
		r.mark(Mark{p.Ref, st.Choices[0].Code})
	}
}

// mark notes marks, each in the place of the one before.
func (r *run) mark(all ...Mark) {
	values := slices.Clone(r.toggled())
	for _, m := range all {
		values = slices.DeleteFunc(values, func(v string) bool { old, _ := markOf(v); return old.Ref == m.Ref })
		values = append(values, m.value())
	}
	r.s.Toggled = values
}

// finishRoster takes the marks as the answer, also those that nobody has touched. Who is not to be
// picked any more is left out.
func (r *run) finishRoster() {
	st, has := r.at(), r.marked()
	var values []string
	for _, p := range r.expected() {
		code := has[p.Ref]
		if _, ok := st.Choice(code); !ok {
			code = st.unmarked()
		}
		values = append(values, Mark{p.Ref, code}.value())
	}
	if len(values) == 0 && !st.Optional {
		r.notice = Notice{Key: "say.roster_empty"}
		return
	}
	r.answer(values, "")
}

// Marks is how many marks of people on rosters a run remembers.
func (s State) Marks() int {
	n := len(marks(s.Toggled))
	for _, a := range s.Answers {
		n += len(a.Marks())
	}
	return n
}

// KeepMarks is the run without the marks of those who are not to be kept, who are gone.
func (s State) KeepMarks(f *Flow, keep func(ref string) bool) State {
	kept := func(values []string) []string {
		return slices.DeleteFunc(slices.Clone(values), func(v string) bool { m, ok := markOf(v); return ok && !keep(m.Ref) })
	}
	s.Answers = slices.Clone(s.Answers)
	for i, a := range s.Answers {
		if st, ok := f.Step(a.Name); ok && st.Kind == Roster {
			s.Answers[i].Values = kept(a.Values)
		}
	}
	if st, ok := f.Step(s.At); ok && st.Kind == Roster {
		s.Toggled = kept(s.Toggled)
		s.Shown = slices.DeleteFunc(slices.Clone(s.Shown), func(p Pick) bool { return !keep(p.Ref) })
	}
	return s
}
