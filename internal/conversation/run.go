package conversation

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// longPause is the silence after which a run counts as interrupted (conversation.md rule 8).
const longPause = 2 * time.Hour

// interrupted reports whether the run has been left alone for long.
func (v *visit) interrupted() bool {
	return v.now.Sub(time.Unix(v.m.Touched, 0)) > longPause
}

// flowOf finds the flow that a run is pinned to; when that version is gone, the run is
// carried over to the present one.
func (d *Desk) flowOf(run flow.State) (*flow.Flow, flow.State) {
	same := func(f *flow.Flow) bool { return f.ID == run.Flow && f.Version == run.Version }
	for _, flows := range [][]*flow.Flow{d.Flows, d.Archive} {
		if i := slices.IndexFunc(flows, same); i >= 0 {
			return flows[i], run
		}
	}
	if i := slices.IndexFunc(d.Flows, func(f *flow.Flow) bool { return f.ID == run.Flow }); i >= 0 {
		return d.Flows[i], flow.Migrate(d.Flows[i], run)
	}
	return nil, run
}

// begin starts a run of a flow with what is known of it; what was in the making is put aside,
// not lost.
func (v *visit) begin(f *flow.Flow, in flow.Input) error {
	v.setAside()
	if no, err := v.nobodyAgreed(f); err != nil || no {
		v.said = "scale.nobody_agreed"
		return errors.Join(err, v.toMenu())
	}
	v.fresh = v.fresh || v.m.Screen == receipt || v.m.Screen == takenBack
	in.Kind, in.Run = flow.Begin, v.runID()
	if err := v.stepOf(f, in); err != nil {
		return err
	}
	v.rearm(v.unfinished())
	return nil
}

// setAside parks the run in the making.
func (v *visit) setAside() {
	f, run := v.flowOf(v.m.Run)
	v.m.Run = run
	v.m.park(f)
}

// runID names a run by the update that began it, so that taking the update again names the
// same run.
func (v *visit) runID() string {
	cause := fmt.Sprintf("%d.%d.%d.%d", v.u.Row, v.id(), v.u.Chat, v.u.At.UnixMilli())
	hash := v.Seal.Lookup("run", cause)
	var id ulid.ULID
	_ = id.SetTime(ulid.Timestamp(v.u.At)) // fails only after the year 10889
	_ = id.SetEntropy([]byte(hash)[:10])
	return id.String()
}

// step takes the run one step on.
func (v *visit) step(in flow.Input) error {
	f, run := v.flowOf(v.m.Run)
	if f == nil {
		v.said = "say.flow_gone"
		v.m.clear()
		return v.toMenu()
	}
	v.m.Run = run
	return v.stepOf(f, in)
}

// passing reports whether the card shows what is kept only until the run is saved: then it does not stay
// in the chat when the next card is sent below it.
func (v *visit) passing() bool {
	f, run := v.flowOf(v.m.Run)
	return f != nil && v.m.Screen == running && len(f.Lasting(run).Answers) < len(run.Answers)
}

// notForHer ends a run that the person has no right to: she had another role when she began it.
func (v *visit) notForHer() error {
	v.said = "say.not_for_you"
	v.m.clear()
	return v.toMenu()
}

// stepOf takes a step of a flow and carries out its effects.
func (v *visit) stepOf(f *flow.Flow, in flow.Input) error {
	if !v.may(program.ReportDeed(f.ID)) {
		return v.notForHer()
	}
	run, effects, err := v.stepped(f, in)
	if err == nil {
		run, effects, err = v.prefilled(f, in, run, effects)
	}
	if err == nil {
		run, effects, err = v.recalled(f, in, run, effects)
	}
	if err != nil {
		return err
	}
	if g := v.gates[f.ID]; g != nil {
		if say, ends := g(v, run); say != "" {
			return v.turnedAway(say, ends)
		}
	}
	other := !slices.Equal(v.m.Run.Shown, run.Shown) // the places on a picker's page mean other records
	v.m.Run, v.m.Touched, v.m.Nudged = run, v.now.Unix(), 0
	if slices.ContainsFunc(effects, func(e flow.Effect) bool { _, hard := e.(flow.Hard); return hard }) {
		return v.hard()
	}
	for _, e := range effects {
		switch e := e.(type) {
		case flow.Card:
			v.m.Screen = running
			if v.toast == "" || other {
				v.m.Rev++
			}
			if err := v.runCard(f, run, e.Screen); err != nil {
				return err
			}
		case flow.Toast:
			v.toast = e.Key
		case flow.Forget:
			v.remove()
		case flow.Hard: // above
		case flow.Done:
			return v.save(f, run)
		case flow.Paused:
			return v.toMenu()
		case flow.Dropped:
			v.said = ""
			return v.turnedTo(dropped)
		}
	}
	return nil
}

