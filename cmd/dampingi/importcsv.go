package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
)

// importCmd takes a roster in.
type importCmd struct {
	File   string `arg:"" help:"A CSV file with the columns peran, nama, telegram_id, pendamping, pendamping_kedua, tahap, konsentrasi, terakhir_ditengok."`
	DryRun bool   `name:"dry-run" help:"Only look for mistakes."`
}

// Run takes everybody in, or nobody: every mistake is told with its line.
func (c *importCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	zone, err := s.zone()
	if err != nil {
		return err
	}
	known, err := store.People(w.ctx)
	if err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return w.wrong("import.no_file", map[string]any{"File": c.File})
	}
	if err != nil {
		return fmt.Errorf("open the roster: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	lines, mistakes := program.ParseRoster(file, known, program.DateOf(w.now().In(zone)))
	for _, m := range mistakes {
		fmt.Fprintf(w.errOut, "%s:%d: %s\n", c.File, m.Line, w.words.Plain(m.Key, map[string]any{"Value": m.Value}))
	}
	if len(mistakes) > 0 {
		return w.wrong("import.nothing_written", map[string]any{"Count": len(mistakes)})
	}
	if c.DryRun {
		fmt.Fprintln(w.out, w.words.Plain("import.would", map[string]any{"Count": len(lines)}))
		return nil
	}
	return c.store(w, s, store, lines, known)
}

// store puts everybody on record, and prints ids and invitations.
func (c *importCmd) store(w *world, s *Settings, store *records.Store, lines []program.RosterLine, known []program.Person) error {
	roster, ids, err := newcomers(w, lines, known)
	if err != nil {
		return err
	}
	if err := store.ImportRoster(w.ctx, roster); err != nil {
		return err
	}
	if err := audit(w, store, "person.add", ids...); err != nil {
		return err
	}
	bot, botKnown := botName(w.ctx, s)
	invited := false
	for i, l := range lines {
		link, err := c.welcome(w, store, ids[i], l, bot)
		if err != nil {
			return err
		}
		invited = invited || link != ""
		fmt.Fprintln(w.out, strings.TrimRight(strings.Join([]string{ids[i], string(l.Role), l.Name, link}, "\t"), "\t"))
	}
	fmt.Fprintln(w.out, w.words.Plain("import.done", map[string]any{"Count": len(lines)}))
	if invited && !botKnown {
		fmt.Fprintln(w.errOut, w.words.Text("people.bot_open"))
	}
	return nil
}

// welcome binds a participant's chat, or makes the invitation of whoever has none.
func (c *importCmd) welcome(w *world, store *records.Store, id string, l program.RosterLine, bot string) (link string, err error) {
	switch {
	case l.Chat != 0 && l.Role == program.Beneficiary:
		return "", store.BindChat(w.ctx, id, l.Chat)
	case l.Chat != 0:
		return "", nil
	}
	token, err := store.Invite(w.ctx, id)
	return invitationLink(bot, token), err
}

// newcomers gives everybody an id: staff first, so that participants can be assigned to them.
func newcomers(w *world, lines []program.RosterLine, known []program.Person) ([]records.RosterLine, []string, error) {
	taken := make(map[string]bool, len(known))
	for _, p := range known {
		taken[p.ID] = true
	}
	roster, ids, byName := make([]records.RosterLine, len(lines)), make([]string, len(lines)), map[string]string{}
	for i, l := range lines {
		if l.Role == program.Beneficiary {
			continue
		}
		ids[i] = newID(w.now())
		if l.Role.Accompanies() {
			byName[strings.ToLower(l.Name)] = ids[i]
		}
		roster[i] = records.RosterLine{Line: l.Line, Person: &program.Person{ID: ids[i], Role: l.Role, Name: l.Name, Chat: l.Chat, Active: true}}
	}
	for i, l := range lines {
		if l.Role != program.Beneficiary {
			continue
		}
		code, err := program.FreeCode(taken, rand.IntN)
		if err != nil {
			return nil, nil, err
		}
		mate := func(said string) string { return cmp.Or(byName[strings.ToLower(said)], said) }
		ids[i] = code
		roster[i] = records.RosterLine{Line: l.Line, Participant: &program.Participant{
			Code: code, Alias: l.Name, Stage: l.Stage, Companion: mate(l.Companion), Second: mate(l.Second),
			Concentration: l.Concentration, LastSeen: l.LastSeen, Agreed: l.Agreed,
		}}
	}
	return roster, ids, nil
}
