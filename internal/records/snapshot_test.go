package records_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
)

// TestASnapshotIsWholeWhileOthersWrite: lanes commit until the copy is made; it has all that was
// confirmed before it was begun, and every turn in it is whole.
func TestASnapshotIsWholeWhileOthersWrite(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "PostgreSQL is copied with pg_dump")
	dir := t.TempDir()
	v := newVault(t)
	s := openAt(t, filepath.Join(dir, dbRow), v)
	peopled(t, s)
	const lanes = 4
	var mu sync.Mutex
	confirmed := map[string]uint64{}
	stop := make(chan struct{})
	begun := make(chan struct{}, lanes)
	var wg sync.WaitGroup
	for l := range lanes {
		wg.Go(func() {
			lane := fmt.Sprintf("1.%d", l)
			for step := range uint64(1 << 30) {
				select {
				case <-stop:
					return
				default:
				}
				if err := commitOne(s, lane, step); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				confirmed[lane] = step + 1
				mu.Unlock()
				if step == 20 {
					begun <- struct{}{}
				}
			}
		})
	}
	for range lanes {
		<-begun
	}
	mu.Lock()
	before, total := map[string]uint64{}, uint64(0)
	for lane, n := range confirmed {
		before[lane] = n
	}
	mu.Unlock()
	path := filepath.Join(dir, "copy")
	err := s.Snapshot(t.Context(), path)
	close(stop)
	wg.Wait()
	must(t, err)
	for lane, n := range confirmed {
		total += n - before[lane]
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	t.Logf("%d turns were committed meanwhile", total)
	c, err := records.Open(t.Context(), path, v, records.Options{Made: true})
	must(t, err)
	defer func() { must(t, c.Close()) }()
	checkWhole(t, c, before)
	proof, err := c.Verify(t.Context())
	must(t, err)
	for _, f := range proof.Flaws {
		if f.Table != "conversation" { // the turns of this test have theirs unsealed
			t.Errorf("%+v", f)
		}
	}
}

// TestASnapshotReplacesNothing: neither a file nor what a link leads to.
func TestASnapshotReplacesNothing(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "PostgreSQL is copied with pg_dump")
	s := open(t)
	dir := t.TempDir()
	theirs, link, empty := filepath.Join(dir, "theirs"), filepath.Join(dir, "link"), filepath.Join(dir, "empty")
	must(t, os.WriteFile(theirs, []byte("theirs"), 0o600))
	must(t, os.WriteFile(empty, nil, 0o644)) // SQLite itself would take it
	must(t, os.Symlink(filepath.Join(dir, "nowhere"), link))
	for _, path := range []string{theirs, empty, link} {
		if err := s.Snapshot(t.Context(), path); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	if b, err := os.ReadFile(theirs); err != nil || string(b) != "theirs" {
		t.Errorf("%q, %v", b, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	late := filepath.Join(dir, "late")
	if err := s.Snapshot(ctx, late); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	for _, path := range []string{late, filepath.Join(dir, "nowhere")} {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is there: %v", path, err)
		}
	}
}

// TestASnapshotHasNothingOfWhatWasDeleted, though the pages that it stood on are still in the database.
func TestASnapshotHasNothingOfWhatWasDeleted(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "PostgreSQL is copied with pg_dump")
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, dbRow), newVault(t))
	db, err := sql.Open("sqlite", filepath.Join(dir, dbRow))
	must(t, err)
	defer db.Close()
	_, err = db.Exec(`CREATE TABLE gone (text TEXT) STRICT; INSERT INTO gone VALUES (hex(zeroblob(100000))); DROP TABLE gone`)
	must(t, err)
	path := filepath.Join(dir, "copy")
	must(t, s.Snapshot(t.Context(), path))
	copied, err := sql.Open("sqlite", path)
	must(t, err)
	defer copied.Close()
	was, is := lines(t, db, `PRAGMA freelist_count`), lines(t, copied, `PRAGMA freelist_count`)
	if strings.HasPrefix(was, "0") || !strings.HasPrefix(is, "0") {
		t.Errorf("free pages: %q, in the copy %q", was, is)
	}
}

// TestWhatIsNotOursIsLeftAsItIs: with Made, nothing becomes a database of the house by being opened.
func TestWhatIsNotOursIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "PostgreSQL is copied with pg_dump")
	dir := t.TempDir()
	other := filepath.Join(dir, "other")
	db, err := sql.Open("sqlite", other)
	must(t, err)
	_, err = db.Exec(`CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB)`)
	must(t, errors.Join(err, db.Close()))
	bare := filepath.Join(dir, "bare")
	db, err = sql.Open("sqlite", bare)
	must(t, err)
	_, err = db.Exec(`CREATE TABLE somebody (name TEXT)`)
	must(t, errors.Join(err, db.Close()))
	text, empty := filepath.Join(dir, "text"), filepath.Join(dir, "empty")
	must(t, os.WriteFile(text, []byte("id,flow\nthis is a report and no database, and it is long enough\n"), 0o600))
	must(t, os.WriteFile(empty, nil, 0o600))
	for _, path := range []string{other, bare, text, empty} {
		before, err := os.ReadFile(path)
		must(t, err)
		_, err = records.Open(t.Context(), path, newVault(t), records.Options{Made: true})
		after, readErr := os.ReadFile(path)
		if !errors.Is(err, records.ErrNotOurs) || readErr != nil || string(before) != string(after) {
			t.Errorf("%s: %v, %v, changed: %v", filepath.Base(path), err, readErr, string(before) != string(after))
		}
	}
}
