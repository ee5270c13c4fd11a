package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/dampingi/dampingi/internal/backup"
	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

const (
	// backupLook is how long nobody looks whether a backup is due, at most: clocks are set, machines sleep.
	backupLook = time.Minute
	// backupRetry and backupRetryMost are how soon what failed is tried again: each time later.
	backupRetry, backupRetryMost = time.Minute, time.Hour
	// backupTell is how often the administrator is told of what goes on failing.
	backupTell = 6 * time.Hour
	// backupCheck is how often a backup is opened and proved, where that can be done.
	backupCheck = 7 * 24 * time.Hour
)

// backups makes backups by itself while the bot serves: one loop, in the instance that leads.
type backups struct {
	app      *app
	words    *world // its ctx is the loop's
	when     cron.Schedule
	zone     *time.Location
	house    string       // whose files are ours
	turn     sync.Mutex   // held by the round that is going on
	told     time.Time    // when the administrator was last told that it goes on failing
	strange  string       // a file of later than now that was told of
	mistrust string       // a file that did not prove good
	listed   *string      // what the list of whom was erased says; nil: not known
	newest   atomic.Int64 // of when the newest good one is, in Unix seconds
}

// openBackups prepares backups as the settings want them, and says where they go or that there are
// none. Without a folder there are none.
func (a *app) openBackups(w *world) error {
	if err := clearWorkrooms(a.set.DataDir, a.clock()); err != nil {
		w.log.Warn("what is left of an earlier copy", "error", err)
	}
	if a.store.Shared() {
		fmt.Fprintln(w.out, w.words.Plain("backups.postgres", nil))
		return nil
	}
	if a.set.Backups.Dir == "" {
		fmt.Fprintln(w.out, w.words.Plain("backups.none", nil))
		return nil
	}
	when, err := a.set.Backups.check(w, a.set)
	if err != nil {
		return err
	}
	b := &backups{app: a, when: when}
	if b.zone, err = a.set.zone(); err != nil {
		return err
	}
	fresh := make([]byte, 4)
	if _, err := rand.Read(fresh); err != nil {
		return fmt.Errorf("name the backups: %w", err)
	}
	if b.house, err = a.store.House(w.ctx, hex.EncodeToString(fresh)); err != nil {
		return err
	}
	b.words = &world{out: io.Discard, errOut: io.Discard, now: a.clock, log: a.log, words: w.words}
	a.backups = b
	a.newestBackup = func() (time.Time, error) { return instantOf(1000 * b.newest.Load()), nil }
	b.announce(w)
	return nil
}

// announce says where backups go.
func (b *backups) announce(w *world) {
	set := b.app.set.Backups
	lock := "backups.for_keys"
	if set.PassphraseFile != "" {
		lock = "backups.for_passphrase"
	}
	fmt.Fprintln(w.out, w.words.Plain("backups.where", map[string]any{
		"Dir": set.Dir, "At": set.At, "Next": clocked(b.when.Next(b.app.clock().In(b.zone))), "Days": set.Days, "Lock": w.words.Plain(lock, nil),
	}))
}

// clocked is a time as the commands write it.
func clocked(at time.Time) string { return at.Format("2006-01-02 15.04") }

// run makes backups until ctx is done.
func (b *backups) run(ctx context.Context) {
	w := *b.words
	w.ctx = ctx
	for pause := backupRetry; ctx.Err() == nil; {
		var moved <-chan struct{}
		if b.app.moved != nil {
			moved = b.app.moved() // before looking, so that no move is missed
		}
		wait, err := b.round(&w)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			b.failed(&w, err)
			wait, pause = pause, min(2*pause, backupRetryMost)
		default:
			b.told, pause = time.Time{}, backupRetry
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-moved:
		}
		timer.Stop()
	}
}

// failed tells the administrator, the first time and then now and again.
func (b *backups) failed(w *world, err error) {
	now := b.app.clock()
	if !b.told.IsZero() && now.Sub(b.told) < backupTell {
		w.log.Warn("make a backup", "error", err)
		return
	}
	b.told = now
	b.app.alert(w.words.Plain("backups.failed", map[string]any{"Error": w.explain(err, b.app.set)}))
}

