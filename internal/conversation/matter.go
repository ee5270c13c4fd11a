package conversation

import (
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// toMatter shows one matter of the list.
func (v *visit) toMatter(place string) error {
	id, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	return v.matterOf(id)
}

// matterOf shows a matter's card.
func (v *visit) matterOf(id string) error {
	v.m.Page = Page{About: id}
	return v.turnedTo(matter)
}

// seeMatter shows the matter of the receipt.
func (v *visit) seeMatter() error {
	if v.m.Last.Matter == "" {
		return v.refuse()
	}
	return v.matterOf(v.m.Last.Matter)
}

// theMatter is what the card is about; false when it is gone, or not hers to see.
func (v *visit) theMatter() (program.Matter, bool, error) { return v.seen(v.m.Page.About) }

// seen is a matter that the person may see; false when there is none.
func (v *visit) seen(id string) (program.Matter, bool, error) {
	m, err := v.Store.Matter(v.ctx, id)
	if errors.Is(err, turn.ErrNotFound) {
		m, err = program.Matter{ID: id}, nil // it may be opened by this very turn
	}
	if err != nil {
		return m, false, fmt.Errorf("find a matter: %w", err)
	}
	m = v.plannedMatter(m)
	ok, err := v.maySee(m)
	return m, ok && m.Fields != nil, err
}

// plannedMatter is a matter as this very turn leaves it.
func (v *visit) plannedMatter(m program.Matter) program.Matter {
	for _, move := range v.plan.Way.Moves {
		if move.Matter.ID == m.ID {
			m = move.Matter
		}
	}
	return m
}

// maySee reports whether the person may see a matter.
func (v *visit) maySee(m program.Matter) (bool, error) {
	switch v.rights.Scope(v.person.Role, program.SeeDeed(m.Kind)) {
	case program.Everybody:
		return true, nil
	case program.Hers, program.Own:
		if m.Owner == v.person.ID || m.Owner == "" && m.Participant == "" && m.Author == v.person.ID {
			return true, nil
		}
		hers, err := v.accompanies(m.Participant)
		return hers || err == nil && v.standsInFor(m), err
	case program.Nobody:
	}
	return false, nil
}

// accompanies reports whether a participant is one of the person's.
func (v *visit) accompanies(code string) (bool, error) {
	if code == "" {
		return false, nil
	}
	of, err := v.Store.CompanionOf(v.ctx, code)
	if errors.Is(err, turn.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find whose participant she is: %w", err)
	}
	return of == v.person.ID, nil
}

// matterFace is a matter's card: what it is, where it stands, what is known of it, what can be done.
func (v *visit) matterFace() (flow.Face, bool, error) {
	m, ok, err := v.theMatter()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	n, ok := v.nouns.of(m.Kind)
	if !ok {
		return flow.Face{}, false, nil
	}
	lines, err := v.matterLines(n, m)
	if err != nil {
		return flow.Face{}, false, err
	}
	face := flow.Face{Text: strings.Join(lines, "\n"), Buttons: slices.Collect(slices.Chunk(v.matterMoves(n, m), 2))}
	last := []flow.FaceButton{v.button("☰", "card.menu", "menu")}
	if !n.only {
		last = append([]flow.FaceButton{v.button("⬅️", "card.back", "matters:"+string(m.Kind))}, last...)
	}
	face.Buttons = append(face.Buttons, last)
	return face, true, nil
}

// matterLines is what a card says.
func (v *visit) matterLines(n noun, m program.Matter) ([]string, error) {
	lines := []string{n.icon + " <b>" + m.Code() + "</b> · " + v.t.Text(statusKey(m))}
	if n.only {
		lines[0] = n.icon + " <b>" + v.t.Text(n.title) + "</b>"
	}
	whose, err := v.whose(m.Participant)
	if err != nil {
		return nil, err
	}
	if whose != "" {
		lines = append(lines, html.EscapeString(whose))
	}
	if m.Owner != "" && m.Owner != v.person.ID {
		if p, err := v.Store.Person(v.ctx, m.Owner); err == nil {
			lines = append(lines, v.t.Format("matter.owner", map[string]any{"Name": p.Name}))
		}
	}
	if !m.Due.IsZero() && !m.Ended() {
		lines = append(lines, v.t.Format("matter.due", map[string]any{"When": v.moment(m.Due)}))
	}
	lines = append(lines, v.answersOf(n, m)...)
	if n.lines != nil {
		more, err := n.lines(v, m)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

// whose is the participant whom something is about, as far as the person may know; her code alone
// to those who may not see her alias.
func (v *visit) whose(code string) (string, error) {
	alias, err := v.alias(code)
	return flow.Pick{Ref: code, Label: alias}.Name(), err
}

// answersOf are the answers that a matter's card shows, as its flows call them.
func (v *visit) answersOf(n noun, m program.Matter) []string {
	return v.told(m, html.EscapeString, func(f *flow.Flow, st *flow.Question) bool {
		return st.Asked != flow.Known && !st.Kind.Picker() && st.Name != f.Save.ToOf && !slices.Contains(n.apart, st.Name) && !v.hidden(n, m, st)
	})
}

// told is a line for each answer of a matter that is wanted, in the order of its flows, each question
// once; said makes of an answer in words what may stand on a card.
func (v *visit) told(m program.Matter, said func(string) string, wanted func(*flow.Flow, *flow.Question) bool) []string {
	var lines []string
	shown := map[string]bool{}
	for _, f := range v.Flows {
		if f.Save.Opens != string(m.Kind) && f.Save.Moves != string(m.Kind) {
			continue
		}
		for i := range f.Steps {
			st := &f.Steps[i]
			values := m.Fields[st.Name]
			if shown[st.Name] || len(values) == 0 || !wanted(f, st) {
				continue
			}
			shown[st.Name] = true
			answer := flow.InWords(f, st, flow.Answer{Name: st.Name, Values: values}, v.t, v.now.Year())
			lines = append(lines, v.t.Text(f.NameKey(st.Name))+": "+said(answer))
		}
	}
	return lines
}

// hidden reports whether an answer is not for the person to see: what is sensitive is for whoever is
// responsible or accompanies her.
func (v *visit) hidden(n noun, m program.Matter, st *flow.Question) bool {
	if n.hides != nil && n.hides(v, m, st.Name) {
		return true
	}
	if !st.Sensitive {
		return false
	}
	if old, err := v.beforeHandover(m); err != nil || old {
		return true
	}
	if m.Owner == v.person.ID {
		return false
	}
	hers, err := v.accompanies(m.Participant)
	return err != nil || !hers
}

// matterMoves are the buttons of a matter's card: the flows that move it on, and what needs no
// questions.
func (v *visit) matterMoves(n noun, m program.Matter) []flow.FaceButton {
	var all []flow.FaceButton
	for _, move := range n.moves {
		if v.may(move.deed) && move.fits(v, m) {
			all = append(all, v.button(move.icon, move.key, "move:"+move.name))
		}
	}
	for _, f := range v.mine() {
		if concerns(f, m.Kind) && !m.Ended() && v.suited(f, m) {
			all = append(all, flow.FaceButton{Label: f.Icon + " " + v.t.Text(f.TitleKey()), Action: "on:" + f.ID})
		}
	}
	return all
}

// moveMatter does what a button of the card says, if it stands there now.
func (v *visit) moveMatter(name string) error {
	m, ok, err := v.theMatter()
	if err != nil {
		return err
	}
	n, known := v.nouns.of(m.Kind)
	if !ok || !known {
		return v.refuse()
	}
	for _, move := range n.moves {
		if move.name == name {
			if !v.may(move.deed) {
				return v.refuse()
			}
			if !move.fits(v, m) { // somebody else was first
				v.toast = "say.stale"
				return v.show()
			}
			return move.do(v, m)
		}
	}
	return v.refuse()
}

// onMatter begins a flow about the matter on the card.
func (v *visit) onMatter(id string) error {
	m, ok, err := v.theMatter()
	if err != nil {
		return err
	}
	f := v.flowNamed(id)
	if !ok || f == nil || !concerns(f, m.Kind) {
		return v.refuse()
	}
	if m.Ended() || !v.suited(f, m) { // somebody else was first
		v.toast = "say.stale"
		return v.show()
	}
	return v.begin(f, flow.Input{Known: v.aboutMatter(f, m)})
}

// concerns reports whether a flow is about the matters of a kind, or moves the one that there is.
func concerns(f *flow.Flow, kind program.MatterKind) bool {
	return f.About == flow.Kind(kind) || f.About == "" && f.Save.Moves == string(kind)
}

// aboutMatter is the answer that says which matter a run is about.
func (v *visit) aboutMatter(f *flow.Flow, m program.Matter) []flow.Answer {
	var known []flow.Answer
	for i := range f.Steps {
		if f.Steps[i].Kind == f.About {
			known = append(known, flow.Answer{Name: f.Steps[i].Name, Values: []string{m.Code()}, Label: v.matterLabel(m), Given: true})
		}
	}
	return known
}

// recalled begins a run about a matter anew, as soon as it is known which one, with what is known of
// it where the flow depends on that.
func (v *visit) recalled(f *flow.Flow, in flow.Input, run flow.State, effects []flow.Effect) (flow.State, []flow.Effect, error) {
	about, known := f.AboutWhom(run)
	before, _ := f.AboutWhom(v.m.Run)
	if !f.About.Matter() || !known || in.Kind != flow.Begin && before.Value() == about.Value() {
		return run, effects, nil
	}
	m, ok, err := v.matterByCode(program.MatterKind(f.About), about.Value())
	if err != nil || !ok { // saving will say so
		return run, effects, err
	}
	again := flow.Input{Kind: flow.Begin, Run: run.Run, Known: append(slices.Clone(in.Known), about), Source: in.Source, Unsure: in.Unsure}
	recalls := false
	for i := range f.Steps {
		st := &f.Steps[i]
		if values := m.Fields[st.Name]; st.Asked == flow.Known && len(values) > 0 {
			again.Known = append(again.Known, flow.Answer{Name: st.Name, Values: values, Given: true})
			recalls = true
		}
	}
	if !recalls {
		return run, effects, nil
	}
	return v.stepped(f, again)
}

// openNamed begins a flow that opens a matter of the kind that is listed.
func (v *visit) openNamed(id string) error {
	f := v.flowNamed(id)
	if f == nil || f.Save.Opens == "" || f.Save.Opens != v.m.Page.Do {
		return v.refuse()
	}
	return v.begin(f, flow.Input{})
}

// statusKey is the key of what a matter's status is called.
func statusKey(m program.Matter) string { return "status." + string(m.Kind) + "." + m.Status }

// moment is a time as it stands on a card: the day, and the hour.
func (v *visit) moment(at time.Time) string { return v.momentIn(v.t, at) }

// momentIn is the same in the language of somebody else.
func (v *visit) momentIn(t Words, at time.Time) string {
	at = at.In(v.Zone)
	return bahasa.Lang(t.Lang()).DateShort(bahasa.DateOf(at)) + " " + at.Format("15.04")
}

// choiceLabel is what a matter's answer to a choice of a flow is called.
func (v *visit) choiceLabel(flow, step string, m program.Matter) string {
	for _, f := range v.Flows {
		if code := m.Fields.Get(step); f.ID == flow && code != "" {
			return v.t.Text(f.ChoiceKey(step, code))
		}
	}
	return ""
}
