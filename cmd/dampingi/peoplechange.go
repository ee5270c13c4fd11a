package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// peopleInviteCmd gives somebody a fresh link.
type peopleInviteCmd struct {
	ID string `arg:"" help:"Her id, or a participant's code."`
}

// Run prints the link; one from before does not work any more.
func (c *peopleInviteCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	if _, err := active(w, store, c.ID); err != nil {
		return err
	}
	if err := audit(w, store, "person.invite", c.ID); err != nil {
		return err
	}
	token, err := store.Invite(w.ctx, c.ID)
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

// peopleCutCmd is for a phone that was lost, or is in wrong hands.
type peopleCutCmd struct {
	ID string `arg:"" help:"Her id, or a participant's code."`
}

// Run lets go of her chat: from now on it is a stranger's.
func (c *peopleCutCmd) Run(w *world, s *Settings) error {
	return changeAccess(w, s, c.ID, "person.cut", turn.Safety{Cut: []string{c.ID}}, "people.cut_done")
}

// changeAccess changes how somebody gets in, puts it on record, and says so.
func changeAccess(w *world, s *Settings, id, action string, safety turn.Safety, said string) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	if _, err := someone(w, store, id); err != nil {
		return err
	}
	if err := change(w, store, action, id, safety); err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain(said, map[string]any{"ID": id}))
	return nil
}

// peopleRetireCmd is for one of the staff who leaves.
type peopleRetireCmd struct {
	ID string `arg:"" help:"Her id."`
}

// Run takes her rights, her chat and her PIN away, and says whether participants have to be handed
// over. What she reported stays.
func (c *peopleRetireCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	p, err := active(w, store, c.ID)
	if err != nil {
		return err
	}
	if p.Role == program.Beneficiary {
		return w.wrong("people.retire_participant", map[string]any{"Value": c.ID})
	}
	last, err := lastChair(w.ctx, store, p)
	if err != nil {
		return err
	}
	if last {
		return w.wrong("people.last_chair", nil)
	}
	if err := change(w, store, "person.retire", c.ID, turn.Safety{Retired: []string{c.ID}}); err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain("people.retired", map[string]any{"ID": c.ID}))
	hers, err := store.Participants(w.ctx, records.ParticipantFilter{Companion: c.ID})
	if err == nil && len(hers) > 0 {
		fmt.Fprintln(w.out, w.words.Plain("people.hand_over", map[string]any{"Count": len(hers)}))
	}
	return err
}

// lastChair reports whether somebody is the only chair who is still active.
func lastChair(ctx context.Context, store *records.Store, p program.Person) (bool, error) {
	if p.Role != program.Chair {
		return false, nil
	}
	staff, err := store.Staff(ctx)
	if err != nil {
		return false, err
	}
	for _, other := range staff {
		if other.Role == program.Chair && other.ID != p.ID {
			return false, nil
		}
	}
	return true, nil
}

// peopleUnpinCmd is for a PIN that was forgotten.
type peopleUnpinCmd struct {
	ID string `arg:"" help:"Her id, or a participant's code."`
}

// Run takes the PIN away; she chooses another one.
func (c *peopleUnpinCmd) Run(w *world, s *Settings) error {
	return changeAccess(w, s, c.ID, "person.unpin", turn.Safety{PINs: []turn.PIN{{Person: c.ID}}}, "people.unpinned")
}

// peopleEraseCmd erases a participant.
type peopleEraseCmd struct {
	Code string `arg:"" help:"Her code."`
	Yes  bool   `help:"Yes, it cannot be taken back."`
}

