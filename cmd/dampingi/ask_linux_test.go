package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal: what is typed goes in at the one end, the command sits at the other.
func terminal(t *testing.T) (keys, seat *os.File) {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keys.Close() })
	fd := int(keys.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	seat, err = os.OpenFile("/dev/pts/"+strconv.Itoa(number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return keys, seat // whoever still reads there ends when the keys are closed
}

func TestTheTokenIsNotShown(t *testing.T) {
	const token = "4242424242:AAEhgWBfKyjKdyFnPqRsTuVwXyZ01234567"
	dir := t.TempDir()
	keys, seat := terminal(t)
	var screen, said, wrong notes
	go func() { // what the terminal shows of what is typed
		b := make([]byte, 1024)
		for {
			n, err := keys.Read(b)
			if err != nil {
				return
			}
			_, _ = screen.Write(b[:n])
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), waitMost)
	defer cancel()
	over := make(chan int, 1)
	go func() {
		over <- run(ctx, []string{"init", "--offline", "--settings", filepath.Join(dir, "d.env"), "--data-dir", filepath.Join(dir, "data")}, seat, &said, &wrong)
	}()
	h := &house{t: t}
	hidden := func() bool { return !echoes(t, seat) }
	answer := func(question, text string, ready func() bool) {
		h.until(question, func() bool { return strings.Contains(said.String(), question) && ready() })
		if _, err := keys.WriteString(text + "\n"); err != nil {
			t.Fatal(err)
		}
	}
	answer("Token bot?", token, hidden)
	shown := func() bool { return echoes(t, seat) }
	answer("Jam mana", "wita", shown)
	answer("Nama panggilan", "Ratna", shown)
	if code := <-over; code != exitDone {
		t.Fatal(wrong.String())
	}
	h.until("what is no secret is shown", func() bool { return strings.Contains(screen.String(), "Ratna") })
	if strings.Contains(screen.String()+said.String()+wrong.String(), token[:15]) {
		t.Errorf("the token was shown:\n%s\n%s", screen.String(), said.String())
	}
	if !echoes(t, seat) {
		t.Error("the terminal stays silent afterwards")
	}
	written, err := os.ReadFile(filepath.Join(dir, "d.env"))
	if err != nil || !strings.Contains(string(written), "TELEGRAM_TOKEN="+token+"\n") {
		t.Errorf("%v, written:\n%s", err, written)
	}
}

func TestWhoStopsAtASecretSeesWhatSheTypesAgain(t *testing.T) {
	dir := t.TempDir()
	_, seat := terminal(t)
	var said, wrong notes
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan int, 1)
	go func() {
		over <- run(ctx, []string{"init", "--offline", "--settings", filepath.Join(dir, "d.env"), "--data-dir", filepath.Join(dir, "data")}, seat, &said, &wrong)
	}()
	(&house{t: t}).until("it is hidden", func() bool { return !echoes(t, seat) })
	stop() // as Ctrl+C does
	if code := <-over; code != exitWrong || !strings.Contains(wrong.String(), "belum ada yang dibuat") {
		t.Errorf("exit code %d, said %s", code, wrong.String())
	}
	if !echoes(t, seat) {
		t.Error("the terminal stays silent afterwards")
	}
	if exists(filepath.Join(dir, "data")) || exists(filepath.Join(dir, "d.env")) {
		t.Error("something was made")
	}
}

// echoes reports whether a terminal shows what is typed.
func echoes(t *testing.T, seat *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(seat.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}
