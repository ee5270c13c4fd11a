package records

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	reminderColumns = `rule, step, subject, person, due, until, at, told_at, bundle, held, closed_at, outcome`

	// What was settled comes back with its reason, and is not told twice.
	sqlRemind = `INSERT INTO reminder (id, rule, step, subject, person, due, until, at, held, outcome)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '')
		ON CONFLICT (id) DO UPDATE SET closed_at = NULL, outcome = '', until = excluded.until WHERE reminder.outcome = 'beres'`
	// What nothing is known to have held back was found when it was too late.
	sqlRemindLate = `INSERT INTO reminder (id, rule, step, subject, person, due, until, at, held, closed_at, outcome)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $10, $9, 'terlambat')
		ON CONFLICT (id) DO UPDATE SET closed_at = excluded.closed_at,
			held = CASE WHEN reminder.told_at IS NULL AND reminder.held = '' THEN excluded.held ELSE reminder.held END,
			outcome = CASE WHEN reminder.told_at IS NULL THEN 'terlambat' ELSE 'lewat' END
		WHERE reminder.closed_at IS NULL`
	sqlSettleRest = `UPDATE reminder SET closed_at = $2, outcome = 'beres'
		WHERE subject = $1 AND closed_at IS NULL AND id NOT IN (SELECT value FROM json_each($3))`
	sqlWatchNext    = `UPDATE watch SET at = $3 WHERE subject = $1 AND rev = $2`
	sqlRemindTold   = `UPDATE reminder SET told_at = $2, bundle = $3, at = MIN(at, $2) WHERE id = $1 AND (told_at IS NULL OR at > told_at)`
	sqlRemindLater  = `UPDATE reminder SET at = $2, held = CASE $3 WHEN '' THEN held ELSE $3 END WHERE id = $1 AND closed_at IS NULL`
	sqlRemindClosed = `UPDATE reminder SET closed_at = $2, outcome = $3 WHERE id = $1 AND closed_at IS NULL`
	sqlFollowedUp   = `UPDATE follow_up SET done_at = $3 WHERE participant = $1 AND due <= $2 AND done_at IS NULL`

	sqlHours = `INSERT INTO staff_hours (person, from_time, to_time) VALUES ($1, $2, $3)
		ON CONFLICT (person) DO UPDATE SET from_time = excluded.from_time, to_time = excluded.to_time`
	sqlNoHours = `DELETE FROM staff_hours WHERE person = $1`
	sqlHoursOf = `SELECT from_time, to_time FROM staff_hours WHERE person = $1`

	sqlHeard = `UPDATE attendance SET heard = $3, heard_at = $4 WHERE session = $1 AND participant = $2`
	sqlRang  = `INSERT INTO reminder (id, rule, step, subject, person, due, at, told_at, bundle, held, closed_at, outcome)
		VALUES ($1, $2, 0, 'p/' || $3, $3, $4, $4, $4, $1, '', $4, 'lewat') ON CONFLICT (id) DO NOTHING`

	// An answer may change when the next time is.
	sqlWatchAnswered = `UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = (SELECT subject FROM reminder WHERE id = $1)`

	sqlToldOf        = `SELECT 1 FROM reminder WHERE id = $1 AND told_at IS NOT NULL`
	sqlWatched       = `SELECT subject, rev, at FROM watch WHERE at <= $1 ORDER BY at LIMIT $2`
	sqlNextWatch     = `SELECT MIN(at) FROM watch`
	sqlOpenReminders = `SELECT ` + reminderColumns + ` FROM reminder WHERE person = $1 AND closed_at IS NULL ORDER BY due, id`
	sqlToldSince     = `SELECT MIN(told_at) FROM reminder WHERE person = $1 AND told_at >= $2 GROUP BY bundle ORDER BY 1`
	sqlUnsent        = `SELECT ` + reminderColumns + ` FROM reminder
		WHERE closed_at >= $1 AND closed_at < $2 AND told_at IS NULL AND outcome = 'terlambat' ORDER BY closed_at, id`
)

