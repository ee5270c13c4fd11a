package flow

import (
	"fmt"
	"strings"
)

// Graph draws a flow as a Mermaid flowchart: the questions that are asked in turn from top
// to bottom, on the edges when a question is asked, and below the summary what may be added.
func Graph(f *Flow, t Texts) string { return draw(&graph{f: f, t: t}) }

// Picture is the same for those who fill it in: without the names that exports use, and without what
// may be added.
func Picture(f *Flow, t Texts) string { return draw(&graph{f: f, t: t, plain: true}) }

// draw draws the chart.
func draw(g *graph) string {
	f, t := g.f, g.t
	g.line("flowchart TD")
	g.node("start", "([", f.Icon+" "+t.Text(f.TitleKey()), "])")
	var asked []int
	for i := range f.Steps {
		s := &f.Steps[i]
		if s.Asked != Always {
			continue
		}
		asked = append(asked, i)
		g.node(nodeID(s), "[", g.asking(s), "]")
	}
	g.node("summary", "{{", "📋", "}}")
	g.node("saved", "([", "💾 "+t.Text(f.SavedKey()), "])")
	g.turns(asked)
	g.line("summary --> saved")
	for i := range f.Steps {
		s := &f.Steps[i]
		if s.Asked == Later && !g.plain {
			g.node(nodeID(s), "[", g.asking(s), "]")
			g.edge("summary", "-.->", nodeID(s), g.conditions(s))
		}
	}
	return g.b.String()
}

// graph is a chart being written.
type graph struct {
	b     strings.Builder
	f     *Flow
	t     Texts
	plain bool
}

// asking is a question as its node shows it, with its name where exports have it.
func (g *graph) asking(s *Question) string {
	if g.plain {
		return g.t.Text(g.f.AskKey(s.Name))
	}
	mark := ""
	if s.Optional {
		mark = " ○"
	}
	return g.t.Text(g.f.AskKey(s.Name)) + "\n" + s.Name + " · " + string(s.Kind) + mark
}

// nodeID is a node's name; the prefix keeps Mermaid's own words (end, class) out.
func nodeID(s *Question) string { return "s_" + s.Name }

// turns draws the edges between the questions asked in turn. From each one leads to the
// next, and past those that may not be asked to the first that is.
func (g *graph) turns(asked []int) {
	from := "start"
	for i := 0; i <= len(asked); i++ {
		if i > 0 {
			from = nodeID(&g.f.Steps[asked[i-1]])
		}
		passing := false
		j := i
		for ; j < len(asked); j++ {
			s := &g.f.Steps[asked[j]]
			g.edge(from, arrow(passing), nodeID(s), g.conditions(s))
			if len(s.When) == 0 {
				break
			}
			passing = true
		}
		if j == len(asked) {
			g.edge(from, arrow(passing), "summary", "")
		}
	}
}

// arrow is dotted where questions are passed by.
func arrow(passing bool) string {
	if passing {
		return "-.->"
	}
	return "-->"
}

// conditions are the words on an edge: when the step is asked.
func (g *graph) conditions(s *Question) string {
	parts := make([]string, 0, len(s.When))
	for _, c := range s.When {
		on, ok := g.f.Step(c.Step)
		if !ok {
			continue
		}
		labels := make([]string, 0, len(c.In))
		for _, v := range c.In {
			label := v
			if key := g.f.ChoiceKey(on.Name, v); g.t.Has(key) {
				label = g.t.Text(key)
			}
			labels = append(labels, label)
		}
		is := " = "
		if c.Not {
			is = " ≠ "
		}
		parts = append(parts, g.t.Text(g.f.NameKey(on.Name))+is+strings.Join(labels, " / "))
	}
	return strings.Join(parts, ", ")
}

// node draws a node between the brackets of its shape.
func (g *graph) node(name, open, text, shut string) {
	g.line(name + open + `"` + escaped(text) + `"` + shut)
}

// edge draws an edge, with words on it if there are any.
func (g *graph) edge(from, arrow, to, text string) {
	if text == "" {
		g.line(from + " " + arrow + " " + to)
		return
	}
	g.line(fmt.Sprintf("%s %s|\"%s\"| %s", from, arrow, escaped(text), to))
}

// line writes a line, all but the first indented.
func (g *graph) line(s string) {
	if g.b.Len() > 0 {
		g.b.WriteString("  ")
	}
	g.b.WriteString(s)
	g.b.WriteByte('\n')
}

// escaped is a text as Mermaid takes it between quotes: without markup of its own.
func escaped(s string) string {
	return strings.NewReplacer("#", "#35;", `"`, "#quot;", "\n", "<br>", "\\", "#92;").Replace(withoutTags(s))
}
