package conversation

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Respon kasus (program.md F10): somebody needs help with something. Who opens a case about one whom
// she accompanies has taken it; every other waits until somebody takes it or the chair gives it to
// somebody. What is due, and who is told, is in casesdue.go, casestold.go and tellcases.go.

// The flows that begin on a case's card, where there are such.
const (
	flowAssignCase = "kasus_tugaskan"
	flowActOnCase  = "tindakan"
	flowReachOut   = "jangkau"
)

// caseNoun is how cases are shown.
func caseNoun() noun {
	see := program.SeeDeed(program.Case)
	return noun{
		kind: program.Case, icon: "🧩", title: "matter.cases", word: "kasus",
		label: func(v *visit, m program.Matter) string { return v.choiceLabel("kasus", program.CaseKindField, m) },
		lines: (*visit).caseLines,
		hides: (*visit).hidesOfCase,
		moves: []matterMove{
			{"take", "✋", "cases.take", see, (*visit).mayTakeCase, func(v *visit, m program.Matter) error {
				return v.caseByButton(m, "diambil", v.person.ID)
			}},
			{"safe", "🛡", "cases.safe", program.SafeContact, (*visit).guardsHer, func(v *visit, m program.Matter) error {
				return v.careOf(m.Participant)
			}},
			{"reach", "👣", "cases.reach", see, (*visit).mayReachOut, func(v *visit, _ program.Matter) error {
				return v.begin(v.flowNamed(flowReachOut), flow.Input{})
			}},
			{"pass", "🔁", "cases.pass", see, (*visit).mayPassCase, (*visit).passCase},
		},
	}
}

// caseConsequences are what follows from reports about cases.
func caseConsequences() consequences {
	return consequences{
		"kasus":        (*visit).caseOpened,
		flowActOnCase:  (*visit).caseActedOn,
		flowAssignCase: (*visit).caseAssigned,
	}
}

// caseLines say what has to be thought of before anything is done.
func (v *visit) caseLines(m program.Matter) ([]string, error) {
	var lines []string
	if program.Guarded(m) {
		lines = append(lines, "", v.t.Text("cases.outside"))
		if hers, err := v.accompanies(m.Participant); err != nil {
			return nil, err
		} else if !hers && m.Participant != "" && m.Owner == v.person.ID {
			lines = append(lines, v.t.Text("cases.through_companion"))
		}
	}
	if program.AboutNewcomer(m) {
		lines = append(lines, "", v.t.Text("cases.her_yes"))
	}
	return lines, nil
}

// hidesOfCase keeps all but the header of a guarded case from those who do not help with it.
func (v *visit) hidesOfCase(m program.Matter, field string) bool {
	if !program.Guarded(m) || field == program.CaseKindField || field == program.CaseSeverityField || m.Owner == v.person.ID {
		return false
	}
	hers, err := v.accompanies(m.Participant)
	return err != nil || !hers
}

// mayTakeCase reports whether a case waits for the person to take it, or for anybody.
func (v *visit) mayTakeCase(m program.Matter) bool {
	return m.Status == "baru" && (m.Owner == "" || m.Owner == v.person.ID || v.standsInFor(m))
}

// mayPassCase reports whether a case is the person's to pass on.
func (v *visit) mayPassCase(m program.Matter) bool { return m.Owner == v.person.ID && !m.Ended() }

// guardsHer reports whether a participant's safe contact is to be looked at first, by who accompanies her.
func (v *visit) guardsHer(m program.Matter) bool {
	hers, err := v.accompanies(m.Participant)
	return err == nil && hers && program.Guarded(m) && !m.Ended()
}

// mayReachOut reports whether a case is about somebody who could be met.
func (v *visit) mayReachOut(m program.Matter) bool {
	return program.AboutNewcomer(m) && !m.Ended() && m.Participant == "" && v.flowNamed(flowReachOut) != nil
}

// caseByButton brings a case to another status and shows its card.
func (v *visit) caseByButton(m program.Matter, status, owner string) error {
	if !v.bringCase(m, status, owner) {
		return v.staleUnless(nil)
	}
	return v.turnedTo(matter)
}

