package records

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// What the rules about contact and businesses depend on. Only coded answers and numbers are read: no
// report is opened for it.

// factsMost is how many reports of a kind are looked at, the latest first: a weekly look for half a year.
const factsMost = 26

const (
	sqlChecks = `SELECT r.id, r.occurred_on, f.field, f.number, f.code
		FROM (SELECT id, seq, occurred_on FROM report WHERE participant = $1 AND flow = '` + Trade + `' AND undone_at IS NULL
			ORDER BY occurred_on DESC, seq DESC LIMIT $2) r
		LEFT JOIN fact f ON f.report = r.id AND f.field IN ('arah', 'omzet', 'kendala')
		ORDER BY r.occurred_on DESC, r.seq DESC, f.n`
	sqlMoods = `SELECT r.occurred_on, f.number FROM report r JOIN fact f ON f.report = r.id AND f.field = 'semangat'
		WHERE r.participant = $1 AND r.flow = '` + Visit + `' AND r.undone_at IS NULL AND f.number IS NOT NULL
		ORDER BY r.occurred_on DESC, r.seq DESC LIMIT $2`
	// Her companion says it on a visit; among what speaks for a capital or for taking her in, it is ticked.
	sqlOften = `SELECT f.field, f.code FROM report r JOIN fact f ON f.report = r.id
		WHERE r.participant = $1 AND r.undone_at IS NULL
		AND (f.field = 'perlu_lebih_sering' OR f.field = 'prioritas' AND f.code = 'perlu_lebih_sering')
		ORDER BY r.occurred_on DESC, r.seq DESC LIMIT 1`
	sqlTalkedOf = `SELECT MAX(r.occurred_on) FROM report r JOIN fact f ON f.report = r.id AND f.field = 'bersama_peserta' AND f.code = 'ya'
		WHERE r.participant = $1 AND r.flow = 'perkembangan' AND r.undone_at IS NULL`
	sqlSittings = `SELECT m.day, a.came, a.withdrawn FROM attendance a JOIN matter m ON m.id = a.session
		WHERE a.participant = $1 AND a.came <> '' AND m.day IS NOT NULL ORDER BY m.day DESC, m.id DESC LIMIT $2`
	sqlOffPlan = `SELECT r.id, r.occurred_on, r.matter FROM report r JOIN fact f ON f.report = r.id AND f.field = 'sesuai' AND f.code IN ('tidak', 'sebagian')
		WHERE r.participant = $1 AND r.flow = 'modal_belanja' AND r.undone_at IS NULL ORDER BY r.seq`
	sqlLastChecks = `SELECT code, (SELECT MAX(occurred_on) FROM report WHERE participant = code AND flow = '` + Trade + `' AND undone_at IS NULL)
		FROM participant WHERE companion = $1`
	// The id of a reminder begins with its rule, step and subject.
	sqlRemindersOf = `SELECT ` + reminderColumns + ` FROM reminder WHERE id >= $1 AND id < $2 AND due >= $3 ORDER BY due DESC`
)

// businessFacts is how her business goes, and when somebody was with her.
func (s *Store) businessFacts(ctx context.Context, h *reminder.Her) error {
	b := &h.Business
	err := s.read(ctx, func(c *conn) error {
		if err := readChecks(c, h.Code, b); err != nil {
			return err
		}
		err := c.query(sqlMoods, func(r row) error {
			b.Moods = append(b.Moods, reminder.Mood{On: program.Date(r.str(0)), Level: int(r.int(1))})
			return nil
		}, h.Code, factsMost)
		if err != nil {
			return err
		}
		err = c.query(sqlOften, func(r row) error {
			b.Often = r.str(0) == "prioritas" || r.str(1) == "ya"
			return nil
		}, h.Code)
		if err != nil {
			return err
		}
		return readTogether(c, h.Code, b)
	})
	if err != nil {
		return fmt.Errorf("look how her business goes: %w", err)
	}
	if err := s.caseFacts(ctx, h); err != nil {
		return err
	}
	if err := s.capitalFacts(ctx, h); err != nil {
		return err
	}
	return s.putFacts(ctx, h)
}

// readChecks reads the weekly looks.
func readChecks(c *conn, code string, b *reminder.Business) error {
	last := ""
	return c.query(sqlChecks, func(r row) error {
		if id := r.str(0); id != last {
			last = id
			b.Checks = append(b.Checks, reminder.Check{On: program.Date(r.str(1))})
		}
		check := &b.Checks[len(b.Checks)-1]
		switch value := r.str(4); r.str(2) {
		case "arah":
			check.Direction = value
		case "omzet":
			check.Turnover = r.int(3)
		case "kendala":
			if value != "tidak_ada" {
				check.Obstacles = append(check.Obstacles, value)
			}
		}
		return nil
	}, code, factsMost)
}

