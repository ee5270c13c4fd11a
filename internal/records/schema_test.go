package records

import (
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/records/pgtest"
)

func TestTheDatabaseIsOpenedSafely(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "what PostgreSQL has is compared with it")
	s := newStore(t)
	pragma := func(c *conn, name string) (value any) {
		t.Helper()
		if err := c.query("PRAGMA "+name, func(r row) error { value = r[0]; return nil }); err != nil {
			t.Fatal(err)
		}
		return value
	}
	// Not inside a transaction of ours: the writer is idle.
	for name, want := range map[string]any{
		"journal_mode": "wal", "synchronous": int64(2), "foreign_keys": int64(1), "busy_timeout": int64(10000),
	} {
		var got any
		err := s.write(t.Context(), func(c *conn) error { got = pragma(c, name); return nil })
		if err != nil || got != want {
			t.Errorf("the writer has %s = %v, %v; want %v", name, got, err, want)
		}
	}
	err := s.read(t.Context(), func(c *conn) error { _, err := c.exec(sqlWriteMeta, "x", []byte("x")); return err })
	if err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("a reader wrote: %v", err)
	}
}

func TestEveryTableIsStrict(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "what PostgreSQL has is compared with it")
	s := newStore(t)
	var tables []string
	err := s.read(t.Context(), func(c *conn) error {
		return c.query(`SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'`, func(r row) error {
			name := r.str(0)
			if strings.HasPrefix(name, "sqlite_") || strings.HasPrefix(name, "goose_") {
				return nil
			}
			tables = append(tables, name)
			if r.int(1) != 1 {
				t.Errorf("table %s is not STRICT", name)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(tables)
	if got := strings.Join(tables, " "); got != "alarm attendance audit card chat consent contact conversation counter dead_letter deadline digest digest_opened fact follow_up inbox invitation "+
		"lease matter matter_change meta outbox participant person pin prompt rated rating reminder report request staff_hours stage_change target trace watch" {
		t.Errorf("the tables are %s", got)
	}
}

// TestRemindersAreSearched: what is asked of each subject, or each time that something is looked at, goes
// through no table from one end to the other.
func TestRemindersAreSearched(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "what PostgreSQL has is compared with it")
	s := newStore(t)
	for text, args := range map[string]int{
		sqlWatched: 2, sqlNextWatch: 0, sqlOpenReminders: 1, sqlToldSince: 2, sqlSettleRest: 3, sqlWatchNext: 3, sqlStaff: 0,
		sqlHerOwn: 1, sqlPerson: 1, sqlStagesOf: 3, sqlPlacesOf: 2, sqlPlacesHers: 2, sqlLatestOf: 4, sqlMattersHers: 10, sqlMatter: 1,
	} {
		err := s.read(t.Context(), func(c *conn) error {
			return c.query("EXPLAIN QUERY PLAN "+text, func(r row) error {
				step := r.str(3)
				if strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "INDEX") && !strings.Contains(step, "json_each") {
					t.Errorf("%s\n%s", step, text)
				}
				return nil
			}, make([]any, args)...)
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestWhatIsAskedOftenIsSearched(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "what PostgreSQL has is compared with it")
	s := newStore(t)
	for text, index := range map[string]string{sqlCountAll: "report_flow", sqlForget: "inbox_done", sqlForgetTraces: "trace_at", sqlTraces: "sqlite_autoindex_trace"} {
		var plan []string
		err := s.read(t.Context(), func(c *conn) error {
			args := []any{"kunjungan", "2026-11-01", "2026-11-30"}
			switch text {
			case sqlForget, sqlForgetTraces:
				args = []any{1, 2}
			case sqlTraces:
				args = []any{"key"}
			}
			return c.query("EXPLAIN QUERY PLAN "+text, func(r row) error { plan = append(plan, r.str(3)); return nil }, args...)
		})
		if err != nil || !strings.Contains(strings.Join(plan, "\n"), index) {
			t.Errorf("%s\nis answered by %q, %v; want %s", text, plan, err, index)
		}
	}
}
