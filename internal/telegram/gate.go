package telegram

import (
	"context"
	"sync"
)

// gate bounds how much is under way: it lets nobody in while more is inside than the limit.
// Whoever is let in may then bring in more than one.
type gate struct {
	mu     sync.Mutex
	limit  int
	inside int
	opened chan struct{} // closed when there is room again; nil while nobody waits
}

// init sets the limit.
func (g *gate) init(limit int) { g.limit = limit }

// wait waits for room; false when ctx ended first.
func (g *gate) wait(ctx context.Context) bool {
	for {
		g.mu.Lock()
		if g.inside < g.limit {
			g.mu.Unlock()
			return true
		}
		if g.opened == nil {
			g.opened = make(chan struct{})
		}
		opened := g.opened
		g.mu.Unlock()
		select {
		case <-ctx.Done():
			return false
		case <-opened:
		}
	}
}

// full tells whether there is no room.
func (g *gate) full() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.inside >= g.limit
}

// add brings n in.
func (g *gate) add(n int) {
	g.mu.Lock()
	g.inside += n
	g.mu.Unlock()
}

// done lets one out.
func (g *gate) done() {
	g.mu.Lock()
	g.inside--
	if g.opened != nil && g.inside < g.limit {
		close(g.opened)
		g.opened = nil
	}
	g.mu.Unlock()
}