// readTogether reads the sessions that she was invited to, and when somebody was last with her besides
// visits.
func readTogether(c *conn, code string, b *reminder.Business) error {
	err := c.query(sqlTalkedOf, func(r row) error { b.Together = program.Date(r.str(0)); return nil }, code)
	if err != nil {
		return err
	}
	return c.query(sqlSittings, func(r row) error {
		day, came := program.Date(r.str(0)), program.Attendance{Came: program.Presence(r.str(1))}
		if came.WasThere() {
			b.Together = max(b.Together, day)
		}
		if r.int(2) == 0 {
			b.Sittings = append(b.Sittings, reminder.Sitting{On: day, Came: came.Came})
		}
		return nil
	}, code, factsMost)
}

// caseFacts is which kinds of cases are open about her.
func (s *Store) caseFacts(ctx context.Context, h *reminder.Her) error {
	all, err := s.Matters(ctx, program.MatterFilter{Kind: program.Case, Participant: h.Code, Open: true})
	for _, m := range all {
		h.Business.Cases = append(h.Business.Cases, m.Fields.Get(program.CaseKindField))
	}
	return err
}

// capitalFacts is when a capital of hers was last paid out, whether there is another one since, and when one
// was first spent on something else than planned. What was struck out does not count.
func (s *Store) capitalFacts(ctx context.Context, h *reminder.Her) error {
	all, err := s.Matters(ctx, program.MatterFilter{Kind: program.Aid, Participant: h.Code})
	if err != nil {
		return err
	}
	var struck []string
	for _, m := range all {
		struck = append(struck, m.Fields["dicoret"]...)
		h.Dates.Paid = max(h.Dates.Paid, program.Date(m.Fields.Get("tanggal_cair")))
	}
	h.Dates.Planned = h.Dates.Paid != "" && slices.ContainsFunc(all, func(m program.Matter) bool {
		since := program.DateOf(m.OpenedAt.In(s.zone)) >= h.Dates.Paid
		return since && m.Fields.Get("tanggal_cair") == "" && m.Status != "batal"
	})
	seen := map[string]bool{}
	err = s.read(ctx, func(c *conn) error {
		return c.query(sqlOffPlan, func(r row) error {
			if capital := r.str(2); !seen[capital] && !slices.Contains(struck, r.str(0)) {
				seen[capital] = true
				h.Business.OffPlan = append(h.Business.OffPlan, program.Date(r.str(1)))
			}
			return nil
		}, h.Code)
	})
	if err != nil {
		return fmt.Errorf("look what a capital was spent on: %w", err)
	}
	return nil
}

// putFacts is when her companion last said that she need not be visited yet.
func (s *Store) putFacts(ctx context.Context, h *reminder.Her) error {
	for step := range 2 {
		all, err := s.remindersOf(ctx, "N01", step, program.SubjectOf(program.AboutHer, h.Code), time.Time{})
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.Ending == program.NotNeeded {
				h.Business.Put = max(h.Business.Put, program.DateOf(r.ClosedAt))
			}
		}
	}
	return nil
}

// weeklyFacts is whose business one of the staff looks at each week.
func (s *Store) weeklyFacts(ctx context.Context, f *reminder.Staff) error {
	if !f.Role.Accompanies() {
		return nil
	}
	all, err := s.Caseload(ctx, f.ID)
	if err != nil {
		return err
	}
	last := map[string]program.Date{}
	err = s.read(ctx, func(c *conn) error {
		return c.query(sqlLastChecks, func(r row) error { last[r.str(0)] = program.Date(r.str(1)); return nil }, f.ID)
	})
	if err != nil {
		return fmt.Errorf("look when businesses were last looked at: %w", err)
	}
	for _, p := range all {
		if p.Stage == program.Trading {
			f.Traders = append(f.Traders, reminder.Trader{Code: p.Code, Since: p.Since, Checked: last[p.Code]})
		}
	}
	for step := range 2 {
		told, err := s.remindersOf(ctx, reminder.CheckRule, step, program.SubjectOf(program.AboutStaff, f.ID), s.now().AddDate(0, 0, -60))
		if err != nil {
			return err
		}
		for _, r := range told {
			if r.Ending == program.Resting {
				f.Rests = append(f.Rests, reminder.WeekOf(r.Due, r.Step))
			}
		}
	}
	return nil
}

// RemindersOf gives what was to be told by some rules about a subject since a time, the latest first
// within each rule; without what followed when nothing was done.
func (s *Store) RemindersOf(ctx context.Context, subject program.Subject, since time.Time, rules ...string) ([]program.Reminder, error) {
	var all []program.Reminder
	for _, rule := range rules {
		some, err := s.remindersOf(ctx, rule, 0, subject, since)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// remindersOf are those of a rule and step, by the key that they are stored under.
func (s *Store) remindersOf(ctx context.Context, rule string, step int, subject program.Subject, since time.Time) ([]program.Reminder, error) {
	prefix := fmt.Sprintf("%s.%d/%s", rule, step, subject)
	after := since.UnixMilli()
	if since.IsZero() {
		after = 0
	}
	all, err := s.reminders(ctx, sqlRemindersOf, prefix+"/", prefix+"0", after) // "0" follows "/"
	if err != nil {
		return nil, fmt.Errorf("look what became of what was to be told: %w", err)
	}
	return all, nil
}
