// Package outbox delivers messages: those of one chat in order, those of many chats side by
// side, no faster than Telegram allows, again after trouble that passes, and to the dead
// letters after trouble that does not.
//
// A message is in the store before the outbox hears of it, and leaves the store after it was
// sent. What is in memory is only a copy, so a crash means at worst that a message is sent
// again. Toasts alone, the answers to presses, live in memory only.
package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/dampingi/dampingi/internal/lane"
	"github.com/dampingi/dampingi/internal/turn"
)

// Store keeps messages until they are sent. Its errors are passing: the outbox tries again.
type Store interface {
	// Outgoing returns the first messages that are not sent, in the order in which they were
	// planned, those that are not due yet among them.
	Outgoing(ctx context.Context, limit int) ([]turn.Item, error)
	// Sent ends a message's way and notes what became of its chat. Other than what a Sender
	// returns, the Card tells the change: above 0 it is the chat's current card from now on;
	// below 0 the chat has none any more; 0 leaves it as it is.
	Sent(ctx context.Context, id string, chat int64, what turn.Shown) error
	// Shown notes, as Sent does, what became of a chat by a message that is not done yet.
	Shown(ctx context.Context, chat int64, what turn.Shown) error
	// Postpone keeps a message back until a time.
	Postpone(ctx context.Context, id string, until time.Time, attempts int) error
	// BuryMessage moves a message to the dead letters.
	BuryMessage(ctx context.Context, id, reason string) error
	// Stays ends the way of a message that was to remove another one, which cannot be removed.
	Stays(ctx context.Context, id string, chat int64, message int) error
	// Waits tells whether a message is still to be sent. What is for a chat that was cut off
	// meanwhile is not.
	Waits(ctx context.Context, id string) (bool, error)
	// Card is the chat's current card, 0 for none.
	Card(ctx context.Context, chat int64) (int, error)
}

// Sender shows one message; card is the chat's current card, 0 for none. What it returns holds
// also beside an error, when only a part of the work succeeded; when that part is a new card, it
// is the one to be edited then. An error is a *turn.Trouble; any other is taken for passing.
type Sender interface {
	Send(ctx context.Context, m turn.Message, card int) (turn.Shown, error)
}

// Options are what an Outbox works with. Store, Sender and Clock are needed.
type Options struct {
	Store  Store
	Sender Sender
	Rate   float64 // messages a second in all, with one a second for each chat; 0: no limits
	Clock  func() time.Time

	// After calls f in its own goroutine after d, unless what it returns is called before.
	// Nil: time.AfterFunc. A clock that is moved is noticed within a second.
	After    func(d time.Duration, f func()) (stop func() bool)
	Random   func() float64 // in [0,1), for the jitter; nil: math/rand
	Parallel int            // messages under way at once; 0: 32
	Waiting  int            // messages kept in memory, the others wait in the store; 0: 20000
	Chats    int            // chats without messages whose card is remembered; 0: 10000

	OnUnreachable func(ctx context.Context, chat int64)  // the chat cannot be written to; may be nil
	OnAlert       func(ctx context.Context, what string) // for the administrator, nothing personal in it; may be nil
	Log           *slog.Logger                           // nil: none
	Meter         Meter                                  // told what becomes of messages; may be nil
}

// Outbox delivers messages. New makes one, Run makes it work.
type Outbox struct {
	o       Options
	limiter *rate.Limiter // nil: no limits
	notes   *lane.Executor[int64]
	reload  chan struct{}
	workers sync.WaitGroup

	mu     sync.Mutex
	wake   sync.Cond
	ctx    context.Context //nolint:containedctx // of Run, for the workers that Accept starts
	open   bool            // Run works
	fatal  error           // why it does not any more
	ended  chan struct{}   // closed with fatal
	closed chan struct{}   // closed when Run ends
	busy   int             // workers, asleep or not
	asleep int

	toasts lane.Queue[turn.Message]
	ready  [2]lane.Queue[*chat] // by class: what answers a person, then the rest
	later  heap
	timer  alarm
	pause  time.Time // nothing at all before, after a global 429
	slow   slowdown

	chats  map[int64]*chat
	idle   idleList
	known  map[string]struct{} // ids in memory or on the way out of the store
	recent recent
	backlog
	sent, failed int64
}

