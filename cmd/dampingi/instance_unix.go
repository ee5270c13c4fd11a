//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// canLock is whether files can be locked here.
const canLock = true

// lock locks a file for as long as it is open.
func lock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // a small number
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err
}
