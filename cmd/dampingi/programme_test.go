package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rowsOfTheProgramme is how many rows our reading of the text has.
const rowsOfTheProgramme = 164

// TestEveryRowOfTheProgrammeHasItsPlace holds docs/program.md against what is there: every row once and
// in order, and every flow, answer and file that is named in backticks.
func TestEveryRowOfTheProgrammeHasItsPlace(t *testing.T) {
	page, err := os.ReadFile("../../docs/program.md")
	if err != nil {
		t.Fatal(err)
	}
	known, err := (&Settings{}).kinds()
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile(`^\| (\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$`)
	feature := regexp.MustCompile(`^(–|F(0[1-9]|1\d|2[0-2])(, F(0[1-9]|1\d|2[0-2]))*)$`)
	n := 0
	for line := range strings.SplitSeq(string(page), "\n") {
		m := row.FindStringSubmatch(line)
		if m == nil {
			if strings.HasPrefix(line, "| ") && strings.ContainsAny(line[:min(len(line), 6)], "0123456789") {
				t.Errorf("not a row: %s", line)
			}
			continue
		}
		if n++; m[1] != fmt.Sprint(n) {
			t.Fatalf("row %s stands where %d should", m[1], n)
		}
		if !feature.MatchString(m[2]) {
			t.Errorf("row %s: %q is no feature", m[1], m[2])
		}
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(m[3], -1) {
			if why := missing(known, name[1]); why != "" {
				t.Errorf("row %s: %s", m[1], why)
			}
		}
	}
	if n != rowsOfTheProgramme {
		t.Errorf("%d rows, want %d", n, rowsOfTheProgramme)
	}
}

// missing says what is not there of a place that docs/program.md names: a file, a flow, or an answer.
func missing(known kinds, place string) string {
	if strings.Contains(place, "/") {
		if _, err := os.Stat(filepath.Join("../..", place)); err != nil {
			return "there is no file " + place
		}
		return ""
	}
	id, step, answer := strings.Cut(place, ".")
	f := known.named(id)
	if f == nil {
		return "there is no flow " + id
	}
	if _, ok := f.Step(step); answer && !ok {
		return "the flow " + id + " does not ask " + step
	}
	return ""
}

// TestWhatIsMissingIsTold: a place that is not there is no place.
func TestWhatIsMissingIsTold(t *testing.T) {
	known, err := (&Settings{}).kinds()
	if err != nil {
		t.Fatal(err)
	}
	for place, there := range map[string]bool{
		"kunjungan": true, "kunjungan.hasil": true, "internal/program/rights.go": true,
		"kunjungann": false, "kunjungan.hasill": false, "internal/program/right.go": false,
	} {
		if why := missing(known, place); (why == "") != there {
			t.Errorf("%s: %q", place, why)
		}
	}
}
