package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// errLocked says that another process has the file locked.
var errLocked = errors.New("another process has it")

// instance is the name under which a process asks for leases, and what gives the name back. While
// another process has it, wait is called again and again, until it says that there is no more time.
//
// A lease outlives a crash by half a minute, in which nobody would be answered. So the name
// belongs to the data directory, and to one living process at a time: the operating system
// drops the lock on the name's file with the process. Whoever is started after a crash gets
// the same name and with it the lease. Where files cannot be locked every process has a name
// of its own, and waits for the lease.
func instance(dir string, now time.Time, wait func() error) (name string, release func(), err error) {
	f, err := os.OpenFile(filepath.Join(dir, "instance"), os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the data directory of the settings
	if err != nil {
		return "", nil, fmt.Errorf("open the name of this instance: %w", err)
	}
	release = func() { _ = f.Close() } // which drops the lock
	if !knowsLocks {
		return newID(now), release, nil
	}
	err = lock(f)
	for errors.Is(err, errLocked) {
		if err := wait(); err != nil {
			release()
			return "", nil, err
		}
		err = lock(f)
	}
	if err == nil {
		name, err = nameIn(f, now)
	}
	if err != nil {
		release()
		return "", nil, fmt.Errorf("take the name of this instance: %w", err)
	}
	return name, release, nil
}

// nameIn is the name in a file, which gets one when it has none.
func nameIn(f *os.File, now time.Time) (name string, err error) {
	old, err := io.ReadAll(io.LimitReader(f, 64))
	if name = strings.TrimSpace(string(old)); err == nil && name == "" {
		name = newID(now)
		_, err = f.WriteAt([]byte(name+"\n"), 0)
	}
	return name, err
}

// busy tells whether a bot serves on a data directory: it holds the lock on its name.
func busy(dir string) (bool, error) {
	f, err := os.OpenFile(filepath.Join(dir, "instance"), os.O_RDWR, 0o600) //nolint:gosec // the data directory of the settings
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look whether the bot serves: %w", err)
	}
	defer f.Close() //nolint:errcheck // which drops the lock
	if err := lock(f); errors.Is(err, errLocked) {
		return true, nil
	} else if err != nil {
		return false, fmt.Errorf("look whether the bot serves: %w", err)
	}
	return false, nil
}
