package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/sqlite"
	"github.com/dampingi/dampingi/internal/vault"
)

// restoreCmd puts a backup in place where there is no database.
type restoreCmd struct {
	File           string `arg:"" help:"The backup."`
	Identity       string `help:"The identity file of age that opens it, mode 0600."`
	PassphraseFile string `name:"passphrase-file" help:"A file with the passphrase that opens it, mode 0600, instead of --identity."`
}

// Run puts the database in place once it is decrypted, opened with the key and proved, or changes
// nothing at all.
func (c *restoreCmd) Run(w *world, s *Settings) (err error) {
	if s.DatabaseURL != "" {
		return w.wrong("postgres.restore", map[string]any{"Setting": databaseSetting})
	}
	key, err := c.key(w)
	if err != nil {
		return err
	}
	if err := vacant(w, s); err != nil {
		return err
	}
	v, err := vault.Open(s.key())
	if err != nil {
		return err
	}
	if os.Mkdir(s.DataDir, 0o700) == nil {
		defer func() {
			if err != nil {
				_ = os.Remove(s.DataDir) // there was none; it stays when there is something in it
			}
		}()
	}
	dir, leave, err := workroom(w, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	path := filepath.Join(dir, "copy")
	if err := c.decrypt(w, key, path); err != nil {
		return err
	}
	proof, err := c.prove(w, s, v, path)
	if err != nil {
		return err
	}
	if err := putInPlace(w, s, path); err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain("verify.good", map[string]any{
		"Reports": proof.Reports, "People": proof.People, "Participants": proof.Participants, "Audit": proof.Audit,
	}))
	fmt.Fprintln(w.out, w.words.Plain("backup.restored", map[string]any{"File": s.database()}))
	return nil
}

// key is what opens the backup: an identity or a passphrase.
func (c *restoreCmd) key(w *world) (export.Key, error) {
	if (c.Identity == "") == (c.PassphraseFile == "") {
		return export.Key{}, usageError{w.wrong("backup.needs_key", nil)}
	}
	if c.Identity != "" {
		text, err := identityIn(w, c.Identity)
		if err != nil {
			return export.Key{}, err
		}
		key, err := export.IdentityKey(text)
		if err != nil {
			return export.Key{}, w.wrong("backup.identity", map[string]any{"File": c.Identity})
		}
		return key, nil
	}
	text, err := passphraseIn(w, c.PassphraseFile)
	if err != nil {
		return export.Key{}, err
	}
	key, err := export.PassphraseKey(text)
	if err != nil {
		return export.Key{}, w.wrong("backup.passphrase_empty", map[string]any{"File": c.PassphraseFile})
	}
	return key, nil
}

// vacant refuses when there is a database, or what belongs to one: SQLite would take another
// database's log for a part of this one.
func vacant(w *world, s *Settings) error {
	for _, part := range []string{"", "-wal", "-shm", "-journal"} {
		path := s.database() + part
		_, err := os.Lstat(path)
		if err == nil {
			return w.wrong("backup.occupied", map[string]any{"File": path})
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("look for a database: %w", err)
		}
	}
	return nil
}

// decrypt writes what is in the backup into a new file of mode 0600.
func (c *restoreCmd) decrypt(w *world, key export.Key, path string) error {
	about := map[string]any{"File": c.File}
	from, err := os.Open(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return w.wrong("backup.missing", about)
	}
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer from.Close() //nolint:errcheck // only read
	plain, err := key.Open(from)
	if err == nil {
		err = writeNew(plain, path)
	}
	switch {
	case errors.Is(err, export.ErrOtherKey):
		return w.wrong("backup.other_key", about)
	case errors.Is(err, export.ErrNotWhole):
		return w.wrong("backup.not_whole", about)
	case err != nil:
		return fmt.Errorf("decrypt the backup: %w", err)
	}
	return w.ctx.Err()
}

// writeNew writes everything there is to read into a new file of mode 0600.
func writeNew(from io.Reader, path string) error {
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // in a folder made for it
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

// prove opens the copy with the key, brings it up to date and looks through all of it. It is closed
// when that is done, and everything is in the one file.
func (c *restoreCmd) prove(w *world, s *Settings, v *vault.Vault, path string) (sqlite.Proof, error) {
	zone, err := s.zone()
	if err != nil {
		return sqlite.Proof{}, err
	}
	store, err := sqlite.Open(w.ctx, path, v, sqlite.Options{Zone: zone, Now: w.now, Log: w.log, Made: true})
	switch {
	case errors.Is(err, sqlite.ErrWrongKey):
		return sqlite.Proof{}, w.wrong("backup.key_wrong", map[string]any{"Key": s.key()})
	case errors.Is(err, sqlite.ErrNotOurs):
		return sqlite.Proof{}, w.wrong("backup.not_ours", map[string]any{"File": c.File})
	case err != nil:
		return sqlite.Proof{}, err
	}
	proof, err := store.Verify(w.ctx)
	if err := errors.Join(err, store.Close()); err != nil {
		return sqlite.Proof{}, err
	}
	if err := w.flawed(proof.Flaws); err != nil {
		return sqlite.Proof{}, fmt.Errorf("%w\n%s", err, w.words.Text("backup.not_placed"))
	}
	return proof, nil
}

// putInPlace gives the database its name, when it is whole and on the disk.
func putInPlace(w *world, s *Settings, path string) error {
	if _, err := os.Lstat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(errors.New("the log of the copy was not taken into it"), err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // made by this command
	if err != nil {
		return fmt.Errorf("complete the database: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close(), w.ctx.Err()); err != nil {
		return fmt.Errorf("complete the database: %w", err)
	}
	if err := vacant(w, s); err != nil { // a bot may have been started meanwhile
		return err
	}
	if err := named(w, path, s.database()); err != nil {
		return err
	}
	return syncFolder(s.DataDir)
}
