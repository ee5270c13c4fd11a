package export

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/dampingi/dampingi/internal/program"
)

// sheetName is the most characters that the name of a sheet may have.
const sheetName = 31

// noProperties stands in for what the library would say of itself as the document's author.
const noProperties = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
	`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`

// writeXLSX writes a workbook with a sheet for each table: texts as texts, numbers as numbers,
// days as days, and no formula or link. It is built in memory as a whole: the library's way of
// writing piece by piece would leave pieces in the folder for temporary files.
func writeXLSX(w io.Writer, tables []table) error {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // there are no temporary files to remove
	book.Pkg.Store("docProps/core.xml", []byte(noProperties))
	styles, err := dateStyles(book)
	if err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	for i, t := range tables {
		name := t.name[:min(len(t.name), sheetName)]
		if i == 0 {
			err = book.SetSheetName(book.GetSheetName(0), name)
		} else {
			_, err = book.NewSheet(name)
		}
		if err != nil {
			return fmt.Errorf("make the sheet of %s: %w", t.name, err)
		}
		if err := fill(book, name, t, styles); err != nil {
			return fmt.Errorf("fill the sheet of %s: %w", t.name, err)
		}
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

// dates are the styles of days and of instants.
type dates struct{ day, instant int }

func dateStyles(book *excelize.File) (dates, error) {
	day, instant := "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
	var out dates
	var err error
	if out.day, err = book.NewStyle(&excelize.Style{CustomNumFmt: &day}); err != nil {
		return dates{}, fmt.Errorf("make the style of days: %w", err)
	}
	if out.instant, err = book.NewStyle(&excelize.Style{CustomNumFmt: &instant}); err != nil {
		return dates{}, fmt.Errorf("make the style of instants: %w", err)
	}
	return out, nil
}

// fill puts a table into its sheet.
func fill(book *excelize.File, sheet string, t table, styles dates) error {
	header := make([]any, len(t.columns))
	for i, name := range t.columns {
		header[i] = name
	}
	for i, row := range append([][]any{header}, t.rows...) {
		for j, v := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := put(book, sheet, at, v, styles); err != nil {
				return err
			}
		}
	}
	return nil
}

// put writes one value.
func put(book *excelize.File, sheet, at string, v any, styles dates) error {
	switch v := v.(type) {
	case string:
		if v == "" {
			return nil
		}
		return book.SetCellStr(sheet, at, Neutral(v))
	case int64:
		return book.SetCellInt(sheet, at, v)
	case float64:
		return book.SetCellFloat(sheet, at, v, -1, 64)
	case program.Date:
		if v == "" {
			return nil
		}
		return putDate(book, sheet, at, v.Time(time.UTC), styles.day)
	case time.Time:
		return putDate(book, sheet, at, v, styles.instant)
	}
	return nil
}

// putDate writes a day or an instant, as the clock on the wall shows it.
func putDate(book *excelize.File, sheet, at string, t time.Time, style int) error {
	if err := book.SetCellStyle(sheet, at, at, style); err != nil {
		return err
	}
	return book.SetCellValue(sheet, at, t)
}
