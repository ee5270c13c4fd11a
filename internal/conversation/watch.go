package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// Nobody plans reminders. Whatever changes wakes what it is about; it is looked at, the rules say what
// there is to be told and when to look again, and whoever is told has it told in her own lane. So a
// moved date moves its reminders, and a report that came makes the rest of them disappear.

// dueRemind is the deadline at which somebody is told what is due.
const dueRemind = "remind"

// lookMost is how many subjects share a transaction.
const lookMost = 64

// lookAgain is after how long something is looked at again that could not be read.
const lookAgain = time.Hour

// Look looks at what has changed, or whose time has come, by now; it says whether there
// may be more.
func (d *Desk) Look(ctx context.Context) (more bool, err error) {
	now := d.Clock()
	watched, err := d.Store.Watched(ctx, now, lookMost)
	if err != nil || len(watched) == 0 {
		return false, err
	}
	var plan turn.Plan
	for _, w := range watched {
		_, found, err := d.lookAt(ctx, w.Subject, now)
		if errors.Is(err, turn.ErrBroken) { // what cannot be read does not keep back the others
			d.Log.ErrorContext(ctx, "what is to be told cannot be looked at", "subject", w.Subject.Kind(), "error", err)
			plan.Reminding.Looked = append(plan.Reminding.Looked, turn.Looked{Watch: w, At: now, Next: now.Add(lookAgain), Unreadable: true})
			continue
		}
		if err != nil {
			return false, err
		}
		plan.Reminding.Looked = append(plan.Reminding.Looked, turn.Looked{
			Watch: w, At: now, Next: found.Next, Open: found.Open, Late: found.Late,
		})
		for _, r := range found.Open {
			if err := d.wake(ctx, &plan, r); err != nil {
				return false, err
			}
		}
	}
	if err := d.Store.Commit(ctx, plan); err != nil {
		return false, fmt.Errorf("note what there is to be told: %w", err)
	}
	return len(watched) == lookMost, nil
}

// lookAt is what is known of a subject, and what there is to be told about it; nothing when it is gone.
func (d *Desk) lookAt(ctx context.Context, s program.Subject, now time.Time) (reminder.Facts, reminder.Found, error) {
	facts, err := d.Store.ReminderFacts(ctx, s)
	if errors.Is(err, turn.ErrNotFound) {
		return facts, reminder.Found{}, nil
	}
	if err != nil {
		return facts, reminder.Found{}, err
	}
	return facts, d.Reminders.LookAhead(facts, now), nil
}

// wake has whoever is to be told looked after, in her own lane. Who has no chat has a deadline once she
// has: her joining wakes what is open for her. Who was told already is not woken again.
func (d *Desk) wake(ctx context.Context, plan *turn.Plan, r program.Reminder) error {
	if told, err := d.Store.ToldOf(ctx, r.ID()); err != nil || told {
		return err
	}
	p, err := d.Store.Person(ctx, r.Person)
	switch {
	case errors.Is(err, turn.ErrNotFound):
		return nil
	case errors.Is(err, turn.ErrBroken): // whoever cannot be read does not keep back the others
		d.Log.ErrorContext(ctx, "who is to be told cannot be read", "error", err)
		return nil
	case err != nil:
		return fmt.Errorf("find who is to be told: %w", err)
	case p.Chat == 0 || !p.Active:
		plan.Reminding.PutOff = append(plan.Reminding.PutOff, turn.PutOff{ID: r.ID(), At: r.At, Held: program.HeldNoPhone})
		return nil
	}
	plan.Deadlines = append(plan.Deadlines, turn.Due{Chat: p.Chat, Kind: dueRemind, At: r.At, Soon: true})
	return nil
}
