package conversation

import (
	"fmt"
	"slices"
	"time"

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
// hold any more, or is about somebody else's participant by now, is not among them. Only those that are
// asked for are looked at.
func (v *visit) duties(which func(program.Reminder) bool) ([]duty, error) {
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
		if !which(r) {
			continue
		}
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
// makes no sense later is listed as not sent. A participant is told in another way (herremind.go).
func (v *visit) remind() error {
	v.settle()
	all, err := v.duties(program.Reminder.Waits)
	if err != nil {
		return err
	}
	if v.person.Role == program.Beneficiary {
		return v.remindHer(all)
	}
	due, later := v.dueNow(all)
	if len(due) > 0 {
		err = v.tellDue(due)
	}
	for _, d := range later {
		v.remindAt(d.At)
	}
	return err
}

// dueNow splits what waits to be told into what is told now and what is not.
// What comes within the settings' window goes with what is due, unless it has a message of its own.
func (v *visit) dueNow(all []duty) (due, later []duty) {
	horizon := v.u.At.Add(v.Reminders.Settings().Window)
	some := false
	for _, d := range all {
		at := horizon
		if d.rule.Alone || d.rule.Urgent {
			at = v.u.At
		}
		switch {
		case !d.Waits():
		case d.At.After(at):
			later = append(later, d)
		default:
			due, some = append(due, d), some || !d.At.After(v.u.At)
		}
	}
	if !some { // nothing but what comes soon
		return nil, append(later, due...)
	}
	slices.SortStableFunc(due, byUrgency(v.u.At))
	return due, later
}

// tellDue tells what is due: what is urgent at any hour, the rest when she may be told.
func (v *visit) tellDue(due []duty) error {
	reached, err := v.Store.Reachable(v.ctx, v.u.Chat)
	if err != nil {
		return fmt.Errorf("look whether she is reached: %w", err)
	}
	if !reached { // nothing waits in the outbox; when she is back, it is looked at anew
		for _, d := range due {
			v.plan.Reminding.PutOff = append(v.plan.Reminding.PutOff, turn.PutOff{ID: d.ID(), At: d.At, Held: program.HeldUnreachable})
		}
		return nil
	}
	urgent := slices.IndexFunc(due, func(d duty) bool { return !d.rule.Urgent })
	if urgent < 0 {
		urgent = len(due)
	}
	messages := bundles(due[:urgent])
	if rest := due[urgent:]; len(rest) > 0 {
		at, held, most, err := v.mayTell(rest)
		if err != nil {
			return err
		}
		all := bundles(rest)
		most = min(most, len(all))
		messages = append(messages, all[:most]...)
		if over := slices.Concat(all[most:]...); len(over) > 0 {
			v.putOff(over, at, held)
		}
	}
	for i, some := range messages {
		if err := v.tellDuties(some, i); err != nil {
			return err
		}
	}
	return nil
}

// bundles are duties by the message in which they are told: one for those with a message of their own,
// and one for all others together, where the first of them stands.
func bundles(all []duty) [][]duty {
	var messages [][]duty
	shared := -1
	for _, d := range all {
		switch {
		case d.rule.Alone:
			messages = append(messages, []duty{d})
		case shared < 0:
			shared = len(messages)
			messages = append(messages, []duty{d})
		default:
			messages[shared] = append(messages[shared], d)
		}
	}
	return messages
}

// byUrgency puts what cannot wait first: somebody's safety, what makes no sense tomorrow any more, what
// has waited for an answer before; and what is light last.
func byUrgency(now time.Time) func(a, b duty) int {
	const day = 24 * time.Hour
	rank := func(d duty) int {
		switch {
		case d.rule.Urgent:
			return 0
		case d.rule.Light:
			return 4
		case !d.Until.IsZero() && d.Until.Sub(now) < day:
			return 1
		case d.Step > 0:
			return 2
		}
		return 3
	}
	return func(a, b duty) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		return a.Due.Compare(b.Due)
	}
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

// mayTell reports in how many messages the person may be told something now; and for what is more, when
// it may be told and what holds it back until then.
func (v *visit) mayTell(some []duty) (at time.Time, held program.HeldBack, most int, err error) {
	own, err := v.ownHours()
	if err != nil {
		return at, "", 0, err
	}
	set := v.Reminders.Settings()
	if at = set.ForStaff(v.person, own, v.u.At); at.After(v.u.At) {
		held = program.HeldNight
		if v.person.AwayOn(program.DateOf(v.u.At.In(v.Zone))) {
			held = program.HeldAway
		}
		return at, held, 0, nil
	}
	if here := time.Unix(max(v.m.Here, v.m.Touched), 0); v.m.Screen.asks() && v.u.At.Sub(here) < busyFor {
		return here.Add(busyFor), program.HeldBusy, 0, nil
	}
	y, m, day := v.u.At.In(v.Zone).Date()
	told, err := v.Store.ToldSince(v.ctx, v.person.ID, time.Date(y, m, day, 0, 0, 0, 0, v.Zone))
	if err != nil {
		return at, "", 0, fmt.Errorf("count what she was told: %w", err)
	}
	most = max(0, set.StaffDay-len(told))
	if most == 0 && slices.ContainsFunc(some, func(d duty) bool { return !d.ToldAt.IsZero() }) {
		most = 1 // she has asked to be told once more
	}
	return set.ForStaff(v.person, own, time.Date(y, m, day+1, 0, 0, 0, 0, v.Zone)), program.HeldLimit, most, nil
}
