package conversation

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// The scale of development is something to talk about, for those who have agreed to it. Its levels
// are seen by whoever accompanies her, and by nobody else (program.md 2.4, 2.5).

// flowProgress is its flow.
const flowProgress = "perkembangan"

// purposeOf is the purpose to which a participant must have agreed besides being accompanied, before
// a flow may be about her; empty for none.
func purposeOf(f *flow.Flow) program.Purpose {
	if f.ID == flowProgress {
		return program.FunctionScale
	}
	return ""
}

// agreedTo are those of the participants who have agreed to what a flow is for.
func (v *visit) agreedTo(f *flow.Flow, all []program.Participant) ([]program.Participant, error) {
	purpose := purposeOf(f)
	if purpose == "" {
		return all, nil
	}
	some := make([]program.Participant, 0, len(all))
	for _, p := range all {
		consents, err := v.Store.Consents(v.ctx, p.Code)
		if err != nil {
			return nil, fmt.Errorf("look at her consents: %w", err)
		}
		if consents.Allow(purpose, program.DateOf(v.now)) {
			some = append(some, p)
		}
	}
	return some, nil
}

// nobodyAgreed reports whether a flow could be about nobody, because none has agreed to it.
func (v *visit) nobodyAgreed(f *flow.Flow) (bool, error) {
	if purposeOf(f) == "" {
		return false, nil
	}
	all, err := v.mayPick(f)
	return len(all) == 0, err
}

// levelsOf are the levels in a report's answers.
func levelsOf(fields program.Fields) program.Levels {
	levels := program.Levels{}
	for _, d := range program.Dimensions() {
		if n, err := strconv.Atoi(fields.Get(d)); err == nil {
			levels[d] = n
		}
	}
	return levels
}

// fieldsOf are a report's answers by question, in their canonical form.
func fieldsOf(r program.Report) program.Fields {
	var answers map[string]any
	d := json.NewDecoder(strings.NewReader(string(r.Answers)))
	d.UseNumber()
	if d.Decode(&answers) != nil {
		return nil
	}
	fields := program.Fields{}
	for name, answer := range answers {
		several, ok := answer.([]any)
		if !ok {
			several = []any{answer}
		}
		for _, one := range several {
			fields[name] = append(fields[name], canonical(one))
		}
	}
	return fields
}

// canonical is one value as a flow writes it.
func canonical(value any) string {
	switch value := value.(type) {
	case bool:
		if value {
			return flow.Yes
		}
		return flow.No
	case string:
		return value
	}
	return fmt.Sprint(value)
}

// latest are the answers of the latest report of a flow, other than one, with its day; nil for none.
func (v *visit) latest(flow, participant, author, but string) (program.Fields, program.Date, error) {
	all, err := v.Store.LatestReports(v.ctx, flow, participant, author, 2)
	if err != nil {
		return nil, "", fmt.Errorf("look for the latest report: %w", err)
	}
	for _, r := range all {
		if r.ID != but {
			return fieldsOf(r), r.OccurredOn, nil
		}
	}
	return nil, "", nil
}

// progressSaid are the sentences of a receipt about what has changed since the last time, to be told
// to her; and a kind one when something has fallen.
func (v *visit) progressSaid(f *flow.Flow, run flow.State) ([]string, error) {
	if f.ID != flowProgress {
		return nil, nil
	}
	code, now := herCode(f, run), program.Fields{}
	for _, a := range f.Told(run) {
		now[a.Name] = a.Values
	}
	before, _, err := v.latest(flowProgress, code, "", v.m.Last.Report)
	if err != nil {
		return nil, err
	}
	var lines []string
	fell := false
	for _, s := range levelsOf(now).Shifts(levelsOf(before)) {
		args := map[string]any{"What": v.t.Text(f.NameKey(s.Dimension)), "Was": s.Was, "Now": s.Now}
		key := "scale.rose"
		if s.Now < s.Was {
			key = "scale.fell"
		}
		lines, fell = append(lines, v.t.Format(key, args)), fell || s.Fell()
	}
	if fell {
		lines = append(lines, v.t.Format("scale.ask_how", map[string]any{"Code": code}))
	}
	return lines, nil
}

// progressLine is how she stood when it was last talked about, for whoever accompanies her.
func (v *visit) progressLine(code string) ([]string, error) {
	i := slices.IndexFunc(v.Flows, func(f *flow.Flow) bool { return f.ID == flowProgress })
	hers, err := v.accompanies(code)
	if err != nil || !hers || i < 0 {
		return nil, err
	}
	last, day, err := v.latest(flowProgress, code, "", "")
	levels := levelsOf(last)
	if err != nil || len(levels) == 0 {
		return nil, err
	}
	var parts []string
	for _, d := range program.Dimensions() {
		if n := levels[d]; n > 0 {
			parts = append(parts, html.EscapeString(v.t.Text(v.Flows[i].NameKey(d)))+" "+strconv.Itoa(n))
		}
	}
	return []string{"🌱 " + v.day(day) + ": " + strings.Join(parts, " · ")}, nil
}

// dueProgress offers to talk about it with those with whom it was not talked about for long.
func (v *visit) dueProgress() (*flow.FaceButton, error) {
	f := v.flowNamed(flowProgress)
	if f == nil {
		return nil, nil
	}
	all, err := v.mayPick(f)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	last, err := v.Store.LastReported(v.ctx, flowProgress, v.person.ID)
	if err != nil {
		return nil, fmt.Errorf("look when it was talked about: %w", err)
	}
	since, n := program.DateOf(v.now).AddDays(-program.ScaleEvery), 0
	for _, p := range all {
		if last[p.Code] <= since {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	return &flow.FaceButton{Label: "🌱 " + v.t.Plain("scale.due", map[string]any{"Count": n}), Action: "progress"}, nil
}

// talkOfProgress begins it from the menu.
func (v *visit) talkOfProgress() error {
	f := v.flowNamed(flowProgress)
	if f == nil {
		return v.refuse()
	}
	return v.begin(f, flow.Input{})
}
