package paper_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/dampingi/dampingi/internal/paper"
)

// week is a document as the chair gets it.
func week(t testing.TB) paper.Document {
	t.Helper()
	d := paper.Document{
		Title: "Rangkuman pekan 47 · 16–22 November 2026",
		At:    time.Date(2026, 11, 23, 8, 0, 0, 0, time.FixedZone("WIB", 7*60*60)),
		Sections: []paper.Section{
			{Head: "Perlu Ibu putuskan", Lines: []string{"M-417 menunggu seleksi sejak 3 November.", "RK-12 lewat batas “7 hari” – belum ada tindakan. 🌷"}},
			{Head: "Proses: penjangkauan/seleksi", Table: [][]string{
				{"Yang dihitung", "Pekan ini", "Pekan lalu"}, {"Penjangkauan", "12", "9"}, {"Didata", "<5", "7"}, {"=HYPERLINK(\"x\")", "+62", "M-417"},
			}, Lines: []string{"Angka di bawah 5 tidak ditulis."}},
			{Head: "Proses: penjangkauan/seleksi"},
		},
		Pictures: []paper.Picture{{Caption: "Kontak dan rencana: 25 dari 27.", PNG: grey(t)}},
	}
	return d
}

// grey is a picture.
func grey(t testing.TB) []byte {
	t.Helper()
	im := image.NewRGBA(image.Rect(0, 0, 1080, 810))
	for y := range 810 {
		for x := range 1080 {
			im.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, im); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestXLSXHoldsWhatTheDocumentSays reads the workbook back, cell by cell.
func TestXLSXHoldsWhatTheDocumentSays(t *testing.T) {
	data, err := paper.XLSX(week(t))
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got, want := strings.Join(book.GetSheetList(), "|"), "Perlu Ibu putuskan|Proses penjangkauan seleksi|Proses penjangkauan seleksi 2"; got != want {
		t.Errorf("sheets are %q, want %q", got, want)
	}
	sheet := "Proses penjangkauan seleksi"
	for cell, want := range map[string]string{
		"A1": "Yang dihitung", "C1": "Pekan lalu", "A2": "Penjangkauan", "B2": "12", "B3": "<5", "A4": `'=HYPERLINK("x")`, "B4": "'+62", "C4": "M-417",
		"A6": "Angka di bawah 5 tidak ditulis.",
	} {
		if got, _ := book.GetCellValue(sheet, cell); got != want {
			t.Errorf("cell %s says %q, want %q", cell, got, want)
		}
		if formula, _ := book.GetCellFormula(sheet, cell); formula != "" {
			t.Errorf("cell %s holds the formula %q", cell, formula)
		}
	}
	for cell, want := range map[string]excelize.CellType{"B2": excelize.CellTypeUnset, "B3": excelize.CellTypeSharedString, "B4": excelize.CellTypeSharedString} {
		if got, _ := book.GetCellType(sheet, cell); got != want {
			t.Errorf("cell %s is of type %d, want %d", cell, got, want)
		}
	}
	panes, err := book.GetPanes(sheet)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the header does not stay: %+v, %v", panes, err)
	}
	if wide, _ := book.GetColWidth(sheet, "A"); wide < 15 {
		t.Errorf("column A is only %v wide", wide)
	}
}

// TestXLSXIsTheSameEveryTime: no time of its making and no order of chance is in it.
func TestXLSXIsTheSameEveryTime(t *testing.T) {
	first, err := paper.XLSX(week(t))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if again, err := paper.XLSX(week(t)); err != nil || !bytes.Equal(first, again) {
			t.Fatal("the same document is another workbook", err)
		}
	}
	other := week(t)
	other.Sections[1].Table[1][1] = "13"
	if again, _ := paper.XLSX(other); bytes.Equal(first, again) {
		t.Error("another figure makes the same workbook")
	}
	files, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files.File {
		if f.Modified.Year() > 1980 {
			t.Errorf("%s tells when it was made: %v", f.Name, f.Modified)
		}
		r, _ := f.Open()
		text, _ := io.ReadAll(r)
		if bytes.Contains(bytes.ToLower(text), []byte("excelize")) || bytes.Contains(text, []byte("<dc:creator>")) {
			t.Errorf("%s tells what made it", f.Name)
		}
	}
}

// TestPapersTakeWhateverTheyAreGiven: nothing at all, headings that no sheet may bear, very long
// tables and words, and what is no text.
func TestPapersTakeWhateverTheyAreGiven(t *testing.T) {
	long := [][]string{{"Kode", "Catatan"}}
	for i := range 200 {
		long = append(long, []string{fmt.Sprintf("K-%d", i), strings.Repeat("panjang sekali ", i%9)})
	}
	var wide []string
	for i := range 30 {
		wide = append(wide, strings.Repeat("x", i))
	}
	for name, d := range map[string]paper.Document{
		"nothing":  {},
		"headings": {Sections: []paper.Section{{Head: "[*]:/\\?"}, {Head: "'"}, {Head: strings.Repeat("ä🌷", 40)}, {Head: strings.Repeat("ä🌷", 40)}, {Head: "a\x00b\ncd"}}},
		"tables":   {Title: "x", Sections: []paper.Section{{Head: "t", Table: long}, {Head: "w", Table: [][]string{wide, {"a"}, append(wide, "one more")}}, {Table: [][]string{{}}}}},
		"words":    {Title: strings.Repeat("w", 500), Sections: []paper.Section{{Lines: []string{strings.Repeat("w", 5000), "\xff\xfe", "\x01", ""}}}},
		"pictures": {Pictures: []paper.Picture{{PNG: grey(t)}, {PNG: grey(t), Caption: strings.Repeat("kata ", 90)}}},
	} {
		if _, err := paper.XLSX(d); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if data, err := paper.PDF(d); err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := paper.PDF(paper.Document{Pictures: []paper.Picture{{PNG: []byte("no picture")}}}); err == nil {
		t.Error("what is no picture is taken for one")
	}
}

// TestPDFIsTheSameEveryTime: its times are the document's, and it names neither author nor tool.
func TestPDFIsTheSameEveryTime(t *testing.T) {
	first, err := paper.PDF(week(t))
	if err != nil {
		t.Fatal(err)
	}
	if to := os.Getenv("SHOW"); to != "" {
		os.WriteFile(to+"/week.pdf", first, 0o600)
	}
	for range 5 {
		if again, err := paper.PDF(week(t)); err != nil || !bytes.Equal(first, again) {
			t.Fatal("the same document is another PDF", err)
		}
	}
	other := week(t)
	other.Sections[1].Table[1][1] = "13"
	if again, _ := paper.PDF(other); bytes.Equal(first, again) {
		t.Error("another figure makes the same PDF")
	}
	if !bytes.Contains(first, []byte("20261123010000")) {
		t.Error("the time is not the document's")
	}
	if bytes.Contains(bytes.ToLower(first), []byte("fpdf")) {
		t.Error("it tells what made it")
	}
	if len(first) > 1<<20 {
		t.Errorf("it has %d bytes, too many to be sent", len(first))
	}
}

func BenchmarkXLSX(b *testing.B) {
	d := week(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := paper.XLSX(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPDF(b *testing.B) {
	d := week(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := paper.PDF(d); err != nil {
			b.Fatal(err)
		}
	}
}
