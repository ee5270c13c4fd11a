// Package guide writes what people may read about the flows: a page for each, in the words that the
// bot itself says, and an index. It is pure: what it says follows from the flows, their texts and the
// table of rights, so that a page is never older than what the bot does.
package guide

import (
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// Words are the texts of one language.
type Words interface {
	flow.Texts
	Plain(key string, args map[string]any) string
}

// Guide is what the pages are made of.
type Guide struct {
	Flows  []*flow.Flow
	Words  Words
	Rights program.Rights
	Taps   map[string]Taps // by flow id; a flow without transcripts has none
}

// page is one page being written.
type page struct {
	*Guide
	f *flow.Flow
	b strings.Builder
}

// Page is the page of a flow, in Markdown.
func (g *Guide) Page(f *flow.Flow) string {
	p := &page{Guide: g, f: f}
	p.line("<!-- " + p.say("guide.written", map[string]any{"File": "flows/" + f.ID + ".yaml"}) + " -->")
	p.line("# " + f.Icon + " " + p.text(f.TitleKey()))
	p.line("")
	p.line(g.purpose(f))
	p.line("")
	p.facts()
	p.line("")
	p.line("```mermaid")
	p.b.WriteString(flow.Picture(f, g.Words))
	p.line("```")
	p.questions()
	p.figures()
	return p.b.String()
}

// line writes a line.
func (p *page) line(s string) { p.b.WriteString(s + "\n") }

// text is a text as it is.
func (g *Guide) text(key string) string { return g.Words.Text(key) }

// say is a text with its values.
func (g *Guide) say(key string, args map[string]any) string { return g.Words.Plain(key, args) }

// purpose says what a flow is for: in its own words, or in what the pages say of any.
func (g *Guide) purpose(f *flow.Flow) string {
	switch {
	case g.Words.Has(f.PurposeKey()):
		return g.text(f.PurposeKey())
	case f.About == flow.Participant:
		return g.text("guide.purpose_hers")
	case f.About.Matter():
		return g.say("guide.purpose_matter", map[string]any{"Kind": g.kind(program.MatterKind(f.About))})
	}
	return g.text("guide.purpose_own")
}

// facts is the table at the head of the page: how it begins, for whom, how long it takes, what it
// saves, and who reads it.
func (p *page) facts() {
	p.line("| | |")
	p.line("| --- | --- |")
	row := func(key, value string) {
		if value != "" {
			p.line("| **" + p.text(key) + "** | " + strings.ReplaceAll(value, "|", "\\|") + " |")
		}
	}
	row("guide.begins", p.begins())
	row("guide.who", p.scopes(program.ReportDeed(p.f.ID), p.f.About != ""))
	row("guide.taps", p.taps())
	row("guide.saves", p.saves())
	row("guide.reads", p.reads())
}

// begins says where the flow starts.
func (p *page) begins() string {
	f := p.f
	var ways []string
	switch {
	case f.Save.Opens != "":
		ways = append(ways, p.say("guide.begins_list", map[string]any{"Kind": p.kind(program.MatterKind(f.Save.Opens))}))
	case f.About.Matter():
		ways = append(ways, p.say("guide.begins_card", map[string]any{"Kind": p.kind(program.MatterKind(f.About))}))
	case !f.Unlisted:
		ways = append(ways, p.text("guide.begins_menu"))
	}
	if f.About == flow.Participant && f.Save.As == flow.AsReport {
		ways = append(ways, p.text("guide.begins_friend"))
	}
	if f.Save.As != flow.AsReport {
		ways = append(ways, p.text("guide.begins_safety"))
	}
	typed := []string{"`/" + f.Command + "`"}
	for _, word := range f.Keywords {
		typed = append(typed, "«"+word+"»")
	}
	return strings.Join(append(ways, p.say("guide.begins_typed", map[string]any{"Words": strings.Join(typed, ", ")})), "; ")
}

// taps says how many taps a plain one takes.
func (p *page) taps() string {
	t, ok := p.Taps[p.f.ID]
	switch {
	case !ok:
		return ""
	case t.Typed == 0:
		return p.say("guide.taps_menu", map[string]any{"Taps": t.Taps})
	}
	return p.say("guide.taps_typed", map[string]any{"Taps": t.Taps, "Typed": t.Typed})
}
