package records

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dampingi/dampingi/internal/lane"
)

const (
	maxGroup = 512 // jobs in one transaction
	maxQueue = 1024

	waitMost = 20 * time.Millisecond // for jobs that can wait
)

// ErrClosed says that the store has been closed.
var ErrClosed = errors.New("the store is closed")

// Stats are counters since the store was opened.
type Stats struct {
	Jobs    uint64 // pieces of work that were asked to be stored
	Flushes uint64 // transactions that were committed for them
	Apart   uint64 // times a group was rolled back and its jobs run one by one
}

// writer owns the only connection that writes. It gathers whatever waits into one
// transaction, because flushing to disk costs the same for one job as for hundreds.
type writer struct {
	engine  engine
	conn    *conn
	known   *known
	wait    time.Duration // of jobs that can
	jobs    *lane.Funnel[*job]
	stopped chan struct{}
	jobsN   atomic.Uint64
	flushes atomic.Uint64
	apart   atomic.Uint64
	meter   atomic.Pointer[meter]
	pool    sync.Pool
}

type job struct {
	ctx  context.Context //nolint:containedctx // it is looked at when the job's turn comes
	do   func(*conn) error
	err  error
	done chan struct{}

	canWait bool // nobody minds when it is stored a little later, together with others
}

func newWriter(e engine, c *conn, k *known, wait time.Duration) *writer {
	w := &writer{engine: e, conn: c, known: k, wait: wait, jobs: lane.NewFunnel[*job](maxQueue, ErrClosed), stopped: make(chan struct{})}
	w.pool.New = func() any { return &job{done: make(chan struct{}, 1)} }
	go w.run()
	return w
}

// write has do run inside a transaction and returns when that is on disk. An error means
// that nothing of it is stored; do may be run twice and must start from scratch each time.
// A context that ends before the work has begun ends it; afterwards the outcome is awaited,
// so that the answer is always the truth.
func (w *writer) write(ctx context.Context, do func(*conn) error) error {
	return w.ask(ctx, do, false)
}

// ask is write, for jobs that can wait or cannot.
func (w *writer) ask(ctx context.Context, do func(*conn) error, canWait bool) error {
	j, _ := w.pool.Get().(*job)
	j.ctx, j.do, j.err, j.canWait = ctx, do, nil, canWait
	if err := w.jobs.Put(ctx, j); err != nil {
		return err
	}
	<-j.done
	err := j.err
	j.ctx, j.do = nil, nil
	w.pool.Put(j)
	return err
}

func (w *writer) close() error {
	open := w.jobs.Close()
	<-w.stopped
	if !open {
		return nil
	}
	return w.conn.close()
}

func (w *writer) stats() Stats {
	return Stats{Jobs: w.jobsN.Load(), Flushes: w.flushes.Load(), Apart: w.apart.Load()}
}

func (w *writer) run() {
	defer close(w.stopped)
	group := make([]*job, 0, maxGroup)
	for first := range w.jobs.Out() {
		group = w.gather(append(group[:0], first))
		w.jobsN.Add(uint64(len(group)))
		w.store(group)
		for i, j := range group {
			group[i] = nil
			j.done <- struct{}{}
		}
	}
}

// gather adds to the group whatever waits. Who is about to ask may do so first; and where
// there is nothing but jobs that can wait, they do so for a little while, for a flush to share.
func (w *writer) gather(group []*job) []*job {
	runtime.Gosched()
	canWait := group[0].canWait
	var over <-chan time.Time
	for len(group) < maxGroup {
		var j *job
		select {
		case j = <-w.jobs.Out():
		default:
			if !canWait {
				return group
			}
			if over == nil {
				t := time.NewTimer(w.wait)
				defer t.Stop()
				over = t.C
			}
			select {
			case j = <-w.jobs.Out():
			case <-over:
				return group
			}
		}
		if j == nil { // closed
			return group
		}
		group = append(group, j)
		canWait = canWait && j.canWait
	}
	return group
}

// store runs the group in one transaction, and one by one if that fails.
func (w *writer) store(group []*job) {
	ok := w.transact(group)
	if ok || len(group) == 1 {
		return
	}
	w.apart.Add(1)
	for i := range group {
		w.transact(group[i : i+1])
	}
}

// transact stores the jobs in one transaction and notes each one's error; it says whether
// that is the last word on all of them.
func (w *writer) transact(group []*job) bool {
	m := w.meter.Load()
	began := m.time()
	others, err := w.begin()
	if err != nil {
		return w.fail(group, fmt.Errorf("begin a transaction: %w", err))
	}
	// Inside the transaction the view of the database is the newest there is.
	w.known.notice(others)
	w.conn.stale = stale{}
	wrote := false
	for _, j := range group {
		w.conn.changed = false
		j.err = j.ctx.Err()
		if j.err == nil {
			j.err = j.do(w.conn)
		}
		if j.err != nil && (w.conn.changed || w.engine.failed(j.err)) {
			w.conn.link.rollback()
			if w.engine.unwritable(j.err) {
				m.tell(began, len(group), true)
			}
			return false
		}
		wrote = wrote || w.conn.changed
	}
	others, err = w.conn.link.commit(w.conn.stale.any())
	if err != nil {
		w.conn.link.rollback()
		w.known.forget(stale{people: true}) // whatever has become of it
		return w.fail(group, fmt.Errorf("commit a transaction: %w", err))
	}
	w.known.forget(w.conn.stale)
	w.known.own(others)
	if wrote {
		w.flushes.Add(1)
		m.tell(began, len(group), false)
	}
	return true
}

// begin opens a transaction, after ending one that an earlier failure to roll back left open.
func (w *writer) begin() (others int64, err error) {
	others, err = w.conn.link.begin()
	if err != nil && w.conn.link.rollback() {
		others, err = w.conn.link.begin()
	}
	return others, err
}

// fail is for trouble that is nobody's own: everybody is told.
func (w *writer) fail(group []*job, err error) bool {
	m := w.meter.Load()
	m.tell(m.time(), len(group), true)
	for _, j := range group {
		if j.err == nil {
			j.err = err
		}
	}
	return true
}
