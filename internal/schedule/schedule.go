// Package schedule wakes the house when something is due: it looks at the stored deadlines,
// and takes those that have come to the lane of their chat, like any update.
package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Store keeps deadlines as rows; none lives in memory alone.
type Store interface {
	// Deadlines gives what is due at a time, the earliest first, at most limit of them.
	Deadlines(ctx context.Context, now time.Time, limit int) ([]turn.Due, error)
	// NextDeadline tells when the next one is due, and whether there is one.
	NextDeadline(ctx context.Context) (time.Time, bool, error)
	// NextWatch tells when something is next to be looked at, and whether there is anything.
	NextWatch(ctx context.Context) (time.Time, bool, error)
}

// Loop is the loop that wakes.
type Loop struct {
	Store Store
	Look  func(context.Context) (more bool, err error) // looks at what has changed or come due, some of it at once
	Take  func(u turn.Update, done func())             // hands an update to the lane of its chat; done is called when it was worked off
	Clock func() time.Time                             // the institution's time
	Moved func() <-chan struct{}                       // closed when the clock is moved; nil for a clock that only runs
	Log   *slog.Logger

	mu    sync.Mutex
	taken map[what]struct{} // handed over and not worked off yet
}

// what is a deadline, of which there is one for each.
type what struct {
	chat int64
	kind string
}

// longest is how long the loop sleeps at most: a deadline set meanwhile is late by no more.
const longest = 20 * time.Second

// batch is how many deadlines are taken at once.
const batch = 500

// Run wakes until ctx is done. What was due while nobody was awake is taken at once.
func (l *Loop) Run(ctx context.Context) {
	for ctx.Err() == nil {
		var moved <-chan struct{}
		if l.Moved != nil {
			moved = l.Moved() // before looking, so that no move is missed
		}
		pause, err := l.tick(ctx)
		if err != nil && ctx.Err() == nil {
			l.Log.Warn("look for what is due", "error", err)
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-moved:
		}
		timer.Stop()
	}
}

// tick takes what is due and says how long to sleep.
func (l *Loop) tick(ctx context.Context) (time.Duration, error) {
	for more := true; more; {
		var err error
		if more, err = l.Look(ctx); err != nil {
			return longest, fmt.Errorf("look what is to be told: %w", err)
		}
	}
	now := l.Clock()
	waiting := l.waiting()
	due, err := l.Store.Deadlines(ctx, now, batch)
	if err != nil {
		return longest, fmt.Errorf("read deadlines: %w", err)
	}
	for _, d := range due {
		w := what{d.Chat, d.Kind}
		if _, on := waiting[w]; on {
			continue
		}
		l.begin(w)
		l.Take(turn.Update{Kind: turn.Deadline, Chat: d.Chat, Data: d.Kind, Due: d.At, Rev: d.Rev, At: now}, func() { l.end(w) })
	}
	pause := longest
	for _, ask := range []func(context.Context) (time.Time, bool, error){l.Store.NextDeadline, l.Store.NextWatch} {
		next, ok, err := ask(ctx)
		if err != nil {
			return longest, err
		}
		if ok {
			pause = min(pause, max(next.Sub(now), time.Second))
		}
	}
	return pause, nil
}

// waiting are those that were handed over and are not worked off yet, as they are before the deadlines are
// read. They stay due until their lane comes to them, which may take long while a store is away, and must not be
// handed over again and again; and what is worked off while the deadlines are being read may be among them as it
// was before. What is due after that was set anew meanwhile: the next look finds it.
func (l *Loop) waiting() map[what]struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.taken)
}

func (l *Loop) begin(w what) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.taken == nil {
		l.taken = map[what]struct{}{}
	}
	l.taken[w] = struct{}{}
}

func (l *Loop) end(w what) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.taken, w)
}
