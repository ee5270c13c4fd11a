package reminder_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// inside reports whether somebody may be told something at a time, said in other words than the package's.
func inside(s reminder.Settings, p program.Person, own reminder.Span, t time.Time) bool {
	t = t.In(s.Zone)
	if own == (reminder.Span{}) {
		own = s.Hours
	}
	at := t.Hour()*60 + t.Minute()
	in := at >= own.From && at < own.To
	if own.From >= own.To {
		in = at >= own.From || at < own.To
	}
	noon := t.Weekday() == time.Friday && at >= s.Friday.From && at < s.Friday.To
	return in && !noon && !p.AwayOn(program.DateOf(t))
}

// TestNobodyIsToldOutsideHerHours: whatever her hours, zone and days away, the time is inside of them, not
// before the one that is asked for, and no earlier quarter of an hour would do.
func TestNobodyIsToldOutsideHerHours(t *testing.T) {
	var zones []*time.Location
	for _, name := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/New_York"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, zone)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := reminder.Defaults(rapid.SampledFrom(zones).Draw(t, "zone"))
		quarter := rapid.IntRange(0, 95)
		var own reminder.Span
		if rapid.Bool().Draw(t, "chosen") {
			own = reminder.Span{From: 15 * quarter.Draw(t, "from"), To: 15 * quarter.Draw(t, "to")}
			width := (own.To - own.From + 1440) % 1440
			if width < 180 { // the longest that a Friday noon takes of them is ninety minutes
				own.To = (own.From + 180) % 1440
			}
		}
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, s.Zone).Add(time.Duration(rapid.IntRange(0, 2*365*24*60).Draw(t, "minute")) * time.Minute)
		p := program.Person{ID: "rina"}
		if rapid.Bool().Draw(t, "away") {
			p.Away = program.DateOf(at).AddDays(rapid.IntRange(-2, 20).Draw(t, "days"))
		}
		got := s.ForStaff(p, own, at)
		switch {
		case got.Before(at):
			t.Fatalf("%s is before %s", got, at)
		case !inside(s, p, own, got):
			t.Fatalf("%s is not inside %+v, away until %q", got, own, p.Away)
		case inside(s, p, own, at) && !got.Equal(at):
			t.Fatalf("%s although %s would do", got, at)
		}
		for earlier := at.Truncate(15 * time.Minute).Add(15 * time.Minute); earlier.Before(got); earlier = earlier.Add(15 * time.Minute) {
			if inside(s, p, own, earlier) {
				t.Fatalf("%s although %s would do", got, earlier)
			}
		}
	})
}

// TestHerOwnHoursWin: over the house's, also in the night, when she has chosen them; a Friday noon is free
// for everybody.
func TestHerOwnHoursWin(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	s := reminder.Defaults(zone)
	night := reminder.Span{From: 20 * 60, To: 5 * 60}
	for what, c := range map[string]struct {
		away     program.Date
		own      reminder.Span
		at, want string
	}{
		"in the morning":                    {"", reminder.Span{}, "2026-11-25 08:00", "2026-11-25 08:00"},
		"in the night":                      {"", reminder.Span{}, "2026-11-25 20:00", "2026-11-26 07:00"},
		"after midnight":                    {"", reminder.Span{}, "2026-11-25 00:10", "2026-11-25 07:00"},
		"who works at night, at noon":       {"", night, "2026-11-25 12:00", "2026-11-25 20:00"},
		"who works at night, at one":        {"", night, "2026-11-25 01:00", "2026-11-25 01:00"},
		"who works at night, at five":       {"", night, "2026-11-25 05:00", "2026-11-25 20:00"},
		"on a Friday noon":                  {"", reminder.Span{}, "2026-11-27 11:30", "2026-11-27 13:00"},
		"after a Friday noon":               {"", reminder.Span{}, "2026-11-27 13:00", "2026-11-27 13:00"},
		"while she is away":                 {"2026-11-26", reminder.Span{}, "2026-11-25 10:00", "2026-11-27 07:00"},
		"away, and back on a Friday's noon": {"2026-11-26", reminder.Span{From: 12 * 60, To: 15 * 60}, "2026-11-25 10:00", "2026-11-27 13:00"},
	} {
		at, _ := time.ParseInLocation("2006-01-02 15:04", c.at, zone)
		if got := s.ForStaff(program.Person{Away: c.away}, c.own, at).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%s: %s, want %s", what, got, c.want)
		}
	}
}

