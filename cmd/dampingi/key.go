package main

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/vault"
)

// keyCmd is about the institution's key.
type keyCmd struct {
	Rotate keyRotateCmd `cmd:"" help:"Add a fresh key and seal everything anew with it; a bot that serves goes on meanwhile."`
}

// keyRotateCmd exchanges the key that seals.
type keyRotateCmd struct{}

// Run adds a key to the file and seals anew what an older one has sealed. When it is interrupted,
// doing it again goes on where it was, with one more key.
func (c *keyRotateCmd) Run(w *world, s *Settings) error {
	store, v, err := openStore(w.ctx, s, w.now, w.log) // first of all, that key and database belong together
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	if err := vault.Rotate(s.key()); err != nil {
		return err
	}
	if !v.Refresh() {
		return fmt.Errorf("rotate the key: %w", vault.ErrDamaged)
	}
	if err := audit(w, store, "key.rotate", "institution"); err != nil {
		return err
	}
	n, unreadable, err := store.Reseal(w.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain("rotation.done", map[string]any{"Count": n, "Key": s.key()}))
	return w.flawed(unreadable)
}
