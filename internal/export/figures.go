package export

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/program"
)

// Flow is what figures can be made of one kind of report: its choices and its numbers. What it
// does not name is in no figure.
type Flow struct {
	ID      string
	Nobodys bool // its reports are about no participant: each of them counts where a participant would
	Fields  []Field
}

// Field is one question of a flow.
type Field struct {
	Name           string
	Number         bool
	kanon.Question // of a choice
	kanon.Bounds   // of a number
}

// Figures writes what may leave without a name: for each week, flow and answer how many reports
// there are, and of numbers their sum and mean, as far as Suppress shows them. There is no code,
// author, text or day in it, and no two answers are crossed.
//
// A week is in it when it has ended before today: of a week that runs, two files of two days
// would tell what one report between them says. Every week from the first report on and every
// answer has its line, so that a line says nothing either. It gives how many figures are shown.
//
// What it cannot know are the files that were made before: a report that is late, or is taken
// back, makes a difference between two files of the same week.
func Figures(w io.Writer, format Format, flows []Flow, today program.Date, source Source) (int, error) {
	weeks := map[program.Date]map[string]*group{}
	end := today.WeekStart()
	first := end
	err := source(func(r program.Report) error {
		week := r.OccurredOn.WeekStart()
		if week.Time(time.UTC).IsZero() || week >= end {
			return nil
		}
		first = min(first, week)
		if weeks[week] == nil {
			weeks[week] = map[string]*group{}
		}
		for _, f := range flows {
			if f.ID != r.Flow {
				continue
			}
			if weeks[week][f.ID] == nil {
				weeks[week][f.ID] = newGroup(f)
			}
			weeks[week][f.ID].add(r)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	var lines []figureLine
	for week := first; week < end; week = week.AddDays(7) {
		for _, f := range flows {
			g := weeks[week][f.ID]
			if g == nil {
				g = newGroup(f)
			}
			lines = append(lines, g.lines(weekName(week))...)
		}
	}
	return shown(lines), writeFigures(w, format, flows, lines)
}

// weekName is the ISO week that begins on a Monday: 2026-W47.
func weekName(monday program.Date) string {
	year, week := monday.Time(time.UTC).ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

// group is one flow in one week.
type group struct {
	flow    Flow
	all     *kanon.Cells
	cells   []*kanon.Cells   // by field; nil for numbers
	numbers []*kanon.Numbers // by field; nil for choices
}

func newGroup(f Flow) *group {
	g := &group{
		flow: f, all: kanon.NewCells(kanon.Question{}),
		cells: make([]*kanon.Cells, len(f.Fields)), numbers: make([]*kanon.Numbers, len(f.Fields)),
	}
	for i, field := range f.Fields {
		if field.Number {
			g.numbers[i] = kanon.NewNumbers(field.Bounds)
		} else {
			g.cells[i] = kanon.NewCells(field.Question)
		}
	}
	return g
}

// add takes one report in.
func (g *group) add(r program.Report) {
	who := r.Participant
	if g.flow.Nobodys {
		who = r.ID
	}
	g.all.Add(who)
	for i, field := range g.flow.Fields {
		var codes []string
		var numbers []int64
		for _, f := range r.Facts {
			switch {
			case f.Field != field.Name:
			case f.Number != nil:
				numbers = append(numbers, *f.Number)
			default:
				codes = append(codes, f.Code)
			}
		}
		if field.Number {
			g.numbers[i].Add(who, numbers...)
		} else {
			g.cells[i].Add(who, codes...)
		}
	}
}

// figureLine is one figure as scripts see it.
type figureLine struct {
	Week       string   `json:"week"`
	Flow       string   `json:"flow"`
	Field      string   `json:"field,omitempty"`
	Code       string   `json:"code,omitempty"`
	Count      int64    `json:"count,omitempty"` // what is shown is never 0
	Sum        *int64   `json:"sum,omitempty"`
	Mean       *float64 `json:"mean,omitempty"`
	Suppressed bool     `json:"suppressed,omitempty"`
	number     bool
}

// lines are the figures of the group: the total, and each field's.
func (g *group) lines(week string) []figureLine {
	line := func(field string, f kanon.Figure) figureLine {
		return figureLine{Week: week, Flow: g.flow.ID, Field: field, Code: f.Key, Count: f.Count, Suppressed: !f.Shown}
	}
	out := []figureLine{line("", g.all.Total())}
	for i, field := range g.flow.Fields {
		if !field.Number {
			for _, f := range g.cells[i].Suppress() {
				out = append(out, line(field.Name, f))
			}
			continue
		}
		f := g.numbers[i].Suppress()
		l := line(field.Name, f)
		l.number = true
		if f.Shown {
			mean := math.Round(f.Mean*100) / 100
			l.Sum, l.Mean = &f.Sum, &mean
		}
		out = append(out, l)
	}
	return out
}

// shown counts the figures that are.
func shown(lines []figureLine) int {
	n := 0
	for _, l := range lines {
		if !l.Suppressed {
			n++
		}
	}
	return n
}

// writeFigures writes lines in a format: jsonl as they are, the others as tables.
func writeFigures(w io.Writer, format Format, flows []Flow, lines []figureLine) error {
	if format == JSONL {
		enc := json.NewEncoder(w)
		for _, l := range lines {
			if err := enc.Encode(l); err != nil {
				return fmt.Errorf("write the figures: %w", err)
			}
		}
		return nil
	}
	tables := make([]table, len(flows))
	for i, f := range flows {
		tables[i] = table{name: f.ID, columns: []string{"week", "flow", "field", "code", "count", "sum", "mean"}}
		for _, l := range lines {
			if l.Flow == f.ID {
				tables[i].rows = append(tables[i].rows, l.row())
			}
		}
	}
	return write(w, format, tables)
}

// row is a line in a table.
func (l figureLine) row() []any {
	row := []any{l.Week, l.Flow, l.Field, l.Code, l.Count, nil, nil}
	switch {
	case l.Suppressed && l.number:
		row[4], row[5], row[6] = kanon.Hidden, kanon.Hidden, kanon.Hidden
	case l.Suppressed:
		row[4] = kanon.Hidden
	case l.number:
		row[5], row[6] = *l.Sum, *l.Mean
	}
	return row
}
