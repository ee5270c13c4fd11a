package paper

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/dampingi/dampingi/internal/export"
)

const (
	sheetName   = 31 // the most characters that the name of a sheet may have
	widestCell  = 60 // characters in width that a column gets at most
	narrowest   = 8  // and at least
	linesColumn = 80 // for a section that has lines only
)

// XLSX is the document as a workbook with a sheet for each section: the table first, under a header
// that stays, and its lines below. There is no formula and no link; a whole number is a number, and
// every other text a text.
func XLSX(d Document) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // there are no temporary files to remove
	book.Pkg.Store("docProps/core.xml", properties(d))
	book.Pkg.Store("docProps/app.xml", []byte(noApplication))
	s, err := stylesOf(book)
	if err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	sections := d.Sections
	if len(sections) == 0 { // a workbook has one sheet at least
		sections = []Section{{Head: d.Title}}
	}
	taken := map[string]bool{}
	for i, section := range sections {
		name := nameOf(section.Head, i, taken)
		if i == 0 {
			err = book.SetSheetName(book.GetSheetName(0), name)
		} else {
			_, err = book.NewSheet(name)
		}
		if err != nil {
			return nil, fmt.Errorf("make sheet %d: %w", i+1, err)
		}
		p := &sheet{book: book, name: name, styles: s}
		if err := p.section(d, section); err != nil {
			return nil, fmt.Errorf("fill sheet %d: %w", i+1, err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return out.Bytes(), nil
}

// noApplication stands in for what the library would say of the application that made the file.
const noApplication = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
	`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`

// properties are what the workbook says of itself: its title and time, and no author.
func properties(d Document) []byte {
	made := ""
	if !d.At.IsZero() {
		made = `<dcterms:created xsi:type="dcterms:W3CDTF">` + d.At.UTC().Format(time.RFC3339) + `</dcterms:created>`
	}
	return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` +
		html.EscapeString(printable(d.Title)) + `</dc:title>` + made + `</cp:coreProperties>`)
}

// printable leaves out what no file may hold as text: control characters, and what is no UTF-8.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, s)
}

// nameOf is the name of a section's sheet: its heading without what no name may hold, short enough,
// and no name twice.
func nameOf(head string, i int, taken map[string]bool) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, printable(head))
	name = strings.Trim(strings.Join(strings.Fields(name), " "), "' ")
	if name == "" {
		name = strconv.Itoa(i + 1)
	}
	unique := cut(name, sheetName)
	for n := 2; taken[strings.ToLower(unique)]; n++ {
		tail := " " + strconv.Itoa(n)
		unique = cut(name, sheetName-len(tail)) + tail
	}
	taken[strings.ToLower(unique)] = true
	return unique
}

// cut is the first characters of a text, as spreadsheets count them: in UTF-16.
func cut(s string, most int) string {
	n := 0
	for i, r := range s {
		size := 1
		if r > 0xFFFF {
			size = 2
		}
		if n += size; n > most {
			return strings.TrimRight(s[:i], "' ")
		}
	}
	return s
}

// styles are how cells look.
type styles struct{ head, text, line int }

func stylesOf(book *excelize.File) (styles, error) {
	var s styles
	top := excelize.Alignment{Vertical: "top", WrapText: true}
	for _, each := range []struct {
		to   *int
		look excelize.Style
	}{
		{&s.head, excelize.Style{
			Font: &excelize.Font{Bold: true}, Alignment: &top,
			Fill:   excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6EFEC"}},
			Border: []excelize.Border{{Type: "bottom", Color: "0B6E69", Style: 2}},
		}},
		{&s.text, excelize.Style{Alignment: &top}},
		{&s.line, excelize.Style{Alignment: &top, Font: &excelize.Font{Color: "4D5754"}}},
	} {
		id, err := book.NewStyle(&each.look)
		if err != nil {
			return styles{}, fmt.Errorf("make a style: %w", err)
		}
		*each.to = id
	}
	return s, nil
}

// sheet is a sheet that is being filled.
type sheet struct {
	book   *excelize.File
	name   string
	styles styles
}

// section writes the table, and the lines below it.
func (p *sheet) section(d Document, s Section) error {
	widths := map[int]int{}
	for i, row := range s.Table {
		style := p.styles.text
		if i == 0 {
			style = p.styles.head
		}
		for j, text := range row {
			if err := p.put(j+1, i+1, text, style); err != nil {
				return err
			}
			widths[j] = max(widths[j], longest(text))
		}
	}
	row := len(s.Table) + 1
	if len(s.Table) > 0 {
		row++ // an empty one between
		if err := p.freeze(); err != nil {
			return err
		}
	} else {
		widths[0] = linesColumn
	}
	for i, line := range s.Lines {
		if err := p.put(1, row+i, line, p.styles.line); err != nil {
			return err
		}
	}
	for j, wide := range widths {
		letter, err := excelize.ColumnNumberToName(j + 1)
		if err != nil {
			return fmt.Errorf("name a column: %w", err)
		}
		most := widestCell
		if len(s.Table) == 0 {
			most = linesColumn
		}
		if err := p.book.SetColWidth(p.name, letter, letter, float64(max(narrowest, min(wide+2, most)))); err != nil {
			return fmt.Errorf("set the width of a column: %w", err)
		}
	}
	return p.print(d)
}

// freeze keeps the header in sight.
func (p *sheet) freeze() error {
	err := p.book.SetPanes(p.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return fmt.Errorf("freeze the header: %w", err)
	}
	return nil
}

// print sets how the sheet is printed: on A4, as wide as the page, under the document's title.
func (p *sheet) print(d Document) error {
	a4, wide, tall := 9, 1, 0
	fit := true
	if err := p.book.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &a4, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return fmt.Errorf("set the page: %w", err)
	}
	if err := p.book.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return fmt.Errorf("set the page: %w", err)
	}
	title := strings.ReplaceAll(cut(printable(d.Title), 100), "&", "&&")
	if !d.At.IsZero() {
		title += " · " + d.At.Format(wallClock)
	}
	if err := p.book.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{OddHeader: "&C" + title, OddFooter: "&C&P / &N"}); err != nil {
		return fmt.Errorf("set the header: %w", err)
	}
	return nil
}

// put writes one cell.
func (p *sheet) put(column, row int, text string, style int) error {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return fmt.Errorf("name a cell: %w", err)
	}
	if err := p.book.SetCellStyle(p.name, at, at, style); err != nil {
		return fmt.Errorf("set the style of a cell: %w", err)
	}
	if n, ok := wholeNumber(text); ok {
		err = p.book.SetCellInt(p.name, at, n)
	} else if text = printable(text); text != "" {
		err = p.book.SetCellStr(p.name, at, export.Neutral(text))
	}
	if err != nil {
		return fmt.Errorf("write a cell: %w", err)
	}
	return nil
}

// wholeNumber reads a number that is written as nothing but that: 15 digits at most, which a
// spreadsheet keeps as they are, and none before the others that would be lost.
func wholeNumber(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && len(text) <= 15 && strconv.FormatInt(n, 10) == text
}

// longest is how many letters the longest line of a cell has.
func longest(text string) int {
	most := 0
	for line := range strings.Lines(text) {
		most = max(most, utf8.RuneCountInString(strings.TrimRight(line, "\n")))
	}
	return most
}
