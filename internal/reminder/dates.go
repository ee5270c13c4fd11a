package reminder

import (
	"cmp"
	"slices"

	"github.com/dampingi/dampingi/internal/program"
)

// dateRules are about what comes round for a participant, the days that somebody has set for her, and
// what is asked of her in person when its time is over.
func dateRules() []Rule {
	return []Rule{
		{ID: "N09", About: program.AboutHer, When: "0 9 * * *", Numbers: Numbers{
			"every": program.ScaleEvery, "again": 30, "fell": 1, "fell_for": 14, "digest": 7,
		}, find: scaleDue},
		{ID: "N10", About: program.AboutHer, When: "0 9 * * *", Numbers: Numbers{
			"plan_months": 11, "review_months": 12, "review_for": 60,
		}, find: capitalYear},
		{ID: "N15", About: program.AboutHer, When: "0 8 * * *", Numbers: Numbers{
			"every": program.ContactCheck, "again": 30, "digest": 14,
		}, find: contactCheck},
		{ID: "N16", About: program.AboutHer, When: "0 9 * * *", Numbers: Numbers{
			"before": 30, "last": 7, "over_for": 14,
		}, find: consentEnds},
		{ID: "N17", About: program.AboutHer, When: "0 9 * * *", Numbers: Numbers{
			"registered": 7, "again": 30, "thinking": 30, "thinking_for": 60, "digest": 7,
		}, find: firstMeeting},
		{ID: "N19", About: program.AboutHer, When: "0 9 * * *", Numbers: Numbers{"after": 14, "again": 30}, find: notInvitedOn},
		{ID: "N20", About: program.AboutHer, When: "0 9 * * *", Numbers: Numbers{
			"months": program.ConcludeAfter, "independent_months": 3, "again_months": 3,
		}, find: concludeOrGoOn},
		{ID: "T1", About: program.AboutHer, When: "0 8 * * *", Numbers: Numbers{"for": 30}, find: followUps},
		{ID: "T2", About: program.AboutHer, When: "0 8 * * *", Numbers: Numbers{"for": 30}, find: aftercare},
	}
}

// accompanied reports whether she is on her way and has agreed to it.
func (f Facts) accompanied() bool {
	return f.Her.Stage.Active() && f.agreed()
}

// rounds are the times around now of what comes again until something is done: each lasts until the
// next. What was over longer ago than is listed is left out.
func (f Facts) rounds(m Moment, day func(i int) program.Date) []Moment {
	var all []Moment
	oldest := f.today().AddDays(-lateDays)
	for i := 0; ; i++ {
		from, until := day(i), day(i+1)
		if from == "" || until <= from {
			return all
		}
		if until < oldest {
			continue
		}
		m.From, m.Until = f.start(from, 0), f.start(until, 0)
		all = append(all, m)
		if from > f.today() {
			return all
		}
	}
}

// everyDays are the days of what comes every so many days from one on.
func everyDays(first program.Date, days int) func(i int) program.Date {
	return func(i int) program.Date { return first.AddDays(i * days) }
}

// scaleDue is N09: it is time to talk about her development with her, and, after a level has fallen
// far, to ask how she is; only if she has agreed to it.
func scaleDue(f Facts, n Numbers) []Moment {
	h := f.Her
	if !f.accompanied() || !h.Consents.Allow(program.FunctionScale, f.today()) {
		return nil
	}
	day, _ := h.ScaleMoment(n["every"])
	all := f.rounds(Moment{To: ToCompanion}, everyDays(day, n["again"]))
	if h.Dates.Fell && h.LastSeen <= h.Dates.Scaled {
		from := f.start(h.Dates.Scaled, n["fell"])
		all = append(all, Moment{From: from, Until: from.AddDate(0, 0, n["fell_for"]), To: ToCompanion, Step: 1})
	}
	return all
}

// ScaleMoment is since when, or from when on, her development is to be talked about, and at which of
// the moments of the flow perkembangan (program.md 2.5); without a day when its time has not come yet.
// It is routine every so many days after the last time.
func (h *Her) ScaleMoment(every int) (program.Date, string) {
	day, moment := program.Date(""), ""
	if learns := slices.Index(program.Stages(), program.TemuWicara); slices.Index(program.Stages(), h.Stage) >= learns && h.Dates.Scaled == "" {
		day, moment = h.Added, "awal" // who was put on record with her field chosen
	}
	for _, c := range h.Stages {
		at := ""
		switch {
		case c.From == program.Choosing && c.To == program.TemuWicara:
			at = "awal"
		case c.From == program.Bimtek && (c.To == program.Capital || c.To == program.Trading):
			at = "setelah_bimtek"
		case c.To == program.Independent:
			at = "akhir"
		}
		if at != "" && c.On > h.Dates.Scaled {
			day, moment = c.On, at
		}
	}
	if day == "" && h.Dates.Scaled != "" {
		return h.Dates.Scaled.AddDays(every), "rutin"
	}
	return day, moment
}

