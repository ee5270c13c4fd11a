package sqlite

import (
	"context"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// AccessLog is a stand-in until the branch with the real one is merged.
func (s *Store) AccessLog(ctx context.Context, code string, since time.Time) ([]program.Audit, error) {
	all, err := s.Audits(ctx, 1000)
	var out []program.Audit
	for _, a := range all {
		if a.Subject == code && a.Action == "data.open" {
			out = append(out, a)
		}
	}
	return out, err
}
