package guide

import (
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// questions writes every question: those that are asked, those that may be added, and what is filled
// in without asking.
func (p *page) questions() {
	for _, part := range []struct {
		asked flow.Asked
		key   string
	}{{flow.Always, "guide.asked"}, {flow.Later, "guide.added"}, {flow.Never, "guide.filled"}} {
		n := 0
		for i := range p.f.Steps {
			st := &p.f.Steps[i]
			if st.Asked != part.asked {
				continue
			}
			if n++; n == 1 {
				p.line("")
				p.line("## " + p.text(part.key))
			}
			p.question(n, st)
		}
	}
}

// question writes one: what is asked, what can be answered, and what else there is to know.
func (p *page) question(n int, st *flow.Question) {
	name := p.text(p.f.NameKey(st.Name))
	if st.Sensitive {
		name += " 🔒"
	}
	p.line("")
	p.line(strconv.Itoa(n) + ". **" + name + "** — " + strings.ReplaceAll(p.text(p.f.AskKey(st.Name)), "\n", "<br>"))
	p.point(p.answers(st))
	if choices := p.choices(st); choices != "" {
		p.point(choices)
	}
	if limits := p.limits(st); limits != "" {
		p.point(limits)
	}
	if when := p.when(st); when != "" {
		p.point(p.say("guide.when", map[string]any{"When": when}))
	}
	p.point("💡 " + strings.ReplaceAll(p.text(p.f.HelpKey(st.Name)), "\n", " "))
}

// point writes a line below a question.
func (p *page) point(s string) { p.line("   - " + s) }

// answers says what kind of answer is wanted, and whether there has to be one.
func (p *page) answers(st *flow.Question) string {
	said := p.kindOf(st)
	if st.Optional {
		said += ". " + p.text("guide.optional")
	}
	if st.Default != "" {
		said += ". " + p.say("guide.default", map[string]any{"Value": p.standing(st)})
	}
	return said
}

// kindOf is a kind of answer in words.
func (p *page) kindOf(st *flow.Question) string {
	for kind, key := range map[flow.Kind]string{
		flow.Choice: "guide.choice", flow.Choices: "guide.choices", flow.Participant: "guide.participant", flow.Person: "guide.person",
		flow.Date: "guide.date", flow.Time: "guide.time", flow.DateTime: "guide.datetime", flow.Amount: "guide.amount",
		flow.Count: "guide.count", flow.Scale: "guide.scale", flow.YesNo: "guide.yesno", flow.Text: "guide.free",
	} {
		if kind == st.Kind {
			return p.text(key)
		}
	}
	return p.say("guide.pick", map[string]any{"Kind": p.kind(program.MatterKind(st.Kind))})
}

// standing is the answer that holds until another is given.
func (p *page) standing(st *flow.Question) string {
	switch {
	case st.Default == "today":
		return p.text("card.today")
	case p.Words.Has(p.f.ChoiceKey(st.Name, st.Default)):
		return p.text(p.f.ChoiceKey(st.Name, st.Default))
	}
	return st.Default
}

// choices are the labels of what can be chosen, those behind "Lainnya" apart.
func (p *page) choices(st *flow.Question) string {
	var shown, more []string
	for _, o := range st.Choices {
		label := o.Icon + " " + p.text(p.f.ChoiceKey(st.Name, o.Code))
		if o.More {
			more = append(more, label)
		} else {
			shown = append(shown, label)
		}
	}
	if st.Kind == flow.Scale && p.Words.Has(p.f.ChoiceKey(st.Name, strconv.FormatInt(st.Min, 10))) {
		for n := st.Min; n <= st.Max; n++ {
			shown = append(shown, strconv.FormatInt(n, 10)+" = "+p.text(p.f.ChoiceKey(st.Name, strconv.FormatInt(n, 10))))
		}
	}
	said := strings.Join(shown, " · ")
	if len(more) > 0 {
		said += "<br>" + p.say("guide.more", map[string]any{"Choices": strings.Join(more, " · ")})
	}
	return said
}

// limits are what an answer must keep to.
func (p *page) limits(st *flow.Question) string {
	switch st.Kind {
	case flow.Date, flow.DateTime:
		days := st.Days
		if days == 0 {
			days = 366
		}
		switch st.Tense {
		case flow.Past:
			return p.say("guide.past", map[string]any{"Days": days})
		case flow.Future:
			return p.say("guide.future", map[string]any{"Days": days})
		}
	case flow.Amount, flow.Count, flow.Scale:
		return p.numbers(st)
	case flow.Text:
		length := st.Length
		if length == 0 {
			length = 500
		}
		return p.say("guide.length", map[string]any{"Length": length})
	}
	return ""
}

// numbers are the limits of a number.
func (p *page) numbers(st *flow.Question) string {
	var parts []string
	if st.Max > 0 {
		parts = append(parts, p.say("guide.range", map[string]any{"Min": grouped(st.Min), "Max": grouped(st.Max)}))
	}
	if st.Negative {
		parts = append(parts, p.text("guide.negative"))
	}
	if st.Usual > 0 {
		parts = append(parts, p.say("guide.usual", map[string]any{"Usual": grouped(st.Usual)}))
	}
	return strings.Join(parts, ". ")
}

// grouped writes a number with a dot between thousands, as people here write it.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// when says after which answers a question is asked.
func (p *page) when(st *flow.Question) string {
	parts := make([]string, 0, len(st.When))
	for _, c := range st.When {
		labels := make([]string, 0, len(c.In))
		for _, v := range c.In {
			label := v
			if key := p.f.ChoiceKey(c.Step, v); p.Words.Has(key) {
				label = p.text(key)
			}
			labels = append(labels, label)
		}
		is := " = "
		if c.Not {
			is = " ≠ "
		}
		parts = append(parts, p.text(p.f.NameKey(c.Step))+is+strings.Join(labels, " / "))
	}
	return strings.Join(parts, ", ")
}

// figures says what statistics use, and what the weekly digest counts.
func (p *page) figures() {
	if p.f.Save.As != flow.AsReport {
		return
	}
	var used []string
	for i := range p.f.Steps {
		st := &p.f.Steps[i]
		switch st.Kind {
		case flow.Choice, flow.Choices, flow.YesNo, flow.Amount, flow.Count, flow.Scale:
			if !st.Sensitive {
				used = append(used, strings.ToLower(p.text(p.f.NameKey(st.Name))))
			}
		}
	}
	p.line("")
	p.line("## " + p.text("guide.figures"))
	p.line("")
	if len(used) > 0 {
		p.line(p.say("guide.figures_used", map[string]any{"Names": strings.Join(used, ", ")}))
	} else {
		p.line(p.text("guide.figures_none"))
	}
	p.line(p.say("guide.export", map[string]any{"Flow": p.f.ID}))
}
