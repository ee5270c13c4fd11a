package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	workroomName = ".copy-*"
	// workroomHeld is the file in it that is locked while somebody works there.
	workroomHeld = "held"
	// workroomOld is when a folder was left behind where files cannot be locked: no copy takes so long.
	workroomOld = 6 * time.Hour
)

// workroom makes a folder in the data directory, which nobody else can read, for a copy of the
// database, and gives what removes it. It removes what killed commands have left there too.
func workroom(w *world, s *Settings) (dir string, leave func() error, err error) {
	if err := clearWorkrooms(s.DataDir, w.now()); err != nil {
		return "", nil, err
	}
	if dir, err = os.MkdirTemp(s.DataDir, workroomName); err != nil { // mode 0700
		return "", nil, fmt.Errorf("make a folder for the copy: %w", err)
	}
	held, err := hold(dir)
	if err != nil {
		return "", nil, errors.Join(fmt.Errorf("make a folder for the copy: %w", err), os.RemoveAll(dir))
	}
	return dir, func() error {
		_ = held.Close()
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("remove the copy: %w", err)
		}
		return nil
	}, nil
}

// hold says in a folder that somebody works there. The file gets its name when it is locked, so that
// nobody ever finds one that only looks abandoned.
func hold(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, workroomHeld)
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil && knowsLocks {
		return nil, errors.Join(err, f.Close())
	}
	if err := os.Rename(f.Name(), filepath.Join(dir, workroomHeld)); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// clearWorkrooms removes what killed commands have left in the data directory: people who were erased
// since are in it.
func clearWorkrooms(dataDir string, now time.Time) error {
	left, err := filepath.Glob(filepath.Join(dataDir, workroomName))
	if err != nil {
		return fmt.Errorf("look for copies that were left behind: %w", err)
	}
	for _, dir := range left {
		if err := clearWorkroom(dir, now); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove a copy that was left behind: %w", err)
		}
	}
	return nil
}

// clearWorkroom removes a folder in which nobody works any more.
func clearWorkroom(dir string, now time.Time) error {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, workroomHeld), os.O_RDWR, 0) //nolint:gosec // in a folder of ours
	switch {
	case err == nil && knowsLocks:
		defer f.Close() //nolint:errcheck // only locked
		if lock(f) != nil {
			return nil // somebody works there
		}
		return os.RemoveAll(dir)
	case err == nil:
		_ = f.Close()
	}
	if now.Sub(info.ModTime()) <= workroomOld {
		return nil
	}
	return os.RemoveAll(dir)
}
