package simulator

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"time"
)

const (
	updateLife  = 24 * time.Hour     // Telegram forgets updates after a day
	quietWeek   = 7 * 24 * time.Hour // after which update ids start anew
	maxUpdates  = 100
	futureSlack = 10 // how far beyond the newest an offset still counts
)

// onRequest are the kinds of update that come only when they are asked for.
var onRequest = []string{"chat_member", "message_reaction", "message_reaction_count"}

// update is one update that waits for the bot.
type update struct {
	id    int64
	chat  int64
	body  []byte // the whole Update object
	born  time.Time
	again bool // deliver it twice
	// for webhooks
	next  time.Time
	fails int
}

// queue holds the updates that the bot has not confirmed yet.
type queue struct {
	clock  *Clock
	random *rand.Rand

	mu        sync.Mutex
	pending   []*update
	repeated  []*update // confirmed, but delivered once more by a fault
	lastID    int64
	lastAt    time.Time
	allowed   []string // nil: Telegram's default
	changed   chan struct{}
	poll      chan *apiError // the poll in progress
	duplicate int
	reorder   int
	hook      *webhook
}

func newQueue(clock *Clock, random *rand.Rand) *queue {
	// Another start, other numbers: a bot that kept its database must not take new updates for old ones.
	first := 100_000_000 + clock.Now().Unix()%1_000_000_000
	return &queue{clock: clock, random: random, lastID: first, changed: make(chan struct{})}
}

// wants says whether updates of that kind were asked for; the queue is locked.
func (q *queue) wants(kind string) bool {
	if q.allowed == nil {
		return !slices.Contains(onRequest, kind)
	}
	return slices.Contains(q.allowed, kind)
}

// push queues an update whose one field has that name; write appends its value.
func (q *queue) push(kind string, chat int64, write func([]byte) []byte) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.wants(kind) {
		return
	}
	u := q.next(chat)
	u.body = append(u.body, ',', '"')
	u.body = append(u.body, kind...)
	u.body = append(u.body, '"', ':')
	u.body = append(write(u.body), '}')
	q.append(u)
}

// pushRaw queues an update with the given members of any shape.
func (q *queue) pushRaw(members map[string]json.RawMessage) {
	q.mu.Lock()
	defer q.mu.Unlock()
	u := q.next(0)
	for key, value := range members {
		u.body = append(appendString(append(u.body, ','), key), ':')
		u.body = append(u.body, value...)
	}
	u.body = append(u.body, '}')
	q.append(u)
}

// next makes the next update, up to its id; the queue is locked.
func (q *queue) next(chat int64) *update {
	now := q.clock.Now()
	if !q.lastAt.IsZero() && now.Sub(q.lastAt) >= quietWeek {
		q.lastID = 100_000_000 + q.random.Int64N(800_000_000)
	}
	q.lastID++
	q.lastAt = now
	body := strconv.AppendInt([]byte(`{"update_id":`), q.lastID, 10)
	return &update{id: q.lastID, chat: chat, body: body, born: now}
}

// append queues an update and wakes the bot; the queue is locked.
func (q *queue) append(u *update) {
	if q.duplicate > 0 {
		q.duplicate--
		u.again = true
	}
	q.pending = append(q.pending, u)
	q.wake()
}

// wake wakes the poll or the webhook; the queue is locked.
func (q *queue) wake() {
	close(q.changed)
	q.changed = make(chan struct{})
}

// confirm forgets the updates before offset, as getUpdates does; the queue is locked.
func (q *queue) confirm(offset int64) {
	q.expire()
	switch {
	case offset < 0:
		q.drop(max(0, len(q.pending)+int(max(offset, -1<<30))))
	case offset > q.lastID+1+futureSlack:
		// Telegram takes an offset far in the future for a mistake.
	case offset > 0:
		n := slices.IndexFunc(q.pending, func(u *update) bool { return u.id >= offset })
		if n < 0 {
			n = len(q.pending)
		}
		q.drop(n)
	}
}

