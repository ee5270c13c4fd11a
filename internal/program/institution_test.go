package program_test

import (
	"testing"

	"github.com/dampingi/dampingi/internal/program"
)

func TestAPermitIsSeenToInTime(t *testing.T) {
	t.Parallel()
	const until = program.Date("2026-12-31")
	for _, tt := range []struct {
		today  program.Date
		ending bool
	}{
		{"2026-10-01", false},
		{"2026-10-02", true}, // 90 days before
		{"2026-12-01", true},
		{"2026-12-24", true},
		{"2026-12-30", true},
		{"2026-12-31", true},
		{"2027-01-01", true},
	} {
		if got := program.PermitEnding(until, tt.today); got != tt.ending {
			t.Errorf("on %s it is ending: %t, want %t", tt.today, got, tt.ending)
		}
	}
	if program.PermitEnding("", "2026-12-31") {
		t.Error("what never runs out is ending")
	}
	if days, ends := program.PermitLeft(until, "2027-01-02"); days != -2 || !ends {
		t.Errorf("two days later %d days are left (%t), want -2", days, ends)
	}
}

func TestEveryStageIsToldToGuestsInOneGroupOrNone(t *testing.T) {
	t.Parallel()
	none := map[program.Stage]bool{program.Reached: true, program.Registered: true, program.Selection: true, program.Waiting: true}
	for _, stage := range program.Stages() {
		group, in := program.GuestGroupOf(stage, nil)
		if in == none[stage] || in != (group != "") {
			t.Errorf("%s is in group %q (%t)", stage, group, in)
		}
		if in && stage.Aside() != (group == program.GroupAside) {
			t.Errorf("%s, which pauses or leaves the way: %t, is in %q", stage, stage.Aside(), group)
		}
	}
}

func TestWhoWasNeverAcceptedIsInNoGroup(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		before []program.Stage
		want   bool
	}{
		{nil, true}, // put on record as she was
		{[]program.Stage{program.Reached, program.Registered}, false},
		{[]program.Stage{program.Selection, program.Choosing, program.Bimtek}, true},
		{[]program.Stage{program.Paused}, false},
	} {
		if _, in := program.GuestGroupOf(program.Withdrawn, tt.before); in != tt.want {
			t.Errorf("withdrawn after %v: in a group %t, want %t", tt.before, in, tt.want)
		}
	}
}
