package flow_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// section is one file of a txtar archive.
type section struct {
	name string
	data []byte
}

// readSections reads a txtar archive: a comment, and files behind "-- name --" lines.
func readSections(tb testing.TB, file string) (comment []byte, out []section) {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		name, ok := strings.CutPrefix(string(bytes.TrimSpace(line)), "-- ")
		if name, end := strings.CutSuffix(name, " --"); ok && end {
			out = append(out, section{name: name})
			continue
		}
		if len(out) == 0 {
			comment = append(comment, line...)
			continue
		}
		last := &out[len(out)-1]
		last.data = append(last.data, line...)
	}
	return comment, out
}

// writeSections is the reverse of readSections.
func writeSections(tb testing.TB, file string, comment []byte, all []section) {
	tb.Helper()
	b := bytes.NewBuffer(bytes.Clone(comment))
	for _, s := range all {
		b.WriteString("-- " + s.name + " --\n")
		b.Write(s.data)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		tb.Fatal(err)
	}
}
