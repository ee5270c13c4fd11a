package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/dampingi/dampingi/internal/export"
)

// lockOf is what a file that leaves is encrypted with: for the recipients of the settings, or with
// the passphrase in a file; one of them, and not both.
func lockOf(w *world, s *Settings, passphraseFile string) (*export.Lock, error) {
	if passphraseFile != "" && len(s.Recipients) > 0 {
		return nil, usageError{w.wrong("export.both", nil)}
	}
	if passphraseFile != "" {
		passphrase, err := passphraseIn(w, passphraseFile)
		if err != nil {
			return nil, err
		}
		l, err := export.PassphraseLock(passphrase)
		if err != nil {
			return nil, w.wrong("export.passphrase_short", map[string]any{"File": passphraseFile, "Count": export.PassphraseLength})
		}
		return &l, nil
	}
	if len(s.Recipients) == 0 {
		return nil, usageError{w.wrong("export.needs_recipient", nil)}
	}
	l, err := export.RecipientLock(s.Recipients)
	if err != nil {
		return nil, usageError{w.wrong("export.recipient", nil)}
	}
	return &l, nil
}

// secretMost is how much of a file with a passphrase or an identity is read, in bytes.
const secretMost = 16384

// secretWords are the sentences about a file that has to be somebody's own.
type secretWords struct{ missing, kind, exposed string }

// passphraseIn reads a passphrase out of a file that nobody else can read, without the line
// break at its end.
func passphraseIn(w *world, path string) (string, error) {
	return secretIn(w, path, secretWords{"export.passphrase_missing", "export.passphrase_kind", "export.passphrase_exposed"})
}

// identityIn reads an identity file of age that nobody else can read.
func identityIn(w *world, path string) (string, error) {
	return secretIn(w, path, secretWords{"backup.identity_missing", "backup.identity_kind", "backup.identity_exposed"})
}

// secretIn reads a file that nobody else can read and that is no link.
func secretIn(w *world, path string, said secretWords) (string, error) {
	about := map[string]any{"File": path}
	named, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", w.wrong(said.missing, about)
	}
	if err != nil {
		return "", fmt.Errorf("look at the secret file: %w", err)
	}
	if !named.Mode().IsRegular() {
		return "", w.wrong(said.kind, about)
	}
	f, err := os.Open(path) //nolint:gosec // named by whoever runs the command
	if err != nil {
		return "", fmt.Errorf("open the secret file: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	opened, err := f.Stat()
	if err != nil {
		return "", fmt.Errorf("look at the secret file: %w", err)
	}
	if !os.SameFile(named, opened) { // exchanged while it was opened
		return "", w.wrong(said.kind, about)
	}
	if opened.Mode().Perm()&0o077 != 0 {
		return "", w.wrong(said.exposed, about)
	}
	b, err := io.ReadAll(io.LimitReader(f, secretMost))
	if err != nil {
		return "", fmt.Errorf("read the secret file: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}
