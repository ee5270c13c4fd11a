package main

import (
	"context"
	"io"
	"strings"
	"testing"
)

// TestReportsThatCanBeReadAreListedBesideOneThatCannot holds both forms of the list to it.
func TestReportsThatCanBeReadAreListedBesideOneThatCannot(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	for range 2 {
		h.summary()
		h.press(rinaChat, "Simpan")
	}
	all := h.reports()
	h.damage(`UPDATE report SET answers = x'00' WHERE id = '` + all[0].ID + `'`)
	for _, form := range [][]string{nil, {"--json"}} {
		code, out, said := ended(t, append([]string{"reports", "list", "--data-dir", h.dir}, form...)...)
		if code != exitWrong || !strings.Contains(said, all[0].ID) || !strings.Contains(out, all[1].ID) {
			t.Errorf("reports list %v: exit %d, printed %q, said %q", form, code, out, said)
		}
	}
}

// TestACommandThatIsInterruptedIsNotDone: a script must not take half a list for the whole.
func TestACommandThatIsInterruptedIsNotDone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code, _, said := ended(t, "init", "--data-dir", dir); code != exitDone {
		t.Fatal(said)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	for _, command := range []string{"reports list", "people list"} {
		args := append(strings.Fields(command), "--data-dir", dir)
		if code := run(ctx, args, strings.NewReader(""), io.Discard, io.Discard); code != exitWrong {
			t.Errorf("%s: exit %d, want %d", command, code, exitWrong)
		}
	}
}
