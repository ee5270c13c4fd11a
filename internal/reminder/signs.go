package reminder

import (
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Sign is something that may be worth a question, with its reasons: never a score.
type Sign struct {
	Rule string       // one of SignRules
	On   program.Date // the day of the report that made it one
	Due  time.Time    // when it is told
	Why  []string     // the obstacles, or one of the reasons below
	Over bool         // something later has taken its reason away
}

// The reasons of signs other than obstacles.
const (
	WhyFell    = "turun"       // she said twice that it goes down
	WhyLower   = "omzet"       // she sold much less, twice
	WhyAbsent  = "tidak_hadir" // she stayed away twice
	WhyMood    = "semangat"    // she was not keen, twice
	WhyOffPlan = "belanja"     // a capital was spent on something else
)

// twice is how often something is said before it is a sign.
const twice = 2

// falls are the signs of N05: twice in a row it went down, or she sold less by so many per cent. Each pair
// is one sign, whichever way it was seen. Weeks off do not count, nor does a week of which nobody knows
// what she sold; a rise ends it.
func falls(h *Her, n Numbers) []Sign {
	var all []Sign
	fell, lower, before := 0, 0, int64(0)
	for _, c := range byWeek(h.Business.Checks) {
		if c.Direction == resting {
			continue
		}
		rose := c.Direction == "naik" || c.Turnover > before && before > 0
		for i := range all {
			all[i].Over = all[i].Over || rose
		}
		switch c.Direction {
		case WhyFell:
			fell++
		case "naik", "tetap":
			fell = 0
		}
		if c.Turnover > 0 {
			lower++
			if before == 0 || c.Turnover*100 > before*int64(100-n["lower_percent"]) {
				lower = 0
			}
			before = c.Turnover
		}
		switch {
		case fell >= twice:
			all, fell, lower = append(all, Sign{On: c.On, Why: []string{WhyFell}}), 0, 0
		case lower >= twice:
			all, fell, lower = append(all, Sign{On: c.On, Why: []string{WhyLower}}), 0, 0
		}
	}
	return all
}

// resting is the direction of a week in which she did not trade.
const resting = "libur"

// anyOther is an obstacle that says nothing: two of them need not be the same.
const anyOther = "lainnya"

// repeats are the signs of N06: the same obstacle in two looks in a row. Each is told once, until it is
// gone for a while or so many days have passed.
func repeats(h *Her, n Numbers) []Sign {
	var all []Sign
	run, told := map[string]int{}, map[string]program.Date{}
	for _, c := range byWeek(h.Business.Checks) {
		now := map[string]int{}
		var why []string
		for _, o := range c.Obstacles {
			if o == anyOther || now[o] > 0 {
				continue
			}
			now[o] = run[o] + 1
			last, before := told[o]
			if now[o] == 1 { // it was gone in between
				delete(told, o)
			} else if !before || c.On >= last.AddDays(n["again"]) {
				why, told[o] = append(why, o), c.On
			}
		}
		run = now
		for i := range all {
			all[i].Over = !slices.ContainsFunc(all[i].Why, func(o string) bool { return now[o] > 0 })
		}
		if len(why) > 0 {
			all = append(all, Sign{On: c.On, Why: why})
		}
	}
	return all
}

// misses are the signs of N08: she stayed away from two sessions in a row without having said so, or was
// not keen at two visits in a row. Whoever has been with her since has asked.
func misses(h *Her, n Numbers) []Sign {
	var all []Sign
	stayed := 0
	for _, s := range slices.Backward(h.Business.Sittings) {
		if stayed++; s.Came != program.Absent {
			stayed = 0
		}
		if stayed == twice {
			all, stayed = append(all, Sign{On: s.On, Why: []string{WhyAbsent}}), 0
		}
	}
	low := 0
	for _, m := range slices.Backward(h.Business.Moods) {
		if low++; m.Level > n["mood"] {
			low = 0
		}
		if low < twice {
			continue
		}
		low = 0
		if i := slices.IndexFunc(all, func(s Sign) bool { return s.On == m.On }); i >= 0 { // one question is enough
			all[i].Why = append(all[i].Why, WhyMood)
			continue
		}
		all = append(all, Sign{On: m.On, Why: []string{WhyMood}})
	}
	for i := range all {
		all[i].Over = h.Met() > all[i].On
	}
	return all
}

// offPlan are the signs of spending: the first time that a capital was spent on something else than
// planned. There may be good reasons; they are asked for kindly.
func offPlan(h *Her, _ Numbers) []Sign {
	all := make([]Sign, 0, len(h.Business.OffPlan))
	for _, day := range h.Business.OffPlan {
		all = append(all, Sign{On: day, Why: []string{WhyOffPlan}})
	}
	return all
}

// byWeek are the looks at a business, the earliest first, one a week (Monday to Sunday): of several the
// latest, which corrects the others.
func byWeek(checks []Check) []Check {
	var all []Check
	for _, c := range checks { // the latest first
		if n := len(all); n == 0 || all[n-1].On.WeekStart() != c.On.WeekStart() {
			all = append(all, c)
		}
	}
	slices.Reverse(all)
	return all
}

// CaseKind is the kind of case that helps with a reason (program.md 2.2-R); empty for none.
func CaseKind(why string) string {
	switch why {
	case WhyAbsent, WhyMood, WhyOffPlan:
		return ""
	case "kurang_laku":
		return "produk_kurang_laku"
	case "relasi_pemasok":
		return "relasi_pedagang_besar"
	case program.FamilyCase:
		return program.FamilyCase
	}
	return "usaha_kurang_berkembang"
}

// Waiting are the reasons of a sign about which no case is open that would help.
func (s Sign) Waiting(h *Her) []string {
	return slices.DeleteFunc(slices.Clone(s.Why), func(why string) bool {
		kind := CaseKind(why)
		if kind == "" {
			return false
		}
		goesDown := why == WhyFell || why == WhyLower
		return slices.Contains(h.Business.Cases, kind) || goesDown && slices.Contains(h.Business.Cases, CaseKind("kurang_laku"))
	})
}

// TurnoverUntil are the last sums that she sold for up to a day, the earliest first, at most so many;
// without the weeks of which nobody knows, and weeks off.
func (h *Her) TurnoverUntil(day program.Date, most int) []int64 {
	var all []int64
	for _, c := range slices.Backward(byWeek(h.Business.Checks)) {
		if c.On <= day && c.Turnover > 0 && c.Direction != resting && len(all) < most {
			all = append(all, c.Turnover)
		}
	}
	slices.Reverse(all)
	return all
}
