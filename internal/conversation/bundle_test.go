package conversation

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// TestWhatCannotWaitComesFirst: safety, then what makes no sense tomorrow, then what was told before; what is
// light comes last, although its time is nearly over. What has a message of its own is in no bundle.
func TestWhatCannotWaitComesFirst(t *testing.T) {
	now := time.Date(2026, 11, 27, 16, 0, 0, 0, time.UTC)
	one := func(id string, ago time.Duration, r reminder.Rule, left time.Duration, step int) duty {
		d := duty{Reminder: program.Reminder{Rule: id, Due: now.Add(-ago), Step: step}, rule: r}
		if left > 0 {
			d.Until = now.Add(left)
		}
		return d
	}
	all := []duty{
		one("light", time.Hour, reminder.Rule{Light: true}, 4*time.Hour, 0),
		one("new", time.Hour, reminder.Rule{}, 0, 0),
		one("old", 50*time.Hour, reminder.Rule{}, 72*time.Hour, 0),
		one("again", time.Hour, reminder.Rule{Alone: true}, 0, 1),
		one("today", time.Hour, reminder.Rule{}, 3*time.Hour, 0),
		one("safety", time.Minute, reminder.Rule{Urgent: true, Alone: true}, 0, 0),
	}
	slices.SortStableFunc(all, byUrgency(now))
	var messages []string
	for _, some := range bundles(all) {
		var names []string
		for _, d := range some {
			names = append(names, d.Rule)
		}
		messages = append(messages, strings.Join(names, "+"))
	}
	if got := strings.Join(messages, " "); got != "safety today+old+new+light again" {
		t.Errorf("told are %s", got)
	}
}

// TestWhatComesSoonGoesWithWhatIsDue, but not by itself, and not when it has a message of its own.
func TestWhatComesSoonGoesWithWhatIsDue(t *testing.T) {
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	book, err := reminder.New(reminder.Defaults(time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	v := &visit{Desk: &Desk{Options: Options{Reminders: book}}}
	v.u.At = now
	at := func(id string, in time.Duration, r reminder.Rule) duty {
		return duty{Reminder: program.Reminder{Rule: id, At: now.Add(in)}, rule: r}
	}
	soon, alone, late := at("soon", 40*time.Minute, reminder.Rule{}), at("alone", 40*time.Minute, reminder.Rule{Alone: true}), at("late", time.Hour, reminder.Rule{})
	told := at("told", -time.Hour, reminder.Rule{})
	told.ToldAt = now
	for _, c := range []struct {
		all        []duty
		now, later string
	}{
		{[]duty{at("due", 0, reminder.Rule{}), soon, alone, late, told}, "due soon", "alone late"},
		{[]duty{soon, alone, late, told}, "", "alone late soon"},
		{[]duty{told}, "", ""},
	} {
		due, later := v.dueNow(c.all)
		names := func(some []duty) string {
			var all []string
			for _, d := range some {
				all = append(all, d.Rule)
			}
			return strings.Join(all, " ")
		}
		if names(due) != c.now || names(later) != c.later {
			t.Errorf("due are %q and later %q", names(due), names(later))
		}
	}
}
