package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/dampingi/dampingi/internal/backup"
	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/vault"
)

// check is the drill: every backup is opened and proved as if it were to be put in place. It goes on
// after one that is not good, so that all are known.
func (c *restoreCmd) check(w *world, s *Settings) error {
	files, passphrase := slices.DeleteFunc(slices.Clone(c.Files), isErasedList), c.PassphraseFile // it is among dampingi-*.age
	if c.Identity == "" && passphrase == "" {
		passphrase = s.Backups.PassphraseFile
	}
	if len(files) == 0 {
		newest, err := s.Backups.newest(w)
		if err != nil {
			return err
		}
		files = []string{newest}
	}
	key, err := keyOf(w, c.Identity, passphrase)
	if err != nil {
		return err
	}
	v, err := vault.Open(s.key())
	if err != nil {
		return err
	}
	bad := 0
	for _, file := range files {
		found, err := drill(w, s, key, v, file)
		if w.ctx.Err() != nil {
			return w.ctx.Err()
		}
		if err != nil {
			bad++
			fmt.Fprintln(w.errOut, w.words.Plain("backups.bad", map[string]any{"File": file, "Error": w.explain(err, s)}))
			continue
		}
		w.tell(file, found)
	}
	if bad > 0 {
		return w.wrong("backups.some_bad", map[string]any{"Bad": bad, "Count": len(files)})
	}
	return nil
}

// newest is the newest backup in the folder of the settings, if it is clear whose it is.
func (b *backupSettings) newest(w *world) (string, error) {
	all, err := b.all(w)
	if err != nil {
		return "", err
	}
	about := map[string]any{"Dir": b.Dir}
	if slices.ContainsFunc(all, func(f backup.Found) bool { return f.House != all[0].House }) {
		return "", w.wrong("backups.several_houses", about)
	}
	i := slices.IndexFunc(all, func(f backup.Found) bool { return !f.Ahead(w.now()) })
	if i < 0 {
		return "", w.wrong("backups.empty", about)
	}
	return filepath.Join(b.Dir, all[i].Name()), nil
}

// drill decrypts a backup into a folder of its own, opens and proves it, and removes every trace. A
// flaw is an error.
func drill(w *world, s *Settings, key export.Key, v *vault.Vault, file string) (found proven, err error) {
	err = unpacked(w, s, key, file, func(path string) error {
		if found, err = proved(w, s, v, path, file); err != nil {
			return err
		}
		return w.flawed(found.proof.Flaws)
	})
	return found, err
}

// tell says what is in a backup, of when it is, and when it is too old to be kept.
func (w *world) tell(file string, found proven) {
	p, age := found.proof, w.now().Sub(found.last)
	about := map[string]any{
		"File": file, "Reports": p.Reports, "People": p.People, "Participants": p.Participants, "Audit": p.Audit,
		"At": clocked(found.last), "Age": w.aged(age), "Most": backup.DaysMost,
	}
	if found.last.IsZero() { // nobody has done anything yet
		about["At"], about["Age"] = "-", "-"
	}
	fmt.Fprintln(w.out, w.words.Plain("backups.good", about))
	if !found.last.IsZero() && age.Hours() > 24*backup.DaysMost {
		fmt.Fprintln(w.out, w.words.Plain("backups.too_old", about))
	}
}