// round does what is due, and says how long there is nothing to do. What does not succeed keeps
// nothing else from being done: above all, what is too old has to go.
func (b *backups) round(w *world) (time.Duration, error) {
	b.turn.Lock()
	defer b.turn.Unlock()
	alone, release, err := b.alone()
	if err != nil || !alone {
		return backupRetry, err
	}
	defer release()
	all, err := b.look(w)
	if err != nil {
		return 0, err
	}
	var failed error
	if !backup.Due(b.when, all, b.now()).After(b.now()) {
		var made backup.File
		if made, failed = b.make(w); failed == nil {
			all, failed = b.made(w, made)
		}
	}
	failed = errors.Join(failed, b.check(w, all)) // before anything goes because of it
	left, err := b.rotate(w, all)
	return b.pause(left), errors.Join(failed, err, b.noteErased(w))
}

// now is the time in the institution's zone.
func (b *backups) now() time.Time { return b.app.clock().In(b.zone) }

// alone is whether no other instance is about the backups of this database; it stays so until release.
func (b *backups) alone() (alone bool, release func(), err error) {
	f, err := os.OpenFile(filepath.Join(b.app.set.DataDir, "backup-lock"), os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the data directory of the settings
	if err != nil {
		return false, nil, fmt.Errorf("see whether another instance makes backups: %w", err)
	}
	release = func() { _ = f.Close() } // which drops the lock
	if err := lock(f); err != nil && knowsLocks {
		release()
		if errors.Is(err, errLocked) {
			err = nil
		}
		return false, nil, err
	}
	return true, release, nil
}

// unfinished is the name of what is not complete; %s is the house, * what makes it unique.
const unfinished = ".dampingi-%s-*.part"

// look finds this house's backups, and removes what killed instances have left unfinished.
func (b *backups) look(w *world) ([]backup.Found, error) {
	dir := b.app.set.Backups.Dir
	parts, err := filepath.Glob(filepath.Join(dir, fmt.Sprintf(unfinished, b.house)))
	if err != nil {
		return nil, fmt.Errorf("look for unfinished backups: %w", err)
	}
	for _, part := range parts {
		if err := os.Remove(part); err != nil {
			return nil, fmt.Errorf("remove an unfinished backup: %w", err)
		}
	}
	all, err := backupsIn(w, dir)
	if err != nil {
		return nil, err
	}
	var ours []backup.Found
	for _, f := range all {
		if f.House != b.house {
			continue
		}
		ours = append(ours, f)
		if f.Ahead(b.now()) && b.strange != f.Name() {
			b.strange = f.Name()
			b.app.alert(w.words.Plain("backups.ahead", map[string]any{"File": filepath.Join(dir, f.Name())}))
		}
	}
	newest, _ := backup.Newest(ours, b.now(), false)
	b.newest.Store(max(newest.At.Unix(), 0))
	return ours, nil
}

// backupsIn finds the backups in a folder, of whatever house.
func backupsIn(w *world, dir string) ([]backup.Found, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, w.wrong("backups.no_folder", map[string]any{"Dir": dir})
	}
	if err != nil {
		return nil, fmt.Errorf("look into the folder of backups: %w", err)
	}
	var all []backup.Found
	for _, e := range entries {
		if f, ok := backup.Parse(e.Name()); ok && e.Type().IsRegular() {
			all = append(all, backup.Found{File: f, Whole: looksWhole(filepath.Join(dir, e.Name()))})
		}
	}
	return all, nil
}

// pageSize is of a page of SQLite: what is in a backup is some of them.
const pageSize = 4096

// looksWhole is what can be told of a backup without the key.
func looksWhole(path string) bool {
	f, err := os.Open(path) //nolint:gosec // in the folder of the settings
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // only read
	info, err := f.Stat()
	if err != nil {
		return false
	}
	n, err := export.Length(f, info.Size())
	return err == nil && n > 0 && n%pageSize == 0
}

