package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dampingi/dampingi/internal/schedule"
	"github.com/dampingi/dampingi/internal/turn"
)

// rows is a store of deadlines, which may be away.
type rows struct {
	mu   sync.Mutex
	due  map[int64]time.Time // by chat
	away bool
	read func() // called when the deadlines were read, before anybody has them
}

var errAway = errors.New("the store is away")

func (r *rows) set(chat int64, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.due[chat] = at
}

func (r *rows) settle(chat int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.due, chat)
}

func (r *rows) gone(away bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.away = away
}

func (r *rows) Deadlines(_ context.Context, now time.Time, limit int) ([]turn.Due, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away {
		return nil, errAway
	}
	var due []turn.Due
	for chat, at := range r.due {
		if !at.After(now) {
			due = append(due, turn.Due{Chat: chat, Kind: "draft", At: at})
		}
	}
	slices.SortFunc(due, func(a, b turn.Due) int { return a.At.Compare(b.At) })
	if r.read != nil {
		r.mu.Unlock()
		r.read()
		r.mu.Lock()
	}
	return due[:min(limit, len(due))], nil
}

func (r *rows) NextWatch(context.Context) (time.Time, bool, error) { return time.Time{}, false, nil }

func (r *rows) NextDeadline(context.Context) (time.Time, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var next time.Time
	for _, at := range r.due {
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next, !next.IsZero(), nil
}

// taken is what was handed over.
type taken struct {
	mu   sync.Mutex
	list []turn.Update
	done []func()
}

func (k *taken) take(u turn.Update, done func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.list, k.done = append(k.list, u), append(k.done, done)
}

// workOff has the lanes come to everything that was handed over.
func (k *taken) workOff() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, done := range k.done {
		done()
	}
	k.done = nil
}

// wake runs a loop in a bubble, where time is free, until the test ends.
func wake(t *testing.T, store *rows) *taken {
	t.Helper()
	k := &taken{}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	loop := schedule.Loop{Look: func(context.Context) (bool, error) { return false, nil }, Store: store, Take: k.take, Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
	go func() { defer close(ended); loop.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	return k
}

// pass lets time go by and gives what was handed over by then.
func (k *taken) pass(d time.Duration) []turn.Update {
	time.Sleep(d)
	synctest.Wait()
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.list)
}

func TestADeadlineIsHandedOverOnceAndInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &rows{due: map[int64]time.Time{}}
		at := time.Now().Add(time.Hour)
		store.set(7, at)
		k := wake(t, store)
		if got := k.pass(time.Hour - time.Second); len(got) != 0 {
			t.Errorf("handed over too early: %v", got)
		}
		got := k.pass(2 * time.Second)
		if len(got) != 1 || got[0].Kind != turn.Deadline || got[0].Chat != 7 || !got[0].Due.Equal(at) {
			t.Fatalf("handed over %v", got)
		}
		if got := k.pass(time.Hour); len(got) != 1 { // it is due all the time, and its lane does not come to it
			t.Errorf("handed over %d times", len(got))
		}
		store.settle(7)
		store.set(7, at) // the same hour once more, before anybody has looked: as new as any
		k.workOff()
		if got := k.pass(time.Minute); len(got) != 2 {
			t.Errorf("handed over %d times, want another time", len(got))
		}
	})
}

// TestWhatIsWorkedOffWhileTheDeadlinesAreReadIsOver: the loop has a row in its hand that is gone by now.
func TestWhatIsWorkedOffWhileTheDeadlinesAreReadIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &rows{due: map[int64]time.Time{7: time.Now()}}
		k := wake(t, store)
		if got := k.pass(time.Second / 2); len(got) != 1 {
			t.Fatalf("handed over %v", got)
		}
		store.mu.Lock()
		store.read = func() { store.settle(7); k.workOff() }
		store.mu.Unlock()
		if got := k.pass(time.Minute); len(got) != 1 {
			t.Errorf("handed over %d times what was due once", len(got))
		}
	})
}

func TestWhatWasDueMeanwhileIsHandedOverWhenTheStoreIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &rows{due: map[int64]time.Time{7: time.Now().Add(-time.Hour)}, away: true}
		k := wake(t, store)
		if got := k.pass(time.Hour); len(got) != 0 {
			t.Errorf("handed over %v out of nothing", got)
		}
		store.gone(false)
		if got := k.pass(time.Minute); len(got) != 1 {
			t.Errorf("handed over %d times", len(got))
		}
	})
}
