package records

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/pressly/goose/v3"
	sqlite3 "modernc.org/sqlite"
)

const (
	sqlBegin     = `BEGIN IMMEDIATE`
	sqlSnapshot  = `BEGIN`
	sqlCommit    = `COMMIT`
	sqlRollback  = `ROLLBACK`
	sqlOthers    = `PRAGMA data_version` // another number when another connection has written
	sqlIntegrity = `PRAGMA integrity_check`
	sqlForeign   = `PRAGMA foreign_key_check`
	sqlWipe      = `PRAGMA secure_delete = ON`
	sqlWipeLess  = `PRAGMA secure_delete = FAST` // as every connection has it
	sqlPatience  = `PRAGMA busy_timeout = 1000`

	sqliteMostPages = 4294967294 // SQLite's own bound
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

// sqliteLink is one connection with the statements it has prepared, kept for its life. It goes
// past database/sql, whose locks, conversions and goroutines would cost more than the
// statements themselves.
type sqliteLink struct {
	raw    driver.Conn
	stmts  map[string]prepared
	args   []driver.NamedValue
	values []driver.Value
}

type prepared interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

func (l *sqliteLink) close() error {
	var errs []error
	for _, s := range l.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, l.raw.Close())...)
}

// stmt prepares a text once. Texts are constants, so the map stays small.
func (l *sqliteLink) stmt(text string) (prepared, error) {
	if s, ok := l.stmts[text]; ok {
		return s, nil
	}
	s, err := l.raw.Prepare(text) //nolint:staticcheck // there is nothing to end it for
	if err != nil {
		return nil, fmt.Errorf("prepare a statement: %w", err)
	}
	p, ok := s.(prepared)
	if !ok {
		return nil, errors.Join(errors.New("prepare a statement: the driver is too old"), s.Close())
	}
	l.stmts[text] = p
	return p, nil
}

func (l *sqliteLink) bind(args []any) []driver.NamedValue {
	l.args = l.args[:0]
	for i, a := range args {
		if n, ok := a.(int); ok {
			a = int64(n)
		}
		l.args = append(l.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return l.args
}

func (l *sqliteLink) result(text string, args []any) (driver.Result, error) {
	s, err := l.stmt(text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background(), l.bind(args))
}

func (l *sqliteLink) exec(text string, args []any) (int64, error) {
	res, err := l.result(text, args)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// insert costs less than a statement that returns the number.
func (l *sqliteLink) insert(text string, args []any) (int64, error) {
	res, err := l.result(text, args)
	if err != nil {
		return 0, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return 0, err
	}
	return res.LastInsertId()
}

func (l *sqliteLink) query(text string, args []any, f func(row) error) error {
	s, err := l.stmt(text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(context.Background(), l.bind(args))
	if err != nil {
		return err
	}
	return errors.Join(l.each(rows, f), rows.Close())
}

func (l *sqliteLink) each(rows driver.Rows, f func(row) error) error {
	n := len(rows.Columns())
	if cap(l.values) < n {
		l.values = make([]driver.Value, n)
	}
	values := l.values[:n]
	l.values = nil // f may query on
	defer func() { l.values = values }()
	for {
		err := rows.Next(values)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f(values); err != nil {
			return err
		}
	}
}

func (l *sqliteLink) begin() (others int64, err error) {
	if _, err := l.exec(sqlBegin, nil); err != nil {
		return 0, err
	}
	err = l.query(sqlOthers, nil, func(r row) error { others = r.int(0); return nil })
	if err != nil {
		l.rollback()
	}
	return others, err
}

// commit gives no number: what a connection writes itself does not change its own.
func (l *sqliteLink) commit(bool) (int64, error) {
	_, err := l.exec(sqlCommit, nil)
	return 0, err
}

// rollback may find that SQLite has undone the transaction itself, when the disk was full.
func (l *sqliteLink) rollback() bool {
	_, err := l.exec(sqlRollback, nil)
	return err == nil
}

func (l *sqliteLink) still(f func() error) (err error) {
	if _, err := l.exec(sqlSnapshot, nil); err != nil {
		return err
	}
	defer func() {
		_, ended := l.exec(sqlRollback, nil) // nothing was written
		err = errors.Join(err, ended)
	}()
	return f()
}

// noticed has no number: each connection counts on its own.
func (l *sqliteLink) noticed() (int64, bool, error) { return 0, false, nil }

// wiping has f run while pages that are freed are zeroed too, not only what is overwritten anyway.
func (l *sqliteLink) wiping(f func() error) error {
	if err := l.query(sqlWipe, nil, func(row) error { return nil }); err != nil {
		return err
	}
	return errors.Join(f(), l.query(sqlWipeLess, nil, func(row) error { return nil }))
}

func (l *sqliteLink) sound(found func(Flaw)) error {
	err := l.query(sqlIntegrity, nil, func(r row) error {
		if r.str(0) != "ok" {
			found(Flaw{Kind: Damaged, Table: "database", Row: r.str(0)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return l.query(sqlForeign, nil, func(r row) error {
		found(Flaw{Kind: Damaged, Table: r.str(0), Row: fmt.Sprint(r.int(1))})
		return nil
	})
}

func (l *sqliteLink) bound(pages int) error {
	if pages <= 0 {
		pages = sqliteMostPages
	}
	return l.query(`PRAGMA max_page_count = `+strconv.Itoa(pages), nil, func(row) error { return nil })
}
