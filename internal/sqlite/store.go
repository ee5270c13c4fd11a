// Package sqlite is the record store: every SQL statement of the house, and nothing else
// that decides anything. Whatever is personal is sealed before it reaches a statement.
//
// One connection writes; the jobs that wait for it share a transaction. Several
// connections read. A change that was confirmed is on disk (WAL, synchronous=FULL).
package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/pressly/goose/v3"
	sqlite3 "modernc.org/sqlite"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrWrongKey says that the database was made with another key.
var ErrWrongKey = errors.New("the key file does not belong to this database")

const readers = 4

const (
	sqlReadMeta  = `SELECT value FROM meta WHERE name = $1`
	sqlWriteMeta = `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`
	sqlPing      = `SELECT COUNT(*) FROM meta`
)

// Options are what a store needs besides its file; the zero value works.
type Options struct {
	Zone *time.Location   // in which instants come back; UTC when nil
	Now  func() time.Time // the clock; time.Now when nil
	Log  *slog.Logger     // where trouble with single rows is told; nowhere when nil
	Wait time.Duration    // for how long what can wait does, for a flush to share; 20 ms when 0
	Made bool             // there has to be a database of the house at the path, or it is ErrNotOurs
}

// Store is a database of one institution. It is safe for use by many goroutines.
type Store struct {
	vault   *vault.Vault
	zone    *time.Location
	now     func() time.Time
	log     *slog.Logger
	decoder cbor.DecMode
	writer  *writer
	known   *known
	readers chan *conn
	driver  driver.Driver
	dsn     string
	opened  int // readers there are
	closing sync.Once
	closed  error
}

// Open opens the database at path, makes it when there is none (mode 0600), brings its
// tables up to date and checks that the vault's key belongs to it (ErrWrongKey).
func Open(ctx context.Context, path string, v *vault.Vault, o Options) (*Store, error) {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // the one who opens may bring a clock
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{vault: v, zone: o.Zone, now: o.Now, log: o.Log, known: newKnown(), readers: make(chan *conn, readers)}
	// What people wrote may be cut in the middle of a letter, and is to be read all the same.
	var err error
	if s.decoder, err = (cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid}).DecMode(); err != nil {
		return nil, fmt.Errorf("open the database %s: %w", path, err)
	}
	if err := s.open(ctx, path, o); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database %s: %w", path, err), s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string, o Options) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the settings name it; SQLite gives its other files the same mode
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	// What every build of SQLite for Linux does; where there is no fdatasync it stays fsync.
	_, _ = sqlite3.Fdatasync(true)
	dsn := source(path, "busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
		"secure_delete(FAST)", "cache_size(-8192)", "wal_autocheckpoint(4000)", "journal_size_limit(67108864)")
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	driver := db.Driver()
	s.driver, s.dsn = driver, dsn
	if o.Made {
		if err := s.ours(path); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	if err := errors.Join(migrate(ctx, db), db.Close()); err != nil {
		return err
	}
	w, err := dial(driver, dsn)
	if err != nil {
		return err
	}
	s.writer = newWriter(w, s.known, cmp.Or(o.Wait, waitMost))
	reading := source(path, "busy_timeout(10000)", "query_only(ON)")
	for range readers {
		c, err := dial(driver, reading)
		if err != nil {
			return err
		}
		s.opened++
		s.readers <- c
	}
	return s.checkKey(ctx)
}

func source(path string, pragmas ...string) string {
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{"_pragma": pragmas}.Encode()}
	return u.String()
}

func migrate(ctx context.Context, db *sql.DB) error {
	db.SetMaxOpenConns(1)
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the tables up to date: %w", err)
	}
	return nil
}

// checkKey compares a value that was sealed when the database was made.
func (s *Store) checkKey(ctx context.Context) error {
	plain, bind := []byte("dampingi"), []byte(bindCanary)
	sealed, err := s.vault.Seal(plain, bind)
	if err != nil {
		return err
	}
	err = s.writer.write(ctx, func(c *conn) error {
		if _, err := c.exec(sqlWriteMeta, "canary", sealed); err != nil {
			return err
		}
		return c.query(sqlReadMeta, func(r row) error {
			got, err := s.vault.Open(r.blob(0), bind)
			if err != nil || !bytes.Equal(got, plain) {
				return fmt.Errorf("%w: put back the key file it was made with (KEY_FILE), "+
					"or the database that belongs to this one (DATA_DIR); nothing was changed", ErrWrongKey)
			}
			return nil
		}, "canary")
	})
	if err != nil {
		return fmt.Errorf("check the key: %w", err)
	}
	return nil
}

// today is the day in the institution's zone.
func (s *Store) today() program.Date { return program.DateOf(s.now().In(s.zone)) }

// read lends a connection that reads.
func (s *Store) read(ctx context.Context, f func(*conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case c, ok := <-s.readers:
		if !ok {
			return ErrClosed
		}
		defer func() { s.readers <- c }()
		return lasting(f(c))
	case <-ctx.Done():
		return ctx.Err()
	}
}

// sqliteConstraint is SQLite's code for what the schema does not allow, in the lowest byte.
const sqliteConstraint = 19

// lasting marks errors that no waiting helps against as turn.ErrBroken, for those who may know
// neither the vault nor SQLite.
func lasting(err error) error {
	var refused *sqlite3.Error
	if errors.Is(err, vault.ErrSealed) || errors.As(err, &refused) && refused.Code()&0xff == sqliteConstraint {
		return fmt.Errorf("%w: %w", turn.ErrBroken, err)
	}
	return err
}

// write runs f in a transaction, perhaps together with others' work.
func (s *Store) write(ctx context.Context, f func(*conn) error) error {
	return lasting(s.writer.write(ctx, f))
}

// Stats gives the counters of what was stored.
func (s *Store) Stats() Stats { return s.writer.stats() }

// Check says whether the database can be read and written, for readiness probes.
func (s *Store) Check(ctx context.Context) error {
	if err := s.read(ctx, func(c *conn) error { return c.query(sqlPing, func(row) error { return nil }) }); err != nil {
		return fmt.Errorf("read the database: %w", err)
	}
	if err := s.write(ctx, func(*conn) error { return nil }); err != nil {
		return fmt.Errorf("write the database: %w", err)
	}
	return nil
}

// Bound keeps the database from growing beyond a number of pages, or beyond its present size
// when that is larger; 0 lets it grow again. What does not fit is refused as on a full disk,
// which is what tests rehearse with it.
func (s *Store) Bound(ctx context.Context, pages int) error {
	const most = 4294967294 // SQLite's own bound
	if pages <= 0 {
		pages = most
	}
	err := s.write(ctx, func(c *conn) error {
		return c.query(`PRAGMA max_page_count = `+strconv.Itoa(pages), func(row) error { return nil })
	})
	if err != nil {
		return fmt.Errorf("bound the database: %w", err)
	}
	return nil
}

// Close finishes what waits to be stored and closes the database; what comes later gets
// ErrClosed.
func (s *Store) Close() error {
	s.closing.Do(func() {
		var errs []error
		if s.writer != nil {
			errs = append(errs, s.writer.close())
		}
		for range s.opened {
			errs = append(errs, (<-s.readers).close())
		}
		close(s.readers)
		s.closed = errors.Join(errs...)
	})
	return s.closed
}
