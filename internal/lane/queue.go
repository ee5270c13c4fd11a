package lane

// Queue is a queue that grows and is used again; it is not for several goroutines at once.
type Queue[T any] struct {
	items []T // its length is zero or a power of two
	first int
	count int
}

// maxKept is the capacity up to which an emptied queue keeps its memory.
const maxKept = 1024

// Len is how many are waiting.
func (r *Queue[T]) Len() int { return r.count }

// Push appends v.
func (r *Queue[T]) Push(v T) {
	if r.count == len(r.items) {
		r.grow()
	}
	r.items[(r.first+r.count)&(len(r.items)-1)] = v
	r.count++
}

// Pop takes the first; false when there is none.
func (r *Queue[T]) Pop() (T, bool) {
	var zero T
	if r.count == 0 {
		return zero, false
	}
	v := r.items[r.first]
	r.items[r.first] = zero
	r.first = (r.first + 1) & (len(r.items) - 1)
	r.count--
	if r.count == 0 && len(r.items) > maxKept {
		r.items, r.first = nil, 0
	}
	return v, true
}

// grow doubles the room and puts the first at the beginning.
func (r *Queue[T]) grow() {
	items := make([]T, max(4, 2*len(r.items)))
	n := copy(items, r.items[r.first:])
	copy(items[n:], r.items[:r.first])
	r.items, r.first = items, 0
}
