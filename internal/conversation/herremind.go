package conversation

import (
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// What a participant is told without having asked, whatever rule it comes from: one thing at a time, in
// the hours that were agreed with her, within what she may be told a day and a week. What has no room
// waits, and is looked at once more before it is told.

// remindHer tells her what is due, if she may be told now.
func (v *visit) remindHer(all []duty) error {
	all = slices.DeleteFunc(all, func(d duty) bool {
		soon := d.ToldAt.IsZero() && d.At.After(v.u.At)
		if soon { // it is not told before its time: what can still be taken back is not told yet
			v.remindAt(d.At)
		}
		return soon || !d.ToldAt.IsZero()
	})
	if len(all) == 0 {
		return nil
	}
	at, held, ok := v.mayRingAt(all[0].facts.Her)
	switch {
	case !ok: // her companion says it; what is agreed with her may change, and that wakes it again
		for _, d := range all {
			v.plan.Reminding.PutOff = append(v.plan.Reminding.PutOff, turn.PutOff{ID: d.ID(), At: d.At, Held: held})
		}
		return nil
	case at.After(v.u.At):
		v.putOff(all, at, held)
		return nil
	}
	return v.tellHer(all)
}

// mayRingAt is when something may be begun in her chat, and what holds it back until then; false when
// there is no such time.
func (v *visit) mayRingAt(h *reminder.Her) (at time.Time, held program.HeldBack, ok bool) {
	at, held, ok = v.Reminders.Settings().Slot(h, v.u.At)
	if !ok || at.After(v.u.At) {
		return at, held, ok
	}
	here := time.Unix(v.m.Here, 0)
	if rests := v.m.Screen == blank || v.m.Screen == menu || v.m.Screen == herNews; !rests && v.u.At.Sub(here) < busyFor {
		return here.Add(busyFor), program.HeldBusy, true
	}
	return at, "", true
}

// tellHer tells what matters most, and puts the rest off: her phone rings once.
func (v *visit) tellHer(all []duty) error {
	var news []News
	first := slices.MinFunc(all, func(a, b duty) int { return herOrder(a) - herOrder(b) })
	var err error
	switch first.Rule {
	case "R1", "R2":
		if news = v.newsDue(first.facts.Her); len(news) == 0 {
			v.closeDuty(first, program.Settled)
			return nil
		}
		err = v.tellNews(news)
	case "R3":
		v.m.Echo = true
		err = v.ring()
	case "R4":
		v.m.Glad = first.Step + 1
		err = v.ring()
	}
	if err != nil {
		return err
	}
	bundle := v.runID()
	var rest []duty
	for _, d := range all {
		if herOrder(d) > herOrder(first) || herOrder(d) == herOrder(first) && herOrder(d) > 0 && d.ID() != first.ID() {
			rest = append(rest, d)
			continue
		}
		v.plan.Reminding.Told = append(v.plan.Reminding.Told, turn.Told{ID: d.ID(), Bundle: bundle, At: v.u.At})
	}
	if len(rest) > 0 {
		told := *first.facts.Her
		told.Told = append(slices.Clone(told.Told), v.u.At)
		if at, held, ok := v.Reminders.Settings().Slot(&told, v.u.At); ok {
			v.putOff(rest, at, held)
		}
	}
	return nil
}

// herOrder says what comes first: what has a time, then what is hers.
func herOrder(d duty) int {
	return max(0, slices.Index([]string{"R1", "R2", "R3", "R4"}, d.Rule)-1)
}

// herFacts is what is known of her, as far as rules depend on it.
func (v *visit) herFacts() (*reminder.Her, error) {
	f, err := v.Store.ReminderFacts(v.ctx, program.SubjectOf(program.AboutHer, v.person.ID))
	if err != nil {
		return nil, fmt.Errorf("look whether she may be told: %w", err)
	}
	return f.Her, nil
}

// openGlad shows what there is to be glad of.
func (v *visit) openGlad() error {
	pages := map[int]discreet.PageKey{1: discreet.PageGlad3, 2: discreet.PageGlad6, 3: discreet.PageGlad12}
	page, ok := pages[v.m.Glad]
	if !ok {
		page = discreet.PageNothing
	}
	v.m.Glad = 0
	return v.noted(page)
}
