package flow

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// readSteps reads the questions. A step that cannot be read still counts, so that what
// refers to it is not reported as well.
func (r *reader) readSteps(n *yaml.Node) []Question {
	items := r.items(n, "steps")
	if len(items) > maxSteps {
		r.at(items[maxSteps], "more than %d steps: nobody answers that many", maxSteps)
		items = items[:maxSteps]
	}
	var steps []Question
	for _, item := range items {
		at, ok := r.fields(item, "a step", stepFields())
		if !ok {
			continue
		}
		s := r.step(at)
		if i := slices.IndexFunc(steps, func(o Question) bool { return o.Name == s.Name && s.Name != "" }); i >= 0 {
			r.at(at.val["name"], "there are two steps %q, the first in line %d", s.Name, r.steps[i].val["name"].Line)
		}
		steps = append(steps, s)
		r.steps = append(r.steps, at)
	}
	return steps
}

// step reads one question by itself; what it says about others is read by rules.
func (r *reader) step(at fields) Question {
	s := Question{Asked: Always}
	for name, n := range at.val {
		switch name {
		case "name":
			s.Name = r.name(n, "name", reservedSteps())
		case "kind":
			if k, ok := r.oneOf(n, "kind", words(Kinds())); ok {
				s.Kind = Kind(k)
			}
		case "asked":
			if a, ok := r.oneOf(n, "asked", askedWords()); ok {
				s.Asked = Asked(a)
			}
		case "optional":
			s.Optional = r.flag(n, name)
		case "sensitive":
			s.Sensitive = r.flag(n, name)
		case "passing":
			s.Passing = r.flag(n, name)
		}
	}
	r.forKind(&s, at)
	return s
}

// forKind reads what only some kinds of steps have.
func (r *reader) forKind(s *Question, at fields) {
	if s.Kind == "" {
		return // what the step may have is unknown
	}
	if s.Kind == Date || s.Kind == DateTime {
		s.Days = defaultDays
	}
	if s.Kind == Text {
		s.Length = defaultLength
	}
	for _, f := range stepFields() {
		n, ok := at.val[f.name]
		if !ok || len(f.kinds) == 0 {
			continue
		}
		if !slices.Contains(f.kinds, s.Kind) {
			r.at(at.key[f.name], "%s step has no %s: it is for %s", withArticle(s.Kind), f.name, list(words(f.kinds)))
			continue
		}
		r.kindField(s, f.name, n)
	}
}

// kindField reads one key that only some kinds of steps have.
func (r *reader) kindField(s *Question, name string, n *yaml.Node) {
	switch name {
	case "note":
		s.Note = r.flag(n, name)
	case "choices":
		s.Choices = r.options(n, s.Kind)
	case "tense":
		if t, ok := r.oneOf(n, name, tenses()); ok {
			s.Tense = Tense(t)
		}
	case "days":
		s.Days = int(r.upTo(n, name, maxDays))
	case "min":
		s.Min, _ = r.number(n, name)
	case "max":
		v, ok := r.number(n, name)
		if !ok {
			v = maxNumber // said already: bounds need not say more
		}
		s.Max = v
	case "usual":
		s.Usual = r.upTo(n, name, maxNumber)
	case "negative":
		s.Negative = r.flag(n, name)
	case "length":
		s.Length = int(r.upTo(n, name, maxLength))
	case "quick":
		s.Quick = r.quick(n)
	case "default":
		s.Default, _ = r.scalar(n, name)
	}
}

// quick reads the numbers on buttons.
func (r *reader) quick(n *yaml.Node) []int64 {
	items := r.items(n, "quick")
	if len(items) > maxQuick {
		r.at(items[maxQuick], "quick: more than %d buttons do not fit a phone", maxQuick)
		items = items[:maxQuick]
	}
	var out []int64
	for _, item := range items {
		v, ok := r.number(item, "quick")
		if ok && slices.Contains(out, v) {
			r.at(item, "quick has %d twice", v)
		}
		if ok {
			out = append(out, v)
		}
	}
	return out
}

// options reads the choices of a step.
func (r *reader) options(n *yaml.Node, k Kind) []Option {
	items := r.items(n, "choices")
	if len(items) > maxChoices {
		r.at(items[maxChoices], "more than %d choices: nobody reads that many", maxChoices)
		items = items[:maxChoices]
	}
	var out []Option
	for _, item := range items {
		at, ok := r.fields(item, "a choice", optionFields())
		if !ok {
			continue
		}
		o := r.option(at, k)
		for _, earlier := range out {
			if o.Code != "" && earlier.Code == o.Code {
				r.at(at.val["code"], "there are two choices %q in this step", o.Code)
			}
			if o.Icon != "" && bare(earlier.Icon) == bare(o.Icon) {
				r.at(at.val["icon"], "%s is already the icon of %q: each choice has another", o.Icon, earlier.Code)
			}
		}
		if !o.More && len(out) > 0 && out[len(out)-1].More {
			r.at(item, "%s is shown first and stands behind one with more: move it up, or give it more: true", quote(o.Code))
		}
		out = append(out, o)
	}
	if len(items) == 1 {
		r.at(n, "one choice is no choice: give at least two")
	}
	if len(out) > 0 && !slices.ContainsFunc(out, func(o Option) bool { return !o.More }) {
		r.at(n, "every choice is behind more: show at least one")
	}
	if i := slices.IndexFunc(out, func(o Option) bool { return o.More }); i > perPage {
		r.at(items[perPage], "%d choices are shown at a time, and this is one too many: give it more: true", perPage)
	}
	return out
}

// option reads one choice.
func (r *reader) option(at fields, k Kind) Option {
	var o Option
	for name, n := range at.val {
		switch name {
		case "code":
			o.Code = r.name(n, "code", localeWords())
		case "icon":
			o.Icon = r.emoji(n, "icon")
		case "more":
			o.More = r.flag(n, name)
		case "alone":
			o.Alone = r.flag(n, name)
			if k != Choices {
				r.at(at.key[name], "alone is for kind choices: in %s every answer is alone", withArticle(k))
			}
		}
	}
	return o
}

// bare is an icon without the mark that asks for its coloured form: with and without it
// the same picture is drawn.
func bare(icon string) string { return strings.ReplaceAll(icon, "\uFE0F", "") }
