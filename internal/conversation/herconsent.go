package conversation

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// What she agrees to, on her own phone: one purpose a card, a button or the word SETUJU, and
// nothing else counts as a yes. What she was shown is kept as a hash with her answer.

// asksHer are the purposes that she is asked about when she joins; the others are asked about in
// person, when they come up.
func asksHer() []program.Purpose {
	return []program.Purpose{program.Accompaniment, program.ChatReminders, program.AbroadStorage, program.AnonymousSums}
}

// consents are her answers.
func (v *visit) consents() (program.Consents, error) {
	all, err := v.Store.Consents(v.ctx, v.person.ID)
	if err != nil {
		return nil, fmt.Errorf("look at her consents: %w", err)
	}
	return all, nil
}

// unansweredPurposes are those of asksHer that she has not answered, or not since the answer ended.
func (v *visit) unansweredPurposes() ([]program.Purpose, error) {
	all, err := v.consents()
	if err != nil {
		return nil, err
	}
	today := program.DateOf(v.u.At.In(v.Zone))
	return slices.DeleteFunc(asksHer(), func(p program.Purpose) bool {
		c, ok := all.Of(p)
		return ok && (c.Status != program.Given || c.Holds(today))
	}), nil
}

// explain begins with the cards.
func (v *visit) explain() error {
	open, err := v.unansweredPurposes()
	if err != nil {
		return err
	}
	if len(open) == 0 {
		return v.herTo(herConsents)
	}
	v.m.Page = Page{Refs: words(open)}
	return v.herTo(herConsent)
}

// words are purposes as they are remembered.
func words(all []program.Purpose) []string {
	out := make([]string, 0, len(all))
	for _, p := range all {
		out = append(out, string(p))
	}
	return out
}

// purposeShown is the purpose of the present card.
func (v *visit) purposeShown() (program.Purpose, bool) {
	if v.m.Page.At < 0 || v.m.Page.At >= len(v.m.Page.Refs) {
		return "", false
	}
	return program.Purpose(v.m.Page.Refs[v.m.Page.At]), true
}

func (v *visit) herConsentView() (hers, error) {
	p, ok := v.purposeShown()
	if !ok {
		return v.herConsentsView()
	}
	head := discreet.Open(v.t, discreet.PageConsent, map[string]any{"N": v.m.Page.At + 1, "All": len(v.m.Page.Refs)})
	if p == program.GuestVisit {
		head = v.guestHead()
	}
	return v.paged(discreet.Stack(head, discreet.Open(v.t, discreet.ConsentPage(p), nil)), []flow.FaceButton{v.button("✅", "hers.agree", "h.yes"), v.button("✖️", "hers.not_now", "h.no")}), nil
}

// answerConsent takes her answer to the present card, and shows the next one.
func (v *visit) answerConsent(answer string) error {
	p, ok := v.purposeShown()
	if !ok {
		return v.refuse()
	}
	status := program.Refused
	if answer == "yes" {
		status = program.Given
	}
	if p == program.GuestVisit {
		return v.answerGuest(status)
	}
	v.hersOf(p, status)
	v.m.Page.At++
	if v.m.Page.At < len(v.m.Page.Refs) {
		return v.herTo(herConsent)
	}
	v.m.Page = Page{}
	return v.noted(discreet.PageAgreed)
}

// hersOf plans her answer about a purpose, with the proof of what she was shown.
func (v *visit) hersOf(p program.Purpose, status program.ConsentStatus) {
	today := program.DateOf(v.u.At.In(v.Zone))
	v.plan.Safety.Consents = append(v.plan.Safety.Consents, program.Consent{
		ID: v.runID() + "." + string(p), Participant: v.person.ID, Purpose: p, Status: status, Way: program.ByButton,
		Version: v.consentVersion(p), Hash: fingerprint(discreet.Open(v.t, discreet.ConsentPage(p), nil).String()), At: v.u.At, Recorder: v.person.ID,
		Until: program.ConsentUntil(p, today),
	})
	v.audit("consent."+string(status), v.person.ID)
}

// consentVersion is that of a card's text: the flow's with which companions read it aloud.
func (v *visit) consentVersion(p program.Purpose) string {
	for _, f := range v.Flows {
		if _, asks := f.Step(string(p)); asks && f.Save.As != flow.AsReport {
			return strconv.Itoa(f.Version)
		}
	}
	return "0"
}

// herConsentsView lists what she has agreed to; each can be taken back, or given, with a tap.
func (v *visit) herConsentsView() (hers, error) {
	all, err := v.consents()
	if err != nil {
		return hers{}, err
	}
	today := program.DateOf(v.u.At.In(v.Zone))
	var rows [][]flow.FaceButton
	refs := make([]string, 0, len(program.Purposes()))
	for _, p := range program.Purposes() {
		c, answered := all.Of(p)
		if !answered && !slices.Contains(asksHer(), p) || p == program.GuestVisit && !c.Holds(today) {
			continue // a visit is agreed to when there is one
		}
		icon := "⬜️"
		if answered && c.Holds(today) {
			icon = "✅"
		}
		rows = append(rows, []flow.FaceButton{v.button(icon, purposeKey(p), "h.turn:"+strconv.Itoa(len(refs)))})
		refs = append(refs, string(p))
	}
	if !slices.Equal(refs, v.m.Page.Refs) {
		v.m.Page = Page{Refs: refs}
		v.m.Rev++
	}
	return v.pageOf(discreet.PageConsents, nil, rows...), nil
}

// turnConsent takes a consent back at once; to give one, she sees its card first.
func (v *visit) turnConsent(place string) error {
	ref, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	p := program.Purpose(ref)
	all, err := v.consents()
	if err != nil {
		return err
	}
	if !all.Allow(p, program.DateOf(v.u.At.In(v.Zone))) {
		v.m.Page = Page{Refs: []string{ref}}
		return v.herTo(herConsent)
	}
	if err := v.withdraw(p); err != nil {
		return err
	}
	return v.noted(discreet.PageWithdrawn)
}

// withdraw ends a consent now. A person confirms within three days, and talks with her.
func (v *visit) withdraw(p program.Purpose) error {
	v.hersOf(p, program.Revoked)
	if p == program.Accompaniment { // who does not want to be accompanied takes everything back
		all, err := v.consents()
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.Purpose != p && c.Status == program.Given {
				v.hersOf(c.Purpose, program.Revoked)
			}
		}
	}
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, v.request(program.AskWithdrawal))
	return v.tellCompanion(v.person.ID, "say.withdrew", map[string]any{"Code": v.person.ID, "Purpose": v.t.Text(purposeKey(p))})
}

// stopReminders is "berhenti": no more messages, from now on, and nothing else changes.
func (v *visit) stopReminders() error {
	all, err := v.consents()
	if err != nil {
		return err
	}
	if all.Allow(program.ChatReminders, program.DateOf(v.u.At.In(v.Zone))) {
		if err := v.withdraw(program.ChatReminders); err != nil {
			return err
		}
	} else if _, answered := all.Of(program.ChatReminders); !answered {
		v.hersOf(program.ChatReminders, program.Refused)
	}
	return v.noted(discreet.PageStopped)
}

// later puts the explanation off.
func (v *visit) later() error {
	v.m.Later = true
	return v.herTo(menu)
}
