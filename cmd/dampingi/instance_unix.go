//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// lock locks a file for as long as it is open.
func lock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // a small number
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err
}
