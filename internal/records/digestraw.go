package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/program"
)

// counting is a week being counted: one connection, on which everything is read as it is at one moment.
type counting struct {
	*conn
	s          *Store
	raw        digest.Raw
	start, end time.Time // of the week
	from, to   string    // its first and last day
	flows      string    // every flow that there are reports of, as SQLite reads a list
}

// weekInRaw counts a week, in one read snapshot. Whoever writes meanwhile does not wait.
func (s *Store) weekInRaw(ctx context.Context, week digest.Week) (digest.Raw, error) {
	var raw digest.Raw
	err := s.read(ctx, func(c *conn) (err error) {
		if _, err = c.exec(`BEGIN`); err != nil {
			return err
		}
		defer func() {
			_, ended := c.exec(`ROLLBACK`) // nothing was written
			err = errors.Join(err, ended)
		}()
		w := &counting{
			conn: c, s: s, raw: digest.Raw{Week: week, Reports: map[string][digest.Weeks]int{}},
			start: week.Monday().Time(s.zone), end: week.Add(1).Monday().Time(s.zone),
			from: string(week.Monday()), to: string(week.Sunday()),
		}
		for _, part := range []func() error{
			w.whichFlows, w.reports, w.late, w.told, w.people, w.sessions, w.ahead, w.matters, w.waiting, w.handled,
			w.calls, w.quotes, w.staff, w.unsent, w.target,
		} {
			if err := errors.Join(ctx.Err(), part()); err != nil {
				return err
			}
		}
		raw = w.raw
		return nil
	})
	return raw, err
}

const (
	// From one flow to the next, without looking at the reports in between.
	sqlFlows = `WITH RECURSIVE f (flow) AS (
			SELECT MIN(flow) FROM report WHERE undone_at IS NULL
			UNION ALL SELECT (SELECT MIN(flow) FROM report WHERE flow > f.flow AND undone_at IS NULL) FROM f WHERE f.flow IS NOT NULL)
		SELECT flow FROM f WHERE flow IS NOT NULL`
	sqlWeekReports = `SELECT flow, occurred_on, COUNT(*) FROM report
		WHERE flow IN (SELECT value FROM json_each($1)) AND occurred_on >= $2 AND occurred_on <= $3 AND undone_at IS NULL GROUP BY flow, occurred_on`
	sqlCameLate = `SELECT COUNT(*) FROM report
		WHERE flow IN (SELECT value FROM json_each($1)) AND occurred_on >= $2 AND occurred_on <= $3 AND undone_at IS NULL AND created_at > $4`
	sqlTold = `SELECT r.seq, r.participant, r.occurred_on, f.field, f.code, f.number FROM report r
		LEFT JOIN fact f ON f.report = r.id AND f.field IN (SELECT value FROM json_each($4))
		WHERE r.flow = $1 AND r.occurred_on >= $2 AND r.occurred_on <= $3 AND r.undone_at IS NULL`
)

// list is a list as json_each reads it.
func list[S ~string](all ...S) (string, error) {
	some, err := json.Marshal(all)
	if err != nil {
		return "", fmt.Errorf("write a list down: %w", err)
	}
	return string(some), nil
}

func (w *counting) whichFlows() (err error) {
	all, err := pick(w.conn, sqlFlows)
	if err == nil {
		w.flows, err = list(all...)
	}
	return err
}

// reports counts the reports of every flow by week.
func (w *counting) reports() error {
	return w.query(sqlWeekReports, func(r row) error {
		by := w.raw.Reports[r.str(0)]
		by[digest.Weeks-1-w.ago(program.Date(r.str(1)))] += int(r.int(2))
		w.raw.Reports[r.str(0)] = by
		return nil
	}, w.flows, string(w.raw.Week.Add(1-digest.Weeks).Monday()), w.to)
}

// ago is how many weeks before the week a day is.
func (w *counting) ago(d program.Date) int { return d.WeekStart().DaysUntil(program.Date(w.from)) / 7 }

// late counts the reports about the week before that came after its figures were made.
func (w *counting) late() error {
	before := w.raw.Week.Add(-1)
	made, known := int64(0), false
	err := w.query(sqlDigestMade, func(r row) error { made, known = r.int(0), true; return nil }, string(before))
	if err != nil || !known {
		return err
	}
	return w.query(sqlCameLate, func(r row) error { w.raw.Late = int(r.int(0)); return nil },
		w.flows, string(before.Monday()), string(before.Sunday()), made)
}

// told reads the answers that are counted; what goes back over all weeks is read with as few of them as
// are needed.
func (w *counting) told() error {
	now, back := map[string][]string{}, map[string][]string{}
	var order []string
	for _, q := range digest.Questions() {
		if now[q.Flow] == nil {
			order = append(order, q.Flow)
		}
		now[q.Flow] = append(now[q.Flow], q.Field)
		if q.Back {
			back[q.Flow] = append(back[q.Flow], q.Field)
		}
	}
	for _, flow := range order {
		if len(back[flow]) > 0 {
			before := w.raw.Week.Add(-1)
			if err := w.toldBetween(flow, string(w.raw.Week.Add(1-digest.Weeks).Monday()), string(before.Sunday()), back[flow]); err != nil {
				return err
			}
		}
		if err := w.toldBetween(flow, w.from, w.to, now[flow]); err != nil {
			return err
		}
	}
	return nil
}

