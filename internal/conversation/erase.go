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
	if err := v.farewell(her); err != nil {
		return err
	}
	if err := v.tellCompanion(code, "say.erased", map[string]any{"Code": code}); err != nil {
		return err
	}
	return v.commit()
}

// farewell says one last neutral line in her chat, and leaves nothing else there.
func (v *visit) farewell(her program.Person) error {
	if her.Chat == 0 {
		return nil
	}
	now := discreet.Fill{Now: v.u.At.In(v.Zone)}
	last := turn.ToHer(discreet.Compose(v.Words(her.Lang), discreet.Finished, now, her.Safe), nil, nil)
	last.Chat, last.Final = her.Chat, true
	if !v.u.At.Before(her.Safe.SilentUntil) { // else what she sees is harmless, and stays
		v.plan.Messages = append(v.plan.Messages, last)
	}
	v.plan.Messages = append(v.plan.Messages, turn.Message{Form: turn.Commands, Chat: her.Chat})
	if err := v.removeAll(her.Chat, her.ID, func(t turn.Trace, card int) bool { return t.Message != card }); err != nil {
		return err
	}
	if her.Chat != v.u.Chat { // her companion asked for it; what is remembered of her chat went with her records
		return nil
	}
	if err := v.load(); err != nil {
		return err
	}
	v.m = Memory{Rev: v.m.Rev, stored: v.m.stored}
	return v.keep()
}
