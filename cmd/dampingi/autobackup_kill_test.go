package main

import (
	"bytes"
	"context"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/simulator"
)

// itself is the program as a process of its own: this test, called by its name.
func itself(t *testing.T) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "dampingi")
	if err := os.Symlink(exe, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// there are the files that fit a pattern.
func there(t *testing.T, pattern ...string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(pattern...))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestFaultKilledWhileABackupIsMade: the bot is killed while it copies, and while it encrypts. No
// backup has its name before it is whole, nothing in the folder can be read without the key, and the
// next start makes one and removes what was left.
func TestFaultKilledWhileABackupIsMade(t *testing.T) {
	if raceOn {
		t.Skip("a passphrase takes ten times as long, and whoever is killed races with nobody")
	}
	t.Parallel()
	bin := itself(t)
	sim := simulator.New(simulator.Options{Token: houseToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot"})
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(func() { sim.Close(); server.Close() })
	dir, out, sandi := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "sandi")
	if err := os.WriteFile(sandi, []byte("pempek kapal selam lenjer"), 0o600); err != nil {
		t.Fatal(err)
	}
	seedCrowd(t, dir, 20, 50)
	var said notes
	start := func() (kill func()) {
		cmd := exec.Command(bin, "serve")
		cmd.Env = append(os.Environ(), "TELEGRAM_TOKEN="+houseToken, "TELEGRAM_API_URL="+server.URL, "LISTEN=127.0.0.1:0", "DATA_DIR="+dir,
			"BACKUP_DIR="+out, "BACKUP_PASSPHRASE_FILE="+sandi)
		cmd.Stdout, cmd.Stderr = io.Discard, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill = func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
		t.Cleanup(kill)
		return kill
	}
	h := &house{t: t}
	for moment, reached := range map[string]func() bool{
		"copying":    func() bool { return len(there(t, dir, ".copy-*", "copy")) > 0 },
		"encrypting": func() bool { return len(there(t, out, ".dampingi-*.part")) > 0 }, // the passphrase takes a second
	} {
		finished := func() []string { return there(t, out, "dampingi-*.age") }
		for tries := 0; ; tries++ { // a busy machine may see the moment too late
			kill := start()
			h.until(moment, func() bool { return reached() || len(finished()) > 0 })
			kill()
			late := finished()
			if len(late) == 0 {
				break
			}
			if tries == 20 {
				t.Fatalf("never killed while %s", moment)
			}
			for _, path := range late {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, path := range append(there(t, out, "*"), there(t, out, ".*.part")...) {
			b, err := os.ReadFile(path)
			if err != nil || strings.HasSuffix(path, ".age") || bytes.Contains(b, []byte("SQLite")) || bytes.Contains(b, []byte("M-1-1")) {
				t.Errorf("killed while %s: left %s, %d bytes, %v", moment, path, len(b), err)
			}
		}
		for _, room := range there(t, dir, ".copy-*") { // what is not encrypted yet is as closed as the database itself
			if info, err := os.Stat(room); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("%v, %v", info.Mode(), err)
			}
		}
	}
	kill := start()
	h.until("a backup", func() bool { return len(there(t, out, "dampingi-*.age")) == 1 })
	h.until("everything else is gone", func() bool { return len(there(t, out, ".*")) == 0 && len(there(t, dir, ".copy-*")) == 0 })
	kill()
	if code, printed, wrong := ended(t, "restore", "--check", "--data-dir", dir, "--backup-dir", out, "--backup-passphrase-file", sandi); code != exitDone || !strings.Contains(printed, "1000 peserta") {
		t.Errorf("exit %d, %s, %s\n%s", code, printed, wrong, said.String())
	}
}

// TestServeSaysWhereBackupsGo, that there are none, or what is wrong with how they are set up.
func TestServeSaysWhereBackupsGo(t *testing.T) {
	t.Parallel()
	dir, out := t.TempDir(), t.TempDir()
	if code, _, said := ended(t, "init", "--data-dir", dir); code != exitDone {
		t.Fatal(said)
	}
	exposed, short := filepath.Join(out, "exposed"), filepath.Join(out, "short")
	for path, mode := range map[string]os.FileMode{exposed: 0o644, short: 0o600} {
		if err := os.WriteFile(path, []byte("pempek"), mode); err != nil {
			t.Fatal(err)
		}
	}
	const key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
	for _, c := range []struct{ args, says string }{
		{"", "TIDAK ADA"},
		{"--backup-dir OUT --backup-recipient " + key, "ke OUT"},
		{"--backup-dir OUT --recipient " + key, "pemegang kunci age"},
		{"--backup-dir OUT", "BACKUP_RECIPIENT dengan kunci umum"},
		{"--backup-dir OUT --backup-recipient age1salah", "bukan kunci umum age"},
		{"--backup-dir OUT --backup-recipient " + key + " --backup-passphrase-file OUT/short", "dua-duanya"},
		{"--backup-dir OUT --backup-passphrase-file OUT/none", "tidak ditemukan"},
		{"--backup-dir OUT --backup-passphrase-file OUT/exposed", "chmod 600"},
		{"--backup-dir OUT --backup-passphrase-file OUT/short", "16"},
		{"--backup-dir OUT --backup-at TZ=UTC_30_2_*_*_* --backup-recipient " + key, "TZ="},
		{"--backup-dir OUT --backup-at 02.30 --backup-recipient " + key, "02.30"},
		{"--backup-dir OUT --backup-days 36 --backup-recipient " + key, "35 hari"},
		{"--backup-dir OUT --backup-days 0 --backup-recipient " + key, "1 sampai 35"},
	} {
		args := []string{"serve", "--data-dir", dir, "--telegram-token", houseToken, "--telegram-api-url", "http://127.0.0.1:1", "--listen", "127.0.0.1:0"}
		for _, a := range strings.Fields(strings.ReplaceAll(c.args, "OUT", out)) {
			args = append(args, strings.ReplaceAll(a, "_", " "))
		}
		ctx, stop := context.WithTimeout(t.Context(), waitMost)
		var printed, wrong notes
		over := make(chan int, 1)
		go func() { over <- run(ctx, args, strings.NewReader(""), &printed, &wrong) }()
		want := strings.ReplaceAll(c.says, "OUT", out)
		h := &house{t: t}
		h.until(c.says, func() bool { return strings.Contains(printed.String()+wrong.String(), want) || len(over) > 0 })
		stop()
		if code := <-over; !strings.Contains(printed.String()+wrong.String(), want) || (code == exitDone) == (printed.String() == "") {
			t.Errorf("%s: exit %d, %q, %q", c.args, code, printed.String(), wrong.String())
		}
	}
}

// TestACopyLeftBehindIsRemovedAtOnce: where somebody works is not touched, however long it takes;
// where nobody does any more is removed at once.
func TestACopyLeftBehindIsRemovedAtOnce(t *testing.T) {
	t.Parallel()
	s := &Settings{DataDir: t.TempDir()}
	w := &world{now: time.Now}
	works, leave, err := workroom(w, s)
	if err != nil {
		t.Fatal(err)
	}
	dead := filepath.Join(s.DataDir, ".copy-dead")
	if err := os.Mkdir(dead, 0o700); err != nil {
		t.Fatal(err)
	}
	held, err := hold(dead)
	if err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-10 * workroomOld)
	if err := os.Chtimes(works, long, long); err != nil {
		t.Fatal(err)
	}
	if err := clearWorkrooms(s.DataDir, time.Now()); err != nil || len(there(t, s.DataDir, ".copy-*")) != 2 {
		t.Errorf("while both work: %v, %v", there(t, s.DataDir, ".copy-*"), err)
	}
	_ = held.Close() // as the system does with whoever is killed
	if err := clearWorkrooms(s.DataDir, time.Now()); err != nil || len(there(t, s.DataDir, ".copy-*")) != 1 {
		t.Errorf("when one is dead: %v, %v", there(t, s.DataDir, ".copy-*"), err)
	}
	if err := leave(); err != nil || folder(t, s.DataDir) != "" {
		t.Errorf("left %q, %v", folder(t, s.DataDir), err)
	}
}
