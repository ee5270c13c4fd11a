package conversation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// What is on record about her own business, her classes and how she sees herself, in short, for her
// alone (program.md 2.4). Reading it is a look into her data like any other, and she began it.

// growthFlow is the flow whose reports say how she sees herself.
const growthFlow = "perkembangan"

// growthReports is how many of the latest reports about her are looked through for it.
const growthReports = 60

// ownMost is how many lines of a kind her pages have, so that none is longer than ten.
const ownMost = 4

// herOwnView is her business and her classes.
func (v *visit) herOwnView() (hers, error) {
	business, err := v.businessLines()
	if err != nil {
		return hers{}, err
	}
	came, of, err := v.attended()
	if err != nil {
		return hers{}, err
	}
	classes := "–"
	if of > 0 {
		classes = v.t.Plain("hers.classes", map[string]any{"Came": came, "Of": of})
	}
	args := map[string]any{"Business": listed(business), "Classes": classes}
	return v.pageOf(discreet.PageOwn, args, []flow.FaceButton{v.button("🪞", "hers.growth", "h.growth")}), nil
}

// listed is lines under one another; a dash for none.
func listed(lines []string) string {
	if len(lines) == 0 {
		return "–"
	}
	return strings.Join(lines, "\n")
}

// businessLines are where her capital stands, with its amounts, and what she last sold.
func (v *visit) businessLines() ([]string, error) {
	all, err := v.Store.Matters(v.ctx, program.MatterFilter{Kind: program.Aid, Participant: v.person.ID})
	if err != nil {
		return nil, fmt.Errorf("look at her capital: %w", err)
	}
	var lines []string
	for _, m := range all[:min(len(all), 1)] { // the one that is open, or the latest
		lines = append(lines, v.t.Text("hers.capital")+": "+v.t.Text(statusKey(m)))
		amounts := v.amountsOf(m)
		lines = append(lines, amounts[:min(len(amounts), ownMost)]...)
	}
	last, err := v.Store.LastNumbers(v.ctx, v.person.ID, "usaha", "omzet", 1)
	if err != nil {
		return nil, fmt.Errorf("look at what she sold: %w", err)
	}
	if len(last) > 0 {
		lines = append(lines, v.t.Text("hers.sold")+": "+bahasa.Lang(v.t.Lang()).Rupiah(last[0]))
	}
	return lines, nil
}

// amountsOf are the amounts on record about a capital, as the flows call them.
func (v *visit) amountsOf(m program.Matter) []string {
	asIs := func(answer string) string { return answer } // a page of hers writes it down as plain text
	return v.told(m, asIs, func(_ *flow.Flow, st *flow.Question) bool { return st.Kind == flow.Amount })
}

// attended is how often she was there, of how many sessions for which it was noted.
func (v *visit) attended() (came, of int, err error) {
	all, err := v.Store.Attendance(v.ctx, "", v.person.ID)
	if err != nil {
		return 0, 0, fmt.Errorf("look at where she was: %w", err)
	}
	for _, a := range all {
		switch a.Came {
		case program.Present, program.Late:
			came++
			of++
		case program.Excused, program.Absent:
			of++
		case program.NotNoted:
		}
	}
	return came, of, nil
}

// herGrowthView is how she saw herself the last time it was talked about: the words, and no sum.
func (v *visit) herGrowthView() (hers, error) {
	lines, err := v.growthLines()
	if err != nil {
		return hers{}, err
	}
	back := []flow.FaceButton{v.button("🌿", "hers.own", "h.own")}
	return v.pageOf(discreet.PageGrowth, map[string]any{"List": listed(lines)}, back), nil
}

// growthLines are the answers of the latest such report, one a dimension.
func (v *visit) growthLines() ([]string, error) {
	reports, err := v.Store.NotesAbout(v.ctx, v.person.ID, growthReports)
	if err != nil {
		return nil, fmt.Errorf("look at how she sees herself: %w", err)
	}
	i := slices.IndexFunc(reports, func(r program.Report) bool { return r.Flow == growthFlow })
	at := slices.IndexFunc(v.Flows, func(f *flow.Flow) bool { return f.ID == growthFlow })
	if i < 0 || at < 0 {
		return nil, nil
	}
	return append([]string{v.day(reports[i].OccurredOn)}, v.dimensions(v.Flows[at], reports[i])...), nil
}

// dimensions are what a report says on scales, in words where there are some; nothing of one whose
// form is not known: that is shown to her in person.
func (v *visit) dimensions(f *flow.Flow, r program.Report) []string {
	var told map[string]json.RawMessage
	if json.Unmarshal(r.Answers, &told) != nil {
		return nil
	}
	var lines []string
	for i := range f.Steps {
		st := &f.Steps[i]
		raw, ok := told[st.Name]
		if !ok || st.Kind != flow.Scale {
			continue
		}
		value := strings.Trim(string(raw), `"`)
		said := flow.InWords(f, st, flow.Answer{Name: st.Name, Values: []string{value}}, v.t, v.now.Year())
		if anchor := f.ChoiceKey(st.Name, value); v.t.Has(anchor) {
			said = v.t.Text(anchor)
		}
		lines = append(lines, v.t.Text(f.NameKey(st.Name))+": "+said)
	}
	return lines
}

// askCopy asks for a copy of all there is. It is given in person: a file on a phone can be found.
func (v *visit) askCopy() error {
	open, err := v.openRequest(v.person.ID, program.AskCopy)
	if err != nil {
		return err
	}
	if open.ID == "" {
		v.plan.Safety.Requests = append(v.plan.Safety.Requests, v.request(program.AskCopy))
		v.audit("request.copy", v.person.ID)
		if err := v.tellOfErasure(v.person.ID, "say.asks_copy"); err != nil {
			return err
		}
	}
	return v.noted(discreet.PageCopy)
}