func (w *counting) toldBetween(flow, from, to string, fields []string) error {
	wanted, err := list(fields...)
	if err != nil {
		return err
	}
	last := int64(-1)
	return w.query(sqlTold, func(r row) error {
		if seq := r.int(0); seq != last { // the answers of a report come one after the other
			last = seq
			w.raw.Told = append(w.raw.Told, digest.Told{Flow: flow, Who: r.str(1), Ago: w.ago(program.Date(r.str(2)))})
		}
		if !r.null(3) {
			t := &w.raw.Told[len(w.raw.Told)-1]
			t.Answers = append(t.Answers, digest.Answer{Field: r.str(3), Code: r.str(4), Number: r.int(5)})
		}
		return nil
	}, flow, from, to, wanted)
}

const (
	// Who was put on record later, with days before: she came with a roster.
	wasThere = `(added_at < $3 OR seen_before <= $2 OR EXISTS (SELECT 1 FROM report w
		WHERE w.participant = code AND w.occurred_on <= $2 AND w.undone_at IS NULL))`
	sqlWeekPeople = `SELECT stage, seen, new, CASE WHEN stage IN (SELECT value FROM json_each($6)) THEN
			NOT EXISTS (SELECT 1 FROM stage_change s WHERE s.participant = code AND s.day <= $2)
			OR EXISTS (SELECT 1 FROM stage_change s WHERE s.participant = code AND s.day <= $2 AND s.was IN (SELECT value FROM json_each($7)))
			ELSE TRUE END
		FROM (SELECT p.code,
			COALESCE((SELECT s.was FROM stage_change s WHERE s.participant = p.code AND s.day > $2 ORDER BY s.at LIMIT 1), p.stage) AS stage,
			CASE WHEN p.last_seen IS NULL THEN FALSE WHEN p.last_seen <= $2 THEN p.last_seen >= $1
				ELSE COALESCE(p.seen_before >= $1 AND p.seen_before <= $2, FALSE) OR EXISTS (SELECT 1 FROM report r
					WHERE r.participant = p.code AND r.flow = $5 AND r.occurred_on >= $1 AND r.occurred_on <= $2 AND r.undone_at IS NULL) END AS seen,
			p.added_at >= $4 AS new
			FROM participant p WHERE ` + wasThere + `) everybody`
	sqlWeekSessions = `SELECT ` + matterColumns + `,
			(SELECT COUNT(*) FROM attendance a WHERE a.session = m.id AND (a.withdrawn = 0 AND a.invited_at IS NOT NULL OR a.came IN ('hadir', 'terlambat'))),
			(SELECT COUNT(*) FROM attendance a WHERE a.session = m.id AND a.came IN ('hadir', 'terlambat'))
		FROM matter m LEFT JOIN participant p ON p.code = m.participant
		WHERE m.kind = 'session' AND m.day >= $1 AND m.day <= $2 AND m.status = 'selesai' ORDER BY m.day, m.year, m.number`
	sqlWeekAhead = sqlMatters + `m.kind IN ('session', 'task') AND m.day >= $1 AND m.day <= $2 AND m.ended = 0 AND m.status <> 'ditolak' ORDER BY m.day, m.kind, m.year, m.number`
)

// people reads where everybody stood at the end of the week.
func (w *counting) people() error {
	aside, err := stages(program.Stage.Aside)
	if err != nil {
		return err
	}
	accepted, err := stages(func(s program.Stage) bool {
		g, in := program.GuestGroupOf(s, nil)
		return in && g != program.GroupAside
	})
	if err != nil {
		return err
	}
	sunday := program.Date(w.to)
	year := time.Date(w.end.Add(-time.Second).Year(), time.January, 1, 0, 0, 0, 0, w.s.zone)
	return w.query(sqlWeekPeople, func(r row) error {
		w.raw.People = append(w.raw.People, digest.Person{
			Stage: program.Stage(r.str(0)), Seen: r.int(1) == 1, New: r.int(2) == 1, Accepted: r.int(3) == 1,
		})
		return nil
	}, string(sunday.AddDays(1-digest.SeenDays)), w.to, w.end.UnixMilli(), year.UnixMilli(), Visit, aside, accepted)
}

// sessions reads what was held, and how many came.
func (w *counting) sessions() error {
	return w.query(sqlWeekSessions, func(r row) error {
		m := w.s.matter(r)
		kind := program.SessionKind(m.Fields.Get("jenis"))
		one := digest.Session{
			Kind: string(kind), Group: m.Fields.Get("konsentrasi"), Field: m.Fields.Get("bidang"),
			Invited: int(r.int(matterWidth)), Came: int(r.int(matterWidth + 1)),
		}
		if one.Field == "" {
			one.Field = kind.Field()
		}
		w.raw.Sessions = append(w.raw.Sessions, one)
		return nil
	}, w.from, w.to)
}

// ahead reads what is to come in the week after.
func (w *counting) ahead() error {
	next := w.raw.Week.Add(1)
	err := w.query(sqlWeekAhead, func(r row) error {
		m := w.s.matter(r)
		at, err := time.ParseInLocation(program.AnswerTime, m.Fields.Get("mulai"), w.s.zone)
		if err != nil { // its hour is not known
			at = m.Day.Time(w.s.zone)
		}
		w.raw.Ahead = append(w.raw.Ahead, digest.Ahead{Kind: m.Kind, Code: m.Code(), What: m.Fields.Get("jenis"), At: at})
		return nil
	}, string(next.Monday()), string(next.Sunday()))
	slices.SortStableFunc(w.raw.Ahead, func(a, b digest.Ahead) int { return a.At.Compare(b.At) })
	return err
}

// target is how many the institution hopes to reach.
func (w *counting) target() error {
	return w.query(sqlMatters+`m.kind = 'profile' AND m.ended = 0 ORDER BY m.year, m.number LIMIT 1`, func(r row) error {
		if n, err := strconv.Atoi(w.s.matter(r).Fields.Get("target_binaan")); err == nil {
			w.raw.Target = n
		}
		return nil
	})
}
