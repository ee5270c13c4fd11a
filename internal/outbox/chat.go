package outbox

import (
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// item is a message in memory.
type item struct {
	m        turn.Message
	attempts int
	card     int       // the chat's card as the store knew it; 0 when it did not say
	since    time.Time // since when it could have been sent
	loaded   bool      // it was read from the store, not accepted
	again    bool      // it was held back before
}

// trusted is for how long what is in memory counts as what the store says.
const trusted = time.Second

// doubtful tells whether a message may have left the store since it was accepted: a phone that
// was cut off gets nothing more, and pictures are withdrawn when a card is closed. Asking about every message would cost the quick ones a read.
func (it *item) doubtful(now time.Time) bool {
	return it.m.ID != "" && (it.m.Attached != nil || it.loaded || it.again || !it.m.Due.IsZero() || now.Sub(it.since) > trusted)
}

// place says where a chat is.
type place uint8

const (
	nowhere place = iota
	readyFirst
	readyBulk
	waiting // in later
	sending
)

// chat is one chat's queue and what is known about it.
type chat struct {
	id     int64
	items  []item // from first on
	first  int
	urgent int // those that answer a person
	at     place

	hold   time.Time // nothing before, after trouble
	due    time.Time // when it is in later: until when
	tokens float64   // messages that it may get now
	filled time.Time // when tokens was right

	card  int
	knows bool // card is known

	prev, next *chat // among the idle
	resting    bool  // in the list of the idle
}

// Telegram's limit for one chat: a message a second, a few more at once. It speaks of
// messages; a card that is edited in place while a person taps is none, nor is taking one away,
// which may have to be quick: these wait for the limit on everything only.
const (
	chatRate  = 1.0
	chatBurst = 3.0
)

// len is how many wait, with the one under way.
func (c *chat) len() int { return len(c.items) - c.first }

// head is the next.
func (c *chat) head() *item { return &c.items[c.first] }

// push appends.
func (c *chat) push(it item) {
	if c.first > 0 && len(c.items) == cap(c.items) {
		n := copy(c.items, c.items[c.first:])
		clear(c.items[n:])
		c.items, c.first = c.items[:n], 0
	}
	c.items = append(c.items, it)
	if !it.m.Bulk {
		c.urgent++
	}
}

// pop drops the next.
func (c *chat) pop() {
	if !c.head().m.Bulk {
		c.urgent--
	}
	*c.head() = item{}
	c.first++
	if c.first == len(c.items) {
		c.items, c.first = c.items[:0], 0
		if cap(c.items) > 16 {
			c.items = nil
		}
	}
}

// superseded tells whether the head is a card that the next one will paint over anyway.
func (c *chat) superseded() bool {
	if c.len() < 2 {
		return false
	}
	m, next := &c.head().m, &c.items[c.first+1].m
	return m.Form == turn.Card && !m.Fresh && !m.Final && next.Form == turn.Card && !next.Fresh
}

// silent tells whether the head brings no new message: it changes the card that is there, or
// takes a message away.
func (c *chat) silent() bool {
	m := &c.head().m
	return m.Form == turn.Remove || m.Form == turn.Card && !m.Fresh && c.knows && c.card > 0
}

// fill lets the time since the last look count.
func (c *chat) fill(now time.Time) {
	if c.filled.IsZero() {
		c.tokens = chatBurst
	} else if d := now.Sub(c.filled); d > 0 {
		c.tokens = min(chatBurst, c.tokens+d.Seconds()*chatRate)
	}
	c.filled = now
}

// free is the time from which the head may be sent.
func (c *chat) free(now time.Time, limited bool) time.Time {
	at := c.hold
	if due := c.head().m.Due; due.After(at) {
		at = due
	}
	if limited && !c.silent() {
		c.fill(now)
		if c.tokens < 1 {
			if t := now.Add(time.Duration((1 - c.tokens) / chatRate * float64(time.Second))); t.After(at) {
				at = t
			}
		}
	}
	return at
}

// idleList holds the chats that have nothing to do, the longest idle first.
type idleList struct {
	first, last *chat
	n           int
}

// add puts c at the end.
func (l *idleList) add(c *chat) {
	if c.resting {
		return
	}
	c.resting, c.prev, c.next = true, l.last, nil
	if l.last != nil {
		l.last.next = c
	} else {
		l.first = c
	}
	l.last = c
	l.n++
}

// remove takes c out.
func (l *idleList) remove(c *chat) {
	if !c.resting {
		return
	}
	if c.prev != nil {
		c.prev.next = c.next
	} else {
		l.first = c.next
	}
	if c.next != nil {
		c.next.prev = c.prev
	} else {
		l.last = c.prev
	}
	c.resting, c.prev, c.next = false, nil, nil
	l.n--
}
