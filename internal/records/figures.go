package records

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Each of these is answered by an index, by the rows that wait, or by a table that retention keeps small.
const (
	sqlInboxWaits    = `SELECT COUNT(*) FROM inbox WHERE done_at IS NULL`
	sqlInboxOldest   = `SELECT received_at FROM inbox WHERE done_at IS NULL ORDER BY seq LIMIT 1`
	sqlDeadByOrigin  = `SELECT origin, COUNT(*) FROM dead_letter GROUP BY origin`
	sqlDueBy         = `SELECT COUNT(*) FROM deadline WHERE at <= $1`
	sqlMissedByRule  = `SELECT rule, COUNT(*) FROM reminder WHERE closed_at >= $1 AND told_at IS NULL AND outcome = 'terlambat' GROUP BY rule`
	sqlDigestsOnHand = `SELECT COUNT(*), MAX(made_at) FROM digest`
)

// Figures are what waits and what was missed, as numbers about nobody.
type Figures struct {
	Inbox       int       // updates not worked off
	InboxOldest time.Time // when the first of them came in; zero when none waits
	DeadUpdates int       // put aside and still kept
	DeadLetters int       // messages put aside and still kept
	Due, Late   int       // deadlines that have come by now, and by late
	DueOldest   time.Time // the earliest of them; zero for none
	Missed      map[string]int
	Digests     int       // weeks on record
	DigestLast  time.Time // when the last was made; zero for never
	Bytes       int64     // that the database takes
}

// Figures counts what waits by now, what is late because it was due by late, and by rule the reminders
// that were not told in time since missed. It costs next to nothing where nothing waits.
func (s *Store) Figures(ctx context.Context, now, late, missed time.Time) (Figures, error) {
	f := Figures{Missed: make(map[string]int)}
	err := s.read(ctx, func(c *conn) error {
		number := func(n *int) func(row) error { return func(r row) error { *n = int(r.int(0)); return nil } }
		return errors.Join(
			c.query(sqlInboxWaits, number(&f.Inbox)),
			c.query(sqlInboxOldest, func(r row) error { f.InboxOldest = r.time(0, s.zone); return nil }),
			c.query(sqlDeadByOrigin, func(r row) error {
				if r.str(0) == "inbox" {
					f.DeadUpdates = int(r.int(1))
				} else {
					f.DeadLetters = int(r.int(1))
				}
				return nil
			}),
			c.query(sqlDueBy, number(&f.Due), now.UnixMilli()),
			c.query(sqlDueBy, number(&f.Late), late.UnixMilli()),
			c.query(sqlNextDue, func(r row) error {
				if at := r.time(0, s.zone); !at.After(now) {
					f.DueOldest = at
				}
				return nil
			}),
			c.query(sqlMissedByRule, func(r row) error { f.Missed[r.str(0)] = int(r.int(1)); return nil }, missed.UnixMilli()),
			c.query(s.engine.size(), func(r row) error { f.Bytes = r.int(0); return nil }),
			c.query(sqlDigestsOnHand, func(r row) error { f.Digests, f.DigestLast = int(r.int(0)), r.time(1, s.zone); return nil }),
		)
	})
	if err != nil {
		return Figures{}, fmt.Errorf("count what waits: %w", err)
	}
	return f, nil
}

// Flush is a transaction that came to its end.
type Flush struct {
	Took   time.Duration // by the store's clock
	Jobs   int           // pieces of work that shared it
	Failed bool          // the database could not be written: the disk is full or broken, or somebody else holds it
}

// Meter has f told of every transaction that wrote, or could not, from now on; by the one goroutine that
// writes, so that it must be quick.
func (s *Store) Meter(f func(Flush)) { s.writer.meter.Store(&meter{now: s.now, told: f}) }

// meter is who is told of transactions; nil for nobody.
type meter struct {
	now  func() time.Time
	told func(Flush)
}

// time is now, where somebody wants to know.
func (m *meter) time() time.Time {
	if m == nil {
		return time.Time{}
	}
	return m.now()
}

// tell tells of a transaction that began at a time.
func (m *meter) tell(began time.Time, jobs int, failed bool) {
	if m != nil {
		m.told(Flush{Took: max(0, m.now().Sub(began)), Jobs: jobs, Failed: failed})
	}
}
