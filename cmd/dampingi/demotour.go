package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/fiction"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// momentEve is the afternoon before the next session of her whose phone the tour shows.
const momentEve = "eve"

// eveHour is when she is told of a session on the day before: within the hours of the demo's rules, and of
// hers.
const eveHour = 16

// tourMoments are the times to which the guided tour of the page moves the clock, besides those that it
// can tell from the clock itself. One that is over is not among them.
func (d *demo) tourMoments(ctx context.Context) (simulator.Moments, error) {
	zone, err := d.set.zone()
	if err != nil {
		return nil, err
	}
	her, err := d.store.PersonByChat(ctx, fiction.Phone)
	if errors.Is(err, turn.ErrNotFound) { // she has been cut off, or erased
		return simulator.Moments{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find whom the tour shows: %w", err)
	}
	facts, err := d.store.ReminderFacts(ctx, program.SubjectOf(program.AboutHer, her.ID))
	if err != nil {
		return nil, fmt.Errorf("look for her next session: %w", err)
	}
	all, now := simulator.Moments{}, d.clock()
	for i := range facts.Her.Places {
		p := &facts.Her.Places[i]
		if !p.Ahead(now) {
			continue
		}
		eve := program.DateOf(p.Begins.In(zone)).AddDays(-1).Time(zone).Add(eveHour * time.Hour)
		if first, some := all[momentEve]; eve.After(now) && (!some || eve.Before(first)) {
			all[momentEve] = eve
		}
	}
	return all, nil
}
