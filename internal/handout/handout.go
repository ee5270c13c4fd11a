// Package handout is what the chair takes away from a week: three pictures, and the digest as a workbook
// or a PDF. Everything comes from the figures of the digest, so what is hidden there is hidden here. It
// is pure; the same figures give the same bytes.
package handout

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/paper"
	"github.com/dampingi/dampingi/internal/picture"
	"github.com/dampingi/dampingi/internal/program"
)

// Picture is one picture, with the same figures in words.
type Picture struct {
	Name    string // a file name without folder
	Caption string // plain text, up to 1024 characters
	PNG     []byte
}

// captionMost is how long Telegram lets a caption be, in characters.
const captionMost = 1024

// Pictures are the three of a week: contacts against the plan, how businesses go, and where everybody is.
func Pictures(f digest.Figures, s digest.Speaker) ([]Picture, error) {
	all := make([]Picture, 0, 3)
	for _, draw := range []func(digest.Figures, digest.Speaker) (Picture, error){contacts, direction, stages} {
		p, err := draw(f, s)
		if err != nil {
			return nil, fmt.Errorf("draw the week %s: %w", f.Week, err)
		}
		p.Caption = shortened(p.Caption)
		all = append(all, p)
	}
	return all, nil
}

// Name is what a file about a week is called.
func Name(f digest.Figures, ending string) string { return "rangkuman-" + f.Week.String() + ending }

// shortened keeps a caption within what can be sent, by whole lines, the latest ones.
func shortened(caption string) string {
	lines := strings.Split(caption, "\n")
	for len([]rune(strings.Join(lines, "\n"))) > captionMost && len(lines) > 2 {
		lines = append(lines[:1], lines[2:]...)
	}
	return strings.Join(lines, "\n")
}

// words are what a picture says by itself.
func words(s digest.Speaker) picture.Words {
	return picture.Words{
		Empty: s.Text("handout.empty"), Thousand: s.Text("handout.thousand"), Million: s.Text("handout.million"),
		English: bahasa.Lang(s.Lang()) == bahasa.English,
	}
}

// weeks are the Mondays of the weeks of a digest, the latest last, as they are written.
func weeks(f digest.Figures, s digest.Speaker) []string {
	all := make([]string, 0, digest.Weeks)
	for ago := digest.Weeks - 1; ago >= 0; ago-- {
		all = append(all, digest.Day(s, f.Week.Add(-ago).Monday()))
	}
	return all
}

func contacts(f digest.Figures, s digest.Speaker) (Picture, error) {
	labels := weeks(f, s)
	noted, plan := make([]float64, digest.Weeks), make([]float64, digest.Weeks)
	lines := []string{s.Text("handout.contacts")}
	for i, n := range f.Contacts {
		noted[i], plan[i] = float64(n), float64(f.Expected)
		lines = append(lines, labels[i]+": "+strconv.Itoa(n))
	}
	series := []picture.Series{{Name: s.Text("handout.noted"), Values: noted}}
	if f.Expected > 0 && f.Process.Reached.Shown {
		series = append(series, picture.Series{Name: s.Text("handout.plan"), Values: plan})
		lines = append(lines, digest.Plain(s.Format("handout.planned", map[string]any{"Count": f.Expected})))
	}
	png, err := words(s).Lines(s.Text("handout.contacts"), labels, series...)
	return Picture{Name(f, "-1.png"), strings.Join(lines, "\n"), png}, err
}

// value is a figure as it is drawn: a gap where it is not shown.
func value(f kanon.Figure) float64 {
	if !f.Shown {
		return math.NaN()
	}
	return float64(f.Count)
}

// drawn are the directions that are drawn.
func drawn() []string { return []string{"naik", "tetap", "turun"} }

