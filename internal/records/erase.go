package records

import (
	"context"
	"fmt"
)

// Erasing destroys a participant's own key, and with it everything that it sealed, in whatever
// copy. That there were reports, their kind, their day and their coded answers stays, about
// nobody, so that the institution's counts do not change. What stays of her is her code, in the
// audit and in the proof of what she agreed to. A copy of the database that was made before still
// has her: copies are kept for 35 days and no longer (safety.md 3.7).
const (
	sqlIsHers       = `SELECT 1 FROM participant WHERE code = $1`
	sqlHerFollowUps = `DELETE FROM follow_up WHERE participant = $1 OR report IN (SELECT id FROM report WHERE participant = $1)`
	sqlHerNumbers   = `DELETE FROM fact WHERE number IS NOT NULL AND report IN (SELECT id FROM report WHERE participant = $1)`
	sqlEmptyHers    = `UPDATE report SET participant = NULL, answers = zeroblob(0), source = NULL, emptied_at = $2 WHERE participant = $1`
	sqlEndConsents  = `UPDATE consent SET ended_at = $2 WHERE participant = $1 AND ended_at IS NULL`
	sqlEndRequests  = `UPDATE request SET done_at = $2, done_by = 'system' WHERE participant = $1 AND done_at IS NULL`
	sqlHerPrompts   = `DELETE FROM prompt WHERE person = $1 OR subject = $1 OR subject IN (SELECT id FROM alarm WHERE participant = $1)`
	sqlHerState     = `DELETE FROM conversation WHERE key IN (SELECT key FROM chat WHERE owner = $1)`
	sqlHerCalls     = `DELETE FROM request WHERE participant = $1 AND kind = 'hubungi'`
	sqlHerDeadlines = `DELETE FROM deadline WHERE kind = 'call.' || $1 OR kind LIKE 'guest.' || $1 || '.%'
		OR chat IN (SELECT key FROM chat WHERE owner = $1)`
	sqlHerChanges = `DELETE FROM matter_change WHERE matter IN (SELECT id FROM matter WHERE participant = $1)`
	sqlHerMatters = `DELETE FROM matter WHERE participant = $1`
	sqlHerPlaces  = `DELETE FROM attendance WHERE participant = $1`
	sqlHerStages  = `DELETE FROM stage_change WHERE participant = $1`
	sqlZeroKey    = `UPDATE participant SET wrapped = zeroblob(length(wrapped)), alias = zeroblob(length(alias)) WHERE code = $1`

	// That what was erased may still stand in the write-ahead log, until Scrub has been there.
	sqlOwe = `INSERT INTO meta (name, value) VALUES ('scrub.owed', randomblob(16))
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	sqlOwed = `SELECT value FROM meta WHERE name = 'scrub.owed'`
	sqlPaid = `DELETE FROM meta WHERE name = 'scrub.owed' AND value = $1`
)

// erase erases a participant; once she is gone, doing it again changes nothing, and nobody else can
// be erased with it.
func erase(c *conn, code string, at int64) error {
	there := false
	if err := c.query(sqlIsHers, func(row) error { there = true; return nil }, code); err != nil || !there {
		return err
	}
	steps := []struct {
		text string
		args []any
	}{
		{sqlHerFollowUps, []any{code}},
		{sqlHerNumbers, []any{code}},
		{sqlEmptyHers, []any{code, at}},
		{sqlEndConsents, []any{code, at}},
		{sqlHerCalls, []any{code}},
		{sqlEndRequests, []any{code, at}},
		{sqlHerPrompts, []any{code}},
		{`DELETE FROM alarm WHERE participant = $1`, []any{code}},
		{sqlHerChanges, []any{code}},
		{sqlHerMatters, []any{code}},
		{sqlHerPlaces, []any{code}},
		{sqlHerStages, []any{code}},
		{`DELETE FROM contact WHERE code = $1`, []any{code}},
		{sqlDropTarget, []any{code}},
		{sqlDropPIN, []any{code}},
		{`DELETE FROM invitation WHERE person = $1`, []any{code}},
		{sqlHerState, []any{code}},
		{sqlHerDeadlines, []any{code}},
		{sqlSilence, []any{code}},
		{sqlLetGo, []any{code}},
		{sqlZeroKey, []any{code}},
		{`DELETE FROM participant WHERE code = $1`, []any{code}},
		{`DELETE FROM person WHERE id = $1 AND role = 'peserta'`, []any{code}},
		{sqlOwe, nil},
	}
	return c.link.wiping(func() error {
		for _, s := range steps {
			if _, err := c.exec(s.text, s.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Scrub has what was erased or emptied since the last time vanish from the files of the database: with
// SQLite it empties the write-ahead log, with PostgreSQL it writes the tables anew. It does nothing when
// nothing was. It waits a second for readers, in which nobody can write; when they do not come to an end, it
// is an error, and to be tried again.
func (s *Store) Scrub(ctx context.Context) error {
	var owed []byte
	if err := s.read(ctx, func(c *conn) error {
		return c.query(sqlOwed, func(r row) error { owed = append([]byte(nil), r.blob(0)...); return nil })
	}); err != nil {
		return fmt.Errorf("scrub the database: %w", err)
	}
	if owed == nil {
		return nil
	}
	if err := s.engine.scrub(ctx); err != nil {
		return fmt.Errorf("scrub the database: %w", err)
	}
	err := s.write(ctx, func(c *conn) error { // unless something was erased meanwhile
		_, err := c.exec(sqlPaid, owed)
		return err
	})
	if err != nil {
		return fmt.Errorf("note that the database is scrubbed: %w", err)
	}
	return nil
}
