package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// safeKept is a house, a key of age, and the folder in which its backups are and are put back.
type safeKept struct {
	*house
	id       *age.X25519Identity
	identity string // the file
	out      string
}

func newSafeKept(t *testing.T) *safeKept {
	t.Helper()
	k := newKey(t)
	k.house = newHouse(t, houseOptions{})
	return k
}

// newKey is the key and the folder, without a house yet.
func newKey(t *testing.T) *safeKept {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	k := &safeKept{id: id, out: t.TempDir()}
	k.identity = filepath.Join(k.out, "identity")
	if err := os.WriteFile(k.identity, []byte(id.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return k
}

// backup makes a backup and gives its name.
func (k *safeKept) backup(name string) string {
	k.t.Helper()
	path := filepath.Join(k.out, name)
	if code, _, said := ended(k.t, "backup", path, "--data-dir", k.dir, "--recipient", k.id.Recipient().String()); code != exitDone {
		k.t.Fatalf("backup: exit %d, %s", code, said)
	}
	return path
}

// restoring is a command line that puts a backup into a new folder.
func (k *safeKept) restoring(path string) (args []string, dir string) {
	dir = k.t.TempDir()
	return []string{"restore", path, "--data-dir", dir, "--key-file", filepath.Join(k.dir, "key"), "--identity", k.identity}, dir
}

// relocked makes a backup of something else.
func (k *safeKept) relocked(name string, plain []byte) string {
	k.t.Helper()
	var b bytes.Buffer
	w, err := age.Encrypt(&b, k.id.Recipient())
	if err != nil {
		k.t.Fatal(err)
	}
	_, err = w.Write(plain)
	path := filepath.Join(k.out, name)
	if err := errors.Join(err, w.Close(), os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
		k.t.Fatal(err)
	}
	return path
}

// TestABackupOfABotThatWorksComesBackWhole: reports are committed all the time, and whatever was
// confirmed before the backup began is there again, and proved.
func TestABackupOfABotThatWorksComesBackWhole(t *testing.T) {
	t.Parallel()
	k := newSafeKept(t)
	k.summary()
	k.press(rinaChat, "Simpan")
	confirmed := make(chan string, 1<<16)
	ctx, stop := context.WithCancel(t.Context())
	wrote := make(chan error, 1)
	go func() {
		for n := 0; ctx.Err() == nil; n++ {
			id := fmt.Sprintf("r-%d", n)
			if err := k.store.Commit(t.Context(), turn.Plan{
				Reports: []program.Report{{ID: id, Flow: "usaha", FlowVersion: 1, Participant: "M-203", Author: "rina", OccurredOn: "2026-11-25", CreatedAt: k.time.Now(), Answers: []byte(`{"omzet":1}`)}},
				Audit:   []program.Audit{{At: k.time.Now(), Actor: "rina", Action: "report.save", Subject: id}},
			}); err != nil {
				wrote <- err
				return
			}
			confirmed <- id
		}
		wrote <- nil
	}()
	var before []string
	for len(before) < 50 {
		before = append(before, <-confirmed)
	}
	for _, r := range k.reports() {
		before = append(before, r.ID)
	}
	path := k.backup("a.age")
	meanwhile := len(confirmed)
	stop()
	if err := <-wrote; err != nil || meanwhile == 0 {
		t.Fatalf("%d commits meanwhile, %v", meanwhile, err)
	}
	if names := folder(t, k.dir); strings.Contains(names, "copy") {
		t.Errorf("left in the data directory: %s", names)
	}

	args, dir := k.restoring(path)
	if code, _, said := ended(t, args...); code != exitDone || folder(t, dir) != "dampingi.db" {
		t.Fatalf("exit %d, %s, left %q", code, said, folder(t, dir))
	}
	v, err := vault.Open(filepath.Join(k.dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	store, err := records.Open(t.Context(), filepath.Join(dir, "dampingi.db"), v, records.Options{Made: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	there := map[string]bool{}
	if err := store.Reports(t.Context(), records.ReportFilter{WithUndone: true}, func(r program.Report) error { there[r.ID] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, id := range before {
		if !there[id] {
			t.Errorf("report %s was confirmed and is gone", id)
		}
	}
	lines, err := store.Audits(t.Context(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, l := range lines {
		if l.Actor == "admin" && l.Action == "backup" && l.Subject == "institution" {
			found++
		}
	}
	if found != 1 {
		t.Errorf("the backup stands %d times in its own audit", found)
	}
}

// TestWhatIsNoWholeBackupIsNotPutInPlace: cut, changed, something else, tampered with.
func TestWhatIsNoWholeBackupIsNotPutInPlace(t *testing.T) {
	t.Parallel()
	k := newSafeKept(t)
	k.summary()
	k.press(rinaChat, "Simpan")
	whole, err := os.ReadFile(k.backup("whole.age"))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := decrypted(k.id.String(), filepath.Join(k.out, "whole.age"))
	if err != nil {
		t.Fatal(err)
	}
	k.damage(`UPDATE report SET answers = x'00'`)
	k.backup("tampered.age")
	changed := bytes.Clone(whole)
	changed[len(changed)-100] ^= 1
	chunk := 64*1024 + 16 // of age; after the header, a cut between two of them is still a cut
	header := len(whole) - len(plain) - 16*(len(plain)/(64*1024)+1)
	for name, b := range map[string][]byte{"cut.age": whole[:len(whole)/2], "chunk.age": whole[:header+chunk], "changed.age": changed, "plain.age": plain} {
		if err := os.WriteFile(filepath.Join(k.out, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		filepath.Join(k.out, "cut.age"):                         "terpotong",
		filepath.Join(k.out, "chunk.age"):                       "terpotong",
		filepath.Join(k.out, "changed.age"):                     "terpotong",
		filepath.Join(k.out, "plain.age"):                       "terpotong",
		filepath.Join(k.out, "tampered.age"):                    "report ",
		k.relocked("text.age", bytes.Repeat([]byte("a\n"), 99)): "bukan basis data Dampingi",
		k.relocked("empty.age", nil):                            "bukan basis data Dampingi",
	} {
		args, dir := k.restoring(name)
		code, out, said := ended(t, args...)
		if code != exitWrong || out != "" || !strings.Contains(said, want) || !strings.Contains(said, "elum ada yang diubah") || folder(t, dir) != "" {
			t.Errorf("%s: exit %d, printed %q, said %q, left %q", filepath.Base(name), code, out, said, folder(t, dir))
		}
	}
}

// TestAnInterruptedBackupOrRestoreLeavesNothing, and neither does one that was killed, in the end.
func TestAnInterruptedBackupOrRestoreLeavesNothing(t *testing.T) {
	t.Parallel()
	k := newSafeKept(t)
	path := k.backup("a.age")
	was, had := folder(t, k.dir), folder(t, k.out)
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	code := run(ctx, []string{"backup", filepath.Join(k.out, "b.age"), "--data-dir", k.dir, "--recipient", k.id.Recipient().String()}, strings.NewReader(""), io.Discard, io.Discard)
	if code != exitWrong || folder(t, k.dir) != was || folder(t, k.out) != had {
		t.Errorf("backup: exit %d, left %q and %q", code, folder(t, k.dir), folder(t, k.out))
	}
	args, dir := k.restoring(path)
	if code := run(ctx, args, strings.NewReader(""), io.Discard, io.Discard); code != exitWrong || folder(t, dir) != "" {
		t.Errorf("restore: exit %d, left %q", code, folder(t, dir))
	}

	killed, working := filepath.Join(k.dir, ".copy-killed"), filepath.Join(k.dir, ".copy-working")
	for _, left := range []string{killed, working} {
		if err := errors.Join(os.Mkdir(left, 0o700), os.WriteFile(filepath.Join(left, "copy"), []byte("everybody"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * workroomOld)
	if err := os.Chtimes(killed, long, long); err != nil {
		t.Fatal(err)
	}
	k.backup("c.age")
	if names := folder(t, k.dir); strings.Contains(names, "killed") || !strings.Contains(names, ".copy-working") {
		t.Errorf("left in the data directory: %s", names)
	}
}
