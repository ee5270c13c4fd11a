package conversation

import (
	"slices"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// What became of signs stands on her card, for whoever accompanies her: the reasons and what was done,
// and no number of them.

// The latest signs that are shown, and for how many days.
const (
	signsShown = 3
	signsDays  = 90
)

// signLines are the latest signs about somebody that were told, and what became of each. One whose
// report was taken back is none any more.
func (v *visit) signLines(code string) ([]string, error) {
	hers, err := v.accompanies(code)
	if err != nil || !hers {
		return nil, err
	}
	subject := program.SubjectOf(program.AboutHer, code)
	told, err := v.Store.RemindersOf(v.ctx, subject, v.now.AddDate(0, 0, -signsDays), reminder.SignRules()...)
	told = slices.DeleteFunc(told, func(r program.Reminder) bool { return r.ToldAt.IsZero() })
	if err != nil || len(told) == 0 {
		return nil, err //nolint:wrapcheck // says what it was about
	}
	facts, err := v.Store.ReminderFacts(v.ctx, subject)
	if err != nil {
		return nil, err //nolint:wrapcheck // likewise
	}
	var lines []string
	for _, s := range slices.Backward(v.Reminders.Signs(facts.Her)) {
		i := slices.IndexFunc(told, func(r program.Reminder) bool { return r.Rule == s.Rule && r.Due.Equal(s.Due) })
		if i < 0 || len(lines) == signsShown {
			continue
		}
		lines = append(lines, v.t.Format("remind_business.sign", map[string]any{
			"Day": v.day(s.On), "What": v.signName(s), "Then": v.t.Text(endingKey(told[i].Ending)),
		}))
	}
	return lines, nil
}

// signName is what was noticed, in a few words.
func (v *visit) signName(s reminder.Sign) string {
	switch s.Rule {
	case reminder.FallRule:
		if firstOf(s.Why) == reminder.WhyLower {
			return v.t.Text("remind_business.sign_lower")
		}
		return v.t.Text("remind_business.sign_fell")
	case reminder.ObstacleRule:
		if named := v.obstacles(s.Why); named != "" {
			return v.t.Format("remind_business.sign_obstacle", map[string]any{"What": named})
		}
		return v.t.Text("remind_business.sign_same")
	case reminder.MissedRule:
		if firstOf(s.Why) == reminder.WhyAbsent {
			return v.t.Text("remind_business.sign_absent")
		}
		return v.t.Text("remind_business.sign_mood")
	}
	return v.t.Text("remind_business.sign_off_plan")
}

// endingKey is the key of what became of a sign.
func endingKey(e program.Ending) string {
	switch e {
	case program.StillOpen:
		return "remind_business.ending_open"
	case program.CaseOpen:
		return "remind_business.ending_case"
	case program.NotNeeded:
		return "remind_business.ending_not_needed"
	case program.WasAsked:
		return "remind_business.ending_asked"
	case program.Settled:
		return "remind_business.ending_settled"
	}
	return "remind_business.ending_passed"
}
