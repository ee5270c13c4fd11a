package conversation

import (
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// The weekly look at businesses: one line for all who are left, and one after the other.

// flowCheck is its flow.
const flowCheck = "usaha"

// checkTellers is how the weekly look is told.
func checkTellers() map[string]teller {
	return map[string]teller{reminder.CheckRule: {
		icon: "🛒", line: (*visit).checksLine, title: "remind_business.checks", waits: true,
		acts: []act{
			{"▶️", "remind_business.start", func(v *visit, d duty) error { return v.checkFirst(d, "") }, nil},
			{"🌅", "remind_business.tomorrow", (*visit).checksTomorrow, nil},
			{"💤", "remind_business.week_off", doClose(program.Resting), func(_ *visit, d duty) bool { return d.Step == 0 }},
			{"💤", "remind_business.week_before_off", doClose(program.Resting), func(_ *visit, d duty) bool { return d.Step > 0 }},
		},
	}}
}

// toCheck are those whose business is still to be looked at in the week of a duty, but for one.
func (v *visit) toCheck(d duty, but string) []string {
	all := d.facts.Staff.Unchecked(reminder.WeekOf(d.Due.In(v.Zone), d.Step))
	return slices.DeleteFunc(all, func(code string) bool { return code == but })
}

// checksLine says who is left.
func (v *visit) checksLine(d duty) (string, error) {
	codes := v.toCheck(d, "")
	args := map[string]any{"Count": len(codes), "Codes": strings.Join(codes, ", ")}
	if d.Step > 0 {
		return v.t.Format("remind_business.checks_before", args), nil
	}
	return v.t.Format("remind_business.checks_left", args), nil
}

// checkFirst begins with the first who is left, but for one. What is noted on Monday for the week before
// is noted on its last day, unless she changes it.
func (v *visit) checkFirst(d duty, but string) error {
	codes := v.toCheck(d, but)
	if len(codes) == 0 {
		v.said = "remind.over"
		return v.toDuties()
	}
	var known []flow.Answer
	if d.Step > 0 {
		sunday := reminder.WeekOf(d.Due.In(v.Zone), d.Step).AddDays(oneWeek - 1)
		known = append(known, given("tanggal", string(sunday)))
	}
	return v.beginFor(flowCheck, codes[0], known...)
}

// tomorrowHour is the hour at which somebody is told once more on the next day.
const tomorrowHour = 9

// checksTomorrow has the person told once more on the next day.
func (v *visit) checksTomorrow(d duty) error {
	y, m, day := v.now.Date()
	at := v.Reminders.Settings().ForStaff(v.person, reminder.Span{}, time.Date(y, m, day+1, tomorrowHour, 0, 0, 0, v.Zone))
	v.putOff([]duty{d}, at, "")
	v.said = "remind_business.tomorrow_fine"
	return v.toMenu()
}

// openChecks is the weekly look that the person was told of and has not finished; false for none.
func (v *visit) openChecks() (duty, bool, error) {
	all, err := v.toldDuties()
	i := slices.IndexFunc(all, func(d duty) bool { return d.Rule == reminder.CheckRule })
	if err != nil || i < 0 {
		return duty{}, false, err
	}
	return all[i], true, nil
}

// nextCheckButton offers the next one on the receipt of a look; nil when nobody is left.
func (v *visit) nextCheckButton(f *flow.Flow, run flow.State) (*flow.FaceButton, error) {
	if f.ID != flowCheck || v.m.Screen != receipt {
		return nil, nil
	}
	d, ok, err := v.openChecks()
	if err != nil || !ok {
		return nil, err
	}
	codes := v.toCheck(d, herCode(f, run))
	if len(codes) == 0 {
		return nil, nil
	}
	args := map[string]any{"Code": codes[0], "Count": len(codes)}
	return &flow.FaceButton{Label: "▶️ " + v.t.Plain("remind_business.next", args), Action: "check"}, nil
}

// nextCheck begins the next one.
func (v *visit) nextCheck() error {
	d, ok, err := v.openChecks()
	if err != nil || !ok {
		v.toast = "say.stale"
		return v.staleUnless(err)
	}
	return v.checkFirst(d, "")
}
