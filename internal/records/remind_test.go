package records_test

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// reminderOf is a reminder by a rule about a participant, for her companion, that is due now and for a day.
func reminderOf(rule, code string) program.Reminder {
	return program.Reminder{Rule: rule, Subject: program.SubjectOf(program.AboutHer, code), Person: siti, Due: now, Until: now.AddDate(0, 0, 1), At: now}
}

// looked is a look at what a reminder is about.
func looked(at time.Time, open, late []program.Reminder) turn.Plan {
	all := append(append([]program.Reminder{}, open...), late...)
	return turn.Plan{Reminding: turn.Reminding{Looked: []turn.Looked{{Watch: program.Watch{Subject: all[0].Subject}, At: at, Open: open, Late: late}}}}
}

// onlyOpen is the one thing that somebody is to be told.
func onlyOpen(t *testing.T, s *records.Store) program.Reminder {
	t.Helper()
	all, err := s.OpenReminders(t.Context(), siti)
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("open are %+v", all)
	}
	return all[0]
}

// TestATellingIsOnRecordOnce: what was told stays told, also when it is put off, until it is told once more.
func TestATellingIsOnRecordOnce(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	r := reminderOf("N01", melati)
	tell := func(bundle string, at time.Time) {
		a.commit(turn.Plan{Reminding: turn.Reminding{Told: []turn.Told{{ID: r.ID(), Bundle: bundle, At: at}}}})
	}
	a.commit(looked(now, []program.Reminder{r}, nil))
	if !onlyOpen(t, a.Store).Waits() {
		t.Error("what was never told does not wait")
	}
	tell("b-1", now)
	tell("b-2", now.Add(time.Hour))
	if got := onlyOpen(t, a.Store); got.Bundle != "b-1" || got.Waits() {
		t.Errorf("told twice: %+v", got)
	}
	later := now.Add(5 * time.Hour)
	a.commit(turn.Plan{Reminding: turn.Reminding{PutOff: []turn.PutOff{{ID: r.ID(), At: later}}}})
	if got := onlyOpen(t, a.Store); !got.Waits() || got.ToldAt.IsZero() {
		t.Errorf("put off, it does not wait: %+v", got)
	}
	tell("b-3", later)
	if got := onlyOpen(t, a.Store); got.Bundle != "b-3" || got.Waits() {
		t.Errorf("told once more: %+v", got)
	}
	soon := reminderOf("N02", mawar) // told with what is due a little before it
	a.commit(turn.Plan{Reminding: turn.Reminding{Closed: []turn.Closed{{ID: r.ID(), Ending: program.Settled, At: later}}}})
	a.commit(looked(now.Add(-time.Hour), []program.Reminder{soon}, nil))
	a.commit(turn.Plan{Reminding: turn.Reminding{Told: []turn.Told{{ID: soon.ID(), Bundle: "b-0", At: now.Add(-30 * time.Minute)}}}})
	if got := onlyOpen(t, a.Store); got.Waits() {
		t.Errorf("told before it was due, it is told again: %+v", got)
	}
	if told, err := a.ToldSince(t.Context(), siti, now); err != nil || len(told) != 1 {
		t.Errorf("told at %v, %v", told, err)
	}
}

// TestWhatIsTooLateHasAReason: what held it back last, or that it was found too late.
func TestWhatIsTooLateHasAReason(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	held, unseen, told := reminderOf("N01", melati), reminderOf("N08", melati), reminderOf("N15", melati)
	all := []program.Reminder{held, unseen, told}
	a.commit(looked(now, []program.Reminder{held, told}, nil))
	a.commit(turn.Plan{Reminding: turn.Reminding{
		PutOff: []turn.PutOff{{ID: held.ID(), At: now, Held: program.HeldNight}, {ID: held.ID(), At: now, Held: program.HeldLimit}},
		Told:   []turn.Told{{ID: told.ID(), Bundle: "b", At: now}},
	}})
	over := now.AddDate(0, 0, 2)
	for range 2 {
		a.commit(looked(over, nil, all))
	}
	got, err := a.Unsent(t.Context(), now, over.Add(time.Minute))
	must(t, err)
	reasons := map[string]program.HeldBack{}
	for _, r := range got {
		reasons[r.Rule] = r.Held
	}
	if len(got) != 2 || reasons["N01"] != program.HeldLimit || reasons["N08"] != program.HeldFound {
		t.Errorf("not sent are %+v", got)
	}
}

// TestHerRemindersGoWithHer: erasing her leaves nothing of what somebody was to be told about her, or she
// herself.
func TestHerRemindersGoWithHer(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	hers := reminderOf("R3", melati)
	hers.Person = melati
	a.commit(looked(now, []program.Reminder{reminderOf("N01", melati), hers}, nil))
	a.commit(looked(now, []program.Reminder{reminderOf("N01", mawar)}, nil))
	a.commit(turn.Plan{Safety: turn.Safety{Erased: []string{melati}}})
	if got := lines(t, a.db, `SELECT subject FROM reminder`); got != "p/"+mawar {
		t.Errorf("left are %q", got)
	}
	if got := lines(t, a.db, `SELECT subject FROM watch WHERE subject LIKE '%' || '`+melati+`'`); got != "" {
		t.Errorf("looked at is still %q", got)
	}
}

// TestHoursAreChosenAndGivenUp: by her, and when she leaves.
func TestHoursAreChosenAndGivenUp(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	choose := func(from, to int) {
		a.commit(turn.Plan{Reminding: turn.Reminding{Hours: []turn.Hours{{Person: siti, From: from, To: to}}}})
	}
	want := func(s reminder.Span) {
		t.Helper()
		if got, err := a.StaffHours(t.Context(), siti); err != nil || got != s {
			t.Errorf("her hours are %+v, %v; want %+v", got, err, s)
		}
	}
	want(reminder.Span{})
	choose(1200, 300)
	choose(480, 1020)
	want(reminder.Span{From: 480, To: 1020})
	choose(0, 0)
	want(reminder.Span{})
	choose(480, 1020)
	a.commit(turn.Plan{Safety: turn.Safety{Retired: []string{siti}}})
	want(reminder.Span{})
}

// TestWhatComesMeanwhileIsNotLost: a deadline that is being worked off comes once more when another one is
// wanted before it is done; one that has not come is only ever moved to an earlier time.
func TestWhatComesMeanwhileIsNotLost(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	want := func(at time.Time) {
		a.commit(turn.Plan{Deadlines: []turn.Due{{Chat: sitiChat, Kind: "remind", At: at, Soon: true}}})
	}
	next := func() time.Time {
		t.Helper()
		at, _, err := a.NextDeadline(t.Context())
		must(t, err)
		return at
	}
	want(now.Add(time.Hour))
	want(now.Add(2 * time.Hour))
	if got := next(); !got.Equal(now.Add(time.Hour)) {
		t.Errorf("moved to %s", got)
	}
	a.clock = now.Add(90 * time.Minute) // it has come, and somebody works it off
	want(now.Add(5 * time.Hour))
	a.commit(turn.Plan{Settled: []turn.Due{{Chat: sitiChat, Kind: "remind", At: now.Add(time.Hour)}}})
	if got := next(); !got.Equal(now.Add(time.Hour)) {
		t.Errorf("what came meanwhile is due at %s, want it at once", got)
	}
}
