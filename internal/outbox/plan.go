package outbox

import (
	"time"
)

// What this file does, it does under the lock: it decides who is next and when.

// add takes an item in: to its chat, or aside when it is not due yet.
func (b *Outbox) add(it item, now time.Time) {
	if id := it.m.ID; id != "" {
		if _, known := b.known[id]; known || b.recent.has(id) {
			return
		}
		b.known[id] = struct{}{}
	}
	b.waiting++
	if it.attempts == 0 && it.m.Due.After(now) {
		it.since = it.m.Due
		b.later.push(wait{at: it.m.Due, it: &it})
		b.alarm(it.m.Due, now)
		return
	}
	b.enqueue(it, now)
}

// enqueue puts an item into its chat's queue.
func (b *Outbox) enqueue(it item, now time.Time) {
	c, ok := b.chats[it.m.Chat]
	if !ok {
		c = &chat{id: it.m.Chat}
		b.chats[c.id] = c
	}
	b.idle.remove(c)
	c.push(it)
	b.place(c, now)
}

// place puts a chat where it belongs: among the ready, among the later, or to rest.
func (b *Outbox) place(c *chat, now time.Time) {
	if c.at == sending {
		return
	}
	if c.len() == 0 {
		c.at = nowhere
		b.rest(c)
		return
	}
	if at := c.free(now, b.limiter != nil); at.After(now) {
		if c.at != waiting || !c.due.Equal(at) {
			c.at, c.due = waiting, at
			b.later.push(wait{at: at, chat: c})
			b.alarm(at, now)
		}
		return
	}
	to := readyBulk
	if c.urgent > 0 {
		to = readyFirst // also when something that can wait stands before it
	}
	if c.at != to { // an entry it leaves behind elsewhere is passed over
		c.at = to
		b.ready[to-readyFirst].Push(c)
		b.poke()
	}
}

// rest remembers an idle chat for its card, and forgets the one that has been idle longest.
func (b *Outbox) rest(c *chat) {
	b.idle.add(c)
	if b.idle.n > b.o.Chats {
		old := b.idle.first
		b.idle.remove(old)
		delete(b.chats, old.id)
	}
}

// next takes the chat whose head is to be sent now; nil when there is none.
func (b *Outbox) next() *chat {
	if b.ready[0].Len() == 0 && b.ready[1].Len() == 0 {
		return nil
	}
	if !b.allowed() {
		return nil
	}
	for i := range b.ready {
		for {
			c, ok := b.ready[i].Pop()
			if !ok {
				break
			}
			if c.at != readyFirst+place(i) {
				continue
			}
			c.at = sending
			if b.limiter != nil {
				if !c.silent() {
					c.tokens--
				}
				b.limiter.AllowN(b.o.Clock(), 1)
				if b.ready[0].Len()+b.ready[1].Len() > 0 {
					b.poke()
				}
			}
			return c
		}
	}
	return nil
}

// allowed asks the limits on everything, and sets the alarm when they say no.
func (b *Outbox) allowed() bool {
	if b.limiter == nil && b.pause.IsZero() {
		return true
	}
	now := b.o.Clock()
	if b.pause.After(now) {
		b.alarm(b.pause, now)
		return false
	}
	b.pause = time.Time{}
	if b.limiter == nil {
		return true
	}
	if missing := 1 - b.limiter.TokensAt(now); missing > 0 {
		wait := time.Duration(missing / float64(b.limiter.Limit()) * float64(time.Second))
		b.alarm(now.Add(wait+time.Microsecond), now)
		return false
	}
	return true
}

// poke gets one more worker to look.
func (b *Outbox) poke() {
	switch {
	case !b.open:
	case b.asleep > 0:
		b.asleep--
		b.wake.Signal()
	case b.busy < b.o.Parallel:
		b.busy++
		b.workers.Go(b.work)
	}
}

// alarm is the one timer.
type alarm struct {
	at     time.Time // zero: not set
	cancel func() bool
}

// stop cancels it.
func (a *alarm) stop() {
	if a.cancel != nil {
		a.cancel()
	}
	a.at, a.cancel = time.Time{}, nil
}

// maxSleep is how long a clock that was moved may go unnoticed.
const maxSleep = time.Second

// alarm sees to it that tick comes at a time, or earlier.
func (b *Outbox) alarm(at, now time.Time) {
	if !b.open || !b.timer.at.IsZero() && !at.Before(b.timer.at) {
		return
	}
	b.timer.stop()
	b.timer.at = at
	b.timer.cancel = b.o.After(min(maxSleep, max(0, at.Sub(now))), b.tick)
}

// tick moves on what has become due and sets the alarm for what comes next.
func (b *Outbox) tick() {
	now := b.o.Clock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.timer.stop()
	for b.later.len() > 0 && !b.later.first().at.After(now) {
		w := b.later.pop()
		switch {
		case w.it != nil:
			b.enqueue(*w.it, now)
		case w.chat.at == waiting && w.chat.due.Equal(w.at):
			w.chat.at = nowhere
			b.place(w.chat, now)
		}
	}
	if b.ready[0].Len()+b.ready[1].Len() > 0 && b.allowed() {
		for range b.ready[0].Len() + b.ready[1].Len() {
			b.poke()
			if b.limiter != nil || b.asleep == 0 && b.busy == b.o.Parallel {
				break // with a limit, each that is let through lets the next one look
			}
		}
	}
	if b.later.len() > 0 {
		b.alarm(b.later.first().at, now)
	}
}
