package reminder

import (
	"github.com/dampingi/dampingi/internal/program"
)

// partnerRules are about partners, going there, and permits (program.md 2.7, N13; rows 141 and 147).
func partnerRules() []Rule {
	return []Rule{
		{ID: "N13", About: program.AboutMatter, When: "0 9 * * 1", Numbers: Numbers{"again": 28}, find: silentPartner},
		{ID: "P1", About: program.AboutMatter, When: "0 8 * * *", Numbers: Numbers{"far": 90, "near": 30, "last": 7}, find: endingPermit},
		{ID: "P2", About: program.AboutMatter, When: "0 17 * * *", find: outingAhead},
		{ID: "P3", About: program.AboutMatter, When: "0 9 * * *", Numbers: Numbers{"keep": 14}, find: outingOver},
	}
}

// silentPartner is N13: the day on which a partner was to be spoken with has come, or there was no news
// for long while something goes on.
func silentPartner(f Facts, n Numbers) []Moment {
	m := f.Matter
	if m.Kind != program.Partner || m.Due.IsZero() {
		return nil
	}
	return rounds(m.Due, n["again"], ToChair, ToSecretary)
}

// endingPermit is P1: a permit runs out. Whoever has just written down until when it is good knows of
// the days before.
func endingPermit(f Facts, n Numbers) []Moment {
	m := f.Matter
	if m.Kind != program.Permit || m.Ended() || m.Day == "" {
		return nil
	}
	var all []Moment
	days := []int{n["far"], n["near"], n["last"], 0}
	for i, before := range days {
		until := f.start(m.Day, 1)
		if i+1 < len(days) {
			until = f.start(m.Day, -days[i+1])
		}
		if m.Day.AddDays(-before) <= m.Changed {
			continue
		}
		for _, to := range []To{ToChair, ToSecretary} {
			all = append(all, Moment{From: f.start(m.Day, -before), Until: until, To: to, Step: i})
		}
	}
	return all
}

// outingAhead is P2: whoever goes to a partner is reminded on the evening before.
func outingAhead(f Facts, _ Numbers) []Moment {
	var all []Moment
	for _, o := range f.Matter.Outings {
		from := f.start(program.DateOf(o.When.In(f.Zone)), -1)
		if o.At.After(from) { // she is asked when it is put on record, and not reminded at once
			from = o.At
		}
		if !o.Refused {
			all = append(all, Moment{From: from, Until: o.When, To: ToPerson(o.Who)})
		}
	}
	return all
}

// outingOver is P3: on the day after, whoever may write it down is asked what became of it.
func outingOver(f Facts, n Numbers) []Moment {
	var all []Moment
	for _, o := range f.Matter.Outings {
		day := program.DateOf(o.When.In(f.Zone))
		if o.Refused || f.Matter.Fields.Get("kunjungan_tanggal") >= string(day) {
			continue
		}
		all = append(all, Moment{From: f.start(day, 1), Until: f.start(day, 1+n["keep"]), To: f.tellsOf(o)})
	}
	return all
}

// tellsOf is who can write down what became of an outing: whoever went, or whoever asked her to.
func (f Facts) tellsOf(o program.Outing) To {
	for _, id := range []string{o.Who, o.Author} {
		if p := f.person(id); p.Active && (p.Role == program.Chair || p.Role == program.Secretary) {
			return ToPerson(id)
		}
	}
	return ToSecretary
}
