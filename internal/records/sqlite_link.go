package records

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strconv"
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
