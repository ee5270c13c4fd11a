package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Line is one report as scripts see it, in `reports list --json` and in an export.
type Line struct {
	ID          string          `json:"id"`
	Flow        string          `json:"flow"`
	FlowVersion int             `json:"flow_version"`
	Participant string          `json:"participant"`
	Author      string          `json:"author"`
	OccurredOn  program.Date    `json:"occurred_on"`
	CreatedAt   time.Time       `json:"created_at"`
	Answers     json.RawMessage `json:"answers"`
	Source      string          `json:"source,omitempty"`
	UndoneAt    *time.Time      `json:"undone_at,omitempty"`
}

// LineOf is a report as scripts see it.
func LineOf(r program.Report) Line {
	l := Line{
		ID: r.ID, Flow: r.Flow, FlowVersion: r.FlowVersion, Participant: r.Participant, Author: r.Author,
		OccurredOn: r.OccurredOn, CreatedAt: r.CreatedAt, Answers: r.Answers, Source: r.Source,
	}
	if !r.UndoneAt.IsZero() {
		l.UndoneAt = &r.UndoneAt
	}
	return l
}

// reportColumns come before the answers. A participant is her code; the sentence that a report
// was read from is in jsonl alone.
func reportColumns() []string {
	return []string{"id", "flow", "flow_version", "participant", "author", "occurred_on", "created_at", "undone_at"}
}

// Reports writes reports with everything that they say: this must leave only behind a Lock. jsonl
// is written as they come; the tables of csv and xlsx are gathered first, because their columns
// are the names of all answers. It gives how many reports there are.
func Reports(w io.Writer, format Format, source Source) (int, error) {
	n := 0
	if format == JSONL {
		enc := json.NewEncoder(w)
		return n, source(func(r program.Report) error {
			n++
			return wrapped("write report", r.ID, enc.Encode(LineOf(r)))
		})
	}
	var sheets []*sheet
	err := source(func(r program.Report) error {
		n++
		i := slices.IndexFunc(sheets, func(s *sheet) bool { return s.name == r.Flow })
		if i < 0 {
			i = len(sheets)
			sheets = append(sheets, &sheet{table: table{name: r.Flow, columns: reportColumns()}, place: map[string]int{}})
		}
		return wrapped("read the answers of report", r.ID, sheets[i].add(r))
	})
	if err != nil {
		return n, err
	}
	slices.SortFunc(sheets, func(a, b *sheet) int { return strings.Compare(a.name, b.name) })
	tables := make([]table, 0, max(1, len(sheets)))
	for _, s := range sheets {
		tables = append(tables, s.table)
	}
	if len(tables) == 0 {
		tables = append(tables, table{name: "laporan", columns: reportColumns()})
	}
	return n, write(w, format, tables)
}

// wrapped says what was being done to which report, when something went wrong.
func wrapped(what, id string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s: %w", what, id, err)
}

// sheet is the table of one flow's reports.
type sheet struct {
	table
	place map[string]int // the column of an answer
}

// add puts one report into the table, with a column for every answer that is new in it.
func (s *sheet) add(r program.Report) error {
	row := []any{r.ID, r.Flow, int64(r.FlowVersion), r.Participant, r.Author, r.OccurredOn, r.CreatedAt, nil}
	if !r.UndoneAt.IsZero() {
		row[len(row)-1] = r.UndoneAt
	}
	err := members(r.Answers, func(name string, value any) {
		i, ok := s.place[name]
		if !ok {
			i = len(s.columns)
			s.place[name] = i
			if slices.Contains(reportColumns(), name) {
				name = "answers." + name
			}
			s.columns = append(s.columns, name)
		}
		for len(row) <= i {
			row = append(row, nil)
		}
		row[i] = value
	})
	s.rows = append(s.rows, row)
	return err
}

// errNoObject says so without what is there instead.
var errNoObject = errors.New("the answers are no object")

// members gives every member of an object in its order, as a value of a table.
func members(object json.RawMessage, each func(name string, value any)) error {
	if len(object) == 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(object))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errNoObject
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return fmt.Errorf("read the name of an answer: %w", err)
		}
		var v any
		if err := d.Decode(&v); err != nil {
			return fmt.Errorf("read an answer: %w", err)
		}
		each(name.(string), cell(v)) //nolint:errcheck // the name of a member is a string
	}
	if _, err := d.Token(); err != nil {
		return errNoObject
	}
	return nil
}

// cell is an answer as a value of a table: days as days, numbers as numbers, yes and no as the
// flows have them, several answers in a row.
func cell(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		if day, err := program.ParseDate(v); err == nil {
			return day
		}
		return v
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v.String()
	case bool:
		if v {
			return "ya"
		}
		return "tidak"
	case []any:
		parts := make([]string, 0, len(v))
		for _, one := range v {
			parts = append(parts, plain(cell(one)))
		}
		return strings.Join(parts, "; ")
	}
	b, err := json.Marshal(v) // an object; no flow has such an answer
	if err != nil {
		return nil
	}
	return string(b)
}

// plain is a value as text, as csv has it; text is not neutralised yet.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case program.Date:
		return string(v)
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return ""
}
