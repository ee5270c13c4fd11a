package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/sys/unix"
)

// giveBack lets the system have what starting or a busy hour took and nobody uses now: what was
// freed of the heap, and the pages of the program's own file. Those that are used again are there
// again at once, from the file, as they were the first time.
func giveBack() {
	debug.FreeOSMemory()
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		return // a system that does not tell: all of it stays
	}
	defer maps.Close() //nolint:errcheck // only read
	var m mapping
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		switch value = strings.TrimSpace(value); {
		case m.heads(lines.Text()):
		case name == "Anonymous" && value != "0 kB":
			m.same = false
		case name == "Swap" && value == "0 kB" && m.same:
			_, _, _ = unix.Syscall(unix.SYS_MADVISE, m.from, m.to-m.from, unix.MADV_DONTNEED) // or it stays
		}
	}
}

// mapping is a part of the memory, as /proc/self/smaps tells of it.
type mapping struct {
	from, to uintptr
	same     bool // what is in it is in a file as well, and nobody can write or has written there
}

// heads takes the line with which a mapping begins; false for any other.
func (m *mapping) heads(line string) bool {
	var (
		next                  mapping
		rights, offset, drive string
		file                  uint64
	)
	if _, err := fmt.Sscanf(line, "%x-%x %s %s %s %d", &next.from, &next.to, &rights, &offset, &drive, &file); err != nil {
		return false
	}
	next.same = file != 0 && strings.HasPrefix(rights, "r-") && strings.HasSuffix(rights, "p")
	*m = next
	return true
}
