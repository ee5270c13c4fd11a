package records

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/dampingi/dampingi/internal/vault"
)

// Inspected is how a database stands.
type Inspected struct {
	Version int64    // of its tables
	Newest  int64    // that this program knows
	Damage  []string // what the database finds wrong with itself
	Proof   Proof    // when all of it was looked through
}

const sqlVersion = `SELECT MAX(version_id) FROM goose_db_version WHERE is_applied`

// Inspect looks at a database (Open's path) beside a bot that may be using it, and changes nothing: it makes none and brings no
// table up to date. One that is none of ours is ErrNotOurs, one that was made with another key ErrWrongKey. Deep looks through
// all of it, as Verify does, where the tables are those that this program knows. Its time grows with the database.
func Inspect(ctx context.Context, path string, v *vault.Vault, deep bool) (found Inspected, err error) {
	s := &Store{vault: v, zone: time.UTC, log: slog.New(slog.DiscardHandler), known: newKnown(), readers: make(chan *conn, 1)}
	if s.decoder, err = (cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid}).DecMode(); err != nil {
		return found, fmt.Errorf("look at the database: %w", err)
	}
	if s.engine, err = look(ctx, path); err != nil {
		return found, fmt.Errorf("look at the database: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	c, err := newConn(s.engine, true)
	if err != nil {
		return found, fmt.Errorf("look at the database: %w", err)
	}
	s.opened++
	s.readers <- c
	if err := s.read(ctx, func(c *conn) error { return s.inspect(c, &found) }); err != nil {
		return found, fmt.Errorf("look at the database: %w", err)
	}
	if deep && found.Version == found.Newest && len(found.Damage) == 0 {
		found.Proof, err = s.Verify(ctx)
	}
	return found, err
}

// look finds a database of the house that is there.
func look(ctx context.Context, path string) (engine, error) {
	if IsPostgres(path) {
		return openPostgres(ctx, path, true)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil { // SQLite would make one
		return nil, err
	}
	e := fileAt(path)
	return e, e.ours()
}

// inspect reads what there is to know about the file as a whole.
func (s *Store) inspect(c *conn, found *Inspected) error {
	err := c.query(sqlReadMeta, func(r row) error {
		if _, err := s.vault.Open(r.blob(0), []byte(bindCanary)); err != nil {
			return ErrWrongKey
		}
		return nil
	}, "canary")
	if err != nil {
		return err
	}
	if err := c.query(sqlVersion, func(r row) error { found.Version = r.int(0); return nil }); err != nil {
		return err
	}
	if found.Newest, err = newestTables(); err != nil {
		return err
	}
	quick := s.engine.quick()
	if quick == "" {
		return nil
	}
	return c.query(quick, func(r row) error {
		if says := r.str(0); says != "ok" {
			found.Damage = append(found.Damage, says)
		}
		return nil
	})
}

// newestTables is the version of the last migration.
func newestTables() (newest int64, err error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		number, _, _ := strings.Cut(strings.TrimPrefix(file, "migrations/"), "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read the migrations: %w", err)
		}
		newest = max(newest, n)
	}
	return newest, nil
}
