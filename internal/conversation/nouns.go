package conversation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// noun is how the matters of a kind are called and shown, and what can be done with one besides the
// reports that move it on.
type noun struct {
	kind  program.MatterKind
	icon  string
	title string                                  // the key of what many are called, on its button and its list
	word  string                                  // the command that shows the list, which is also taken without its slash
	label func(v *visit, m program.Matter) string // in few words, behind its code
	// lines tell more on its card than its status and its answers; nil for nothing more.
	lines func(v *visit, m program.Matter) ([]string, error)
	// hides reports whether an answer is not for this person to see, besides what is sensitive.
	hides func(v *visit, m program.Matter, field string) bool
	// apart are answers that its lines tell in their own way, and that have no line of their own.
	apart []string
	// suits reports whether a flow fits a matter where it stands now; nil when every flow does that leads
	// somewhere from there.
	suits func(v *visit, f *flow.Flow, m program.Matter) bool
	// beside is what stands beside the question of a run about a matter, or beside its summary; nil for
	// nothing.
	beside func(v *visit, f *flow.Flow, run flow.State, m program.Matter) ([]string, error)
	// moves are buttons of its card besides the flows that move it on.
	moves []matterMove
	// mark stands before a matter's code on a list, in a few characters; nil for the mark of what is late.
	mark func(v *visit, m program.Matter) string
	// only says that there is one matter of the kind: its button leads to its card.
	only bool
	// sieves choose some of a list.
	sieves []sieve
}

// sieve is a button of a list that leaves only some of it.
type sieve struct {
	name string // in its button: "sift:supplier"
	icon string
	key  string
	fits func(m program.Matter) bool
}

// matterMove is a button on a matter's card that needs no questions.
type matterMove struct {
	name string // in its button: "matter:take"
	icon string
	key  string
	deed program.Deed // the right it needs, besides that of seeing the matter
	// fits reports whether the button stands on a card now.
	fits func(v *visit, m program.Matter) bool
	do   func(v *visit, m program.Matter) error
}

// nouns are all of them, in the order of the menu.
type nouns []noun

func newNouns() nouns {
	return nouns{
		caseNoun(), sessionNoun(), taskNoun(), aidNoun(), candidacyNoun(), partnerNoun(), permitNoun(), proposalNoun(), profileNoun(),
	}
}

// of finds the noun of a kind.
func (all nouns) of(k program.MatterKind) (noun, bool) {
	i := slices.IndexFunc(all, func(n noun) bool { return n.kind == k })
	if i < 0 {
		return noun{}, false
	}
	return all[i], true
}

// matters are those of a kind that the person may see: all of them, those she is responsible for, or
// those that are about somebody whom she accompanies.
func (v *visit) matters(f program.MatterFilter) ([]program.Matter, error) {
	switch v.rights.Scope(v.person.Role, program.SeeDeed(f.Kind)) {
	case program.Everybody:
	case program.Hers, program.Own:
		f.Of = v.person.ID
	case program.Nobody:
		return nil, nil
	}
	all, err := v.Store.Matters(v.ctx, f)
	if err != nil {
		return nil, fmt.Errorf("look at the matters: %w", err)
	}
	return slices.DeleteFunc(all, func(m program.Matter) bool { return m.Fields == nil }), nil
}

// movable are the matters that a flow may be about: open ones that it can bring further.
func (v *visit) movable(f *flow.Flow) ([]program.Matter, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.MatterKind(f.About), Open: f.Save.Moves != ""})
	return slices.DeleteFunc(all, func(m program.Matter) bool { return !v.suited(f, m) }), err
}

// suited reports whether a flow makes sense for a matter where it stands.
func (v *visit) suited(f *flow.Flow, m program.Matter) bool {
	n, ok := v.nouns.of(m.Kind)
	return leads(f, m) && (!ok || n.suits == nil || n.suits(v, f, m))
}

// leads reports whether a flow can bring a matter anywhere from where it is.
func leads(f *flow.Flow, m program.Matter) bool {
	switch {
	case f.Save.To != "":
		return (m.Status != f.Save.To || f.Save.Owner != "") && m.May(f.Save.To) // the same may be asked of another
	case f.Save.ToOf != "":
		st, ok := f.Step(f.Save.ToOf)
		return ok && slices.ContainsFunc(st.Choices, func(o flow.Option) bool { return m.May(o.Code) })
	}
	return true
}

// matterPicks are matters as a picker offers them.
func (v *visit) matterPicks(all []program.Matter) []flow.Pick {
	picks := make([]flow.Pick, 0, len(all))
	for _, m := range all {
		picks = append(picks, flow.Pick{Ref: m.Code(), Label: v.matterLabel(m)})
	}
	return picks
}

// matterLabel is what a matter is called, without its code.
func (v *visit) matterLabel(m program.Matter) string {
	n, ok := v.nouns.of(m.Kind)
	if !ok || n.label == nil {
		return ""
	}
	return n.label(v, m)
}

