package main

import (
	"bytes"
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

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestABackupUnderLoadIsWhole: four lanes commit without a pause while the bot makes backups by
// itself; whatever was confirmed before one began is in it, and all of it verifies.
func TestABackupUnderLoadIsWhole(t *testing.T) {
	t.Parallel()
	n := newNightly(t, nil)
	n.awaits(1)
	ctx, stop := context.WithCancel(t.Context())
	var mu sync.Mutex
	var confirmed []string
	var wg sync.WaitGroup
	const lanes = 4
	for lane := range lanes {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				id := "r-" + strconv.Itoa(lane) + "-" + strconv.Itoa(i)
				number := int64(i)
				err := n.store.Commit(t.Context(), turn.Plan{
					Reports: []program.Report{{ID: id, Flow: "usaha", FlowVersion: 1, Participant: "M-203", Author: "rina", OccurredOn: "2026-11-25", CreatedAt: n.time.Now(),
						Answers: []byte(`{"omzet":` + strconv.Itoa(i) + `}`), Facts: []program.Fact{{Field: "omzet", Number: &number}}}},
					Audit: []program.Audit{{At: n.time.Now(), Actor: "rina", Action: "report.save", Subject: id}},
				})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				confirmed = append(confirmed, id)
				mu.Unlock()
			}
		})
	}
	so := func() []string { mu.Lock(); defer mu.Unlock(); return slices.Clone(confirmed) }
	n.until("some are confirmed", func() bool { return len(so()) > 100 })
	before := so()
	n.time.Advance(24 * time.Hour)
	file := n.awaits(2)
	meanwhile := len(so()) - len(before)
	stop()
	wg.Wait()
	if meanwhile == 0 {
		t.Error("nobody was answered meanwhile")
	}
	if code, out, said := n.drill(file); code != exitDone || !strings.Contains(out, "utuh") {
		t.Errorf("exit %d, %s", code, said)
	}
	args, dir := n.restoring(file)
	if code, _, said := ended(t, args...); code != exitDone {
		t.Fatalf("exit %d, %s", code, said)
	}
	_, listed, _ := ended(t, "reports", "list", "--json", "--data-dir", dir, "--key-file", filepath.Join(n.dir, "key"))
	for _, id := range before {
		if !strings.Contains(listed, `"`+id+`"`) {
			t.Errorf("report %s was confirmed and is gone", id)
		}
	}
	t.Logf("%d before, %d meanwhile", len(before), meanwhile)
}

