package conversation

import (
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A case that waits too long is told of to whoever is responsible, then to whoever stands in for her
// companion, and then to the chair (program.md N07): package reminder says when, tellcases.go how. Here is
// what is expected of a case, and who is responsible for it.

// expected is what is to be done about a case next.
func expected(m program.Matter) string {
	switch {
	case m.Status == "baru":
		return "take"
	case m.Fields.Get(program.CaseActionField) == "":
		return "act"
	}
	return "close"
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
