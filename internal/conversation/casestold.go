package conversation

import (
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Who is told of a case is told by code and kind only (safety.md 3.8).

// promptCase is the prompt that tells of a case; its subject is the case's id.
const promptCase = "case"

// casePrompt is what can be answered.
func casePrompt() answerOf {
	return answerOf{deed: program.SeeDeed(program.Case), again: true, hers: (*visit).seesSubject, answers: map[string]func(*visit, turn.Prompt) error{
		"take": (*visit).takeCase, "pass": (*visit).passCaseOn, "safe": (*visit).safeFirst, "see": (*visit).seeSubject,
		"act": onSubject(flowActOnCase), "assign": onSubject(flowAssignCase),
	}}
}

// aboutCase is what may be said of a case in the language of whoever is told.
func (v *visit) aboutCase(t Words, m program.Matter) map[string]any {
	kind := ""
	if code := m.Fields.Get(program.CaseKindField); code != "" {
		kind = t.Text("kasus.jenis.choice." + code)
	}
	return map[string]any{"Code": m.Code(), "Kind": kind, "Due": v.momentIn(t, m.Due), "Name": v.person.Name}
}

// promptOwner asks whoever a case is given to whether she takes it.
func (v *visit) promptOwner(m program.Matter) error {
	p, ok, err := v.responsible(m)
	if err != nil || !ok {
		return err
	}
	t := v.Words(p.Lang)
	text := t.Format("cases.asked", v.aboutCase(t, m))
	answers := []flow.FaceButton{
		{Label: "✋ " + t.Text("cases.take"), Action: "take"}, {Label: "🔁 " + t.Text("cases.pass"), Action: "pass"},
	}
	if m.Participant != "" {
		if of, err := v.Store.CompanionOf(v.ctx, m.Participant); err == nil && of == p.ID {
			text += "\n" + t.Text("cases.check_first")
			answers = append(answers, flow.FaceButton{Label: "🛡 " + t.Text("cases.safe_contact"), Action: "safe"})
		}
	}
	v.prompt(p, promptCase, m.ID, text, answers...)
	return nil
}

// tellOpened tells whoever has to know of a new case.
func (v *visit) tellOpened(m program.Matter) error {
	switch {
	case m.Owner == "":
		if err := v.promptChairs(m, "cases.unowned", true); err != nil {
			return err
		}
	case m.Owner != v.person.ID:
		if _, here, err := v.responsible(m); err != nil {
			return err
		} else if !here {
			v.said = "cases.not_here"
		}
		if err := v.promptOwner(m); err != nil {
			return err
		}
	case program.Guarded(m):
		safe := flow.FaceButton{Label: "🛡 " + v.t.Text("cases.safe_contact"), Action: "safe"}
		v.prompt(v.person, promptCase, m.ID, v.t.Format("cases.guard_her", v.aboutCase(v.t, m)), safe)
	}
	if m.Owner != "" && program.SeverityOf(m) == program.Emergency {
		return v.promptChairs(m, "cases.emergency", false)
	}
	return nil
}

// tellPassedOn tells the chairs that a case waits for somebody else.
func (v *visit) tellPassedOn(m program.Matter) error {
	m.Status, m.Owner = "baru", ""
	m.Due = program.CaseDue(m, v.u.At)
	return v.promptChairs(m, "cases.passed_on", true)
}

// promptChairs tells the chairs of a case, but not one who did it herself, or was asked to take it.
func (v *visit) promptChairs(m program.Matter, key string, free bool) error {
	chairs, err := v.staff(program.Chair)
	if err != nil {
		return err
	}
	for _, p := range chairs {
		if p.ID != v.person.ID && p.ID != m.Owner {
			v.promptChair(p, m, key, free)
		}
	}
	return nil
}

// promptChair tells a chair of a case; free says that she may take it, if it is nobody's.
func (v *visit) promptChair(p program.Person, m program.Matter, key string, free bool) {
	t := v.Words(p.Lang)
	var answers []flow.FaceButton
	if free && m.Owner == "" {
		answers = append(answers, flow.FaceButton{Label: "✋ " + t.Text("cases.take"), Action: "take"})
	}
	answers = append(answers,
		flow.FaceButton{Label: "👤 " + t.Text("kasus_tugaskan.title"), Action: "assign"},
		flow.FaceButton{Label: "👁 " + t.Text("card.see"), Action: "see"})
	v.prompt(p, promptCase, m.ID, t.Format(key, v.aboutCase(t, m)), answers...)
}

// tellOwner tells whoever is responsible what somebody else has done.
func (v *visit) tellOwner(m program.Matter, key string) {
	p, ok, err := v.responsible(m)
	if err != nil || !ok {
		return // it shows on her list all the same
	}
	t := v.Words(p.Lang)
	v.tell(p, t.Format(key, v.aboutCase(t, m)))
}

// tellUndone tells whoever is responsible for a case or a task that what she was told of was taken back.
func (v *visit) tellUndone(id string) error {
	m, err := v.Store.Matter(v.ctx, id)
	if errors.Is(err, turn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at what is taken back: %w", err)
	}
	p, ok, err := v.responsible(m)
	if err != nil || !ok || p.ID == v.person.ID || m.Kind != program.Case && m.Kind != program.Task {
		return err
	}
	v.tell(p, v.Words(p.Lang).Format("cases.undone", map[string]any{"Code": m.Code()}))
	return nil
}

// takeCase takes the case of a prompt, and shows it unless a report is in the making.
func (v *visit) takeCase(p turn.Prompt) error {
	m, ok, err := v.seen(p.Subject)
	if err != nil || !ok || !v.mayTakeCase(m) && !v.didAlready(m) {
		return v.staleUnless(err)
	}
	if !v.bringCase(m, "diambil", v.person.ID) {
		return v.staleUnless(nil)
	}
	v.repaint(v.t.Format("cases.yours", v.aboutCase(v.t, m)))
	return v.unlessBusy(m.ID)
}

// didAlready reports whether this very turn is on record already, as it is when it was stored by half.
func (v *visit) didAlready(m program.Matter) bool { return m.Last == v.runID()+"."+m.ID }

// unlessBusy shows a matter below, unless a report is in the making.
func (v *visit) unlessBusy(id string) error {
	if v.m.Screen == running {
		return nil
	}
	v.fresh = true
	return v.matterOf(id)
}

// passCaseOn gives the case of a prompt back.
func (v *visit) passCaseOn(p turn.Prompt) error {
	m, ok, err := v.seen(p.Subject)
	if err != nil || !ok || !v.mayPassCase(m) && !v.didAlready(m) {
		return v.staleUnless(err)
	}
	if !v.bringCase(m, "baru", "") {
		return v.staleUnless(nil)
	}
	v.repaint(v.t.Format("cases.thanks_passed", v.aboutCase(v.t, m)))
	return v.tellPassedOn(m)
}

// safeFirst shows how the participant of a case may be reached.
func (v *visit) safeFirst(p turn.Prompt) error {
	m, ok, err := v.seen(p.Subject)
	if err != nil || !ok || !v.may(program.SafeContact) || m.Participant == "" {
		return v.staleUnless(err)
	}
	v.setAside()
	v.fresh = true
	return v.careOf(m.Participant)
}

// seeSubject shows the matter of a prompt.
func (v *visit) seeSubject(p turn.Prompt) error {
	v.setAside()
	v.fresh = true
	return v.matterOf(p.Subject)
}
