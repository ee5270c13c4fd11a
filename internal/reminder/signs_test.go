package reminder_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// checks are weekly looks on Wednesdays up to 25 November, the earliest first in the words and the latest
// first as they are known: "turun 400 kurang_laku,modal"; "-" is a week without one.
func checks(words ...string) []reminder.Check {
	var all []reminder.Check
	for i, w := range words {
		if w == "-" {
			continue
		}
		c := reminder.Check{On: program.Date("2026-11-25").AddDays(-7 * (len(words) - 1 - i))}
		parts := strings.Fields(w)
		c.Direction = parts[0]
		if len(parts) > 1 {
			_, _ = fmt.Sscan(parts[1], &c.Turnover)
		}
		if len(parts) > 2 {
			c.Obstacles = strings.Split(parts[2], ",")
		}
		all = append(all, c)
	}
	slices.Reverse(all)
	return all
}

// told are the rules of signs that have something to tell about her on a morning.
func told(t testing.TB, f reminder.Facts, when string) []string {
	t.Helper()
	var all []string
	for _, r := range book(t).Look(f, at(t, when)).Open {
		if slices.Contains(reminder.SignRules(), r.Rule) {
			all = append(all, r.Rule+" "+r.Due.In(zone).Format("01-02"))
		}
	}
	return all
}

func TestABusinessThatGoesDown(t *testing.T) {
	for _, c := range []struct {
		name  string
		words []string
		want  []string
	}{
		{"twice", []string{"turun", "turun"}, []string{"N05 11-26"}},
		{"once", []string{"tetap", "turun"}, nil},
		{"with a rise in between", []string{"turun", "naik", "turun"}, nil},
		{"with the same in between", []string{"turun", "tetap", "turun"}, nil},
		{"with a week off in between", []string{"turun", "libur", "turun"}, []string{"N05 11-26"}},
		{"with a week without a look in between", []string{"turun", "-", "turun"}, []string{"N05 11-26"}},
		{"three times: the pair was told", []string{"turun", "turun", "turun"}, []string{"N05 11-19"}},
		{"four times: the second pair, when the first has passed", []string{"turun", "turun", "turun", "turun"}, []string{"N05 11-26"}},
		{"and rose again", []string{"turun", "turun", "naik"}, nil},
		{"by a third, twice", []string{"tetap 900", "tetap 600", "tetap 400"}, []string{"N05 11-26"}},
		{"by exactly 30 per cent, twice", []string{"tetap 1000", "tetap 700", "tetap 490"}, []string{"N05 11-26"}},
		{"by less than 30 per cent", []string{"tetap 1000", "tetap 701", "tetap 490"}, nil},
		{"by a third, with an unknown week", []string{"tetap 900", "tetap 600", "tetap", "tetap 400"}, []string{"N05 11-26"}},
		{"by a third, with a week off", []string{"tetap 900", "tetap 600", "libur 0", "tetap 400"}, []string{"N05 11-26"}},
		{"and sold nothing in a week off", []string{"tetap 900", "tetap 600", "libur 1"}, nil},
		{"and sold more again", []string{"tetap 900", "tetap 600", "tetap 400", "tetap 500"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := about(func(h *reminder.Her) { h.LastSeen, h.Business.Checks = "2026-11-25", checks(c.words...) })
			if got := told(t, f, "2026-11-26 08:00"); !slices.Equal(got, c.want) {
				t.Errorf("told %v, want %v", got, c.want)
			}
		})
	}
}

func TestASignIsToldTheNextMorning(t *testing.T) {
	f := about(func(h *reminder.Her) { h.Business.Checks = checks("turun", "turun") })
	if got := told(t, f, "2026-11-26 07:59"); got != nil {
		t.Errorf("told before: %v", got)
	}
	if got := told(t, f, "2026-12-09 23:59"); got == nil {
		t.Error("it has passed within the fortnight")
	}
	if got := told(t, f, "2026-12-10 00:00"); got != nil {
		t.Errorf("told after a fortnight: %v", got)
	}
	f.Her.Consents = nil
	if got := told(t, f, "2026-11-26 08:00"); got != nil {
		t.Errorf("told although she does not agree: %v", got)
	}
}

