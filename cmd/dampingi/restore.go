package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/vault"
)

// restoreCmd puts a backup in place where there is no database, or only proves that it could.
type restoreCmd struct {
	Files          []string `arg:"" optional:"" name:"file" help:"The backup; with --check several, or none for the newest in BACKUP_DIR."`
	Check          bool     `help:"Change nothing: open each backup, prove it and count, and leave no trace."`
	Identity       string   `help:"The identity file of age that opens it, mode 0600."`
	PassphraseFile string   `name:"passphrase-file" help:"A file with the passphrase that opens it, mode 0600, instead of --identity."`
}

// Run puts the database in place once it is decrypted, opened with the key and proved, or changes
// nothing at all.
func (c *restoreCmd) Run(w *world, s *Settings) (err error) {
	if c.Check {
		return c.check(w, s)
	}
	if s.DatabaseURL != "" {
		return w.wrong("postgres.restore", map[string]any{"Setting": databaseSetting})
	}
	if len(c.Files) != 1 {
		return usageError{w.wrong("backups.one_file", nil)}
	}
	key, err := keyOf(w, c.Identity, c.PassphraseFile)
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
	return unpacked(w, s, key, c.Files[0], func(path string) error {
		found, err := prove(w, s, v, path, c.Files[0])
		if err != nil {
			return err
		}
		gone, err := eraseAgain(w, s, v, key, path, c.Files[0], found.last)
		if err == nil && gone.count > 0 {
			found, err = prove(w, s, v, path, c.Files[0])
		}
		if err != nil {
			return err
		}
		if err := putInPlace(w, s, path); err != nil {
			return err
		}
		return c.done(w, s, found.proof, gone)
	})
}

// done says what is in place, and who has to be erased once more.
func (c *restoreCmd) done(w *world, s *Settings, proof records.Proof, gone again) error {
	zone, err := s.zone()
	if err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain("verify.good", map[string]any{
		"Reports": proof.Reports, "People": proof.People, "Participants": proof.Participants, "Audit": proof.Audit,
	}))
	said := "backup.restored"
	if gone.list != "" {
		said = "backups.restored"
	}
	fmt.Fprintln(w.out, w.words.Plain(said, map[string]any{"File": s.database(), "Count": gone.count, "List": gone.list, "Last": clocked(gone.last.In(zone))}))
	return nil
}

// unpacked decrypts a backup into a folder that is gone when use has returned. A data directory that
// had to be made for it is gone as well, unless something is in it then.
func unpacked(w *world, s *Settings, key export.Key, file string, use func(path string) error) (err error) {
	if os.Mkdir(s.DataDir, 0o700) == nil {
		defer func() { _ = os.Remove(s.DataDir) }() // which leaves what is not empty
	}
	dir, leave, err := workroom(w, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	path := filepath.Join(dir, "copy")
	if err := decrypt(w, key, file, path); err != nil {
		return err
	}
	return use(path)
}

// keyOf is what opens a backup: an identity or a passphrase.
func keyOf(w *world, identity, passphraseFile string) (export.Key, error) {
	if (identity == "") == (passphraseFile == "") {
		return export.Key{}, usageError{w.wrong("backup.needs_key", nil)}
	}
	if identity != "" {
		text, err := identityIn(w, identity)
		if err != nil {
			return export.Key{}, err
		}
		key, err := export.IdentityKey(text)
		if err != nil {
			return export.Key{}, w.wrong("backup.identity", map[string]any{"File": identity})
		}
		return key, nil
	}
	text, err := passphraseIn(w, passphraseFile)
	if err != nil {
		return export.Key{}, err
	}
	key, err := export.PassphraseKey(text)
	if err != nil {
		return export.Key{}, w.wrong("backup.passphrase_empty", map[string]any{"File": passphraseFile})
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
func decrypt(w *world, key export.Key, file, path string) error {
	about := map[string]any{"File": file}
	from, err := os.Open(file) //nolint:gosec // named by whoever runs the command
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

// proven is what was found in a copy of a database.
type proven struct {
	proof records.Proof
	last  time.Time // of the newest line of its audit: what happened later is not in it
}

// proved opens a copy with the key, brings it up to date and looks through all of it. It is closed
// when that is done, and everything is in the one file. Flaws are no error.
func proved(w *world, s *Settings, v *vault.Vault, path, file string) (found proven, err error) {
	zone, err := s.zone()
	if err != nil {
		return found, err
	}
	store, err := records.Open(w.ctx, path, v, records.Options{Zone: zone, Now: w.now, Log: w.log, Made: true})
	switch {
	case errors.Is(err, records.ErrWrongKey):
		return found, w.wrong("backup.key_wrong", map[string]any{"Key": s.key()})
	case errors.Is(err, records.ErrNotOurs):
		return found, w.wrong("backup.not_ours", map[string]any{"File": file})
	case err != nil:
		return found, err
	}
	found.proof, err = store.Verify(w.ctx)
	if err == nil {
		var lines []program.Audit
		if lines, err = store.Audits(w.ctx, 1); len(lines) > 0 {
			found.last = lines[0].At
		}
	}
	return found, errors.Join(err, store.Close())
}

// prove is proved, with every flaw as an error.
func prove(w *world, s *Settings, v *vault.Vault, path, file string) (proven, error) {
	found, err := proved(w, s, v, path, file)
	if err != nil {
		return found, err
	}
	if err := w.flawed(found.proof.Flaws); err != nil {
		return found, fmt.Errorf("%w\n%s", err, w.words.Text("backup.not_placed"))
	}
	return found, nil
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
