package simulator

import (
	"sync"
	"time"
)

// Telegram's flood limits: a burst, and one more every so often.
const (
	allBurst   = 30
	allEvery   = time.Second / 30
	chatBurst  = 3
	chatEvery  = time.Second
	groupBurst = 20
	groupEvery = time.Minute / 20
)

// bucket is a token bucket on the simulator's clock.
type bucket struct {
	mu    sync.Mutex
	cap   int
	every time.Duration
	full  time.Time // when the bucket will be full again
}

// wait returns how long to wait for a token; 0 when there is one.
func (b *bucket) wait(now time.Time) time.Duration {
	if b.cap == 0 {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	room := time.Duration(b.cap) * b.every
	if b.full.After(now.Add(room)) {
		b.full = now // the clock was moved back
	}
	if b.full.Before(now) {
		b.full = now
	}
	return max(0, b.full.Sub(now)+b.every-room)
}

// take takes a token.
func (b *bucket) take(now time.Time) {
	if b.cap == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.full.Before(now) {
		b.full = now
	}
	b.full = b.full.Add(b.every)
}

// admit applies the flood limits to n messages for a chat.
func (s *Server) admit(c *chat, n int) error {
	if !s.opts.Limits {
		return nil
	}
	now := s.clock.Now()
	all := []*bucket{&s.flood, &c.rate, &c.minute}
	var wait time.Duration
	for _, b := range all {
		wait = max(wait, b.wait(now))
	}
	if wait > 0 {
		return tooManyRequests(int((wait + time.Second - 1) / time.Second))
	}
	for range n {
		for _, b := range all {
			b.take(now)
		}
	}
	return nil
}