func TestTheSameObstacle(t *testing.T) {
	for _, c := range []struct {
		name  string
		words []string
		cases []string
		want  []string
	}{
		{"twice", []string{"tetap 0 modal", "tetap 0 modal"}, nil, []string{"N06 11-26"}},
		{"once", []string{"tetap", "tetap 0 modal"}, nil, nil},
		{"another one", []string{"tetap 0 modal", "tetap 0 cuaca"}, nil, nil},
		{"one of several", []string{"tetap 0 modal,cuaca", "tetap 0 cuaca,tempat"}, nil, []string{"N06 11-26"}},
		{"three times is told once", []string{"tetap 0 modal", "tetap 0 modal", "tetap 0 modal"}, nil, []string{"N06 11-19"}},
		{"gone in between", []string{"tetap 0 modal", "tetap", "tetap 0 modal"}, nil, nil},
		{"gone now", []string{"tetap 0 modal", "tetap 0 modal", "tetap"}, nil, nil},
		{"back after it was gone", []string{"tetap 0 modal", "tetap 0 modal", "tetap", "tetap 0 modal", "tetap 0 modal"}, nil, []string{"N06 11-26"}},
		{"something else says nothing", []string{"tetap 0 lainnya", "tetap 0 lainnya"}, nil, nil},
		{"a case is open about it", []string{"tetap 0 kurang_laku", "tetap 0 kurang_laku"}, []string{"produk_kurang_laku"}, nil},
		{"a case is open about something else", []string{"tetap 0 kurang_laku", "tetap 0 kurang_laku"}, []string{"dukungan_keluarga"}, []string{"N06 11-26"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := about(func(h *reminder.Her) {
				h.LastSeen, h.Business.Checks, h.Business.Cases = "2026-11-25", checks(c.words...), c.cases
			})
			if got := told(t, f, "2026-11-26 08:00"); !slices.Equal(got, c.want) {
				t.Errorf("told %v, want %v", got, c.want)
			}
		})
	}
}

func TestAnObstacleIsToldAgainAfterSixtyDays(t *testing.T) {
	words := slices.Repeat([]string{"tetap 0 modal"}, 11) // the second is nine weeks before the last
	f := about(func(h *reminder.Her) { h.LastSeen, h.Business.Checks = "2026-11-25", checks(words...) })
	if got := told(t, f, "2026-11-26 08:00"); !slices.Equal(got, []string{"N06 11-26"}) {
		t.Errorf("told %v", got)
	}
	f.Her.Business.Checks = f.Her.Business.Checks[:10]
	if got := told(t, f, "2026-11-26 08:00"); got != nil {
		t.Errorf("told too early: %v", got)
	}
}

func TestSheStayedAwayOrWasLow(t *testing.T) {
	sat := func(came ...program.Presence) func(*reminder.Her) {
		return func(h *reminder.Her) {
			for i, c := range came { // the latest first
				h.Business.Sittings = append(h.Business.Sittings, reminder.Sitting{On: program.Date("2026-11-25").AddDays(-7 * i), Came: c})
			}
		}
	}
	felt := func(levels ...int) func(*reminder.Her) {
		return func(h *reminder.Her) {
			for i, l := range levels {
				h.Business.Moods = append(h.Business.Moods, reminder.Mood{On: program.Date("2026-11-25").AddDays(-7 * i), Level: l})
			}
		}
	}
	one := []string{"N08 11-26"}
	for _, c := range []struct {
		name   string
		change func(*reminder.Her)
		want   []string
	}{
		{"twice away", sat(program.Absent, program.Absent), one},
		{"once away", sat(program.Absent, program.Present), nil},
		{"away, and came", sat(program.Present, program.Absent, program.Absent), nil},
		{"away with a word", sat(program.Absent, program.Excused), nil},
		{"twice low", felt(2, 1), one},
		{"once low", felt(2, 3), nil},
		{"low before", felt(3, 2, 2), nil},
		{"both on the same day are one", func(h *reminder.Her) { sat(program.Absent, program.Absent)(h); felt(1, 1)(h) }, one},
		{"seen since", func(h *reminder.Her) { sat(program.Absent, program.Absent)(h); h.LastSeen = "2026-11-26" }, nil},
		{"at a session since", func(h *reminder.Her) { felt(1, 1)(h); h.Business.Together = "2026-11-26" }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := about(func(h *reminder.Her) { h.LastSeen = "2026-11-25"; c.change(h) })
			if got := told(t, f, "2026-11-26 08:00"); !slices.Equal(got, c.want) {
				t.Errorf("told %v, want %v", got, c.want)
			}
		})
	}
}

