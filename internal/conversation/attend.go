package conversation

import (
	"slices"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// Who came to a session. The report says how many; who, is in the table of attendance alone, which is
// erased with her.

// Place is what was noted of somebody's attendance before a report noted it anew, so that taking the
// report back brings it back.
type Place struct {
	Code    string           `cbor:"1,keyasint"`
	Came    program.Presence `cbor:"2,keyasint,omitempty"`
	Outcome string           `cbor:"3,keyasint,omitempty"`
	Without bool             `cbor:"4,keyasint,omitempty"` // her invitation had been taken back
}

// attendance is what was noted before the report of the receipt.
func (r Receipt) attendance() []program.Attendance {
	all := make([]program.Attendance, 0, len(r.Places))
	for _, p := range r.Places {
		a := program.Attendance{Session: r.Matter, Participant: p.Code, Came: p.Came, Outcome: p.Outcome, Withdrawn: p.Without}
		if a.Came == program.NotNoted {
			a.Came = program.TakenBack
		}
		all = append(all, a)
	}
	return all
}

// letGoOfMarks lets go of what is remembered of those on a roster whose attendance the person may not
// note any more.
func (v *visit) letGoOfMarks() error {
	runs := []*flow.State{&v.m.Run, &v.m.Last.Run}
	v.m.Parked = slices.Clone(v.m.Parked)
	for i := range v.m.Parked {
		runs = append(runs, &v.m.Parked[i].Run)
	}
	runs = slices.DeleteFunc(runs, func(run *flow.State) bool { return run.Marks() == 0 })
	if len(runs) == 0 && len(v.m.Last.Places) == 0 {
		return nil
	}
	all, err := v.guests()
	if err != nil {
		return err
	}
	for _, run := range runs {
		if f, _ := v.flowOf(*run); f != nil {
			less := run.KeepMarks(f, func(code string) bool { return among(all, code) })
			if run == &v.m.Run && less.Marks() < run.Marks() { // the card says it before it is saved
				v.lost = true
				v.m.Rev++
			}
			*run = less
		}
	}
	v.m.Last.Places = slices.DeleteFunc(slices.Clone(v.m.Last.Places), func(p Place) bool { return !among(all, p.Code) })
	return nil
}

// onRoster is who is on a roster of a flow about a session: who was invited, and as extras those who
// were not. A roster that follows another is of those who have its first mark.
func (v *visit) onRoster(f *flow.Flow, run flow.State, st *flow.Question) ([]flow.Pick, error) {
	about, _ := f.AboutWhom(run)
	m, ok, err := v.matterByCode(program.Session, about.Value())
	if err != nil || !ok {
		return []flow.Pick{}, err
	}
	all, err := v.guests()
	if err != nil {
		return nil, err
	}
	places, err := v.places(m.ID, "")
	if err != nil {
		return nil, err
	}
	there, follows := firstMarked(f, run, st)
	picks := make([]flow.Pick, 0, len(all))
	for _, p := range all {
		a := placeOf(places, p.Code)
		pick := flow.Pick{Ref: p.Code, Label: p.Alias}
		switch {
		case follows && slices.Contains(there, p.Code):
			pick.Mark = a.Outcome
		case follows:
			continue
		default:
			pick.Mark = string(a.Came)
			if a.Came == program.Late {
				pick.Mark = string(program.Present)
			}
			pick.Extra = !a.Invited() && a.Came == program.NotNoted
			if pick.Extra && !p.Stage.Active() {
				continue
			}
		}
		picks = append(picks, pick)
	}
	return picks, nil
}

// firstMarked are those who have the first mark of the roster before a step; false when there is none.
func firstMarked(f *flow.Flow, run flow.State, st *flow.Question) (codes []string, follows bool) {
	for i := range f.Steps {
		other := &f.Steps[i]
		if other.Name == st.Name {
			break
		}
		if other.Kind != flow.Roster {
			continue
		}
		a, _ := run.Answer(other.Name)
		codes, follows = nil, true
		for _, mark := range a.Marks() {
			if mark.Code == other.Choices[0].Code {
				codes = append(codes, mark.Ref)
			}
		}
	}
	return codes, follows
}

// noteAttendance is what follows from noting who came: it is on record, who was at a temu wicara goes on to
// the BIMTEK, and the report counts those alone whom none before has counted.
func (v *visit) noteAttendance(s *saving) error {
	m := *s.matter
	switch {
	case m.Status == "batal" || m.Status == "diundur":
		return refused{"say.matter_moved_on"}
	case !v.begun(m):
		return refused{"sessions.not_begun"}
	}
	all, err := v.guests()
	if err != nil {
		return err
	}
	places, err := v.places(m.ID, "")
	if err != nil {
		return err
	}
	marks := marksOf(s, "siapa")
	if slices.ContainsFunc(marks, func(mark flow.Mark) bool { return !among(all, mark.Ref) }) { // she was handed over, or is gone
		return refused{"sessions.roster_changed"}
	}
	v.noteCame(s, all, places)
	v.audit("session.attend", m.ID)
	return nil
}

// noteCame plans who came, and what follows from it.
func (v *visit) noteCame(s *saving, all []program.Participant, places []program.Attendance) {
	m := *s.matter
	outcome := map[string]string{}
	for _, mark := range marksOf(s, "hasil") {
		outcome[mark.Ref] = mark.Code
	}
	counts := map[string]int64{}
	for _, mark := range marksOf(s, "siapa") {
		was := placeOf(places, mark.Ref)
		now := program.Attendance{Session: m.ID, Participant: mark.Ref, Came: program.Presence(mark.Code), Withdrawn: was.Withdrawn}
		if now.WasThere() {
			now.Outcome = outcome[mark.Ref]
			waits := func(p program.Participant) bool { return p.Code == mark.Ref && p.Stage == program.TemuWicara }
			if kindOf(m) == program.Dialogue && slices.ContainsFunc(all, waits) {
				v.stage(mark.Ref, program.TemuWicara, program.Bimtek, s.report.ID, "")
			}
		}
		if was.Came == program.NotNoted {
			counts[mark.Code]++
			if now.Outcome != "" {
				counts[now.Outcome]++
			}
		}
		v.plan.Way.Attended = append(v.plan.Way.Attended, now)
		v.before = append(v.before, Place{mark.Ref, was.Came, was.Outcome, was.Withdrawn})
	}
	recount(s, counts)
}

// marksOf are the marks of a roster's answer.
func marksOf(s *saving, name string) []flow.Mark {
	for _, a := range s.told {
		if a.Name == name {
			return a.Marks()
		}
	}
	return nil
}

// recount puts the counts of those who are counted for the first time into a report's facts.
func recount(s *saving, counts map[string]int64) {
	facts := slices.DeleteFunc(slices.Clone(s.report.Facts), func(f program.Fact) bool { return f.Number != nil })
	for i := range s.f.Steps {
		if s.f.Steps[i].Kind != flow.Roster {
			continue
		}
		for _, o := range s.f.Steps[i].Choices {
			if n := counts[o.Code]; n > 0 {
				facts = append(facts, program.Fact{Field: o.Code, Number: &n})
			}
		}
	}
	s.report.Facts = facts
}

// unnoted is the first session that is over and of which the person could note who came.
func (v *visit) unnoted() (program.Matter, bool, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.Session, Open: true})
	if err != nil {
		return program.Matter{}, false, err
	}
	var hers []program.Participant
	for _, m := range all {
		if m.Status != "diumumkan" || !v.begun(m) {
			continue
		}
		if hers == nil {
			if hers, err = v.guests(); err != nil {
				return m, false, err
			}
		}
		places, err := v.places(m.ID, "")
		if err != nil {
			return m, false, err
		}
		if slices.ContainsFunc(places, func(a program.Attendance) bool {
			return a.Invited() && a.Came == program.NotNoted && among(hers, a.Participant)
		}) {
			return m, true, nil
		}
	}
	return program.Matter{}, false, nil
}

// unnotedSession offers to note who came to it.
func (v *visit) unnotedSession() (*flow.FaceButton, error) {
	m, ok, err := v.unnoted()
	if err != nil || !ok {
		return nil, err
	}
	label := v.t.Plain("sessions.attend", map[string]any{"Label": sessionLabel(v, m)})
	return &flow.FaceButton{Label: "✅ " + label, Action: "attend"}, nil
}

// attendNext begins to note who came to it.
func (v *visit) attendNext() error {
	m, ok, err := v.unnoted()
	if err != nil {
		return err
	}
	f := v.flowNamed("hadir")
	if !ok || f == nil {
		v.toast = "say.stale"
		return v.show()
	}
	return v.begin(f, flow.Input{Known: v.aboutMatter(f, m)})
}
