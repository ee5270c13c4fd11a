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
	there := testsIn(t, files)
	named := testsOfTable(t, "../../docs/faults.md", "what goes wrong", there)
	for _, name := range there {
		if regexp.MustCompile(`^Test(Fault|Crash|Canary)`).MatchString(name) && !slices.Contains(named, name) {
			t.Errorf("%s is in no row", name)
		}
	}
	if len(named) < 30 {
		t.Errorf("only %d rows", len(named))
	}
}

// testsIn gives the names of the tests and fuzz targets in files.
func testsIn(t *testing.T, files []string) []string {
	t.Helper()
	var there []string
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`).FindAllSubmatch(source, -1) {
			there = append(there, string(m[1]))
		}
	}
	return there
}

// testsOfTable gives the tests that the tables of a page name, whose first column has that head. A
// row without a test is a mistake, and so is a test that is not there.
func testsOfTable(t *testing.T, page, head string, there []string) []string {
	t.Helper()
	table, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, row := range regexp.MustCompile(`(?m)^\| .*$`).FindAllString(string(table), -1) {
		if regexp.MustCompile(`^\| (---|` + head + ` )`).MatchString(row) {
			continue
		}
		tests := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllStringSubmatch(row, -1)
		if len(tests) == 0 {
			t.Errorf("names no test: %s", row)
		}
		for _, m := range tests {
			if named = append(named, m[1]); !slices.Contains(there, m[1]) {
				t.Errorf("there is no %s", m[1])
			}
		}
	}
	return named
}
