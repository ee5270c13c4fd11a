package records

import (
	"context"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

const (
	sqlHerSessions = `SELECT ` + matterColumns + `, ` + placeColumns + ` FROM attendance a JOIN matter m ON m.id = a.session
		LEFT JOIN participant p ON p.code = m.participant WHERE a.participant = $1 ORDER BY a.session`
	sqlLostSince = `SELECT changed_at FROM chat WHERE owner = $1 AND reachable = 0`
	sqlTargetAt  = `SELECT at FROM target WHERE participant = $1`
	// The looks at her business, the latest first, and whether it had a break by then.
	sqlGoing = `SELECT occurred_on, EXISTS (SELECT 1 FROM fact f WHERE f.report = r.id
			AND (f.field = 'arah' AND f.code = 'libur' OR f.field = 'tingkat' AND f.code IN ('libur', 'berhenti')))
		FROM report r WHERE participant = $1 AND flow = 'usaha' AND undone_at IS NULL ORDER BY occurred_on DESC LIMIT 120`
)

// goingGap is after how many days without a look nobody knows whether a business has gone on.
const goingGap = 21

// toldDays is for how long back it is looked when she was told something: for as long as what was not told
// in time is found.
const toldDays = 22

// placeFacts is where she has a place, what she has set herself, and what she was told lately.
func (s *Store) placeFacts(ctx context.Context, h *reminder.Her) error {
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlHerSessions, func(r row) error {
			if m := s.matter(r); m.Kind == program.Session && m.Fields != nil {
				h.Places = append(h.Places, s.placeIn(m, s.attendance(r, matterWidth)))
			}
			return nil
		}, h.Code)
	})
	if err != nil {
		return fmt.Errorf("look where she has a place: %w", err)
	}
	h.Dates.Dialogue = dialogueOf(h)
	if h.Told, err = s.ToldSince(ctx, h.Code, s.now().AddDate(0, 0, -toldDays)); err != nil {
		return err
	}
	return s.herTimes(ctx, h)
}

// placeIn is a place in a session, as rules see it.
func (s *Store) placeIn(m program.Matter, a program.Attendance) reminder.Place {
	a.Reply = program.ReplyTo(m, a)
	p := reminder.Place{Attendance: a, Kind: m.Fields.Get("jenis"), Status: m.Status, Day: m.Day, Changed: m.ChangedAt}
	p.Begins, _ = program.SessionBegins(m, s.zone)
	return p
}

// dialogueOf is the temu wicara that she was at last, while she is not invited on. It is looked for while
// she is where it matters.
func dialogueOf(h *reminder.Her) program.Date {
	if h.Stage != program.TemuWicara && h.Stage != program.Bimtek {
		return ""
	}
	var at, invited program.Date
	for _, p := range h.Places {
		switch kind := program.SessionKind(p.Kind); {
		case kind == program.Dialogue && p.WasThere():
			at = max(at, p.Day)
		case kind == program.Training && p.Invited() && p.Status != "batal":
			invited = max(invited, program.DateOf(p.InvitedAt), p.Day)
		}
	}
	if invited < at {
		return at
	}
	return ""
}

// herTimes are single times that rules depend on.
func (s *Store) herTimes(ctx context.Context, h *reminder.Her) error {
	err := s.read(ctx, func(c *conn) error {
		if err := c.query(sqlLostSince, func(r row) error { h.LostAt = r.time(0, s.zone); return nil }, h.Code); err != nil {
			return err
		}
		if err := c.query(sqlTargetAt, func(r row) error { h.Target = r.time(0, s.zone); return nil }, h.Code); err != nil {
			return err
		}
		over := false
		return c.query(sqlGoing, func(r row) error {
			day, rest := program.Date(r.str(0)), r.int(1) == 1
			switch {
			case over || rest || h.Going.Since != "" && day.AddDays(goingGap) < h.Going.Since:
				over = true
			case h.Going.Last == "":
				h.Going = reminder.Going{Since: day, Last: day}
			default:
				h.Going.Since = day
			}
			return nil
		}, h.Code)
	})
	if err != nil {
		return fmt.Errorf("look at what she may be told: %w", err)
	}
	return nil
}
