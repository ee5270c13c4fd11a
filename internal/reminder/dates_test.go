package reminder_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// at reads a time in the institution's zone: "2026-11-25 10:00".
func dayAt(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", s, jakarta(t))
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func jakarta(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// her is a participant who is accompanied by Rina and has agreed to everything, with changes.
func her(change func(h *reminder.Her)) reminder.Facts {
	h := &reminder.Her{Participant: program.Participant{Code: "M-417", Companion: "rina", Stage: program.Trading, Added: "2026-11-01", Since: "2026-11-01"}}
	for _, p := range []program.Purpose{program.Accompaniment, program.FunctionScale, program.CapitalData} {
		h.Consents = append(h.Consents, program.Consent{Purpose: p, Status: program.Given, Until: "2029-12-31"})
	}
	change(h)
	return reminder.Facts{Subject: "p/M-417", Her: h, People: []program.Person{
		{ID: "rina", Role: program.Companion, Active: true}, {ID: "ketua", Role: program.Chair, Active: true}, {ID: "sari", Role: program.Secretary, Active: true},
	}}
}

// found is what one rule has to say at a time, and when it is looked at next: "0 rina 25 Nov 09:00".
func found(t *testing.T, rule string, f reminder.Facts, now string) string {
	t.Helper()
	set := reminder.Defaults(jakarta(t))
	set.Rules = map[string]reminder.Change{}
	for _, r := range reminder.Rules() {
		set.Rules[r.ID] = reminder.Change{Off: r.ID != rule}
	}
	book, err := reminder.New(set)
	if err != nil {
		t.Fatal(err)
	}
	all := book.Look(f, dayAt(t, now))
	var said []string
	for _, r := range all.Open {
		said = append(said, fmt.Sprint(r.Step, " ", r.Person, " ", r.Due.Format("2006-01-02 15:04")))
	}
	slices.Sort(said)
	if len(said) == 0 && !all.Next.IsZero() {
		return "next " + all.Next.Format("2006-01-02 15:04")
	}
	return strings.Join(said, ", ")
}

// TestWhatComesRound: what is due when, what holds it back, and when it is over.
func TestWhatComesRound(t *testing.T) {
	scaled := func(day program.Date) func(*reminder.Her) { return func(h *reminder.Her) { h.Dates.Scaled = day } }
	paid := func(day program.Date) func(*reminder.Her) { return func(h *reminder.Her) { h.Dates.Paid = day } }
	for _, c := range []struct {
		rule, name, now, want string
		change                func(*reminder.Her)
	}{
		{"N09", "a minute before", "2026-12-30 08:59", "next 2026-12-30 09:00", scaled("2026-10-01")},
		{"N09", "when due", "2026-12-30 09:00", "0 rina 2026-12-30 09:00", scaled("2026-10-01")},
		{"N09", "again after a month", "2027-01-29 09:00", "0 rina 2027-01-29 09:00", scaled("2026-10-01")},
		{"N09", "in the night between", "2027-01-29 07:00", "next 2027-01-29 09:00", scaled("2026-10-01")},
		{"N09", "never talked about", "2026-11-25 10:00", "0 rina 2026-11-01 09:00", func(*reminder.Her) {}},
		{"N09", "her field not chosen yet", "2026-11-25 10:00", "", func(h *reminder.Her) { h.Stage = program.Selection }},
		{"N09", "not agreed to", "2026-12-30 09:00", "", func(h *reminder.Her) { scaled("2026-10-01")(h); h.Consents[1].Status = program.Revoked }},
		{"N09", "paused", "2026-12-30 09:00", "", func(h *reminder.Her) { scaled("2026-10-01")(h); h.Stage = program.Paused }},
		{"N09", "fell", "2026-11-26 09:00", "1 rina 2026-11-26 09:00", func(h *reminder.Her) { scaled("2026-11-25")(h); h.Dates.Fell = true }},
		{"N09", "fell, and met since", "2026-11-26 09:00", "next 2027-02-23 09:00", func(h *reminder.Her) { scaled("2026-11-25")(h); h.Dates.Fell, h.LastSeen = true, "2026-11-26" }},

		{"N10", "eleven months after the last of March", "2027-02-28 09:00", "0 ketua 2027-02-28 09:00, 0 rina 2027-02-28 09:00", paid("2026-03-31")},
		{"N10", "the day before", "2027-02-27 12:00", "next 2027-02-28 09:00", paid("2026-03-31")},
		{"N10", "planned already", "2027-02-28 09:00", "next 2027-03-31 09:00", func(h *reminder.Her) { paid("2026-03-31")(h); h.Dates.Planned = true }},
		{"N10", "on a leap day", "2025-02-28 09:00", "1 ketua 2025-02-28 09:00, 1 rina 2025-02-28 09:00", paid("2024-02-29")},
		{"N10", "met after the year", "2025-03-03 09:00", "", func(h *reminder.Her) { paid("2024-02-29")(h); h.LastSeen = "2025-03-01" }},
		{"N10", "not agreed to", "2027-02-28 09:00", "", func(h *reminder.Her) { paid("2026-03-31")(h); h.Consents[2].Until = "2027-02-27" }},

		{"N15", "ninety days", "2026-12-14 08:00", "0 rina 2026-12-14 08:00", func(h *reminder.Her) { h.Contact.CheckedOn = "2026-09-15" }},
		{"N15", "no phone, nothing agreed", "2027-12-14 08:00", "", func(*reminder.Her) {}},
		{"N15", "a phone, nothing agreed", "2027-01-30 08:00", "0 rina 2027-01-30 08:00", func(h *reminder.Her) { h.Joined = true }},
		{"N15", "at the end of her way", "2026-12-14 08:00", "", func(h *reminder.Her) { h.Contact.CheckedOn, h.Stage = "2026-09-15", program.Concluded }},

		{"N17", "registered a week ago", "2026-11-08 09:00", "0 rina 2026-11-08 09:00", func(h *reminder.Her) { h.Stage = program.Registered }},
		{"N17", "met", "2026-11-08 09:00", "", func(h *reminder.Her) { h.Stage, h.Dates.FirstMet = program.Registered, "2026-11-03" }},
		{"N17", "thinks about it", "2026-12-01 09:00", "1 rina 2026-12-01 09:00", func(h *reminder.Her) { h.Stage, h.Dates.Thinking = program.Registered, "2026-11-01" }},
		{"N17", "has said no to being noted about", "2026-12-01 09:00", "", func(h *reminder.Her) { h.Stage, h.Dates.Thinking = program.Reached, "2026-11-01"; h.Consents = nil }},

		{"N19", "two weeks", "2026-12-08 09:00", "0 sari 2026-12-08 09:00", func(h *reminder.Her) { h.Stage, h.Dates.Dialogue = program.TemuWicara, "2026-11-24" }},
		{"N19", "another stage", "2026-12-08 09:00", "", func(h *reminder.Her) { h.Dates.Dialogue = "2026-11-24" }},

		{"N20", "her year", "2027-11-01 09:00", "0 ketua 2027-11-01 09:00, 0 rina 2027-11-01 09:00", func(*reminder.Her) {}},
		{"N20", "three months after her year", "2028-02-01 09:00", "0 ketua 2028-02-01 09:00, 0 rina 2028-02-01 09:00", func(*reminder.Her) {}},
		{"N20", "independent since the last of November", "2027-02-28 09:00", "1 ketua 2027-02-28 09:00, 1 rina 2027-02-28 09:00", func(h *reminder.Her) { h.Stage, h.Since = program.Independent, "2026-11-30" }},
		{"N20", "before the chair", "2027-11-01 09:00", "", func(h *reminder.Her) { h.Dates.Proposed = true }},

		{"T1", "on its day", "2026-12-03 08:00", "0 rina 2026-12-03 08:00", wantsAgain},
		{"T1", "seen before its day", "2026-12-03 08:00", "0 rina 2026-12-03 08:00", func(h *reminder.Her) { wantsAgain(h); h.LastSeen = "2026-12-02" }},
		{"T1", "seen on its day", "2026-12-03 08:00", "", func(h *reminder.Her) { wantsAgain(h); h.LastSeen = "2026-12-03" }},
		{"T1", "met only, not asked yet", "2026-12-03 08:00", "0 rina 2026-12-03 08:00", func(h *reminder.Her) { wantsAgain(h); h.Stage, h.Consents = program.Reached, nil }},
		{"T1", "has taken her consent back", "2026-12-03 08:00", "", func(h *reminder.Her) { wantsAgain(h); h.Consents[0].Status = program.Revoked }},
		{"T1", "a month later", "2027-01-02 00:00", "", wantsAgain},

		{"T2", "after three months", "2027-02-25 08:00", "0 rina 2027-02-25 08:00", concluded},
		{"T2", "her consent has ended", "2027-02-25 08:00", "", func(h *reminder.Her) { concluded(h); h.Consents[0].Until = "2027-02-24" }},
		{"T2", "she is accompanied again", "2027-02-25 08:00", "", func(h *reminder.Her) { concluded(h); h.Stage = program.Trading }},
	} {
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			if got := found(t, c.rule, her(c.change), c.now); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func wantsAgain(h *reminder.Her) { h.Dates.FollowUps = []program.FollowUp{{Due: "2026-12-03"}} }

func concluded(h *reminder.Her) {
	h.Stage, h.Since, h.Dates.Aftercare = program.Concluded, "2026-11-25", []program.Date{"2027-02-25", "2027-05-25"}
}

// TestConsentsEnd: a month before, a week before and once at the end; those that end within a week are
// one, and a guest's visit is none.
func TestConsentsEnd(t *testing.T) {
	facts := func() reminder.Facts {
		return her(func(h *reminder.Her) {
			h.Consents = nil
			for p, until := range map[program.Purpose]program.Date{
				program.Accompaniment: "2026-12-31", program.ChatReminders: "2027-01-06", program.CapitalData: "2027-01-07",
				program.GuestVisit: "2026-12-02",
			} {
				h.Consents = append(h.Consents, program.Consent{Purpose: p, Status: program.Given, Until: until})
			}
		})
	}
	for _, c := range []struct{ now, want string }{
		{"2026-12-01 08:59", "next 2026-12-01 09:00"},
		{"2026-12-01 09:00", "0 rina 2026-12-01 09:00"},
		{"2026-12-08 09:00", "0 rina 2026-12-01 09:00, 0 rina 2026-12-08 09:00"},
		{"2026-12-24 09:00", "0 rina 2026-12-08 09:00, 1 rina 2026-12-24 09:00"},
		{"2027-01-01 09:00", "1 rina 2026-12-31 09:00, 2 rina 2027-01-01 09:00"},
	} {
		if got := found(t, "N16", facts(), c.now); got != c.want {
			t.Errorf("at %s: %q, want %q", c.now, got, c.want)
		}
	}
	h := facts().Her
	for _, c := range []struct {
		due    program.Date
		before int
		want   reminder.Ending
	}{
		{"2026-12-01", 30, reminder.Ending{Last: "2026-12-31", Count: 2}},
		{"2026-12-08", 30, reminder.Ending{Last: "2027-01-07", Count: 1}},
		{"2026-12-24", 7, reminder.Ending{Last: "2026-12-31", Count: 2}},
		{"2026-12-31", 7, reminder.Ending{Last: "2027-01-07", Count: 1}},
		{"2027-01-01", -1, reminder.Ending{Last: "2026-12-31", Count: 2}},
	} {
		if got := h.EndingAt(c.due, c.before); got != c.want {
			t.Errorf("due on %s, %d days before: %v, want %v", c.due, c.before, got, c.want)
		}
	}
}
