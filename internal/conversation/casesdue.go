package conversation

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A case that waits too long wakes whoever is responsible once, and then the chair (program.md N07).
// A deadline only says when to look: what is due, and whose it is, is looked up when it comes.

// The deadlines of a case: dueCase precedes its id and what is expected of it, dueCaseLate its id.
const (
	dueCase     = "case."
	dueCaseLate = "case_late."
)

// expected is what is to be done about a case next. Each has a deadline of its own, so that what is
// taken back leaves the one before in place.
func expected(m program.Matter) string {
	switch {
	case m.Status == "baru":
		return "take"
	case m.Fields.Get(program.CaseActionField) == "":
		return "act"
	}
	return "close"
}

// expectOfCase says by when the next step of a case is expected, and has it looked at then. Whoever
// is not responsible any more is woken for it no more.
func (v *visit) expectOfCase(was program.Matter, m *program.Matter) error {
	m.Due = program.CaseDue(*m, v.u.At)
	if was.ID != "" && was.Owner != m.Owner {
		chat, err := v.caseChat(was)
		if err != nil {
			return err
		}
		for _, kind := range []string{dueCase + m.ID + ".take", dueCase + m.ID + ".act", dueCase + m.ID + ".close", dueCaseLate + m.ID} {
			v.plan.Settled = append(v.plan.Settled, turn.Due{Chat: chat, Kind: kind})
		}
	}
	return v.lookAtCase(*m, false)
}

// lookAtCase plans the deadline of a case; one that is late already is looked at after a while.
func (v *visit) lookAtCase(m program.Matter, keep bool) error {
	if m.Due.IsZero() {
		return nil
	}
	chat, err := v.caseChat(m)
	if err != nil {
		return err
	}
	at := m.Due
	if !at.After(v.u.At) {
		at = v.u.At.Add(program.CasePatience(program.SeverityOf(m)))
	}
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: chat, Kind: dueCase + m.ID + "." + expected(m), At: at, Keep: keep})
	return nil
}

// caseChat is the chat in which a case is looked at: that of whoever is responsible, or a chair's.
func (v *visit) caseChat(m program.Matter) (int64, error) {
	if p, ok, err := v.responsible(m); err != nil || ok {
		return p.Chat, err
	}
	chairs, err := v.staff(program.Chair)
	if err != nil || len(chairs) == 0 {
		return v.u.Chat, err
	}
	return chairs[0].Chat, nil
}

// responsible is who is responsible for a matter; false when that is nobody who can be told.
func (v *visit) responsible(m program.Matter) (program.Person, bool, error) {
	if m.Owner == "" {
		return program.Person{}, false, nil
	}
	p, err := v.Store.Person(v.ctx, m.Owner)
	if errors.Is(err, turn.ErrNotFound) {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("find who is responsible: %w", err)
	}
	return p, p.Active && p.Role.Staff() && p.Chat != 0, nil
}

// lateCase is the case of a deadline, if it is late; one that is not late yet is looked at again when
// it would be. In the night only an emergency is late.
func (v *visit) lateCase(about string) (program.Matter, bool, error) {
	v.settle()
	id, _, _ := strings.Cut(about, ".")
	m, err := v.Store.Matter(v.ctx, id)
	switch {
	case errors.Is(err, turn.ErrNotFound): // taken back, or erased
		return m, false, nil
	case err != nil:
		return m, false, fmt.Errorf("look at a case that is due: %w", err)
	case m.Ended() || m.Fields == nil || m.Due.IsZero():
		return m, false, nil
	case m.Due.After(v.u.At):
		return m, false, v.lookAtCase(m, true)
	case program.SeverityOf(m) != program.Emergency && !v.awake():
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: v.u.Data, At: v.waking(v.now)})
		return m, false, nil
	}
	return m, true, nil
}

// caseDue reminds whoever is responsible for a late case, once; where there is nobody, the chair is told.
func (v *visit) caseDue(about string) error {
	m, late, err := v.lateCase(about)
	if err != nil || !late {
		return v.commitUnless(err)
	}
	p, ok, err := v.responsible(m)
	if err != nil {
		return err
	}
	if !ok {
		return v.commitUnless(v.tellLate(m))
	}
	v.promptLate(p, m)
	v.plan.Audit = append(v.plan.Audit, program.Audit{At: v.now.UTC(), Actor: "system", Action: "case.remind", Subject: m.ID})
	at := v.now.Add(program.CasePatience(program.SeverityOf(m)))
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: p.Chat, Kind: dueCaseLate + m.ID, At: v.caseHour(m, at)})
	return v.commit()
}

// caseLate tells the chair of a case that is late although whoever is responsible was reminded.
func (v *visit) caseLate(about string) error {
	m, late, err := v.lateCase(about)
	if err != nil || !late {
		return v.commitUnless(err)
	}
	return v.commitUnless(v.tellLate(m))
}

// caseHour moves a time into the hours in which anybody may be told of a case: all, in an emergency.
func (v *visit) caseHour(m program.Matter, at time.Time) time.Time {
	if program.SeverityOf(m) == program.Emergency {
		return at
	}
	return v.waking(at)
}

// commitUnless stores the turn, unless something went wrong.
func (v *visit) commitUnless(err error) error {
	if err != nil {
		return err
	}
	return v.commit()
}

// casesNext offers to look at the cases that wait.
func (v *visit) casesNext() (*flow.FaceButton, error) {
	waiting, err := v.waitingCases()
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	label := "🧩 " + v.t.Plain("cases.waiting", map[string]any{"Count": len(waiting)})
	return &flow.FaceButton{Label: label, Action: "matters:" + string(program.Case)}, nil
}

// waitingCases are those that wait for the person to take them, or are late; of the chair, all such.
func (v *visit) waitingCases() ([]program.Matter, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.Case, Open: true})
	if err != nil {
		return nil, err
	}
	everybodys := v.rights.Scope(v.person.Role, program.SeeDeed(program.Case)) == program.Everybody
	var waiting []program.Matter
	for _, m := range all {
		late := !m.Due.IsZero() && m.Due.Before(v.now)
		if everybodys && (late || m.Status == "baru") || v.mayTakeCase(m) || late && m.Owner == v.person.ID {
			waiting = append(waiting, m)
		}
	}
	return waiting, nil
}
