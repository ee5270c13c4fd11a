package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// everyReport is a report of every flow that saves one, as if every question had been answered.
func everyReport(known kinds, h *house) []program.Report {
	var all []program.Report
	for _, f := range known.current {
		if f.Save.As != flow.AsReport {
			continue
		}
		answers := map[string]any{}
		for i := range f.Steps {
			if st := &f.Steps[i]; st.Kind != f.About && !st.Passing {
				answers[st.Name] = sampleOf(st)
			}
		}
		said, err := json.Marshal(answers)
		if err != nil {
			h.t.Fatal(err)
		}
		r := program.Report{
			ID: "every-" + f.ID, Flow: f.ID, FlowVersion: f.Version, Author: "rina", OccurredOn: "2026-11-24", CreatedAt: h.time.Now().UTC(), Answers: said,
		}
		if f.About == flow.Participant {
			r.Participant = "M-417"
		}
		all = append(all, r)
	}
	return all
}

// sampleOf is an answer to a question.
func sampleOf(st *flow.Question) any {
	switch st.Kind {
	case flow.Choice:
		return st.Choices[0].Code
	case flow.Choices:
		return []string{st.Choices[0].Code, st.Choices[len(st.Choices)-1].Code}
	case flow.Date:
		return "2026-11-24"
	case flow.Amount, flow.Count, flow.Scale:
		return max(st.Min, 3)
	case flow.YesNo:
		return true
	}
	return "kata " + st.Name
}

// TestEveryFlowExports in all three formats, opened again: a sheet, a file and lines for each, with the
// columns of its questions in their order. Whatever flow is added is in it.
func TestEveryFlowExports(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{flows: addedFlows})
	known, err := h.set.kinds()
	if err != nil {
		t.Fatal(err)
	}
	reports := everyReport(known, h)
	if err := h.store.Commit(t.Context(), turn.Plan{Reports: reports}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	book, err := excelize.OpenReader(bytes.NewReader(h.exported("xlsx", dir)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if got := len(book.GetSheetList()); got != len(reports) {
		t.Errorf("%d sheets for %d flows: %v", got, len(reports), book.GetSheetList())
	}
	lines := string(h.exported("jsonl", dir))
	base := []string{"id", "flow", "flow_version", "participant", "author", "occurred_on", "created_at", "undone_at", "matter"}
	for _, r := range reports {
		f := known.named(r.Flow)
		var want []string
		for i := range f.Steps {
			if f.Steps[i].Kind != f.About && !f.Steps[i].Passing {
				name := f.Steps[i].Name
				if slices.Contains(base, name) {
					name = "answers." + name
				}
				want = append(want, name)
			}
		}
		rows, err := book.GetRows(f.ID)
		if err != nil || len(rows) != 2 || !slices.Equal(rows[0][9:], want) {
			t.Errorf("%s: the sheet has %q, want %q: %v", f.ID, rows, want, err)
		}
		text := strings.TrimPrefix(string(h.exported("csv", t.TempDir(), "--flow", f.ID)), "\uFEFF")
		table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(table) != 2 || !slices.Equal(table[0][9:], want) || slices.Contains(table[1][9:], "") {
			t.Errorf("%s: the file has %q, want %q: %v", f.ID, table, want, err)
		}
		if n := strings.Count(lines, fmt.Sprintf(`"flow":%q`, f.ID)); n != 1 {
			t.Errorf("%s: %d lines", f.ID, n)
		}
	}
}

// TestAMatterIsExportedByItsCode: whatever moved a case says which, in all formats.
func TestAMatterIsExportedByItsCode(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	code := h.openMatter(
		program.Matter{Kind: program.Case, Participant: "M-417", Owner: "rina", Author: "rina", Fields: program.Fields{}},
		program.Report{ID: "opens-it", Flow: "kasus", FlowVersion: 1, Answers: []byte(`{"jenis":"lainnya"}`)},
	).Code()
	dir := t.TempDir()
	text := strings.TrimPrefix(string(h.exported("csv", dir, "--flow", "kasus")), "\uFEFF")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 2 || rows[0][8] != "matter" || rows[1][8] != code || rows[1][3] != "M-417" {
		t.Errorf("csv: %v, %q", err, rows)
	}
	if lines := string(h.exported("jsonl", dir)); !strings.Contains(lines, `"matter":"`+code+`"`) {
		t.Errorf("jsonl: %s", lines)
	}
	book, err := excelize.OpenReader(bytes.NewReader(h.exported("xlsx", dir)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if at, err := book.GetCellValue("kasus", "I2"); err != nil || at != code {
		t.Errorf("xlsx: %v, %q", err, at)
	}
	if _, out, _ := ended(t, "reports", "list", "--json", "--data-dir", h.dir); !strings.Contains(out, `"matter":"`+code+`"`) {
		t.Errorf("reports list: %s", out)
	}
}

// openMatter puts a matter on record, as a report of its author opened it; by what it is called.
func (h *house) openMatter(m program.Matter, r program.Report) program.Matter {
	h.t.Helper()
	life, _ := program.LifeOf(m.Kind)
	number, err := h.store.NextNumber(h.t.Context(), m.Kind, 2026)
	if err != nil {
		h.t.Fatal(err)
	}
	m.ID, m.Year, m.Number, m.Status, m.OpenedAt = r.ID, 2026, max(number, m.Number), life.Begin[0], h.time.Now().UTC()
	r.Author, r.Participant, r.Matter, r.CreatedAt, r.OccurredOn = m.Author, m.Participant, m.ID, m.OpenedAt, program.DateOf(h.time.Now())
	plan := turn.Plan{Reports: []program.Report{r}}
	plan.Way.Moves = []turn.Move{{Matter: m, Change: program.Change{ID: r.ID, At: m.OpenedAt, By: m.Author, Now: m.Status}}}
	if err := h.store.Commit(h.t.Context(), plan); err != nil {
		h.t.Fatal(err)
	}
	return m
}

// TestNoFigureIsAboutFewWomen: with a report of every flow about one woman, no figure is shown at all.
func TestNoFigureIsAboutFewWomen(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{flows: addedFlows})
	known, err := h.set.kinds()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 { // six reports of each, and one woman behind them
		var some []program.Report
		for _, r := range everyReport(known, h) {
			if f := known.named(r.Flow); f.About != flow.Participant {
				continue
			}
			r.ID, r.OccurredOn = fmt.Sprint(r.ID, i), "2026-11-16"
			some = append(some, r)
		}
		if err := h.store.Commit(t.Context(), turn.Plan{Reports: some}); err != nil {
			t.Fatal(err)
		}
	}
	out := t.TempDir() + "/angka.jsonl"
	if code, _, said := ended(t, "export", "--anonymous", "--format", "jsonl", "--flows-dir", addedFlows, "--data-dir", h.dir, "--out", out); code != exitDone {
		t.Fatal(said)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	text := string(written)
	for _, f := range known.current {
		if f.Save.As == flow.AsReport && len(known.countable(f.ID)) == 1 && !strings.Contains(text, `"flow":"`+f.ID+`"`) {
			t.Errorf("%s has no figures", f.ID)
		}
	}
	if strings.Contains(text, `"count"`) || strings.Contains(text, "M-417") || strings.Contains(text, "rina") {
		t.Errorf("it tells something:\n%s", text)
	}
}
