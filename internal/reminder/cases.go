package reminder

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// The rungs of the ladder that a waiting case goes up: the steps of N07.
const (
	CaseOwner  = 0 // whoever has it, or was asked to take it
	CaseSecond = 1 // whoever stands in for her companion
	CaseChair  = 2
)

// caseRules are about cases that wait. An emergency is a row of its own: neither the night nor a limit
// holds it back.
func caseRules() []Rule {
	return []Rule{
		{ID: "N07", About: program.AboutMatter, Alone: true, Numbers: Numbers{"told_within": 14}, find: waitingCase},
		{ID: "N07D", About: program.AboutMatter, Alone: true, Urgent: true, find: emergency},
	}
}

// waitingCase is N07 for what is no emergency. Everything of it is in the hours of the day, so that
// whoever is responsible has her time before anybody else is told.
func waitingCase(f Facts, n Numbers) []Moment {
	if f.Matter == nil || program.SeverityOf(f.Matter.Matter) == program.Emergency {
		return nil
	}
	all := f.ladder(f.inHours)
	for i := range all {
		all[i].Until = all[i].From.AddDate(0, 0, n["told_within"])
	}
	return all
}

// emergency is N07 for danger now. It makes sense as long as the case waits.
func emergency(f Facts, _ Numbers) []Moment {
	if f.Matter == nil || program.SeverityOf(f.Matter.Matter) != program.Emergency {
		return nil
	}
	return f.ladder(func(t time.Time) time.Time { return t })
}

// ladder is who is told of a case that waits, and when: whoever is responsible, whoever stands in for her
// companion half of the patience later, and the chair when it is over. Whatever is done about the case
// makes another step of it due, and with that the ladder begins anew from below. Where nobody is
// responsible who could be told, the others are told at once.
func (f Facts) ladder(move func(time.Time) time.Time) []Moment {
	m := f.Matter.Matter
	if m.Kind != program.Case || m.Ended() || m.Due.IsZero() || m.Fields == nil {
		return nil
	}
	patience := program.CasePatience(program.SeverityOf(m))
	start := m.Due
	if !start.After(m.ChangedAt) { // it was late already when something was done: that takes its time
		start = m.ChangedAt.Add(patience)
	}
	start = move(start)
	var all []Moment
	chair, second := start, start
	switch {
	case m.Owner == f.Matter.Companion && f.there(f.stands()): // or whoever stands in for her today
		all = append(all, Moment{From: start, To: ToCompanion, Step: CaseOwner})
		chair, second = move(start.Add(patience)), move(start.Add(patience/2))
	case f.there(m.Owner):
		all = append(all, Moment{From: start, To: ToOwner, Step: CaseOwner})
		chair, second = move(start.Add(patience)), move(start.Add(patience/2))
	}
	if who := f.Matter.Second; m.Owner != "" && who != m.Owner && f.there(who) && f.stands() != who {
		all = append(all, Moment{From: second, To: ToSecond, Step: CaseSecond})
	}
	return append(all, Moment{From: chair, To: ToOtherChair, Step: CaseChair})
}

// stands is who accompanies the participant of a matter today; empty for nobody.
func (f Facts) stands() string {
	for _, id := range f.staffed(f.Matter.Companion, f.Matter.Second) {
		return id
	}
	return ""
}

// The hours into which what is no emergency is moved (program.md 2.7).
const (
	wakes  = 7
	sleeps = 20
)

// inHours is a time itself, or the next morning.
func (f Facts) inHours(t time.Time) time.Time {
	t = t.In(f.Zone)
	y, m, d := t.Date()
	switch {
	case t.Hour() < wakes:
		return time.Date(y, m, d, wakes, 0, 0, 0, f.Zone)
	case t.Hour() >= sleeps:
		return time.Date(y, m, d+1, wakes, 0, 0, 0, f.Zone)
	}
	return t
}
