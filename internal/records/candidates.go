package records

import (
	"context"
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// The flows of candidates that the records know by name: a report of Outreach that has a participant
// has put her on record, and taking it back takes her back; one of Choice says what she has chosen.
const (
	Outreach = "jangkau"
	Choice   = "konsentrasi"
)

const (
	sqlCodeUsed = `SELECT 1 FROM person WHERE id = $1 UNION ALL SELECT 1 FROM consent WHERE participant = $1
		UNION ALL SELECT 1 FROM request WHERE participant = $1 UNION ALL SELECT 1 FROM audit WHERE subject = $1 LIMIT 1`
	sqlUnanswered = `SELECT COUNT(*) FROM matter m WHERE m.kind = $1 AND m.status = $2 AND NOT EXISTS
		(SELECT 1 FROM report r WHERE r.matter = m.id AND r.flow = $3 AND r.author = $4 AND r.undone_at IS NULL)`

	sqlPutOnRecord = `SELECT participant FROM report WHERE id = $1 AND flow = $2 AND participant IS NOT NULL`
	// What has come after the report that put her on record: then she is not taken back with it.
	sqlBuiltOn = `SELECT 1 FROM report r WHERE r.id = $1 AND (
		EXISTS (SELECT 1 FROM report o WHERE o.participant = r.participant AND o.id <> r.id)
		OR EXISTS (SELECT 1 FROM matter WHERE participant = r.participant)
		OR EXISTS (SELECT 1 FROM attendance WHERE participant = r.participant)
		OR EXISTS (SELECT 1 FROM stage_change WHERE participant = r.participant AND cause <> r.id)
		OR EXISTS (SELECT 1 FROM consent WHERE participant = r.participant AND at > r.created_at)
		OR EXISTS (SELECT 1 FROM contact WHERE code = r.participant)
		OR EXISTS (SELECT 1 FROM request WHERE participant = r.participant)
		OR EXISTS (SELECT 1 FROM alarm WHERE participant = r.participant)
		OR EXISTS (SELECT 1 FROM invitation WHERE person = r.participant)
		OR EXISTS (SELECT 1 FROM chat WHERE owner = r.participant)
		OR EXISTS (SELECT 1 FROM participant WHERE code = r.participant AND (companion IS NULL OR companion <> r.author)))`
	sqlNoConsent = `DELETE FROM consent WHERE participant = $1`

	sqlUnchoose = `UPDATE participant SET concentration = COALESCE((SELECT f.code FROM report r JOIN fact f ON f.report = r.id
			WHERE r.participant = participant.code AND r.flow = $2 AND f.field = 'bidang' AND r.undone_at IS NULL
			ORDER BY r.seq DESC LIMIT 1), '')
		WHERE code = (SELECT participant FROM report WHERE id = $1 AND flow = $2)`
)

// CodeUsed reports whether a code is somebody's, or ever was: what is kept of whoever was erased must
// not be taken for somebody else's.
func (s *Store) CodeUsed(ctx context.Context, code string) (bool, error) {
	used := false
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlCodeUsed, func(row) error { used = true; return nil }, code)
	})
	if err != nil {
		return false, fmt.Errorf("look whether a code is used: %w", err)
	}
	return used, nil
}

// ReportsOn gives the standing reports of a flow about a matter, in the order in which they were
// saved. One that cannot be opened is left out, with an error in the log.
func (s *Store) ReportsOn(ctx context.Context, matter, flow string) ([]program.Report, error) {
	if matter == "" { // which stands for reports about none
		return nil, nil
	}
	var all []program.Report
	err := s.Reports(ctx, ReportFilter{Flow: flow, Matter: matter}, func(r program.Report) error { all = append(all, r); return nil })
	if errors.Is(err, ErrUnreadable) {
		s.log.ErrorContext(ctx, "reports about a matter cannot be opened; they are left out", "matter", matter, "error", err)
		err = nil
	}
	return all, err
}

// Unanswered counts the matters of a kind and a status about which somebody has no standing report of a
// flow.
func (s *Store) Unanswered(ctx context.Context, kind program.MatterKind, status, flow, author string) (int, error) {
	n := 0
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlUnanswered, func(r row) error { n = int(r.int(0)); return nil }, string(kind), status, flow, author)
	})
	if err != nil {
		return 0, fmt.Errorf("count what somebody has not answered: %w", err)
	}
	return n, nil
}

// putOnRecord gives whom a report has put on record; nobody ("") when it has not, and whether anything
// has come after it.
func putOnRecord(c *conn, report string) (code string, builtOn bool, err error) {
	err = c.query(sqlPutOnRecord, func(r row) error { code = r.str(0); return nil }, report, Outreach)
	if err == nil && code != "" {
		err = c.query(sqlBuiltOn, func(row) error { builtOn = true; return nil }, report)
	}
	return code, builtOn, err
}

// takeHerBack leaves nothing of a woman whom a report has put on record, when it is taken back: it was
// a slip, so that not even the proof of a consent is kept. What has come after is an ErrConflict.
func takeHerBack(c *conn, report string, at int64) error {
	code, builtOn, err := putOnRecord(c, report)
	switch {
	case err != nil || code == "":
		return err
	case builtOn:
		return fmt.Errorf("%w: %w", turn.ErrConflict, errMovedOn)
	}
	if _, err := c.exec(sqlNoConsent, code); err != nil {
		return err
	}
	return erase(c, code, at)
}
