package sqlite

import (
	"context"
	"database/sql"
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
	Damage  []string // what SQLite finds wrong with the file
	Proof   Proof    // when all of it was looked through
}

const (
	sqlTables = `SELECT MAX(version_id) FROM goose_db_version WHERE is_applied = 1`
	sqlQuick  = `PRAGMA quick_check(5)`
)

// Inspect looks at the database at path beside a bot that may be using it, and changes nothing: it makes no file and brings no
// table up to date. A file that is none of ours is ErrNotOurs, one that was made with another key ErrWrongKey. Deep looks through
// all of it, as Verify does, where the tables are those that this program knows. Its time grows with the file.
func Inspect(ctx context.Context, path string, v *vault.Vault, deep bool) (found Inspected, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return found, fmt.Errorf("look at the database: %w", err)
	}
	if _, err := os.Stat(path); err != nil { // SQLite would make one
		return found, fmt.Errorf("look at the database: %w", err)
	}
	db, err := sql.Open("sqlite", ":memory:") // for the driver alone
	if err != nil {
		return found, fmt.Errorf("look at the database: %w", err)
	}
	s := &Store{vault: v, zone: time.UTC, log: slog.New(slog.DiscardHandler), known: newKnown(), readers: make(chan *conn, 1), driver: db.Driver()}
	if s.decoder, err = (cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid}).DecMode(); err != nil {
		return found, fmt.Errorf("look at the database: %w", err)
	}
	defer func() { err = errors.Join(err, s.Close(), db.Close()) }()
	if err := s.ours(path); err != nil {
		return found, fmt.Errorf("look at the database: %w", err)
	}
	c, err := dial(s.driver, source(path, "busy_timeout(10000)", "query_only(ON)"))
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
	if err := c.query(sqlTables, func(r row) error { found.Version = r.int(0); return nil }); err != nil {
		return err
	}
	if found.Newest, err = newestTables(); err != nil {
		return err
	}
	return c.query(sqlQuick, func(r row) error {
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
