package outbox

import (
	"context"
	"errors"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// work is one worker: it sends what is next until the outbox closes.
func (b *Outbox) work() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.open {
		if m, ok := b.toasts.Pop(); ok {
			b.mu.Unlock()
			b.answer(m)
			b.mu.Lock()
			continue
		}
		c := b.next()
		if c == nil {
			b.asleep++ // whoever pokes takes it down again
			b.wake.Wait()
			continue
		}
		b.serve(c)
	}
}

// answer sends a toast, once.
func (b *Outbox) answer(m turn.Message) {
	_, err := b.o.Sender.Send(b.ctx, m, 0)
	if err == nil {
		b.o.Meter.Delivered(&m, time.Time{})
		return
	}
	t := troubleOf(err)
	b.o.Meter.Held(&m, kindOf(t))
	if t != nil && t.Kind == turn.Unauthorized {
		b.mu.Lock()
		b.stop(err)
		b.mu.Unlock()
		return
	}
	b.o.Log.Debug("a press was not answered", "error", err)
}

// serve sends the head of a chat that next gave. It is called and returns under the lock.
func (b *Outbox) serve(c *chat) {
	for c.superseded() {
		b.settle(c, turn.Shown{})
	}
	it := c.head()
	m, id := it.m, it.m.ID
	if !m.Until.IsZero() && m.Expired(b.o.Clock()) {
		b.o.Log.Info("a message is too late to be sent", "id", id)
		b.settle(c, turn.Shown{})
		c.at = nowhere
		b.place(c, b.o.Clock())
		return
	}
	if m.Form == turn.Card && !c.knows && it.card > 0 {
		c.card, c.knows = it.card, true
	}
	card, knows := c.card, c.knows
	doubtful := it.doubtful(b.o.Clock())
	b.mu.Unlock()
	var err error
	waits := true
	if doubtful {
		waits, err = b.o.Store.Waits(b.ctx, id)
	}
	if err == nil && waits && m.Form == turn.Card && !knows {
		card, err = b.o.Store.Card(b.ctx, c.id)
	}
	after, read := turn.Shown{Card: card}, err == nil && waits
	if read {
		after, err = b.o.Sender.Send(b.ctx, m, card)
	}
	var now time.Time
	if err != nil || b.limiter != nil || !m.Asked.IsZero() {
		now = b.o.Clock()
	}
	b.mu.Lock()
	if read && (knows || m.Form == turn.Card) {
		c.card, c.knows = after.Card, true
	}
	if err == nil {
		if waits {
			b.o.Meter.Delivered(&m, now)
		}
		c.hold = time.Time{}
		b.settle(c, change(card, after))
	} else {
		b.part(c, id, change(card, after))
		b.trouble(c, id, err, now)
	}
	c.at = nowhere
	if now.IsZero() && (c.len() > 0 && !c.head().m.Due.IsZero()) {
		now = b.o.Clock()
	}
	b.place(c, now)
}

// change is what to tell the store, which is asked to write about the card only when it changes.
func change(card int, after turn.Shown) turn.Shown {
	switch after.Card {
	case card:
		after.Card = 0
	case 0:
		after.Card = -1
	}
	return after
}

// part notes what was done of the head before the trouble came. A new card that is there already
// is not sent once more: what is left is to edit it.
func (b *Outbox) part(c *chat, id string, what turn.Shown) {
	if what == (turn.Shown{}) {
		return
	}
	if what.New != 0 {
		c.head().m.Fresh = false
	}
	b.notes.Go(c.id, func() {
		b.tell(id, func(ctx context.Context) error {
			return b.o.Store.Shown(ctx, c.id, what) //nolint:wrapcheck // tell tells it
		})
	})
}

// settle takes the head as sent. The store hears of it while the chat goes on.
func (b *Outbox) settle(c *chat, what turn.Shown) {
	it := c.head()
	id, loaded := it.m.ID, it.loaded
	b.sent++
	b.drop(c)
	b.note(c.id, id, loaded, func(ctx context.Context) error {
		return b.o.Store.Sent(ctx, id, c.id, what) //nolint:wrapcheck // note tells it
	})
}

// bury takes the head as not to be sent, and tells whether the administrator should hear of it.
// That a message can no longer be removed is none of her business: its trace says so, and others
// tell those whom it concerns.
func (b *Outbox) bury(c *chat, reason string, kind turn.TroubleKind) (alert bool) {
	it := c.head()
	id, loaded := it.m.ID, it.loaded
	if it.m.Form == turn.Remove {
		target := it.m.Target
		b.o.Log.Info("a message could not be removed", "id", id, "error", reason)
		b.drop(c)
		b.note(c.id, id, loaded, func(ctx context.Context) error {
			return b.o.Store.Stays(ctx, id, c.id, target) //nolint:wrapcheck // note tells it
		})
		return false
	}
	b.failed++
	b.o.Meter.Buried(&it.m, kind)
	b.drop(c)
	b.note(c.id, id, loaded, func(ctx context.Context) error {
		return b.o.Store.BuryMessage(ctx, id, reason) //nolint:wrapcheck // note tells it
	})
	return true
}

// drop takes the head out of memory.
func (b *Outbox) drop(c *chat) {
	c.pop()
	b.waiting--
	b.more()
}

// note tells the store, in the order of the chat, and forgets the id when the store knows.
func (b *Outbox) note(chat int64, id string, loaded bool, tell func(context.Context) error) {
	b.notes.Go(chat, func() {
		if !b.tell(id, tell) {
			return
		}
		b.mu.Lock()
		delete(b.known, id)
		if loaded || b.loading {
			b.recent.add(id)
		}
		b.mu.Unlock()
	})
}

// tell tells the store until it listens or the outbox closes: then the message is sent again
// after the next start.
func (b *Outbox) tell(id string, tell func(context.Context) error) bool {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := tell(b.ctx)
		if err == nil {
			return true
		}
		b.o.Log.Error("the outbox could not be written", "id", id, "error", err)
		over := make(chan struct{})
		cancel := b.o.After(wait, func() { close(over) })
		select {
		case <-over:
		case <-b.closed:
			cancel()
			return false
		}
	}
}

// stop ends everything; the caller holds the lock.
func (b *Outbox) stop(err error) {
	if b.fatal == nil {
		b.fatal = err
		b.open = false
		close(b.ended)
	}
}

// kindOf is the kind of a trouble; what is none is taken for passing.
func kindOf(t *turn.Trouble) turn.TroubleKind {
	if t == nil {
		return turn.Passing
	}
	return t.Kind
}

// troubleOf finds the trouble in an error, or nil.
func troubleOf(err error) *turn.Trouble {
	var t *turn.Trouble
	if errors.As(err, &t) {
		return t
	}
	return nil
}
