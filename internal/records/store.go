// Package records is the record store: every SQL statement of the house, and nothing else
// that decides anything. Whatever is personal is sealed before it reaches a statement.
//
// The records are in SQLite, or in PostgreSQL, which several processes can share: the
// statements are the same (engine.go says what is not).
//
// One connection writes; the jobs that wait for it share a transaction. Several
// connections read. A change that was confirmed is on disk.
package records

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

//go:embed migrations/*.sql migrations/postgres/*.sql
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
	engine  engine
	writer  *writer
	known   *known
	readers chan *conn
	opened  int // readers there are
	closing sync.Once
	closed  error
}

// Open opens the database at path, makes it when there is none (mode 0600), brings its
// tables up to date and checks that the vault's key belongs to it (ErrWrongKey). A path that begins
// with postgres:// or postgresql:// is that of a database in PostgreSQL, which has to be there.
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
		return nil, fmt.Errorf("open the database %s: %w", Named(path), err)
	}
	if err := s.open(ctx, path, o); err != nil {
		return nil, errors.Join(fmt.Errorf("open the database %s: %w", Named(path), err), s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string, o Options) (err error) {
	if IsPostgres(path) {
		s.engine, err = openPostgres(ctx, path, o.Made)
	} else {
		s.engine, err = openFile(path, o.Made)
	}
	if err != nil {
		return err
	}
	if err := s.engine.migrate(ctx); err != nil {
		return err
	}
	w, err := newConn(s.engine, false)
	if err != nil {
		return err
	}
	s.writer = newWriter(s.engine, w, s.known, cmp.Or(o.Wait, waitMost))
	for range readers {
		c, err := newConn(s.engine, true)
		if err != nil {
			return err
		}
		s.opened++
		s.readers <- c
	}
	return s.checkKey(ctx)
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
		return s.lasting(f(c))
	case <-ctx.Done():
		return ctx.Err()
	}
}

// lasting marks errors that no waiting helps against as turn.ErrBroken, for those who may know
// neither the vault nor the database.
func (s *Store) lasting(err error) error {
	if errors.Is(err, vault.ErrSealed) || s.engine.refused(err) {
		return fmt.Errorf("%w: %w", turn.ErrBroken, err)
	}
	return err
}

// write runs f in a transaction, perhaps together with others' work.
func (s *Store) write(ctx context.Context, f func(*conn) error) error {
	return s.lasting(s.writer.write(ctx, f))
}

// Shared tells whether several processes can work with the database: then Lead says which of them
// works off what came.
func (s *Store) Shared() bool {
	_, shared := s.engine.(*postgres)
	return shared
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
	if err := s.write(ctx, func(c *conn) error { return c.link.bound(pages) }); err != nil {
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
