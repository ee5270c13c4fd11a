package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// ageKey makes a key of age and puts its public half into the script's $RECIPIENT, its secret
// half into the file: agekey FILE
func ageKey(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: agekey FILE")
	}
	id, err := age.GenerateX25519Identity()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(id.String()), 0o600))
	ts.Setenv("RECIPIENT", id.Recipient().String())
}

// unlock decrypts a file as its receiver would, with the key or the passphrase in another file, or
// wants that this cannot be done: unlock KEYFILE IN OUT
func unlock(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: unlock KEYFILE IN OUT")
	}
	plain, err := decrypted(strings.TrimSpace(ts.ReadFile(args[0])), ts.MkAbs(args[1]))
	if neg {
		if err == nil {
			ts.Fatalf("%s can be opened", args[1])
		}
		return
	}
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), plain, 0o600))
}

// decrypted is what a file says to whoever has the key or the passphrase.
func decrypted(secret, path string) ([]byte, error) {
	var id age.Identity
	var err error
	if strings.HasPrefix(secret, "AGE-SECRET-KEY-") {
		id, err = age.ParseX25519Identity(secret)
	} else {
		id, err = age.NewScryptIdentity(secret)
	}
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := age.Decrypt(f, id)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// folder is the names of what is in a folder.
func folder(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// TestAnExportThatFailsLeavesNothing: one report cannot be opened, or the command is interrupted.
func TestAnExportThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	for range 2 {
		h.summary()
		h.press(rinaChat, "Simpan")
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	args := []string{"export", "--data-dir", h.dir, "--format", "jsonl", "--recipient", id.Recipient().String(), "--out", filepath.Join(out, "a.age")}

	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	if code := run(ctx, args, strings.NewReader(""), io.Discard, io.Discard); code != exitWrong || folder(t, out) != "" {
		t.Errorf("interrupted: exit %d, left %q", code, folder(t, out))
	}
	w := &world{ctx: ctx}
	err = writeOut(w, filepath.Join(out, "b"), func(f io.Writer) error {
		if !strings.HasPrefix(folder(t, out), ".export-") {
			t.Errorf("while it is written: %q", folder(t, out))
		}
		_, err := io.WriteString(f, "half")
		return err
	})
	if err == nil || folder(t, out) != "" {
		t.Errorf("interrupted at the end: %v, left %q", err, folder(t, out))
	}

	if code, _, said := ended(t, args...); code != exitDone || folder(t, out) != "a.age" {
		t.Fatalf("exit %d, %s, left %q", code, said, folder(t, out))
	}
	plain, err := decrypted(id.String(), filepath.Join(out, "a.age"))
	if err != nil || strings.Count(string(plain), "\n") != 2 {
		t.Errorf("%q, %v", plain, err)
	}
	all := h.reports()
	h.damage(`UPDATE report SET answers = x'00' WHERE id = '` + all[0].ID + `'`)
	args[len(args)-1] = filepath.Join(out, "c.age")
	code, printed, said := ended(t, args...)
	if code != exitWrong || printed != "" || !strings.Contains(said, "dampingi verify") || folder(t, out) != "a.age" {
		t.Errorf("exit %d, printed %q, said %q, left %q", code, printed, said, folder(t, out))
	}
}

// TestAFileThatCameMeanwhileStays: it was not there when the export began.
func TestAFileThatCameMeanwhileStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{ctx: t.Context(), words: book.For("id")}
	err = writeOut(w, path, func(io.Writer) error { return os.WriteFile(path, []byte("theirs"), 0o600) })
	b, readErr := os.ReadFile(path)
	if err == nil || readErr != nil || string(b) != "theirs" || folder(t, dir) != "a.csv" {
		t.Errorf("%v, %q, %v, left %q", err, b, readErr, folder(t, dir))
	}
}

// TestAnExportIsOnRecordBeforeAnythingIsWritten: also one that cannot be written in the end.
func TestAnExportIsOnRecordBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	args := []string{"export", "--data-dir", h.dir, "--recipient", id.Recipient().String()}
	for _, more := range [][]string{{"--format", "csv", "--out", nowhere + "/a.age"}, {"--format", "xlsx", "--anonymous", "--out", nowhere + "/b"}} {
		if code, out, said := ended(t, append(args, more...)...); code != exitWrong || out != "" || !strings.Contains(said, "Folder") {
			t.Fatalf("exit %d, printed %q, said %q", code, out, said)
		}
	}
	lines, err := h.store.Audits(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lines {
		got = append(got, l.Actor+" "+l.Action+" "+l.Subject)
	}
	if want := "admin figures xlsx, admin export *"; strings.Join(got, ", ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// TestWhatIsCountableIsNeverSensitive holds the figures to the flows as they are.
func TestWhatIsCountableIsNeverSensitive(t *testing.T) {
	t.Parallel()
	known, err := (&Settings{}).kinds()
	if err != nil {
		t.Fatal(err)
	}
	kinds := known.countable("")
	var names []string
	for _, k := range kinds {
		for _, f := range k.Fields {
			names = append(names, k.ID+"."+f.Name)
			if f.Name == "kendala" && (!f.Several || len(f.Alone) != 1 || f.Alone[0] != "tidak_ada") {
				t.Errorf("%s.%s: %+v", k.ID, f.Name, f.Question)
			}
			if f.Name == "semangat" && (!f.Number || f.Min != 1 || f.Max != 5) {
				t.Errorf("%s.%s: %+v", k.ID, f.Name, f.Bounds)
			}
		}
	}
	all := " " + strings.Join(names, " ") + " "
	for _, want := range []string{"kunjungan.jenis", "kunjungan.boleh_dikutip", "usaha.omzet", "usaha.arah"} {
		if !strings.Contains(all, " "+want+" ") {
			t.Errorf("no %s in%s", want, all)
		}
	}
	for _, never := range []string{"catatan", "kabar_baik", "participant", "tanggal", "kebutuhan_bantuan"} {
		if strings.Contains(all, "."+never+" ") {
			t.Errorf("%s in%s", never, all)
		}
	}
	if one := known.countable("usaha"); len(one) != 1 || one[0].ID != "usaha" {
		t.Errorf("%v", one)
	}
}
