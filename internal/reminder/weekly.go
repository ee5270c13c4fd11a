package reminder

import (
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// CheckRule is N02: the weekly look at a business. Its first step is told on Friday for the week that
// ends, its second on Monday for the week before.
const CheckRule = "N02"

// weeklyRules are about what is looked at each week.
func weeklyRules() []Rule {
	return []Rule{
		{ID: CheckRule, About: program.AboutStaff, Numbers: Numbers{"friday_hour": 16, "monday_hour": 9, "monday_days": 2}, find: unchecked},
	}
}

// The days of the week on which it is told, counted from its Monday.
const (
	friday  = 4
	oneWeek = 7
)

// unchecked is N02: businesses which nobody has looked at in a week. Whoever looks after them is told of
// all of them in one line, unless she said that it is a week off.
func unchecked(f Facts, n Numbers) []Moment {
	hour := func(d program.Date, hour int) time.Time { return f.start(d, 0).Add(time.Duration(hour) * time.Hour) }
	this := f.today().WeekStart()
	var all []Moment
	for back := lateDays / oneWeek; back >= -1; back-- { // and the week to come: after a week off, nothing else leads to it
		week := this.AddDays(-oneWeek * back)
		if slices.ContainsFunc(f.Staff.Rests, func(d program.Date) bool { return d.WeekStart() == week }) {
			continue
		}
		monday := week.AddDays(oneWeek)
		for _, m := range []Moment{
			{From: hour(week.AddDays(friday), n["friday_hour"]), Until: f.start(monday, 0), To: ToSelf},
			{From: hour(monday, n["monday_hour"]), Until: f.start(monday, n["monday_days"]), To: ToSelf, Step: 1},
		} {
			// What is still to come is kept in mind: somebody may begin to trade until then.
			if m.From.After(f.Now) || len(f.Staff.Unchecked(week)) > 0 {
				all = append(all, m)
			}
		}
	}
	if len(f.Staff.Traders) == 0 {
		return nil
	}
	return all
}

// Unchecked are the codes of those whose business nobody has looked at since a week began, of those who
// traded before it ended. A look in the days after it counts: it tells of the days before.
func (s *Staff) Unchecked(week program.Date) []string {
	var all []string
	for _, t := range s.Traders {
		if t.Since < week.AddDays(oneWeek) && t.Checked < week {
			all = append(all, t.Code)
		}
	}
	return all
}

// WeekOf is the Monday of the week that a reminder of CheckRule is about; due is in the institution's zone.
func WeekOf(due time.Time, step int) program.Date {
	return program.DateOf(due).WeekStart().AddDays(-oneWeek * step)
}
