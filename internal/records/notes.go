package records

import (
	"context"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
)

// NotesAbout gives the latest reports about a participant that stand, the latest first; without those
// about a matter, whose card is for whoever is responsible (program.md 2.4). One that
// cannot be opened is left out with an error in the log. Whoever asks has to have put on record
// that she does.
func (s *Store) NotesAbout(ctx context.Context, code string, most int) ([]program.Report, error) {
	var all []program.Report
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlLatestAbout, func(r row) error {
			report, err := s.report(r)
			if err != nil {
				s.log.ErrorContext(ctx, "a report cannot be opened; it is left out", "report", r.str(1), "error", err)
				return nil //nolint:nilerr // one that cannot be opened does not keep back the others
			}
			all = append(all, report)
			return nil
		}, code, most)
	})
	if err != nil {
		return nil, fmt.Errorf("read the latest reports about %s: %w", code, err)
	}
	return all, nil
}

const (
	sqlLatestReports = `SELECT ` + reportColumns + ` FROM report r LEFT JOIN participant p ON p.code = r.participant
		WHERE r.flow = $1 AND `
	sqlLatestOf  = sqlLatestReports + `r.participant = $2` + sqlLatestIn
	sqlLatestAll = sqlLatestReports + `$2 = ''` + sqlLatestIn
	sqlLatestIn  = ` AND ($3 = '' OR r.author = $3)
		AND r.emptied_at IS NULL AND r.undone_at IS NULL ORDER BY r.occurred_on DESC, r.seq DESC LIMIT $4`
	sqlLastReported = `SELECT r.participant, MAX(r.occurred_on) FROM report r JOIN participant p ON p.code = r.participant
		WHERE r.flow = $1 AND p.companion = $2 AND r.undone_at IS NULL GROUP BY r.participant`
)

// LatestReports gives the latest reports of a flow about a participant, by an author, or both, that
// stand, the latest first; empty ones choose all.
func (s *Store) LatestReports(ctx context.Context, flow, participant, author string, most int) ([]program.Report, error) {
	var all []program.Report
	text := sqlLatestOf
	if participant == "" {
		text = sqlLatestAll
	}
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error {
			report, err := s.report(r)
			all = append(all, report)
			return err
		}, flow, participant, author, most)
	})
	if err != nil {
		return nil, fmt.Errorf("read the latest reports of %s: %w", flow, err)
	}
	return all, nil
}

// LastReported gives, of each participant of a companion about whom there is a report of a flow, the
// day of the latest.
func (s *Store) LastReported(ctx context.Context, flow, companion string) (map[string]program.Date, error) {
	last := map[string]program.Date{}
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlLastReported, func(r row) error { last[r.str(0)] = program.Date(r.str(1)); return nil }, flow, companion)
	})
	if err != nil {
		return nil, fmt.Errorf("read the days of the latest reports: %w", err)
	}
	return last, nil
}
