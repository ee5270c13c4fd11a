// Package export writes what leaves the house: reports, for those who may read them, and figures,
// for everybody else. It is pure: rows come in through a callback and go out to an io.Writer.
//
// Two things are guarded here. A figure is shown only when enough participants are behind it and
// nothing that is hidden can be worked out from it (kanon.go); and no text is taken for a formula
// by the programme that opens the file (neutral.go).
package export

import (
	"fmt"
	"io"
	"slices"

	"github.com/dampingi/dampingi/internal/program"
)

// Format is the kind of file that is written.
type Format string

// The formats.
const (
	CSV   Format = "csv"   // UTF-8 with a byte order mark, commas, CRLF
	XLSX  Format = "xlsx"  // a sheet for each flow
	JSONL Format = "jsonl" // an object a line
)

// Formats lists every format.
func Formats() []Format { return []Format{XLSX, CSV, JSONL} }

// Source gives everything there is to a function, one after the other, and stops at its first
// error, which it returns; as the store's Reports and Facts do.
type Source func(each func(program.Report) error) error

// table is what csv and xlsx are made of. A value is nil, a string, an int64, a float64, a
// program.Date or a time.Time.
type table struct {
	name    string // of the sheet
	columns []string
	rows    [][]any
}

// write writes tables: csv has one, xlsx a sheet for each.
func write(w io.Writer, format Format, tables []table) error {
	switch format {
	case CSV:
		return writeCSV(w, merged(tables))
	case XLSX:
		return writeXLSX(w, tables)
	}
	return fmt.Errorf("write tables as %q: there is no such format", format)
}

// merged puts tables under one another; a column of the same name is the same column.
func merged(tables []table) table {
	if len(tables) == 1 {
		return tables[0]
	}
	var all table
	for _, t := range tables {
		place := make([]int, len(t.columns))
		for i, name := range t.columns {
			if place[i] = slices.Index(all.columns, name); place[i] < 0 {
				place[i] = len(all.columns)
				all.columns = append(all.columns, name)
			}
		}
		for _, row := range t.rows {
			moved := make([]any, len(all.columns))
			for i, v := range row {
				moved[place[i]] = v
			}
			all.rows = append(all.rows, moved)
		}
	}
	return all
}
