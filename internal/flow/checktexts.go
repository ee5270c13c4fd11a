package flow

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The longest texts, in characters. Labels of one column fit a cheap phone's width; two
// columns take labels up to twoColumns.
const (
	oneColumn    = 24
	longestName  = 20
	longestSkip  = 10 // it stands between back and cancel
	longestAsk   = 200
	longestLines = 3

	// What is read out tells all that the law wants told (UU 27/2022 Ps. 21).
	longestReading = 600
	readingLines   = 9
)

// words reports what is wrong with the texts of one language.
func (c *checker) words(flows []*Flow, t Texts) {
	used := map[string]map[string]bool{}
	for _, f := range flows {
		if used[f.ID] == nil {
			used[f.ID] = map[string]bool{}
		}
		w := &wording{checker: c, f: f, t: t, used: used[f.ID]}
		w.flow()
	}
	k, ok := t.(keyed)
	if !ok {
		for _, keys := range used {
			for _, key := range sortedKeys(keys) {
				c.kind(t, key)
			}
		}
		return
	}
	for _, key := range k.Keys() {
		c.kind(t, key)
		first, _, _ := strings.Cut(key, ".")
		if keys, ours := used[first]; ours && !keys[key] {
			c.fail("%s: %s is used by nothing%s", wordsFile(t), key, maybe(key, sortedKeys(keys)))
		}
	}
}

// sortedKeys lists a set in order.
func sortedKeys(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// maybe adds the key that was probably meant.
func maybe(key string, known []string) string {
	for _, k := range known {
		if distance(k, key) <= 2 {
			return ": did you mean " + k + "?"
		}
	}
	return ""
}

// wording looks at the texts of one flow in one language.
type wording struct {
	*checker
	f    *Flow
	t    Texts
	used map[string]bool
}

// bad notes a mistake in a text.
func (w *wording) bad(key, format string, args ...any) {
	w.fail("%s: %s "+format, append([]any{wordsFile(w.t), key}, args...)...)
}

// flow looks at all texts of the flow.
func (w *wording) flow() {
	w.label(w.f.TitleKey(), w.f.Icon, oneColumn)
	w.sentence(w.f.SavedKey())
	if key := w.f.PurposeKey(); w.t.Has(key) {
		w.sentence(key)
	}
	for i := range w.f.Steps {
		s := &w.f.Steps[i]
		w.asks(s)
		w.label(w.f.NameKey(s.Name), "", longestName)
		w.sentence(w.f.HelpKey(s.Name))
		if ask, ok := w.text(w.f.AskKey(s.Name)); ok && strings.Count(ask, "?") > 1 {
			w.bad(w.f.AskKey(s.Name), "asks more than one question")
		}
		if key := w.f.SkipKey(s.Name); s.Optional && w.t.Has(key) {
			w.label(key, "", longestSkip)
		}
		w.choices(s)
		if s.Kind == Roster {
			w.label(w.f.AllKey(s.Name), s.Choices[0].Icon, oneColumn)
		}
		w.optional(s)
	}
}

// text gives a text that has to be there.
func (w *wording) text(key string) (string, bool) {
	w.used[key] = true
	return w.t.Text(key), w.t.Has(key)
}

// choices looks at the labels of a step.
func (w *wording) choices(s *Question) {
	seen := map[string]string{}
	for _, o := range s.Choices {
		key := w.f.ChoiceKey(s.Name, o.Code)
		w.label(key, o.Icon, oneColumn)
		label, ok := w.text(key)
		if !ok {
			continue
		}
		if other, dup := seen[tidy(label)]; dup {
			w.bad(key, "has the label of %s", other)
		}
		seen[tidy(label)] = o.Code
		if slices.Contains(houseWords(), tidy(label)) && s.Kind != YesNo && !w.f.ReadsOut(s.Name) {
			w.bad(key, "is a command of the house: who types %q would not give the answer", label)
		}
	}
}

// optional looks at the labels that a step has all of or none: the anchors of a scale and
// the two answers of a yes or no.
func (w *wording) optional(s *Question) {
	var values []string
	switch s.Kind {
	case YesNo:
		values = []string{Yes, No}
	case Scale:
		for n := s.Min; n <= s.Max && n < s.Min+maxPoints; n++ {
			values = append(values, strconv.FormatInt(n, 10))
		}
	default:
		return
	}
	has := func(v string) bool { return w.t.Has(w.f.ChoiceKey(s.Name, v)) }
	if !slices.ContainsFunc(values, has) {
		return
	}
	for _, v := range values {
		icon := ""
		if s.Kind == Scale {
			icon = v + " ·"
		}
		w.label(w.f.ChoiceKey(s.Name, v), icon, oneColumn)
	}
}

// label looks at the text of a button, which stands behind its icon.
func (w *wording) label(key, icon string, longest int) {
	s, ok := w.text(key)
	if !ok {
		w.bad(key, "is missing")
		return
	}
	full := s
	if icon != "" {
		full = icon + " " + s
	}
	if n := utf8.RuneCountInString(full); n > longest {
		w.bad(key, "is too long for a button: %d characters with its icon, at most %d", n, longest)
	}
	if strings.ContainsAny(s, "<>&\n") {
		w.bad(key, "is a label: no markup and no second line")
	}
	if emojis(s) > 0 {
		w.bad(key, "has an emoji: the icon comes from the flow")
	}
	w.said(key, s)
}

// asks looks at a question, which may be one that is read out.
func (w *wording) asks(s *Question) {
	if w.f.ReadsOut(s.Name) {
		w.passage(w.f.AskKey(s.Name), longestReading, readingLines)
		return
	}
	w.sentence(w.f.AskKey(s.Name))
}

// sentence looks at a text that is said.
func (w *wording) sentence(key string) { w.passage(key, longestAsk, longestLines) }

// passage looks at a text that is said, of at most so many characters and lines.
func (w *wording) passage(key string, longest, lines int) {
	s, ok := w.text(key)
	if !ok {
		w.bad(key, "is missing")
		return
	}
	if n := utf8.RuneCountInString(withoutTags(s)); n > longest {
		w.bad(key, "is too long: %d characters, at most %d", n, longest)
	}
	if n := strings.Count(s, "\n") + 1; n > lines {
		w.bad(key, "has %d lines, at most %d", n, lines)
	}
	if emojis(s) > 1 {
		w.bad(key, "has more than one emoji")
	}
	w.said(key, s)
}

// said looks at what holds for every text of a flow.
func (w *wording) said(key, s string) {
	if s == "" || s != strings.TrimSpace(s) {
		w.bad(key, "is empty or has spaces around it")
	}
	if names := placeholders(s); len(names) > 0 {
		w.bad(key, "is said as it is: {{.%s}} would be seen", names[0])
	}
}

// emojis counts the pictures in a text.
func emojis(s string) int {
	n := 0
	for _, c := range s {
		if c >= 0x2190 && isPicture(c) {
			n++
		}
	}
	return n
}

// withoutTags is a text without its markup.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "<")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, s, _ = strings.Cut(after, ">")
	}
}

// wordsFile is where the words of a language stand, for whoever has to mend them.
func wordsFile(t Texts) string { return "locales/" + t.Lang() + ".toml" }
