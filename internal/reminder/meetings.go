package reminder

import (
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// meetingRules are what the staff is told of sessions (program.md rows 62, 67 and 97). What participants
// are told is in sessionRules.
func meetingRules() []Rule {
	return []Rule{
		{ID: "S1", About: program.AboutMatter, When: "0 9 * * *", Numbers: Numbers{"again": 4, "keep": 30}, find: unclosedSession},
		{ID: "S2", About: program.AboutMatter, When: "0 9 * * *", Numbers: Numbers{"before": 2}, find: unansweredSession},
		{ID: "S3", About: program.AboutMatter, When: "0 9 * * *", Numbers: Numbers{"letter": 14, "confirm": 3}, find: speakersOfSession},
		{ID: "S4", About: program.AboutHouse, When: "0 9 * * 1", Numbers: Numbers{"months": 11, "keep": 60}, find: yearlySessions},
		{ID: "S5", About: program.AboutMatter, When: "0 9 * * *", Numbers: Numbers{"after": 14, "keep": 60}, find: questionsOfSession},
	}
}

// session is a session at a status, and when it begins; false when it is none, or has no time.
func (f Facts) session(statuses ...string) (begins time.Time, ok bool) {
	if f.Matter.Kind != program.Session || !slices.Contains(statuses, f.Matter.Status) {
		return begins, false
	}
	return program.SessionBegins(f.Matter.Matter, f.Zone)
}

// unclosedSession is S1: a session was yesterday, and who was there is not on record.
func unclosedSession(f Facts, n Numbers) []Moment {
	begins, ok := f.session("diumumkan")
	if !ok {
		return nil
	}
	leads := ToOwner
	if f.Matter.Owner == "" {
		leads = ToSecretary
	}
	day := program.DateOf(begins)
	again, until := f.start(day, 1+n["again"]), f.start(day, 1+n["keep"])
	all := []Moment{{From: f.start(day, 1), Until: again, To: leads}, {From: again, Until: until, To: leads, Step: 1}}
	if leads != ToSecretary {
		all = append(all, Moment{From: again, Until: until, To: ToSecretary, Step: 1})
	}
	return all
}

// unansweredSession is S2: a session is near, and some who are invited have not answered. Each companion
// hears of hers alone; who was invited later, from the day after on.
func unansweredSession(f Facts, n Numbers) []Moment {
	begins, ok := f.session("diumumkan")
	if !ok {
		return nil
	}
	invited := map[string]program.Date{} // the latest, by companion
	var order []string
	for _, g := range f.Unanswered() {
		if _, known := invited[g.Companion]; !known {
			order = append(order, g.Companion)
		}
		invited[g.Companion] = max(invited[g.Companion], program.DateOf(g.InvitedAt.In(f.Zone)))
	}
	var all []Moment
	for _, companion := range order {
		day := max(program.DateOf(begins).AddDays(-n["before"]), invited[companion].AddDays(1))
		all = append(all, Moment{From: f.start(day, 0), Until: begins, To: ToPerson(companion)})
	}
	return all
}

// Unanswered are the guests of a session who are invited and have not answered as it stands now: who
// answered before it was moved has answered about another time.
func (f Facts) Unanswered() []Guest {
	var all []Guest
	for _, g := range f.Matter.Guests {
		waits := program.ReplyTo(f.Matter.Matter, g.Attendance) == program.NotReplied
		if g.Invited() && g.Companion != "" && g.Came == program.NotNoted && waits {
			all = append(all, g)
		}
	}
	return all
}

// speakersOfSession is S3: whoever speaks at a session has a letter two weeks before, and is asked once
// more a few days before. Of one that is planned later, it is the day after.
func speakersOfSession(f Facts, n Numbers) []Moment {
	begins, ok := f.session("rencana", "diumumkan")
	if !ok || len(Speakers(f.Matter.Matter)) == 0 {
		return nil
	}
	day, planned := program.DateOf(begins), program.DateOf(f.Matter.OpenedAt.In(f.Zone))
	confirm := day.AddDays(-n["confirm"])
	letter := max(day.AddDays(-n["letter"]), planned.AddDays(1))
	return []Moment{
		{From: f.start(letter, 0), Until: f.start(confirm, 0), To: ToSecretary},
		{From: f.start(confirm, 0), Until: begins, To: ToSecretary, Step: 1},
	}
}

// Speakers are those who speak at a session and come from elsewhere, as the flow kegiatan names them.
func Speakers(m program.Matter) []string {
	return slices.DeleteFunc(slices.Clone(m.Fields["narasumber"]), func(who string) bool { return who == "pengurus" })
}

// yearlySessions is S4: what takes place once a year is not planned, when the year is nearly over.
func yearlySessions(f Facts, n Numbers) []Moment {
	var all []Moment
	for _, m := range f.House.Sessions {
		if f.House.unplanned(m) {
			due := f.start(m.Day.AddMonths(n["months"]), 0)
			all = append(all, Moment{From: due, Until: due.AddDate(0, 0, n["keep"]), To: ToSecretary})
		}
	}
	return all
}

// unplanned reports whether a session takes place each year, and no later one of its kind is planned
// or was.
func (h *House) unplanned(m program.Matter) bool {
	if m.Fields.Get("pengulangan") != string(program.Yearly) || m.Status == "batal" || m.Day == "" {
		return false
	}
	return !slices.ContainsFunc(h.Sessions, func(o program.Matter) bool {
		same := o.ID != m.ID && o.Fields.Get("jenis") == m.Fields.Get("jenis") && o.Fields.Get("judul") == m.Fields.Get("judul")
		return same && o.Status != "batal" && (o.Day > m.Day || o.Day == "")
	})
}

// Unplanned are the yearly sessions that a reminder of S4 is about: those which are due then.
func (h *House) Unplanned(due time.Time, months int) []program.Matter {
	var all []program.Matter
	for _, m := range h.Sessions {
		if h.unplanned(m) && m.Day.AddMonths(months) <= program.DateOf(due) {
			all = append(all, m)
		}
	}
	return all
}

// questionsOfSession is S5: what participants wanted to know from the agencies is to be answered.
func questionsOfSession(f Facts, n Numbers) []Moment {
	m := f.Matter
	if m.Kind != program.Session || m.Status != "selesai" || m.Fields.Get("pertanyaan") == "" {
		return nil
	}
	due := f.start(m.Changed, n["after"])
	return []Moment{{From: due, Until: due.AddDate(0, 0, n["keep"]), To: ToSecretary}}
}
