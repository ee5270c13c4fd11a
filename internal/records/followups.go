package records

import (
	"context"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

const (
	sqlFollowUps = `SELECT f.id, f.report, f.participant, f.person, f.due FROM follow_up f
		JOIN report r ON r.id = f.report
		WHERE f.done_at IS NULL AND f.due <= $1 AND r.undone_at IS NULL ORDER BY f.due, f.id`
	sqlFollowUpDone = `UPDATE follow_up SET done_at = $2 WHERE id = $1 AND done_at IS NULL`
)

// FollowUps gives what is to be followed up by a day and is not done, the earliest first;
// what came from a report that was taken back is left out.
func (s *Store) FollowUps(ctx context.Context, until program.Date) ([]program.FollowUp, error) {
	var due []program.FollowUp
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlFollowUps, func(r row) error {
			due = append(due, program.FollowUp{
				ID: r.str(0), Report: r.str(1), Participant: r.str(2), Person: r.str(3), Due: program.Date(r.str(4)),
			})
			return nil
		}, string(until))
	})
	if err != nil {
		return nil, fmt.Errorf("read the follow-ups: %w", err)
	}
	return due, nil
}

// FollowUpDone ends a follow-up; ending it twice changes nothing.
func (s *Store) FollowUpDone(ctx context.Context, id string, at time.Time) error {
	err := s.write(ctx, func(c *conn) error {
		_, err := c.exec(sqlFollowUpDone, id, at.UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("end follow-up %s: %w", id, err)
	}
	return nil
}
