package conversation

import (
	"time"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What is begun in her chat without her having asked: her own target after a month, the question
// whether a guest may come. It rings once, with a neutral line, in the hours that were agreed with
// her; what it is about is behind [Lihat], and waits there.

// dueEcho is the deadline at which she is shown what she has set herself.
const dueEcho = "echo"

// newsPause is after how long it is tried again when she is in the middle of something.
const newsPause = 10 * time.Minute

// herHomeCard is her neutral card: with what waits to be looked at, if anything does.
func (v *visit) herHomeCard() hers {
	last := []flow.FaceButton{v.button("⚙️", "hers.choices", "h.choices")}
	card := hers{line: v.line(discreet.Hello), buttons: [][]flow.FaceButton{{v.button("📞", "hers.call", "h.call")}, last}}
	look := func(t discreet.Template, action string) {
		card.line = v.line(t)
		card.buttons = append([][]flow.FaceButton{{v.button("👀", "hers.look", action)}}, card.buttons...)
	}
	switch {
	case v.guestAhead():
		look(discreet.News, "h.guest")
	case v.m.Echo:
		look(discreet.OwnNote, "h.target")
	}
	return card
}

// mayRing reports whether something may be begun in her chat now; when not, at what time it can be
// tried again, if it can at all.
func (v *visit) mayRing() (now bool, later time.Time, err error) {
	consents, err := v.consents()
	at := v.u.At.In(v.Zone)
	if err != nil || !consents.AllowChat(program.DateOf(at)) {
		return false, time.Time{}, err
	}
	next, ok := v.person.Safe.Next(at)
	switch {
	case !ok:
		return false, time.Time{}, nil
	case next.After(at):
		return false, next, nil
	case v.m.Screen != menu && v.m.Screen != blank:
		return false, at.Add(newsPause), nil
	}
	return true, time.Time{}, nil
}

// ring sends her neutral card below, once, with what waits.
func (v *visit) ring() {
	v.fresh = true
	v.m.Screen = menu
	v.m.Rev++
	card := v.herHomeCard()
	m := turn.ToHer(card.line, nil, v.keyboard(card.buttons))
	m.Fresh = true
	v.plan.Messages = append(v.plan.Messages, m)
}

// echo shows her what she has set herself, a month after. On a phone that others use it stays where
// it is (safety.md 3.5 rule 10).
func (v *visit) echo() error {
	v.settle()
	t, err := v.targetOf(v.person.ID)
	if err != nil || t.Text == "" || v.person.Safe.Shared() {
		return err
	}
	now, later, err := v.mayRing()
	switch {
	case err != nil:
		return err
	case now:
		v.m.Echo = true
		v.ring()
	case !later.IsZero():
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueEcho, At: later})
	}
	return nil
}
