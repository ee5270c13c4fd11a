package records

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// What PostgreSQL alone has to do, beside the tests of the store, which run on both (make test).

// onPostgres opens a store on a database of its own, whatever the other tests run on.
func onPostgres(t *testing.T) (s *Store, address string, v *vault.Vault) {
	t.Helper()
	address, err := pgtest.New(tables)
	if err != nil {
		t.Fatal(err)
	}
	if v, err = vault.New(); err != nil {
		t.Fatal(err)
	}
	return another(t, address, v), address, v
}

// onServer opens a store on an empty database of a server of the test's own.
func onServer(t *testing.T, server *pgtest.Server) *Store {
	t.Helper()
	address, err := server.Make("")
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	return another(t, address, v)
}

// another opens a store on a database that is there, as another process does.
func another(t *testing.T, address string, v *vault.Vault) *Store {
	t.Helper()
	s, err := Open(t.Context(), address, v, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// all gives what a query finds, a row a line.
func all(t *testing.T, s *Store, query string) string {
	t.Helper()
	var lines []string
	err := s.read(t.Context(), func(c *conn) error {
		return c.query(query, func(r row) error {
			line := make([]string, len(r))
			for i := range r {
				line[i] = fmt.Sprint(r[i])
			}
			lines = append(lines, strings.Join(line, " "))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestBothSchemasAreTheSame: whoever adds a migration for one adds it for the other.
func TestBothSchemasAreTheSame(t *testing.T) {
	t.Parallel()
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	file := another(t, filepath.Join(t.TempDir(), "db"), v)
	server, _, _ := onPostgres(t)
	for what, queries := range map[string][2]string{
		"columns": {
			`SELECT t.name, c.name, c.type, CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN 1 ELSE 0 END, c.pk FROM pragma_table_list t, pragma_table_info(t.name) c
				WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'goose%' AND t.name NOT LIKE 'sqlite%'`,
			`SELECT c.table_name::text, c.column_name::text, CASE c.data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' WHEN 'text' THEN 'TEXT' ELSE c.data_type::text END,
				CASE c.is_nullable WHEN 'NO' THEN 1 ELSE 0 END, COALESCE(k.ordinal_position::bigint, 0) FROM information_schema.columns c
				LEFT JOIN (information_schema.table_constraints p JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name))
					ON p.constraint_type = 'PRIMARY KEY' AND p.table_schema = c.table_schema AND p.table_name = c.table_name AND k.column_name = c.column_name
				WHERE c.table_schema = 'public' AND c.table_name NOT LIKE 'goose%' AND c.table_name <> 'written'`,
		},
		"triggers": {
			`SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'`,
			`SELECT tgname::text, relname::text FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND tgname <> 'inbox_told'`,
		},
		"indexes": {
			`SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%'`,
			`SELECT indexname::text, tablename::text FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'goose%'
				AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'`,
		},
		"migrations": {`SELECT MAX(version_id) FROM goose_db_version`, `SELECT MAX(version_id) FROM goose_db_version`},
		"words":      {`SELECT 0`, `SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`},
	} {
		if sqlite, postgres := all(t, file, queries[0]), all(t, server, queries[1]); sqlite != postgres || sqlite == "" {
			t.Errorf("%s in SQLite\n%s\nand in PostgreSQL\n%s", what, sqlite, postgres)
		}
	}
}

func TestPostgresIsOpenedSafely(t *testing.T) {
	t.Parallel()
	s, address, _ := onPostgres(t)
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	if _, err := c.Exec(t.Context(), `DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET synchronous_commit = off'; END $$`); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"synchronous_commit": "on", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "10s"} {
		got := ""
		err := s.write(t.Context(), func(c *conn) error {
			return c.query(`SELECT current_setting('`+name+`')`, func(r row) error { got = r.str(0); return nil })
		})
		if err != nil || got != want {
			t.Errorf("the writer has %s = %s, %v; want %s", name, got, err, want)
		}
	}
	err = s.read(t.Context(), func(c *conn) error { _, err := c.exec(sqlWriteMeta, "x", []byte("x")); return err })
	if err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("a reader wrote: %v", err)
	}
	if err := s.Snapshot(t.Context(), filepath.Join(t.TempDir(), "copy")); !errors.Is(err, ErrNotHere) || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("a snapshot: %v", err)
	}
}

// TestAnAddressIsNotRepeated: a password stands in no error.
func TestAnAddressIsNotRepeated(t *testing.T) {
	t.Parallel()
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"postgres://house:rahasia@127.0.0.1:1/x", "postgres://house:rahasia@127.0.0.1:port/x", "postgres://house:rahasia@[::1/x", "postgres://house:rahasia@127.0.0.1:1/x?sslmode=maybe",
	} {
		_, err := Open(t.Context(), address, v, Options{})
		if err == nil || strings.Contains(err.Error(), "rahasia") {
			t.Errorf("%v", err)
		}
	}
}

// TestAServerThatIsStartedAnewLosesNothing kills PostgreSQL as a power cut does, again and again,
// while turns are stored; the store goes on by itself.
func TestAServerThatIsStartedAnewLosesNothing(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	s := onServer(t, server)
	confirmed, tries := int64(0), int64(0)
	for round := range 3 {
		for i := range int64(40) {
			if i == 20 {
				server.Kill()
				if _, err := s.Receive(t.Context(), []turn.Row{{UpdateID: 1_000_000 + int64(round), Body: []byte("x")}}); err == nil {
					t.Fatal("stored on a server that is not there")
				}
				if err := s.Check(t.Context()); err == nil {
					t.Fatal("a server that is not there answers")
				}
				server.Restart(t)
			}
			tries++
			if _, err := s.Receive(t.Context(), []turn.Row{{UpdateID: tries, Body: []byte("x")}}); err == nil {
				confirmed++
			}
			if _, err := s.Pending(t.Context()); err != nil {
				t.Fatalf("reading after the server is back: %v", err)
			}
		}
	}
	server.Restart(t) // while nobody asked for anything
	tries++
	if _, err := s.Receive(t.Context(), []turn.Row{{UpdateID: tries, Body: []byte("x")}}); err == nil {
		confirmed++
	}
	waiting, err := s.Pending(t.Context())
	if err != nil || int64(len(waiting)) != confirmed || confirmed != tries {
		t.Errorf("of %d updates %d were confirmed, %d are there, %v", tries, confirmed, len(waiting), err)
	}
}

// TestWhatBecameOfAnUnconfirmedCommitIsFoundOut: the connection breaks before, or after.
func TestWhatBecameOfAnUnconfirmedCommitIsFoundOut(t *testing.T) {
	t.Parallel()
	s, address, _ := onPostgres(t)
	l := &pgLink{engine: s.engine.(*postgres)}
	defer l.close()
	begin := func(name string) {
		t.Helper()
		if _, err := l.begin(); err != nil {
			t.Fatal(err)
		}
		if _, err := l.exec(sqlWriteMeta, []any{name, []byte("x")}); err != nil {
			t.Fatal(err)
		}
	}
	begin("cut off")
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(context.Background())
	if _, err := c.Exec(t.Context(), `SELECT pg_terminate_backend($1)`, l.conn.PgConn().PID()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.commit(true); err == nil || errors.Is(err, ErrUnknown) {
		t.Errorf("cut off before the commit: %v", err)
	}
	l.rollback() // as the writer does
	begin("unheard")
	xid := l.xid
	if _, err := l.commit(false); err != nil {
		t.Fatal(err)
	}
	l.xid = xid // and the answer was not heard
	if err := l.outcome(); err != nil {
		t.Errorf("cut off after the commit: %v", err)
	}
	if got := metas(t, s); got != "unheard" {
		t.Errorf("stored %q", got)
	}
}

// TestProcessesWriteOneAfterTheOther: rows have numbers in the order in which they can be read, so
// that whoever reads on from a number misses none.
func TestProcessesWriteOneAfterTheOther(t *testing.T) {
	t.Parallel()
	first, address, v := onPostgres(t)
	stores := []*Store{first, another(t, address, v), another(t, address, v)}
	const each = 60
	done := make(chan error, len(stores))
	for i, s := range stores {
		go func() {
			for n := range int64(each) {
				if _, err := s.Receive(context.Background(), []turn.Row{{UpdateID: int64(i)*1000 + n, Body: []byte("x")}}); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	seen, after, over := 0, int64(0), 0
	for seen < each*len(stores) {
		rows, last, err := first.Arrived(t.Context(), after, 7)
		if err != nil {
			t.Fatal(err)
		}
		seen, after = seen+len(rows), last
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			over++
		default:
			if over == len(stores) && len(rows) == 0 {
				t.Fatalf("of %d updates %d were seen", each*len(stores), seen)
			}
		}
	}
}

// TestWhatAnotherProcessTookInIsReadWithWhatItWrote: whoever works it off knows nobody any more whom the
// other has let go.
func TestWhatAnotherProcessTookInIsReadWithWhatItWrote(t *testing.T) {
	t.Parallel()
	leads, address, v := onPostgres(t)
	other := another(t, address, v)
	ctx := t.Context()
	if err := leads.AddPerson(ctx, program.Person{ID: "p-1", Role: program.Companion, Name: "Siti", Chat: 7, Active: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := leads.PersonByChat(ctx, 7); err != nil {
		t.Fatal(err)
	}
	if err := other.Unbind(ctx, "p-1"); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Receive(ctx, []turn.Row{{UpdateID: 1, Body: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	if rows, _, err := leads.Arrived(ctx, 0, 10); err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	if _, err := leads.PersonByChat(ctx, 7); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("whom the other let go is still known: %v", err)
	}
}
