package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/backup"
)

// nightly is a house that makes backups by itself.
type nightly struct {
	*safeKept
	folder string // BACKUP_DIR
	log    notes
	said   notes // at the start
}

// newNightly starts one; change changes the settings of its backups.
func newNightly(t *testing.T, change func(*nightly, *backupSettings)) *nightly {
	t.Helper()
	n := &nightly{safeKept: newKey(t), folder: t.TempDir()}
	set := backupSettings{Dir: n.folder, At: "30 2 * * *", Days: 35, Recipients: []string{n.id.Recipient().String()}}
	if change != nil {
		change(n, &set)
	}
	n.house = newHouse(t, houseOptions{logs: &n.log, prepare: func(a *app) {
		a.set.Backups = set
		if err := a.openBackups(n.world(a)); err != nil {
			t.Fatal(err)
		}
	}})
	return n
}

// world is that of a command, and says what it says to said.
func (n *nightly) world(a *app) *world {
	return &world{ctx: context.Background(), out: &n.said, errOut: io.Discard, now: a.clock, log: a.log, words: a.book.For("id")}
}

// kept are the names in the folder of backups, without what is unfinished.
func (n *nightly) kept() []string {
	n.t.Helper()
	entries, err := os.ReadDir(n.folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		n.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names
}

// awaits waits until there are so many files, and gives the newest backup.
func (n *nightly) awaits(files int) string {
	n.t.Helper()
	n.until(strconv.Itoa(files)+" files", func() bool { return len(n.kept()) == files })
	return n.newest()
}

// newest is the file of the newest backup.
func (n *nightly) newest() string {
	n.t.Helper()
	var all []backup.File
	for _, name := range n.kept() {
		if f, ok := backup.Parse(name); ok && f.House == n.backups.house {
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		n.t.Fatal("there is no backup")
	}
	return filepath.Join(n.folder, slices.MaxFunc(all, func(a, b backup.File) int { return a.At.Compare(b.At) }).Name())
}

// drill is what `restore --check` makes of a file.
func (n *nightly) drill(file string) (code int, out, said string) {
	n.t.Helper()
	return ended(n.t, "restore", "--check", file, "--data-dir", n.dir, "--identity", n.identity)
}

// alerts is how often the administrator was told of something.
func (n *nightly) alerts() int { return strings.Count(n.log.String(), "msg=alert ") }

// round looks once more, after the loop if it is at it.
func (n *nightly) round() {
	n.t.Helper()
	w := n.world(n.app)
	if _, err := n.backups.round(w); err != nil {
		n.t.Fatal(err)
	}
}

// TestBackupsAreMadeByThemselves: one at once, one each night, one after an outage.
func TestBackupsAreMadeByThemselves(t *testing.T) {
	t.Parallel()
	n := newNightly(t, nil)
	first := n.awaits(1)
	if !strings.Contains(first, "-2026-11-25-10") || !strings.HasSuffix(first, "+0700.age") {
		t.Errorf("the first is %s", filepath.Base(first))
	}
	if info, err := os.Stat(first); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if said := n.said.String(); !strings.Contains(said, "ke "+n.folder) || !strings.Contains(said, "berikutnya 2026-11-26 02.30") || !strings.Contains(said, "35 hari") {
		t.Errorf("at the start: %q", said)
	}
	n.time.Advance(16 * time.Hour)
	n.round()
	if got := len(n.kept()); got != 1 {
		t.Errorf("%d half an hour before its time", got)
	}
	n.time.Advance(30 * time.Minute)
	if second := n.awaits(2); !strings.Contains(second, "-2026-11-26-02") {
		t.Errorf("the second is %s", filepath.Base(second))
	}
	n.sleepsUntil(n.time.Now().Add(3*24*time.Hour + 7*time.Hour))
	if third := n.awaits(3); !strings.Contains(third, "-2026-11-29-09") {
		t.Errorf("after the outage: %s", filepath.Base(third))
	}
	n.round()
	if got := len(n.kept()); got != 3 {
		t.Errorf("%d after another look", got)
	}
	code, out, said := n.drill(n.newest())
	if code != exitDone || !strings.Contains(out, "utuh, bisa dipulihkan. 0 laporan, 7 peserta, 3 orang tim, 3 baris jejak. Keadaan per 2026-11-29 09.") {
		t.Errorf("exit %d, %q, %q", code, out, said)
	}
	if n.alerts() != 0 {
		t.Errorf("alerts:\n%s", n.log.String())
	}
}

// TestBackupsGoWhenTheirTimeIsOver, and nothing else does.
func TestBackupsGoWhenTheirTimeIsOver(t *testing.T) {
	t.Parallel()
	n := newNightly(t, nil)
	whole, err := os.ReadFile(n.awaits(1))
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, b []byte) string {
		if err := os.WriteFile(filepath.Join(n.folder, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	of := func(house string, days int, flawed bool) string {
		return backup.File{House: house, At: n.time.Now().AddDate(0, 0, -days), Flawed: flawed}.Name()
	}
	gone := []string{put(of(n.backups.house, 35, false), whole), put(of(n.backups.house, 90, false), whole), put(of(n.backups.house, 40, true), whole), put(of(n.backups.house, 41, false), whole[:99])}
	stays := []string{
		put(of(n.backups.house, 34, false), whole), put(of(n.backups.house, 3, true), whole), put(of("ffffffff", 90, false), whole),
		put("laporan.pdf", nil), put("cadangan-2025-01-01.age", whole), put(of(n.backups.house, 91, false)+".bak", whole),
		of(n.backups.house, 92, false), of(n.backups.house, 93, false), filepath.Base(n.newest()),
	}
	if err := errors.Join(os.Mkdir(filepath.Join(n.folder, stays[6]), 0o700), os.Symlink("laporan.pdf", filepath.Join(n.folder, stays[7]))); err != nil {
		t.Fatal(err)
	}
	n.round()
	slices.Sort(stays)
	if got := n.kept(); !slices.Equal(got, stays) {
		t.Errorf("left:\n%s\nwant:\n%s\ngone:\n%s", strings.Join(got, "\n"), strings.Join(stays, "\n"), strings.Join(gone, "\n"))
	}
	// The second of 34 days is a day older tomorrow, and goes with its hour, not with the next backup.
	n.time.Advance(24 * time.Hour)
	n.round()
	if got := n.kept(); slices.Contains(got, of(n.backups.house, 35, false)) {
		t.Error("35 days later it is still there")
	}
}

// TestOneBackupHoweverManyInstances: several look at the same moment.
func TestOneBackupHoweverManyInstances(t *testing.T) {
	t.Parallel()
	n := newNightly(t, nil)
	n.awaits(1)
	n.rest()
	n.time.Advance(24 * time.Hour)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var errs []error
	for range 6 {
		wg.Go(func() {
			b := &backups{app: n.app, words: n.backups.words, when: n.backups.when, zone: n.backups.zone, house: n.backups.house}
			for range 4 {
				_, err := b.round(n.world(n.app))
				mu.Lock()
				errs = append(errs, err)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil || len(n.kept()) != 2 {
		t.Errorf("%v, %v", n.kept(), err)
	}
}

// TestFaultNoBackupCanBeMade: the disk is not there. The administrator is told once, and there is a
// backup as soon as there can be.
func TestFaultNoBackupCanBeMade(t *testing.T) {
	t.Parallel()
	n := newNightly(t, func(n *nightly, s *backupSettings) {
		n.folder = filepath.Join(n.folder, "disk")
		s.Dir = n.folder
	})
	n.until("the administrator is told", func() bool { return n.alerts() == 1 })
	if log := n.log.String(); !strings.Contains(log, "mkdir -m 700 "+n.folder) {
		t.Error(log)
	}
	n.time.Advance(time.Hour)
	n.until("it was tried again", func() bool { return strings.Contains(n.log.String(), "make a backup") })
	if n.alerts() != 1 {
		t.Errorf("told %d times in an hour", n.alerts())
	}
	n.time.Advance(backupTell)
	n.until("the administrator is told once more", func() bool { return n.alerts() == 2 })
	n.say(rinaChat, "/menu")
	if !strings.Contains(n.shown(rinaChat), "[") {
		t.Error("nobody is answered")
	}
	if err := os.Mkdir(n.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	n.time.Advance(0)
	n.awaits(1)
}

// TestFaultTheDatabaseIsNotSound: the backup says so, is told of, and takes no good one's place.
func TestFaultTheDatabaseIsNotSound(t *testing.T) {
	t.Parallel()
	n := newNightly(t, nil)
	good := n.awaits(1)
	n.summary()
	n.press(rinaChat, "Simpan")
	n.damage(`UPDATE report SET answers = x'00'`)
	n.time.Advance(40 * 24 * time.Hour)
	flawed := n.awaits(2)
	n.until("the administrator is told", func() bool { return strings.Contains(n.log.String(), "dampingi verify") })
	if !strings.HasSuffix(flawed, "-flawed.age") {
		t.Errorf("the backup is %s", filepath.Base(flawed))
	}
	n.round()
	if _, err := os.Stat(good); err != nil {
		t.Errorf("the last good one is gone: %v", err)
	}
	if code, _, said := n.drill(flawed); code != exitWrong || !strings.Contains(said, "report ") || !strings.Contains(said, "TIDAK BISA DIANDALKAN") {
		t.Errorf("exit %d, %s", code, said)
	}
}

// TestFaultTheClockWasAhead: a file of later than now keeps no backup from being made, and the
// administrator is told of it.
func TestFaultTheClockWasAhead(t *testing.T) {
	t.Parallel()
	n := newNightly(t, nil)
	whole, err := os.ReadFile(n.awaits(1))
	if err != nil {
		t.Fatal(err)
	}
	ahead := backup.File{House: n.backups.house, At: n.time.Now().AddDate(3, 0, 0)}.Name()
	if err := os.WriteFile(filepath.Join(n.folder, ahead), whole, 0o600); err != nil {
		t.Fatal(err)
	}
	n.time.Advance(24 * time.Hour)
	n.until("one more", func() bool { return len(n.kept()) == 3 })
	n.until("the administrator is told", func() bool { return n.alerts() == 1 })
	if !strings.Contains(n.log.String(), "masa depan") {
		t.Error(n.log.String())
	}
}

// TestABackupIsCheckedOnceAWeek, where the passphrase is at hand.
func TestABackupIsCheckedOnceAWeek(t *testing.T) {
	t.Parallel()
	var file string
	n := newNightly(t, func(n *nightly, s *backupSettings) {
		file = filepath.Join(n.out, "sandi")
		if err := os.WriteFile(file, []byte("pempek kapal selam lenjer\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.Recipients, s.PassphraseFile, s.At = nil, file, "0 0 1 * *" // each month
	})
	checked := func() int { return strings.Count(n.log.String(), "backup checked") }
	first := n.awaits(1)
	n.until("it is checked", func() bool { return checked() == 1 })
	if at, err := n.store.BackupChecked(t.Context()); err != nil || n.time.Now().Sub(at) > time.Hour {
		t.Errorf("checked at %s, %v", at, err)
	}
	n.rest()
	n.time.Advance(6 * 24 * time.Hour)
	n.round()
	if len(n.kept()) != 2 || checked() != 1 {
		t.Errorf("%v, checked %d times in a week", n.kept(), checked())
	}
	// The newest is damaged where nobody sees it without the key, and the time of the other is over.
	bad := n.newest()
	b, err := os.ReadFile(bad)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-100] ^= 1
	if err := os.WriteFile(bad, b, 0o600); err != nil {
		t.Fatal(err)
	}
	n.time.Advance(30 * 24 * time.Hour)
	n.round()
	if n.alerts() != 1 || !strings.Contains(n.log.String(), "tidak bisa diandalkan") || n.backups.mistrust != filepath.Base(bad) {
		t.Errorf("%d alerts, mistrusted %q:\n%s", n.alerts(), n.backups.mistrust, n.log.String())
	}
	if wait, err := n.backups.round(n.world(n.app)); err != nil || wait != backupLook || n.alerts() != 1 {
		t.Errorf("after it was told of: waits %s, %v, %d alerts", wait, err, n.alerts())
	}
	if _, err := os.Stat(first); err != nil {
		t.Errorf("the last good one is gone: %v", err)
	}
	n.time.Advance(2 * 24 * time.Hour) // a new month, and a good one
	n.round()
	if _, err := os.Stat(first); !errors.Is(err, os.ErrNotExist) || len(n.kept()) != 2 || checked() != 2 {
		t.Errorf("in the end %v, checked %d times, %v", n.kept(), checked(), err)
	}
	if names := folder(t, n.dir); strings.Contains(names, "copy") {
		t.Errorf("left in the data directory: %s", names)
	}
}
