package simulator

import (
	"context"
	"sync"
	"time"
)

// Clock is a clock that can be moved; it runs on from where it is, or stands.
//
// One that runs is real time plus an offset, so that everything measured with it
// (limits, expiry, retries) passes by itself and can also be skipped over. While it stands, time
// passes only where it is moved, however slow the machine is.
type Clock struct {
	mu      sync.Mutex
	offset  time.Duration
	stands  time.Time // the time it shows while it stands; zero while it runs
	changed chan struct{}
}

// NewClock returns a clock that shows start now. The zero time means real time.
func NewClock(start time.Time) *Clock {
	c := &Clock{changed: make(chan struct{})}
	if !start.IsZero() {
		c.offset = start.Sub(realNow())
	}
	return c
}

// NewStandingClock returns a clock that shows start until it is moved.
func NewStandingClock(start time.Time) *Clock {
	return &Clock{changed: make(chan struct{}), stands: start}
}

// realNow is the one place where the machine's own time is read.
func realNow() time.Time { return time.Now() }

// Now is the time this clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.stands.IsZero() {
		return c.stands
	}
	return realNow().Add(c.offset).Round(0)
}

// Advance moves the clock by d; a negative d moves it back.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	if c.stands.IsZero() {
		c.offset += d
	} else {
		c.stands = c.stands.Add(d)
	}
	c.announce()
	c.mu.Unlock()
}

// Set moves the clock to t.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	if c.stands.IsZero() {
		c.offset = t.Sub(realNow())
	} else {
		c.stands = t
	}
	c.announce()
	c.mu.Unlock()
}

// announce wakes everyone who waits for a move; the lock is held.
func (c *Clock) announce() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// Changed returns a channel that is closed the next time the clock is moved.
func (c *Clock) Changed() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed
}

// wait returns when the clock shows t or later, when wake is closed or
// receives something, or when ctx ends; only the last is an error.
func (c *Clock) wait(ctx context.Context, t time.Time, wake <-chan struct{}) error {
	for {
		moved := c.Changed()
		left := t.Sub(c.Now())
		if left <= 0 {
			return nil
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-moved:
		case <-wake:
			timer.Stop()
			return nil
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		timer.Stop()
	}
}
