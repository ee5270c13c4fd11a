package conversation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// saving is a report on its way to the records: what it says, the matter that it opens or moves on,
// and what else follows from it.
type saving struct {
	f      *flow.Flow
	told   []flow.Answer
	report *program.Report
	was    program.Matter  // as it was; the zero value when the report opens one, or is about none
	matter *program.Matter // as it will be; nil when the report is about none
}

// answer is what a question was answered with; empty when it was not.
func (s *saving) answer(name string) string { return answered(s.told, name) }

// refused says that what was filled in cannot be saved as it is: the summary is shown again, below
// the sentence.
type refused struct{ key string }

func (r refused) Error() string { return "refused: " + r.key }

// consequences are what saving a report of a flow leads to, besides its matter. A report without one
// is simply saved.
type consequences map[string]func(v *visit, s *saving) error

func newConsequences() consequences {
	all := consequences{}
	for _, some := range []consequences{
		caseConsequences(),
		sessionConsequences(),
		taskConsequences(),
		aidConsequences(),
		outreachConsequences(),
		partnerConsequences(),
		wayConsequences(),
	} {
		maps.Copy(all, some)
	}
	return all
}

// undone are what taking a report of a flow back leads to, besides that it is taken back; they get the
// id of the matter that it opened or moved on.
type undone map[string]func(v *visit, matter string) error

func newUndone() undone { return undone{"putusan": (*visit).undecided} }

// follow plans what follows from a report: its matter, and what its flow means besides.
func (v *visit) follow(f *flow.Flow, run flow.State, report *program.Report, about string) error {
	s := &saving{f: f, told: f.Told(run), report: report}
	if err := v.matterOfReport(s, about); err != nil {
		return err
	}
	if then := v.consequences[f.ID]; then != nil {
		if err := then(v, s); err != nil {
			return err
		}
	}
	if s.matter != nil {
		report.Matter = s.matter.ID
		report.Participant = s.matter.Participant
		v.move(*s.matter, report.ID, s.was.Status)
	}
	return nil
}

// matterOfReport says which matter a report opens or moves on, and makes of it what the flow says.
func (v *visit) matterOfReport(s *saving, about string) error {
	f := s.f
	switch {
	case f.Save.Opens != "":
		m, err := v.newMatter(program.MatterKind(f.Save.Opens), s.report.ID)
		if err != nil {
			return err
		}
		m.Participant = s.report.Participant
		s.matter = &m
	case f.About.Matter():
		m, ok, err := v.matterByCode(program.MatterKind(f.About), about)
		if err != nil {
			return err
		}
		if !ok {
			return turn.ErrNotFound
		}
		s.was, s.matter = m, &m
	case f.Save.Moves != "": // the one that there is
		if err := v.onlyMatter(s); err != nil {
			return err
		}
	default:
		return nil
	}
	return v.fill(s)
}

// newMatter is a matter that a report or a turn opens now; its first status is the usual one.
func (v *visit) newMatter(kind program.MatterKind, cause string) (program.Matter, error) {
	year := v.u.At.In(v.Zone).Year()
	life, _ := program.LifeOf(kind)
	n, err := v.Store.NextNumber(v.ctx, kind, year)
	if err != nil {
		return program.Matter{}, fmt.Errorf("number a matter: %w", err)
	}
	m := program.Matter{
		ID: cause, Kind: kind, Year: year, Number: n, Author: v.person.ID, Owner: v.person.ID, Status: life.Begin[0],
		OpenedAt: v.u.At, Fields: program.Fields{},
	}
	switch old, err := v.Store.Matter(v.ctx, cause); {
	case err == nil: // the turn was stored before, by half
		m.Number, m.Year = old.Number, old.Year
	case !errors.Is(err, turn.ErrNotFound):
		return m, fmt.Errorf("look for a matter: %w", err)
	}
	return m, nil
}

// onlyMatter is the matter of a kind of which there is one; the first report opens it.
func (v *visit) onlyMatter(s *saving) error {
	all, err := v.matters(program.MatterFilter{Kind: program.MatterKind(s.f.Save.Moves)})
	if err != nil {
		return err
	}
	if len(all) > 0 {
		m := all[0]
		s.was, s.matter = m, &m
		return nil
	}
	m, err := v.newMatter(program.MatterKind(s.f.Save.Moves), s.report.ID)
	s.matter = &m
	return err
}

// fill makes of a matter what was answered.
func (v *visit) fill(s *saving) error {
	m, save := s.matter, s.f.Save
	m.Fields = maps.Clone(m.Fields)
	if m.Fields == nil {
		m.Fields = program.Fields{}
	}
	v.clearKnown(s)
	for _, a := range s.told {
		st, ok := s.f.Step(a.Name)
		if !ok || st.Kind == s.f.About && s.f.About != "" {
			continue
		}
		m.Fields[a.Name] = slices.Clone(a.Values)
	}
	status := save.To
	if save.ToOf != "" {
		status = s.answer(save.ToOf)
	}
	if status != "" && !v.allows(s, status) {
		return refused{"say.matter_moved_on"}
	}
	if status != "" {
		m.Status = status
	}
	if owner := s.answer(save.Owner); save.Owner != "" && owner != "" {
		m.Owner = owner
	}
	if day := s.answer(save.Day); save.Day != "" && len(day) >= len(time.DateOnly) {
		m.Day = program.Date(day[:len(time.DateOnly)])
	}
	return nil
}

// allows reports whether the matter may come to a status: one that is opened may begin there.
func (v *visit) allows(s *saving, status string) bool {
	if s.was.ID == "" {
		life, _ := program.LifeOf(s.matter.Kind)
		return slices.Contains(life.Begin, status)
	}
	return s.was.May(status) || s.was.Last == s.report.ID // it is on record already
}

// move plans a change of a matter. What is on record already is not planned again.
func (v *visit) move(m program.Matter, cause, was string) {
	if m.Last == cause {
		return
	}
	v.plan.Way.Moves = append(v.plan.Way.Moves, turn.Move{Matter: m, Change: program.Change{
		ID: cause, At: v.u.At.UTC(), By: v.person.ID, Was: was, Now: m.Status,
	}})
	v.audit(string(m.Kind)+".move", m.ID)
}

// bring plans that a matter comes to another status by a button, and shows its card.
func (v *visit) bring(m program.Matter, status string, change func(*program.Matter)) error {
	was, cause := m.Status, v.runID()+"."+m.ID
	if m.Last == cause { // it is on record already
		return v.turnedTo(v.m.Screen)
	}
	if !m.May(status) {
		v.toast = "say.stale"
		return v.show()
	}
	m.Status = status
	if change != nil {
		change(&m)
	}
	v.move(m, cause, was)
	return v.turnedTo(v.m.Screen)
}

// stage plans that a participant comes to another stage because of something, if she is not there.
func (v *visit) stage(code string, from, to program.Stage, cause string, reason program.StageReason) {
	if from == to {
		return
	}
	v.plan.Way.Stages = append(v.plan.Way.Stages, program.StageChange{
		Cause: cause, Participant: code, From: from, To: to, On: program.DateOf(v.u.At.In(v.Zone)), By: v.person.ID, Reason: reason,
	})
	v.audit("participant.stage", code)
}
