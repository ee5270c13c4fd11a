package records

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"strings"

	"github.com/jackc/pgx/v5"
)

// What may be in the way of moving to another database.
var (
	ErrNotEmpty = errors.New("the database to move to has records already")
	ErrDiffers  = errors.New("what arrived is not what was sent")
)

const (
	sqlTables = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%' AND name <> 'lease' ORDER BY rowid`
	// In the order of the key, so that both databases give the rows in the same order.
	sqlColumns   = `SELECT name, pk FROM pragma_table_info($1) ORDER BY cid`
	sqlSequences = `SELECT name, seq FROM sqlite_sequence`

	moveSome = 500 // rows that are in memory at once
)

// moving is a table on its way.
type moving struct {
	name    string
	columns []string
	query   string // all of it, in the order of its key
}

// MoveTo copies all records from a database in SQLite into an empty one in PostgreSQL at an address,
// as they are: sealed with the same keys. Either all of it arrives, is read again and is the same
// (ErrDiffers), or nothing does. Nobody can write meanwhile; the file stays as it is. It tells how
// many rows there were.
func (s *Store) MoveTo(ctx context.Context, address string) (rows int64, err error) {
	if s.Shared() {
		return 0, fmt.Errorf("move the records: %w: they are in PostgreSQL already", ErrNotHere)
	}
	e, err := openPostgres(ctx, address, false)
	if err == nil {
		err = e.migrate(ctx)
	}
	if err != nil {
		return 0, fmt.Errorf("move the records to the database %s: %w", Named(address), err)
	}
	target, err := e.connect(ctx)
	if err != nil {
		return 0, fmt.Errorf("move the records: %w", err)
	}
	defer target.Close(context.WithoutCancel(ctx)) //nolint:errcheck // what was not committed is gone with it
	err = s.write(ctx, func(c *conn) error {       // which keeps everybody else from writing
		rows, err = moveAll(ctx, c, target)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("move the records to the database %s: %w", Named(address), err)
	}
	return rows, nil
}

func moveAll(ctx context.Context, from *conn, target *pgx.Conn) (int64, error) {
	tables, err := movingTables(from)
	if err != nil {
		return 0, err
	}
	tx, err := target.Begin(ctx)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit there is nothing to undo
	if err := makeRoom(ctx, tx); err != nil {
		return 0, err
	}
	total := int64(0)
	for _, t := range tables {
		n, err := t.move(ctx, from, tx)
		if err != nil {
			return 0, fmt.Errorf("table %s: %w", t.name, err)
		}
		total += n
	}
	if err := numbersGoOn(ctx, from, tx); err != nil {
		return 0, err
	}
	return total, tx.Commit(ctx)
}

// movingTables are all tables, each after those that it refers to.
func movingTables(from *conn) ([]*moving, error) {
	var all []*moving
	err := from.query(sqlTables, func(r row) error { all = append(all, &moving{name: r.str(0)}); return nil })
	for _, t := range all {
		if err != nil {
			break
		}
		key := map[int64]string{}
		err = from.query(sqlColumns, func(r row) error {
			name := `"` + r.str(0) + `"`
			t.columns = append(t.columns, r.str(0))
			if r.int(1) > 0 {
				key[r.int(1)] = name
			}
			return nil
		}, t.name)
		order := make([]string, len(key))
		for i, name := range key {
			order[i-1] = name
		}
		t.query = `SELECT "` + strings.Join(t.columns, `", "`) + `" FROM ` + t.name + ` ORDER BY ` + strings.Join(order, ", ")
	}
	return all, err
}

// makeRoom refuses a database that has records, and makes room for those that come.
func makeRoom(ctx context.Context, tx pgx.Tx) error {
	there := false
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM meta) OR EXISTS (SELECT 1 FROM person)`).Scan(&there)
	if err == nil && there {
		err = ErrNotEmpty
	}
	for _, table := range []string{"watch", "counter"} { // the migrations put rows into them
		if err == nil {
			_, err = tx.Exec(ctx, `DELETE FROM `+table)
		}
	}
	return err
}

// move copies a table and compares what arrived. Its triggers have done their work in SQLite.
func (t *moving) move(ctx context.Context, from *conn, tx pgx.Tx) (int64, error) {
	if _, err := tx.Exec(ctx, `ALTER TABLE `+t.name+` DISABLE TRIGGER USER`); err != nil {
		return 0, err
	}
	sent, n := sha256.New(), int64(0)
	var some [][]any
	flush := func() error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, pgx.CopyFromRows(some))
		some = some[:0]
		return err
	}
	err := from.query(t.query, func(r row) error {
		n++
		one := make([]any, len(r))
		for i, v := range r {
			one[i] = v
			if words, ok := v.(string); ok {
				one[i] = storable(words)
			}
		}
		note(sent, one)
		if some = append(some, one); len(some) == moveSome {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return 0, err
	}
	got, err := t.arrived(ctx, tx)
	if err == nil && string(got) != string(sent.Sum(nil)) {
		err = ErrDiffers
	}
	if err == nil {
		_, err = tx.Exec(ctx, `ALTER TABLE `+t.name+` ENABLE TRIGGER USER`)
	}
	return n, err
}

// arrived is the sum of what the table has now.
func (t *moving) arrived(ctx context.Context, tx pgx.Tx) ([]byte, error) {
	rows, err := tx.Query(ctx, t.query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sum := sha256.New()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return nil, err
		}
		note(sum, values)
	}
	return sum.Sum(nil), rows.Err()
}

// note takes a row into a sum: for each value its kind, its length and its bytes.
func note(sum hash.Hash, values []any) {
	for _, v := range values {
		kind, b := byte('n'), []byte(nil)
		switch v := v.(type) {
		case nil:
		case int64:
			kind, b = 'i', binary.BigEndian.AppendUint64(nil, uint64(v)) //nolint:gosec // the same bits
		case string:
			kind, b = 's', []byte(v)
		case []byte:
			kind, b = 'b', v
		default:
			kind, b = '?', fmt.Append(nil, v)
		}
		head := binary.BigEndian.AppendUint64([]byte{kind}, uint64(len(b)))
		sum.Write(head)
		sum.Write(b)
	}
}

// numbersGoOn has new rows get numbers that never were.
func numbersGoOn(ctx context.Context, from *conn, tx pgx.Tx) error {
	last := map[string]int64{}
	if err := from.query(sqlSequences, func(r row) error { last[r.str(0)] = r.int(1); return nil }); err != nil {
		return err
	}
	for _, table := range []string{"report", "inbox", "outbox", "dead_letter", "audit"} {
		_, err := tx.Exec(ctx, `SELECT setval(pg_get_serial_sequence($1, 'seq'), GREATEST($2, 1, (SELECT MAX(seq) FROM `+table+`)),
			GREATEST($2, 0, (SELECT MAX(seq) FROM `+table+`)) > 0)`, table, last[table])
		if err != nil {
			return fmt.Errorf("go on with the numbers of table %s: %w", table, err)
		}
	}
	return nil
}
