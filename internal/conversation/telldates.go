package conversation

import (
	"slices"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// How what comes round for participants is told (program.md 2.7): by the code, with as little as
// it takes to know what to do, and nothing of what she said.

// The answers to what comes round.
const (
	endingDone program.Ending = "sudah"
	endingGoOn program.Ending = "lanjut"
)

// dateTellers are the rows of what comes round.
func dateTellers() map[string]teller {
	note, notNow := act{"👣", "remind.visit", doFlow("kunjungan"), nil}, act{"🕊️", "remind.not_needed", doClose(program.NotNeeded), nil}
	seen := []act{
		{"✅", "remind_dates.done", (*visit).followedUp, nil}, {"☀️", "remind_dates.tomorrow", putOffDays(1), nil}, {"📆", "remind_dates.next_week", putOffDays(7), nil}}
	all := map[string]teller{
		"N09": {icon: "🌱", line: (*visit).scaleLine, acts: []act{{"🌱", "remind_dates.talk", doFlow(flowProgress), nil}, {"👣", "remind_dates.ask_how", doFlow("kunjungan"), nil}, notNow}},
		"N10": {icon: "📆", line: (*visit).capitalYearLine, acts: []act{
			{"🌱", "remind_dates.propose", doFlow(flowPropose), nil}, {"👣", "remind_dates.review", doFlow("kunjungan"), nil}, {"✅", "remind_dates.reviewed", doClose(endingDone), nil}, notNow}},
		"N15": {icon: "🔐", line: lineOf("remind_dates.contact"), acts: []act{{"🔐", "remind_dates.check_contact", doWard("kontak"), nil}}},
		"N16": {icon: "🤝", line: (*visit).consentLine, acts: []act{{"🤝", "remind_dates.ask_consent", doWard("persetujuan"), nil}}},
		"N17": {icon: "🌷", line: (*visit).firstMeetingLine, acts: []act{note, notNow}},
		"N19": {icon: "📅", line: lineOf("remind_dates.not_invited"), acts: []act{{"📅", "remind_dates.sessions", doMatters(program.Session), nil}, notNow}},
		"N20": {icon: "🧭", line: (*visit).goOnLine, acts: []act{{"🧭", "remind_dates.stage", doFlow(flowStage), nil}, {"▶️", "remind_dates.go_on", doClose(endingGoOn), nil}}},
		"T1":  {icon: "📌", line: (*visit).followUpLine, acts: append([]act{note}, seen...)},
		"T2":  {icon: "🌿", line: (*visit).aftercareLine, acts: append(slices.Clone(seen), notNow)},
	}
	fits := dateFits()
	for _, t := range all {
		for i, a := range t.acts {
			t.acts[i].fits = fits[a.label]
		}
	}
	return all
}

// dateFits are the acts of what comes round, by their labels, that are not offered for each of its steps, or to everybody
// who is told.
func dateFits() map[string]func(v *visit, d duty) bool {
	return map[string]func(v *visit, d duty) bool{
		"remind_dates.talk":     func(_ *visit, d duty) bool { return d.Step == 0 },
		"remind_dates.ask_how":  func(_ *visit, d duty) bool { return d.Step > 0 },
		"remind_dates.propose":  func(v *visit, d duty) bool { return d.Step == 0 && v.may(program.ReportDeed(flowPropose)) },
		"remind_dates.review":   func(v *visit, d duty) bool { return d.Step > 0 && v.may(program.ReportDeed("kunjungan")) },
		"remind_dates.reviewed": func(_ *visit, d duty) bool { return d.Step > 0 },
	}
}

// lineOf is a line that says nothing but whom it is about.
func lineOf(key string) func(*visit, duty) (string, error) {
	return func(v *visit, d duty) (string, error) {
		return v.t.Format(key, map[string]any{"Code": d.Subject.ID()}), nil
	}
}

// doWard begins a flow about what is agreed with whom a duty is about; who accompanies her is looked up
// again.
func doWard(id string) func(*visit, duty) error {
	return func(v *visit, d duty) error {
		v.m.Page = Page{About: d.Subject.ID()}
		return v.beginAbout(id)
	}
}

// doMatters shows the matters of a kind.
func doMatters(k program.MatterKind) func(*visit, duty) error {
	return func(v *visit, _ duty) error { return v.toMatters(string(k)) }
}

// dueDay is the day on which a duty was due.
func (v *visit) dueDay(d duty) program.Date { return program.DateOf(d.Due.In(v.Zone)) }

// scaleLine says at which of its moments her development is to be talked about or, after a level has
// fallen far, no more than that something has changed.
func (v *visit) scaleLine(d duty) (string, error) {
	if d.Step > 0 {
		return v.t.Format("scale.ask_how", map[string]any{"Code": d.Subject.ID()}), nil
	}
	_, moment := d.facts.Her.ScaleMoment(d.rule.Numbers["every"])
	word := v.aidWord(flowProgress, "momen", moment)
	return v.t.Format("remind_dates.scale", map[string]any{"Code": d.Subject.ID(), "Moment": word}), nil
}

// capitalYearLine says that a year is nearly over since her capital, or is over; never how much it was.
func (v *visit) capitalYearLine(d duty) (string, error) {
	if d.Step > 0 {
		return v.t.Format("remind_dates.capital_review", map[string]any{"Code": d.Subject.ID()}), nil
	}
	months := d.facts.Her.Dates.Paid.MonthsUntil(v.dueDay(d))
	return v.t.Format("remind_dates.capital_plan", map[string]any{"Code": d.Subject.ID(), "Months": months}), nil
}

// consentLine says until when what she agreed to holds, and not what it is.
func (v *visit) consentLine(d duty) (string, error) {
	before := []int{d.rule.Numbers["before"], d.rule.Numbers["last"], -1}[d.Step]
	e := d.facts.Her.EndingAt(v.dueDay(d), before)
	args := map[string]any{"Code": d.Subject.ID(), "Day": v.day(e.Last), "Count": e.Count}
	switch {
	case d.Step > 1:
		return v.t.Format("remind_dates.consent_over", args), nil
	case d.Step > 0:
		return v.t.Format("remind_dates.consent_last", args), nil
	case e.Count > 1:
		return v.t.Format("remind_dates.consents_end", args), nil
	}
	return v.t.Format("remind_dates.consent_ends", args), nil
}

// firstMeetingLine says since when she waits, or that she wanted to think about it.
func (v *visit) firstMeetingLine(d duty) (string, error) {
	if d.Step > 0 {
		return v.t.Format("remind_dates.thinking", map[string]any{"Code": d.Subject.ID()}), nil
	}
	days := d.facts.Her.Since.DaysUntil(v.today())
	return v.t.Format("remind_dates.first_meeting", map[string]any{"Code": d.Subject.ID(), "Days": days}), nil
}

// goOnLine says for how long she has been accompanied, or has stood on her own feet.
func (v *visit) goOnLine(d duty) (string, error) {
	h := d.facts.Her
	if d.Step > 0 {
		return v.t.Format("remind_dates.independent", map[string]any{"Code": h.Code, "Months": h.Since.MonthsUntil(v.today())}), nil
	}
	return v.t.Format("remind_dates.year", map[string]any{"Code": h.Code, "Months": h.Added.MonthsUntil(v.today())}), nil
}

// followUpLine says for which day somebody wanted to be reminded.
func (v *visit) followUpLine(d duty) (string, error) {
	return v.t.Format("remind_dates.follow_up", map[string]any{"Code": d.Subject.ID(), "Day": v.day(v.dueDay(d))}), nil
}

// aftercareLine says how long ago it ended.
func (v *visit) aftercareLine(d duty) (string, error) {
	months := d.facts.Her.Since.MonthsUntil(v.dueDay(d))
	return v.t.Format("remind_dates.aftercare", map[string]any{"Code": d.Subject.ID(), "Months": months}), nil
}

// followedUp notes that she was seen as somebody wanted to.
func (v *visit) followedUp(d duty) error {
	v.plan.Reminding.Seen = append(v.plan.Reminding.Seen, turn.FollowedUp{Participant: d.Subject.ID(), By: v.dueDay(d), At: v.u.At})
	return doClose(endingDone)(v, d)
}

// putOffDays has a duty told again some days later. What would be too late then is over, and that is
// said.
func putOffDays(days int) func(*visit, duty) error {
	return func(v *visit, d duty) error {
		at := v.morningOf(v.today().AddDays(days))
		if !d.Until.IsZero() && !at.Before(d.Until) {
			v.said = "remind_dates.too_late"
			return doClose(program.HasPassed)(v, d)
		}
		v.putOff([]duty{d}, at, "")
		v.said = "remind_dates.put_off"
		return v.toMenu()
	}
}
