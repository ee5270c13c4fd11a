package records

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

func newStore(t *testing.T) *Store {
	t.Helper()
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	return another(t, At(t, filepath.Join(t.TempDir(), "db")), v)
}

// together runs every f as one job each, all of them waiting when the writer looks.
func together(s *Store, fs ...func(*conn) error) []error {
	held, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = s.write(context.Background(), func(*conn) error { close(held); <-release; return nil })
	})
	<-held
	errs := make([]error, len(fs))
	for i, f := range fs {
		queued := len(s.writer.jobs.Out())
		wg.Go(func() { errs[i] = s.write(context.Background(), f) })
		for len(s.writer.jobs.Out()) == queued { // until it waits, so that the order is known
			runtime.Gosched()
		}
	}
	close(release)
	wg.Wait()
	return errs
}

func putMeta(name string) func(*conn) error {
	return func(c *conn) error {
		_, err := c.exec(sqlWriteMeta, name, []byte(name))
		return err
	}
}

func metas(t *testing.T, s *Store) string {
	t.Helper()
	var names []string
	err := s.read(t.Context(), func(c *conn) error {
		return c.query(`SELECT name FROM meta WHERE name <> 'canary' ORDER BY name`, func(r row) error {
			names = append(names, r.str(0))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}

func TestWhatWaitsSharesATransaction(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	before := s.Stats()
	for i, err := range together(s, putMeta("a"), putMeta("b"), putMeta("c"), putMeta("d")) {
		if err != nil {
			t.Errorf("job %d: %v", i, err)
		}
	}
	after := s.Stats()
	if after.Flushes-before.Flushes != 1 || after.Jobs-before.Jobs != 5 || after.Apart != 0 {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if got := metas(t, s); got != "a b c d" {
		t.Errorf("stored %q", got)
	}
}

func TestOneBadJobHarmsNoOther(t *testing.T) {
	t.Parallel()
	bad := errors.New("changed its mind")
	for name, spoil := range map[string]func(*conn) error{
		"after writing": func(c *conn) error { return errors.Join(putMeta("half")(c), bad) },
		"in a statement": func(c *conn) error {
			if err := putMeta("half")(c); err != nil {
				return err
			}
			_, err := c.exec(`INSERT INTO chat (key, owner, sealed, reachable, changed_at) VALUES ('k', 'nobody', zeroblob(1), 1, 1)`)
			return errors.Join(err, bad)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			errs := together(s, putMeta("a"), spoil, putMeta("b"), putMeta("c"))
			for i, err := range errs {
				if (i == 1) != errors.Is(err, bad) || i != 1 && err != nil {
					t.Errorf("job %d: %v", i, err)
				}
			}
			if got := metas(t, s); got != "a b c" {
				t.Errorf("stored %q", got)
			}
			if st := s.Stats(); st.Apart != 1 {
				t.Errorf("%+v", st)
			}
		})
	}
}

func TestARefusalDoesNotBreakTheGroup(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	refuse := func(c *conn) error { return saveState(c, &turn.State{Key: "k", Was: 7}, 1) }
	errs := together(s, putMeta("a"), refuse, putMeta("b"))
	if errs[0] != nil || !errors.Is(errs[1], turn.ErrConflict) || errs[2] != nil {
		t.Error(errs)
	}
	if st := s.Stats(); st.Apart != 0 {
		t.Errorf("%+v", st)
	}
	if got := metas(t, s); got != "a b" {
		t.Errorf("stored %q", got)
	}
}

func TestAFullDiskIsAnErrorAndPasses(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "PostgreSQL cannot be given a bound")
	s := newStore(t)
	limit := func(pages int) {
		t.Helper()
		err := s.write(t.Context(), func(c *conn) error {
			return c.query(fmt.Sprintf("PRAGMA max_page_count = %d", pages), func(row) error { return nil })
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	save := func(i int) error {
		return s.Commit(t.Context(), turn.Plan{
			State:    &turn.State{Key: turn.Key(fmt.Sprint(i)), Data: make([]byte, 20_000)},
			Messages: []turn.Message{{ID: fmt.Sprint(i), Chat: 1, Form: turn.Notice, Text: "Halo"}},
		})
	}
	limit(150) // SQLite never makes it smaller than the file is
	stored := 0
	var full error
	for full == nil {
		if full = save(stored); full == nil {
			stored++
		}
		if stored > 1000 {
			t.Fatal("the disk is never full")
		}
	}
	if !s.engine.failed(full) || !strings.Contains(full.Error(), "full") {
		t.Errorf("a full disk is %v", full)
	}
	errs := together(s,
		func(c *conn) error { return saveState(c, &turn.State{Key: "x", Data: make([]byte, 50_000)}, 1) },
		func(c *conn) error { return saveState(c, &turn.State{Key: "y", Was: 5}, 1) })
	if errs[0] == nil || !errors.Is(errs[1], turn.ErrConflict) {
		t.Errorf("while the disk is full: %v", errs)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Errorf("reading while the disk is full: %v", err)
	}
	limit(100_000)
	if err := save(stored); err != nil {
		t.Fatalf("after the disk has space again: %v", err)
	}
	items, err := s.Outgoing(t.Context(), 10_000)
	if err != nil || len(items) != stored+1 {
		t.Fatalf("%d messages of %d, %v", len(items), stored+1, err)
	}
	for i := range stored + 1 {
		if saved, err := s.Load(t.Context(), turn.Key(fmt.Sprint(i))); err != nil || saved.Rev != 1 || len(saved.Data) != 20_000 {
			t.Fatalf("state %d: revision %d, %v", i, saved.Rev, err)
		}
	}
}

func TestClosingFinishesWhatWaits(t *testing.T) {
	t.Parallel()
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	path := At(t, filepath.Join(t.TempDir(), "db"))
	s, err := Open(t.Context(), path, v, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var confirmed sync.Map
	for i := range 50 {
		wg.Go(func() {
			for j := range 1000 {
				key := turn.Key(fmt.Sprint(i, "-", j))
				if err := s.Save(context.Background(), turn.State{Key: key, Data: []byte("x")}); err != nil {
					if !errors.Is(err, ErrClosed) {
						t.Error(err)
					}
					return
				}
				confirmed.Store(key, true)
			}
		})
	}
	for s.Stats().Jobs < 200 {
		runtime.Gosched()
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	if _, err := s.Load(context.Background(), "a"); !errors.Is(err, ErrClosed) {
		t.Errorf("load after close: %v", err)
	}
	if s, err = Open(t.Context(), path, v, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // a test's
	confirmed.Range(func(key, _ any) bool {
		if saved, err := s.Load(t.Context(), key.(turn.Key)); err != nil || saved.Rev != 1 {
			t.Errorf("%s was confirmed and is lost: %v", key, err)
		}
		return true
	})
}
