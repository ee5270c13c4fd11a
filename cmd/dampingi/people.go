package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/telegram"
	"github.com/dampingi/dampingi/internal/turn"
)

// peopleCmd is about the people.
type peopleCmd struct {
	Add  peopleAddCmd  `cmd:"" help:"Add somebody; prints her id (a participant's code) and, without a Telegram id, a one-time invitation link."`
	List peopleListCmd `cmd:"" help:"List everybody."`

	Invite   peopleInviteCmd   `cmd:"" help:"Give somebody a fresh invitation link; the one before does not work any more."`
	Cut      peopleCutCmd      `cmd:"" help:"Cut a lost phone off at once; afterwards she is invited again, in person."`
	Retire   peopleRetireCmd   `cmd:"" help:"Take the rights of one of the staff who leaves, and cut her phone off."`
	Assign   peopleAssignCmd   `cmd:"" help:"Hand a participant over to another companion."`
	Unpin    peopleUnpinCmd    `cmd:"" help:"Take away a PIN that was forgotten."`
	Erase    peopleEraseCmd    `cmd:"" help:"Erase a participant now: her key is destroyed, counts stay. For one whom a restored backup has brought back."`
	Requests peopleRequestsCmd `cmd:"" help:"List what participants have asked for about their data, and by when it has to be done."`
}

// peopleAddCmd adds one person.
type peopleAddCmd struct {
	Role          string `required:"" enum:"${roles}" help:"One of ${enum}."`
	Name          string `required:"" help:"A nickname; for a participant an alias of her choice, never her name."`
	TelegramID    int64  `name:"telegram-id" help:"Her Telegram id; without it she gets an invitation link."`
	Companion     string `help:"For a participant: the id of her companion."`
	Stage         string `default:"didata" enum:"${stages}" help:"For a participant: where she stands, one of ${enum}."`
	Concentration string `default:"" enum:",${concentrations}" help:"For a participant: one of ${concentrations}."`
	Consent       string `default:"kertas" enum:"kertas,lisan,belum" help:"For a participant: how she agreed to be accompanied: kertas (on paper), lisan (spoken, with a witness), belum (not yet: nothing is noted about her before she has)."`
	Lang          string `default:"id" enum:"id,en" help:"The language she is spoken to in: id or en."`
}

// Run adds her.
func (c *peopleAddCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	role := program.Role(c.Role)
	if err := c.check(w, store, role); err != nil {
		return err
	}
	id, err := c.add(w, store, role)
	if err != nil {
		return err
	}
	if err := audit(w, store, "person.add", id); err != nil {
		return err
	}
	fmt.Fprintln(w.out, id)
	if role == program.Beneficiary && c.TelegramID != 0 {
		return store.BindChat(w.ctx, id, c.TelegramID)
	}
	if c.TelegramID != 0 {
		return nil
	}
	token, err := store.Invite(w.ctx, id)
	if err != nil {
		return err
	}
	bot, known := botName(w.ctx, s)
	fmt.Fprintln(w.out, invitationLink(bot, token))
	if !known {
		fmt.Fprintln(w.errOut, w.words.Text("people.bot_open"))
	}
	return nil
}

// check looks for everything that is wrong before anything is written.
func (c *peopleAddCmd) check(w *world, store *records.Store, role program.Role) error {
	c.Name = strings.Join(strings.Fields(c.Name), " ")
	if key := program.NameTrouble(role, c.Name); key != "" {
		return w.wrong(key, map[string]any{"Value": c.Name})
	}
	if c.TelegramID < 0 {
		return w.wrong("people.telegram_id", nil)
	}
	if c.TelegramID != 0 {
		if _, err := store.PersonByChat(w.ctx, c.TelegramID); !errors.Is(err, turn.ErrNotFound) {
			return errors.Join(err, turn.ErrTaken)
		}
	}
	if c.Companion == "" {
		return nil
	}
	if role != program.Beneficiary {
		return w.wrong("people.companion_of_staff", nil)
	}
	companion, err := store.Person(w.ctx, c.Companion)
	if errors.Is(err, turn.ErrNotFound) || err == nil && !companion.Role.Accompanies() {
		return w.wrong("people.companion_unknown", map[string]any{"Value": c.Companion})
	}
	return err
}

