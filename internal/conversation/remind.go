package conversation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// duty is a reminder that still holds, with what is known of what it is about.
type duty struct {
	program.Reminder
	rule  reminder.Rule
	facts reminder.Facts
}

// duties are what the person is to be told, or was told and has not done, looked at anew: what does not
// hold any more, or is about somebody else's participant by now, is not among them.
func (v *visit) duties() ([]duty, error) {
	open, err := v.Store.OpenReminders(v.ctx, v.person.ID)
	if err != nil {
		return nil, fmt.Errorf("look what is to be told: %w", err)
	}
	type looked struct {
		facts reminder.Facts
		found reminder.Found
	}
	seen := map[program.Subject]looked{}
	var all []duty
	for _, r := range open {
		l, ok := seen[r.Subject]
		if !ok {
			if l.facts, l.found, err = v.lookAt(v.ctx, r.Subject, v.u.At); err != nil {
				return nil, err
			}
			seen[r.Subject] = l
		}
		rule, on := v.Reminders.Rule(r.Rule)
		if on && slices.ContainsFunc(l.found.Open, func(o program.Reminder) bool { return o.ID() == r.ID() }) {
			all = append(all, duty{r, rule, l.facts})
		}
	}
	return all, nil
}

// remind tells the person what is due, if she may be told now; what may not is told later, and what
// makes no sense later is listed as not sent. A participant is told in another way (hernews.go).
func (v *visit) remind() error {
	v.settle()
	all, err := v.duties()
	if err != nil {
		return err
	}
	if v.person.Role == program.Beneficiary {
		return nil
	}
	all = slices.DeleteFunc(all, func(d duty) bool { return !d.ToldAt.IsZero() })
	horizon := v.u.At.Add(v.Reminders.Settings().Window)
	var now, later []duty
	for _, d := range all {
		if d.At.After(horizon) {
			later = append(later, d)
		} else {
			now = append(now, d)
		}
	}
	if !slices.ContainsFunc(now, func(d duty) bool { return !d.At.After(v.u.At) }) { // nothing but what comes soon
		now, later = nil, all
	}
	if len(now) > 0 {
		at, held, err := v.mayTell()
		if err != nil {
			return err
		}
		if held == "" {
			err = v.tellDuties(now)
		} else {
			v.putOff(now, at, held)
		}
		if err != nil {
			return err
		}
	}
	for _, d := range later {
		v.remindAt(d.At)
	}
	return nil
}

// remindAt has the person told at a time.
func (v *visit) remindAt(at time.Time) {
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueRemind, At: at, Soon: true})
}

// putOff has duties told later.
func (v *visit) putOff(some []duty, at time.Time, held program.HeldBack) {
	for _, d := range some {
		v.plan.Reminding.PutOff = append(v.plan.Reminding.PutOff, turn.PutOff{ID: d.ID(), At: at, Held: held})
	}
	v.remindAt(at)
}

// busyFor is for how long nobody is told anything after her last message (conversation.md).
const busyFor = 10 * time.Minute

// mayTell reports when the person may be told something, and what holds it back until then.
func (v *visit) mayTell() (at time.Time, held program.HeldBack, err error) {
	set := v.Reminders.Settings()
	if at = set.ForStaff(v.person, reminder.Span{}, v.u.At); at.After(v.u.At) {
		held = program.HeldNight
		if v.person.AwayOn(program.DateOf(v.now)) {
			held = program.HeldAway
		}
		return at, held, nil
	}
	if touched := time.Unix(v.m.Touched, 0); v.m.Screen == running && v.u.At.Sub(touched) < busyFor {
		return touched.Add(busyFor), program.HeldBusy, nil
	}
	y, m, day := v.now.Date()
	told, err := v.Store.ToldSince(v.ctx, v.person.ID, time.Date(y, m, day, 0, 0, 0, 0, v.Zone))
	if err != nil {
		return at, "", fmt.Errorf("count what she was told: %w", err)
	}
	if len(told) >= set.StaffDay {
		return set.ForStaff(v.person, reminder.Span{}, time.Date(y, m, day+1, 0, 0, 0, 0, v.Zone)), program.HeldLimit, nil
	}
	return at, "", nil
}

// promptRemind is the prompt of a bundle; its subject is the bundle's id.
const promptRemind = "remind"

// remindPrompt is what can be answered to a bundle.
func remindPrompt() answerOf {
	answers := map[string]func(*visit, turn.Prompt) error{
		"open":  func(v *visit, _ turn.Prompt) error { v.fresh = true; return v.toDuties() },
		"later": (*visit).bundleLater,
	}
	for i := range actsMost {
		answers["act"+strconv.Itoa(i)] = func(v *visit, p turn.Prompt) error { return v.bundleAct(p, i) }
	}
	return answerOf{program.UseMenu, true, aboutNobody, nil, answers}
}

// tellDuties tells them in one message.
func (v *visit) tellDuties(some []duty) error {
	bundle := v.runID()
	lines := []string{v.t.Format("remind.hello", v.names())}
	for _, d := range some {
		line, err := v.dutyLine(d)
		if err != nil {
			return err
		}
		lines = append(lines, "• "+line)
		v.plan.Reminding.Told = append(v.plan.Reminding.Told, turn.Told{ID: d.ID(), Bundle: bundle, At: v.u.At})
	}
	answers := []flow.FaceButton{v.button("📋", "remind.open", "open"), v.button("🕐", "remind.later", "later")}
	if len(some) == 1 {
		answers = v.oneAnswers(some[0], answers)
	}
	v.prompt(v.person, promptRemind, bundle, strings.Join(lines, "\n"), answers...)
	return nil
}

// oneAnswers are the buttons of a bundle of one duty: what can be done about it, and of those of every
// bundle what makes sense.
func (v *visit) oneAnswers(d duty, usual []flow.FaceButton) []flow.FaceButton {
	answers, t := v.actButtons(d, "act"), v.tellers[d.Rule]
	if t.more != nil {
		answers = append(answers, usual[0])
	}
	if !t.waits {
		answers = append(answers, usual[1])
	}
	return answers
}

// bundled are the duties of a bundle that still hold.
func (v *visit) bundled(p turn.Prompt) ([]duty, error) {
	all, err := v.duties()
	return slices.DeleteFunc(all, func(d duty) bool { return d.Bundle != p.Subject }), err
}

// bundleAct does what can be done about the one duty of a bundle.
func (v *visit) bundleAct(p turn.Prompt, i int) error {
	v.fresh = true
	some, err := v.bundled(p)
	if err != nil {
		return err
	}
	if len(some) == 0 {
		v.said = "remind.over"
		return v.toMenu()
	}
	return v.act1(some[0], i)
}

// laterHour is the hour of the same day to which a bundle is put off; after it, the next morning.
const laterHour = 16

// bundleLater has a bundle told once more, that afternoon or the next morning.
func (v *visit) bundleLater(p turn.Prompt) error {
	some, err := v.bundled(p)
	if err != nil {
		return err
	}
	y, m, day := v.now.Date()
	at := time.Date(y, m, day, laterHour, 0, 0, 0, v.Zone)
	if !at.After(v.now.Add(time.Hour)) {
		at = time.Date(y, m, day+1, 8, 0, 0, 0, v.Zone)
	}
	at = v.Reminders.Settings().ForStaff(v.person, reminder.Span{}, at)
	if len(some) > 0 {
		v.putOff(some, at, "")
	}
	v.repaint(v.t.Format("remind.put_off", map[string]any{"When": v.moment(at)}))
	return nil
}
