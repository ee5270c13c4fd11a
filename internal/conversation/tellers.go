package conversation

import (
	"html"
	"maps"
	"strconv"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// teller is how a rule is told to the staff: a line, and what can be done about it.
type teller struct {
	icon string
	line func(v *visit, d duty) (string, error)
	acts []act
}

// act is one thing that can be done about a duty.
type act struct {
	icon, label string // label is a key
	do          func(v *visit, d duty) error
}

// actsMost is how many there are of one duty at most.
const actsMost = 4

// newTellers is the table, by rule.
func newTellers() map[string]teller {
	all := map[string]teller{
		"N01": {"👣", (*visit).unseenLine, []act{
			{"👣", "remind.visit", doFlow("kunjungan")}, {"🕊️", "remind.not_needed", doClose("belum_perlu")},
		}},
		ruleThanks: {"🌿", (*visit).thanksLine, nil},
	}
	maps.Copy(all, houseTellers())
	maps.Copy(all, meetingTellers())
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
		all = append(all, flow.FaceButton{Label: a.icon + " " + v.t.Text(a.label), Action: action + strconv.Itoa(i)})
	}
	return all
}

// act1 does one of them.
func (v *visit) act1(d duty, i int) error {
	acts := v.tellers[d.Rule].acts
	if i < 0 || i >= len(acts) {
		return v.refuse()
	}
	return acts[i].do(v, d)
}

// doFlow begins a report about the participant of a duty.
func doFlow(id string) func(*visit, duty) error {
	return func(v *visit, d duty) error {
		f := v.flowNamed(id)
		if f == nil || d.facts.Her == nil {
			return v.refuse()
		}
		for i := range f.Steps {
			if f.Steps[i].Kind == flow.Participant {
				h := d.facts.Her
				return v.begin(f, flow.Input{Known: []flow.Answer{{Name: f.Steps[i].Name, Values: []string{h.Code}, Label: h.Alias, Given: true}}})
			}
		}
		return v.refuse()
	}
}

// doAny begins a report about whomever she picks.
func doAny(id string) func(*visit, duty) error {
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

// unseenLine says for how long nobody has been with her.
func (v *visit) unseenLine(d duty) (string, error) {
	h := d.facts.Her
	args := map[string]any{"Code": h.Code, "Days": h.LastSeen.DaysUntil(v.today())}
	if h.LastSeen == "" {
		return v.t.Format("remind.never_seen", args), nil
	}
	if d.Step > 0 {
		return v.t.Format("remind.unseen_long", args), nil
	}
	return v.t.Format("remind.unseen", args), nil
}
