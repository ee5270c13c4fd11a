package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	sqlite3 "modernc.org/sqlite"
)

// ErrNotOurs says that a file is no database of the house.
var ErrNotOurs = errors.New("this is no database of Dampingi")

// What a file that is none, and a database without our tables, is to SQLite.
const (
	sqliteNotADB  = 26
	sqliteNoTable = 1
)

// Snapshot writes the whole database, as it is at one moment, into a new file of mode 0600; it is an
// error when there is something at path already. Others can read and write meanwhile. What was
// erased is not in it, not even in pages that are free. The copy is not synced: what has to outlive
// a power cut is written elsewhere from it. When it fails, there is no file.
func (s *Store) Snapshot(ctx context.Context, path string) (err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	// SQLite writes into an empty file too, but would make one that others can read.
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the caller names it
	if err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	if err = f.Close(); err == nil {
		err = s.vacuumInto(ctx, path)
	}
	if err != nil {
		return fmt.Errorf("copy the database: %w", errors.Join(err, os.Remove(path)))
	}
	return nil
}

// vacuumInto has a connection of its own, so that neither the writer nor a reader waits for it.
func (s *Store) vacuumInto(ctx context.Context, path string) error {
	c, err := dial(s.driver, s.dsn)
	if err != nil {
		return err
	}
	st, err := c.stmt(`VACUUM INTO $1`)
	if err == nil {
		_, err = st.ExecContext(ctx, c.bind([]any{path}))
	}
	return errors.Join(err, ctx.Err(), c.close())
}

// ours refuses a file that was not made by Open before anything is written to it (ErrNotOurs).
func (s *Store) ours(path string) error {
	c, err := dial(s.driver, source(path, "busy_timeout(10000)", "query_only(ON)"))
	if err != nil {
		return err
	}
	there := false
	err = errors.Join(c.query(sqlReadMeta, func(row) error { there = true; return nil }, "canary"), c.close())
	var refused *sqlite3.Error
	if errors.As(err, &refused) && (refused.Code()&0xff == sqliteNotADB || refused.Code()&0xff == sqliteNoTable) {
		return fmt.Errorf("%w: %w", ErrNotOurs, err)
	}
	if err == nil && !there {
		return ErrNotOurs
	}
	return err
}