// drop removes the first n updates; the queue is locked.
func (q *queue) drop(n int) {
	for _, u := range q.pending[:n] {
		if u.again {
			u.again = false
			q.repeated = append(q.repeated, u)
		}
	}
	clear(q.pending[:n])
	if q.pending = q.pending[n:]; len(q.pending) == 0 {
		q.pending = nil
	}
}

// expire forgets what is older than a day; the queue is locked.
func (q *queue) expire() {
	now := q.clock.Now()
	for len(q.pending) > 0 && now.Sub(q.pending[0].born) > updateLife {
		q.pending = q.pending[1:]
	}
}

// batch returns up to limit updates; the queue is locked.
func (q *queue) batch(limit int) []*update {
	got := q.repeated
	q.repeated = nil
	got = append(got, q.pending[:min(limit, len(q.pending))]...)
	if q.reorder > 0 && len(got) > 1 {
		q.reorder--
		slices.Reverse(got)
	}
	return got
}

// fetch is getUpdates: it waits until there is something, the time is over,
// or somebody else takes the place.
func (q *queue) fetch(ctx context.Context, offset int64, limit int, until time.Time) ([]*update, error) {
	q.mu.Lock()
	if q.hook != nil {
		q.mu.Unlock()
		return nil, errWebhookActive
	}
	q.takeOver(errOtherPoll)
	mine := make(chan *apiError, 1)
	q.poll = mine
	q.confirm(offset)
	for {
		got := q.batch(limit)
		if len(got) > 0 || !q.clock.Now().Before(until) {
			q.release(mine)
			q.mu.Unlock()
			return got, nil
		}
		changed := q.changed
		q.mu.Unlock()
		err := q.clock.waitPoll(ctx, until, changed, mine)
		q.mu.Lock()
		if err == nil && q.poll != mine {
			err = <-mine // taken over in the same moment
		}
		if err != nil {
			q.release(mine)
			q.mu.Unlock()
			return nil, err
		}
	}
}

// release gives the place of the poll back; the queue is locked.
func (q *queue) release(mine chan *apiError) {
	if q.poll == mine {
		q.poll = nil
	}
}

// takeOver ends the poll in progress with err; the queue is locked.
func (q *queue) takeOver(err *apiError) {
	if q.poll != nil {
		q.poll <- err
		q.poll = nil
	}
}

// waitPoll is wait for a poll, which can also be taken over.
func (c *Clock) waitPoll(ctx context.Context, until time.Time, changed <-chan struct{}, over <-chan *apiError) error {
	moved := c.Changed()
	timer := time.NewTimer(until.Sub(c.Now()))
	defer timer.Stop()
	select {
	case err := <-over:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-changed:
	case <-moved:
	case <-timer.C:
	}
	return nil
}

// getUpdates answers with the pending updates.
func (s *Server) getUpdates(c *call) error {
	limit := int(c.int("limit"))
	if limit < 1 || limit > maxUpdates {
		limit = maxUpdates
	}
	timeout := min(max(c.int("timeout"), 0), 50)
	until := s.clock.Now().Add(time.Duration(timeout) * time.Second)
	s.queue.allow(c)
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	got, err := s.queue.fetch(ctx, c.int("offset"), limit, until)
	if err != nil {
		if s.ctx.Err() != nil {
			return &apiError{code: 502, text: "Bad Gateway"}
		}
		return err
	}
	c.out = append(c.out, '[')
	for i, u := range got {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		c.out = append(c.out, u.body...)
	}
	c.out = append(c.out, ']')
	return nil
}

// allow remembers allowed_updates; Telegram keeps the last list it was given.
func (q *queue) allow(c *call) {
	raw := c.object("allowed_updates")
	if raw == nil {
		return
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.allowed = list; len(list) == 0 {
		q.allowed = nil
	}
}
