package conversation

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What stands in a chat can be read by whoever picks the phone up. Telegram lets a bot remove
// messages for 48 hours, so they are removed well before: by "tutup" and its like at once, and by
// the clock otherwise. What could not be removed is told to somebody who can do it by hand.

const (
	dueSweep = "sweep"  // the deadline at which what is old is taken out of a chat of the staff
	dueSwept = "swept." // with a person's id: when it is looked whether everything went

	sweepAfter = 24 * time.Hour  // how long what the staff wrote and read stands in their chats
	sweptAfter = 2 * time.Minute // how long removing takes at most, with nothing in the way
)

// trace notes what the person wrote.
func (v *visit) trace() {
	if v.u.Message == 0 || v.u.Kind != turn.Text && v.u.Kind != turn.Unsupported {
		return
	}
	v.plan.Came = append(v.plan.Came, turn.Came{Chat: v.u.Chat, Message: v.u.Message, At: v.u.At})
}

// grows reports whether the turn leaves more in the chat than there was.
func (v *visit) grows() bool {
	return len(v.plan.Came) > 0 || slices.ContainsFunc(v.plan.Messages, func(m turn.Message) bool {
		return (m.Chat == 0 || m.Chat == v.u.Chat) && (m.Fresh || m.Form == turn.Notice || m.Attached != nil)
	})
}

// sweepNext sets the time of the next sweep.
func (v *visit) sweepNext() {
	at := v.u.At.Add(sweepAfter)
	v.m.Swept = at.Unix()
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueSweep, At: at})
}

// sweepOf has a chat of the staff swept in which something is told beside what its owner does there.
func (v *visit) sweepOf(chat int64) {
	if chat != v.u.Chat {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: chat, Kind: dueSweep, At: v.u.At.Add(sweepAfter), Keep: true})
	}
}

// sweep takes out of her chat what stands above the card. When the card goes below what was
// written, the one before is taken out as well: it is not edited any more.
func (v *visit) sweep() error {
	if v.u.Kind == turn.Text && v.person.Role.Staff() {
		v.remove()
	}
	v.holdBack()
	return v.removeAll(v.u.Chat, v.person.ID, func(t turn.Trace, card int) bool { return t.Message != card || v.fresh })
}

// sweepReplaced takes out a card that had stood for long when another is sent below it: until the
// next sweep it might get too old to be removed.
func (v *visit) sweepReplaced() error {
	if !v.person.Role.Staff() || !slices.ContainsFunc(v.plan.Messages, func(m turn.Message) bool { return m.Chat == 0 && m.Form == turn.Card && m.Fresh }) {
		return nil
	}
	was := time.Unix(v.m.CardAt, 0)
	v.m.CardAt = v.u.At.Unix()
	if was.Unix() == 0 || v.u.At.Sub(was) < sweepAfter/2 {
		return nil
	}
	return v.removeAll(v.u.Chat, v.person.ID, func(t turn.Trace, _ int) bool { return v.old(t) })
}

// old reports whether something has stood in the chat for so long that it is taken out.
func (v *visit) old(t turn.Trace) bool { return v.u.At.Sub(t.At) >= sweepAfter/2 }

// removeAll plans the removal of what stands in a chat, and a look at what could not be removed.
func (v *visit) removeAll(chat int64, owner string, which func(t turn.Trace, card int) bool) error {
	traces, err := v.Store.Traces(v.ctx, chat)
	if err != nil {
		return fmt.Errorf("look what stands in a chat: %w", err)
	}
	card, err := v.Store.Card(v.ctx, chat) // after the traces, which wait for what is just being written
	if err != nil {
		return fmt.Errorf("find the card: %w", err)
	}
	for _, t := range traces {
		if !t.Failed && which(t, card) {
			v.plan.Messages = append(v.plan.Messages, turn.Message{Form: turn.Remove, Chat: chat, Target: t.Message})
		}
	}
	if len(traces) > 0 {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: chat, Kind: dueSwept + owner, At: v.u.At.Add(sweptAfter)})
	}
	return nil
}

// sweepOld takes out what has stood for long, all but the card; and once more, until nothing is left.
func (v *visit) sweepOld() error {
	v.settle()
	v.m.Swept = 0
	return v.removeAll(v.u.Chat, v.person.ID, func(t turn.Trace, card int) bool {
		if t.Message != card && v.m.Swept == 0 {
			v.sweepNext()
		}
		return t.Message != card && v.old(t)
	})
}

// swept tells of what could not be removed: herself, if she is one of the staff and the chat is
// still hers; else whoever looks after her, by code.
func (v *visit) swept(owner string) error {
	v.settle()
	traces, err := v.Store.Traces(v.ctx, v.u.Chat)
	if err != nil {
		return fmt.Errorf("look what stands in a chat: %w", err)
	}
	left := 0
	for _, t := range traces {
		if t.Failed {
			left++
			v.plan.Dropped = append(v.plan.Dropped, turn.Dropped{Chat: v.u.Chat, Message: t.Message})
		}
	}
	if left == 0 {
		return v.commit()
	}
	who, err := v.Store.Person(v.ctx, owner)
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		return fmt.Errorf("find whose chat it was: %w", err)
	}
	v.plan.Audit = append(v.plan.Audit, program.Audit{At: v.now.UTC(), Actor: "system", Action: "trace.left", Subject: owner})
	args := map[string]any{"Who": owner, "Count": left}
	switch {
	case who.Role.Staff() && who.Active && who.Chat == v.u.Chat:
		t := v.Words(who.Lang)
		args["Address"] = addressOf(who, t)
		v.tell(who, t.Format("say.traces_left", args))
	case who.Role.Staff():
		args["Who"] = who.Name
		err = v.tellChairs("say.traces_left_of", args)
	default:
		err = v.tellCompanion(owner, "say.traces_left_of", args)
	}
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		return err
	}
	return v.commit()
}
