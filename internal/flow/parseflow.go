package flow

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// flow reads the whole file.
func (r *reader) flow(root *yaml.Node) *Flow {
	f := &Flow{}
	top, ok := r.fields(root, "the flow", flowFields())
	if !ok {
		return f
	}
	for name, n := range top.val {
		switch name {
		case "id":
			f.ID = r.name(n, name, reservedIDs())
		case "version":
			f.Version = int(r.upTo(n, name, 1_000_000))
		case "icon":
			f.Icon = r.emoji(n, name)
		case "command":
			f.Command = r.name(n, name, nil)
		case "keywords":
			f.Keywords = r.keywords(n)
		case "start":
			f.Start = r.words(n, "start", func(n *yaml.Node) (string, bool) { return r.oneOf(n, "role", roles()) })
		case "about":
			if s, ok := r.oneOf(n, "about", abouts()); ok {
				f.About = Kind(s)
			}
		case "menu":
			f.Unlisted = !r.flag(n, name)
		case "steps":
			f.Steps = r.readSteps(n)
		}
	}
	r.rules(f, top)
	if n, ok := top.val["save"]; ok {
		f.Save = r.save(n, f, top)
	}
	if f.Save.As == AsReport {
		r.readOut(f)
	}
	if n, ok := top.val["digest"]; ok {
		f.Digest = r.digest(n, f)
	}
	return f
}

// localeWords are the keys that message files keep for themselves: go-i18n takes a table
// with one of them for a message with plural forms.
func localeWords() []string {
	return []string{
		"id", "description", "hash", "leftdelim", "rightdelim", "translation",
		"zero", "one", "two", "few", "many", "other",
	}
}

// reservedIDs are the first words of the house's own keys in locales/.
func reservedIDs() []string {
	return append(localeWords(), "menu", "card", "say", "report", "digest", "remind", "role", "stage", "command", "status", "matter", "next")
}

// reservedSteps are the words that stand beside or below the step in keys of locales/, and
// the negation of when.
func reservedSteps() []string {
	return append(localeWords(), "title", "saved", "purpose", "choice", "ask", "name", "help", "skip", "not")
}

// name reads a name that may stand in keys, columns and callback data.
func (r *reader) name(n *yaml.Node, what string, reserved []string) string {
	s, ok := r.text(n, what)
	switch {
	case !ok:
		return ""
	case slices.Contains(reserved, s):
		r.at(n, "%s: %q has a meaning of its own in locales/: choose another name", what, s)
	case !isName(s):
		r.at(n, "%s: %s is no name: small letters, digits and _, a letter first, at most %d", what, quote(s), maxName)
	default:
		return s
	}
	return ""
}

