package conversation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// stranger answers a chat that belongs to nobody: an invitation lets her in, and everything
// else gets the same neutral line, which does not tell that anybody is known here.
func (v *visit) stranger() error {
	v.t = v.Words(v.u.Lang)
	if v.u.Kind == turn.Deadline { // of somebody who has left: nothing is due any more
		v.settle()
		if err := v.forget(); err != nil {
			return err
		}
	}
	if v.u.Kind != turn.Text && v.u.Kind != turn.Press && v.u.Kind != turn.Unsupported {
		return v.commit()
	}
	if token, ok := invitation(v.u); ok {
		joined, err := v.join(token)
		if err != nil || joined {
			return err
		}
		return v.sayToStranger("say.stranger_code")
	}
	return v.sayToStranger("say.stranger")
}

// strangerMost is how many answers a stranger's chat gets within strangerSpan: whoever writes a
// thousand times is not to make the bot write a thousand times.
const (
	strangerMost = 5
	strangerSpan = time.Hour
)

// sayToStranger says the neutral line, or nothing any more when it was said often. All that is kept
// is when it was said, sealed, under the chat's keyed hash; an invitation is taken all the same.
func (v *visit) sayToStranger(key string) error {
	if err := v.load(); err != nil {
		return err
	}
	since := v.u.At.Add(-strangerSpan).Unix()
	told := slices.DeleteFunc(slices.Clone(v.m.Told), func(at int64) bool { return at <= since })
	if len(told) >= strangerMost {
		return v.commit()
	}
	v.m = Memory{Rev: v.m.Rev, Told: append(told, v.u.At.Unix()), stored: v.m.stored}
	v.notice(v.t.Text(key))
	if err := v.keep(); err != nil {
		return err
	}
	return v.commit()
}

// forget lets go of what somebody who has left was writing, which nobody else would ever do: all
// but the count of the cards, so that old buttons stay old.
func (v *visit) forget() error {
	if err := v.load(); err != nil {
		return err
	}
	if v.m.stored.Rev == 0 {
		return nil
	}
	v.m = Memory{Rev: v.m.Rev, stored: v.m.stored}
	return v.keep()
}

// invitation is the token of a deep link, if the update carries one.
func invitation(u turn.Update) (string, bool) {
	token, ok := strings.CutPrefix(u.Text, "/start ")
	token = strings.TrimSpace(token)
	return token, ok && token != "" && u.Kind == turn.Text
}

// join binds the chat to the person who was invited, and welcomes her. An invitation that
// is used, too old or unknown lets nobody in.
func (v *visit) join(token string) (bool, error) {
	bind := turn.Plan{Join: &turn.Join{Token: token, Chat: v.u.Chat, At: v.u.At}}
	err := v.Store.Commit(v.ctx, bind)
	// The chat of somebody who has left is still hers, and lets nobody in (turn.ErrTaken).
	if errors.Is(err, turn.ErrNotFound) || errors.Is(err, turn.ErrTaken) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("join: %w", err)
	}
	v.person, err = v.Store.PersonByChat(v.ctx, v.u.Chat)
	if err != nil {
		return false, fmt.Errorf("find who joined: %w", err)
	}
	v.t = v.Words(v.person.Lang)
	if err := v.remember(); err != nil {
		return false, err
	}
	v.plan.Messages = append(v.plan.Messages, turn.Message{Form: turn.Remove, Target: v.u.Message})
	v.m = Memory{Rev: v.m.Rev, Owner: v.m.Owner, stored: v.m.stored} // she begins anew
	v.m.Screen, v.m.Rev, v.fresh, v.said = menu, v.m.Rev+1, true, "say.welcome"
	if v.person.Role == program.Beneficiary {
		v.said = ""
	}
	v.audit("person.join", v.person.ID)
	if err := v.warnOfName(); err != nil {
		return false, err
	}
	if err := v.show(); err != nil {
		return false, err
	}
	v.commands()
	v.noteTurn()
	if err := v.keep(); err != nil {
		return false, err
	}
	return true, v.commit()
}

// warnOfName tells her companion when a participant's alias is what her Telegram calls her: then it
// hides nothing (safety.md 3.5 rule 6).
func (v *visit) warnOfName() error {
	if v.person.Role != program.Beneficiary || v.u.First == "" {
		return nil
	}
	first, _, _ := strings.Cut(bahasa.Normalize(v.u.First), " ")
	alias, _, _ := strings.Cut(bahasa.Normalize(v.person.Name), " ")
	if first != alias {
		return nil
	}
	return v.tellCompanion(v.person.ID, "say.alias_is_name", map[string]any{"Code": v.person.ID})
}

// notice plans a message of its own.
func (v *visit) notice(text string) {
	v.plan.Messages = append(v.plan.Messages, turn.Message{Form: turn.Notice, Text: text, Protect: v.person.Role == program.Beneficiary})
}

// address is how the person is spoken to: the board as Ibu, everyone else as Kak.
func (v *visit) address() string { return addressOf(v.person, v.t) }

// addressOf is how somebody is spoken to in her language.
func addressOf(p program.Person, t Words) string {
	if p.Role.Board() {
		return t.Text("say.board")
	}
	return t.Text("say.friend")
}
