package telegram

import "sync"

// order brings what is stored side by side back into the order of its ids. Telegram brings
// updates over many connections at once, and those that are stored in one transaction are told
// so in any order; an answer must not get into its lane before the one that was given earlier.
type order struct {
	mu    sync.Mutex
	left  sync.Cond
	under map[int64]int // how many requests are under way with an id
}

// init prepares it.
func (o *order) init() {
	o.left.L = &o.mu
	o.under = make(map[int64]int)
}

// enter notes that id is under way.
func (o *order) enter(id int64) {
	o.mu.Lock()
	o.under[id]++
	o.mu.Unlock()
}

// turn waits until nothing earlier is under way.
func (o *order) turn(id int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.earlier(id) {
		o.left.Wait()
	}
}

// earlier tells whether something before id is under way; the caller holds the lock.
func (o *order) earlier(id int64) bool {
	for other := range o.under {
		if other < id {
			return true
		}
	}
	return false
}

// leave ends id's way.
func (o *order) leave(id int64) {
	o.mu.Lock()
	if o.under[id]--; o.under[id] == 0 {
		delete(o.under, id)
	}
	o.mu.Unlock()
	o.left.Broadcast()
}
