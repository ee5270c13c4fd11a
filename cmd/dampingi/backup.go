package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/records"
)

// backupCmd is about encrypted files with the whole database in them.
type backupCmd struct {
	Make makeBackupCmd  `cmd:"" default:"withargs" help:"Write the whole database into an encrypted file; also dampingi backup FILE."`
	List listBackupsCmd `cmd:"" help:"The backups in BACKUP_DIR."`
}

// makeBackupCmd writes the whole database into an encrypted file while the bot goes on.
type makeBackupCmd struct {
	File           string `arg:"" help:"The file to be made; its name ends in .age."`
	PassphraseFile string `name:"passphrase-file" help:"Encrypt with the passphrase in this file, mode 0600, at least 16 characters, instead of --recipient."`
}

// Run writes the file as a whole, or nothing. The key is never in it.
func (c *makeBackupCmd) Run(w *world, s *Settings) error {
	if !strings.HasSuffix(c.File, ".age") {
		return usageError{w.wrong("backup.needs_age", nil)}
	}
	if s.DatabaseURL != "" {
		return w.wrong("postgres.backup", nil)
	}
	lock, err := c.lock(w, s)
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

// lock is what the file is encrypted with; what backups are always encrypted with, when nothing is said.
func (c *makeBackupCmd) lock(w *world, s *Settings) (*export.Lock, error) {
	if c.PassphraseFile == "" && len(s.Recipients) == 0 && s.Backups.locks() {
		return s.Backups.lock(w, s)
	}
	return lockOf(w, s, c.PassphraseFile)
}

// locked copies the database and encrypts the copy.
func locked(w *world, s *Settings, store *records.Store, lock *export.Lock, out io.Writer) error {
	return copied(w, s, store, func(path string) error { return lockCopy(path, lock, out) })
}

// copied copies the database into a folder that is gone when use has returned.
func copied(w *world, s *Settings, store *records.Store, use func(path string) error) (err error) {
	dir, leave, err := workroom(w, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	path := filepath.Join(dir, "copy")
	if err := store.Snapshot(w.ctx, path); err != nil {
		return err
	}
	return use(path)
}

// lockCopy encrypts a copy, which has no name any more by then.
func lockCopy(path string, lock *export.Lock, out io.Writer) error {
	f, err := os.Open(path) //nolint:gosec // made by this command
	if err != nil {
		return fmt.Errorf("open the copy: %w", err)
	}
	defer f.Close()     //nolint:errcheck // only read
	_ = os.Remove(path) // where an open file cannot be removed, whoever made the folder does it
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
