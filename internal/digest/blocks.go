package digest

import (
	"cmp"
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/program"
)

func (f Figures) processBlock(s Speaker) Block {
	p := f.Process
	b := Block{Name: BlockProcess, Head: s.Text("digest.process")}
	add := func(key string, args map[string]any) { b.Lines = append(b.Lines, s.Format(key, args)) }
	add("digest.met", map[string]any{"Met": withBefore(p.Met), "Registered": withBefore(p.Registered), "Proposed": withBefore(p.Proposed)})
	if p.Met.Now > 0 {
		add("digest.said", map[string]any{"List": List(s, p.Said, func(c string) string { return s.Choice(FlowMet, "hasil", c) })})
	}
	if len(p.Needs) > 0 {
		add("digest.needs", map[string]any{"List": List(s, p.Needs, func(c string) string { return s.Choice(FlowMet, "kebutuhan", c) })})
	}
	if p.Target > 0 && p.Reached.Shown {
		add("digest.reached_of", map[string]any{"Count": Shown(p.Reached), "Target": p.Target, "Percent": percent(int(p.Reached.Count), p.Target)})
	} else {
		add("digest.reached", map[string]any{"Count": Shown(p.Reached)})
	}
	if p.Reached.Shown {
		add("digest.groups", map[string]any{"List": List(s, p.Groups, func(c string) string { return s.Group(program.GuestGroup(c)) })})
		if len(p.Newcomers) == 2 && p.Newcomers[0].Shown && p.Newcomers[1].Shown {
			add("digest.newcomers", map[string]any{"New": Shown(p.Newcomers[0]), "Longer": Shown(p.Newcomers[1])})
		}
	}
	for _, a := range p.Sessions {
		name := s.Choice("kegiatan", "jenis", a.Kind)
		if a.Group != "" {
			name += " " + s.Choice("kegiatan", "konsentrasi", a.Group)
		}
		add("digest.session", map[string]any{"Name": name, "Held": a.Held, "Came": a.Came, "Invited": a.Invited, "Percent": percent(a.Came, a.Invited)})
	}
	if len(p.Fields) > 0 {
		add("digest.fields", map[string]any{"List": counted(p.Fields, func(c string) string { return s.Choice("kegiatan", "bidang", c) })})
	}
	if p.Talks > 0 {
		add("digest.talks", map[string]any{"Count": p.Talks})
	}
	return b
}

// counted puts counts beside one another, the largest first.
func counted(all map[string]int, name func(code string) string) string {
	keys := slices.SortedFunc(maps.Keys(all), func(a, b string) int { return cmp.Or(all[b]-all[a], strings.Compare(a, b)) })
	parts := make([]string, 0, len(keys))
	for _, key := range keys {
		parts = append(parts, name(key)+" "+strconv.Itoa(all[key]))
	}
	return strings.Join(parts, " · ")
}

func (f Figures) formsBlock(s Speaker) Block {
	b := Block{Name: BlockForms, Head: s.Text("digest.forms")}
	if len(f.Forms.Stages) == 0 && f.Forms.Paid == 0 {
		b.Lines = []string{s.Text("digest.no_capital")}
		return b
	}
	var stages []string
	life, _ := program.LifeOf(program.Aid)
	for _, status := range []string{"diusulkan", "disetujui", "berkas", "buku_jadi", "buku_diserahkan", "cair", "belanja", "kontrol", "ditunda"} {
		if n := f.Forms.Stages[status]; n > 0 && len(life.Next[status]) > 0 {
			stages = append(stages, strings.ToLower(s.Status(program.Matter{Kind: program.Aid, Status: status}))+" "+strconv.Itoa(n))
		}
	}
	if len(stages) > 0 {
		b.Lines = append(b.Lines, s.Format("digest.aid_stages", map[string]any{"List": strings.Join(stages, " · ")}))
	}
	switch sum := f.Forms.Sum; {
	case sum.Shown:
		b.Lines = append(b.Lines, s.Format("digest.paid_sum", map[string]any{"Count": f.Forms.Paid, "Sum": bahasa.Lang(s.Lang()).Rupiah(sum.Sum)}))
	default:
		b.Lines = append(b.Lines, s.Format("digest.paid", map[string]any{"Count": f.Forms.Paid}))
	}
	if f.Forms.Planned {
		b.Lines = append(b.Lines, s.Format("digest.as_plan", map[string]any{"Percent": f.Forms.AsPlan}))
	}
	b.Lines = append(b.Lines, s.Format("digest.controls", map[string]any{"Count": f.Forms.Overdue}))
	return b
}

func (f Figures) alongBlock(s Speaker) Block {
	a := f.Along
	b := Block{Name: BlockAlong, Head: s.Text("digest.along")}
	add := func(key string, args map[string]any) { b.Lines = append(b.Lines, s.Format(key, args)) }
	add("digest.visits", map[string]any{
		"Count": withBefore(a.Visits), "Home": a.Kinds[VisitHome], "Business": a.Kinds[VisitBusiness], "Other": a.Kinds[VisitOther],
	})
	if f.Process.Reached.Shown && a.Active > 0 {
		add("digest.seen", map[string]any{"Seen": a.Seen, "Of": a.Active, "Percent": percent(a.Seen, a.Active)})
	}
	if a.Calls.Asked > 0 {
		add("digest.calls", map[string]any{"Asked": a.Calls.Asked, "Called": a.Calls.Called})
	}
	if a.Calls.Called > 0 {
		add("digest.waited", map[string]any{"Waited": bahasa.Lang(s.Lang()).Duration(a.Calls.Waited)})
	}
	add("digest.partners", map[string]any{"New": a.Partners, "Company": a.Company, "Support": a.Support})
	if f.Process.Reached.Shown && a.Companions > 0 {
		add("digest.ratio", map[string]any{"Count": (a.Active + a.Companions/2) / a.Companions})
	}
	return b
}

