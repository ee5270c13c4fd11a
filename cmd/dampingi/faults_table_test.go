package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// TestEveryRowOfTheFaultTableNamesATest holds docs/faults.md to what is there: every row names
// a test, every test that is named exists, and every test of a fault stands in a row.
func TestEveryRowOfTheFaultTableNamesATest(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var there, named []string
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllSubmatch(source, -1) {
			there = append(there, string(m[1]))
		}
	}
	table, err := os.ReadFile("../../docs/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^\| .*$`).FindAllString(string(table), -1)
	for _, row := range rows {
		if regexp.MustCompile(`^\| (---|what goes wrong)`).MatchString(row) {
			continue
		}
		tests := regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(row, -1)
		if len(tests) == 0 {
			t.Errorf("names no test: %s", row)
		}
		for _, m := range tests {
			if named = append(named, m[1]); !slices.Contains(there, m[1]) {
				t.Errorf("there is no %s", m[1])
			}
		}
	}
	for _, name := range there {
		if regexp.MustCompile(`^Test(Fault|Crash|Canary)`).MatchString(name) && !slices.Contains(named, name) {
			t.Errorf("%s is in no row", name)
		}
	}
	if len(named) < 30 {
		t.Errorf("only %d rows", len(named))
	}
}