// storeReminding is what a turn changes about reminders. Doing it twice changes nothing more.
func storeReminding(c *conn, r *turn.Reminding) error {
	for i := range r.Looked {
		if err := storeLooked(c, &r.Looked[i]); err != nil {
			return err
		}
	}
	for _, t := range r.Told {
		if _, err := c.exec(sqlRemindTold, t.ID, t.At.UnixMilli(), t.Bundle); err != nil {
			return err
		}
	}
	for _, p := range r.PutOff {
		if _, err := c.exec(sqlRemindLater, p.ID, p.At.UnixMilli(), string(p.Held)); err != nil {
			return err
		}
	}
	for _, d := range r.Closed {
		n, err := c.exec(sqlRemindClosed, d.ID, d.At.UnixMilli(), string(d.Ending))
		if err == nil && n > 0 {
			_, err = c.exec(sqlWatchAnswered, d.ID)
		}
		if err != nil {
			return err
		}
	}
	for _, h := range r.Heard {
		if _, err := c.exec(sqlHeard, h.Session, h.Participant, instant(h.Begins), h.At.UnixMilli()); err != nil {
			return err
		}
	}
	for _, g := range r.Rang {
		id := fmt.Sprintf("%s/%s/%d", g.Cause, g.Participant, g.At.Unix())
		if _, err := c.exec(sqlRang, id, g.Cause, g.Participant, g.At.UnixMilli()); err != nil {
			return err
		}
	}
	for _, h := range r.Hours {
		text, args := sqlHours, []any{h.Person, h.From, h.To}
		if h.From == h.To {
			text, args = sqlNoHours, args[:1]
		}
		if _, err := c.exec(text, args...); err != nil {
			return err
		}
	}
	for _, u := range r.Seen {
		if _, err := c.exec(sqlFollowedUp, u.Participant, string(u.By), u.At.UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}

func storeLooked(c *conn, l *turn.Looked) error {
	if l.Unreadable {
		_, err := c.exec(sqlWatchNext, string(l.Watch.Subject), l.Watch.Rev, instant(l.Next))
		return err
	}
	at := l.At.UnixMilli()
	ids := make([]string, 0, len(l.Open))
	for _, r := range l.Open {
		id := r.ID()
		ids = append(ids, id)
		if _, err := c.exec(sqlRemind, id, r.Rule, r.Step, string(r.Subject), r.Person, r.Due.UnixMilli(), instant(r.Until), r.At.UnixMilli()); err != nil {
			return err
		}
	}
	for _, r := range l.Late {
		if _, err := c.exec(sqlRemindLate, r.ID(), r.Rule, r.Step, string(r.Subject), r.Person, r.Due.UnixMilli(), instant(r.Until), r.At.UnixMilli(), at, string(program.HeldFound)); err != nil {
			return err
		}
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("list what is to be told: %w", err)
	}
	if _, err := c.exec(sqlSettleRest, string(l.Watch.Subject), at, string(list)); err != nil {
		return err
	}
	_, err = c.exec(sqlWatchNext, string(l.Watch.Subject), l.Watch.Rev, instant(l.Next))
	return err
}

// Watched gives what is to be looked at by a time, what has changed first, at most so much.
func (s *Store) Watched(ctx context.Context, now time.Time, most int) ([]program.Watch, error) {
	var all []program.Watch
	err := s.read(ctx, func(c *conn) error {
		err := c.query(sqlWatched, func(r row) error {
			all = append(all, program.Watch{Subject: program.Subject(r.str(0)), Rev: r.int(1), At: time.UnixMilli(r.int(2)).In(s.zone)})
			return nil
		}, now.UnixMilli(), most)
		if err != nil || len(all) == 0 {
			return err
		}
		return s.notice(c) // as with Deadlines
	})
	if err != nil {
		return nil, fmt.Errorf("read what is to be looked at: %w", err)
	}
	return all, nil
}

// NextWatch gives when something is next to be looked at; false when nothing is.
func (s *Store) NextWatch(ctx context.Context) (time.Time, bool, error) {
	var at time.Time
	some := false
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlNextWatch, func(r row) error {
			if some = !r.null(0); some {
				at = time.UnixMilli(r.int(0)).In(s.zone)
			}
			return nil
		})
	})
	if err != nil {
		return time.Time{}, false, fmt.Errorf("read what is next to be looked at: %w", err)
	}
	return at, some, nil
}

// OpenReminders gives what somebody is to be told, or was told and has not done, the earliest due first.
func (s *Store) OpenReminders(ctx context.Context, person string) ([]program.Reminder, error) {
	all, err := s.reminders(ctx, sqlOpenReminders, person)
	if err != nil {
		return nil, fmt.Errorf("read what somebody is to be told: %w", err)
	}
	return all, nil
}

// Unsent gives what was not told while it made sense and came to its end in a time, the earliest first.
func (s *Store) Unsent(ctx context.Context, from, to time.Time) ([]program.Reminder, error) {
	all, err := s.reminders(ctx, sqlUnsent, from.UnixMilli(), to.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read what was not told: %w", err)
	}
	return all, nil
}

func (s *Store) reminders(ctx context.Context, text string, args ...any) ([]program.Reminder, error) {
	var all []program.Reminder
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error {
			all = append(all, program.Reminder{
				Rule: r.str(0), Step: int(r.int(1)), Subject: program.Subject(r.str(2)), Person: r.str(3),
				Due: r.time(4, s.zone), Until: r.time(5, s.zone), At: r.time(6, s.zone), ToldAt: r.time(7, s.zone), Bundle: r.str(8),
				Held: program.HeldBack(r.str(9)), ClosedAt: r.time(10, s.zone), Ending: program.Ending(r.str(11)),
			})
			return nil
		}, args...)
	})
	return all, err
}

// ToldSince gives when somebody was told something since a time, once for each message.
func (s *Store) ToldSince(ctx context.Context, person string, since time.Time) ([]time.Time, error) {
	var all []time.Time
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlToldSince, func(r row) error { all = append(all, r.time(0, s.zone)); return nil }, person, since.UnixMilli())
	})
	if err != nil {
		return nil, fmt.Errorf("count what somebody was told: %w", err)
	}
	return all, nil
}

// ToldOf reports whether somebody was told of a reminder.
func (s *Store) ToldOf(ctx context.Context, id string) (bool, error) {
	told := false
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlToldOf, func(row) error { told = true; return nil }, id)
	})
	if err != nil {
		return false, fmt.Errorf("look whether somebody was told: %w", err)
	}
	return told, nil
}

// StaffHours gives the hours within which one of the staff wants to be told things; the zero Span when
// she has chosen none.
func (s *Store) StaffHours(ctx context.Context, person string) (reminder.Span, error) {
	var own reminder.Span
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlHoursOf, func(r row) error {
			own = reminder.Span{From: int(r.int(0)), To: int(r.int(1))}
			return nil
		}, person)
	})
	if err != nil {
		return own, fmt.Errorf("read somebody's own hours: %w", err)
	}
	return own, nil
}