// stepped calls Step with what its questions need from the records. What is needed is known
// only after the step is taken; since a step is pure, it is then simply taken again.
func (v *visit) stepped(f *flow.Flow, in flow.Input) (flow.State, []flow.Effect, error) {
	in.Now, in.Texts = v.now, v.t
	state := v.m.Run
	if in.Kind == flow.Begin {
		state = flow.State{}
	}
	if _, err := v.supply(f, state, &in); err != nil {
		return state, nil, err
	}
	run, effects := flow.Step(f, state, in)
	more, err := v.supply(f, run, &in)
	if err != nil {
		return state, nil, err
	}
	if more {
		run, effects = flow.Step(f, state, in)
	}
	return run, effects, nil
}

// caseload is whom the person accompanies, whom she may pick and report about.
func (v *visit) caseload() ([]program.Participant, error) {
	all, err := v.Store.Caseload(v.ctx, v.person.ID)
	if err != nil {
		return nil, fmt.Errorf("load caseload: %w", err)
	}
	return all, nil
}

// assigned is whom the person accompanies, whether or not they have agreed to be noted about.
func (v *visit) assigned() ([]program.Participant, error) {
	all, err := v.Store.Assigned(v.ctx, v.person.ID)
	if err != nil {
		return nil, fmt.Errorf("load whom she accompanies: %w", err)
	}
	return all, nil
}

// lastAmounts is how many of the last amounts say what is usual.
const lastAmounts = 4

// supply adds what the question at hand needs: the records that may be picked, or the last
// amounts. It tells whether it added anything.
func (v *visit) supply(f *flow.Flow, run flow.State, in *flow.Input) (bool, error) {
	st, ok := f.Step(run.At)
	if !ok || !run.Running() {
		return false, nil
	}
	switch {
	case st.Kind.Picker() || st.Kind == flow.Roster:
		if _, have := in.Offers[st.Name]; have {
			return false, nil
		}
		picks, err := v.offersOf(f, run, st)
		if in.Offers == nil {
			in.Offers = make(map[string][]flow.Pick, 1)
		}
		in.Offers[st.Name] = picks
		return true, err
	case st.Kind == flow.Amount:
		about, known := f.AboutWhom(run)
		if _, have := in.Usual[st.Name]; have || !known {
			return false, nil
		}
		last, err := v.Store.LastNumbers(v.ctx, about.Value(), f.ID, st.Name, lastAmounts)
		if err != nil {
			return false, fmt.Errorf("load last amounts: %w", err)
		}
		if in.Usual == nil {
			in.Usual = make(map[string][]int64, 1)
		}
		in.Usual[st.Name] = last
		return len(last) > 0, nil
	}
	return false, nil
}

// save plans what the flow saves: a report, its follow-ups and the receipt, or something else.
func (v *visit) save(f *flow.Flow, run flow.State) error {
	got := flow.Collect(f, run, v.now)
	switch ok, err := v.mayReport(f, got.About); {
	case err != nil:
		return err
	case !ok:
		return v.notHers()
	case f.Save.As != flow.AsReport:
		return v.saveOther(f, run, got.About)
	}
	report := program.Report{
		ID: run.Run, Flow: f.ID, FlowVersion: f.Version, Participant: herCode(f, run), Author: v.person.ID,
		OccurredOn: program.Date(got.OccurredOn), CreatedAt: v.now.UTC(), Answers: got.Answers, Source: run.Source,
	}
	for _, fact := range got.Facts {
		report.Facts = append(report.Facts, program.Fact(fact))
	}
	again, err := v.replace(f, &report)
	if err != nil {
		return err
	}
	if again { // what stands in its place on record is taken back first
		return v.saveAgain(f, run)
	}
	err = v.follow(f, run, &report, got.About)
	var no refused
	switch {
	case errors.As(err, &no):
		v.said = no.key
		return v.turnedTo(running)
	case errors.Is(err, turn.ErrNotFound):
		return v.notHers()
	case err != nil:
		return err
	}
	v.plan.Reports = append(v.plan.Reports, report)
	for i, day := range got.FollowUps {
		v.plan.FollowUps = append(v.plan.FollowUps, program.FollowUp{
			ID: fmt.Sprintf("%s.%d", report.ID, i), Report: report.ID, Participant: report.Participant, Person: v.person.ID, Due: program.Date(day),
		})
	}
	v.audit("report.save", report.ID)
	v.m.Parked = v.m.without(f, run)
	v.m.Last = Receipt{Report: report.ID, At: v.now.Unix(), Run: f.Lasting(run), Opened: v.opened(report), Matter: report.Matter, Places: v.before, Final: v.final()}
	v.m.clear()
	if err := v.count(f, run.Run); err != nil {
		return err
	}
	v.rearm(false)
	return v.turnedTo(receipt)
}

