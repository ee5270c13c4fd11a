package records

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// The flows whose reports tell when something comes round: Scale is a talk about her development, Stage
// says where she stands, and when she is to be seen again after the end.
const (
	Scale = "perkembangan"
	Stage = "tahap"
)

const (
	sqlScales = `SELECT r.id, r.occurred_on, f.field, f.number FROM report r LEFT JOIN fact f ON f.report = r.id AND f.number IS NOT NULL
		WHERE r.participant = $1 AND r.flow = $2 AND r.undone_at IS NULL ORDER BY r.occurred_on DESC, r.seq DESC`
	sqlFirstMet = `SELECT MIN(occurred_on) FROM report r WHERE r.participant = $1 AND r.flow = $2 AND r.undone_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.report = r.id AND f.field = 'hasil' AND f.code = 'tidak_bertemu')`
	// Who has named a day on which she may be asked again has that day as a follow-up.
	sqlThinking = `SELECT r.occurred_on FROM report r WHERE r.participant = $1 AND r.flow = $2 AND r.undone_at IS NULL
		AND EXISTS (SELECT 1 FROM fact f WHERE f.report = r.id AND f.field = 'hasil' AND f.code = 'pikir_dulu')
		AND EXISTS (SELECT 1 FROM fact f WHERE f.report = r.id AND f.field = 'boleh_lagi' AND f.code = 'ya')
		ORDER BY r.seq DESC LIMIT 1`
	sqlHerDue = `SELECT f.id, f.report, f.participant, f.person, f.due, r.flow FROM follow_up f JOIN report r ON r.id = f.report
		WHERE f.participant = $1 AND f.done_at IS NULL AND r.undone_at IS NULL ORDER BY f.due, f.id`
	sqlProposed = `SELECT 1 FROM matter WHERE participant = $1 AND kind = $2 AND ended = 0 LIMIT 1`
)

// dateFacts is what comes round for her.
func (s *Store) dateFacts(ctx context.Context, h *reminder.Her) error {
	err := s.read(ctx, func(c *conn) error {
		return errors.Join(scaleFacts(c, h), meetingFacts(c, h), followUpFacts(c, h))
	})
	if err != nil {
		return fmt.Errorf("look what comes round for her: %w", err)
	}
	return nil
}

// scaleFacts is when her development was last talked about, and whether a level had fallen far.
func scaleFacts(c *conn, h *reminder.Her) error {
	var ids []string
	var levels []program.Levels
	err := c.query(sqlScales, func(r row) error {
		if n := len(ids); n == 0 || ids[n-1] != r.str(0) {
			ids, levels = append(ids, r.str(0)), append(levels, program.Levels{})
		}
		if len(ids) == 1 {
			h.Dates.Scaled = program.Date(r.str(1))
		}
		if !r.null(3) {
			levels[len(ids)-1][r.str(2)] = int(r.int(3))
		}
		return nil
	}, h.Code, Scale)
	if err == nil && len(levels) > 1 {
		h.Dates.Fell = slices.ContainsFunc(levels[0].Shifts(levels[1]), program.Shift.Fell)
	}
	return err
}

// meetingFacts is when she was first met, whether she thinks about it, and whether something about her
// way waits for the chair.
func meetingFacts(c *conn, h *reminder.Her) error {
	return errors.Join(
		c.query(sqlFirstMet, func(r row) error { h.Dates.FirstMet = program.Date(r.str(0)); return nil }, h.Code, Visit),
		c.query(sqlThinking, func(r row) error { h.Dates.Thinking = program.Date(r.str(0)); return nil }, h.Code, Outreach),
		c.query(sqlProposed, func(row) error { h.Dates.Proposed = true; return nil }, h.Code, string(program.Proposal)),
	)
}

// followUpFacts is when somebody wants to see her again, and when she is to be seen after the end.
func followUpFacts(c *conn, h *reminder.Her) error {
	return c.query(sqlHerDue, func(r row) error {
		u := program.FollowUp{ID: r.str(0), Report: r.str(1), Participant: r.str(2), Person: r.str(3), Due: program.Date(r.str(4))}
		if r.str(5) == Stage {
			h.Dates.Aftercare = append(h.Dates.Aftercare, u.Due)
		} else {
			h.Dates.FollowUps = append(h.Dates.FollowUps, u)
		}
		return nil
	}, h.Code)
}
