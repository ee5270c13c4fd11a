package conversation

import (
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// dueErase precedes a participant's code in the deadline at which she is erased.
const dueErase = "erase."

// erase destroys a participant's key and all that names her, as she asked. Whosever the chat is by
// now that it was asked in: it is done, and who has her chat reads one neutral line, the last.
func (v *visit) erase(code string) error {
	v.settle()
	r, err := v.openErasure(code)
	if err != nil {
		return err
	}
	if r.ID == "" { // she has taken it back, or it is done
		return v.commit()
	}
	her, err := v.Store.Person(v.ctx, code)
	if errors.Is(err, turn.ErrNotFound) {
		return v.commit()
	}
	if err != nil {
		return fmt.Errorf("erase a participant: %w", err)
	}
	r.DoneAt, r.DoneBy = v.u.At, "system"
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, r)
	v.plan.Safety.Erased = append(v.plan.Safety.Erased, code)
	v.plan.Audit = append(v.plan.Audit, program.Audit{At: v.now.UTC(), Actor: "system", Action: "person.erase", Subject: code})
	if her.Chat == v.u.Chat {
		v.person, v.t = her, v.Words(her.Lang)
		if err := v.load(); err != nil {
			return err
		}
		if !v.silent() { // then what she sees is harmless, and stays
			last := turn.ToHer(v.line(discreet.Finished), nil, nil)
			last.Final = true
			v.plan.Messages = append(v.plan.Messages, last)
		}
		v.plan.Messages = append(v.plan.Messages, turn.Message{Form: turn.Commands})
		if err := v.sweep(); err != nil {
			return err
		}
		v.m = Memory{Rev: v.m.Rev, stored: v.m.stored}
		if err := v.keep(); err != nil {
			return err
		}
	}
	if err := v.tellCompanion(code, "say.erased", map[string]any{"Code": code}); err != nil {
		return err
	}
	return v.commit()
}
