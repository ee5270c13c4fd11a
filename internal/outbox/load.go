package outbox

import (
	"context"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// backlog is what waits, and what of it is not in memory.
type backlog struct {
	waiting int  // in memory
	behind  bool // there may be more in the store, which comes before what is accepted now
	loading bool
	missed  uint64         // messages that were left to the store
	aside   []turn.Message // accepted while loading; they come after what is loaded
}

const (
	loadMore   = 1024 // how many to read beyond what is in memory already
	loadAgain  = 5 * time.Second
	loadAnyway = time.Minute
)

// leave decides whether an accepted message is left to the store; the caller holds the lock.
func (b *Outbox) leave(m *turn.Message) bool {
	switch {
	case !b.behind && b.waiting < b.o.Waiting:
		return false
	case b.loading && len(b.aside) < loadMore:
		b.aside = append(b.aside, *m)
	default:
		b.missed++
	}
	if !b.behind {
		b.behind = true
		if b.open {
			b.o.After(loadAnyway, b.kick)
		}
	}
	return true
}

// kick asks Run to read the store.
func (b *Outbox) kick() {
	select {
	case b.reload <- struct{}{}:
	default:
	}
}

// load reads what waits in the store and is not in memory.
func (b *Outbox) load(ctx context.Context) {
	b.mu.Lock()
	if !b.behind || !b.open {
		b.mu.Unlock()
		return
	}
	b.loading = true
	missed, limit := b.missed, len(b.known)+loadMore
	b.mu.Unlock()

	items, err := b.o.Store.Outgoing(ctx, limit)

	now := b.o.Clock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.loading = false
	if err != nil {
		if ctx.Err() == nil {
			b.o.Log.Error("the outbox cannot be read, again in a moment", "error", err)
			b.o.After(loadAgain, b.kick)
		}
		b.missed += uint64(len(b.aside))
		b.aside = nil
		return
	}
	for i := range items {
		b.add(item{m: items[i].Message, attempts: items[i].Attempts, card: items[i].Card, since: now, loaded: true}, now)
	}
	if len(items) < limit && b.missed == missed {
		b.behind = false
		for i := range b.aside {
			b.add(item{m: b.aside[i], since: now}, now)
		}
	}
	b.aside = nil
	if b.behind {
		b.more()
		b.o.After(loadAnyway, b.kick) // in case all of memory waits for a time to come
	}
}

// more reads on when there is room; the caller holds the lock.
func (b *Outbox) more() {
	if b.behind && !b.loading && b.waiting <= b.o.Waiting/2 {
		b.kick()
	}
}

// recent remembers ids for a while after they have left: those that were read from the store,
// whose Accept may still come, and those that left while the store was being read.
type recent struct {
	young, old map[string]struct{}
}

// maxRecent is how many ids a generation holds.
const maxRecent = 8192

// has tells whether id left lately.
func (r *recent) has(id string) bool {
	if _, ok := r.young[id]; ok {
		return true
	}
	_, ok := r.old[id]
	return ok
}

// add remembers id.
func (r *recent) add(id string) {
	if r.young == nil || len(r.young) >= maxRecent {
		r.old, r.young = r.young, make(map[string]struct{})
	}
	r.young[id] = struct{}{}
}