// capitalYear is N10: a year is nearly over since her capital was paid out, or is over. The next one
// can be planned, and what came of it looked at.
func capitalYear(f Facts, n Numbers) []Moment {
	h := f.Her
	paid := h.Dates.Paid
	if paid == "" || !f.accompanied() || !h.Consents.Allow(program.CapitalData, f.today()) {
		return nil
	}
	year := paid.AddMonths(n["review_months"])
	plan, review := f.start(paid.AddMonths(n["plan_months"]), 0), f.start(year, 0)
	var all []Moment
	for _, to := range []To{ToCompanion, ToChair} {
		if !h.Dates.Planned {
			all = append(all, Moment{From: plan, Until: review, To: to})
		}
		if h.LastSeen < year {
			all = append(all, Moment{From: review, Until: review.AddDate(0, 0, n["review_for"]), To: to, Step: 1})
		}
	}
	return all
}

// contactCheck is N15: it was long ago that somebody went through her safe contact with her. Who has no
// phone here, and with whom nothing was agreed, is not written to.
func contactCheck(f Facts, n Numbers) []Moment {
	h := f.Her
	if h.Stage.Ended() || !f.agreed() || h.Contact.CheckedOn == "" && !h.Joined {
		return nil
	}
	since := cmp.Or(h.Contact.CheckedOn, h.Added)
	return f.rounds(Moment{To: ToCompanion}, everyDays(since.AddDays(n["every"]), n["again"]))
}

// firstMeeting is N17: she is registered, and nobody has sat down with her yet; or she wanted to think
// about it, and may be asked again.
func firstMeeting(f Facts, n Numbers) []Moment {
	h := f.Her
	switch {
	case !f.accompanied() || h.Stage != program.Reached && h.Stage != program.Registered:
	case h.Dates.Thinking != "":
		if h.LastSeen > h.Dates.Thinking { // she was met since
			return nil
		}
		from := f.start(h.Dates.Thinking, n["thinking"])
		return []Moment{{From: from, Until: from.AddDate(0, 0, n["thinking_for"]), To: ToCompanion, Step: 1}}
	case h.Stage == program.Registered && h.Dates.FirstMet == "":
		return f.rounds(Moment{To: ToCompanion}, everyDays(h.Since.AddDays(n["registered"]), n["again"]))
	}
	return nil
}

// notInvitedOn is N19: she was at a temu wicara, and nobody has invited her to a BIMTEK since.
func notInvitedOn(f Facts, n Numbers) []Moment {
	h := f.Her
	if h.Dates.Dialogue == "" || !f.accompanied() || h.Stage != program.TemuWicara && h.Stage != program.Bimtek {
		return nil
	}
	return f.rounds(Moment{To: ToSecretary}, everyDays(h.Dates.Dialogue.AddDays(n["after"]), n["again"]))
}

// concludeOrGoOn is N20: her year is over, or she has stood on her own feet for a while. Those who
// accompany her and the chair think about it; nothing follows by itself.
func concludeOrGoOn(f Facts, n Numbers) []Moment {
	h := f.Her
	if h.Added == "" || !f.accompanied() || h.Dates.Proposed {
		return nil
	}
	from, months, step := h.Added, n["months"], 0
	if h.Stage == program.Independent && h.Since.AddMonths(n["independent_months"]) < h.Added.AddMonths(months) {
		from, months, step = h.Since, n["independent_months"], 1
	}
	day := func(i int) program.Date { return from.AddMonths(months + i*n["again_months"]) }
	return append(f.rounds(Moment{To: ToCompanion, Step: step}, day), f.rounds(Moment{To: ToChair, Step: step}, day)...)
}

// followUps is T1: the day has come on which somebody wanted to see her again. A visit on that day or
// later is what was meant.
func followUps(f Facts, n Numbers) []Moment {
	h := f.Her
	_, asked := h.Consents.Of(program.Accompaniment)
	if h.Stage.Ended() || !f.agreed() && (asked || h.Stage != program.Reached) {
		return nil // who was only met may not have been asked yet
	}
	var all []Moment
	for _, u := range h.Dates.FollowUps {
		if h.LastSeen < u.Due {
			all = append(all, Moment{From: f.start(u.Due, 0), Until: f.start(u.Due, n["for"]), To: ToCompanion})
		}
	}
	return all
}

// aftercare is T2: her accompaniment was concluded some months ago, and she has agreed to be seen again.
func aftercare(f Facts, n Numbers) []Moment {
	h := f.Her
	if h.Stage != program.Concluded || !f.agreed() {
		return nil
	}
	var all []Moment
	for _, day := range h.Dates.Aftercare {
		if h.LastSeen < day {
			all = append(all, Moment{From: f.start(day, 0), Until: f.start(day, n["for"]), To: ToCompanion})
		}
	}
	return all
}
