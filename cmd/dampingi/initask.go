package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// ask asks for what was not given and is not there: the token, the zone, the chair's nickname, and where the data are to stand.
func (c *initCmd) ask(w *world, s *Settings) error {
	a := &asker{w: w, hello: w.words.Text("init.hello")}
	for _, question := range []func(*asker, *world, *Settings) error{c.askToken, c.askName, c.askZone, c.askFolder, c.askChair} {
		if err := question(a, w, s); err != nil {
			return err
		}
	}
	if a.hello == "" {
		fmt.Fprintln(w.out)
	}
	return c.apart(w, s)
}

// askToken asks for the token. When Telegram cannot be reached, whoever is asked decides whether that matters now.
func (c *initCmd) askToken(a *asker, w *world, s *Settings) error {
	if s.Token != "" || s.TokenFile != "" || w.file.found {
		return nil
	}
	for {
		token, err := a.secret(w.words.Text("init.ask_token"), func(answer string) (string, string) {
			answer = strings.Trim(answer, `"'`)
			var t trouble
			c.bot, t = tokenTrouble(w.ctx, s.APIURL, answer, c.Offline)
			return answer, w.says(t)
		})
		if err != nil {
			return err
		}
		s.Token = token
		if !c.bot.mute {
			break
		}
		goes, err := a.ask(w.words.Text("init.ask_unreached"), c.yes(w))
		if err != nil {
			return err
		}
		if goes == "yes" {
			return nil
		}
	}
	if c.bot.name != "" {
		fmt.Fprintln(w.out, w.words.Plain("init.token_good", map[string]any{"Bot": c.bot.name}))
	}
	return nil
}

// askName asks for another name when the one that the bot has says too much on a lock screen.
func (c *initCmd) askName(a *asker, w *world, s *Settings) (err error) {
	bad := nameTrouble(c.bot.shown)
	if s.DisplayName != "" || bad.key == "" || w.file.found {
		return nil
	}
	fmt.Fprintln(w.out, w.says(bad))
	s.DisplayName, err = a.ask(w.words.Text("init.ask_name"), func(answer string) (string, string) {
		if answer == "" {
			answer = "Catatan Usaha"
		}
		return answer, w.says(nameTrouble(answer))
	})
	return err
}

func (c *initCmd) askZone(a *asker, w *world, s *Settings) (err error) {
	if w.given["timezone"] != nil || w.file.found {
		return nil
	}
	s.Timezone, err = a.ask(w.words.Text("init.ask_zone"), func(answer string) (string, string) {
		if answer == "" {
			answer = "1"
		}
		zone, ok := zoneMeant(answer)
		if !ok {
			return "", w.words.Text("init.zone_which")
		}
		return zone, ""
	})
	return err
}

func (c *initCmd) askChair(a *asker, w *world, s *Settings) (err error) {
	if there, err := recordsThere(w.ctx, s); err != nil || there || w.given["chair"] != nil {
		return err
	}
	c.Chair, err = a.ask(w.words.Text("init.ask_chair"), func(answer string) (string, string) {
		answer = strings.Join(strings.Fields(answer), " ")
		if answer == "" {
			answer = c.Chair
		}
		return answer, w.says(chairTrouble(answer))
	})
	return err
}

// askFolder asks where the data are to stand. The service is started elsewhere, so the place is taken in full.
func (c *initCmd) askFolder(a *asker, w *world, s *Settings) (err error) {
	if w.given["data-dir"] != nil || w.file.found {
		return nil
	}
	usual := s.DataDir
	if settingsPath() == serviceSettings {
		usual = "/var/lib/dampingi"
	}
	if usual, err = filepath.Abs(usual); err != nil {
		return fmt.Errorf("find the usual folder: %w", err)
	}
	s.DataDir, err = a.ask(w.words.Plain("init.ask_folder", map[string]any{"Dir": usual}), func(answer string) (string, string) {
		if answer == "" {
			answer = usual
		}
		if t := folderTrouble(answer); t.key != "" {
			return "", w.says(t)
		}
		full, err := filepath.Abs(answer)
		if err != nil {
			return "", err.Error()
		}
		return full, ""
	})
	return err
}

// apart puts the key beside the settings when they stand elsewhere than the data, so that whoever copies the data does not
// take the key along. A key that is there already stays where it is.
func (c *initCmd) apart(w *world, s *Settings) error {
	if s.KeyFile != "" || exists(s.key()) || w.file.found {
		return nil
	}
	beside, err := filepath.Abs(filepath.Join(filepath.Dir(c.file), "dampingi.key"))
	if err != nil {
		return fmt.Errorf("find a place for the key: %w", err)
	}
	if filepath.Dir(beside) != filepath.Clean(s.DataDir) && (exists(beside) || !exists(s.database())) {
		s.KeyFile = beside
	}
	return nil
}

// yes reads an answer to a question of yes or no, with no where nothing is said.
func (c *initCmd) yes(w *world) func(string) (string, string) {
	return func(answer string) (string, string) {
		switch strings.ToLower(answer) {
		case "y", "ya", "yes", "lanjut":
			return "yes", ""
		case "", "t", "tidak", "n", "no":
			return "no", ""
		}
		return "", w.words.Text("init.yes_or_no")
	}
}
