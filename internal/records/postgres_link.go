package records

import (
	"context"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

const (
	// One trip: the lock is there before the next statement looks, so that it sees whatever was
	// committed before. The transaction's number tells what became of it.
	pgBegin = `BEGIN; SELECT pg_advisory_xact_lock(%d); SELECT n, pg_current_xact_id()::text FROM written`
	pgStill = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`
	// pgCount is for what processes keep in memory: the others read it anew.
	pgCount   = `UPDATE written SET n = n + 1 RETURNING n`
	pgNoticed = `SELECT n FROM written`
	pgStatus  = `SELECT COALESCE(pg_xact_status($1::text::xid8), '')`
	pgSeq     = ` RETURNING seq`
)

// ErrUnknown says that the connection broke while something was being stored, and that nobody could be
// asked what became of it. Storing it again does no harm: every row has an id of its own.
var ErrUnknown = errors.New("whether it was stored is not known")

// pgLink is one connection, opened when it is needed and again when it has broken.
type pgLink struct {
	engine *postgres
	reads  bool
	conn   *pgx.Conn // nil: none yet
	within bool      // inside a transaction, which no other connection can go on with
	xid    string    // of the transaction that writes
	open   *pgCursor // of the queries under way, the innermost
	args   []any
}

// pgCursor is a query under way. Only one can be on a connection: when another one begins, the rest
// of the former waits in memory.
type pgCursor struct {
	rows    pgx.Rows
	outer   *pgCursor
	waiting [][]driver.Value
	err     error
}

// ready connects where there is no connection.
func (l *pgLink) ready() error {
	if l.conn != nil && !l.conn.IsClosed() {
		return nil
	}
	if l.within {
		return pgTrouble(errors.New("the connection to PostgreSQL broke inside a transaction"))
	}
	var settings []string
	if l.reads {
		settings = append(settings, `SET default_transaction_read_only = on`)
	}
	c, err := l.engine.connect(context.Background(), settings...)
	l.conn = c
	return err
}

func (l *pgLink) close() error {
	if l.conn == nil {
		return nil
	}
	ctx, _, stop := patience()
	defer stop()
	return l.conn.Close(ctx)
}

// patience is for how long the server may take to answer: one that has vanished from the network must
// not hold up those who wait, and then the connection is given up. answered is called when it has.
func patience() (ctx context.Context, answered func() bool, stop context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	t := time.AfterFunc(pgAnswer, cancel)
	return ctx, t.Stop, func() { t.Stop(); cancel() }
}

// bind gives what the server takes for INTEGER columns.
func (l *pgLink) bind(args []any) []any {
	l.args = l.args[:0]
	for _, a := range args {
		switch v := a.(type) {
		case int:
			a = int64(v)
		case bool:
			a = int64(0)
			if v {
				a = int64(1)
			}
		case string:
			a = storable(v)
		}
		l.args = append(l.args, a)
	}
	return l.args
}

func (l *pgLink) exec(text string, args []any) (int64, error) {
	if err := l.prepare(); err != nil {
		return 0, err
	}
	ctx, _, stop := patience()
	defer stop()
	tag, err := l.conn.Exec(ctx, text, l.bind(args)...)
	return tag.RowsAffected(), pgTrouble(err)
}

func (l *pgLink) insert(text string, args []any) (seq int64, err error) {
	err = l.query(text+pgSeq, args, func(r row) error { seq = r.int(0); return nil })
	return seq, err
}

// prepare has the connection ready for another statement.
func (l *pgLink) prepare() error {
	if l.open != nil {
		l.open.drain()
	}
	return l.ready()
}

func (l *pgLink) query(text string, args []any, f func(row) error) error {
	given, err := l.ask(text, args, f)
	if err != nil && !given && !l.within && l.conn != nil && l.conn.IsClosed() {
		_, err = l.ask(text, args, f) // the server was started anew since the last time
	}
	return err
}

// ask says whether rows were given to f.
func (l *pgLink) ask(text string, args []any, f func(row) error) (given bool, err error) {
	if err := l.prepare(); err != nil {
		return false, err
	}
	ctx, answered, stop := patience()
	defer stop()
	rows, err := l.conn.Query(ctx, text, l.bind(args)...)
	if err != nil {
		return false, pgTrouble(err)
	}
	c := &pgCursor{rows: rows, outer: l.open}
	l.open = c
	defer func() {
		rows.Close()
		l.open = c.outer
	}()
	for {
		r, err := c.next()
		if err != nil || r == nil {
			return given, pgTrouble(err)
		}
		if !given { // however long it takes to go through all of them
			answered()
		}
		given = true
		if err := f(r); err != nil {
			return true, err
		}
	}
}

// next gives the next row; nil at the end.
func (c *pgCursor) next() (row, error) {
	if len(c.waiting) > 0 {
		r := c.waiting[0]
		c.waiting = c.waiting[1:]
		return r, nil
	}
	if c.err != nil {
		return nil, c.err
	}
	if !c.rows.Next() {
		return nil, c.rows.Err()
	}
	values, err := c.rows.Values()
	if err != nil {
		return nil, err
	}
	r := make(row, len(values))
	for i, v := range values {
		if r[i], err = plain(v); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// drain takes what is still to come into memory.
func (c *pgCursor) drain() {
	all := c.waiting
	for c.err == nil {
		r, err := (&pgCursor{rows: c.rows}).next()
		if err != nil {
			c.err = err
		}
		if r == nil {
			break
		}
		all = append(all, r)
	}
	c.waiting = all
	c.rows.Close()
}

// plain is a value as SQLite has it: whole numbers, words, bytes or nothing. What is true is 1.
func plain(v any) (driver.Value, error) {
	switch v := v.(type) {
	case nil, int64, []byte:
		return v, nil
	case string:
		return original(v), nil
	case int32:
		return int64(v), nil
	case int16:
		return int64(v), nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case pgtype.Numeric: // a sum
		n, err := v.Int64Value()
		if err != nil {
			return nil, fmt.Errorf("read a sum: %w", err)
		}
		return n.Int64, nil
	default:
		return nil, fmt.Errorf("PostgreSQL gave a %T, which no column is", v)
	}
}

// escaped stands before words that PostgreSQL would not take as they are: with a zero byte, or cut in
// the middle of a letter. Somebody can send such a thing as the data of a button; SQLite takes it.
const escaped = "\uE000"

// storable gives words as PostgreSQL takes them; different ones stay different.
func storable(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 && !strings.HasPrefix(s, escaped) {
		return s
	}
	return escaped + hex.EncodeToString([]byte(s))
}

// original undoes storable.
func original(s string) string {
	rest, found := strings.CutPrefix(s, escaped)
	if !found {
		return s
	}
	b, err := hex.DecodeString(rest)
	if err != nil { // nobody of ours wrote it
		return s
	}
	return string(b)
}

func (l *pgLink) begin() (others int64, err error) {
	others, err = l.tryBegin()
	if err != nil && l.conn != nil && l.conn.IsClosed() { // the server was started anew since the last time
		others, err = l.tryBegin()
	}
	return others, err
}

func (l *pgLink) tryBegin() (others int64, err error) {
	if err := l.ready(); err != nil {
		return 0, err
	}
	ctx, _, stop := patience()
	defer stop()
	all, err := l.conn.PgConn().Exec(ctx, fmt.Sprintf(pgBegin, lockWriting)).ReadAll()
	if err == nil && (len(all) != 3 || len(all[2].Rows) != 1) {
		err = errors.New("the table written does not have its one row")
	}
	if err == nil {
		l.xid = string(all[2].Rows[0][1])
		others, err = strconv.ParseInt(string(all[2].Rows[0][0]), 10, 64)
	}
	if err != nil {
		l.rollback()
		return 0, pgTrouble(err)
	}
	l.within = true
	return others, nil
}

func (l *pgLink) commit(people bool) (others int64, err error) {
	if people {
		err := l.query(pgCount, nil, func(r row) error { others = r.int(0); return nil })
		if err != nil {
			return 0, err
		}
	}
	if err := l.ready(); err != nil {
		return 0, err
	}
	ctx, _, stop := patience()
	defer stop()
	tag, err := l.conn.Exec(ctx, `COMMIT`)
	l.within = false
	switch {
	case err == nil && tag.String() != "COMMIT":
		return 0, pgTrouble(errors.New("PostgreSQL has rolled the transaction back"))
	case err != nil && l.conn.IsClosed():
		err = l.outcome()
	}
	return others, pgTrouble(err)
}

// outcome finds out what became of a transaction whose end was not confirmed. Once the lock is ours,
// it has ended one way or the other.
func (l *pgLink) outcome() error {
	xid := l.xid
	if _, err := l.begin(); err != nil {
		return errors.Join(ErrUnknown, err)
	}
	status := ""
	err := l.query(pgStatus, []any{xid}, func(r row) error { status = r.str(0); return nil })
	l.rollback()
	switch {
	case err != nil:
		return errors.Join(ErrUnknown, err)
	case status != "committed":
		return errors.New("the connection broke, and the transaction was not committed")
	}
	return nil
}

func (l *pgLink) rollback() bool {
	there := l.within
	l.within = false
	if l.conn == nil || l.conn.IsClosed() {
		return false
	}
	if l.conn.PgConn().TxStatus() == 'I' {
		return there
	}
	ctx, _, stop := patience()
	defer stop()
	_, err := l.conn.Exec(ctx, `ROLLBACK`)
	return err == nil
}

func (l *pgLink) still(f func() error) error {
	if _, err := l.exec(pgStill, nil); err != nil {
		return err
	}
	l.within = true
	defer l.rollback() // nothing was written
	return f()
}

func (l *pgLink) noticed() (others int64, can bool, err error) {
	err = l.query(pgNoticed, nil, func(r row) error { others = r.int(0); return nil })
	return others, true, err
}

// wiping leaves it to Scrub.
func (l *pgLink) wiping(f func() error) error { return f() }

// sound looks for rows whose references lead nowhere, as SQLite does: the server checks its files
// itself (data_checksums, pg_amcheck).
func (l *pgLink) sound(found func(Flaw)) error {
	return l.query(pgReferences, nil, func(r row) error {
		return l.query(r.str(1), nil, func(missing row) error {
			found(Flaw{Kind: Damaged, Table: r.str(0), Row: missing.str(0)})
			return nil
		})
	})
}

// pgReferences gives each table that refers to another, with a query for rows that refer to nothing.
const pgReferences = `SELECT c.relname::text, format('SELECT r.ctid::text FROM %I r WHERE r.%I IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %I t WHERE t.%I = r.%I) ORDER BY r.ctid',
		c.relname, a.attname, f.relname, b.attname, a.attname)
	FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
	JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1] JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = k.confkey[1]
	WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace ORDER BY 1, 2`

func (l *pgLink) bound(int) error {
	return fmt.Errorf("%w: PostgreSQL has no bound of its own; use a file system of that size", ErrNotHere)
}
