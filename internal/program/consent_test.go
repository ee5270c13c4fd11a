package program_test

import (
	"testing"

	"github.com/dampingi/dampingi/internal/program"
)

// TestVisitUntil has a consent to a visit end with the visit, and never later than such a consent does.
func TestVisitUntil(t *testing.T) {
	for visit, want := range map[program.Date]program.Date{
		"2026-11-25": "2026-11-25", "2026-11-28": "2026-11-28", "2026-12-02": "2026-12-02", "2026-12-03": "2026-12-02", "": "2026-12-02",
	} {
		if got := program.VisitUntil("2026-11-25", visit); got != want {
			t.Errorf("a visit on %q: until %s, want %s", visit, got, want)
		}
	}
}
