package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// ahead is how far it is looked ahead, and aheadMost at how much at most.
const (
	ahead     = 28 * 24 * time.Hour
	aheadMost = 500
)

// Upcoming says when somebody is told something next, as far as that is known now; the zero time when
// nobody is for four weeks. Nothing is changed by asking.
func (d *Desk) Upcoming(ctx context.Context) (time.Time, error) {
	now := d.Clock()
	var next time.Time
	sooner := func(at time.Time) {
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	due, err := d.Store.Deadlines(ctx, now.Add(ahead), aheadMost)
	if err != nil {
		return next, fmt.Errorf("look what is told next: %w", err)
	}
	for _, one := range due {
		if slices.Contains([]string{dueRemind, dueWeek}, one.Kind) {
			sooner(one.At)
		}
	}
	watched, err := d.Store.Watched(ctx, now.Add(ahead), aheadMost)
	if err != nil {
		return next, fmt.Errorf("look what is told next: %w", err)
	}
	for _, w := range watched {
		if !next.IsZero() && w.At.After(next) {
			break // they come in their order
		}
		_, found, err := d.lookAt(ctx, w.Subject, w.At)
		if err != nil {
			return next, err
		}
		for _, r := range found.Open {
			if at, ok, err := d.told(ctx, r, now); err != nil {
				return next, err
			} else if ok {
				sooner(at)
			}
		}
	}
	return next, nil
}

// told is when somebody would be told of a reminder that is not due yet.
func (d *Desk) told(ctx context.Context, r program.Reminder, now time.Time) (time.Time, bool, error) {
	p, err := d.Store.Person(ctx, r.Person)
	switch {
	case errors.Is(err, turn.ErrNotFound), err == nil && (p.Chat == 0 || !r.Due.After(now)):
		return time.Time{}, false, nil
	case err != nil:
		return time.Time{}, false, fmt.Errorf("look who is told next: %w", err)
	}
	if p.Role == program.Beneficiary {
		at, ok := d.Reminders.Settings().ForHer(p.Safe, r.Due)
		return at, ok, nil
	}
	return d.Reminders.Settings().ForStaff(p, reminder.Span{}, r.Due), true, nil
}
