// Package digest is the chair's week (program.md 2.8): which figures of a week may be shown, and how
// they are told. It is pure: no clock, no store. What the records tell of a week comes in as Raw; what
// is kept of it is Figures, in which nothing small about participants is left.
package digest

import (
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Weeks is how many weeks the pictures look back over, the week itself included.
const Weeks = 12

// days is how many days a week has, Monday to Sunday.
const days = 7

// Week is an ISO week by its Monday, in the institution's zone.
type Week program.Date

// WeekOf is the week that a day is in.
func WeekOf(d program.Date) Week { return Week(d.WeekStart()) }

// LastFinished is the latest week that is over at an instant; the instant is in the institution's zone.
func LastFinished(now time.Time) Week { return WeekOf(program.DateOf(now)).Add(-1) }

// ParseWeek reads "2026-W47"; a week that its year does not have is an error.
func ParseWeek(s string) (Week, error) {
	var year, n int
	if _, err := fmt.Sscanf(s, "%4d-W%2d", &year, &n); err != nil || n < 1 || n > 53 || len(s) != len("2026-W47") {
		return "", fmt.Errorf("read week %q: want a week such as 2026-W47", s)
	}
	// The 4th of January is always in the first week.
	first := WeekOf(program.DateOf(time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)))
	w := first.Add(n - 1)
	if w.String() != s {
		return "", fmt.Errorf("read week %q: that year has no such week", s)
	}
	return w, nil
}

// String is the ISO name, "2026-W47".
func (w Week) String() string {
	year, n := program.Date(w).Time(time.UTC).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, n)
}

// Monday is its first day.
func (w Week) Monday() program.Date { return program.Date(w) }

// Sunday is its last day.
func (w Week) Sunday() program.Date { return w.Monday().AddDays(days - 1) }

// Add is the week so many weeks later.
func (w Week) Add(n int) Week { return Week(w.Monday().AddDays(days * n)) }

// Over reports whether the week is over at an instant in the institution's zone.
func (w Week) Over(now time.Time) bool { return program.DateOf(now) > w.Sunday() }
