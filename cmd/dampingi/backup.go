package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/sqlite"
)

// backupCmd writes the whole database into an encrypted file while the bot goes on.
type backupCmd struct {
	File           string `arg:"" help:"The file to be made; its name ends in .age."`
	PassphraseFile string `name:"passphrase-file" help:"Encrypt with the passphrase in this file, mode 0600, at least 16 characters, instead of --recipient."`
}

// Run writes the file as a whole, or nothing. The key is never in it.
func (c *backupCmd) Run(w *world, s *Settings) error {
	if !strings.HasSuffix(c.File, ".age") {
		return usageError{w.wrong("backup.needs_age", nil)}
	}
	if s.DatabaseURL != "" {
		return w.wrong("postgres.backup", nil)
	}
	lock, err := lockOf(w, s, c.PassphraseFile)
	if err != nil {
		return err
	}
	if err := free(w, c.File); err != nil {
		return err
	}
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	if err := audit(w, store, "backup", "institution"); err != nil { // before anything is written
		return err
	}
	if err := writeOut(w, c.File, func(out io.Writer) error { return locked(w, s, store, lock, out) }); err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain("backup.done", map[string]any{"File": c.File}))
	fmt.Fprintln(w.out, w.words.Plain("backup.key_apart", map[string]any{"Key": s.key()}))
	return nil
}

// locked copies the database and encrypts the copy, which has no name any more by then.
func locked(w *world, s *Settings, store *sqlite.Store, lock *export.Lock, out io.Writer) (err error) {
	dir, leave, err := workroom(w, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	path := filepath.Join(dir, "copy")
	if err := store.Snapshot(w.ctx, path); err != nil {
		return err
	}
	f, err := os.Open(path) //nolint:gosec // made above
	if err != nil {
		return fmt.Errorf("open the copy: %w", err)
	}
	defer f.Close()     //nolint:errcheck // only read
	_ = os.Remove(path) // where an open file cannot be removed, leave does it
	sealed, err := lock.Seal(out)
	if err != nil {
		return err
	}
	if _, err := io.Copy(sealed, f); err != nil {
		return fmt.Errorf("encrypt the copy: %w", err)
	}
	if err := sealed.Close(); err != nil {
		return fmt.Errorf("complete the encrypted copy: %w", err)
	}
	return nil
}

const (
	workroomName = ".copy-*"
	// workroomOld is when a folder was left behind by a command that was killed: no copy takes so long.
	workroomOld = 6 * time.Hour
)

// workroom makes a folder in the data directory, which nobody else can read, for a copy of the
// database, and gives what removes it. It removes what a killed command has left there too: people
// who were erased since are in it.
func workroom(w *world, s *Settings) (dir string, leave func() error, err error) {
	left, err := filepath.Glob(filepath.Join(s.DataDir, workroomName))
	if err != nil {
		return "", nil, fmt.Errorf("look for copies that were left behind: %w", err)
	}
	for _, old := range left {
		info, err := os.Lstat(old)
		if err == nil && info.IsDir() && w.now().Sub(info.ModTime()) > workroomOld {
			err = os.RemoveAll(old)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", nil, fmt.Errorf("remove a copy that was left behind: %w", err)
		}
	}
	if dir, err = os.MkdirTemp(s.DataDir, workroomName); err != nil { // mode 0700
		return "", nil, fmt.Errorf("make a folder for the copy: %w", err)
	}
	return dir, func() error {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("remove the copy: %w", err)
		}
		return nil
	}, nil
}
