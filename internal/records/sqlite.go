package records

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	sqlite3 "modernc.org/sqlite"
)

// sqliteFile is a database in a file: WAL, synchronous=FULL.
type sqliteFile struct {
	driver           driver.Driver
	writing, reading string // where it is, with what a connection is told first
}

// openFile makes the file at path when there is none (mode 0600). Where made, there has to be a
// database of the house (ErrNotOurs).
func openFile(path string, made bool) (*sqliteFile, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the settings name it; SQLite gives its other files the same mode
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	// What every build of SQLite for Linux does; where there is no fdatasync it stays fsync.
	_, _ = sqlite3.Fdatasync(true)
	e := fileAt(path)
	if made {
		if err := e.ours(); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// fileAt is the database in a file of that absolute path, which may be there or not.
func fileAt(path string) *sqliteFile {
	return &sqliteFile{
		driver: &sqlite3.Driver{},
		writing: source(path, "busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
			"secure_delete(FAST)", "cache_size(-8192)", "wal_autocheckpoint(4000)", "journal_size_limit(67108864)"),
		reading: source(path, "busy_timeout(10000)", "query_only(ON)"),
	}
}

func source(path string, pragmas ...string) string {
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{"_pragma": pragmas}.Encode()}
	return u.String()
}

func (e *sqliteFile) migrate(ctx context.Context) error {
	db, err := sql.Open("sqlite", e.writing)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(migrate(ctx, db, goose.DialectSQLite3, "migrations"), db.Close())
}

// migrate brings the tables up to date by the migrations of a folder.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, folder string) error {
	dir, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, db, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the tables up to date: %w", err)
	}
	return nil
}

func (e *sqliteFile) dial(reads bool) (link, error) {
	dsn := e.writing
	if reads {
		dsn = e.reading
	}
	return e.open(dsn)
}

func (e *sqliteFile) open(dsn string) (*sqliteLink, error) {
	raw, err := e.driver.Open(dsn)
	if err != nil {
		return nil, err
	}
	return &sqliteLink{raw: raw, stmts: make(map[string]prepared)}, nil
}

func (e *sqliteFile) failed(err error) bool {
	var refused *sqlite3.Error
	return errors.As(err, &refused)
}

// sqliteConstraint is SQLite's code for what the schema does not allow, in the lowest byte.
const sqliteConstraint = 19

func (e *sqliteFile) refused(err error) bool {
	var refused *sqlite3.Error
	return errors.As(err, &refused) && refused.Code()&0xff == sqliteConstraint
}

// SQLite's codes for a file that cannot be written, in the lowest byte; sqliteNotADB is another.
const (
	sqliteReadonly = 8
	sqliteIOErr    = 10
	sqliteCorrupt  = 11
	sqliteFull     = 13
	sqliteCantOpen = 14
)

// unwritable reports whether an error is about the file and not about what was to be written.
func (e *sqliteFile) unwritable(err error) bool {
	var refused *sqlite3.Error
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.Code() & 0xff {
	case sqliteReadonly, sqliteIOErr, sqliteCorrupt, sqliteFull, sqliteCantOpen, sqliteNotADB:
		return true
	}
	return false
}

func (e *sqliteFile) quick() string { return `PRAGMA quick_check(5)` }

func (e *sqliteFile) size() string {
	return `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`
}

// scrub empties the write-ahead log into the database.
func (e *sqliteFile) scrub(context.Context) error {
	l, err := e.open(e.writing)
	if err != nil {
		return err
	}
	busy := false
	if err := l.query(sqlPatience, nil, func(row) error { return nil }); err != nil {
		return errors.Join(err, l.close())
	}
	err = l.query(`PRAGMA wal_checkpoint(TRUNCATE)`, nil, func(r row) error { busy = r.int(0) != 0; return nil })
	if err == nil && busy {
		err = errors.New("somebody is reading; it will be tried again")
	}
	return errors.Join(err, l.close())
}

// copy has a connection of its own, so that neither the writer nor a reader waits for it.
func (e *sqliteFile) copy(ctx context.Context, path string) error {
	l, err := e.open(e.writing)
	if err != nil {
		return err
	}
	s, err := l.stmt(`VACUUM INTO $1`)
	if err == nil {
		_, err = s.ExecContext(ctx, l.bind([]any{path}))
	}
	return errors.Join(err, ctx.Err(), l.close())
}

// What a file that is none, and a database without our tables, is to SQLite.
const (
	sqliteNotADB  = 26
	sqliteNoTable = 1
)

// ours refuses a file that was not made by Open before anything is written to it (ErrNotOurs).
func (e *sqliteFile) ours() error {
	l, err := e.open(e.reading)
	if err != nil {
		return err
	}
	there := false
	err = errors.Join(l.query(sqlReadMeta, []any{"canary"}, func(row) error { there = true; return nil }), l.close())
	var refused *sqlite3.Error
	if errors.As(err, &refused) && (refused.Code()&0xff == sqliteNotADB || refused.Code()&0xff == sqliteNoTable) {
		return fmt.Errorf("%w: %w", ErrNotOurs, err)
	}
	if err == nil && !there {
		return ErrNotOurs
	}
	return err
}

func (e *sqliteFile) lead(context.Context) (*Led, error) {
	return nil, fmt.Errorf("%w: whoever shares SQLite agrees by a lease", ErrNotHere)
}
