package guide

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// Index is the page that leads to all others: by who uses them most.
func (g *Guide) Index() string {
	p := &page{Guide: g}
	p.line("<!-- " + p.say("guide.written", map[string]any{"File": "flows/"}) + " -->")
	p.line("# " + p.text("guide.index"))
	p.line("")
	p.line(p.text("guide.index_hello"))
	left := slices.Clone(g.Flows)
	for _, role := range []program.Role{program.Companion, program.Coordinator, program.Secretary, program.Treasurer, program.Chair} {
		var theirs []*flow.Flow
		left = slices.DeleteFunc(left, func(f *flow.Flow) bool {
			if !slices.Contains(f.Start, string(role)) {
				return false
			}
			theirs = append(theirs, f)
			return true
		})
		if len(theirs) == 0 {
			continue
		}
		p.line("")
		p.line("## " + p.say("guide.index_for", map[string]any{"Role": p.role(role)}))
		p.line("")
		p.line("| " + strings.Join([]string{p.text("guide.index_flow"), p.text("guide.index_what"), p.text("guide.index_who"), p.text("guide.taps")}, " | ") + " |")
		p.line("| --- | --- | --- | ---: |")
		for _, f := range ordered(theirs) {
			p.line("| " + strings.Join([]string{"[" + f.Icon + " " + p.text(f.TitleKey()) + "](" + f.ID + ".md)", g.purpose(f), g.starters(f), g.Taps[f.ID].String()}, " | ") + " |")
		}
	}
	return p.b.String()
}

// ordered puts first what stands in the menu, and then what a matter goes through, together.
func ordered(flows []*flow.Flow) []*flow.Flow {
	rank := func(f *flow.Flow) string {
		kind := f.Save.Opens + f.Save.Moves
		if f.About.Matter() {
			kind = string(f.About)
		}
		switch {
		case kind == "" && f.Save.As == flow.AsReport:
			return "0" + f.ID
		case kind == "":
			return "2" + f.ID
		case f.Save.Opens != "":
			return "1" + kind + "0" + f.ID
		}
		return "1" + kind + "1" + f.ID
	}
	return slices.SortedFunc(slices.Values(flows), func(a, b *flow.Flow) int { return strings.Compare(rank(a), rank(b)) })
}

// starters are the roles that may start a flow.
func (g *Guide) starters(f *flow.Flow) string {
	var roles []string
	for _, role := range program.Roles() {
		if g.Rights.May(role, program.ReportDeed(f.ID)) {
			roles = append(roles, g.role(role))
		}
	}
	return strings.Join(roles, ", ")
}
