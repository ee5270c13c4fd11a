package records

import (
	"context"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlSecondOf  = `SELECT second FROM participant WHERE code = $1`
	sqlSetSecond = `UPDATE participant SET second = $2 WHERE code = $1`
	// Whoever leaves stands in for nobody any more.
	sqlNoSecond = `UPDATE participant SET second = NULL WHERE second = $1`

	// A candidate who was put off waits anew from the day on which she came before the board again.
	sqlCandidatesSince = `SELECT COALESCE((SELECT MAX(c.at) FROM matter_change c
			WHERE c.matter = m.id AND c.now = 'menunggu' AND c.was <> 'menunggu'), m.opened_at)
		FROM matter m WHERE m.kind = 'selection' AND m.status = 'menunggu' AND m.ended = 0 ORDER BY 1`
)

// SecondOf gives the id of who stands in for a participant's companion; empty when nobody does, or
// there is no such participant.
func (s *Store) SecondOf(ctx context.Context, code string) (string, error) {
	second := ""
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlSecondOf, func(r row) error { second = r.str(0); return nil }, code)
	})
	if err != nil {
		return "", fmt.Errorf("find who stands in for the companion of %s: %w", code, err)
	}
	return second, nil
}

// StandIn names who stands in for a participant's companion while she is away; nobody, when second is
// empty. The line of audit is stored with it. turn.ErrNotFound when there is no such participant, when
// none of the staff who is active has that id, or when she is the companion herself.
func (s *Store) StandIn(ctx context.Context, code, second string, line program.Audit) error {
	err := s.write(ctx, func(c *conn) error {
		if err := standIn(c, code, second); err != nil {
			return err
		}
		return chain{s.vault}.extend(c, []program.Audit{line})
	})
	if err != nil {
		return fmt.Errorf("let somebody stand in for the companion of %s: %w", code, err)
	}
	return nil
}

// standIn is StandIn inside a transaction, without its line of audit.
func standIn(c *conn, code, second string) error {
	is, companion := false, ""
	if err := c.query(sqlWhose, func(r row) error { is, companion = true, r.str(0); return nil }, code); err != nil {
		return err
	}
	may := second == ""
	if err := c.query(sqlMayAccompany, func(row) error { may = true; return nil }, second); err != nil {
		return err
	}
	if !is || !may || second != "" && second == companion {
		return turn.ErrNotFound
	}
	_, err := c.exec(sqlSetSecond, code, text(second))
	return err
}

// candidatesSince gives since when each of those who wait for the board does, the earliest first.
func (s *Store) candidatesSince(ctx context.Context) ([]program.Date, error) {
	var all []program.Date
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlCandidatesSince, func(r row) error {
			all = append(all, program.DateOf(time.UnixMilli(r.int(0)).In(s.zone)))
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("look who waits for the board: %w", err)
	}
	return all, nil
}
