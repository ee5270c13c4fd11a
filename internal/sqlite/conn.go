package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"
)

// conn is one connection with the statements it has prepared, kept for its life. It goes
// past database/sql, whose locks, conversions and goroutines would cost more than the
// statements themselves; one goroutine uses it at a time.
type conn struct {
	raw     driver.Conn
	stmts   map[string]statement
	args    []driver.NamedValue
	values  []driver.Value
	changed bool  // something was written since it was last set to false
	stale   stale // what was written since it was last set to nothing has made out of date
}

type prepared interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type statement struct {
	prepared
	people bool // it writes what known keeps
}

func dial(d driver.Driver, dsn string) (*conn, error) {
	raw, err := d.Open(dsn)
	if err != nil {
		return nil, fmt.Errorf("open a connection: %w", err)
	}
	return &conn{raw: raw, stmts: make(map[string]statement)}, nil
}

func (c *conn) close() error {
	var errs []error
	for _, s := range c.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.raw.Close())...)
}

// stmt prepares a text once. Texts are constants, so the map stays small.
func (c *conn) stmt(text string) (statement, error) {
	if s, ok := c.stmts[text]; ok {
		return s, nil
	}
	s, err := c.raw.Prepare(text)
	if err != nil {
		return statement{}, fmt.Errorf("prepare a statement: %w", err)
	}
	p, ok := s.(prepared)
	if !ok {
		return statement{}, errors.Join(errors.New("prepare a statement: the driver is too old"), s.Close())
	}
	known := statement{prepared: p, people: concernsPeople(text)}
	c.stmts[text] = known
	return known, nil
}

func (c *conn) bind(args []any) []driver.NamedValue {
	c.args = c.args[:0]
	for i, a := range args {
		if n, ok := a.(int); ok {
			a = int64(n)
		}
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return c.args
}

// exec runs a statement and says how many rows it changed. Arguments are int, int64,
// bool, string, []byte or nil.
func (c *conn) exec(text string, args ...any) (int64, error) {
	res, err := c.result(text, args)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// insert runs a statement that adds a row, unless it is there already, and gives its number,
// or 0. It costs less than a statement that returns it.
func (c *conn) insert(text string, args ...any) (int64, error) {
	res, err := c.result(text, args)
	if err != nil {
		return 0, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return 0, err
	}
	return res.LastInsertId()
}

func (c *conn) result(text string, args []any) (driver.Result, error) {
	s, err := c.stmt(text)
	if err != nil {
		return nil, err
	}
	res, err := s.ExecContext(context.Background(), c.bind(args))
	if err != nil {
		return nil, err
	}
	n, err := res.RowsAffected()
	c.changed = c.changed || n > 0
	c.stale.people = c.stale.people || s.people && n > 0
	return res, err
}

// query runs a statement and gives each row to f, which must not keep the row itself. What
// writes and returns rows has to set changed and stale itself.
func (c *conn) query(text string, f func(row) error, args ...any) error {
	s, err := c.stmt(text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(context.Background(), c.bind(args))
	if err != nil {
		return err
	}
	return errors.Join(c.each(rows, f), rows.Close())
}

func (c *conn) each(rows driver.Rows, f func(row) error) error {
	n := len(rows.Columns())
	if cap(c.values) < n {
		c.values = make([]driver.Value, n)
	}
	values := c.values[:n]
	c.values = nil // f may query on
	defer func() { c.values = values }()
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

// row is what a query gives: int64, string, []byte or nil in each column.
type row []driver.Value

func (r row) int(i int) int64   { n, _ := r[i].(int64); return n }
func (r row) str(i int) string  { s, _ := r[i].(string); return s }
func (r row) blob(i int) []byte { b, _ := r[i].([]byte); return b }
func (r row) null(i int) bool   { return r[i] == nil }

func (r row) time(i int, zone *time.Location) time.Time {
	if r.null(i) {
		return time.Time{}
	}
	return time.UnixMilli(r.int(i)).In(zone)
}

// instant is how a time is stored; the zero time is NULL.
func instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// text is how an optional word is stored; the empty one is NULL.
func text[S ~string](s S) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// blob is how optional bytes are stored; none are NULL.
func blob(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}
