package bahasa

import (
	"errors"
	"time"
)

// Date is a day of the calendar, without time or zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in the zone t carries.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads "2006-01-02" and nothing else; years 0001 to 9999.
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, errors.New("bahasa: a date is written 2006-01-02")
	}
	for i := 0; i < len(s); i++ {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return Date{}, errors.New("bahasa: a date is written 2006-01-02")
		}
	}
	d := Date{int(digitsValue(s[:4])), time.Month(digitsValue(s[5:7])), int(digitsValue(s[8:]))}
	if !d.Valid() {
		return Date{}, errors.New("bahasa: there is no such day")
	}
	return d, nil
}

// String returns "2006-01-02".
func (d Date) String() string {
	var b [16]byte
	return string(d.append(b[:0]))
}

func (d Date) append(b []byte) []byte {
	b = appendPadded(b, d.Year, 4)
	b = appendPadded(append(b, '-'), int(d.Month), 2)
	return appendPadded(append(b, '-'), d.Day, 2)
}

// appendPadded appends a number of at least width digits.
func appendPadded(b []byte, n, width int) []byte {
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	var tmp [20]byte
	i := len(tmp)
	for n > 0 || len(tmp)-i < width {
		i--
		tmp[i] = byte('0' + n%10)
		n /= 10
	}
	return append(b, tmp[i:]...)
}

// Time returns the first instant of the day in loc; nil means UTC.
func (d Date) Time(loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.Time(nil).AddDate(0, 0, n)) }

// addMonths returns the same day n months later, or the last day of that month
// when it is shorter.
func (d Date) addMonths(n int) Date {
	first := Date{d.Year, d.Month, 1}.Time(nil).AddDate(0, n, 0)
	out := Date{first.Year(), first.Month(), d.Day}
	for !out.Valid() && out.Day > 28 {
		out.Day--
	}
	return out
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time(nil).Weekday() }

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// After reports whether d comes after e.
func (d Date) After(e Date) bool { return e.Before(d) }

// IsZero reports whether d is the zero Date, which is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether the calendar has this day; years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year int, m time.Month) int {
	switch m {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysUntil returns how many days e comes after d.
func (d Date) daysUntil(e Date) int {
	return int(e.Time(nil).Sub(d.Time(nil)) / (24 * time.Hour))
}

// monday returns the Monday of d's week.
func (d Date) monday() Date { return d.AddDays(-((int(d.Weekday()) + 6) % 7)) }

// DateTime is a day and, when it is known, a time of that day.
type DateTime struct {
	Date     Date
	Clock    Clock
	HasClock bool
}

// String returns "2026-11-26T09:00", or "2026-11-27T??" without a time.
func (t DateTime) String() string {
	if !t.HasClock {
		return t.Date.String() + "T??"
	}
	return t.Date.String() + "T" + t.Clock.String()
}

// Clock is a time of day in minutes since midnight, 0 to 1439.
type Clock int

// ClockAt returns the time of day for an hour and a minute.
func ClockAt(hour, minute int) Clock { return Clock(hour*60 + minute) }

// Hour returns the hour, 0 to 23.
func (c Clock) Hour() int { return int(c) / 60 }

// Minute returns the minute, 0 to 59.
func (c Clock) Minute() int { return int(c) % 60 }

// Valid reports whether the clock is within one day.
func (c Clock) Valid() bool { return c >= 0 && c < 24*60 }

// String returns "09:30".
func (c Clock) String() string {
	var b [8]byte
	out := appendPadded(b[:0], c.Hour(), 2)
	return string(appendPadded(append(out, ':'), c.Minute(), 2))
}
