package records

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrNotOurs says that a file is no database of the house.
var ErrNotOurs = errors.New("this is no database of Dampingi")

// Snapshot writes the whole database, as it is at one moment, into a new file of mode 0600; it is an
// error when there is something at path already. Others can read and write meanwhile. What was
// erased is not in it, not even in pages that are free. The copy is not synced: what has to outlive
// a power cut is written elsewhere from it. When it fails, there is no file. PostgreSQL has pg_dump
// for that, and gives ErrNotHere.
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
		err = s.engine.copy(ctx, path)
	}
	if err != nil {
		return fmt.Errorf("copy the database: %w", errors.Join(err, os.Remove(path)))
	}
	return nil
}