// isName reports whether a word is [a-z][a-z0-9_]* and not too long.
func isName(s string) bool {
	if s == "" || len(s) > maxName || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// emoji reads an icon.
func (r *reader) emoji(n *yaml.Node, what string) string {
	s, ok := r.text(n, what)
	if ok && !isEmoji(s) {
		r.at(n, "%s: want one emoji, not %s", what, quote(s))
		return ""
	}
	return s
}

// isEmoji reports whether a text is one picture: signs, their joiners and their colours.
// It does not know every sequence; it keeps letters and sentences out of the icons.
func isEmoji(s string) bool {
	if utf8.RuneCountInString(s) > 8 {
		return false
	}
	pictures := 0
	for i, c := range s {
		switch {
		case c == '\uFE0F' || c == '\u200D' || unicode.Is(unicode.Mn, c) || tone(c):
			if i == 0 {
				return false
			}
		case isPicture(c):
			pictures++
		default:
			return false
		}
	}
	joins := strings.Count(s, "\u200D")
	flag := pictures == 2 && regional(s)
	return flag || pictures == joins+1
}

// isPicture reports whether a character is drawn as a picture.
func isPicture(c rune) bool {
	return c > 0x2000 && unicode.In(c, unicode.So, unicode.Sm) && c != '\uFFFD'
}

// tone reports whether a character colours the skin of the picture before it.
func tone(c rune) bool { return c >= 0x1F3FB && c <= 0x1F3FF }

// regional reports whether a text is made of the letters of flags.
func regional(s string) bool {
	for _, c := range s {
		if c < 0x1F1E6 || c > 0x1F1FF {
			return false
		}
	}
	return s != ""
}

// words reads a list of different words, each by read.
func (r *reader) words(n *yaml.Node, what string, read func(*yaml.Node) (string, bool)) []string {
	var out []string
	for _, item := range r.items(n, what) {
		s, ok := read(item)
		if !ok {
			continue
		}
		if slices.Contains(out, s) {
			r.at(item, "%s has %s twice", what, quote(s))
			continue
		}
		out = append(out, s)
	}
	return out
}

// keywords reads the messages that start the flow, as they are compared: in small letters.
func (r *reader) keywords(n *yaml.Node) []string {
	return r.words(n, "keywords", func(item *yaml.Node) (string, bool) {
		s, ok := r.text(item, "keyword")
		if !ok {
			return "", false
		}
		if tidy := strings.Join(strings.Fields(strings.ToLower(s)), " "); s != tidy || len(s) > 2*maxName {
			r.at(item, "keyword: write %s in small letters, shorter than %d, without spaces around it", quote(s), 2*maxName)
			return "", false
		}
		if strings.HasPrefix(s, "/") {
			r.at(item, "keyword: %s starts with a slash: commands go to command", quote(s))
			return "", false
		}
		return s, true
	})
}

// dateStep reads the name of a date step that looks the right way.
func (r *reader) dateStep(n *yaml.Node, what string, f *Flow, t Tense) (string, bool) {
	s, ok := r.stepOf(n, what, f)
	if !ok {
		return "", false
	}
	if s.Kind != Date && s.Kind != DateTime {
		r.at(n, "%s: %q is %s: want a date step", what, s.Name, withArticle(s.Kind))
		return "", false
	}
	if s.Tense != t && s.Tense != "" {
		r.at(n, "%s: %q looks to the %s: want a date of the %s", what, s.Name, s.Tense, t)
		return "", false
	}
	return s.Name, true
}

// stepOf reads the name of a step of the flow.
func (r *reader) stepOf(n *yaml.Node, what string, f *Flow) (*Question, bool) {
	name, ok := r.text(n, what)
	if !ok {
		return nil, false
	}
	s, ok := f.Step(name)
	if !ok {
		r.at(n, "%s: there is no step %s: %s", what, quote(name), hint(name, stepNames(f.Steps)))
	}
	return s, ok
}

// stepNames lists the names of steps that have one.
func stepNames(steps []Question) []string {
	var names []string
	for i := range steps {
		if steps[i].Name != "" {
			names = append(names, steps[i].Name)
		}
	}
	return names
}

// digest reads what is counted.
func (r *reader) digest(n *yaml.Node, f *Flow) []Figure {
	var out []Figure
	for _, item := range r.items(n, "digest") {
		at, ok := r.fields(item, "a figure", figureFields())
		if !ok {
			continue
		}
		var fig Figure
		if n, ok := at.val["figure"]; ok {
			if s, ok := r.oneOf(n, "figure", figures()); ok {
				fig.Kind = FigureKind(s)
			}
		}
		if n, ok := at.val["change"]; ok {
			fig.Change = r.flag(n, "change")
		}
		r.figureOf(&fig, at, f)
		same := func(g Figure) bool { return g.Kind == fig.Kind && g.Of == fig.Of }
		if fig.Kind != "" && slices.ContainsFunc(out, same) {
			r.at(item, "digest has this figure twice")
		}
		out = append(out, fig)
	}
	return out
}

// figureOf reads the step of a figure and reports one that cannot be counted so.
func (r *reader) figureOf(fig *Figure, at fields, f *Flow) {
	n, ok := at.val["of"]
	switch {
	case fig.Kind == "":
		return
	case fig.Kind == FigureCount && ok:
		r.at(n, "count counts the reports: leave of out")
		return
	case fig.Kind == FigureCount:
		return
	case !ok:
		r.at(at.node, "%s needs of: the step to take it from", fig.Kind)
		return
	}
	s, ok := r.stepOf(n, "of", f)
	if !ok {
		return
	}
	want := []Kind{Amount, Count, Scale}
	if fig.Kind == FigureByChoice {
		want = []Kind{Choice, Choices, YesNo}
	}
	switch {
	case s.Kind == "":
	case !slices.Contains(want, s.Kind):
		r.at(n, "%s cannot be made of %q, %s: want %s", fig.Kind, s.Name, withArticle(s.Kind), list(words(want)))
	case s.Sensitive:
		r.at(n, "%q is sensitive and never counted", s.Name)
	}
	fig.Of = s.Name
}

// stepLabel names a step in a sentence.
func stepLabel(s *Question) string {
	if s.Name == "" {
		return "this step"
	}
	return fmt.Sprintf("step %q", s.Name)
}
