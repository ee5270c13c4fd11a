package program

import (
	"fmt"
	"time"
)

// Date is a calendar day in the institution's zone, written 2006-01-02; empty means none.
// As text it sorts, compares and stores as it is.
type Date string

// DateOf takes the day of an instant in that instant's own zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// ParseDate reads 2006-01-02 and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("read date %q: want YYYY-MM-DD", s)
	}
	return Date(s), nil
}

// Time is midnight of the day in the given zone; the zero time for no day.
func (d Date) Time(zone *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddDays moves by whole days; no day stays no day.
func (d Date) AddDays(n int) Date {
	t := d.Time(time.UTC)
	if t.IsZero() {
		return d
	}
	return DateOf(t.AddDate(0, 0, n))
}

// DaysUntil is how many days lie between the day and another; below 0 when that is earlier, and 0 when
// either is none.
func (d Date) DaysUntil(other Date) int {
	from, to := d.Time(time.UTC), other.Time(time.UTC)
	if from.IsZero() || to.IsZero() {
		return 0
	}
	return int(to.Sub(from).Hours() / 24)
}

// AddMonths moves by whole months; where there is no such day, to the month's last.
func (d Date) AddMonths(n int) Date {
	t := d.Time(time.UTC)
	if t.IsZero() {
		return d
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return DateOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}

// MonthsUntil is how many whole months there are until another day; 0 before the day itself, and
// when one of them is none.
func (d Date) MonthsUntil(other Date) int {
	from, to := d.Time(time.UTC), other.Time(time.UTC)
	if from.IsZero() || to.Before(from) {
		return 0
	}
	const year = 12
	n := (to.Year()-from.Year())*year + int(to.Month()) - int(from.Month())
	if d.AddMonths(n) > other {
		n--
	}
	return n
}

// WeekStart is the Monday of the day's ISO week.
func (d Date) WeekStart() Date {
	t := d.Time(time.UTC)
	return d.AddDays(-(int(t.Weekday()) + 6) % 7)
}
