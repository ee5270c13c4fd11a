package main

import (
	"testing"
	"time"
)

func TestAnInstanceKeepsItsNameAndSharesItWithNobody(t *testing.T) {
	dir := t.TempDir()
	name := func() (string, func()) {
		t.Helper()
		n, release, err := instance(dir, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return n, release
	}
	first, end := name()
	beside, endBeside := name()
	if first == beside {
		t.Errorf("two living instances are both called %s", first)
	}
	endBeside()
	end() // as the operating system does when a process dies
	again, end := name()
	defer end()
	if again != first {
		t.Errorf("called %s, and after a restart %s: the lease of the former would have to run out", first, again)
	}
}