// New makes an outbox; it delivers nothing before Run.
func New(o Options) *Outbox {
	if o.After == nil {
		o.After = func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.OnUnreachable == nil {
		o.OnUnreachable = func(context.Context, int64) {}
	}
	if o.OnAlert == nil {
		o.OnAlert = func(context.Context, string) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Meter == nil {
		o.Meter = unmetered{}
	}
	o.Parallel = orElse(o.Parallel, 32)
	o.Waiting = orElse(o.Waiting, 20000)
	o.Chats = orElse(o.Chats, 10000)
	b := &Outbox{
		o: o, notes: lane.New[int64](o.Parallel), reload: make(chan struct{}, 1), ended: make(chan struct{}), closed: make(chan struct{}),
		chats: make(map[int64]*chat), known: make(map[string]struct{}),
	}
	b.behind = true // until the store has been read
	b.wake.L = &b.mu
	if o.Rate > 0 {
		b.limiter = rate.NewLimiter(rate.Limit(o.Rate), max(1, int(o.Rate/10)))
	}
	return b
}

// orElse is n, or the default when n is not set.
func orElse(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// Run delivers until ctx ends, once; then it finishes what is under way and leaves the rest in the
// store, which is no error. It returns early only when Telegram does not take the token.
func (b *Outbox) Run(ctx context.Context) error {
	b.mu.Lock()
	b.ctx, b.open = context.WithoutCancel(ctx), true
	for range b.toasts.Len() {
		b.poke()
	}
	b.mu.Unlock()
	b.kick()
	for {
		select {
		case <-b.reload:
			b.load(ctx)
			continue
		case <-ctx.Done():
		case <-b.ended:
		}
		break
	}
	b.mu.Lock()
	b.open = false
	b.timer.stop()
	b.wake.Broadcast()
	b.mu.Unlock()
	close(b.closed)
	b.workers.Wait()
	b.notes.Close()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fatal != nil {
		return fmt.Errorf("sending has stopped: %w", b.fatal)
	}
	return nil
}

// Accept takes messages that have just been stored, in the order in which they were planned
// for each chat, and returns at once. Toasts are not in the store and are sent before
// everything else.
func (b *Outbox) Accept(msgs ...turn.Message) {
	if len(msgs) == 0 {
		return
	}
	now := b.o.Clock()
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range msgs {
		switch {
		case msgs[i].Form == turn.Toast:
			b.toast(&msgs[i])
		case b.leave(&msgs[i]):
		default:
			b.add(item{m: msgs[i], since: now}, now)
		}
	}
}

// maxToasts is how many answers to presses may wait; older ones have lost their worth.
const maxToasts = 1024

// toast takes a toast in; the caller holds the lock.
func (b *Outbox) toast(m *turn.Message) {
	if b.toasts.Len() >= maxToasts {
		b.toasts.Pop()
	}
	b.toasts.Push(*m)
	b.poke()
}

// Wake looks at the clock now instead of within a second: for whoever has just moved it.
func (b *Outbox) Wake() { b.tick() }

// Stats says how the outbox is doing.
type Stats struct {
	Sent    int64         // since the start, those that were superseded among them
	Failed  int64         // to the dead letters since the start
	Waiting int           // in memory, with those that are not due yet
	Behind  bool          // more wait in the store
	Noting  int           // what was done that the store has not noted yet
	Oldest  time.Duration // how long the longest waiting has been due
}

// Stats says how the outbox is doing.
func (b *Outbox) Stats() Stats {
	now := b.o.Clock()
	b.mu.Lock()
	defer b.mu.Unlock()
	s := Stats{Sent: b.sent, Failed: b.failed, Waiting: b.waiting, Behind: b.behind, Noting: b.notes.Len()}
	for _, c := range b.chats {
		if c.len() > 0 {
			s.Oldest = max(s.Oldest, now.Sub(c.head().since))
		}
	}
	return s
}
