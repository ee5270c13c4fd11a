package fiction

import (
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// unasked is the alias of her who was registered and not asked yet whether she wants to be
// accompanied: nothing can be noted about her.
const unasked = "Seroja"

// Word is a kata aman that everybody may know, because she who chose it is made up.
const Word = "resep pempek"

// askedAgo is how long ago her request to have something put right came, in the demo.
const askedAgo = 20 * time.Hour

// agreed makes up what is agreed with everybody, and whose phone can be tried.
func (g *seeder) agreed() error {
	var s turn.Safety
	for i, w := range g.women {
		if w.alias == unasked || w.phone > 0 {
			continue
		}
		purposes := []program.Purpose{program.CapitalData, program.AnonymousSums}
		if w.alias == grows {
			purposes = append(purposes, program.FunctionScale)
		}
		for _, purpose := range purposes {
			if purpose == program.AnonymousSums && i%5 == 4 { // who was not asked
				continue
			}
			s.Consents = append(s.Consents, g.consent(w, purpose, program.ConsentUntil(purpose, program.DateOf(g.today))))
		}
		if w.alias == ending { // a month from tomorrow
			s.Consents = append(s.Consents, g.consent(w, program.Accompaniment, program.DateOf(g.today.AddDate(0, 0, 31))))
		}
	}
	for _, w := range g.women {
		if w.phone == 0 {
			continue
		}
		if err := g.store.BindChat(g.ctx, w.code, w.phone); err != nil {
			return err
		}
		g.safety(&s, w)
	}
	return g.commit(turn.Plan{Safety: s})
}

// consent is one that was given on paper.
func (g *seeder) consent(w woman, purpose program.Purpose, until program.Date) program.Consent {
	return program.Consent{
		ID: fmt.Sprintf("demo-%s-%s", purpose, w.code), Participant: w.code, Purpose: purpose, Status: program.Given,
		Way: program.OnPaper, Version: string(program.OnPaper), At: g.today, Recorder: w.companion, Until: until,
	}
}

// safety makes up what is agreed with a participant who has a phone: the first has one of her
// own, has agreed, has a kata aman and has asked for something; the second shares hers with her
// family, and her chat has not asked her anything yet.
func (g *seeder) safety(s *turn.Safety, w woman) {
	agreed := program.DefaultContact()
	agreed.CheckedOn = program.DateOf(g.today.AddDate(0, 0, -12))
	if w.phone != Phone {
		agreed.Phone, agreed.HideAfter = program.PhoneFamily, 10
		s.Contacts = append(s.Contacts, turn.ContactChange{Code: w.code, Contact: agreed})
		return
	}
	agreed.Phone, agreed.HideAfter = program.PhoneOwn, 60
	agreed.Word = g.hash(w.code, Word)
	s.Contacts = append(s.Contacts, turn.ContactChange{Code: w.code, Contact: agreed})
	for _, purpose := range []program.Purpose{program.ChatReminders, program.AbroadStorage, program.AnonymousSums} {
		s.Consents = append(s.Consents, g.consent(w, purpose, program.ConsentUntil(purpose, program.DateOf(g.today))))
	}
	asked := g.today.Add(-askedAgo)
	s.Requests = append(s.Requests, program.Request{
		ID: "demo-request-" + w.code, Participant: w.code, Kind: program.AskCorrection, At: asked, Due: asked.Add(program.RequestLife),
	})
}
