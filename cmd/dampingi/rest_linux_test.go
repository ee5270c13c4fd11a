package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestGiveBack: what files have in memory goes out of it, and what somebody changed in a copy of a
// file stays, also when nobody may write into it any more.
func TestGiveBack(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, changed := shown(t, own), shown(t, own)
	copy(changed, "kenari")
	for _, part := range [][]byte{program, changed} {
		if err := unix.Mprotect(part, unix.PROT_READ); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.HasPrefix(program, []byte("\x7fELF")) || bytes.Count(program, []byte("melati")) == 0 { // reads all of it
		t.Fatal("this is not the program")
	}
	giveBack()
	if after := filesInMemory(t); after > len(program)/2 {
		t.Errorf("%d bytes of files are in memory, %d were read", after, len(program))
	}
	if string(changed[:6]) != "kenari" {
		t.Errorf("a change was lost: %q", changed[:6])
	}
}

// shown shows a file in memory, with changes that stay there.
func shown(t *testing.T, file string) []byte {
	t.Helper()
	f, err := os.Open(file) //nolint:gosec // the test's own
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	b, err := unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Munmap(b) })
	return b
}

// filesInMemory is how much of files is in memory, in bytes.
func filesInMemory(t *testing.T) int {
	t.Helper()
	f, err := os.Open("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "RssFile:"); ok {
			var kB int
			if _, err := fmt.Sscan(value, &kB); err != nil {
				t.Fatal(err)
			}
			return kB << 10
		}
	}
	t.Fatal("the system does not tell")
	return 0
}
