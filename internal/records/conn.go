package records

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// conn is one connection, with what was noted while it wrote; one goroutine uses it at a time.
type conn struct {
	link    link
	people  map[string]bool // of each statement that has written: whether it writes what known keeps
	changed bool            // something was written since it was last set to false
	stale   stale           // what was written since it was last set to nothing has made out of date
}

// newConn opens a connection to the database; one that reads alone does not write.
func newConn(e engine, reads bool) (*conn, error) {
	l, err := e.dial(reads)
	if err != nil {
		return nil, fmt.Errorf("open a connection: %w", err)
	}
	return &conn{link: l, people: make(map[string]bool)}, nil
}

func (c *conn) close() error { return c.link.close() }

// exec runs a statement and says how many rows it changed. Arguments are int, int64,
// bool, string, []byte or nil.
func (c *conn) exec(text string, args ...any) (int64, error) {
	n, err := c.link.exec(text, args)
	c.wrote(text, n)
	return n, err
}

// insert runs a statement that adds a row, unless it is there already, and gives its seq, or 0.
func (c *conn) insert(text string, args ...any) (int64, error) {
	seq, err := c.link.insert(text, args)
	c.wrote(text, seq)
	return seq, err
}

// wrote notes what a statement has changed. Texts are constants, so the map stays small.
func (c *conn) wrote(text string, n int64) {
	if n <= 0 {
		return
	}
	people, ok := c.people[text]
	if !ok {
		people = concernsPeople(text)
		c.people[text] = people
	}
	c.changed = true
	c.stale.people = c.stale.people || people
}

// query runs a statement and gives each row to f, which must not keep the row itself. What
// writes and returns rows has to set changed and stale itself.
func (c *conn) query(text string, f func(row) error, args ...any) error {
	return c.link.query(text, args, f)
}

// row is what a query gives: int64, string, []byte or nil in each column. What is true is 1.
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
