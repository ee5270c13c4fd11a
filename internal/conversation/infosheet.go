package conversation

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/program"
)

// The info sheet is what guests may be told (program.md F17): figures that at least five women are
// behind, and from which no smaller one can be worked out. There is no code, no alias and no day of
// anybody in it, and who said no to figures without names is in none.

// toInfo shows it.
func (v *visit) toInfo() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(infoSheet)
}

// infoFace is its card.
func (v *visit) infoFace() (flow.Face, bool, error) {
	if !v.may(program.InfoSheet) {
		return flow.Face{}, false, nil
	}
	text, err := v.infoText()
	return flow.Face{Text: text, Buttons: [][]flow.FaceButton{
		{v.button("📤", "guests.send", "infotext")}, {v.button("☰", "card.menu", "menu")},
	}}, true, err
}

// sendInfo sends it as a message without buttons, which can be handed on.
func (v *visit) sendInfo() error {
	text, err := v.infoText()
	if err != nil {
		return err
	}
	v.notice(text)
	v.toast = "guests.sent"
	return v.turnedTo(infoSheet) // a second tap is late
}

// infoText is the sheet.
func (v *visit) infoText() (string, error) {
	f, err := v.figures()
	if err != nil {
		return "", err
	}
	institution, err := v.Store.Matters(v.ctx, program.MatterFilter{Kind: program.Profile})
	if err != nil {
		return "", fmt.Errorf("look at the profile: %w", err)
	}
	profile := program.Matter{}
	if len(institution) > 0 {
		profile = institution[0]
	}
	told := toldGuests(f)
	line := func(key string, n kanon.Figure) string { return v.t.Format(key, map[string]any{"Count": shown(n)}) }
	lines := []string{
		v.t.Format("guests.head", map[string]any{"Day": v.day(v.today())}),
		v.dibina(profile, shown(told.all), int(told.all.Count)), "", v.t.Text("guests.groups"),
	}
	for _, g := range told.groups {
		lines = append(lines, v.t.Format("guests.group", map[string]any{"Name": v.t.Text(groupKey(program.GuestGroup(g.Key))), "Count": shown(g)}))
	}
	lines = append(lines, "", v.t.Format("guests.year", map[string]any{"Year": strconv.Itoa(v.now.Year())}),
		line("guests.sessions", told.sessions), line("guests.attended", told.attended),
		"", line("guests.capital", told.capital), line("guests.partners", told.partners), "", v.t.Text("guests.closing"))
	return strings.Join(lines, "\n"), nil
}

// groupKey is the key of what a group is called.
func groupKey(g program.GuestGroup) string {
	return map[program.GuestGroup]string{
		program.GroupLearning: "guests.belajar", program.GroupCapital: "guests.modal", program.GroupTrading: "guests.usaha",
		program.GroupIndependent: "guests.mandiri", program.GroupConcluded: "guests.selesai", program.GroupAside: "guests.jeda",
	}[g]
}

// forGuests are figures as far as guests are told of them.
type forGuests struct {
	all, attended, capital, sessions, partners kanon.Figure
	groups                                     []kanon.Figure
}

// toldGuests leaves out of all figures what guests are not told.
func toldGuests(f figures) forGuests {
	keys := make([]string, 0, len(program.GuestGroups()))
	for _, g := range program.GuestGroups() {
		keys = append(keys, string(g))
	}
	const received, not = "received", "not"
	groups, capital := kanon.NewCells(kanon.Question{Keys: keys}), kanon.NewCells(kanon.Question{Keys: []string{received, not}})
	attended := kanon.NewCells(kanon.Question{})
	refused := map[string]bool{}
	for _, p := range f.people {
		if refused[p.code] = p.refused; p.refused {
			continue
		}
		groups.Add(p.code, string(p.group))
		answer := not
		if f.capital[p.code] {
			answer = received
		}
		capital.Add(p.code, answer)
	}
	for _, code := range f.attended {
		if told, known := refused[code]; known && !told {
			attended.Add(code)
		}
	}
	return forGuests{
		all: groups.Total(), groups: groups.Suppress(), attended: attended.Total(), capital: capital.Suppress()[0],
		sessions: enough(f.sessions), partners: enough(f.partners),
	}
}

// enough is a figure that is about no participants; a small one is not shown all the same.
func enough(n int) kanon.Figure {
	if n < kanon.K {
		return kanon.Figure{}
	}
	return kanon.Figure{Shown: true, Count: int64(n)}
}

// shown is a figure in writing.
func shown(f kanon.Figure) string {
	if !f.Shown {
		return kanon.Hidden
	}
	return strconv.FormatInt(f.Count, 10)
}
