package reminder

import (
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// What participants are told of sessions. Nothing of it waits in a queue: what she has heard is compared
// with what is so, and the difference is what there is to tell. So what was taken back meanwhile is never
// told, and what was moved twice is told once.

// minute is the When of what is told at once: with the next minute, so that what was changed in one go is
// told in one.
const minute = "* * * * *"

// sessionRules are about sessions, and what participants are told.
func sessionRules() []Rule {
	return append([]Rule{
		{ID: "R1", About: program.AboutHer, When: minute, Numbers: Numbers{"eve_hour": 16, "hours_before": 2, "answer_minutes": 30}, find: ahead},
		{ID: "R2", About: program.AboutHer, When: minute, find: changed},
		{ID: "RP", About: program.AboutHer, When: minute, Numbers: Numbers{"eve_hour": 16, "patience_minutes": 30}, find: inPerson},
	}, herRules()...)
}

// NewsKind is what there is to tell a participant of a session.
type NewsKind uint8

// The kinds.
const (
	NewsInvited NewsKind = iota + 1
	NewsMoved
	NewsOff
	NewsRate
	NewsAhead // she knows of it, and it comes near
)

// News is one thing to tell a participant of a session.
type News struct {
	Place
	Kind NewsKind
	At   time.Time // when it begins, or was to
	Was  time.Time // when it was to begin before; zero for none
}

// Ahead reports whether it is still to come, and she is invited.
func (p *Place) Ahead(now time.Time) bool {
	return p.Invited() && p.Status == "diumumkan" && p.Begins.After(now)
}

// News is the difference between what she has heard and what is so; false when there is none.
func (p *Place) News(now time.Time) (News, bool) {
	live := p.Ahead(now)
	switch {
	case live && p.Heard.IsZero():
		return News{Place: *p, Kind: NewsInvited, At: p.Begins}, true
	case live && !p.Heard.Equal(p.Begins):
		return News{Place: *p, Kind: NewsMoved, At: p.Begins, Was: p.Heard}, true
	case !live && p.Heard.After(now) && p.Status != "selesai" && p.Reply != program.CannotCome:
		return News{Place: *p, Kind: NewsOff, At: p.Heard}, true
	case p.Status == "selesai" && p.WasThere() && !p.Begins.IsZero() && now.Before(p.rateUntil()) && p.HeardAt.Before(p.Changed):
		return News{Place: *p, Kind: NewsRate, At: p.Begins}, true
	}
	return News{}, false
}

// rateUntil is up to when she may say what it was like.
func (p *Place) rateUntil() time.Time { return p.Begins.AddDate(0, 0, program.RatingDays) }

// since is when there came to be something to tell: what can still be taken back is not told yet.
func (p *Place) since() time.Time {
	at := p.Changed
	if p.InvitedAt.After(at) {
		at = p.InvitedAt
	}
	return at.Add(program.UndoWindow)
}

// until is up to when it makes sense to tell it.
func (n News) until() time.Time {
	if n.Kind == NewsRate {
		return n.rateUntil()
	}
	return n.At
}

// asOf is the time as of which it is looked at what there is to tell of a place: now, or the last moment
// before the session began, or was to. So what was not told while it made sense is found afterwards, and
// listed. What a session was like is a question: one that was not asked keeps nothing from her.
func (p *Place) asOf(now time.Time) time.Time {
	over := p.Heard // of one that is off
	if p.Invited() && p.Status == "diumumkan" {
		over = p.Begins
	}
	if over.IsZero() || over.After(now) || p.Status == "selesai" {
		return now
	}
	return over.Add(-time.Second)
}

// knows reports whether she knows of a session from somebody, though her chat did not tell it from a time
// on: it was said to her, or her answer was brought where her chat cannot ask.
func (f Facts) knows(p *Place, from time.Time) bool {
	if !p.HeardAt.Before(from) {
		return !slices.ContainsFunc(f.Her.Told, p.HeardAt.Equal)
	}
	_, _, ok := f.set.Slot(f.Her, f.Now)
	return !ok && p.Reply != program.NotReplied
}

// changed is R2: a session that she has not heard of, or not as it is.
func changed(f Facts, _ Numbers) []Moment {
	var all []Moment
	for i := range f.Her.Places {
		p := &f.Her.Places[i]
		at := p.asOf(f.Now)
		if n, some := p.News(at); some && (at.Equal(f.Now) || !f.knows(p, p.since())) {
			all = append(all, Moment{From: n.since(), Until: n.until(), To: ToSelf})
		}
	}
	return all
}

// eve is the beginning of the day before a session, and day that of its own.
func (p *Place) eve(zone *time.Location) (eve, day time.Time) {
	d := program.DateOf(p.Begins.In(zone))
	return d.AddDays(-1).Time(zone), d.Time(zone)
}

// Reminds reports whether a session that she knows of is to be recalled to her by now: from the afternoon
// before, and again from some hours before when she has heard nothing of it that day.
func (p *Place) Reminds(n Numbers, zone *time.Location, now time.Time) bool {
	eve, day := p.eve(zone)
	if !p.Ahead(now) || p.Reply == program.CannotCome {
		return false
	}
	if now.Before(p.before(n)) {
		return !now.Before(eve.Add(hours(n["eve_hour"]))) && p.HeardAt.Before(eve)
	}
	return p.HeardAt.Before(day)
}

// before is some hours before it begins.
func (p *Place) before(n Numbers) time.Time { return p.Begins.Add(-hours(n["hours_before"])) }

// ahead is R1: a session that comes near. Who cannot come is not reminded of it, and who was told of it
// on the day before, or on the day, has been reminded with that. Whoever has not answered twice is asked
// in person.
func ahead(f Facts, n Numbers) []Moment {
	var all []Moment
	for i := range f.Her.Places {
		p := &f.Her.Places[i]
		at := p.asOf(f.Now)
		if !p.Ahead(at) || p.Reply == program.CannotCome {
			continue
		}
		eve, day := p.eve(f.Zone)
		known := at.Before(f.Now) && (f.knows(p, eve) || !p.since().Before(p.Begins)) // who was invited afterwards missed nothing
		if p.HeardAt.Before(eve) && p.since().Before(p.before(n)) && !known {
			all = append(all, Moment{From: eve.Add(hours(n["eve_hour"])), Until: p.before(n), To: ToSelf})
		}
		if p.HeardAt.Before(day) && !known {
			all = append(all, Moment{From: p.before(n), Until: p.Begins, To: ToSelf, Step: 1})
		}
		if p.Reply == program.NotReplied && !p.HeardAt.Before(eve) {
			all = append(all, Moment{From: f.unanswered(p, n), Until: p.Begins, To: ToCompanion, Step: 2, Exact: true})
		}
	}
	return all
}

// unanswered is from when on no answer is an answer that is missing: some time after she was asked on the
// day itself, or would have been.
func (f Facts) unanswered(p *Place, n Numbers) time.Time {
	_, day := p.eve(f.Zone)
	asked := p.HeardAt
	if asked.Before(day) {
		asked = p.before(n)
		from := asked
		if f.Now.After(from) {
			from = f.Now
		}
		if at, _, ok := f.set.Slot(f.Her, from); ok && at.Before(p.Begins) {
			asked = at // she is asked then
		}
	}
	return asked.Add(minutes(n["answer_minutes"]))
}

// inPerson is RP: what a participant is not told in her chat before it makes no sense any more, so that
// somebody says it to her. Once when it is so, and once more on the day before.
func inPerson(f Facts, n Numbers) []Moment {
	var all []Moment
	for i := range f.Her.Places {
		for _, h := range f.Her.Places[i].spoken(f, n) {
			again := h.free.Add(minutes(n["patience_minutes"]))
			switch {
			case h.free.IsZero():
				all = append(all, Moment{From: h.from, Until: h.until, To: ToCompanion, Step: h.step})
			case f.Now.Before(h.until) && again.Before(h.until): // it is looked at again then; of what is over, her chat was to tell it
				all = append(all, Moment{From: again, Until: h.until, To: ToCompanion, Step: h.step, Exact: true})
			}
		}
	}
	return all
}

// spokenOf is something that may have to be said in person.
type spokenOf struct {
	from, until time.Time
	step        int
	free        time.Time // when she can be told in her chat; zero for not in time
}

// spoken are the times at which something of her place may have to be said in person.
func (p *Place) spoken(f Facts, n Numbers) []spokenOf {
	var all []spokenOf
	add := func(from, until time.Time, step int) {
		s, t := spokenOf{from: from, until: until, step: step}, from
		if f.Now.After(t) && f.Now.Before(until) { // what is over is looked at as it began
			t = f.Now
		}
		if at, _, ok := f.set.Slot(f.Her, t); ok && at.Before(until) {
			s.free = at
		}
		all = append(all, s)
	}
	as := p.asOf(f.Now)
	news, some := p.News(as)
	if some && news.Kind == NewsOff {
		add(p.since(), news.At, 0)
	}
	if !p.Ahead(as) || p.Reply != program.NotReplied {
		return all
	}
	eve, _ := p.eve(f.Zone)
	afternoon := eve.Add(hours(n["eve_hour"]))
	late := !p.since().Before(eve) // there is no time for both
	switch {
	case some && late:
		add(p.since(), p.Begins, 0)
	case some:
		add(p.since(), afternoon, 0)
	}
	if p.HeardAt.Before(eve) && !(some && late) {
		add(afternoon, p.Begins, 1)
	}
	return all
}

// InPerson are the sessions of which something is to be said to a participant in person now.
func (s Settings) InPerson(h *Her, n Numbers, now time.Time) []News {
	f := Facts{Her: h, Zone: s.Zone, Now: now.In(s.Zone), set: s}
	var all []News
	for i := range h.Places {
		p := &h.Places[i]
		for _, said := range p.spoken(f, n) {
			if !said.free.IsZero() || now.Add(time.Minute).Before(said.from) || !now.Before(said.until) {
				continue
			}
			news, some := p.News(f.Now)
			if !some {
				news = News{Place: *p, Kind: NewsAhead, At: p.Begins}
			}
			all = append(all, news)
			break
		}
	}
	return all
}

func hours(n int) time.Duration   { return time.Duration(n) * time.Hour }
func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
