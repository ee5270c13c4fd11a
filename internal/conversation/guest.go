package conversation

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Guests see her business only if she has said yes to this one visit (program.md row 132): in
// person, read out to her, or on her phone, three days before or earlier. No answer is a no.

// dueGuest precedes her code and the day of the visit in the deadline at which she is asked.
const dueGuest = "guest."

// onHerPhone is the answer of a flow's question how she was asked: not yet, on her own phone.
const onHerPhone = "lewat_hp"

// askVisit begins with the question whether guests may come, about the participant of the card.
func (v *visit) askVisit() error { return v.beginAbout("izin_tamu") }

// saveGuest plans her answer about one visit, or that she is asked on her phone, and gives what is
// said about it.
func (v *visit) saveGuest(f *flow.Flow, run flow.State, code string) (said string, err error) {
	told := f.Told(run)
	day := program.Date(answered(told, "hari"))
	if answered(told, "cara") == onHerPhone {
		return v.expectGuest(code, day)
	}
	said, err = v.saveConsent(f, run, code)
	for i := range v.plan.Safety.Consents {
		v.plan.Safety.Consents[i].Until = program.VisitUntil(program.DateOf(v.now), day)
	}
	return said, err
}

// expectGuest has her asked on her phone, inside her hours, if she may be written to and there is
// time enough.
func (v *visit) expectGuest(code string, day program.Date) (said string, err error) {
	if _, err := v.Store.SafeContact(v.ctx, v.person.ID, code); err != nil { // hers, looked up again
		return "", fmt.Errorf("look at her safe contact: %w", err)
	}
	her, err := v.Store.Person(v.ctx, code)
	if err != nil {
		return "", fmt.Errorf("find whom to ask: %w", err)
	}
	at, ok, err := v.askableAt(her)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "say.guest_in_person", nil
	case !inTime(program.DateOf(at), day):
		return "say.guest_too_soon", nil
	}
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: her.Chat, Kind: dueGuest + code + "." + string(day), At: at})
	v.audit("guest.ask", code)
	return "say.guest_asked", nil
}

// keepsToHerself reports whether what she opens on her phone is for her alone: nobody else uses it, or
// a PIN is asked for (safety.md 3.5 rule 10).
func keepsToHerself(her program.Person) bool { return her.HasPIN || !her.Safe.Shared() }

// inTime reports whether she can be asked on a day about a visit on another.
func inTime(on, visit program.Date) bool { return on.AddDays(program.GuestNotice) <= visit }

// askGuest asks her, when her hours have come. Whoever has her chat by now is asked nothing.
func (v *visit) askGuest(about string) error {
	v.settle()
	code, day, _ := strings.Cut(about, ".")
	if code != v.person.ID {
		return nil
	}
	visit := program.Date(day)
	now, later, err := v.mayRing()
	switch {
	case err != nil:
		return err
	case !keepsToHerself(v.person):
		return v.tellCompanion(v.person.ID, "say.guest_not_asked", map[string]any{"Code": v.person.ID})
	case now && inTime(program.DateOf(v.now), visit):
		v.m.Guest = day
		v.plan.Reminding.Rang = append(v.plan.Reminding.Rang, turn.Rang{Participant: v.person.ID, Cause: strings.TrimSuffix(dueGuest, "."), At: v.u.At})
		return v.ring()
	case !later.IsZero() && inTime(program.DateOf(later), visit):
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueGuest + about, At: later})
	default:
		return v.tellCompanion(v.person.ID, "say.guest_not_asked", map[string]any{"Code": v.person.ID})
	}
	return nil
}

// guestAhead reports whether she is asked about a visit that is still to come.
func (v *visit) guestAhead() bool {
	return v.m.Guest != "" && program.DateOf(v.u.At.In(v.Zone)) < program.Date(v.m.Guest)
}

// openGuest shows what she is asked.
func (v *visit) openGuest() error {
	if !v.guestAhead() {
		v.m.Guest = ""
		return v.noted(discreet.PageNothing)
	}
	v.m.Page = Page{Refs: []string{string(program.GuestVisit)}}
	return v.herTo(herConsent)
}

// guestHead is what stands above the card of a visit: when it is to be.
func (v *visit) guestHead() discreet.Page {
	day := bahasa.Lang(v.t.Lang()).DateShort(bahasa.DateOf(program.Date(v.m.Guest).Time(v.Zone)))
	return discreet.Open(v.t, discreet.PageGuest, map[string]any{"Day": day})
}

// answerGuest takes her answer about a visit, and lets her companion know of it.
func (v *visit) answerGuest(status program.ConsentStatus) error {
	if !v.guestAhead() {
		v.m.Guest = ""
		return v.noted(discreet.PageNothing)
	}
	v.hersOf(program.GuestVisit, status)
	last := len(v.plan.Safety.Consents) - 1
	v.plan.Safety.Consents[last].Until = program.VisitUntil(program.DateOf(v.u.At.In(v.Zone)), program.Date(v.m.Guest))
	v.m.Guest, v.m.Page = "", Page{}
	say, page := "say.guest_no", discreet.PageGuestNo
	if status == program.Given {
		say, page = "say.guest_yes", discreet.PageGuestYes
	}
	if err := v.tellCompanion(v.person.ID, say, map[string]any{"Code": v.person.ID}); err != nil {
		return err
	}
	return v.noted(page)
}

// askableAt is when she can be asked something on her phone; false when she is to be asked in person.
func (v *visit) askableAt(her program.Person) (at time.Time, ok bool, err error) {
	if her.Chat == 0 || !keepsToHerself(her) {
		return at, false, nil
	}
	reachable, err := v.Store.Reachable(v.ctx, her.Chat)
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		return at, false, fmt.Errorf("look whether she can be reached: %w", err)
	}
	consents, err := v.Store.Consents(v.ctx, her.ID)
	if err != nil {
		return at, false, fmt.Errorf("look at her consents: %w", err)
	}
	if !reachable || !consents.AllowChat(program.DateOf(v.now)) {
		return at, false, nil
	}
	at, ok = her.Safe.Next(v.u.At.In(v.Zone))
	return at, ok, nil
}
