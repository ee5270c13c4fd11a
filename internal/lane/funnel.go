package lane

import (
	"context"
	"sync"
)

// Funnel is where many put things and one takes them out. It can be closed while they put: what is
// in it can still be taken out, and nothing more comes in.
type Funnel[T any] struct {
	out     chan T
	end     error
	closing sync.RWMutex
	closed  bool
}

// NewFunnel makes a funnel with room for so many; end is the error of whoever comes too late.
func NewFunnel[T any](room int, end error) *Funnel[T] {
	return &Funnel[T]{out: make(chan T, room), end: end}
}

// Put puts v in, and waits for room until ctx ends.
func (f *Funnel[T]) Put(ctx context.Context, v T) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f.closing.RLock()
	defer f.closing.RUnlock()
	if f.closed {
		return f.end
	}
	select {
	case f.out <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Out is where things come out, in the order in which they were put in; it is closed after Close,
// when nothing is left.
func (f *Funnel[T]) Out() <-chan T { return f.out }

// Close lets nothing more in, and tells whether it was open.
func (f *Funnel[T]) Close() bool {
	f.closing.Lock()
	defer f.closing.Unlock()
	if f.closed {
		return false
	}
	f.closed = true
	close(f.out)
	return true
}