// Run destroys her key and all that names her; the institution's counts do not change.
func (c *peopleEraseCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	her, err := someone(w, store, c.Code)
	if err != nil {
		return err
	}
	if her.Role != program.Beneficiary {
		return w.wrong("people.not_participant", map[string]any{"Value": c.Code})
	}
	if !c.Yes {
		return usageError{w.wrong("people.erase_sure", map[string]any{"Code": c.Code})}
	}
	if err := change(w, store, "person.erase", c.Code, turn.Safety{Erased: []string{c.Code}}); err != nil {
		return err
	}
	if err := store.Scrub(w.ctx); err != nil { // a bot that serves does it within the hour
		w.log.Warn("scrub the database", "error", err)
	}
	fmt.Fprintln(w.out, w.words.Plain("people.erased", map[string]any{"Code": c.Code}))
	return nil
}

// peopleAssignCmd hands a participant over.
type peopleAssignCmd struct {
	Code      string `arg:"" help:"The participant's code."`
	Companion string `arg:"" help:"The id of who accompanies her from now on."`

	Second *string `help:"The id of who stands in while her companion is away, and hears of cases that wait; empty for nobody."`
}

// Run hands her over: at the same moment her former companion sees nothing of her any more.
func (c *peopleAssignCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	her, err := someone(w, store, c.Code)
	if err != nil {
		return err
	}
	if her.Role != program.Beneficiary {
		return w.wrong("people.not_participant", map[string]any{"Value": c.Code})
	}
	if err := accompanies(w, store, c.Companion); err != nil {
		return err
	}
	if err := c.checkSecond(w, store); err != nil {
		return err
	}
	line := program.Audit{At: w.now().UTC(), Actor: "admin", Action: "person.assign", Subject: c.Code}
	if err := store.Assign(w.ctx, c.Code, c.Companion, line); err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain("people.assigned", map[string]any{"Code": c.Code, "ID": c.Companion}))
	return c.nameSecond(w, store)
}

// checkSecond looks whether somebody can stand in, before anything is written.
func (c *peopleAssignCmd) checkSecond(w *world, store *records.Store) error {
	switch {
	case c.Second == nil || *c.Second == "":
		return nil
	case *c.Second == c.Companion:
		return w.wrong("people.second_same", nil)
	}
	return accompanies(w, store, *c.Second)
}

// nameSecond names who stands in, or nobody, if that was asked for.
func (c *peopleAssignCmd) nameSecond(w *world, store *records.Store) error {
	if c.Second == nil {
		return nil
	}
	line := program.Audit{At: w.now().UTC(), Actor: "admin", Action: "person.second", Subject: c.Code}
	if err := store.StandIn(w.ctx, c.Code, *c.Second, line); err != nil {
		return err
	}
	said := "people.second"
	if *c.Second == "" {
		said = "people.second_nobody"
	}
	fmt.Fprintln(w.out, w.words.Plain(said, map[string]any{"Code": c.Code, "ID": *c.Second}))
	return nil
}

// accompanies says so when somebody is nobody who accompanies participants.
func accompanies(w *world, store *records.Store, id string) error {
	p, err := store.Person(w.ctx, id)
	if errors.Is(err, turn.ErrNotFound) || err == nil && !(p.Active && p.Role.Accompanies()) {
		return w.wrong("people.companion_unknown", map[string]any{"Value": id})
	}
	return err
}

// someone finds who is meant, and says so when there is nobody.
func someone(w *world, store *records.Store, id string) (program.Person, error) {
	p, err := store.Person(w.ctx, id)
	if errors.Is(err, turn.ErrNotFound) {
		return p, w.wrong("people.unknown", map[string]any{"Value": id})
	}
	return p, err
}

// active is someone who has not left.
func active(w *world, store *records.Store, id string) (program.Person, error) {
	p, err := someone(w, store, id)
	if err == nil && !p.Active {
		return p, w.wrong("people.gone", map[string]any{"Value": id})
	}
	return p, err
}

// change stores what is changed about somebody's access together with the line of audit.
func change(w *world, store *records.Store, action, subject string, safety turn.Safety) error {
	return store.Commit(w.ctx, turn.Plan{
		Safety: safety, Audit: []program.Audit{{At: w.now().UTC(), Actor: "admin", Action: action, Subject: subject}},
	})
}
