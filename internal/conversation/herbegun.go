package conversation

import (
	"time"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/turn"
)

// What is begun in her chat without her having asked: her own target after a month, the question
// whether a guest may come, something to be glad of. It rings once, with a neutral line, when she may be
// told something; what it is about is behind [Lihat], and waits there.

// herHomeCard is her neutral card: with what waits to be looked at, if anything does.
func (v *visit) herHomeCard() (hers, error) {
	first, err := v.scheduleButton()
	if err != nil {
		return hers{}, err
	}
	first = append(first, v.button("📞", "hers.call", "h.call"))
	card := hers{line: v.line(discreet.Hello), buttons: [][]flow.FaceButton{first, {v.button("⚙️", "hers.choices", "h.choices")}}}
	look := func(t discreet.Template, action string) {
		card.line = v.line(t)
		card.buttons = append([][]flow.FaceButton{{v.button("👀", "hers.look", action)}}, card.buttons...)
	}
	switch {
	case v.guestAhead():
		look(discreet.News, "h.guest")
	case v.m.Echo:
		look(discreet.OwnNote, "h.target")
	case v.m.Glad != 0:
		look(discreet.Glad, "h.glad")
	}
	return card, nil
}

// mayRing reports whether something may be begun in her chat now; when not, at what time it can be
// tried again, if it can at all.
func (v *visit) mayRing() (now bool, later time.Time, err error) {
	h, err := v.herFacts()
	if err != nil {
		return false, time.Time{}, err
	}
	at, _, ok := v.mayRingAt(h)
	switch {
	case !ok:
		return false, time.Time{}, nil
	case at.After(v.u.At):
		return false, at, nil
	}
	return true, time.Time{}, nil
}

// ring sends her neutral card below, once, with what waits.
func (v *visit) ring() error {
	v.fresh = true
	v.m.Screen = menu
	v.m.Rev++
	card, err := v.herHomeCard()
	if err != nil {
		return err
	}
	m := turn.ToHer(card.line, nil, v.keyboard(card.buttons))
	m.Fresh = true
	v.plan.Messages = append(v.plan.Messages, m)
	return nil
}
