package reminder

import (
	"github.com/dampingi/dampingi/internal/program"
)

// contactRules are about whom nobody has seen for long.
func contactRules() []Rule {
	return []Rule{
		{ID: "N01", About: program.AboutHer, When: "0 8 * * *", Numbers: Numbers{
			"learning": 14, "first_months": 7, "first_year": 30, "later": 90, "digest": 7, "chair": 14,
		}, find: unseen},
	}
}

// unseen is N01: nobody has been with her for longer than her stage allows. Once her companion was
// told and nothing came of it, the chair hears of it by the code alone. Her companion may say that it is
// not needed yet: then she is told again after as long a time, and the chair hears of it all the same.
func unseen(f Facts, n Numbers) []Moment {
	h := f.Her
	days := cadence(f, n)
	if days == 0 || !f.agreed() {
		return nil
	}
	day := h.Added.AddDays(days)
	if met := h.Met(); met != "" { // who was put on record with a day long past is not late before she is there
		day = max(met.AddDays(days), h.Added)
	}
	due, chair := f.start(day, 0), f.start(day, n["chair"])
	if put := h.Business.Put; put >= day {
		due = f.start(put, days)
	}
	again := due.AddDate(0, 0, n["chair"])
	return []Moment{
		{From: due, Until: again, To: ToCompanion},
		{From: again, Until: again.AddDate(0, 0, n["later"]), To: ToCompanion, Step: 1},
		{From: chair, Until: chair.AddDate(0, 0, n["later"]), To: ToChair, Step: 1},
	}
}

// Met is the day on which somebody of the institution was last with her; empty for never. A visit on
// which she was met counts, a session that she came to, and a talk with her about her development. A look
// at her business does not: it may be noted from what others say, and does not tell how she is.
func (h *Her) Met() program.Date { return max(h.LastSeen, h.Business.Together) }

// agreed reports whether she agrees to be accompanied: without it, nothing is noted about her, and
// nobody is asked to.
func (f Facts) agreed() bool {
	return f.Her.Consents.Allow(program.Accompaniment, f.today())
}

// cadence is after how many days somebody should see her; 0 where no such time is set. Whoever paused
// or left is not looked after by a clock, and what comes before the training has times of its own (N17).
func cadence(f Facts, n Numbers) int {
	h, days := f.Her, 0
	switch h.Stage {
	case program.Bimtek, program.Capital:
		days = n["learning"]
	case program.Trading, program.Independent:
		switch months := h.began().MonthsUntil(f.today()); {
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
