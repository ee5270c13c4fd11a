package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryRowOfTheRedTeamTableNamesATest holds docs/redteam.md to what is there: every row names a
// test, every test that is named exists in some room, and every test of the red team stands in a row.
func TestEveryRowOfTheRedTeamTableNamesATest(t *testing.T) {
	t.Parallel()
	var files []string
	for _, rooms := range []string{"*_test.go", "../../internal/*/*_test.go"} {
		found, err := filepath.Glob(rooms)
		if err != nil || len(found) == 0 {
			t.Fatalf("no tests in %s: %v", rooms, err)
		}
		files = append(files, found...)
	}
	there := testsIn(t, files)
	named := testsOfTable(t, "../../docs/redteam.md", "attack", there)
	for _, name := range testsIn(t, redTeam(files)) {
		if !slices.Contains(named, name) {
			t.Errorf("%s is in no row", name)
		}
	}
	if len(named) < 80 {
		t.Errorf("only %d tests are named", len(named))
	}
}

// redTeam is the files of the red team's own tests.
func redTeam(files []string) []string {
	var own []string
	for _, name := range files {
		if strings.HasPrefix(name, "redteam_") && name != "redteam_table_test.go" {
			own = append(own, name)
		}
	}
	return own
}
