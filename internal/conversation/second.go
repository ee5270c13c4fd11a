package conversation

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// flowSecond is the flow that names who stands in for a participant's companion.
const flowSecond = "kedua"

// nameSecond is what follows from naming who stands in for a participant's companion while she is away, or
// nobody. Whoever is named is told, by code only.
func (v *visit) nameSecond(s *saving) error {
	code, who := s.report.Participant, s.answer("siapa")
	of, err := v.Store.CompanionOf(v.ctx, code)
	if err != nil {
		return fmt.Errorf("find whose participant she is: %w", err)
	}
	if who != "" && who == of {
		return refused{"second.same"}
	}
	if who != "" {
		p, there, err := v.stillCompanion(who)
		if err != nil {
			return err
		}
		if !there {
			return refused{"handover.not_there"}
		}
		v.tell(p, v.Words(p.Lang).Format("second.yours", map[string]any{"Code": code, "Name": v.staffName(of)}))
	}
	v.plan.Way.Seconds = append(v.plan.Way.Seconds, turn.Second{Participant: code, Who: who})
	v.audit("person.second", code)
	return nil
}

// secondLine says on a participant's card who stands in for her companion.
func (v *visit) secondLine(p program.Participant) []string {
	name := v.staffName(p.Second)
	if p.Second == "" || name == "" {
		return nil
	}
	return []string{v.t.Format("second.is", map[string]any{"Name": name})}
}
