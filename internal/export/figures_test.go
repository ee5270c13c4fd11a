package export_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/program"
)

// kinds are two small flows.
func kinds() []export.Flow {
	return []export.Flow{
		{ID: "kunjungan", Fields: []export.Field{
			{Name: "hasil", Question: kanon.Question{Keys: []string{"tercapai", "sebagian", "belum"}}},
			{Name: "omzet", Number: true},
		}},
		{ID: "usaha"},
	}
}

// visits are reports of two weeks: 7, 6 and 3 participants on the first Monday; four in the next
// week; and many today, in a week that runs.
func visits() []program.Report {
	var out []program.Report
	add := func(day program.Date, from, n int, result string) {
		for i := from; i < from+n; i++ {
			sales := int64(1000 * (i + 1))
			out = append(out, program.Report{
				ID: fmt.Sprintf("r-%s-%d", day, i), Flow: "kunjungan", Participant: fmt.Sprintf("M-%03d", i), Author: "p-rina",
				OccurredOn: day, Answers: []byte(`{"catatan":"rahasia"}`),
				Facts: []program.Fact{{Field: "hasil", Code: result}, {Field: "omzet", Number: &sales}, {Field: "lain", Code: "rahasia"}},
			})
		}
	}
	add("2026-11-09", 0, 7, "tercapai")
	add("2026-11-12", 7, 6, "sebagian")
	add("2026-11-15", 13, 3, "belum")
	add("2026-11-16", 0, 4, "tercapai")
	add("2026-11-23", 0, 9, "belum")
	return out
}

