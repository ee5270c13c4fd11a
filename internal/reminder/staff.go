package reminder

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// The staff's Friday: when they are thanked for their week, and until when that makes sense.
const (
	fridayThanks = 16*time.Hour + 30*time.Minute
	fridayOver   = 20 * time.Hour
)

// staffRules are about what the staff does from week to week.
func staffRules() []Rule {
	return []Rule{
		{ID: "N11", About: program.AboutStaff, find: byConversation},
		{ID: "N14", About: program.AboutStaff, Light: true, find: thanks},
	}
}

// byConversation is N11: a draft is what is being said right now, which is not on record; the conversation
// reminds of it by itself (after two hours and the next morning, and at a day it is let go of).
func byConversation(Facts, Numbers) []Moment { return nil }

// thanks is N14: on Friday afternoon, whoever has been with somebody this week, or looked at a business, is
// thanked for it. Who has not hears nothing.
func thanks(f Facts, _ Numbers) []Moment {
	s, monday := f.Staff, f.today().WeekStart()
	if !s.Role.Accompanies() || Since(s.Visits, monday)+Since(s.Checks, monday) == 0 {
		return nil
	}
	friday := f.start(monday, int(time.Friday-time.Monday))
	return []Moment{{From: friday.Add(fridayThanks), Until: friday.Add(fridayOver), To: ToSelf}}
}

// Since is how many of some days are not before a day.
func Since(days []program.Date, first program.Date) int {
	n := 0
	for _, d := range days {
		if d >= first {
			n++
		}
	}
	return n
}
