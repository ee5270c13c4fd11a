package reminder

import (
	"github.com/dampingi/dampingi/internal/program"
)

// unseen is N01: nobody has been with her for longer than her stage allows. Once her companion was
// told and nothing came of it, the chair hears of it by the code alone.
func unseen(f Facts, n Numbers) []Moment {
	h := f.Her
	days := cadence(f, n)
	if days == 0 {
		return nil
	}
	day := h.Added.AddDays(days)
	if h.LastSeen != "" { // who was put on record with a day long past is not late before she is there
		day = max(h.LastSeen.AddDays(days), h.Added)
	}
	due := f.start(day, 0)
	chair := due.AddDate(0, 0, n["chair"])
	return []Moment{
		{From: due, Until: chair, To: ToCompanion},
		{From: chair, Until: chair.AddDate(0, 0, n["later"]), To: ToCompanion, Step: 1},
		{From: chair, Until: chair.AddDate(0, 0, n["later"]), To: ToChair, Step: 1},
	}
}

// cadence is after how many days somebody should see her; 0 where no such time is set.
func cadence(f Facts, n Numbers) int {
	h, days := f.Her, 0
	switch h.Stage {
	case program.Bimtek, program.Capital:
		days = n["learning"]
	case program.Trading, program.Independent:
		switch months := h.began().MonthsUntil(program.DateOf(f.Now)); {
		case months < 3:
			days = n["first_months"]
		case months < 12:
			days = n["first_year"]
		default:
			days = n["later"]
		}
	}
	if h.Business.Often {
		days = (days + 1) / 2
	}
	return days
}

// began is when her business began: the first time that she came to trade, or the day of her stage.
func (h *Her) began() program.Date {
	for _, c := range h.Stages {
		if c.To == program.Trading {
			return c.On
		}
	}
	return h.Since
}
