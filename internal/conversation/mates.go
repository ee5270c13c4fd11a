package conversation

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What the staff say of themselves: what they have learned, and until when they are away; and how many
// each accompanies.

// The flows of the staff about themselves.
const (
	flowAway    = "cuti"
	flowProfile = "profil_tim"
)

// goAway is what follows from a report that somebody is away: oneself, or whoever's card the board
// has open.
func (v *visit) goAway(s *saving) error {
	who := s.answer("siapa")
	if who == "" {
		who = v.person.ID
	}
	p, err := v.Store.Person(v.ctx, who)
	if err != nil {
		return fmt.Errorf("find who is away: %w", err)
	}
	if who != v.person.ID && (!v.may(program.ManageTeam) || !p.Role.Staff() || !v.above(p)) {
		return turn.ErrNotFound
	}
	v.away(who, program.Date(s.answer("sampai")))
	return nil
}

// away plans until when somebody is away.
func (v *visit) away(who string, until program.Date) {
	v.plan.Way.Absent = append(v.plan.Way.Absent, turn.Absence{Person: who, Until: until})
	v.audit("person.away", who)
}

// toMe shows the person's own card.
func (v *visit) toMe() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(me)
}

// meFace is it.
func (v *visit) meFace() (flow.Face, bool, error) {
	p := v.planned(v.person)
	lines, err := v.mateLines(p)
	if err != nil {
		return flow.Face{}, false, err
	}
	hours, err := v.hoursLine()
	if err != nil {
		return flow.Face{}, false, err
	}
	lines = append([]string{hours}, lines...)
	text := v.t.Format("team.me", map[string]any{"Name": p.Name, "Role": v.t.Text(roleKey(p.Role))})
	row := v.awayButtons(p)
	if v.may(program.ReportDeed(flowProfile)) {
		row = append(row, v.button("🪪", "team.profile", "profile"))
	}
	return flow.Face{Text: strings.Join(append([]string{text}, lines...), "\n"), Buttons: [][]flow.FaceButton{row, {v.button("🕘", "hours.mine", "hours"), v.button("☰", "card.menu", "menu")}}}, true, nil
}

// awayButtons let somebody be away, or be back.
func (v *visit) awayButtons(p program.Person) []flow.FaceButton {
	if p.AwayOn(program.DateOf(v.now)) {
		return []flow.FaceButton{v.button("☀️", "team.back", "here")}
	}
	return []flow.FaceButton{v.button("🌴", "team.leave", "leave")}
}

// ofCard is whom the card is about: a colleague, for the board, or oneself.
func (v *visit) ofCard() (program.Person, bool, error) {
	if v.m.Screen == me {
		return v.person, true, nil
	}
	p, ok, err := v.colleague()
	return p, ok && v.above(p), err
}

// leave asks until when whom the card is about is away.
func (v *visit) leave() error {
	p, ok, err := v.ofCard()
	if err != nil {
		return err
	}
	f := v.flowNamed(flowAway)
	if !ok || f == nil {
		return v.refuse()
	}
	var known []flow.Answer
	if p.ID != v.person.ID {
		known = []flow.Answer{{Name: "siapa", Values: []string{p.ID}, Label: p.Name, Given: true}}
	}
	return v.begin(f, flow.Input{Known: known})
}

// here notes that whom the card is about is back.
func (v *visit) here() error {
	p, ok, err := v.ofCard()
	if err != nil {
		return err
	}
	if !ok {
		return v.refuse()
	}
	v.away(p.ID, "")
	return v.turnedTo(v.m.Screen)
}

// tellProfile asks what the person can do, beginning with what she has said before.
func (v *visit) tellProfile() error {
	f := v.flowNamed(flowProfile)
	if f == nil {
		return v.refuse()
	}
	said, _, err := v.latest(flowProfile, "", v.person.ID, "")
	if err != nil {
		return err
	}
	var known []flow.Answer
	for i := range f.Steps {
		if values := said[f.Steps[i].Name]; len(values) > 0 {
			known = append(known, flow.Answer{Name: f.Steps[i].Name, Values: values, Given: true})
		}
	}
	return v.begin(f, flow.Input{Known: known})
}

// mateLines are what a card of the staff tells besides who she is.
func (v *visit) mateLines(p program.Person) ([]string, error) {
	profile, _, err := v.latest(flowProfile, "", p.ID, "")
	if err != nil {
		return nil, err
	}
	var lines []string
	if p.Role.Accompanies() {
		n, most, err := v.accompanied(p, profile)
		if err != nil {
			return nil, err
		}
		lines = append(lines, v.t.Format("team.caseload", map[string]any{"Count": n, "Most": most}))
	}
	if p.AwayOn(program.DateOf(v.now)) {
		lines = append(lines, v.t.Format("team.away", map[string]any{"Day": v.day(p.Away)}))
	}
	i := slices.IndexFunc(v.Flows, func(f *flow.Flow) bool { return f.ID == flowProfile })
	if i < 0 {
		return lines, nil
	}
	return append(lines, v.answerLines(v.Flows[i], profile, "paling_banyak")...), nil
}

// accompanied is how many participants somebody accompanies, and how many she does at most.
func (v *visit) accompanied(p program.Person, profile program.Fields) (n, most int, err error) {
	all, err := v.Store.Assigned(v.ctx, p.ID)
	if err != nil {
		return 0, 0, fmt.Errorf("count whom she accompanies: %w", err)
	}
	most = program.MaxCaseload
	if own, err := strconv.Atoi(profile.Get("paling_banyak")); err == nil {
		most = own
	}
	return len(all), most, nil
}

// caseloads says in a line how many each of the staff accompanies; empty when nobody does.
func (v *visit) caseloads(staff []program.Person) (string, error) {
	var each []string
	for _, p := range staff {
		if !p.Role.Accompanies() {
			continue
		}
		profile, _, err := v.latest(flowProfile, "", p.ID, "")
		if err != nil {
			return "", err
		}
		n, most, err := v.accompanied(p, profile)
		if err != nil {
			return "", err
		}
		each = append(each, html.EscapeString(p.Name)+" "+strconv.Itoa(n)+"/"+strconv.Itoa(most))
	}
	if len(each) == 0 {
		return "", nil
	}
	return "\n" + v.t.Text("team.caseloads") + ": " + strings.Join(each, " · "), nil
}
