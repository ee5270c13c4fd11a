package sqlite

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