// someChecks draws looks of up to three months, the latest first; some weeks have none, some have two.
func someChecks(t *rapid.T) []reminder.Check {
	var all []reminder.Check
	for week := range rapid.IntRange(0, 12).Draw(t, "weeks") {
		for n := range rapid.IntRange(0, 2).Draw(t, "looks") {
			all = append(all, reminder.Check{
				On:        program.Date("2026-09-07").AddDays(7*week + 2*n),
				Direction: rapid.SampledFrom([]string{"naik", "tetap", "turun", "turun", "libur", ""}).Draw(t, "direction"),
				Turnover:  rapid.SampledFrom([]int64{0, 100, 300, 600, 1000}).Draw(t, "turnover"),
				Obstacles: rapid.SampledFrom([][]string{nil, {"modal"}, {"modal", "cuaca"}, {"lainnya"}}).Draw(t, "obstacles"),
			})
		}
	}
	slices.Reverse(all)
	return all
}

// TestSignsHoldTogether: a sign is on a day of a look, one rule has one on a day, a reason needs two looks,
// and what has not happened yet changes nothing of what was seen before.
func TestSignsHoldTogether(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		f := about(func(h *reminder.Her) { h.Business.Checks = someChecks(t) })
		all := b.Signs(f.Her)
		seen := map[string]bool{}
		for _, s := range all {
			key := s.Rule + string(s.On)
			if seen[key] {
				t.Fatalf("two signs of %s", key)
			}
			seen[key] = true
			weeks := map[program.Date]bool{}
			for _, c := range f.Her.Business.Checks {
				if c.On <= s.On {
					weeks[c.On.WeekStart()] = true
				}
			}
			if len(weeks) < 2 {
				t.Fatalf("a sign after %d weeks", len(weeks))
			}
			if !slices.ContainsFunc(f.Her.Business.Checks, func(c reminder.Check) bool { return c.On == s.On }) {
				t.Fatalf("a sign without a look on %s", s.On)
			}
		}
		for week := range 13 { // as it was at the end of each week
			end := program.Date("2026-09-07").AddDays(7*week + 6)
			then := about(func(h *reminder.Her) {
				h.Business.Checks = slices.DeleteFunc(slices.Clone(f.Her.Business.Checks), func(c reminder.Check) bool { return c.On > end })
			})
			before := slices.DeleteFunc(slices.Clone(all), func(s reminder.Sign) bool { return s.On > end })
			if got := b.Signs(then.Her); fmt.Sprint(keys(got)) != fmt.Sprint(keys(before)) {
				t.Fatalf("by %s there were %v, and later they had been %v", end, keys(got), keys(before))
			}
		}
	})
}

// TestWeeksOffChangeNothing: what goes down and what is sold is the same with and without weeks off.
func TestWeeksOffChangeNothing(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(t *rapid.T) {
		var without, with []reminder.Check
		for week := range rapid.IntRange(0, 8).Draw(t, "weeks") {
			c := reminder.Check{On: program.Date("2026-09-07").AddDays(14 * week), Direction: rapid.SampledFrom([]string{"naik", "tetap", "turun"}).Draw(t, "direction"), Turnover: rapid.Int64Range(0, 1000).Draw(t, "turnover")}
			without, with = append(without, c), append(with, c)
			if rapid.Bool().Draw(t, "off") {
				with = append(with, reminder.Check{On: c.On.AddDays(7), Direction: "libur", Turnover: rapid.Int64Range(0, 1000).Draw(t, "nothing")})
			}
		}
		slices.Reverse(without)
		slices.Reverse(with)
		one := b.Signs(about(func(h *reminder.Her) { h.Business.Checks = without }).Her)
		other := b.Signs(about(func(h *reminder.Her) { h.Business.Checks = with }).Her)
		if fmt.Sprint(one) != fmt.Sprint(other) {
			t.Fatalf("%v without, %v with weeks off", one, other)
		}
	})
}

// keys are the signs without what came after them.
func keys(all []reminder.Sign) []string {
	some := make([]string, 0, len(all))
	for _, s := range all {
		some = append(some, fmt.Sprint(s.Rule, s.On, s.Why))
	}
	return some
}