func (f Figures) tradeBlock(s Speaker) Block {
	t := f.Trade
	b := Block{Name: BlockTrade, Head: s.Text("digest.trade")}
	add := func(key string, args map[string]any) { b.Lines = append(b.Lines, s.Format(key, args)) }
	if t.Of > 0 {
		add("digest.checks_of", map[string]any{"Count": t.Who, "Of": t.Of, "Before": t.Checks.Before})
	} else {
		add("digest.checks", map[string]any{"Count": t.Who, "Before": t.Checks.Before})
	}
	if t.Checks.Now == 0 {
		return b
	}
	choice := func(field string) func(string) string {
		return func(code string) string { return strings.ToLower(s.Choice(FlowTrade, field, code)) }
	}
	add("digest.direction", map[string]any{"List": List(s, t.Direction, choice(fieldDirection))})
	add("digest.level", map[string]any{"List": List(s, t.Level, choice("tingkat"))})
	if len(t.Obstacles) > 0 {
		add("digest.obstacles", map[string]any{"List": List(s, t.Obstacles, choice("kendala"))})
	}
	return b
}

func (f Figures) casesBlock(s Speaker) Block {
	c := f.Cases
	b := Block{Name: BlockCases, Head: s.Text("digest.cases"), Lines: []string{
		s.Format("digest.cases_line", map[string]any{"Opened": c.Opened, "Closed": c.Closed, "Open": c.Open, "Late": c.Late}),
	}}
	if c.Usual > 0 {
		b.Lines = append(b.Lines, s.Format("digest.usual", map[string]any{"Time": bahasa.Lang(s.Lang()).Duration(c.Usual)}))
	}
	return b
}

// aheadMost is how many sessions and tasks are named at most.
const aheadMost = 15

func (f Figures) aheadBlock(s Speaker) Block {
	b := Block{Name: BlockAhead, Head: s.Format("digest.ahead", map[string]any{"Span": Span(s, f.Week.Add(1), false)})}
	for i, a := range f.Ahead {
		if i == aheadMost {
			b.Lines = append(b.Lines, s.Format("digest.decide_more", map[string]any{"Count": len(f.Ahead) - aheadMost}))
			break
		}
		at := a.At.In(s.Zone)
		when := bahasa.Lang(s.Lang()).DateShort(bahasa.DateOf(at)) + " " + at.Format("15.04")
		flow := "kegiatan"
		if a.Kind == program.Task {
			flow = "tugas"
		}
		b.Lines = append(b.Lines, "• "+when+" · "+html.EscapeString(s.Choice(flow, "jenis", a.What))+" · "+a.Code)
	}
	return b
}

func (f Figures) goodBlock(s Speaker) Block {
	b := Block{Name: BlockGood, Head: s.Text("digest.good")}
	for _, id := range f.Quotes {
		if text := s.Quote(id); text != "" {
			b.Lines = append(b.Lines, "“"+html.EscapeString(text)+"”")
		}
	}
	return b
}

func (f Figures) missingBlock(s Speaker) Block {
	m := f.Missing
	b := Block{Name: BlockMissing, Head: s.Text("digest.missing")}
	add := func(key string, args map[string]any) { b.Lines = append(b.Lines, s.Format(key, args)) }
	if m.Unseen > 0 && f.Process.Reached.Shown {
		add("digest.unseen", map[string]any{"Count": m.Unseen})
	}
	if len(m.Silent) > 0 {
		names := make([]string, 0, len(m.Silent))
		for _, id := range m.Silent {
			names = append(names, s.Staff(id))
		}
		slices.Sort(names)
		add("digest.silent", map[string]any{"Names": strings.Join(names, ", ")})
	}
	if m.Requests > 0 {
		add("digest.requests", map[string]any{"Count": m.Requests})
	}
	if len(m.Unsent) > 0 {
		reasons := map[string]int{}
		for reason, n := range m.Unsent {
			reasons[s.held(reason)] += n
		}
		add("digest.unsent", map[string]any{"List": counted(reasons, func(r string) string { return r })})
	}
	if len(b.Lines) == 0 {
		b.Lines = []string{s.Text("digest.all_there")}
	}
	return b
}

// held is why something was not told.
func (s Speaker) held(reason program.HeldBack) string {
	key := "digest.held_other"
	switch reason {
	case program.HeldNight:
		key = "digest.held_night"
	case program.HeldLimit:
		key = "digest.held_limit"
	case program.HeldBusy:
		key = "digest.held_busy"
	case program.HeldAway:
		key = "digest.held_away"
	case program.HeldNoPhone, program.HeldUnreachable:
		key = "digest.held_phone"
	case program.HeldConsent, program.HeldPause:
		key = "digest.held_hers"
	}
	return s.Text(key)
}