// staleUnless says that a button is late, unless something else is the matter.
func (v *visit) staleUnless(err error) error {
	if err != nil {
		return err
	}
	v.toast = "say.stale"
	return v.show()
}

// passCase gives a case back: it waits for somebody else, and the chair is told.
func (v *visit) passCase(m program.Matter) error {
	if !v.bringCase(m, "baru", "") {
		return v.staleUnless(nil)
	}
	v.said = "cases.passed"
	if err := v.tellPassedOn(m); err != nil {
		return err
	}
	return v.turnedTo(matter)
}

// bringCase plans that a case comes to another status and another's hands; false when it may not any
// more. What is on record already is not planned again.
func (v *visit) bringCase(m program.Matter, status, owner string) bool {
	was, cause := m, v.runID()+"."+m.ID
	if v.didAlready(m) {
		return true
	}
	if !m.May(status) {
		return false
	}
	m.Status, m.Owner = status, owner
	m.Due = program.CaseDue(m, v.u.At)
	v.move(m, cause, was.Status)
	if was.Owner != owner && was.Owner != v.person.ID { // somebody stands in for her
		v.tellOwner(was, "cases.given_to_another")
	}
	return true
}

// caseOpened is what follows from a new case.
func (v *visit) caseOpened(s *saving) error {
	m := s.matter
	hers, err := v.accompanies(m.Participant)
	if err != nil {
		return err
	}
	switch {
	case hers:
		m.Status, m.Owner = "diambil", v.person.ID
	case m.Participant != "":
		if m.Owner, err = v.Store.CompanionOf(v.ctx, m.Participant); err != nil {
			return fmt.Errorf("find whose participant she is: %w", err)
		}
	default:
		m.Owner = ""
	}
	m.Due = program.CaseDue(*m, v.u.At)
	if err := v.signTaken(s); err != nil {
		return err
	}
	return v.tellOpened(*m)
}

// caseActedOn is what follows from something that was done about a case: it is whosever did it, if it
// was nobody's, and what is expected next is another thing.
func (v *visit) caseActedOn(s *saving) error {
	m := s.matter
	if m.Owner == "" {
		m.Owner = v.person.ID
	}
	m.Due = program.CaseDue(*m, v.u.At)
	if m.Ended() && m.Owner != v.person.ID {
		v.tellOwner(*m, "cases.closed_by")
	}
	return nil
}

// caseAssigned is what follows from giving a case to somebody: it waits for her to take it, unless
// she has given it to herself.
func (v *visit) caseAssigned(s *saving) error {
	m := s.matter
	to, err := v.chosen(m.Owner)
	if err != nil {
		return err
	}
	if s.was.Owner == to.ID && s.was.Status != "baru" {
		return refused{"cases.hers_already"}
	}
	m.Status = "baru"
	if to.ID == v.person.ID {
		m.Status = "diambil"
	}
	m.Due = program.CaseDue(*m, v.u.At)
	if s.was.Owner != to.ID && s.was.Owner != v.person.ID {
		v.tellOwner(s.was, "cases.given_to_another")
	}
	if to.ID == v.person.ID {
		return nil
	}
	if to.Chat == 0 {
		v.said = "cases.not_here"
	}
	return v.promptOwner(*m)
}

// chosen is one of the staff who was picked, looked up again on saving: she may have left since.
func (v *visit) chosen(id string) (program.Person, error) {
	p, err := v.Store.Person(v.ctx, id)
	if err != nil {
		return p, fmt.Errorf("find a colleague: %w", err)
	}
	if !p.Active || !p.Role.Staff() {
		return p, refused{"cases.not_staff"}
	}
	return p, nil
}

// onSubject begins a flow about the matter of a prompt, or shows what has become of it.
func onSubject(id string) func(v *visit, p turn.Prompt) error {
	return func(v *visit, p turn.Prompt) error {
		m, ok, err := v.seen(p.Subject)
		if err != nil || !ok {
			return v.staleUnless(err)
		}
		v.setAside()
		v.fresh = true
		v.m.Page = Page{About: m.ID}
		if f := v.flowNamed(id); f == nil || m.Ended() || !leads(f, m) {
			v.toast = "say.stale"
			return v.turnedTo(matter)
		}
		return v.onMatter(id)
	}
}