// matterByCode finds a matter that the person may see by what it is called.
func (v *visit) matterByCode(kind program.MatterKind, code string) (program.Matter, bool, error) {
	f, ok := program.FilterOf(kind, code)
	if !ok {
		return program.Matter{}, false, nil
	}
	all, err := v.matters(f)
	i := slices.IndexFunc(all, func(m program.Matter) bool { return m.Code() == code })
	if err != nil || i < 0 {
		return program.Matter{}, false, err
	}
	return all[i], true, nil
}

// toMatters shows the matters of a kind.
func (v *visit) toMatters(kind string) error {
	k := program.MatterKind(kind)
	if _, ok := v.nouns.of(k); !ok || !v.may(program.SeeDeed(k)) {
		return v.refuse()
	}
	v.setAside()
	if n, _ := v.nouns.of(k); n.only {
		return v.toOnly(k)
	}
	v.m.Page = Page{Do: kind}
	return v.turnedTo(matters)
}

// toOnly shows the matter of a kind of which there is one; until there is, it begins the flow that
// makes it.
func (v *visit) toOnly(kind program.MatterKind) error {
	all, err := v.matters(program.MatterFilter{Kind: kind})
	if err != nil {
		return err
	}
	if len(all) > 0 {
		return v.matterOf(all[0].ID)
	}
	for _, f := range v.mine() {
		if f.Save.Moves == string(kind) && f.Save.Known {
			return v.begin(f, flow.Input{})
		}
	}
	v.said = "matter.none"
	return v.toMenu()
}

// sift leaves only some of the list that is shown, or all of it again.
func (v *visit) sift(name string) error {
	n, _ := v.nouns.of(program.MatterKind(v.m.Page.Do))
	if name != "" && !slices.ContainsFunc(n.sieves, func(s sieve) bool { return s.name == name }) {
		return v.refuse()
	}
	v.m.Page = Page{Do: v.m.Page.Do, About: name}
	return v.turnedTo(matters)
}

// sifted are the matters that the list is narrowed to, and the buttons that narrow it: none while
// none would fit.
func (v *visit) sifted(n noun, all []program.Matter) ([]program.Matter, []flow.FaceButton) {
	var row []flow.FaceButton
	if v.m.Page.About != "" {
		row = append(row, v.button(n.icon, "matter.all", "sift:"))
	}
	some := all
	for _, s := range n.sieves {
		fitting := slices.DeleteFunc(slices.Clone(all), func(m program.Matter) bool { return !s.fits(m) })
		if s.name == v.m.Page.About {
			some = fitting
		} else if len(fitting) > 0 {
			row = append(row, v.button(s.icon, s.key, "sift:"+s.name))
		}
	}
	return some, row
}

// mattersFace is their list: what is due first, and a button to open a new one.
func (v *visit) mattersFace() (flow.Face, bool, error) {
	kind := program.MatterKind(v.m.Page.Do)
	n, ok := v.nouns.of(kind)
	if !ok || !v.may(program.SeeDeed(kind)) {
		return flow.Face{}, false, nil
	}
	all, err := v.matters(program.MatterFilter{Kind: kind, Open: true})
	if err != nil {
		return flow.Face{}, false, err
	}
	all, sieves := v.sifted(n, all)
	lines := []string{n.icon + " <b>" + v.t.Text(n.title) + "</b> (" + strconv.Itoa(len(all)) + ")"}
	items := make([]item, 0, len(all))
	for _, m := range all {
		items = append(items, item{m.ID, v.matterButton(m)})
	}
	if len(all) == 0 {
		lines = append(lines, v.t.Text("matter.none"))
	}
	face := flow.Face{Text: strings.Join(lines, "\n"), Buttons: v.column(items, "matter")}
	if len(sieves) > 0 {
		face.Buttons = append(face.Buttons, sieves)
	}
	var row []flow.FaceButton
	for _, f := range v.mine() {
		if f.Save.Opens == string(kind) {
			row = append(row, flow.FaceButton{Label: "➕ " + v.t.Text(f.TitleKey()), Action: "open:" + f.ID})
		}
	}
	if len(row) > 0 {
		face.Buttons = append(face.Buttons, row)
	}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// matterMost is the longest label of a matter's button.
const matterMost = 34

// matterButton is a matter on a list: its label with a mark when it is late, and its code.
func (v *visit) matterButton(m program.Matter) string {
	label := m.Code()
	if l := v.matterLabel(m); l != "" {
		label += " · " + l
	}
	if n, _ := v.nouns.of(m.Kind); n.mark != nil {
		label = strings.TrimPrefix(n.mark(v, m)+" "+label, " ")
	} else if !m.Due.IsZero() && m.Due.Before(v.now) {
		label = "⏰ " + label
	}
	if r := []rune(label); len(r) > matterMost {
		label = string(r[:matterMost-1]) + "…"
	}
	return label
}

// column is a page of a list with one button a row.
func (v *visit) column(items []item, action string) [][]flow.FaceButton {
	var rows [][]flow.FaceButton
	for _, row := range v.list(items, action) {
		for _, b := range row {
			if strings.HasPrefix(b.Action, action+":") {
				rows = append(rows, []flow.FaceButton{b})
			}
		}
		if len(row) > 0 && !strings.HasPrefix(row[0].Action, action+":") {
			rows = append(rows, row)
		}
	}
	return rows
}