func direction(f digest.Figures, s digest.Speaker) (Picture, error) {
	labels := weeks(f, s)
	series := make([]picture.Series, len(drawn()))
	lines := []string{s.Text("handout.direction")}
	for i, key := range drawn() {
		series[i].Name = s.Choice(digest.FlowTrade, "arah", key)
		for _, week := range f.Direction {
			series[i].Values = append(series[i].Values, value(of(week, key)))
		}
	}
	few := false
	for i, week := range f.Direction {
		if !slices.ContainsFunc(some(week), func(f kanon.Figure) bool { return f.Shown }) {
			few = true
			continue
		}
		lines = append(lines, labels[i]+": "+digest.List(s, some(week), func(code string) string { return s.Choice(digest.FlowTrade, "arah", code) }))
	}
	if few {
		lines = append(lines, s.Text("handout.few_weeks"))
	}
	png, err := words(s).Bars(s.Text("handout.direction"), labels, series...)
	return Picture{Name(f, "-2.png"), strings.Join(lines, "\n"), png}, err
}

// of is the figure of a key; one that is not there is not shown.
func of(all []kanon.Figure, key string) kanon.Figure {
	for _, f := range all {
		if f.Key == key {
			return f
		}
	}
	return kanon.Figure{Key: key}
}

// some are the figures that are drawn.
func some(all []kanon.Figure) []kanon.Figure {
	out := make([]kanon.Figure, 0, len(drawn()))
	for _, key := range drawn() {
		out = append(out, of(all, key))
	}
	return out
}

func stages(f digest.Figures, s digest.Speaker) (Picture, error) {
	var labels []string
	var values []float64
	lines := []string{s.Text("handout.stages")}
	for _, g := range []program.GuestGroup{program.GroupLearning, program.GroupCapital, program.GroupTrading, program.GroupIndependent} {
		figure := of(f.Process.Groups, string(g))
		labels, values = append(labels, s.Group(g)), append(values, value(figure))
		lines = append(lines, s.Group(g)+": "+digest.Shown(figure))
	}
	png, err := words(s).Funnel(s.Text("handout.stages"), labels, values)
	return Picture{Name(f, "-3.png"), strings.Join(lines, "\n"), png}, err
}

// Document is the whole digest as a document, with the pictures and with what they show as tables.
func Document(f digest.Figures, s digest.Speaker, pictures []Picture) paper.Document {
	title := strings.Split(digest.Plain(f.Title(s)), "\n")
	doc := paper.Document{Title: strings.TrimPrefix(title[0], "📊 "), At: f.MadeAt.In(s.Zone)}
	below := title[1:]
	if s.House != "" {
		below = append([]string{s.House}, below...)
	}
	if len(below) > 0 {
		doc.Sections = append(doc.Sections, paper.Section{Lines: below})
	}
	for _, b := range f.Blocks(s) {
		section := paper.Section{Head: digest.Plain(b.Head)}
		for _, line := range b.Lines {
			section.Lines = append(section.Lines, digest.Plain(line))
		}
		doc.Sections = append(doc.Sections, section)
	}
	doc.Sections = append(doc.Sections, table(f, s))
	for _, p := range pictures {
		head, _, _ := strings.Cut(p.Caption, "\n")
		doc.Pictures = append(doc.Pictures, paper.Picture{Caption: head, PNG: p.PNG})
	}
	return doc
}

// table is what the pictures show week by week.
func table(f digest.Figures, s digest.Speaker) paper.Section {
	header := []string{s.Text("handout.week"), s.Text("handout.noted")}
	for _, key := range drawn() {
		header = append(header, s.Choice(digest.FlowTrade, "arah", key))
	}
	section := paper.Section{Head: s.Text("handout.weeks"), Table: [][]string{header}}
	for i, label := range weeks(f, s) {
		row := []string{label, strconv.Itoa(f.Contacts[i])}
		for _, figure := range some(f.Direction[i]) {
			row = append(row, digest.Shown(figure))
		}
		section.Table = append(section.Table, row)
	}
	return section
}
