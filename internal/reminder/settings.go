package reminder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	"go.yaml.in/yaml/v4"
)

// Mistake is something in a settings file that cannot be, with its place.
type Mistake struct {
	File         string
	Line, Column int
	Text         string
}

// Error says where it is and what it is.
func (m Mistake) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Text)
}

// The most that settings may allow. What participants are told may be less than the programme says,
// and never more (safety.md 3.5).
const (
	staffDayMost = 5
	numberMost   = 1000
)

// Read reads an institution's settings from a YAML file; what it does not say is as in Defaults. Every
// mistake is in the error, with its place.
func Read(file string, data []byte, zone *time.Location) (Settings, error) {
	r := settingsReader{file: file, set: Defaults(zone)}
	r.set.Rules = map[string]Change{}
	var doc yaml.Node
	if err := load(data, &doc); err != nil {
		var at *yaml.LoadError
		if errors.As(err, &at) && at.Mark.Line > 0 {
			return r.set, Mistake{file, at.Mark.Line, at.Mark.Column, "this is no YAML: " + at.Message}
		}
		return r.set, Mistake{file, 1, 1, "this is no YAML: " + err.Error()}
	}
	if len(doc.Content) > 0 {
		r.keys(doc.Content[0], map[string]func(*yaml.Node){
			"hours": r.hours, "friday": r.friday, "staff": r.staff, "participants": r.participants, "rules": r.rules,
		})
	}
	return r.set, errors.Join(r.mistakes...)
}

// load reads one document; an empty file is none, and no mistake.
func load(data []byte, doc *yaml.Node) (err error) {
	defer func() {
		if v := recover(); v != nil { // a panic of the library is the file's mistake
			err = fmt.Errorf("unreadable: %v", v)
		}
	}()
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err == nil {
		err = loader.Load(doc)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

type settingsReader struct {
	file     string
	set      Settings
	mistakes []error
}

func (r *settingsReader) at(n *yaml.Node, format string, args ...any) {
	r.mistakes = append(r.mistakes, Mistake{r.file, n.Line, n.Column, fmt.Sprintf(format, args...)})
}

// keys gives the value of each key to whoever reads it.
func (r *settingsReader) keys(n *yaml.Node, known map[string]func(*yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.at(n, "want keys and values: %s", strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, ok := known[key.Value]
		switch {
		case !ok:
			r.at(key, "unknown key %q: use %s", key.Value, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		case seen[key.Value]:
			r.at(key, "%s stands here twice", key.Value)
		default:
			seen[key.Value] = true
			read(value)
		}
	}
}

// hours reads within which the staff is told.
func (r *settingsReader) hours(n *yaml.Node) {
	if s, ok := r.span(n); ok {
		r.set.Hours = s
	}
}

// friday reads within which nobody is told on a Friday.
func (r *settingsReader) friday(n *yaml.Node) {
	if n.Value == "none" {
		r.set.Friday = Span{}
		return
	}
	if s, ok := r.span(n); ok {
		r.set.Friday = s
	}
}

// span reads "07:00-20:00".
func (r *settingsReader) span(n *yaml.Node) (Span, bool) {
	from, to, _ := strings.Cut(n.Value, "-")
	a, err := time.Parse("15:04", strings.TrimSpace(from))
	b, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if err != nil || err2 != nil || a.Equal(b) {
		r.at(n, "want two times of the day, such as 07:00-20:00, not %q", n.Value)
		return Span{}, false
	}
	return Span{a.Hour()*60 + a.Minute(), b.Hour()*60 + b.Minute()}, true
}

// number reads a whole number from 1 to most.
func (r *settingsReader) number(n *yaml.Node, most int, why string) (int, bool) {
	i, err := strconv.Atoi(n.Value)
	if err != nil || n.Kind != yaml.ScalarNode || i < 1 || i > most {
		r.at(n, "want a number from 1 to %d%s, not %q", most, why, n.Value)
		return 0, false
	}
	return i, true
}

// limit reads a number into its place.
func (r *settingsReader) limit(into *int, most int, why string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if i, ok := r.number(n, most, why); ok {
			*into = i
		}
	}
}

// staff reads how much one of the staff is told.
func (r *settingsReader) staff(n *yaml.Node) {
	r.keys(n, map[string]func(*yaml.Node){"day": r.limit(&r.set.StaffDay, staffDayMost, "")})
}

// participants reads how much a participant is told.
func (r *settingsReader) participants(n *yaml.Node) {
	most, why := Defaults(r.set.Zone), " (for their safety, never more)"
	r.keys(n, map[string]func(*yaml.Node){
		"day": r.limit(&r.set.HerDay, most.HerDay, why), "week": r.limit(&r.set.HerWeek, most.HerWeek, why),
	})
}

// rules reads what is changed of the rules.
func (r *settingsReader) rules(n *yaml.Node) {
	known := map[string]func(*yaml.Node){}
	for _, rule := range Rules() {
		known[rule.ID] = func(n *yaml.Node) { r.rule(rule, n) }
	}
	r.keys(n, known)
}

// rule reads what is changed of one: "off", or when it is told and its numbers.
func (r *settingsReader) rule(rule Rule, n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Value == "off" {
		if rule.Urgent {
			r.at(n, "rule %s is about somebody's safety and cannot be switched off", rule.ID)
		}
		r.set.Rules[rule.ID] = Change{Off: !rule.Urgent}
		return
	}
	change := Change{Numbers: Numbers{}}
	known := map[string]func(*yaml.Node){}
	if rule.When != "" {
		known["when"] = func(n *yaml.Node) {
			if _, err := cron.ParseStandard(n.Value); err != nil {
				r.at(n, "want minute, hour, day, month and weekday, such as \"0 8 * * 1\", not %q: %s", n.Value, err)
				return
			}
			change.When = n.Value
		}
	}
	for name := range rule.Numbers {
		known[name] = func(n *yaml.Node) {
			if i, ok := r.number(n, numberMost, ""); ok {
				change.Numbers[name] = i
			}
		}
	}
	r.keys(n, known)
	r.set.Rules[rule.ID] = change
}
