package outbox

import (
	"context"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

const (
	backoffBase = time.Second
	backoffMost = 5 * time.Minute
	// A day of trying: nine tries in the first eight minutes, then one every five minutes.
	maxAttempts = 296
)

// slowdown is the last chat that was told to wait.
type slowdown struct {
	chat  int64
	until time.Time
}

// trouble decides what becomes of a chat whose head could not be sent. It is called and
// returns under the lock.
func (b *Outbox) trouble(c *chat, id string, err error, now time.Time) {
	t := troubleOf(err)
	if t == nil {
		t = &turn.Trouble{Kind: turn.Passing, Err: err}
	}
	b.o.Meter.Held(&c.head().m, t.Kind)
	switch t.Kind {
	case turn.Unauthorized:
		b.stop(err)
	case turn.Slow:
		b.slowDown(c, max(t.After, time.Second), now)
	case turn.Unreachable:
		b.bury(c, err.Error(), t.Kind)
		b.outside(func(ctx context.Context) { b.o.OnUnreachable(ctx, c.id) })
	case turn.Refused:
		if b.bury(c, err.Error(), t.Kind) {
			b.outside(func(ctx context.Context) { b.o.OnAlert(ctx, "message "+id+" was refused: "+err.Error()) })
		}
	case turn.Passing, turn.Conflicted:
		b.backOff(c, id, err, now)
	default:
		b.backOff(c, id, err, now)
	}
}

// outside calls one of the owner's functions without the lock.
func (b *Outbox) outside(f func(context.Context)) {
	b.mu.Unlock()
	defer b.mu.Lock()
	f(b.ctx)
}

// slowDown holds the chat back as long as Telegram wants. Telegram does not say whether it
// means the chat or the whole bot: when a second chat is told to wait while the first still
// does, it is the bot.
func (b *Outbox) slowDown(c *chat, after time.Duration, now time.Time) {
	until := now.Add(after)
	if b.slow.chat != c.id && b.slow.until.After(now) {
		if until.After(b.pause) {
			b.pause = until
		}
		b.o.Log.Warn("Telegram asks the bot to wait", "for", after)
	}
	if !b.slow.until.After(now) || b.slow.chat == c.id {
		b.slow = slowdown{chat: c.id, until: until}
	}
	b.postpone(c, until)
}

// backOff holds the chat back for longer each time, and gives the message up after a day.
func (b *Outbox) backOff(c *chat, id string, err error, now time.Time) {
	it := c.head()
	it.attempts++
	if it.attempts >= maxAttempts {
		if b.bury(c, "not delivered within a day: "+err.Error(), turn.Passing) {
			b.outside(func(ctx context.Context) {
				b.o.OnAlert(ctx, "message "+id+" could not be delivered within a day: "+err.Error())
			})
		}
		return
	}
	d := min(backoffMost, backoffBase<<min(it.attempts-1, 10))
	d = time.Duration(float64(d) * (0.75 + b.o.Random()/2))
	b.postpone(c, now.Add(d))
}

// postpone holds the chat back until a time, its head still the head, and lets the store know
// in case there is a restart meanwhile.
func (b *Outbox) postpone(c *chat, until time.Time) {
	it := c.head()
	c.hold = until
	for i := c.first; i < len(c.items); i++ { // those behind it are held back as well
		c.items[i].again = true
	}
	id, attempts := it.m.ID, max(1, it.attempts) // at least one: this one is on its way already
	b.notes.Go(c.id, func() {
		if err := b.o.Store.Postpone(b.ctx, id, until, attempts); err != nil {
			b.o.Log.Error("a message could not be postponed in the store", "id", id, "error", err)
		}
	})
}
