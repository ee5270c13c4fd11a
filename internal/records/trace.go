package records

import (
	"context"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlTrace      = `INSERT INTO trace (chat, message, at) VALUES ($1, $2, $3) ON CONFLICT (chat, message) DO NOTHING`
	sqlTraceOf    = `INSERT INTO trace (chat, message, at, attached) VALUES ($1, $2, $3, 1) ON CONFLICT (chat, message) DO NOTHING`
	sqlDropTrace  = `DELETE FROM trace WHERE chat = $1 AND message = $2`
	sqlTraceStays = `INSERT INTO trace (chat, message, at, failed_at) VALUES ($1, $2, $3, $3)
		ON CONFLICT (chat, message) DO UPDATE SET failed_at = excluded.failed_at`
	sqlTraces       = `SELECT message, at, failed_at, attached FROM trace WHERE chat = $1 ORDER BY at, message`
	sqlForgetTraces = `DELETE FROM trace WHERE (chat, message) IN
		(SELECT chat, message FROM trace WHERE at < $1 AND failed_at IS NULL ORDER BY at LIMIT $2)`
)

// storeTraces keeps the traces of what came, and drops those that are done with.
func (p *plan) storeTraces(c *conn) error {
	for i, m := range p.Came {
		at := p.at
		if !m.At.IsZero() {
			at = m.At.UnixMilli()
		}
		if _, err := c.exec(sqlTrace, p.came[i], m.Message, at); err != nil {
			return err
		}
	}
	for i, m := range p.Dropped {
		if _, err := c.exec(sqlDropTrace, p.dropped[i], m.Message); err != nil {
			return err
		}
	}
	return nil
}

// shown is a turn.Shown on its way to the store.
type shown struct {
	turn.Shown
	chat string
	at   int64
}

// shown prepares what became of a chat; when nothing did, its key is not needed.
func (s *Store) shown(chat int64, what turn.Shown) shown {
	if what == (turn.Shown{}) {
		return shown{}
	}
	return shown{Shown: what, chat: s.chatKey(chat), at: s.now().UnixMilli()}
}

// store notes card and traces inside a transaction. Most messages only edit the card, and then
// there is nothing to do.
func (w *shown) store(c *conn) error {
	var err error
	switch {
	case w.Card > 0:
		_, err = c.exec(sqlSetCard, w.chat, w.Card)
	case w.Card < 0:
		_, err = c.exec(sqlDropCard, w.chat)
	}
	if err == nil && w.New != 0 {
		note := sqlTrace
		if w.Attached {
			note = sqlTraceOf
		}
		_, err = c.exec(note, w.chat, w.New, w.at)
	}
	if err == nil && w.Gone != 0 {
		_, err = c.exec(sqlDropTrace, w.chat, w.Gone)
	}
	return err
}

// Shown notes what became of a chat by a message that is not done yet; what says it as in Sent.
func (s *Store) Shown(ctx context.Context, chat int64, what turn.Shown) error {
	w := s.shown(chat, what)
	if err := s.write(ctx, w.store); err != nil {
		return fmt.Errorf("note what a chat shows: %w", err)
	}
	return nil
}

// Stays ends the way of a message that was to remove another one and will never be able to: the
// other one stays in the chat, which its trace tells from then on until the trace is dropped. No
// dead letter is kept, since there is nothing to read in one.
func (s *Store) Stays(ctx context.Context, id string, chat int64, message int) error {
	key, at := s.chatKey(chat), s.now().UnixMilli()
	err := s.write(ctx, func(c *conn) error {
		if _, err := c.exec(sqlTraceStays, key, message, at); err != nil {
			return err
		}
		_, err := c.exec(sqlSent, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("note that the message of %s stays: %w", id, err)
	}
	return nil
}

// Traces gives the messages that stand in a chat as far as is known, the oldest first, whoever has
// the chat now. What is being sent at this moment may be missing.
func (s *Store) Traces(ctx context.Context, chat int64) ([]turn.Trace, error) {
	var all []turn.Trace
	// Behind whatever waits to be written: a message that has just been sent may not be missed.
	err := s.write(ctx, func(c *conn) error {
		all = nil // it may be run twice
		return c.query(sqlTraces, func(r row) error {
			all = append(all, turn.Trace{Message: int(r.int(0)), At: r.time(1, s.zone), Failed: !r.null(2), Attached: r.int(3) != 0})
			return nil
		}, s.chatKey(chat))
	})
	if err != nil {
		return nil, fmt.Errorf("read the traces of a chat: %w", err)
	}
	return all, nil
}

// ForgetTraces drops the traces from before a time and says how many. Those whose message could
// not be removed are kept: somebody has yet to be told.
func (s *Store) ForgetTraces(ctx context.Context, before time.Time) (int, error) {
	total := 0
	for {
		var n int64
		err := s.write(ctx, func(c *conn) (err error) {
			n, err = c.exec(sqlForgetTraces, before.UnixMilli(), forgetSize)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("forget traces: %w", err)
		}
		if total += int(n); n < forgetSize {
			return total, nil
		}
	}
}
