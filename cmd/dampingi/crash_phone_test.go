package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/simulator"
)

// oldButton is one that she may find further up in her chat.
type oldButton struct {
	message   int
	rev, data string
}

// shownCard is what she reads: the newest message of the bot that has buttons.
type shownCard struct {
	message int
	text    string
	buttons []simulator.Button
}

// rev is the revision on its buttons. She cannot see it, but by it the test knows whether
// something has happened.
func (c shownCard) rev() string {
	if len(c.buttons) == 0 {
		return ""
	}
	rev, _, _ := strings.Cut(c.buttons[0].CallbackData, ".")
	return rev
}

// data is what the button with this label would send.
func (c shownCard) data(label string) (string, bool) {
	for _, b := range c.buttons {
		if b.Text == label || strings.HasSuffix(b.Text, " "+label) || strings.HasPrefix(label, "Selesai") && strings.Contains(b.Text, "Selesai") {
			return b.CallbackData, true
		}
	}
	return "", false
}

// newest is her newest card.
func newest(messages []simulator.Message) shownCard {
	for _, m := range slices.Backward(messages) {
		if m.From.IsBot && !m.Deleted && len(m.Buttons()) > 0 {
			return shownCard{m.MessageID, m.Text, m.Buttons()}
		}
	}
	return shownCard{}
}

// either presses the button, or types the answer instead. Who has pressed already, and saw
// nothing happen, presses again.
func (p *reporter) either(ctx context.Context, c shownCard, button, typed string) {
	if !p.used[c.rev()] && p.chance(15) {
		p.say(ctx, c, typed)
		return
	}
	p.press(ctx, c, button)
}

// press presses the button with this label, sometimes twice, and waits until something
// happens; people are not very patient.
func (p *reporter) press(ctx context.Context, c shownCard, label string) {
	data, ok := c.data(label)
	if !ok {
		p.t.Errorf("%s finds no button %q on:\n%s\n%v", p.id, label, c.text, c.buttons)
		return
	}
	p.pressData(ctx, c, data)
}

func (p *reporter) pressData(ctx context.Context, c shownCard, data string) {
	p.used[c.rev()] = true
	p.old = append(p.old, oldButton{c.message, c.rev(), data})
	ctx, cancel := context.WithTimeout(ctx, 1500*time.Millisecond)
	defer cancel()
	times := 1
	if p.chance(10) {
		times = 2
	}
	for range times {
		go func() {
			if a, err := p.sim.Press(p.chat, c.message, data); err == nil && a.Text != "" {
				cancel() // it was too late: she looks at the card again
			}
		}()
	}
	p.act()
	p.changed(ctx)
}

// say types something and waits patiently for what follows.
func (p *reporter) say(ctx context.Context, c shownCard, text string) {
	p.used[c.rev()] = true
	if _, err := p.sim.Say(p.chat, text); err != nil {
		p.t.Error(err)
	}
	p.act()
	ctx, cancel := context.WithTimeout(ctx, waitMost)
	defer cancel()
	if !p.changed(ctx) {
		p.t.Errorf("%s wrote %q, and nothing happened", p.id, text)
	}
}

// act tells whoever waits for a moment to kill that somebody did something.
func (p *reporter) act() {
	select {
	case p.acts <- struct{}{}:
	default:
	}
}

// changed waits until she has a card that she has done nothing about yet. After a crash she
// may be shown earlier ones once more on the way.
func (p *reporter) changed(ctx context.Context) bool {
	return p.sim.Wait(ctx, p.chat, func(all []simulator.Message) bool {
		c := newest(all)
		return c.message != 0 && !p.used[c.rev()]
	}) == nil
}

// outlast waits until she sees something else than a card of an earlier report.
func (p *reporter) outlast(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, waitMost)
	defer cancel()
	err := p.sim.Wait(ctx, p.chat, func(all []simulator.Message) bool { return !p.before[newest(all).rev()] })
	if err != nil {
		p.t.Errorf("%s has done with this, and nothing follows:\n%s", p.id, newest(p.sim.Messages(p.chat, 0)).text)
	}
}

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}
