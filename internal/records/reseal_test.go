package records

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// TestEverySealedColumnIsSealedAnew fills every table, rotates, and finds nothing that the old key
// has sealed; whatever could be read can still be read.
func TestEverySealedColumnIsSealedAnew(t *testing.T) {
	t.Parallel()
	key := filepath.Join(t.TempDir(), "key")
	if err := vault.Create(key); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "db"), v, Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	fillAll(t, s, now)
	before, err := s.Verify(t.Context())
	if err != nil || len(before.Flaws) > 0 {
		t.Fatal(before.Flaws, err)
	}
	old := sealedWith(t, s, func(value []byte) bool { return v.Newest(value) })
	for _, table := range []string{"meta", "person", "participant", "chat", "deadline", "conversation", "report", "inbox", "outbox", "dead_letter"} {
		if old[table] == 0 {
			t.Errorf("nothing sealed in %s: the test fills too little", table)
		}
	}
	if err := vault.Rotate(key); err != nil || !v.Refresh() {
		t.Fatal(err)
	}
	n, flaws, err := s.Reseal(t.Context())
	if err != nil || len(flaws) > 0 || n < resealMost*2 {
		t.Fatalf("%d sealed anew, %v, %v", n, flaws, err)
	}
	if left := sealedWith(t, s, func(value []byte) bool { return !v.Newest(value) }); len(left) > 0 {
		t.Errorf("still under the old key: %v", left)
	}
	after, err := s.Verify(t.Context())
	if err != nil || fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("verified %v, %v; before %v", after, err, before)
	}
	if items, err := s.Outgoing(t.Context(), 1000); err != nil || len(items) != 3*resealMost {
		t.Errorf("%d messages, %v", len(items), err)
	}
	if rows, err := s.Pending(t.Context()); err != nil || len(rows) != 1 || string(rows[0].Body) != "update 3" {
		t.Errorf("pending %v, %v", rows, err)
	}
	if due, err := s.Deadlines(t.Context(), now.Add(time.Hour), 10); err != nil || len(due) != 2 {
		t.Errorf("due %v, %v", due, err)
	}
	if n, _, err := s.Reseal(t.Context()); err != nil || n != 0 {
		t.Errorf("a second time: %d, %v", n, err)
	}
}

// sealedWith counts, by table, the values of the sealed columns that are so.
func sealedWith(t *testing.T, s *Store, so func([]byte) bool) map[string]int {
	t.Helper()
	found := map[string]int{}
	for _, col := range sealedColumns() {
		err := s.read(t.Context(), func(c *conn) error {
			return c.query(col.pick, func(r row) error {
				if so(r.blob(1)) {
					found[col.name]++
				}
				return nil
			}, col.first, 100000)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// fillAll writes something into every table that holds something sealed, into the outbox more than
// one transaction's worth.
func fillAll(t *testing.T, s *Store, now time.Time) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := t.Context()
	must(s.AddPerson(ctx, program.Person{ID: "siti", Role: program.Companion, Name: "Siti", Chat: 7, Active: true}))
	must(s.AddParticipant(ctx, program.Participant{Agreed: program.OnPaper, Code: "M-417", Alias: "Melati", Stage: program.Trading, Companion: "siti"}))
	rows, err := s.Receive(ctx, []turn.Row{{UpdateID: 1, Body: []byte("update 1")}, {UpdateID: 2, Body: []byte("update 2")}, {UpdateID: 3, Body: []byte("update 3")}})
	must(err)
	must(s.Bury(ctx, rows[1].Seq, "panic"))
	plan := turn.Plan{
		Row:       rows[0].Seq,
		State:     &turn.State{Key: s.ChatKey(7), Data: seal(t, s, "memory", string(s.ChatKey(7)))},
		Deadlines: []turn.Due{{Chat: 7, Kind: "a", At: now}, {Chat: 7, Kind: "b", At: now}},
		Reports: []program.Report{
			{ID: "r-1", Flow: "kunjungan", Participant: "M-417", Author: "siti", OccurredOn: "2026-11-25", CreatedAt: now, Answers: []byte(`{}`), Source: "x"},
			{ID: "r-2", Flow: "lain", Author: "siti", OccurredOn: "2026-11-25", CreatedAt: now, Answers: []byte(`{}`), Source: "y"},
		},
	}
	for i := range 3*resealMost + 1 {
		plan.Messages = append(plan.Messages, turn.Message{ID: fmt.Sprint("m-", i), Chat: 7, Form: turn.Notice, Text: "halo"})
	}
	must(s.Commit(ctx, plan))
	must(s.BuryMessage(ctx, "m-0", "refused"))
	day := program.Matter{ID: "x-1", Kind: program.Session, Year: 2026, Number: 1, Author: "siti", Status: "rencana", Fields: program.Fields{"jenis": {"bimtek"}}}
	must(s.Commit(ctx, turn.Plan{Way: turn.Way{Moves: []turn.Move{{Matter: day, Change: program.Change{ID: "x-1", At: now, By: "siti", Now: "rencana"}}}}}))
	day.Rev, day.Status = 1, "diumumkan"
	must(s.Commit(ctx, turn.Plan{Way: turn.Way{Moves: []turn.Move{{Matter: day, Change: program.Change{ID: "x-2", At: now, By: "siti", Was: "rencana", Now: "diumumkan"}}}}}))
}

func seal(t *testing.T, s *Store, plain, bind string) []byte {
	t.Helper()
	sealed, err := s.vault.Seal([]byte(plain), []byte(bind))
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// TestNoBlobIsForgotten holds the list of sealed columns against the schema: whoever adds a column
// of bytes says here whose key seals it.
func TestNoBlobIsForgotten(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "what PostgreSQL has is compared with it")
	s := newStore(t)
	own := []string{"participant.alias", "contact.sealed", "target.sealed"} // a participant's own key
	var found []string
	err := s.read(t.Context(), func(c *conn) error {
		return c.query(`SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c
			WHERE t.schema = 'main' AND c.type = 'BLOB' ORDER BY 1`, func(r row) error { found = append(found, r.str(0)); return nil })
	})
	if err != nil || len(found) < 10 {
		t.Fatal(found, err)
	}
	for _, column := range found {
		table, name, _ := strings.Cut(column, ".")
		listed := slices.ContainsFunc(sealedColumns(), func(c sealedColumn) bool { return c.name == table && strings.Contains(c.put, " "+name+" = ") })
		if !listed && !slices.Contains(own, column) {
			t.Errorf("%s is sealed with a key that rotating does not know of", column)
		}
	}
}
