package main

import (
	"errors"
	"testing"
	"time"
)

func TestAnInstanceKeepsItsNameAndSharesItWithNobody(t *testing.T) {
	dir := t.TempDir()
	name := func(wait func() error) (string, func()) {
		t.Helper()
		n, release, err := instance(dir, time.Now(), wait)
		if err != nil {
			t.Fatal(err)
		}
		return n, release
	}
	first, end := name(nil)
	enough := errors.New("enough")
	if second, _, err := instance(dir, time.Now(), func() error { return enough }); !errors.Is(err, enough) {
		t.Errorf("two living instances: %s and %s, %v", first, second, err)
	}
	again, endAgain := name(func() error {
		end() // as the operating system does when a process dies
		return nil
	})
	defer endAgain()
	if again != first {
		t.Errorf("called %s, and after a restart %s: the lease of the former would have to run out", first, again)
	}
}
