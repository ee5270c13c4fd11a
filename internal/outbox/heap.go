package outbox

import "time"

// wait is a chat, or an item that has not come to its chat yet, until a time.
type wait struct {
	at   time.Time
	seq  uint64 // keeps those of one time in their order
	chat *chat
	it   *item
}

// heap holds what waits for a time, the earliest first.
type heap struct {
	list []wait
	seq  uint64
}

// len is how many wait.
func (h *heap) len() int { return len(h.list) }

// first is the earliest.
func (h *heap) first() *wait { return &h.list[0] }

// less orders by time, then by arrival.
func (h *heap) less(i, j int) bool {
	a, b := &h.list[i], &h.list[j]
	if a.at.Equal(b.at) {
		return a.seq < b.seq
	}
	return a.at.Before(b.at)
}

// push adds w.
func (h *heap) push(w wait) {
	h.seq++
	w.seq = h.seq
	h.list = append(h.list, w)
	for i := len(h.list) - 1; i > 0; {
		up := (i - 1) / 2
		if !h.less(i, up) {
			break
		}
		h.list[i], h.list[up] = h.list[up], h.list[i]
		i = up
	}
}

// pop takes the earliest.
func (h *heap) pop() wait {
	w, last := h.list[0], len(h.list)-1
	h.list[0], h.list[last] = h.list[last], wait{}
	h.list = h.list[:last]
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			break
		}
		if down+1 < last && h.less(down+1, down) {
			down++
		}
		if !h.less(down, i) {
			break
		}
		h.list[i], h.list[down] = h.list[down], h.list[i]
		i = down
	}
	return w
}
