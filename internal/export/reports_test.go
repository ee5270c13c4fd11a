package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/program"
)

const evil = "=HYPERLINK(\"http://jahat.example\",\"klik\")"

// saved are three reports of two flows, with everything that spreadsheets misread.
func saved() []program.Report {
	wib := time.FixedZone("WIB", 7*60*60)
	at := time.Date(2026, 11, 24, 9, 30, 15, 0, wib)
	return []program.Report{
		{ID: "r-1", Flow: "kunjungan", FlowVersion: 1, Participant: "M-417", Author: "p-rina", OccurredOn: "2026-11-23", CreatedAt: at,
			Answers: []byte(`{"tanggal":"2026-11-23","jenis":"home_visit","kendala":["modal","kurang_laku"],"laba":-50000,"catatan":"=1+1\n-2","boleh_dikutip":true}`),
			Source:  "td ke rmh melati"},
		{ID: "r-2", Flow: "usaha", FlowVersion: 2, Participant: "M-002", Matter: "RK-26-001", Author: "p-rina", OccurredOn: "2026-11-24", CreatedAt: at,
			Answers: []byte(`{"omzet":450000,"catatan":" ＝1+1","semangat":4.5,"id":"-x","` + `=kolom` + `":"a"}`)},
		{ID: "r-3", Flow: "kunjungan", FlowVersion: 1, Author: "p-rina", OccurredOn: "2026-11-24", CreatedAt: at, UndoneAt: at.Add(time.Minute),
			Answers: []byte(`{"jenis":"` + strings.ReplaceAll(evil, `"`, `\"`) + `","kosong":null,"catatan":"kata \"teman\", ya"}`)},
	}
}

// from gives reports one after the other, and then err.
func from(reports []program.Report, err error) export.Source {
	return func(each func(program.Report) error) error {
		for _, r := range reports {
			if err := each(r); err != nil {
				return err
			}
		}
		return err
	}
}

// written is a file of the reports.
func written(t *testing.T, format export.Format, reports []program.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := export.Reports(&b, format, nil, from(reports, nil))
	if err != nil || n != len(reports) {
		t.Fatalf("%s: %d reports, %v", format, n, err)
	}
	return b.Bytes()
}

func TestReportsAsCSV(t *testing.T) {
	t.Parallel()
	file := written(t, export.CSV, saved())
	text, ok := strings.CutPrefix(string(file), "\uFEFF")
	if !ok || !strings.HasPrefix(text, "id,flow,flow_version,participant,author,occurred_on,created_at,undone_at,matter,tanggal,jenis,") {
		t.Errorf("it begins with %.80q", file)
	}
	if strings.Count(text, "\r\n") != 4+1 { // a line break in a note is CRLF too
		t.Errorf("lines end otherwise: %q", text)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"id", "flow", "flow_version", "participant", "author", "occurred_on", "created_at", "undone_at", "matter", "tanggal", "jenis", "kendala", "laba",
			"catatan", "boleh_dikutip", "kosong", "omzet", "semangat", "answers.id", "'=kolom"},
		{"r-1", "kunjungan", "1", "M-417", "p-rina", "2026-11-23", "2026-11-24T09:30:15+07:00", "", "", "2026-11-23", "home_visit",
			"modal; kurang_laku", "-50000", "'=1+1\n'-2", "ya", "", "", "", "", ""},
		{"r-3", "kunjungan", "1", "", "p-rina", "2026-11-24", "2026-11-24T09:30:15+07:00", "2026-11-24T09:31:15+07:00", "", "", "'" + evil,
			"", "", `kata "teman", ya`, "", "", "", "", "", ""},
		{"r-2", "usaha", "2", "M-002", "p-rina", "2026-11-24", "2026-11-24T09:30:15+07:00", "", "RK-26-001", "", "", "", "", "' ＝1+1", "", "", "450000", "4.5", "'-x", "a"},
	}
	if !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("rows\n%q\nwant\n%q", rows, want)
	}
}

// opened reads a workbook back.
func opened(t *testing.T, file []byte) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func TestReportsAsXLSX(t *testing.T) {
	t.Parallel()
	book := opened(t, written(t, export.XLSX, saved()))
	if got := book.GetSheetList(); !slices.Equal(got, []string{"kunjungan", "usaha"}) {
		t.Fatalf("sheets %v", got)
	}
	for _, tt := range []struct {
		sheet, at, shown, raw string
		kind                  excelize.CellType
	}{
		{"kunjungan", "A1", "id", "id", excelize.CellTypeSharedString},
		{"kunjungan", "C2", "1", "1", excelize.CellTypeUnset}, // a number
		{"kunjungan", "D2", "M-417", "M-417", excelize.CellTypeSharedString},
		{"kunjungan", "F2", "2026-11-23", "46349", excelize.CellTypeUnset},
		{"kunjungan", "G2", "2026-11-24 09:30:15", "46350.396006944444", excelize.CellTypeUnset},
		{"kunjungan", "H2", "", "", excelize.CellTypeUnset},
		{"usaha", "I2", "RK-26-001", "RK-26-001", excelize.CellTypeSharedString},
		{"kunjungan", "J2", "2026-11-23", "46349", excelize.CellTypeUnset},
		{"kunjungan", "L2", "modal; kurang_laku", "modal; kurang_laku", excelize.CellTypeSharedString},
		{"kunjungan", "M2", "-50000", "-50000", excelize.CellTypeUnset},
		{"kunjungan", "N2", "'=1+1\n'-2", "'=1+1\n'-2", excelize.CellTypeSharedString},
		{"kunjungan", "K3", "'" + evil, "'" + evil, excelize.CellTypeSharedString},
		{"kunjungan", "H3", "2026-11-24 09:31:15", "46350.396701388890", excelize.CellTypeUnset},
		{"usaha", "J2", "450000", "450000", excelize.CellTypeUnset},
		{"usaha", "K2", "' ＝1+1", "' ＝1+1", excelize.CellTypeSharedString},
		{"usaha", "L2", "4.5", "4.5", excelize.CellTypeUnset},
		{"usaha", "N1", "'=kolom", "'=kolom", excelize.CellTypeSharedString},
	} {
		shown, err1 := book.GetCellValue(tt.sheet, tt.at)
		raw, err2 := book.GetCellValue(tt.sheet, tt.at, excelize.Options{RawCellValue: true})
		kind, err3 := book.GetCellType(tt.sheet, tt.at)
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatal(err)
		}
		if shown != tt.shown || raw[:min(len(raw), 14)] != tt.raw[:min(len(tt.raw), 14)] || kind != tt.kind {
			t.Errorf("%s!%s is %q (%q, kind %d), want %q (%q, kind %d)", tt.sheet, tt.at, shown, raw, kind, tt.shown, tt.raw, tt.kind)
		}
	}
}

