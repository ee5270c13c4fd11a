package export

import (
	"encoding/csv"
	"fmt"
	"io"
)

// byteOrderMark tells spreadsheets that the letters are UTF-8.
const byteOrderMark = "\uFEFF"

// writeCSV writes one table. Every text is neutralised; a number is not a text.
func writeCSV(w io.Writer, t table) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("write the csv: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(t.columns))
	for i, name := range t.columns {
		record[i] = Neutral(name)
	}
	out.Write(record) //nolint:errcheck,gosec // Error has it
	for _, row := range t.rows {
		clear(record)
		for i, v := range row {
			record[i] = plain(v)
			if text, ok := v.(string); ok {
				record[i] = Neutral(text)
			}
		}
		out.Write(record) //nolint:errcheck,gosec // Error has it
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write the csv: %w", err)
	}
	return nil
}
