package conversation

import (
	"sync"

	"github.com/dampingi/dampingi/internal/turn"
)

// cacheMost is how many chats are kept in memory; more are read from the store again.
const cacheMost = 4096

// cache keeps what was stored last of the chats that are talking, so that it need not be
// read again. It may be wrong when another process works on the same chat: then saving
// fails with a conflict, the entry is dropped, and the turn is taken again.
type cache struct {
	mu sync.Mutex
	m  map[turn.Key]Memory
}

func newCache() *cache { return &cache{m: make(map[turn.Key]Memory)} }

func (c *cache) get(key turn.Key) (Memory, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m, ok := c.m[key]
	return m, ok
}

func (c *cache) put(key turn.Key, m Memory) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.m) >= cacheMost {
		for other := range c.m { // any: the map's order is as good as another
			delete(c.m, other)
			break
		}
	}
	c.m[key] = m
}

func (c *cache) drop(key turn.Key) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, key)
}
