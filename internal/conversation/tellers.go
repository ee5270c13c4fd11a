package conversation

import (
	"html"
	"maps"
	"slices"
	"strconv"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// teller is how a rule is told to the staff: a line, and what can be done about it.
type teller struct {
	icon  string
	line  func(v *visit, d duty) (string, error)
	acts  []act
	title string                                   // what it is called in the list, where its subject's code says nothing; a key
	more  func(v *visit, d duty) ([]string, error) // what its card says besides, to be seen after a tap only; nil for nothing
	waits bool                                     // an act of its own puts it off
}

// act is one thing that can be done about a duty.
type act struct {
	icon, label string // label is a key
	do          func(v *visit, d duty) error
	fits        func(v *visit, d duty) bool // nil for always
}

// actsMost is how many there are of one duty at most.
const actsMost = 4

// newTellers is the table, by rule.
func newTellers() map[string]teller {
	all := map[string]teller{
		ruleThanks: {icon: "🌿", line: (*visit).thanksLine},
	}
	for _, some := range []map[string]teller{businessTellers(), dateTellers(), herTellers(), houseTellers(), meetingTellers(), caseTellers()} {
		maps.Copy(all, some)
	}
	return all
}

// dutyLine says what a duty is, with its icon.
func (v *visit) dutyLine(d duty) (string, error) {
	line, err := v.plainLine(d)
	return v.tellers[d.Rule].icon + " " + line, err
}

// plainLine says what a duty is.
func (v *visit) plainLine(d duty) (string, error) {
	t, ok := v.tellers[d.Rule]
	if !ok {
		return d.Rule, nil
	}
	return t.line(v, d)
}

// aboutWhat is the code of what a duty is about, or the name; empty for the house.
func (v *visit) aboutWhat(d duty) string {
	switch {
	case v.tellers[d.Rule].title != "":
		return v.t.Text(v.tellers[d.Rule].title)
	case d.facts.Her != nil:
		return d.facts.Her.Code
	case d.facts.Matter != nil:
		return d.facts.Matter.Code()
	case d.facts.Staff != nil:
		return html.EscapeString(d.facts.Staff.Name)
	}
	return ""
}

// actButtons are what can be done about a duty.
func (v *visit) actButtons(d duty, action string) []flow.FaceButton {
	var all []flow.FaceButton
	for i, a := range v.tellers[d.Rule].acts {
		if a.fits != nil && !a.fits(v, d) {
			continue
		}
		all = append(all, flow.FaceButton{Label: a.icon + " " + v.t.Text(a.label), Action: action + strconv.Itoa(i)})
	}
	return all
}

// act1 does one of them.
func (v *visit) act1(d duty, i int) error {
	acts := v.tellers[d.Rule].acts
	if i < 0 || i >= len(acts) || acts[i].fits != nil && !acts[i].fits(v, d) {
		return v.refuse()
	}
	return acts[i].do(v, d)
}

// doFlow begins a report about the participant of a duty, with what is known of it already.
func doFlow(id string, known ...flow.Answer) func(*visit, duty) error {
	return func(v *visit, d duty) error {
		if d.facts.Her == nil {
			return v.refuse()
		}
		if _, sees, err := v.anybody(d.facts.Her.Code); err != nil || !sees { // she only stands in
			v.said = "remind_cases.not_hers"
			return v.toMenuUnless(err)
		}
		return v.beginFor(id, d.facts.Her.Code, known...)
	}
}

// beginFor begins a report about a participant, with what is known of it already.
func (v *visit) beginFor(id, code string, known ...flow.Answer) error {
	f := v.flowNamed(id)
	if f == nil {
		return v.refuse()
	}
	alias, err := v.alias(code)
	if err != nil {
		return err
	}
	return v.beginAs(f, program.Participant{Code: code, Alias: alias}, known...)
}

// beginAs begins a flow about a participant whose alias is known.
func (v *visit) beginAs(f *flow.Flow, p program.Participant, known ...flow.Answer) error {
	i := slices.IndexFunc(f.Steps, func(st flow.Question) bool { return st.Kind == flow.Participant })
	if i < 0 {
		return v.refuse()
	}
	her := flow.Answer{Name: f.Steps[i].Name, Values: []string{p.Code}, Label: p.Alias, Given: true}
	return v.begin(f, flow.Input{Known: append([]flow.Answer{her}, known...)})
}

// toMenuUnless shows the menu, unless something went wrong.
func (v *visit) toMenuUnless(err error) error {
	if err != nil {
		return err
	}
	return v.toMenu()
}

// freshFlow begins a flow that needs to know nothing before: whom a report is about, she picks.
func freshFlow(id string) func(*visit, duty) error {
	return func(v *visit, _ duty) error {
		f := v.flowNamed(id)
		if f == nil {
			return v.refuse()
		}
		return v.begin(f, flow.Input{})
	}
}

// doClose notes what became of a duty, and goes back to the list.
func doClose(e program.Ending) func(*visit, duty) error {
	return func(v *visit, d duty) error {
		v.closeDuty(d, e)
		return v.toDuties()
	}
}
