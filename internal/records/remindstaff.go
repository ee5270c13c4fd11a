package records

import (
	"context"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

const sqlHerDays = `SELECT flow, occurred_on FROM report
	WHERE author = $1 AND flow IN ($2, $3) AND occurred_on >= $4 AND undone_at IS NULL ORDER BY occurred_on`

// staffDays is for how many days back it is known on which days one of the staff was with somebody.
const staffDays = 14

// staffFacts is what is known of one of the staff.
func (s *Store) staffFacts(ctx context.Context, id string) (*reminder.Staff, error) {
	p, err := s.Person(ctx, id)
	if err != nil {
		return nil, err
	}
	f := &reminder.Staff{Person: p}
	since := program.DateOf(s.now().In(s.zone)).AddDays(-staffDays)
	err = s.read(ctx, func(c *conn) error {
		return c.query(sqlHerDays, func(r row) error {
			day := program.Date(r.str(1))
			if r.str(0) == Visit {
				f.Visits = append(f.Visits, day)
			} else {
				f.Checks = append(f.Checks, day)
			}
			return nil
		}, id, Visit, Trade, string(since))
	})
	if err != nil {
		return nil, err
	}
	return f, s.weeklyFacts(ctx, f)
}