// TestLookingAheadFindsWhatComesSoon, and looks again in time for what comes later.
func TestLookingAheadFindsWhatComesSoon(t *testing.T) {
	zone := time.FixedZone("WIB", 7*3600)
	b, err := reminder.New(reminder.Defaults(zone))
	if err != nil {
		t.Fatal(err)
	}
	f := reminder.Facts{Subject: program.SubjectOf(program.AboutStaff, "rina"), Staff: &reminder.Staff{
		Person: program.Person{ID: "rina", Role: program.Companion}, Visits: []program.Date{"2026-11-24"},
	}}
	due := time.Date(2026, 11, 27, 16, 30, 0, 0, zone)
	for what, c := range map[string]struct {
		found reminder.Found
		open  int
		next  time.Time
	}{
		"a day before":              {b.LookAhead(f, due.AddDate(0, 0, -1)), 0, due.Add(-45 * time.Minute)},
		"within the window":         {b.LookAhead(f, due.Add(-45*time.Minute)), 1, due.Add(210 * time.Minute)},
		"not ahead":                 {b.Look(f, due.Add(-time.Minute)), 0, due},
		"when it is due":            {b.Look(f, due), 1, due.Add(210 * time.Minute)},
		"when it makes no sense":    {b.Look(f, due.Add(210*time.Minute)), 0, time.Time{}},
		"in a week without a visit": {b.Look(f, due.AddDate(0, 0, 7)), 0, time.Time{}},
	} {
		if len(c.found.Open) != c.open || !c.found.Next.Equal(c.next) {
			t.Errorf("%s: %+v, next %s", what, c.found.Open, c.found.Next)
		}
		if c.open == 1 && (!c.found.Open[0].Due.Equal(due) || c.found.Open[0].Person != "rina") {
			t.Errorf("%s: %+v", what, c.found.Open)
		}
	}
}

// TestWhoIsBackIsToldAgain: while her companion is away, whoever stands in is told; it is looked at anew on
// the day on which she is back.
func TestWhoIsBackIsToldAgain(t *testing.T) {
	zone := time.FixedZone("WIB", 7*3600)
	b, err := reminder.New(reminder.Defaults(zone))
	if err != nil {
		t.Fatal(err)
	}
	f := reminder.Facts{
		Subject: program.SubjectOf(program.AboutHer, "M-417"), Her: &reminder.Her{Consents: program.Consents{
			{Purpose: program.Accompaniment, Status: program.Given, Until: "2027-01-01"},
		}, Participant: program.Participant{
			Second: "yuli", Code: "M-417", Stage: program.Bimtek, Companion: "rina", LastSeen: "2026-11-10",
		}},
		People: []program.Person{{ID: "rina", Role: program.Companion, Active: true, Away: "2026-11-26"}, {ID: "yuli", Role: program.Companion, Active: true}},
	}
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, zone)
	if got := b.Look(f, now); len(got.Open) != 1 || got.Open[0].Person != "yuli" || !got.Next.Equal(time.Date(2026, 11, 27, 0, 0, 0, 0, zone)) {
		t.Errorf("while she is away: %+v", got)
	}
	if got := b.Look(f, now.AddDate(0, 0, 2)); len(got.Open) != 1 || got.Open[0].Person != "rina" {
		t.Errorf("when she is back: %+v", got)
	}
}
