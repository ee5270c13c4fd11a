package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/sqlite"
	"github.com/dampingi/dampingi/internal/vault"
)

// initCmd makes what the bot needs to begin.
type initCmd struct {
	Chair      string `default:"Ketua" help:"The first chair's nickname."`
	TelegramID int64  `name:"telegram-id" help:"Her Telegram id; without it she gets an invitation link."`
}

// Run makes key, database and the chair. Doing it again changes nothing that is there.
func (c *initCmd) Run(w *world, s *Settings) error {
	if key := program.NameTrouble(program.Chair, c.Chair); key != "" {
		return w.wrong(key, map[string]any{"Value": c.Chair})
	}
	if c.TelegramID < 0 {
		return w.wrong("people.telegram_id", nil)
	}
	if _, err := os.Stat(s.database()); err == nil && s.DatabaseURL == "" {
		return w.wrong("init.already", map[string]any{"File": s.database()})
	}
	if s.DatabaseURL != "" {
		there, err := sqlite.There(w.ctx, s.DatabaseURL)
		if err != nil {
			return err
		}
		if there {
			return w.wrong("init.already", map[string]any{"File": sqlite.Named(s.DatabaseURL)})
		}
	}
	if err := os.MkdirAll(s.DataDir, 0o700); err != nil {
		return fmt.Errorf("make the data directory: %w", err)
	}
	v, err := c.key(w, s)
	if err != nil {
		return err
	}
	zone, err := s.zone()
	if err != nil {
		return err
	}
	store, err := sqlite.Open(w.ctx, s.records(), v, sqlite.Options{Zone: zone, Now: w.now, Log: w.log})
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	fmt.Fprintln(w.out, w.words.Plain("init.database_made", map[string]any{"File": sqlite.Named(s.records())}))
	return c.chair(w, s, store)
}

// key makes the key, or takes the one that is there: an institution may bring its own.
func (c *initCmd) key(w *world, s *Settings) (*vault.Vault, error) {
	said := "init.key_made"
	err := vault.Create(s.key())
	if errors.Is(err, vault.ErrExists) {
		said, err = "init.key_kept", nil
	}
	if err != nil {
		return nil, err
	}
	v, err := vault.Open(s.key())
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(w.out, w.words.Plain(said, map[string]any{"File": s.key()}))
	return v, nil
}

// chair puts the first chair on record and invites her.
func (c *initCmd) chair(w *world, s *Settings, store *sqlite.Store) error {
	chair := program.Person{ID: newID(w.now()), Role: program.Chair, Name: c.Chair, Chat: c.TelegramID, Active: true}
	if err := store.AddPerson(w.ctx, chair); err != nil {
		return err
	}
	if err := audit(w, store, "person.add", chair.ID); err != nil {
		return err
	}
	if c.TelegramID == 0 {
		token, err := store.Invite(w.ctx, chair.ID)
		if err != nil {
			return err
		}
		bot, known := botName(w.ctx, s)
		fmt.Fprintln(w.out, w.words.Plain("init.chair_invited", map[string]any{"Link": invitationLink(bot, token)}))
		if !known {
			fmt.Fprintln(w.out, w.words.Text("people.bot_open"))
		}
	}
	fmt.Fprintln(w.out, w.words.Text("init.next"))
	return nil
}
