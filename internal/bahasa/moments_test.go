package bahasa

import (
	"testing"
	"time"
)

// TestOtherMoments reads days at the edges of a week, a month and a year,
// which the corpus with its one moment does not reach.
func TestOtherMoments(t *testing.T) {
	for _, c := range []struct{ at, kind, input, want string }{
		// Monday morning: the week has only this one day.
		{"2026-11-23T08:00:00+07:00", "date_past", "pekan ini", "CONFIRM:2026-11-23"},
		{"2026-11-23T08:00:00+07:00", "date_past", "minggu ini", "CONFIRM:2026-11-23"},
		{"2026-11-23T08:00:00+07:00", "date_past", "senin lalu", "2026-11-16"},
		{"2026-11-23T08:00:00+07:00", "date_past", "minggu lalu", "ASK:2026-11-22|2026-11-16..2026-11-22"},
		// Sunday late in the evening: nothing is left of it.
		{"2026-11-29T22:00:00+07:00", "date_future", "pekan ini", "CONFIRM:2026-11-29"},
		{"2026-11-29T22:00:00+07:00", "date_future", "minggu depan", "ASK:2026-12-06|2026-11-30..2026-12-06"},
		{"2026-11-29T22:00:00+07:00", "date_future", "pagi ini", "REJECT:past"},
		{"2026-11-29T22:00:00+07:00", "datetime_future", "jam 9", "CONFIRM:2026-11-30T09:00"},
		// New Year's Day.
		{"2027-01-01T07:00:00+07:00", "date_past", "31/12", "2026-12-31"},
		{"2027-01-01T07:00:00+07:00", "date_past", "bulan lalu", "ASK:2026-12-01..2026-12-31"},
		{"2027-01-01T07:00:00+07:00", "date_past", "bulan ini", "CONFIRM:2027-01-01"},
		{"2027-01-01T07:00:00+07:00", "date_future", "5 jan", "2027-01-05"},
		// Leap years.
		{"2028-02-29T12:00:00+07:00", "date_past", "setahun lalu", "CONFIRM:2027-02-28"},
		{"2028-02-29T12:00:00+07:00", "date_future", "tgl 30", "CONFIRM:2028-03-30"},
		{"2027-02-28T16:00:00+07:00", "date_future", "29 feb", "ASK:2028-02-29"},
		{"2028-03-01T09:00:00+07:00", "date_past", "kemarin", "2028-02-29"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Understand(c.kind, c.input, at); err != nil || got != c.want {
			t.Errorf("%s: %s %q = %s, want %s (%v)", c.at, c.kind, c.input, got, c.want, err)
		}
	}
}
