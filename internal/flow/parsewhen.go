package flow

import (
	"slices"
	"strconv"
	"time"

	"go.yaml.in/yaml/v4"
)

// when reads the conditions of the step at index i: {step: values} and {not: {step: values}}.
func (r *reader) when(f *Flow, i int, n *yaml.Node) []Cond {
	keys, vals, ok := r.pairs(n, "when")
	if ok && len(n.Content) == 0 {
		r.at(n, "when is empty: leave it out to ask always")
	}
	var out []Cond
	for j, key := range keys {
		if key.Value != "not" {
			out = append(out, r.cond(f, i, key, vals[j], false))
			continue
		}
		inner, innerVals, ok := r.pairs(vals[j], "not")
		if ok && len(vals[j].Content) == 0 {
			r.at(vals[j], "not is empty: want {step: [values]}")
		}
		for k, key := range inner {
			out = append(out, r.cond(f, i, key, innerVals[k], true))
		}
	}
	return out
}

// cond reads one condition on an earlier step.
func (r *reader) cond(f *Flow, i int, key, val *yaml.Node, not bool) Cond {
	c := Cond{Step: key.Value, Not: not}
	at := f.index(key.Value)
	earlier := stepNames(f.Steps[:i])
	switch {
	case at < 0 && key.Value == "not":
		r.at(key, "not inside of not: write the values that it may have")
		return c
	case at < 0:
		r.at(key, "when: there is no step %s: %s", quote(key.Value), hint(key.Value, earlier))
		return c
	case at == i:
		r.at(key, "when: %q cannot depend on its own answer", key.Value)
		return c
	case at > i:
		r.at(key, "when: %q is asked later than this step: move it before", key.Value)
		return c
	}
	on := &f.Steps[at]
	if on.Kind != "" && !slices.Contains(conditional(), on.Kind) {
		r.at(key, "when: %q is %s: only %s can be compared", key.Value, withArticle(on.Kind), list(words(conditional())))
		return c
	}
	items := []*yaml.Node{val}
	if val.Kind == yaml.SequenceNode {
		items = r.items(val, "when")
	}
	for _, item := range items {
		v, ok := r.scalar(item, "when")
		switch {
		case !ok:
			continue
		case slices.Contains(c.In, v):
			r.at(item, "when has %s twice", quote(v))
		default:
			r.answer(item, "when", on, v)
			c.In = append(c.In, v)
		}
	}
	return c
}

// conditional are the kinds whose answers a when may ask for: those with a closed set of
// values and those with numbers.
func conditional() []Kind { return []Kind{Choice, Choices, YesNo, Amount, Count, Scale} }

// answer reports a value that the step could never have.
func (r *reader) answer(n *yaml.Node, what string, s *Question, v string) {
	switch s.Kind {
	case Choice, Choices, Roster:
		if _, ok := s.Choice(v); !ok && len(s.Choices) > 0 {
			r.at(n, "%s: %s is no choice of %q: %s", what, quote(v), s.Name, hint(v, codes(s)))
		}
	case YesNo:
		if v != Yes && v != No {
			r.at(n, "%s: %q answers ya or tidak, not %s", what, s.Name, quote(v))
		}
	case Amount, Count, Scale:
		x, err := strconv.ParseInt(v, 10, 64)
		if err != nil || strconv.FormatInt(x, 10) != v {
			r.at(n, "%s: %q answers a whole number, not %s", what, s.Name, quote(v))
			return
		}
		if why := s.outside(x); why != "" {
			r.at(n, "%s: %d is %s", what, x, why)
		}
	case Time:
		if c, err := time.Parse("15:04", v); err != nil || c.Format("15:04") != v {
			r.at(n, "%s: %q answers a time such as \"08:00\", not %s", what, s.Name, quote(v))
		}
	default: // when and default are for no other kind
	}
}

// outside says which bound of the step a number breaks, or "".
func (s *Question) outside(x int64) string {
	switch {
	case s.within(x):
		return ""
	case s.Max != 0 && x > s.Max:
		return "above max " + strconv.FormatInt(s.Max, 10)
	case s.Negative:
		return "below -" + strconv.FormatInt(s.Max, 10)
	case s.Min == 0:
		return "below 0"
	}
	return "below min " + strconv.FormatInt(s.Min, 10)
}

// codes lists the codes of a step's choices.
func codes(s *Question) []string {
	var out []string
	for i := range s.Choices {
		if s.Choices[i].Code != "" {
			out = append(out, s.Choices[i].Code)
		}
	}
	return out
}