// TestAWorkbookHasNothingBehindIt looks through all its parts.
func TestAWorkbookHasNothingBehindIt(t *testing.T) {
	t.Parallel()
	file := written(t, export.XLSX, saved())
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Name, "xl/worksheets/sheet") || part.Name == "docProps/core.xml" {
			seen++
		}
		for _, never := range []string{"<f>", "<f ", "externalLink", "hyperlink ", "TargetMode", "creator", "lastModifiedBy", "xuri<", "Melati"} {
			if bytes.Contains(content, []byte(never)) {
				t.Errorf("%s has %q: %s", part.Name, never, content)
			}
		}
	}
	if seen != 3 {
		t.Errorf("%d parts looked through that matter", seen)
	}
	props, err := opened(t, file).GetDocProps()
	if err != nil || *props != (excelize.DocProperties{}) {
		t.Errorf("properties %+v, %v", props, err)
	}
}

func TestReportsAsLines(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSpace(string(written(t, export.JSONL, saved()))), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	const want = `{"id":"r-1","flow":"kunjungan","flow_version":1,"participant":"M-417","author":"p-rina","occurred_on":"2026-11-23",` +
		`"created_at":"2026-11-24T09:30:15+07:00","answers":{"tanggal":"2026-11-23","jenis":"home_visit","kendala":["modal","kurang_laku"],` +
		`"laba":-50000,"catatan":"=1+1\n-2","boleh_dikutip":true},"source":"td ke rmh melati"}`
	if lines[0] != want {
		t.Errorf("%s\nwant\n%s", lines[0], want)
	}
	var third map[string]any
	if err := json.Unmarshal([]byte(lines[2]), &third); err != nil || third["undone_at"] != "2026-11-24T09:31:15+07:00" {
		t.Errorf("%v %v", third, err)
	}
}

func TestNoReportsAreAHeader(t *testing.T) {
	t.Parallel()
	if got := string(written(t, export.CSV, nil)); got != "\uFEFFid,flow,flow_version,participant,author,occurred_on,created_at,undone_at,matter\r\n" {
		t.Errorf("%q", got)
	}
	if got := opened(t, written(t, export.XLSX, nil)).GetSheetList(); len(got) != 1 {
		t.Errorf("sheets %v", got)
	}
	if got := written(t, export.JSONL, nil); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestWhatCannotBeReadIsToldWithoutWhatItSays(t *testing.T) {
	t.Parallel()
	for _, answers := range []string{`["rahasia"]`, `{"catatan":"rahasia"`, `{"catatan":rahasia}`, `rahasia`} {
		_, err := export.Reports(io.Discard, export.CSV, nil, from([]program.Report{{ID: "r-9", Answers: []byte(answers)}}, nil))
		if err == nil || !strings.Contains(err.Error(), "r-9") || strings.Contains(err.Error(), "rahasia") {
			t.Errorf("%s: %v", answers, err)
		}
	}
	broken := errors.New("broken")
	for _, format := range export.Formats() {
		var b bytes.Buffer
		if _, err := export.Reports(&b, format, nil, from(saved(), broken)); !errors.Is(err, broken) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestTablesAreOfAKnownFormat(t *testing.T) {
	t.Parallel()
	if _, err := export.Reports(io.Discard, "docx", nil, from(nil, nil)); err == nil {
		t.Error("no error")
	}
}

// TestColumnsAreThoseOfTheForm, in its order, also where nobody has answered; what it does not know
// stands behind them.
func TestColumnsAreThoseOfTheForm(t *testing.T) {
	t.Parallel()
	forms := []export.Form{{Flow: "usaha", Columns: []string{"semangat", "omzet", "saluran"}}, {Flow: "kunjungan", Columns: []string{"jenis"}}}
	var b bytes.Buffer
	if _, err := export.Reports(&b, export.XLSX, forms, from(saved(), nil)); err != nil {
		t.Fatal(err)
	}
	rows, err := opened(t, b.Bytes()).GetRows("usaha")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v, %q", err, rows)
	}
	if got := strings.Join(rows[0][8:], " "); got != "matter semangat omzet saluran catatan answers.id '=kolom" {
		t.Errorf("columns %s", got)
	}
	if got := strings.Join(rows[1][8:], "|"); got != "RK-26-001|4.5|450000||' ＝1+1|'-x|a" {
		t.Errorf("row %s", got)
	}
	b.Reset()
	if _, err := export.Reports(&b, export.CSV, forms[:1], from(nil, nil)); err != nil || !strings.HasSuffix(b.String(), ",matter,semangat,omzet,saluran\r\n") {
		t.Errorf("%v, %q", err, b.String())
	}
}
