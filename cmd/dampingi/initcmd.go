package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/vault"
)

// initCmd makes what the bot needs to begin.
type initCmd struct {
	Chair      string `default:"Ketua" help:"The first chair's nickname."`
	TelegramID int64  `name:"telegram-id" help:"Her Telegram id; without it she gets an invitation link."`
	Ask        *bool  `aliases:"tanya" negatable:"" help:"Ask for what was not given, one question at a time; as a rule at a terminal only."`
	Offline    bool   `help:"Do not ask Telegram about the token, nor Redis whether it is there."`

	bot  bot    // who the token belongs to
	file string // the file of settings, there or to be made; "" where none is wanted
	made bool   // something was made that was not there
}

// Run makes key, database, the file of settings and the chair. Doing it again changes nothing that is there, and makes what is missing.
func (c *initCmd) Run(w *world, s *Settings) error {
	asks := c.asks(w)
	if c.file = w.file.path; c.file == "" && asks {
		c.file = settingsPath()
	}
	if t := rootTrouble(c.file, os.Geteuid(), user.Lookup); t.key != "" {
		return w.wrong(t.key, t.args)
	}
	if err := c.wrong(w, s); err != nil { // what was given is looked at before anything is asked
		return err
	}
	if asks {
		if err := c.ask(w, s); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(s.DataDir, 0o700); err != nil {
		return fmt.Errorf("make the data directory: %w", err)
	}
	there, err := recordsThere(w.ctx, s)
	if err != nil {
		return err
	}
	v, err := c.key(w, s, there)
	if err != nil {
		return err
	}
	store, err := c.database(w, s, v, there)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	if err := c.settings(w, s); err != nil {
		return err
	}
	if err := c.chair(w, store); err != nil {
		return err
	}
	if !c.made {
		return w.wrong("init.already", map[string]any{"File": records.Named(s.records())})
	}
	fmt.Fprintln(w.out, w.words.Plain("init.next", map[string]any{"Key": s.key()}))
	return nil
}

// asks reports whether there is somebody to ask: whoever sits at a terminal, unless she does not want it.
func (c *initCmd) asks(w *world) bool {
	if c.Ask != nil {
		return *c.Ask
	}
	_, terminal := w.atTerminal()
	return terminal
}

// wrong looks at everything that was given and names all that is wrong with it, at once, before anything is made.
func (c *initCmd) wrong(w *world, s *Settings) error {
	c.Chair = strings.Join(strings.Fields(c.Chair), " ")
	found := []trouble{chairTrouble(c.Chair), hookTrouble(s.APIURL, s.WebhookURL, s.WebhookSecret)}
	if c.TelegramID < 0 {
		found = append(found, trouble{key: "people.telegram_id"})
	}
	if _, err := s.zone(); err != nil {
		found = append(found, trouble{"init.zone_unknown", map[string]any{"Value": s.Timezone}})
	}
	if w.given["data-dir"] != nil {
		found = append(found, folderTrouble(s.DataDir))
	}
	if c.file != "" && !w.file.found {
		if t := folderTrouble(filepath.Dir(c.file)); t.key != "" || !exists(filepath.Dir(c.file)) {
			found = append(found, trouble{"init.settings_folder", map[string]any{"File": c.file, "Dir": filepath.Dir(c.file)}})
		}
	}
	if s.DisplayName != "" {
		found = append(found, nameTrouble(s.DisplayName))
	}
	if s.RedisURL != "" && !c.Offline {
		found = append(found, redisTrouble(w.ctx, s.RedisURL))
	}
	if s.Token != "" || s.TokenFile != "" {
		t := c.giveToken(w, s)
		if c.file == "" && t.key != "" { // it is written nowhere, and serving will say so again
			fmt.Fprintln(w.errOut, w.says(t))
			t = trouble{}
		}
		found = append(found, t)
	}
	var all []error
	for _, t := range found {
		if says := w.says(t); says != "" {
			all = append(all, errors.New(says))
		}
	}
	if len(all) > 1 {
		all = append(all, errors.New(w.words.Plain("init.several", map[string]any{"Count": len(all)})))
	}
	return errors.Join(all...)
}

// giveToken looks at a token that was given.
func (c *initCmd) giveToken(w *world, s *Settings) (t trouble) {
	token, err := s.token()
	switch {
	case errors.Is(err, errEmptyToken):
		return trouble{"cli.token_empty", map[string]any{"TokenFile": s.TokenFile}}
	case err != nil:
		return trouble{"init.token_file", map[string]any{"File": s.TokenFile}}
	}
	c.bot, t = tokenTrouble(w.ctx, s.APIURL, token, c.Offline)
	return t
}

// key makes the key, or takes the one that is there: an institution may bring its own. None is made for a database that has
// one already, wherever that may be.
func (c *initCmd) key(w *world, s *Settings, there bool) (*vault.Vault, error) {
	if there && !exists(s.key()) {
		return nil, w.wrong("init.key_lost", map[string]any{"Key": s.key(), "File": records.Named(s.records())})
	}
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
	c.made = c.made || said == "init.key_made"
	fmt.Fprintln(w.out, w.words.Plain(said, map[string]any{"File": s.key()}))
	return v, nil
}

// database makes the database, or opens the one that is there, which shows that the key belongs to it.
func (c *initCmd) database(w *world, s *Settings, v *vault.Vault, there bool) (*records.Store, error) {
	zone, err := s.zone()
	if err != nil {
		return nil, err
	}
	store, err := records.Open(w.ctx, s.records(), v, records.Options{Zone: zone, Now: w.now, Log: w.log, Made: there})
	if err != nil {
		return nil, err
	}
	said := "init.database_made"
	if there {
		said = "init.database_kept"
	}
	c.made = c.made || !there
	fmt.Fprintln(w.out, w.words.Plain(said, map[string]any{"File": records.Named(s.records())}))
	return store, nil
}

// recordsThere reports whether there is a database already.
func recordsThere(ctx context.Context, s *Settings) (bool, error) {
	if s.DatabaseURL == "" {
		return exists(s.database()), nil
	}
	return records.There(ctx, s.DatabaseURL) //nolint:wrapcheck // it names the database
}

// settings writes the file of settings where one is wanted and there is none: everything that was given or asked for, with
// places that hold wherever the bot is started.
func (c *initCmd) settings(w *world, s *Settings) error {
	if w.file.found {
		fmt.Fprintln(w.out, w.words.Plain("init.settings_kept", map[string]any{"File": c.file}))
		return nil
	}
	if c.file == "" {
		return nil
	}
	names, values, err := settingsOf(w, s)
	if err != nil {
		return err
	}
	text := settingsWritten(w.words.Text("init.settings_head"), names, values)
	write := func(out io.Writer) error { _, err := io.WriteString(out, text); return err }
	if err := writeOut(w, c.file, write); err != nil {
		return err
	}
	c.made = true
	fmt.Fprintln(w.out, w.words.Plain("init.settings_made", map[string]any{"File": c.file}))
	return nil
}

// chair puts the first chair on record and invites her, when nobody is on record yet.
func (c *initCmd) chair(w *world, store *records.Store) error {
	staff, err := store.Staff(w.ctx)
	if err != nil {
		return err
	}
	for _, p := range staff {
		if p.Role == program.Chair {
			said := "init.chair_waits"
			if p.Chat != 0 {
				said = "init.chair_joined"
			}
			fmt.Fprintln(w.out, w.words.Plain(said, map[string]any{"ID": p.ID}))
			return nil
		}
	}
	chair := program.Person{ID: newID(w.now()), Role: program.Chair, Name: c.Chair, Chat: c.TelegramID, Active: true}
	if err := store.AddPerson(w.ctx, chair); err != nil {
		return err
	}
	if err := audit(w, store, "person.add", chair.ID); err != nil {
		return err
	}
	c.made = true
	if c.TelegramID != 0 {
		return nil
	}
	token, err := store.Invite(w.ctx, chair.ID)
	if err != nil {
		return err
	}
	name, known := c.bot.name, c.bot.name != ""
	if !known {
		name = "NAMA_BOT"
	}
	fmt.Fprintln(w.out, w.words.Plain("init.chair_invited", map[string]any{"Link": invitationLink(name, token)}))
	if !known {
		fmt.Fprintln(w.out, w.words.Text("people.bot_open"))
	}
	return nil
}

// exists reports whether there is something of that name, be it a link that leads nowhere.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// settingsOf is what belongs into a file of settings: the names of all there are, in their order, and the values of those that
// were given. Places are written in full.
func settingsOf(w *world, s *Settings) (names []string, values map[string]string, err error) {
	values = map[string]string{}
	for name, flag := range w.given {
		if len(flag.Envs) > 0 && name != "settings" {
			values[flag.Envs[0]] = settingText(flag.Target.Interface())
		}
	}
	values["TIMEZONE"], values["DATA_DIR"], values["KEY_FILE"] = s.Timezone, s.DataDir, s.key()
	asked := map[string]string{"TELEGRAM_TOKEN": s.Token, "DISPLAY_NAME": s.DisplayName}
	for name, value := range asked {
		if value != "" {
			values[name] = value
		}
	}
	for _, place := range []string{"DATA_DIR", "KEY_FILE", "TELEGRAM_TOKEN_FILE", "FLOWS_DIR", "REMINDERS"} {
		if values[place] == "" {
			continue
		}
		if values[place], err = filepath.Abs(values[place]); err != nil {
			return nil, nil, fmt.Errorf("find %s: %w", place, err)
		}
	}
	for _, flag := range w.flags {
		names = append(names, flag.Envs...)
	}
	return names, values, nil
}

// settingText is the value of a flag as it is written in the environment.
func settingText(value any) string {
	if list, ok := value.([]string); ok {
		return strings.Join(list, ",")
	}
	return fmt.Sprint(value)
}
