package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// Beside the backups lies a list, locked as they are, of the codes that were erased while they are
// kept: whoever restores one erases them once more, and nobody comes back.

// erasedName is how the list of a house is called. It is no name of a backup.
func erasedName(house string) string { return "dampingi-" + house + "-erased.age" }

// isErasedList tells such a list by its name, whatever house it is of.
func isErasedList(file string) bool {
	name := filepath.Base(file)
	return strings.HasPrefix(name, "dampingi-") && strings.HasSuffix(name, "-erased.age")
}

// noteErased writes the list anew when it has changed: a line for each, the instant and the code.
func (b *backups) noteErased(w *world) error {
	gone, err := b.app.store.Erasures(w.ctx, b.now().AddDate(0, 0, -b.app.set.Backups.Days-1))
	if err != nil {
		return err
	}
	var list strings.Builder
	for _, a := range gone {
		fmt.Fprintln(&list, a.At.UTC().Format(time.RFC3339Nano), a.Subject)
	}
	path := filepath.Join(b.app.set.Backups.Dir, erasedName(b.house))
	switch {
	case b.listed != nil && *b.listed == list.String():
		return nil
	case list.Len() == 0:
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove the list of whom was erased: %w", err)
		}
	default:
		if err := b.replace(w, path, list.String()); err != nil {
			return fmt.Errorf("write down who was erased: %w", err)
		}
	}
	text := list.String()
	b.listed = &text
	return nil
}

// replace locks a text into a file, whole or not at all.
func (b *backups) replace(w *world, path, text string) error {
	lock, err := b.app.set.Backups.lock(w, b.app.set)
	if err != nil {
		return err
	}
	fresh := filepath.Join(filepath.Dir(path), strings.Replace(fmt.Sprintf(unfinished, b.house), "*", "erased", 1))
	err = writeOutAs(w, fresh, fmt.Sprintf(unfinished, b.house), func(out io.Writer) error {
		sealed, err := lock.Seal(out)
		if err != nil {
			return err
		}
		_, err = io.WriteString(sealed, text)
		return errors.Join(err, sealed.Close())
	})
	if err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// erasedMost is how much of a list is read, in bytes: a hundred thousand codes.
const erasedMost = 4 << 20

// erased is one line of the list.
type erased struct {
	at   time.Time
	code string
}

// readErased reads a list; os.ErrNotExist when there is none.
func readErased(path string, key export.Key) ([]erased, error) {
	f, err := os.Open(path) //nolint:gosec // beside a backup that was named
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	plain, err := key.Open(f)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(plain, erasedMost))
	if err != nil {
		return nil, err
	}
	var all []erased
	for line := range strings.Lines(string(text)) {
		at, code, _ := strings.Cut(strings.TrimSpace(line), " ")
		when, err := time.Parse(time.RFC3339Nano, at)
		if err != nil || code == "" {
			return nil, export.ErrNotWhole
		}
		all = append(all, erased{when, code})
	}
	return all, nil
}

// again is what became of those who were erased after a backup was made.
type again struct {
	list  string    // the file that told of them; "" when there is none
	last  time.Time // of the last who is in it
	count int       // how many were erased once more
}

// eraseAgain erases in a copy, which has been proved, whomever the list beside the backup names as
// erased after the copy was made. A list that cannot be opened is told of, and is none.
func eraseAgain(w *world, s *Settings, v *vault.Vault, key export.Key, path, file string, made time.Time) (done again, err error) {
	store, err := records.Open(w.ctx, path, v, records.Options{Now: w.now, Log: w.log, Made: true})
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	house, err := store.House(w.ctx, "")
	if err != nil || house == "" {
		return done, err
	}
	var all []erased
	for _, dir := range []string{filepath.Dir(file), s.Backups.Dir} {
		list := filepath.Join(dir, erasedName(house))
		found, err := readErased(list, key)
		switch {
		case errors.Is(err, os.ErrNotExist):
			continue
		case err != nil:
			fmt.Fprintln(w.errOut, w.words.Plain("backups.list_shut", map[string]any{"List": list}))
			continue
		}
		all, done.list = append(all, found...), list
	}
	for _, e := range all {
		if e.at.After(done.last) {
			done.last = e.at
		}
		if !e.at.After(made) { // she was gone by then, and her code may be another's
			continue
		}
		her, err := store.Person(w.ctx, e.code)
		if errors.Is(err, turn.ErrNotFound) {
			continue
		}
		if err == nil && her.Role == program.Beneficiary {
			err = change(w, store, "person.erase", e.code, turn.Safety{Erased: []string{e.code}})
			done.count++
		}
		if err != nil {
			return done, fmt.Errorf("erase once more who was erased: %w", err)
		}
	}
	return done, store.Scrub(w.ctx)
}
