package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// free refuses a name under which there is something already, be it a link.
func free(w *world, path string) error {
	info, err := os.Lstat(path)
	about := map[string]any{"File": path}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look for %s: %w", path, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return w.wrong("export.link", about)
	}
	return w.wrong("export.exists", about)
}

// writeOut makes a file, mode 0600, that is there as a whole or not at all: it has another name in
// the same folder until it is complete. What has the name by then is not replaced.
func writeOut(w *world, path string, write func(io.Writer) error) error {
	return writeOutAs(w, path, ".export-*.part", write)
}

// writeOutAs is writeOut with the pattern of the other name.
func writeOutAs(w *world, path, unfinished string, write func(io.Writer) error) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, unfinished) // mode 0600
	if errors.Is(err, fs.ErrNotExist) {
		return w.wrong("export.no_folder", map[string]any{"File": path})
	}
	if err != nil {
		return fmt.Errorf("make the file: %w", err)
	}
	defer func() {
		f.Close() //nolint:errcheck,gosec // closed already, unless something else is wrong
		if removed := os.Remove(f.Name()); removed != nil && !errors.Is(removed, fs.ErrNotExist) {
			err = errors.Join(err, fmt.Errorf("remove the unfinished file: %w", removed))
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close(), w.ctx.Err()); err != nil {
		return fmt.Errorf("complete the file: %w", err)
	}
	if err := named(w, f.Name(), path); err != nil {
		return err
	}
	return syncFolder(dir)
}

// named gives a complete file its name. A second name never replaces anything; where files
// cannot have two, as on most memory sticks, it is renamed after another look.
func named(w *world, from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	if err := free(w, to); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("name the file: %w", err)
	}
	return nil
}

// syncFolder makes the name of a file survive a power cut.
func syncFolder(path string) error {
	dir, err := os.Open(path) //nolint:gosec // named by whoever runs the command
	if err != nil {
		return fmt.Errorf("sync the folder: %w", err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("sync the folder: %w", err)
	}
	return nil
}
