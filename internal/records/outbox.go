package records

import (
	"context"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlOutgoing = `SELECT o.seq, o.id, o.body, o.due, o.attempts, c.message
		FROM outbox o LEFT JOIN card c ON c.chat = o.chat WHERE o.seq > $1 ORDER BY o.seq LIMIT $2`
	sqlSent        = `DELETE FROM outbox WHERE id = $1`
	sqlPostpone    = `UPDATE outbox SET due = $2, attempts = $3 WHERE id = $1`
	sqlBuryMessage = `INSERT INTO dead_letter (origin, ref, body, reason, at)
		SELECT 'outbox', id, body, $2, $3 FROM outbox WHERE id = $1`
	sqlSetCard = `INSERT INTO card (chat, message) VALUES ($1, $2)
		ON CONFLICT (chat) DO UPDATE SET message = excluded.message`
	sqlDropCard = `DELETE FROM card WHERE chat = $1`
	sqlWaits    = `SELECT 1 FROM outbox WHERE id = $1`
	sqlCard     = `SELECT message FROM card WHERE chat = $1`
)

// Outgoing gives messages that are not sent yet, in the order they were planned, with those
// that are not yet due; Message.Due is what Postpone set, if it did.
func (s *Store) Outgoing(ctx context.Context, limit int) ([]turn.Item, error) {
	return s.OutgoingAfter(ctx, 0, limit)
}

// OutgoingAfter is Outgoing from behind a Seq, for reading on. A message that cannot be
// opened is moved to the dead letters.
func (s *Store) OutgoingAfter(ctx context.Context, after int64, limit int) ([]turn.Item, error) {
	var items []turn.Item
	var unreadable []string
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlOutgoing, func(r row) error {
			m, err := s.openMessage(r.str(1), r.blob(2))
			if err != nil {
				unreadable = append(unreadable, r.str(1))
				return nil //nolint:nilerr // one that cannot be opened does not keep back the others
			}
			m.Due = r.time(3, s.zone)
			items = append(items, turn.Item{Seq: r.int(0), Message: m, Attempts: int(r.int(4)), Card: int(r.int(5))})
			return nil
		}, after, limit)
	})
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	for _, id := range unreadable {
		s.log.ErrorContext(ctx, "a message in the outbox cannot be opened; it goes to the dead letters", "id", id)
		if err := s.BuryMessage(ctx, id, "the message cannot be opened"); err != nil {
			return nil, err
		}
	}
	if len(items) == 0 && len(unreadable) > 0 {
		return s.OutgoingAfter(ctx, after, limit)
	}
	return items, nil
}

// Sent ends a message's way and notes what became of its chat: the trace of what is new, and none
// of what is gone. A Card above 0 becomes the chat's current card; below 0 the chat has none any
// more; 0 leaves it as it is. It is stored together with whatever comes next, a few milliseconds
// later: should the power fail before, the message is sent once more, as it is when the power
// fails before Telegram has answered.
func (s *Store) Sent(ctx context.Context, id string, chat int64, what turn.Shown) error {
	w := s.shown(chat, what)
	err := s.writer.ask(ctx, func(c *conn) error {
		if _, err := c.exec(sqlSent, id); err != nil {
			return err
		}
		return w.store(c)
	}, true)
	if err != nil {
		return fmt.Errorf("note message %s as sent: %w", id, err)
	}
	return nil
}

// Postpone keeps a message back until a time and notes how often it was tried.
func (s *Store) Postpone(ctx context.Context, id string, until time.Time, attempts int) error {
	err := s.write(ctx, func(c *conn) error {
		_, err := c.exec(sqlPostpone, id, instant(until), attempts)
		return err
	})
	if err != nil {
		return fmt.Errorf("postpone message %s: %w", id, err)
	}
	return nil
}

// BuryMessage moves a message that will never be taken to the dead letters, sealed as it
// is. The reason must hold nothing personal.
func (s *Store) BuryMessage(ctx context.Context, id, reason string) error {
	at := s.now().UnixMilli()
	err := s.write(ctx, func(c *conn) error {
		if _, err := c.exec(sqlBuryMessage, id, reason, at); err != nil {
			return err
		}
		_, err := c.exec(sqlSent, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("bury message %s: %w", id, err)
	}
	return nil
}

// Card gives the message that is a chat's current card; 0 when it has none.
func (s *Store) Card(ctx context.Context, chat int64) (int, error) {
	card := 0
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlCard, func(r row) error { card = int(r.int(0)); return nil }, s.chatKey(chat))
	})
	if err != nil {
		return 0, fmt.Errorf("read a chat's card: %w", err)
	}
	return card, nil
}

// Waits tells whether a message is still to be sent: those for a chat that was cut off are not.
func (s *Store) Waits(ctx context.Context, id string) (bool, error) {
	waits := false
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlWaits, func(row) error { waits = true; return nil }, id)
	})
	if err != nil {
		return false, fmt.Errorf("look whether message %s waits: %w", id, err)
	}
	return waits, nil
}

// withdraw gives what takes the pictures and files that wait for some chats out of the outbox.
func (s *Store) withdraw(chats []int64) func(*conn) error {
	keys := make([]string, 0, len(chats))
	for _, chat := range chats {
		keys = append(keys, s.chatKey(chat))
	}
	return func(c *conn) error {
		for _, key := range keys {
			var drop []string
			err := c.query(sqlWaiting, func(r row) error {
				if m, err := s.openMessage(r.str(0), r.blob(1)); err == nil && m.Attached != nil {
					drop = append(drop, m.ID)
				}
				return nil
			}, key)
			for _, id := range drop {
				if err == nil {
					_, err = c.exec(sqlSent, id)
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}
