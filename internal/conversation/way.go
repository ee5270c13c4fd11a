package conversation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Where a participant stands on her way. What follows on its own is done at once; the rest waits for
// the chair (program.md 2.3).

// flowStage is the flow that brings a participant to another stage; activeAgain, its answer that
// brings her back to the active stage before.
const (
	flowStage   = "tahap"
	activeAgain = "aktif_lagi"
)

// changeStage is what follows from a report that somebody comes to another stage.
func (v *visit) changeStage(s *saving) error {
	code := s.report.Participant
	history, err := v.Store.StageChanges(v.ctx, code, "", "")
	if err != nil {
		return fmt.Errorf("look at her way: %w", err)
	}
	if i := slices.IndexFunc(history, func(c program.StageChange) bool { return c.Cause == s.report.ID }); i >= 0 {
		return v.tellOfStage(code, history[i].To) // it is on record already
	}
	p, ok, err := v.anybody(code)
	if err != nil {
		return err
	}
	if !ok {
		return turn.ErrNotFound
	}
	w := v.wish(s, p, program.LastActive(history))
	switch verdict := w.Verdict(); verdict {
	case program.AtOnce:
	case program.WaitsForYes:
		return v.propose(s, stageFields(s, w))
	default:
		return refused{verdictKey(verdict)}
	}
	v.stage(code, w.From, w.To, s.report.ID, w.Reason)
	if err := v.aftercare(code, s.report.ID, w.To, s.answer("kontak_lanjutan")); err != nil {
		return err
	}
	return v.tellOfStage(code, w.To)
}

// wish is what a report says: where to, and what speaks for it.
func (v *visit) wish(s *saving, p program.Participant, before program.Stage) program.Wish {
	w := program.Wish{
		From: p.Stage, To: program.Stage(s.answer("ke")), Before: before, Reason: program.StageReason(s.answer("alasan")),
		Criteria: program.Criteria{
			Business:  s.answer("usaha_sendiri") == flow.Yes,
			Income:    s.answer("hasil_tetap") == flow.Yes,
			Customers: s.answer("pelanggan") == flow.Yes,
		},
		Months: p.Added.MonthsUntil(program.DateOf(v.now)), Chair: v.may(program.Decide),
	}
	if w.To == activeAgain {
		w.To = before
	}
	return w
}

// verdictKey says kindly why a wish is not carried out.
func verdictKey(verdict program.Verdict) string {
	switch verdict {
	case program.SameStage:
		return "way.same"
	case program.NotYetAlone:
		return "way.not_yet_alone"
	case program.TooEarly:
		return "way.too_early"
	}
	return "way.no_way_back"
}

// stageFields are what a proposal keeps of a wish: what was answered in codes, and from where to where.
func stageFields(s *saving, w program.Wish) program.Fields {
	fields := codedOf(s)
	fields["dari"], fields["ke"] = []string{string(w.From)}, []string{string(w.To)}
	return fields
}

// codedOf are the coded answers of a report, for a proposal: what was written freely is for whoever
// accompanies her.
func codedOf(s *saving) program.Fields {
	fields := program.Fields{"usul": {s.f.ID}}
	for _, a := range s.told {
		if st, ok := s.f.Step(a.Name); ok && st.Kind != flow.Text && st.Kind != flow.Participant {
			fields[a.Name] = slices.Clone(a.Values)
		}
	}
	return fields
}

// aftercare plans when somebody is seen again after her accompaniment is concluded; her companion
// does it. The report is the one that said so.
func (v *visit) aftercare(code, report string, to program.Stage, plan string) error {
	months, err := strconv.Atoi(strings.TrimPrefix(plan, "bulan_"))
	if to != program.Concluded || err != nil {
		return nil //nolint:nilerr // she is not to be seen again
	}
	who, err := v.Store.CompanionOf(v.ctx, code)
	if err != nil {
		return fmt.Errorf("find whose participant she is: %w", err)
	}
	if who == "" {
		who = v.person.ID
	}
	today := program.DateOf(v.u.At.In(v.Zone))
	for _, n := range program.Aftercare(months) {
		v.plan.FollowUps = append(v.plan.FollowUps, program.FollowUp{
			ID: report + ".m" + strconv.Itoa(n), Report: report, Participant: code, Person: who, Due: today.AddMonths(n),
		})
	}
	return nil
}

// tellOfStage tells a participant's companion where she stands now, by code only.
func (v *visit) tellOfStage(code string, to program.Stage) error {
	p, ok, err := v.companion(code)
	if err != nil || !ok || p.ID == v.person.ID {
		return err
	}
	t := v.Words(p.Lang)
	v.tell(p, t.Format("way.changed", map[string]any{"Code": code, "Stage": t.Text(stageKey(to))}))
	return nil
}

// tellOfUndo tells a participant's companion that what she was told of her stage does not hold.
func (v *visit) tellOfUndo() error {
	f, run := v.flowOf(v.m.Last.Run)
	if f == nil || f.ID != flowStage || v.m.Last.Matter != "" {
		return nil
	}
	code := herCode(f, run)
	p, ok, err := v.companion(code)
	if err == nil && ok && p.ID != v.person.ID {
		v.tell(p, v.Words(p.Lang).Format("way.change_undone", map[string]any{"Code": code}))
	}
	return err
}

// receiptMore is what a receipt says besides: that the chair is asked, that others are told, or what
// has changed for her.
func (v *visit) receiptMore(f *flow.Flow, run flow.State) ([]string, error) {
	switch life, _ := program.LifeOf(program.Proposal); {
	case strings.HasPrefix(v.m.Last.Opened, life.Prefix+"-"):
		return []string{v.t.Text("proposal.passed_on")}, nil
	case v.m.Last.Final && f.ID == flowHandOver:
		return []string{v.t.Text("handover.told")}, nil
	}
	return v.progressSaid(f, run)
}

// ended are those whom the person may see and whose way has ended.
func (v *visit) ended() ([]program.Participant, error) {
	of := v.person.ID
	if v.may(program.SeeAll) {
		of = "*"
	}
	all, err := v.Store.Ended(v.ctx, of)
	if err != nil {
		return nil, fmt.Errorf("find those whose way has ended: %w", err)
	}
	return all, nil
}

// anybody finds a participant whom the person may see, whether or not her way has ended.
func (v *visit) anybody(code string) (program.Participant, bool, error) {
	for _, some := range []func() ([]program.Participant, error){v.visible, v.ended} {
		all, err := some()
		if err != nil {
			return program.Participant{}, false, err
		}
		if i := slices.IndexFunc(all, func(p program.Participant) bool { return p.Code == code }); i >= 0 {
			return all[i], true, nil
		}
	}
	return program.Participant{}, false, nil
}
