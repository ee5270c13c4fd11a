package records_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

func TestRecordsMoveToPostgresAsTheyAre(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "they move from a file")
	dir := t.TempDir()
	path, key := filepath.Join(dir, dbRow), filepath.Join(dir, "key")
	must(t, vault.Create(key))
	v, err := vault.Open(key)
	must(t, err)
	s := openAt(t, path, v)
	peopled(t, s)
	p := wholePlan(received(t, s, 1).Seq)
	must(t, s.Commit(t.Context(), p))
	must(t, s.Bury(t.Context(), received(t, s, 2).Seq, "panic"))
	server, err := pgtest.Shared()
	must(t, err)
	address, err := server.Make("")
	must(t, err)
	n, err := s.MoveTo(t.Context(), address)
	if err != nil || n < 20 {
		t.Fatalf("moved %d rows, %v", n, err)
	}
	if _, err := s.MoveTo(t.Context(), address); !errors.Is(err, records.ErrNotEmpty) {
		t.Errorf("moved a second time: %v", err)
	}
	moved, err := records.Open(t.Context(), address, v, records.Options{Now: func() time.Time { return now }, Made: true})
	must(t, err)
	defer moved.Close()
	if was, is := contents(t, s), contents(t, moved); was != is {
		t.Errorf("there was\n%s\nthere is\n%s", was, is)
	}
	if got := flaws(t, moved); got != "" {
		t.Errorf("found %s", got)
	}
	// What comes next has a number of its own, also where the last row is gone; and is known again.
	if rows, err := moved.Receive(t.Context(), []turn.Row{{UpdateID: 1, Body: []byte("x")}, {UpdateID: 3, Body: []byte("x")}}); err != nil || len(rows) != 1 || rows[0].Seq < 3 {
		t.Errorf("received %v, %v", rows, err)
	}
	must(t, moved.Commit(t.Context(), p))
	if was, is := contents(t, s), contents(t, moved); was == is { // the update that waits now
		t.Error("nothing came")
	}
	if _, err := moved.MoveTo(t.Context(), address); !errors.Is(err, records.ErrNotHere) {
		t.Errorf("moved from PostgreSQL: %v", err)
	}
}
