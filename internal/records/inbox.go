package records

import (
	"context"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlReceive = `INSERT INTO inbox (update_id, body, received_at) VALUES ($1, $2, $3)
		ON CONFLICT (update_id) DO NOTHING`
	sqlPending = `SELECT seq, update_id, body, received_at, attempts FROM inbox
		WHERE done_at IS NULL AND seq > $1 ORDER BY seq LIMIT $2`
	sqlAttempted = `UPDATE inbox SET attempts = attempts + 1 WHERE seq = $1 RETURNING attempts`
	sqlInboxDone = `UPDATE inbox SET body = NULL, done_at = $2 WHERE seq = $1 AND done_at IS NULL`
	sqlBuryInbox = `INSERT INTO dead_letter (origin, ref, body, reason, at)
		SELECT 'inbox', CAST(update_id AS TEXT), body, $2, $3 FROM inbox WHERE seq = $1 AND done_at IS NULL`
	sqlForget = `DELETE FROM inbox WHERE seq IN
		(SELECT seq FROM inbox WHERE done_at < $1 ORDER BY done_at LIMIT $2)`
)

const (
	pageSize   = 200
	forgetSize = 2000
)

// Receive stores a batch of updates in one transaction and gives back, in order and with
// their Seq, those that were not there before: Telegram sends again what it believes unread.
func (s *Store) Receive(ctx context.Context, batch []turn.Row) ([]turn.Row, error) {
	if len(batch) == 0 {
		return nil, nil
	}
	sealed := make([][]byte, len(batch))
	for i := range batch {
		var err error
		if sealed[i], err = s.vault.Seal(batch[i].Body, bindUpdate(batch[i].UpdateID)); err != nil {
			return nil, fmt.Errorf("receive updates: %w", err)
		}
	}
	fresh := make([]turn.Row, 0, len(batch))
	err := s.write(ctx, func(c *conn) error {
		fresh = fresh[:0]
		for i, r := range batch {
			at := r.At
			if at.IsZero() {
				at = s.now()
			}
			seq, err := c.insert(sqlReceive, r.UpdateID, sealed[i], at.UnixMilli())
			if err != nil {
				return err
			}
			if seq != 0 {
				r.Seq, r.At, r.Attempts = seq, at, 0
				fresh = append(fresh, r)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("receive updates: %w", err)
	}
	return fresh, nil
}

// Pending gives all updates that are not done, in order. One that cannot be opened is
// moved to the dead letters, so that it does not hold up the others.
func (s *Store) Pending(ctx context.Context) ([]turn.Row, error) {
	var pending []turn.Row
	for after, more := int64(0), true; more; {
		page, last, err := s.Arrived(ctx, after, pageSize)
		if err != nil {
			return nil, err
		}
		pending = append(pending, page...)
		after, more = last, last > after
	}
	return pending, nil
}

// Arrived gives at most so many updates that are not done from behind a Seq, in order, and the Seq
// behind which to go on: for whoever works off what other processes take in. What those have written
// is noticed with it. One that cannot be opened is moved to the dead letters.
func (s *Store) Arrived(ctx context.Context, after int64, limit int) (arrived []turn.Row, last int64, err error) {
	var unreadable []int64
	last = after
	err = s.read(ctx, func(c *conn) error {
		err := c.query(sqlPending, func(r row) error {
			last = r.int(0)
			body, err := s.vault.Open(r.blob(2), bindUpdate(r.int(1)))
			if err != nil {
				unreadable = append(unreadable, last)
				return nil //nolint:nilerr // one that cannot be opened does not keep back the others
			}
			arrived = append(arrived, turn.Row{
				Seq: last, UpdateID: r.int(1), Body: body, At: r.time(3, s.zone), Attempts: int(r.int(4)),
			})
			return nil
		}, after, limit)
		if err != nil || last == after {
			return err
		}
		return s.notice(c)
	})
	if err != nil {
		return nil, after, fmt.Errorf("read the inbox: %w", err)
	}
	for _, seq := range unreadable {
		s.log.ErrorContext(ctx, "an update in the inbox cannot be opened; it goes to the dead letters", "seq", seq)
		if err := s.Bury(ctx, seq, "the update cannot be opened"); err != nil {
			return nil, after, err
		}
	}
	return arrived, last, nil
}

// notice forgets whoever another process may have changed before what was just read.
func (s *Store) notice(c *conn) error {
	others, can, err := c.link.noticed()
	if err != nil {
		return err
	}
	if can {
		s.known.notice(others)
	} else {
		s.known.forget(stale{people: true})
	}
	return nil
}

// Attempted counts one more attempt at an update and gives their number, or ErrNotFound.
func (s *Store) Attempted(ctx context.Context, seq int64) (int, error) {
	attempts := 0
	err := s.write(ctx, func(c *conn) error {
		attempts = 0
		err := c.query(sqlAttempted, func(r row) error {
			attempts, c.changed = int(r.int(0)), true
			return nil
		}, seq)
		if err == nil && attempts == 0 {
			return turn.ErrNotFound
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("count an attempt at update row %d: %w", seq, err)
	}
	return attempts, nil
}

// Bury moves an update to the dead letters, sealed as it is, and ends its way. The reason
// must hold nothing personal. Burying what is done already changes nothing.
func (s *Store) Bury(ctx context.Context, seq int64, reason string) error {
	at := s.now().UnixMilli()
	err := s.write(ctx, func(c *conn) error {
		if _, err := c.exec(sqlBuryInbox, seq, reason, at); err != nil {
			return err
		}
		_, err := c.exec(sqlInboxDone, seq, at)
		return err
	})
	if err != nil {
		return fmt.Errorf("bury update row %d: %w", seq, err)
	}
	return nil
}

// ForgetUpdates removes updates done before a time and says how many. Until then their ids
// are what duplicates are known by.
func (s *Store) ForgetUpdates(ctx context.Context, before time.Time) (int64, error) {
	var total int64
	for {
		var n int64
		err := s.write(ctx, func(c *conn) (err error) {
			n, err = c.exec(sqlForget, before.UnixMilli(), forgetSize)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("forget updates: %w", err)
		}
		if total += n; n < forgetSize {
			return total, nil
		}
	}
}

// DeadLetter is what could not be worked on or delivered. Its body stays sealed in the
// database; Origin is "inbox" or "outbox", Ref the update's or the message's id.
type DeadLetter struct {
	Seq    int64
	Origin string
	Ref    string
	Reason string
	At     time.Time
}

const sqlDeadLetters = `SELECT seq, origin, ref, reason, at FROM dead_letter ORDER BY seq DESC LIMIT $1`

// DeadLetters gives the newest dead letters, the newest first.
func (s *Store) DeadLetters(ctx context.Context, limit int) ([]DeadLetter, error) {
	var all []DeadLetter
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlDeadLetters, func(r row) error {
			all = append(all, DeadLetter{
				Seq: r.int(0), Origin: r.str(1), Ref: r.str(2), Reason: r.str(3), At: r.time(4, s.zone),
			})
			return nil
		}, limit)
	})
	if err != nil {
		return nil, fmt.Errorf("read the dead letters: %w", err)
	}
	return all, nil
}

const sqlDeadBody = `SELECT origin, ref, body FROM dead_letter WHERE seq = $1`

// DeadBody opens a dead letter's body: an update as it came. ErrNotFound when there is
// none, vault.ErrSealed when it cannot be opened.
func (s *Store) DeadBody(ctx context.Context, seq int64) ([]byte, error) {
	var body []byte
	err := s.read(ctx, func(c *conn) error {
		found := false
		err := c.query(sqlDeadBody, func(r row) (err error) {
			found = true
			body, err = s.vault.Open(r.blob(2), bindDead(r.str(0), r.str(1)))
			return err
		}, seq)
		if err == nil && !found {
			return turn.ErrNotFound
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read dead letter %d: %w", seq, err)
	}
	return body, nil
}
