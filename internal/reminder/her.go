package reminder

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// herRules are about what participants are told besides sessions, and that messages do not reach them.
func herRules() []Rule {
	return []Rule{
		{ID: "R3", About: program.AboutHer, Numbers: Numbers{"days": program.TargetAsked, "patience": 14}, find: target},
		{ID: "R4", About: program.AboutHer, Numbers: Numbers{"hour": 9, "gap": 21, "patience": 7}, find: glad},
		{ID: "R5", About: program.AboutHer, Numbers: Numbers{"patience": 14}, find: lost},
	}
}

// Going is since when her business has gone on without a break, and when it was last looked at; empty
// for never.
type Going struct {
	Since, Last program.Date
}

// target is R3: what she has set herself, month by month until she says something about it. On a phone
// that others use it stays where it is (safety.md 3.5 rule 10).
func target(f Facts, n Numbers) []Moment {
	if f.Her.Target.IsZero() || f.Her.Contact.Shared() || n["days"] <= 0 {
		return nil
	}
	due := f.Her.Target.AddDate(0, 0, n["days"])
	for due.AddDate(0, 0, n["days"]).Before(f.Now) {
		due = due.AddDate(0, 0, n["days"])
	}
	next := due.AddDate(0, 0, n["days"])
	return []Moment{
		{From: due, Until: due.AddDate(0, 0, n["patience"]), To: ToSelf},
		{From: next, Until: next.AddDate(0, 0, n["patience"]), To: ToSelf},
	}
}

// GladAfter lists after how many months a business that goes on is something to be glad of.
func GladAfter() []int { return []int{3, 6, 12} }

// glad is R4: her business has gone on for a while (program.md row 160). It is told when there is room
// for it within some days, and otherwise not at all.
func glad(f Facts, n Numbers) []Moment {
	g := f.Her.Going
	if g.Since == "" {
		return nil
	}
	var all []Moment
	for step, months := range GladAfter() {
		day := g.Since.AddMonths(months)
		if g.Last.AddDays(n["gap"]) < min(day, f.today()) { // nobody knows whether it still goes on
			continue
		}
		from := f.start(day, 0).Add(time.Duration(n["hour"]) * time.Hour)
		all = append(all, Moment{From: from, Until: from.AddDate(0, 0, n["patience"]), To: ToSelf, Step: step})
	}
	return all
}

// lost is R5: messages do not reach her any more. Why is nobody's guess to make.
func lost(f Facts, n Numbers) []Moment {
	if !f.Her.Joined || f.Her.Reached || f.Her.LostAt.IsZero() {
		return nil
	}
	return []Moment{{From: f.Her.LostAt, Until: f.Her.LostAt.AddDate(0, 0, n["patience"]), To: ToCompanion}}
}
