package bahasa_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// The table that people read is held to what is understood.
func TestTheTableOfAmbiguitiesIsTrue(t *testing.T) {
	data, err := os.ReadFile("../../docs/ambiguity.md")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, "2026-11-25T10:00:00+07:00")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.SplitSeq(string(data), "\n") {
		cells := strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")
		if len(cells) != 6 || !strings.Contains(cells[3], "`") {
			continue
		}
		typed, kind := strings.Trim(cells[1], " `"), strings.TrimSpace(cells[2])
		want := strings.ReplaceAll(strings.Trim(cells[3], " `"), "\x00", "|")
		got, err := bahasa.Understand(kind, typed, at)
		if err != nil || got != want {
			t.Errorf("%s %q: %s (%v), the table says %s", kind, typed, got, err, want)
		}
		rows++
	}
	if rows < 30 {
		t.Fatalf("only %d rows were found", rows)
	}
}
