package main

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/kanon"
)

// reporting are all versions of the flow with that name, or of all flows, as far as they save reports:
// the current ones first, and then the newest before what is older.
func (k kinds) reporting(name string) []*flow.Flow {
	old := slices.SortedStableFunc(slices.Values(k.archive), func(a, b *flow.Flow) int { return b.Version - a.Version })
	return slices.DeleteFunc(slices.Concat(k.current, old), func(f *flow.Flow) bool {
		return name != "" && f.ID != name || f.Save.As != flow.AsReport
	})
}

// forms are the questions of the flow with that name, or of all, in the order of the current version,
// and behind them what older versions asked.
func (k kinds) forms(name string) []export.Form {
	var forms []export.Form
	for _, f := range k.reporting(name) {
		i := slices.IndexFunc(forms, func(one export.Form) bool { return one.Flow == f.ID })
		if i < 0 {
			i = len(forms)
			forms = append(forms, export.Form{Flow: f.ID})
		}
		for _, st := range f.Steps {
			if st.Kind != f.About && !st.Passing && !slices.Contains(forms[i].Columns, st.Name) { // whom it is about has a column of its own
				forms[i].Columns = append(forms[i].Columns, st.Name)
			}
		}
	}
	return forms
}

// nobodys reports whether the reports of a flow are about no woman: an activity, a partner. Then as
// many reports have to be behind a figure as participants would.
func nobodys(f *flow.Flow) bool {
	if slices.ContainsFunc(f.Steps, func(st flow.Question) bool { return st.Kind == flow.Participant }) {
		return false
	}
	return f.About == "" || slices.Contains([]flow.Kind{flow.Session, flow.Task, flow.Partner, flow.Permit}, f.About)
}

// countable is what figures can be made of the flow with that name, or of all of them: the choices
// and numbers of every version, with the current one's order and bounds. What any version calls
// sensitive is left out.
func (k kinds) countable(name string) []export.Flow {
	all := k.reporting(name)
	var kinds []export.Flow
	for _, f := range all {
		i := slices.IndexFunc(kinds, func(k export.Flow) bool { return k.ID == f.ID })
		if i < 0 {
			i = len(kinds)
			kinds = append(kinds, export.Flow{ID: f.ID, Nobodys: nobodys(f)})
		}
		for n := range f.Steps {
			step := &f.Steps[n]
			if step.Kind == flow.Roster {
				kinds[i].Fields = withMarks(kinds[i].Fields, step)
				continue
			}
			kinds[i].Fields = withStep(kinds[i].Fields, step)
		}
	}
	for i := range kinds {
		kinds[i].Fields = slices.DeleteFunc(kinds[i].Fields, func(field export.Field) bool {
			return slices.ContainsFunc(all, func(f *flow.Flow) bool {
				step, ok := f.Step(field.Name)
				return ok && f.ID == kinds[i].ID && step.Sensitive
			})
		})
	}
	slices.SortStableFunc(kinds, func(a, b export.Flow) int { return strings.Compare(a.ID, b.ID) })
	return kinds
}

// withMarks adds the marks of a roster, each a number of its own.
func withMarks(fields []export.Field, step *flow.Question) []export.Field {
	for _, o := range step.Choices {
		known := slices.ContainsFunc(fields, func(f export.Field) bool { return f.Name == o.Code })
		if !known && !step.Sensitive {
			fields = append(fields, export.Field{Name: o.Code, Number: true})
		}
	}
	return fields
}

// withStep adds a step to the fields, or what it has more than the same field of a newer version.
func withStep(fields []export.Field, step *flow.Question) []export.Field {
	field := export.Field{Name: step.Name}
	switch step.Kind {
	case flow.Choice, flow.Choices:
		field.Several = step.Kind == flow.Choices
		for _, o := range step.Choices {
			field.Keys = append(field.Keys, o.Code)
			if o.Alone {
				field.Alone = append(field.Alone, o.Code)
			}
		}
	case flow.YesNo:
		field.Keys = []string{flow.Yes, flow.No}
	case flow.Amount, flow.Count, flow.Scale:
		field.Number = true
		field.Bounds = kanon.Bounds{Min: step.Min, Max: step.Max}
	default:
		return fields
	}
	i := slices.IndexFunc(fields, func(f export.Field) bool { return f.Name == step.Name })
	if i < 0 {
		return append(fields, field)
	}
	known := &fields[i]
	if known.Number || field.Number {
		return fields
	}
	known.Several = known.Several || field.Several
	for _, key := range field.Keys {
		if !slices.Contains(known.Keys, key) {
			known.Keys = append(known.Keys, key)
		}
	}
	for _, key := range field.Alone {
		if !slices.Contains(known.Alone, key) {
			known.Alone = append(known.Alone, key)
		}
	}
	return fields
}
