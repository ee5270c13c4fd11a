package program_test

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

func TestTaskTimes(t *testing.T) {
	zone := time.FixedZone("WIB", 7*60*60)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }
	start := at(27, 13, 30)
	for _, c := range []struct {
		which program.TaskReminder
		want  time.Time
	}{
		{program.TaskEve, at(26, 17, 0)}, {program.TaskDay, at(27, 7, 0)}, {program.TaskReport, at(28, 9, 0)},
	} {
		if got := program.TaskTimes(start)[c.which]; !got.Equal(c.want) {
			t.Errorf("reminder %d at %v, want %v", c.which, got, c.want)
		}
	}
	if _, there := program.TaskTimes(at(27, 6, 30))[program.TaskDay]; there {
		t.Error("a task at half past six is reminded of at seven, when it is over")
	}
}

func TestTaskDue(t *testing.T) {
	start := time.Date(2026, 11, 27, 13, 30, 0, 0, time.UTC)
	report := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	for status, want := range map[string]time.Time{
		"ditugaskan": start, "ditolak": start, "diterima": report, "selesai": {}, "batal": {},
	} {
		if got := program.TaskDue(program.Matter{Kind: program.Task, Status: status}, start); !got.Equal(want) {
			t.Errorf("%s: due %v, want %v", status, got, want)
		}
	}
}
