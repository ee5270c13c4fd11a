package main

import (
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// demoUnasked is the place among demoAliases of her who was registered and not asked yet whether
// she wants to be accompanied: nothing can be noted about her.
const demoUnasked = 5

// demoWord is a kata aman that everybody may know, because she who chose it is made up.
const demoWord = "resep pempek"

// demoAsked is how long ago her request to have something put right came, in the demo.
const demoAsked = 20 * time.Hour

// safety makes up what is agreed with a participant who has a phone: the first has one of her
// own, has agreed, has a kata aman and has asked for something; the second shares hers with her
// family, and her chat has not asked her anything yet.
func (g *seeder) safety(p program.Participant, n int) error {
	agreed := program.DefaultContact()
	agreed.CheckedOn = program.DateOf(g.today.AddDate(0, 0, -12))
	agreed.Phone, agreed.HideAfter = program.PhoneFamily, 10
	if n > 0 {
		return g.commit(turn.Safety{Contacts: []turn.ContactChange{{Code: p.Code, Contact: agreed}}})
	}
	agreed.Phone, agreed.HideAfter = program.PhoneOwn, 60
	agreed.Word = conversation.WordHash(g.vault, p.Code, demoWord)
	s := turn.Safety{Contacts: []turn.ContactChange{{Code: p.Code, Contact: agreed}}}
	for _, purpose := range []program.Purpose{program.ChatReminders, program.AbroadStorage, program.AnonymousSums} {
		s.Consents = append(s.Consents, program.Consent{
			ID: fmt.Sprintf("demo-%s-%s", purpose, p.Code), Participant: p.Code, Purpose: purpose, Status: program.Given,
			Way: program.OnPaper, Version: string(program.OnPaper), At: g.today, Recorder: p.Companion,
			Until: program.ConsentUntil(purpose, program.DateOf(g.today)),
		})
	}
	asked := g.today.Add(-demoAsked)
	s.Requests = []program.Request{{
		ID: "demo-request-" + p.Code, Participant: p.Code, Kind: program.AskCorrection, At: asked, Due: asked.Add(program.RequestLife),
	}}
	return g.commit(s)
}

// commit stores what is agreed, the way a turn does.
func (g *seeder) commit(s turn.Safety) error {
	if err := g.store.Commit(g.ctx, turn.Plan{Safety: s}); err != nil {
		return fmt.Errorf("make up what is agreed: %w", err)
	}
	return nil
}

// hints lets the page say what can be tried on each phone.
func (d *demo) hints() {
	keys := map[int64]string{
		1001: "demo.ratna", 1002: "demo.rina", 1003: "demo.yuli", 1004: "demo.wati", 1005: "demo.bina",
		demoPhone: "demo.melati", demoPhone + 1: "demo.mawar", demoStranger: "demo.stranger",
	}
	for chat, key := range keys {
		hint := make(map[string]string, len(d.book.Langs()))
		for _, lang := range d.book.Langs() {
			hint[lang] = d.book.For(lang).Plain(key, map[string]any{"Word": demoWord})
		}
		d.sim.Hint(chat, hint)
	}
}