// final reports whether what this turn does is changed by another report only, and not taken back:
// somebody else has access by now, or counts on it.
func (v *visit) final() bool {
	return len(v.plan.Way.Handed)+len(v.plan.Way.Absent)+len(v.plan.Way.Seconds) > 0
}

// opened is what the matter is called that a report opens with this turn, or the code of whom it puts
// on record.
func (v *visit) opened(r program.Report) string {
	for _, p := range v.plan.Way.Joined {
		if p.Code == r.Participant {
			return p.Code
		}
	}
	for _, move := range v.plan.Way.Moves {
		if move.Matter.ID == r.ID {
			return move.Matter.Code()
		}
	}
	return ""
}

// replace looks whether the run is on record already. It is when the turn was stored by half
// before a crash: then storing it again changes nothing. It also is when the conversation went
// back to a time before it was saved (Redis can lose its last second): what she has changed
// since, or taken back, would be lost under the same id. So it gets another, and takes the
// place of what is on record.
func (v *visit) replace(f *flow.Flow, r *program.Report) (again bool, err error) {
	old, err := v.Store.Report(v.ctx, r.ID)
	switch {
	case errors.Is(err, turn.ErrNotFound):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look for the report: %w", err)
	}
	stands := old.UndoneAt.IsZero()
	same := old.Participant == r.Participant || old.Matter != "" || f.About == "" // whom it is about may follow from saving
	if stands && same && bytes.Equal(old.Answers, r.Answers) {
		return false, nil
	}
	if stands {
		v.plan.Undo = append(v.plan.Undo, turn.Undo{Report: r.ID, By: v.person.ID, At: v.now.UTC()})
	}
	r.ID = v.runID()
	return stands && old.Matter != "", nil
}

// saveAgain takes back what a run has made of a matter, and shows its summary once more: what it
// makes of it now follows from what the matter was before.
func (v *visit) saveAgain(f *flow.Flow, run flow.State) error {
	run.Run = v.runID()
	v.m.Run, v.said = run, "say.save_again"
	v.audit("report.undo", f.ID)
	return v.turnedTo(running)
}

// herCode is the participant whom a run is about; empty when it is about none.
func herCode(f *flow.Flow, run flow.State) string {
	for _, a := range f.Told(run) {
		if st, ok := f.Step(a.Name); ok && st.Kind == flow.Participant {
			return a.Value()
		}
	}
	return ""
}

// mayReport looks the assignment up again right before saving: a participant may have been
// handed over while the report was being made.
func (v *visit) mayReport(f *flow.Flow, about string) (bool, error) {
	if about == "" {
		return f.Save.As == flow.AsReport, nil
	}
	if f.About.Matter() {
		_, ok, err := v.matterByCode(program.MatterKind(f.About), about)
		return ok, err
	}
	all, err := v.mayPick(f)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(all, func(p program.Participant) bool { return p.Code == about }), nil
}

// count notes for the receipt how many such reports there are this week, this one included.
func (v *visit) count(f *flow.Flow, run string) error {
	today := program.DateOf(v.now)
	n, err := v.Store.CountReports(v.ctx, v.person.ID, f.ID, today.WeekStart(), today, run)
	if err != nil {
		return fmt.Errorf("count reports: %w", err)
	}
	if on := v.plan.Reports[0].OccurredOn; on >= today.WeekStart() && on <= today {
		n++
	}
	v.m.Last.Count = n
	return nil
}

// audit notes who did what; never what it said.
func (v *visit) audit(action, subject string) {
	v.plan.Audit = append(v.plan.Audit, program.Audit{At: v.now.UTC(), Actor: v.person.ID, Action: action, Subject: subject})
}
