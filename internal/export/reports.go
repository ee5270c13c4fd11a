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
	Matter      string          `json:"matter,omitempty"` // the code of what it opened or moved on
	UndoneAt    *time.Time      `json:"undone_at,omitempty"`
}

// LineOf is a report as scripts see it.
func LineOf(r program.Report) Line {
	l := Line{
		ID: r.ID, Flow: r.Flow, FlowVersion: r.FlowVersion, Participant: r.Participant, Author: r.Author,
		OccurredOn: r.OccurredOn, CreatedAt: r.CreatedAt, Answers: r.Answers, Source: r.Source, Matter: r.Matter,
	}
	if !r.UndoneAt.IsZero() {
		l.UndoneAt = &r.UndoneAt
	}
	return l
}

// Form is one kind of report: its questions, in the order in which its columns stand.
type Form struct {
	Flow    string
	Columns []string
}

// reportColumns come before the answers. A participant is her code, and so is a matter; the sentence
// that a report was read from is in jsonl alone.
func reportColumns() []string {
	return []string{"id", "flow", "flow_version", "participant", "author", "occurred_on", "created_at", "undone_at", "matter"}
}

// Reports writes reports with everything that they say: this must leave only behind a Lock. jsonl
// is written as they come; the tables of csv and xlsx are gathered first. Their columns are the
// questions of the form, and behind them the names of whatever else was answered once. It gives how
// many reports there are. The source gives the code of a report's matter in place of its id.
func Reports(w io.Writer, format Format, forms []Form, source Source) (int, error) {
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
			sheets = append(sheets, newSheet(r.Flow, forms))
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
		tables = append(tables, nothing(forms))
	}
	return n, write(w, format, tables)
}

// nothing is the table of no report: that of the form, when there is one alone.
func nothing(forms []Form) table {
	if len(forms) == 1 {
		return newSheet(forms[0].Flow, forms).table
	}
	return table{name: "laporan", columns: reportColumns()}
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

// newSheet is the empty table of a flow, with a column for each question of its form.
func newSheet(flow string, forms []Form) *sheet {
	s := &sheet{table: table{name: flow, columns: reportColumns()}, place: map[string]int{}}
	for _, f := range forms {
		if f.Flow == flow {
			for _, name := range f.Columns {
				s.column(name)
			}
		}
	}
	return s
}

// column is the place of an answer's column, which is made when there is none yet.
func (s *sheet) column(name string) int {
	if i, ok := s.place[name]; ok {
		return i
	}
	s.place[name] = len(s.columns)
	shown := name
	if slices.Contains(reportColumns(), name) {
		shown = "answers." + name
	}
	s.columns = append(s.columns, shown)
	return s.place[name]
}

// add puts one report into the table, with a column for every answer that is new in it.
func (s *sheet) add(r program.Report) error {
	row := []any{r.ID, r.Flow, int64(r.FlowVersion), r.Participant, r.Author, r.OccurredOn, r.CreatedAt, nil, r.Matter}
	if !r.UndoneAt.IsZero() {
		row[len(row)-2] = r.UndoneAt
	}
	err := members(r.Answers, func(name string, value any) {
		i := s.column(name)
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
