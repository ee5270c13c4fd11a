package conversation

import (
	"maps"
	"strconv"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
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
	}
	for _, some := range []map[string]teller{dateTellers()} {
		maps.Copy(all, some)
	}
	return all
}

// newFits are the acts, by their labels, that are not offered for every duty of their rule.
func newFits() map[string]func(v *visit, d duty) bool { return dateFits() }

// dutyLine says what a duty is.
func (v *visit) dutyLine(d duty) (string, error) {
	t, ok := v.tellers[d.Rule]
	if !ok {
		return d.Rule, nil
	}
	line, err := t.line(v, d)
	return t.icon + " " + line, err
}

// actButtons are what can be done about a duty.
func (v *visit) actButtons(d duty, action string) []flow.FaceButton {
	var all []flow.FaceButton
	for i, a := range v.tellers[d.Rule].acts {
		if fits := v.fits[a.label]; fits != nil && !fits(v, d) {
			continue
		}
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

// doClose notes what became of a duty, and goes back to the list.
func doClose(e program.Ending) func(*visit, duty) error {
	return func(v *visit, d duty) error {
		v.closeDuty(d, e)
		return v.toDuties()
	}
}

// closeDuty notes what became of a duty.
func (v *visit) closeDuty(d duty, e program.Ending) {
	v.plan.Reminding.Closed = append(v.plan.Reminding.Closed, turn.Closed{ID: d.ID(), Ending: e, At: v.u.At})
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
