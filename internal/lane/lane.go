// Package lane runs functions by key: those of one key one after the other, in the order in
// which they were given; those of different keys side by side.
package lane

import "sync"

// Executor keeps one lane for every key that has something to do, and nothing for the others:
// an idle key costs neither memory nor a goroutine, and a waiting function no goroutine either.
type Executor[K comparable] struct {
	limit int

	mu      sync.Mutex
	idle    sync.Cond
	lanes   map[K]*track[K]
	ready   Queue[*track[K]] // lanes with work that no goroutine is at
	spare   []*track[K]      // empty ones, to be used again
	running int              // goroutines at work, at most limit
	left    int              // functions given and not yet finished
	closed  bool
}

// maxSpare bounds what is kept for the next burst.
const maxSpare = 256

// track is one key's lane.
type track[K comparable] struct {
	key  K
	work Queue[func()]
}

// New makes an executor that runs at most limit functions at once.
func New[K comparable](limit int) *Executor[K] {
	e := &Executor[K]{limit: max(1, limit), lanes: make(map[K]*track[K])}
	e.idle.L = &e.mu
	return e
}

// Go hands f over to the lane of key and returns at once; false says that the executor is
// closed and f will not run. A function may itself call Go. A panic in f is not caught: what
// is worth catching is the caller's to know.
func (e *Executor[K]) Go(key K, f func()) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return false
	}
	e.left++
	if q, ok := e.lanes[key]; ok {
		q.work.Push(f)
		return true
	}
	q := e.lane(key)
	q.work.Push(f)
	e.ready.Push(q)
	if e.running < e.limit {
		e.running++
		go e.run()
	}
	return true
}

// Len is the number of functions that were given and have not finished.
func (e *Executor[K]) Len() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.left
}

// Keys is the number of keys that have something to do.
func (e *Executor[K]) Keys() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.lanes)
}

// Wait returns when there is nothing left to do.
func (e *Executor[K]) Wait() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for e.left > 0 {
		e.idle.Wait()
	}
}

// Close takes nothing more and returns when what was taken is done.
func (e *Executor[K]) Close() {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.Wait()
}

// lane makes key's lane; the caller holds the lock.
func (e *Executor[K]) lane(key K) *track[K] {
	var q *track[K]
	if n := len(e.spare); n > 0 {
		q, e.spare = e.spare[n-1], e.spare[:n-1]
	} else {
		q = new(track[K])
	}
	q.key = key
	e.lanes[key] = q
	return q
}

// run takes lanes in turn, one function of each, so that a busy chat does not hold up the
// others, until no lane is ready.
func (e *Executor[K]) run() {
	e.mu.Lock()
	for {
		q, ok := e.ready.Pop()
		if !ok {
			break
		}
		f, _ := q.work.Pop()
		e.mu.Unlock()
		f()
		e.mu.Lock()
		e.left--
		if q.work.Len() > 0 {
			e.ready.Push(q)
			continue
		}
		delete(e.lanes, q.key)
		if len(e.spare) < maxSpare {
			e.spare = append(e.spare, q)
		}
		if e.left == 0 {
			e.idle.Broadcast()
		}
	}
	e.running--
	e.mu.Unlock()
}
