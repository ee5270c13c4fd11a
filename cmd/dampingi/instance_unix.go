//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// knowsLocks says that a file that is locked is in use.
const knowsLocks = true

// lock locks a file for as long as it is open.
func lock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // a small number
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err
}
