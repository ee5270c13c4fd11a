package reminder_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/reminder"
)

func TestReadSettings(t *testing.T) {
	set, err := reminder.Read("pengingat.yaml", []byte(`
hours: 08:00-19:30
friday: none
staff: {day: 1}
participants: {week: 2}
rules:
  N01: {when: "30 9 * * 1-5", first_months: 10}
`), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	n01 := set.Rules["N01"]
	if set.Hours != (reminder.Span{From: 480, To: 1170}) || set.Friday != (reminder.Span{}) || set.StaffDay != 1 || set.HerWeek != 2 || set.HerDay != 1 ||
		n01.When != "30 9 * * 1-5" || n01.Numbers["first_months"] != 10 {
		t.Errorf("read %+v", set)
	}
	book, err := reminder.New(set)
	if err != nil {
		t.Fatal(err)
	}
	if r, ok := book.Rule("N01"); !ok || r.When != "30 9 * * 1-5" || r.Numbers["first_months"] != 10 || r.Numbers["chair"] != 14 {
		t.Errorf("the rule is %+v", r)
	}
	if set, err := reminder.Read("empty.yaml", nil, time.UTC); err != nil || set.StaffDay != 2 {
		t.Errorf("an empty file: %+v, %v", set, err)
	}
}

// TestReadSaysEveryMistake with its place, all at once.
func TestReadSaysEveryMistake(t *testing.T) {
	_, err := reminder.Read("pengingat.yaml", []byte(`hours: 7 pagi
staff: {day: 9}
participants: {day: 2, week: drei}
jam: 08:00-09:00
staff: {day: 1}
rules:
  N01: {when: "every day", months: 3, first_months: 0}
  N99: off
`), time.UTC)
	if err == nil {
		t.Fatal("no mistake found")
	}
	want := []string{
		`pengingat.yaml:1:8: want two times`, `:2:14: want a number from 1 to 5, not "9"`, `:3:21: want a number from 1 to 1 (for their safety, never more), not "2"`,
		`:3:30: want a number from 1 to 3`, `:4:1: unknown key "jam": use friday, hours, participants, rules, staff`, `:5:1: staff stands here twice`,
		`:7:15: want minute, hour`, `:7:28: unknown key "months"`, `:7:53: want a number from 1 to 1000, not "0"`, `:8:3: unknown key "N99"`,
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("not told: %s\n%s", w, err)
		}
	}
	if n := strings.Count(err.Error(), "\n") + 1; n != len(want) {
		t.Errorf("%d mistakes told, %d there are:\n%s", n, len(want), err)
	}
	for _, broken := range []string{"a: [", "- 1", "\tx", "&a [*a]"} {
		if _, err := reminder.Read("x.yaml", []byte(broken), time.UTC); err == nil || !strings.HasPrefix(err.Error(), "x.yaml:") {
			t.Errorf("%q: %v", broken, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("hours: 08:00-19:30\nrules:\n  N01: off\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := reminder.Read("x", data, time.UTC)
		if err != nil {
			return
		}
		if _, err := reminder.New(set); err != nil {
			t.Errorf("good settings make no book: %v", err)
		}
		if set.HerDay > 1 || set.HerWeek > 3 {
			t.Errorf("participants would be told more: %+v", set)
		}
	})
}
