package records

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

const (
	sqlTargetOf = `SELECT p.wrapped, t.sealed, t.at FROM target t JOIN participant p ON p.code = t.participant WHERE t.participant = $1`
	// Whom nobody had to call, because she did not want it any more or must not be called now, is not
	// counted as called.
	sqlCallFigures = `SELECT COUNT(*), COALESCE(SUM(called), 0), COALESCE(CAST(SUM(CASE called WHEN 1 THEN done_at - at END) / NULLIF(SUM(called), 0) AS BIGINT), 0)
		FROM (SELECT at, done_at, CASE WHEN done_at IS NOT NULL AND done_by NOT IN (participant, 'system') THEN 1 ELSE 0 END AS called
			FROM request WHERE kind = 'hubungi' AND at >= $1 AND at < $2) asked`
)

// Target gives what a participant has set herself; turn.ErrNotFound when there is none.
func (s *Store) Target(ctx context.Context, code string) (program.Target, error) {
	var found program.Target
	var unread error
	err := s.one(ctx, sqlTargetOf, func(r row) {
		key, err := s.vault.Unwrap(r.blob(0), bindKey(code))
		if err != nil {
			unread = err
			return
		}
		plain, err := key.Open(r.blob(1), bindTarget(code))
		found, unread = program.Target{Text: string(plain), At: r.time(2, s.zone)}, err
	}, code)
	if err = errors.Join(err, unread); err != nil {
		return program.Target{}, fmt.Errorf("read the target of %s: %w", code, err)
	}
	return found, nil
}

// CallFigures says how many asked to be called within a time, and how long they waited for it.
func (s *Store) CallFigures(ctx context.Context, from, to time.Time) (program.CallFigures, error) {
	var f program.CallFigures
	err := s.one(ctx, sqlCallFigures, func(r row) {
		f = program.CallFigures{Asked: int(r.int(0)), Called: int(r.int(1)), Waited: time.Duration(r.int(2)) * time.Millisecond}
	}, from.UnixMilli(), to.UnixMilli())
	if err != nil {
		return f, fmt.Errorf("count who asked to be called: %w", err)
	}
	return f, nil
}
