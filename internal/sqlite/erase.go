package sqlite

import (
	"context"
	"errors"
	"fmt"
)

// Erasing destroys a participant's own key, and with it everything that it sealed, in whatever
// copy. That there were reports, their kind, their day and their coded answers stays, about
// nobody, so that the institution's counts do not change.
const (
	sqlHerNumbers   = `DELETE FROM fact WHERE number IS NOT NULL AND report IN (SELECT id FROM report WHERE participant = $1)`
	sqlEmptyHers    = `UPDATE report SET participant = NULL, answers = x'', source = NULL, emptied_at = $2 WHERE participant = $1`
	sqlEndConsents  = `UPDATE consent SET ended_at = $2 WHERE participant = $1 AND ended_at IS NULL`
	sqlHerState     = `DELETE FROM conversation WHERE key IN (SELECT key FROM chat WHERE owner = $1)`
	sqlHerDeadlines = `DELETE FROM deadline WHERE chat IN (SELECT key FROM chat WHERE owner = $1)`
	sqlZeroKey      = `UPDATE participant SET wrapped = zeroblob(length(wrapped)), alias = zeroblob(length(alias)) WHERE code = $1`
)

// erase erases a participant; once she is gone, doing it again changes nothing.
func erase(c *conn, code string, at int64) error {
	// Freed pages are zeroed too, not only what is overwritten anyway.
	if err := c.query(`PRAGMA secure_delete = ON`, func(row) error { return nil }); err != nil {
		return err
	}
	steps := []struct {
		text string
		args []any
	}{
		{sqlHerNumbers, []any{code}},
		{sqlEmptyHers, []any{code, at}},
		{`DELETE FROM follow_up WHERE participant = $1`, []any{code}},
		{sqlEndConsents, []any{code, at}},
		{`DELETE FROM alarm WHERE participant = $1`, []any{code}},
		{`DELETE FROM contact WHERE code = $1`, []any{code}},
		{sqlDropPIN, []any{code}},
		{`DELETE FROM prompt WHERE person = $1 OR subject = $1`, []any{code}},
		{`DELETE FROM invitation WHERE person = $1`, []any{code}},
		{sqlHerState, []any{code}},
		{sqlHerDeadlines, []any{code}},
		{sqlSilence, []any{code}},
		{sqlLetGo, []any{code}},
		{sqlZeroKey, []any{code}},
		{`DELETE FROM participant WHERE code = $1`, []any{code}},
		{`DELETE FROM person WHERE id = $1 AND role = 'peserta'`, []any{code}},
	}
	for _, s := range steps {
		if _, err := c.exec(s.text, s.args...); err != nil {
			return err
		}
	}
	return c.query(`PRAGMA secure_delete = FAST`, func(row) error { return nil })
}

// Scrub empties the write-ahead log into the database, so that what was erased is in neither. It
// waits for readers; when they do not come to an end, it is tried again with the next call.
func (s *Store) Scrub(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := dial(s.driver, s.dsn)
	if err != nil {
		return fmt.Errorf("scrub the database: %w", err)
	}
	busy := false
	err = c.query(`PRAGMA wal_checkpoint(TRUNCATE)`, func(r row) error { busy = r.int(0) != 0; return nil })
	if err := errors.Join(err, c.close()); err != nil {
		return fmt.Errorf("scrub the database: %w", err)
	}
	if busy {
		return errors.New("scrub the database: somebody is reading; it will be tried again")
	}
	return nil
}
