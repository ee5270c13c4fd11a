package records

import (
	"context"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
)

// Who has said no to figures without names is in none.
const sqlCoded = `SELECT seq, id, flow, participant, occurred_on FROM report
	WHERE seq > $1 AND ($2 = '' OR flow = $2) AND ($3 = '' OR author = $3)
	AND ($4 = '' OR participant = $4) AND ($5 = '' OR occurred_on >= $5)
	AND ($6 = '' OR occurred_on <= $6) AND ($7 = 1 OR undone_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM consent WHERE consent.participant = report.participant AND purpose = 'angka_anonim'
		AND ended_at IS NULL AND status <> 'diberikan')
	AND ($8 = '' OR matter = $8) ORDER BY seq LIMIT $9`

const sqlStandings = `SELECT code, stage, EXISTS (SELECT 1 FROM consent WHERE consent.participant = code
	AND purpose = 'angka_anonim' AND ended_at IS NULL AND status <> 'diberikan') FROM participant ORDER BY code`

// Standings gives where everybody on record stands, by code. What is sealed is not opened.
func (s *Store) Standings(ctx context.Context) ([]program.Standing, error) {
	var all []program.Standing
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlStandings, func(r row) error {
			all = append(all, program.Standing{Code: r.str(0), Stage: program.Stage(r.str(1)), Refused: r.int(2) == 1})
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read where everybody stands: %w", err)
	}
	return all, nil
}

// Facts gives every report that the filter chooses to f as figures need it: its id, flow, day,
// participant and facts, and nothing else. What is sealed is not opened. It comes in the order in
// which it was saved, a page at a time: no lock is held while f works.
func (s *Store) Facts(ctx context.Context, filter ReportFilter, f func(program.Report) error) error {
	err := s.chosen(ctx, sqlCoded, filter, f, func(r row) (program.Report, bool) {
		return program.Report{ID: r.str(1), Flow: r.str(2), Participant: r.str(3), OccurredOn: program.Date(r.str(4))}, true
	})
	if err != nil {
		return fmt.Errorf("read the facts: %w", err)
	}
	return nil
}
