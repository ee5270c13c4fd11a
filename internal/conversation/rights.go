package conversation

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Rights is the one table of rights, with the rows of every flow: whoever may start it may make such
// reports. About a participant, the board may about any, and others about those whom they accompany;
// about a matter, whoever may see it.
func Rights(flows []*flow.Flow) program.Rights {
	house := program.NewRights()
	var rows []program.Right
	for _, f := range flows {
		roles := map[program.Scope][]program.Role{}
		for _, name := range f.Start {
			role := program.Role(name)
			scope := reach(house, f, role)
			roles[scope] = append(roles[scope], role)
		}
		for scope := program.Own; scope <= program.Everybody; scope++ {
			if len(roles[scope]) > 0 {
				rows = append(rows, program.Right{Deed: program.ReportDeed(f.ID), Scope: scope, Roles: roles[scope]})
			}
		}
	}
	return program.NewRights(rows...)
}

// reach is over whom a role's right to a flow reaches.
func reach(house program.Rights, f *flow.Flow, role program.Role) program.Scope {
	switch {
	case f.About == flow.Participant && house.May(role, program.SeeAll):
		return program.Everybody
	case f.About == flow.Participant:
		return program.Hers
	case f.About.Matter():
		return house.Scope(role, program.SeeDeed(program.MatterKind(f.About)))
	}
	return program.Own
}

// may reports whether the person has a right to a deed.
func (v *visit) may(d program.Deed) bool { return v.rights.May(v.person.Role, d) }

// mine is the flows that the person may start.
func (v *visit) mine() []*flow.Flow {
	all := make([]*flow.Flow, 0, len(v.Flows))
	for _, f := range v.Flows {
		if v.may(program.ReportDeed(f.ID)) {
			all = append(all, f)
		}
	}
	return all
}

// commands plans the list of commands that her Telegram shows: those she has a right to, and none
// for a participant, whose phone must not tell what this is.
func (v *visit) commands() {
	m := turn.Message{Form: turn.Commands}
	if v.may(program.UseMenu) {
		for _, f := range v.mine() {
			if f.Save.Opens+f.Save.Moves != "" {
				continue // they begin on the list of what they open, or the card of what they move on
			}
			m.Buttons = append(m.Buttons, []turn.Button{{Label: v.t.Text(f.TitleKey()), Data: f.Command}})
		}
		for _, n := range v.nouns {
			if v.listed(n) {
				m.Buttons = append(m.Buttons, []turn.Button{{Label: v.t.Text(n.title), Data: n.word}})
			}
		}
		if v.may(program.InfoSheet) {
			m.Buttons = append(m.Buttons, []turn.Button{{Label: v.t.Text("guests.title"), Data: "lembarinfo"}})
		}
		for _, c := range []turn.Button{{Label: "card.menu", Data: "menu"}, {Label: "card.help", Data: "bantuan"}, {Label: "card.cancel", Data: "batal"}} {
			m.Buttons = append(m.Buttons, []turn.Button{{Label: v.t.Text(c.Label), Data: c.Data}})
		}
	}
	v.plan.Messages = append(v.plan.Messages, m)
}

// act carries out a button of the house's own cards. One that is not of this card, or not of
// this person, is late like any other: it does not tell what others may do.
func (v *visit) act(action string) error {
	name, value, _ := strings.Cut(action, ":")
	if key, ok := strings.CutPrefix(action, padKey); ok && (v.m.Screen == pinNew || v.m.Screen == pinAgain) {
		return v.pad(key)
	}
	m, ok := v.moves[name]
	if !ok || !v.may(m.deed) || len(m.on) > 0 && !slices.Contains(m.on, v.m.Screen) {
		return v.refuse()
	}
	return m.do(v, value)
}

// beginNamed starts a flow from the menu; one that is not hers is not on it.
func (v *visit) beginNamed(id string) error {
	f := v.flowNamed(id)
	if f == nil || f.Unlisted {
		return v.refuse()
	}
	return v.begin(f, flow.Input{})
}

// refuse answers a button that is not on her card, although it has the card's revision: Telegram's
// own apps send no such thing. It is late like any other, and the audit knows of it.
func (v *visit) refuse() error {
	v.audit("press.refused", v.person.ID)
	v.toast = "say.stale"
	return v.show()
}