// figures is a file of them, made on Wednesday 25 November 2026.
func figures(t *testing.T, format export.Format, reports []program.Report) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := export.Figures(&b, format, kinds(), "2026-11-25", from(reports, nil)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFiguresAsCSV(t *testing.T) {
	t.Parallel()
	const want = "\uFEFFweek,flow,field,code,count,sum,mean\r\n" +
		"2026-W46,kunjungan,,,16,,\r\n" +
		"2026-W46,kunjungan,hasil,tercapai,7,,\r\n" +
		"2026-W46,kunjungan,hasil,sebagian,<5,,\r\n" + // or the three who are left were known
		"2026-W46,kunjungan,hasil,belum,<5,,\r\n" +
		"2026-W46,kunjungan,omzet,,16,136000,8500\r\n" +
		"2026-W47,kunjungan,,,<5,,\r\n" +
		"2026-W47,kunjungan,hasil,tercapai,<5,,\r\n" +
		"2026-W47,kunjungan,hasil,sebagian,<5,,\r\n" +
		"2026-W47,kunjungan,hasil,belum,<5,,\r\n" +
		"2026-W47,kunjungan,omzet,,<5,<5,<5\r\n" +
		"2026-W46,usaha,,,<5,,\r\n" +
		"2026-W47,usaha,,,<5,,\r\n"
	if got := figures(t, export.CSV, visits()); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestFiguresAsLines(t *testing.T) {
	t.Parallel()
	got := figures(t, export.JSONL, visits())
	for _, want := range []string{
		`{"week":"2026-W46","flow":"kunjungan","count":16}`,
		`{"week":"2026-W46","flow":"kunjungan","field":"hasil","code":"tercapai","count":7}`,
		`{"week":"2026-W46","flow":"kunjungan","field":"hasil","code":"belum","suppressed":true}`,
		`{"week":"2026-W46","flow":"kunjungan","field":"omzet","count":16,"sum":136000,"mean":8500}`,
		`{"week":"2026-W47","flow":"kunjungan","field":"omzet","suppressed":true}`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

func TestFiguresAsXLSX(t *testing.T) {
	t.Parallel()
	book := opened(t, []byte(figures(t, export.XLSX, visits())))
	for at, want := range map[string]struct {
		value string
		kind  excelize.CellType
	}{
		"E2": {"16", excelize.CellTypeUnset}, "E4": {kanon.Hidden, excelize.CellTypeSharedString}, "F6": {"136000", excelize.CellTypeUnset},
	} {
		value, err := book.GetCellValue("kunjungan", at)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := book.GetCellType("kunjungan", at)
		if err != nil || value != want.value || kind != want.kind {
			t.Errorf("%s is %q of kind %d, want %q of kind %d (%v)", at, value, kind, want.value, want.kind, err)
		}
	}
}

// TestFiguresSayNothingOfAnybody looks for what there is in the reports.
func TestFiguresSayNothingOfAnybody(t *testing.T) {
	t.Parallel()
	for _, format := range []export.Format{export.CSV, export.JSONL} {
		got := figures(t, format, visits())
		for _, never := range []string{"M-0", "rina", "rahasia", "r-2026", "2026-11", "lain", "catatan"} {
			if strings.Contains(got, never) {
				t.Errorf("%s has %q:\n%s", format, never, got)
			}
		}
	}
}

// TestTheRunningWeekIsInNoFigure: the figures of yesterday and of today would tell who was added.
func TestTheRunningWeekIsInNoFigure(t *testing.T) {
	t.Parallel()
	before := figures(t, export.CSV, visits())
	more := append(visits(), program.Report{Flow: "kunjungan", Participant: "M-099", OccurredOn: "2026-11-25"},
		program.Report{Flow: "kunjungan", Participant: "M-099", OccurredOn: "garbage"}, program.Report{Flow: "kunjungan", OccurredOn: ""})
	if after := figures(t, export.CSV, more); after != before {
		t.Errorf("%s\nafter\n%s", before, after)
	}
}

// TestALineSaysNothing: a week in which little was reported looks like one in which nothing was.
func TestALineSaysNothing(t *testing.T) {
	t.Parallel()
	var none []program.Report
	for _, r := range visits() {
		if r.OccurredOn != "2026-11-16" {
			none = append(none, r)
		}
	}
	for _, format := range []export.Format{export.CSV, export.JSONL} {
		if few, nothing := figures(t, format, visits()), figures(t, format, none); few != nothing {
			t.Errorf("%s:\n%s\nnothing:\n%s", format, few, nothing)
		}
	}
}

func TestFiguresAcrossTheYear(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	n, err := export.Figures(&b, export.CSV, kinds()[1:], "2027-01-12", from([]program.Report{{Flow: "usaha", OccurredOn: "2026-12-27"}}, nil))
	if err != nil || n != 0 {
		t.Fatalf("%d figures, %v", n, err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var weeks []string
	for _, row := range rows[1:] {
		weeks = append(weeks, row[0])
	}
	if got := strings.Join(weeks, " "); got != "2026-W52 2026-W53 2027-W01" {
		t.Errorf("weeks %s", got)
	}
}

// TestReportsAboutNobodyCountForThemselves: where there is no participant behind a report, five reports
// are behind a figure; where there ought to be one, a report without her is nobody's.
func TestReportsAboutNobodyCountForThemselves(t *testing.T) {
	t.Parallel()
	n := int64(10)
	var five []program.Report
	for i := range 5 {
		five = append(five, program.Report{ID: fmt.Sprint("r-", i), Flow: "pasar", OccurredOn: "2026-11-16", Facts: []program.Fact{{Field: "lapak", Number: &n}}})
	}
	for _, tt := range []struct {
		nobodys bool
		reports []program.Report
		want    string
	}{{true, five, `"count":5,"sum":50,"mean":10`}, {true, five[:4], `"suppressed":true`}, {false, five, `"suppressed":true`}} {
		var b bytes.Buffer
		kinds := []export.Flow{{ID: "pasar", Nobodys: tt.nobodys, Fields: []export.Field{{Name: "lapak", Number: true}}}}
		if _, err := export.Figures(&b, export.JSONL, kinds, "2026-11-25", from(tt.reports, nil)); err != nil {
			t.Fatal(err)
		}
		if lines := strings.Split(strings.TrimSpace(b.String()), "\n"); len(lines) != 2 || !strings.Contains(lines[1], tt.want) {
			t.Errorf("%v, %d reports: no %s in\n%s", tt.nobodys, len(tt.reports), tt.want, b.String())
		}
	}
}
