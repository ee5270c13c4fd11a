package conversation

import (
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What the store leaves to be done at once after somebody has left a chat, or a participant her
// companion, whatever it was that did it: a button, a command, or an invitation that was used on
// another phone.
const (
	dueLeft  = "left." // with a person's id: the chat was hers, and still shows what she read
	dueMoved = "moved" // the card may be about somebody whom she does not accompany any more
)

// left takes out of a chat what stood there when it was still somebody's. Whoever has the phone now
// sees one neutral line in the place of the card, and hears nothing.
func (v *visit) left(owner string) error {
	v.settle()
	_, err := v.Store.PersonByChat(v.ctx, v.u.Chat)
	if err == nil { // somebody has it, and her card is another one already
		return v.commit()
	}
	if !errors.Is(err, turn.ErrNotFound) {
		return fmt.Errorf("find whose chat it is: %w", err)
	}
	who, err := v.Store.Person(v.ctx, owner)
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		return fmt.Errorf("find whose chat it was: %w", err)
	}
	if err := v.forget(); err != nil {
		return err
	}
	removed := func(t turn.Trace, card int) bool { return t.Message != card }
	if err := v.removeAll(v.u.Chat, owner, removed); err != nil {
		return err
	}
	card, err := v.Store.Card(v.ctx, v.u.Chat)
	if err != nil {
		return fmt.Errorf("find the card: %w", err)
	}
	if card != 0 {
		last := turn.ToHer(discreet.Stranger(v.Words(who.Lang)), nil, nil)
		last.Final = true
		v.plan.Messages = append(v.plan.Messages, last)
	}
	v.plan.Messages = append(v.plan.Messages, turn.Message{Form: turn.Commands})
	return v.commit()
}

// moved shows the card anew, without a sound: what it must not show any more was let go of when the
// chat was remembered, and the faces of the others look up whom she accompanies.
func (v *visit) moved() error {
	v.settle()
	if v.m.Screen == blank || !v.may(program.UseMenu) {
		return nil
	}
	return v.turnedTo(v.m.Screen)
}
