package reminder

import (
	"slices"

	"github.com/dampingi/dampingi/internal/program"
)

// together is within how many days consents end that are told of as one.
const together = 7

// Ending are consents that end within a week.
type Ending struct {
	Last  program.Date // the last day of the one that ends first
	Count int
}

// Endings are the consents of hers that are in force or have run out without being asked anew, by their
// last days. What she agreed to for one guest's visit is for that visit, and is not asked anew.
func (h *Her) Endings() []Ending {
	var days []program.Date
	for _, c := range h.Consents {
		if c.Status == program.Given && c.Purpose != program.GuestVisit && c.Until != "" {
			days = append(days, c.Until)
		}
	}
	slices.Sort(days)
	var all []Ending
	for _, day := range days {
		if n := len(all); n > 0 && day < all[n-1].Last.AddDays(together) {
			all[n-1].Count++
			continue
		}
		all = append(all, Ending{day, 1})
	}
	return all
}

// EndingAt are those that became due on a day, so many days before their last one: what is below zero is
// after it.
func (h *Her) EndingAt(due program.Date, before int) Ending {
	var one Ending
	for _, e := range h.Endings() {
		if e.Last.AddDays(-before) <= due {
			one = e
		}
	}
	return one
}

// consentEnds is N16: what she agreed to ends soon. She is asked in person whether it still holds; when
// it has ended, what it allowed has stopped by itself, and her companion is told so once.
func consentEnds(f Facts, n Numbers) []Moment {
	if f.Her.Stage.Ended() {
		return nil
	}
	var all []Moment
	for _, e := range f.Her.Endings() {
		first, last, over := f.start(e.Last, -n["before"]), f.start(e.Last, -n["last"]), f.start(e.Last, 1)
		all = append(all,
			Moment{From: first, Until: last, To: ToCompanion},
			Moment{From: last, Until: over, To: ToCompanion, Step: 1},
			Moment{From: over, Until: over.AddDate(0, 0, n["over_for"]), To: ToCompanion, Step: 2},
		)
	}
	return all
}