// make makes one. The copy is proved before it is encrypted; where it does not prove sound, its
// file says so, and never takes the place of a good one.
func (b *backups) make(w *world) (f backup.File, err error) {
	set, began := b.app.set, b.app.clock()
	lock, err := set.Backups.lock(w, set)
	if err != nil {
		return f, err
	}
	line := program.Audit{At: began.UTC(), Actor: "system", Action: "backup", Subject: "institution"}
	if err := b.app.store.Commit(w.ctx, turn.Plan{Audit: []program.Audit{line}}); err != nil {
		return f, err
	}
	err = copied(w, set, b.app.store, func(path string) error {
		f = backup.File{House: b.house, At: began.In(b.zone)}
		found, err := proved(w, set, b.app.vault, path, "copy")
		if err != nil {
			return err
		}
		if n := len(found.proof.Flaws); n > 0 {
			f.Flawed = true
			b.app.alert(w.words.Plain("backups.flawed", map[string]any{"Count": n}))
		}
		part := fmt.Sprintf(unfinished, b.house)
		err = writeOutAs(w, filepath.Join(set.Backups.Dir, f.Name()), part, func(out io.Writer) error { return lockCopy(path, lock, out) })
		if err == nil {
			w.log.Info("backup made", "file", f.Name(), "took", b.app.clock().Sub(began).String())
		}
		return err
	})
	return f, err
}

// made looks again: a disk may say that it has written, and have not.
func (b *backups) made(w *world, made backup.File) ([]backup.Found, error) {
	all, err := b.look(w)
	there := func(f backup.Found) bool { return f.Whole && f.Name() == made.Name() }
	if err == nil && !slices.ContainsFunc(all, there) {
		err = w.wrong("backups.not_there", map[string]any{"Dir": b.app.set.Backups.Dir})
	}
	return all, err
}

// rotate removes what is too old, and gives what is left.
func (b *backups) rotate(w *world, all []backup.Found) (left []backup.Found, err error) {
	trusted := slices.Clone(all)
	for i := range trusted {
		trusted[i].Whole = trusted[i].Whole && trusted[i].Name() != b.mistrust
	}
	old := map[backup.File]bool{}
	var failed error
	for _, f := range backup.Old(trusted, b.app.set.Backups.Days, b.now()) {
		if err := os.Remove(filepath.Join(b.app.set.Backups.Dir, f.Name())); err != nil && !errors.Is(err, os.ErrNotExist) {
			failed = errors.Join(failed, fmt.Errorf("remove an old backup: %w", err))
			continue
		}
		old[f.File] = true
		w.log.Info("old backup removed", "file", f.Name())
	}
	for _, f := range all {
		if !old[f.File] {
			left = append(left, f)
		}
	}
	if len(old) == 0 {
		return left, failed
	}
	return left, errors.Join(failed, syncFolder(b.app.set.Backups.Dir))
}

// pause is how long there is nothing to do: no backup is due, and none gets too old.
func (b *backups) pause(all []backup.Found) time.Duration {
	now := b.now()
	pause := min(backupLook, backup.Due(b.when, all, now).Sub(now))
	for _, f := range all {
		if over := backup.Expires(f.File, b.app.set.Backups.Days, b.zone).Sub(now); over > 0 {
			pause = min(pause, over)
		}
	}
	return max(pause, time.Second)
}

// check opens and proves the newest backup once a week, where the passphrase is at hand. One that
// does not prove good is told of, and counts for nothing in the rotation from then on.
func (b *backups) check(w *world, all []backup.Found) error {
	set := b.app.set
	newest, ok := backup.Newest(all, b.now(), true)
	if set.Backups.PassphraseFile == "" || !ok || newest.Name() == b.mistrust {
		return nil
	}
	last, err := b.app.store.BackupChecked(w.ctx)
	if err != nil {
		return err
	}
	if since := b.now().Sub(last); since >= 0 && since < backupCheck { // a clock may have been ahead
		return nil
	}
	key, err := keyOf(w, "", set.Backups.PassphraseFile)
	if err != nil {
		return err
	}
	v, err := vault.Open(set.key()) // as whoever restores would have to
	if err != nil {
		return err
	}
	path := filepath.Join(set.Backups.Dir, newest.Name())
	_, err = drill(w, set, key, v, path)
	if w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	if err != nil {
		b.mistrust = newest.Name()
		b.app.alert(w.words.Plain("backups.check_failed", map[string]any{"Error": w.explain(err, set)}))
		return nil
	}
	if err := b.app.store.NoteBackupChecked(w.ctx, b.app.clock()); err != nil {
		return err
	}
	w.log.Info("backup checked", "file", newest.Name())
	return nil
}