// add puts her on record and gives her id.
func (c *peopleAddCmd) add(w *world, store *records.Store, role program.Role) (string, error) {
	if role != program.Beneficiary {
		p := program.Person{ID: newID(w.now()), Role: role, Name: c.Name, Chat: c.TelegramID, Lang: c.Lang, Active: true}
		return p.ID, store.AddPerson(w.ctx, p)
	}
	code, err := newCode(w.ctx, store)
	if err != nil {
		return "", err
	}
	agreed, err := program.ParseAgreed(c.Consent)
	if err != nil {
		return "", usageError{err}
	}
	return code, store.AddParticipant(w.ctx, program.Participant{
		Code: code, Alias: c.Name, Lang: c.Lang, Stage: program.Stage(c.Stage), Companion: c.Companion, Concentration: c.Concentration, Agreed: agreed,
	})
}

// newID names one of the staff; it tells nothing about her.
func newID(now time.Time) string {
	return ulid.MustNew(ulid.Timestamp(now), ulid.DefaultEntropy()).String()
}

// newCode is a random code that nobody has: a letter and three digits, without a meaning.
func newCode(ctx context.Context, store *records.Store) (string, error) {
	people, err := store.People(ctx)
	if err != nil {
		return "", err
	}
	taken := make(map[string]bool, len(people))
	for _, p := range people {
		taken[p.ID] = true
	}
	return program.FreeCode(taken, rand.IntN)
}

// botName asks Telegram for the bot's name; when it cannot be had, a place is left for it.
func botName(ctx context.Context, s *Settings) (name string, known bool) {
	const open = "NAMA_BOT"
	token, err := s.token()
	if err != nil {
		return open, false
	}
	sender, err := telegram.NewSender(telegram.SenderOptions{URL: s.APIURL, Token: token})
	if err != nil {
		return open, false
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	me, err := sender.Me(ctx)
	if err != nil {
		return open, false
	}
	return me.Username, true
}

// invitationLink is what is given to the person, best shown as a code on the spot.
func invitationLink(bot, token string) string { return "https://t.me/" + bot + "?start=" + token }

// peopleListCmd lists everybody.
type peopleListCmd struct {
	JSON bool `name:"json" help:"One object a line."`
}

// personLine is one person as scripts see her: no chat, no Telegram id.
type personLine struct {
	ID        string       `json:"id"`
	Role      program.Role `json:"role"`
	Name      string       `json:"name"`
	Joined    bool         `json:"joined"`
	Active    bool         `json:"active"`
	Stage     string       `json:"stage,omitempty"`
	Companion string       `json:"companion,omitempty"`
	Second    string       `json:"second,omitempty"`
}

// Run prints one person a line.
func (c *peopleListCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	if err := audit(w, store, program.ReadRoster, "*"); err != nil { // before anything is shown
		return err
	}
	lines, err := everybody(w.ctx, store)
	if err != nil {
		return err
	}
	if c.JSON {
		enc := json.NewEncoder(w.out)
		for _, l := range lines {
			if err := enc.Encode(l); err != nil {
				return fmt.Errorf("print: %w", err)
			}
		}
		return nil
	}
	names := make(map[string]string, len(lines))
	for _, l := range lines {
		names[l.ID] = l.Name
	}
	t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	for _, l := range lines {
		joined := "people.waiting"
		if l.Joined {
			joined = "people.joined"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", l.ID, l.Role, l.Name, w.words.Text(joined), l.Stage, names[l.Companion])
	}
	return t.Flush()
}

// everybody is all people with, for participants, where they stand.
func everybody(ctx context.Context, store *records.Store) ([]personLine, error) {
	people, err := store.People(ctx)
	if err != nil {
		return nil, err
	}
	participants, err := store.Participants(ctx, records.ParticipantFilter{})
	if err != nil {
		return nil, err
	}
	byCode := make(map[string]program.Participant, len(participants))
	for _, p := range participants {
		byCode[p.Code] = p
	}
	lines := make([]personLine, 0, len(people))
	for _, p := range people {
		her := byCode[p.ID]
		lines = append(lines, personLine{
			ID: p.ID, Role: p.Role, Name: p.Name, Joined: p.Chat != 0, Active: p.Active, Stage: string(her.Stage), Companion: her.Companion, Second: her.Second,
		})
	}
	return lines, nil
}

// audit notes what was done at the command line, by whoever holds the key.
func audit(w *world, store *records.Store, action string, subjects ...string) error {
	var plan turn.Plan
	for _, subject := range subjects {
		plan.Audit = append(plan.Audit, program.Audit{At: w.now().UTC(), Actor: "admin", Action: action, Subject: subject})
	}
	return store.Commit(w.ctx, plan)
}

// closeStore closes the database and says so when that fails.
func closeStore(w *world, store *records.Store) {
	if err := store.Close(); err != nil {
		w.log.Error("close the database", "error", err)
	}
}
