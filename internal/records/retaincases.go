package records

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// A case that was closed is forgotten: what it was, its history, and what its reports say. That there
// was one, of which kind and when, stays for the counts.
const (
	sqlSpentCases = `SELECT id FROM matter m WHERE kind = $1 AND ended = 1 AND changed_at < $2 AND ($3 = 0 OR EXISTS
		(SELECT 1 FROM report r JOIN fact f ON f.report = r.id WHERE r.matter = m.id AND f.field = $4 AND f.code IN ($5, $6))) LIMIT $7`
	sqlReportsOf = `SELECT id FROM report WHERE matter = $1 AND emptied_at IS NULL`
)

// forgetCases is for cases that were closed: all of them, or those whose details are guarded.
func forgetCases(guarded bool) retaining {
	return retaining{eraseMost, func(c *conn, k program.Keeping, now time.Time) (int, error) {
		cases, err := pick(c, sqlSpentCases, string(program.Case), k.Before(now).UnixMilli(), guarded,
			program.CaseKindField, program.FamilyCase, program.SafetyCase, eraseMost)
		if err != nil {
			return 0, err
		}
		for _, id := range cases {
			if err := forgetCase(c, id, now); err != nil {
				return 0, err
			}
		}
		return len(cases), nil
	}}
}

// forgetCase empties the reports of a case and drops what they made of it.
func forgetCase(c *conn, id string, now time.Time) error {
	reports, err := pick(c, sqlReportsOf, id)
	if err != nil {
		return err
	}
	for _, report := range reports {
		if _, err := c.exec(sqlItsNumbers, report); err != nil {
			return err
		}
		if _, err := c.exec(sqlEmptyReport, report, now.UnixMilli()); err != nil {
			return err
		}
	}
	for _, text := range []string{sqlDropChanges, sqlDropMatter} {
		if _, err := c.exec(text, id); err != nil {
			return err
		}
	}
	return nil
}