// TestTheDrillLeavesNoTrace: of a good backup, of those that are none, and when it is interrupted.
func TestTheDrillLeavesNoTrace(t *testing.T) {
	t.Parallel()
	n := newNightly(t, nil)
	n.summary()
	n.press(rinaChat, "Simpan")
	n.time.Advance(24 * time.Hour)
	good := n.awaits(2)
	n.rest()
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	other := newSafeKept(t)
	for name, b := range map[string][]byte{"cut": whole[:len(whole)-4097], "changed": append(bytes.Clone(whole[:len(whole)-50]), make([]byte, 50)...), "foreign": []byte("%PDF-1.7 laporan"), "empty": nil} {
		if err := os.WriteFile(filepath.Join(n.out, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	foreign, err := os.ReadFile(other.backup("theirs.age")) // of another institution, for the same holder
	if err != nil {
		t.Fatal(err)
	}
	plain, err := decrypted(other.id.String(), filepath.Join(other.out, "theirs.age"))
	if err != nil || len(foreign) == 0 {
		t.Fatal(err)
	}
	was, wasOut := folder(t, n.dir), folder(t, n.folder)
	empty := filepath.Join(t.TempDir(), "none")
	for _, dir := range []string{n.dir, empty} {
		for file, want := range map[string]string{
			good: "", filepath.Join(n.out, "cut"): "terpotong", filepath.Join(n.out, "changed"): "berubah", filepath.Join(n.out, "foreign"): "bukan cadangan",
			filepath.Join(n.out, "empty"): "bukan cadangan", filepath.Join(other.out, "theirs.age"): "kunci atau kata sandi lain",
			n.relocked("theirs", plain): "bukan pasangan cadangan ini", n.relocked("text", []byte(strings.Repeat("a\n", 99))): "bukan basis data Dampingi",
			filepath.Join(n.out, "missing"): "tidak ditemukan",
		} {
			code, out, said := ended(t, "restore", "--check", file, "--data-dir", dir, "--key-file", filepath.Join(n.dir, "key"), "--identity", n.identity)
			if want == "" && (code != exitDone || !strings.Contains(out, "1 laporan, 7 peserta")) || want != "" && (code != exitWrong || out != "" || !strings.Contains(said, want)) {
				t.Errorf("%s: exit %d, printed %q, said %q", filepath.Base(file), code, out, said)
			}
		}
	}
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	if code := run(ctx, []string{"restore", "--check", good, "--data-dir", n.dir, "--identity", n.identity}, strings.NewReader(""), io.Discard, io.Discard); code != exitWrong {
		t.Errorf("interrupted: exit %d", code)
	}
	if folder(t, n.dir) != was || folder(t, n.folder) != wasOut {
		t.Errorf("left %q and %q", folder(t, n.dir), folder(t, n.folder))
	}
	if _, err := os.Lstat(empty); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a data directory is left: %v", err)
	}
}

// TestWhoWasErasedStaysErased: a backup of before is restored, and she is not back; nor is she who had
// been erased before it was made, and whose code somebody else has since.
func TestWhoWasErasedStaysErased(t *testing.T) {
	t.Parallel()
	n := newNightly(t, nil)
	n.awaits(1)
	erase := func(code string) {
		if err := change(n.world(n.app), n.store, "person.erase", code, turn.Safety{Erased: []string{code}}); err != nil {
			t.Fatal(err)
		}
	}
	erase("D-482")
	if err := n.store.AddParticipant(t.Context(), program.Participant{Agreed: program.OnPaper, Code: "D-482", Alias: "Dahlia", Stage: program.Trading, Companion: "rina"}); err != nil {
		t.Fatal(err)
	}
	n.time.Advance(24 * time.Hour)
	n.until("a second backup", func() bool { return strings.Count(strings.Join(n.kept(), " "), "+0700.age") == 2 })
	file := n.newest()
	n.time.Advance(time.Hour)
	erase("K-208")
	n.time.Advance(time.Hour)
	n.round()
	list := filepath.Join(n.folder, erasedName(n.backups.house))
	if text, err := decrypted(n.id.String(), list); err != nil || strings.Count(string(text), "\n") != 2 || !strings.Contains(string(text), " K-208\n") {
		t.Errorf("the list says %q, %v", text, err)
	}
	if info, err := os.Stat(list); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if code, out, _ := n.drill(file); code != exitDone || !strings.Contains(out, " 7 peserta") {
		t.Errorf("the backup has her: exit %d, %s", code, out)
	}
	if code, out, said := ended(t, "restore", "--check", list, file, "--data-dir", n.dir, "--identity", n.identity); code != exitDone || strings.Count(out, "\n") != 1 {
		t.Errorf("with the list among the files: exit %d, %s, %s", code, out, said)
	}
	args, dir := n.restoring(file)
	code, out, said := ended(t, args...)
	if code != exitDone || !strings.Contains(out, " 6 peserta") || !strings.Contains(out, "dihapus lagi: 1, menurut "+list) {
		t.Errorf("exit %d, %s, %s", code, out, said)
	}
	_, people, _ := ended(t, "people", "list", "--data-dir", dir, "--key-file", filepath.Join(n.dir, "key"))
	if strings.Contains(people, "K-208") || !strings.Contains(people, "D-482") {
		t.Errorf("there are:\n%s", people)
	}
	// The list is only of use where it can be opened.
	if err := os.WriteFile(list, []byte("dampingi"), 0o600); err != nil {
		t.Fatal(err)
	}
	args, _ = n.restoring(file)
	if code, out, said := ended(t, args...); code != exitDone || !strings.Contains(out, "Hapus lagi satu per satu") || !strings.Contains(said, "tidak bisa dibuka") {
		t.Errorf("exit %d, %s, %s", code, out, said)
	}
	// It forgets with the backups that she is in.
	n.time.Advance(37 * 24 * time.Hour)
	n.until("the list is gone", func() bool { _, err := os.Stat(list); return errors.Is(err, os.ErrNotExist) })
}
