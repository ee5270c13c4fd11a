package reminder_test

import (
	"slices"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// zone is Palembang's.
var zone = time.FixedZone("WIB", 7*60*60)

// book is the table as it is before anybody changes it.
func book(t testing.TB) *reminder.Book {
	t.Helper()
	b, err := reminder.New(reminder.Defaults(zone))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// at reads a time in the institution's zone.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// about are the facts about M-417, who trades and agrees to be accompanied.
func about(change func(*reminder.Her)) reminder.Facts {
	h := &reminder.Her{Participant: program.Participant{
		Code: "M-417", Stage: program.Trading, Companion: "rina", Since: "2026-01-01", Added: "2026-01-01",
	}, Consents: agreed()}
	change(h)
	return reminder.Facts{
		Subject: program.SubjectOf(program.AboutHer, h.Code), Her: h,
		People: []program.Person{{ID: "rina", Role: program.Companion, Active: true}, {ID: "ketua", Role: program.Chair, Active: true}},
	}
}

// agreed is that she has agreed to be accompanied.
func agreed() program.Consents {
	return program.Consents{{Purpose: program.Accompaniment, Status: program.Given, Until: "2099-01-01"}}
}

// firstDue is when a step of a rule is first told, found by going from one look to the next; zero for never.
func firstDue(t testing.TB, f reminder.Facts, rule string, step int, to string, from time.Time) time.Time {
	t.Helper()
	b := book(t)
	for now, looks := from, 0; looks < 40; looks++ {
		found := b.Look(f, now)
		for _, r := range found.Open {
			if r.Rule == rule && r.Step == step && r.Person == to {
				return r.Due
			}
		}
		if found.Next.IsZero() || found.Next.Sub(from) > 400*24*time.Hour {
			break
		}
		now = found.Next
	}
	return time.Time{}
}

func TestHowLongNobodyMayNotHaveSeenHer(t *testing.T) {
	began := func(day program.Date) func(*reminder.Her) {
		return func(h *reminder.Her) { h.Stages = []program.StageChange{{To: program.Trading, On: day}} }
	}
	for _, c := range []struct {
		name, due string
		change    func(*reminder.Her)
	}{
		{"in her training", "2026-11-24 08:00", func(h *reminder.Her) { h.Stage = program.Bimtek }},
		{"while she waits for a capital", "2026-11-24 08:00", func(h *reminder.Her) { h.Stage = program.Capital }},
		{"in the first months", "2026-11-17 08:00", began("2026-10-20")},
		{"in the first year", "2026-12-10 08:00", began("2026-03-01")},
		{"later", "2027-02-08 08:00", began("2025-01-01")},
		{"when she needs more company", "2026-11-25 08:00", func(h *reminder.Her) { began("2026-03-01")(h); h.Business.Often = true }},
		{"who trades for the second time", "2026-12-10 08:00", func(h *reminder.Her) {
			h.Since = "2026-11-01"
			h.Stages = []program.StageChange{{To: program.Trading, On: "2026-03-01"}, {To: program.Capital, On: "2026-10-01"}, {To: program.Trading, On: "2026-11-01"}}
		}},
		{"after a session", "2026-11-22 08:00", func(h *reminder.Her) { began("2026-10-20")(h); h.Business.Together = "2026-11-15" }},
		{"when it is not needed yet", "2026-11-25 08:00", func(h *reminder.Her) { began("2026-10-20")(h); h.Business.Put = "2026-11-18" }},
		{"at the end of a month", "2027-03-01 08:00", func(h *reminder.Her) { began("2026-09-01")(h); h.LastSeen = "2027-01-30" }},
		{"who pauses", "", func(h *reminder.Her) { h.Stage = program.Paused }},
		{"with whom contact is lost", "", func(h *reminder.Her) { h.Stage = program.LostContact }},
		{"whose way has ended", "", func(h *reminder.Her) { h.Stage = program.Concluded }},
		{"who waits for the selection", "", func(h *reminder.Her) { h.Stage = program.Selection }},
		{"who does not agree", "", func(h *reminder.Her) { h.Consents = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := about(func(h *reminder.Her) { h.LastSeen = "2026-11-10"; c.change(h) })
			got := firstDue(t, f, "N01", 0, "rina", at(t, "2026-11-11 00:00"))
			if c.due == "" {
				if !got.IsZero() {
					t.Fatalf("told on %s", got)
				}
				return
			}
			if !got.Equal(at(t, c.due)) {
				t.Errorf("told on %s, want %s", got.In(zone), c.due)
			}
		})
	}
}

func TestTheChairHearsOfHerTwoWeeksLater(t *testing.T) {
	for name, put := range map[string]program.Date{"": "", "whatever her companion put off": "2026-11-18"} {
		f := about(func(h *reminder.Her) { h.Since, h.LastSeen, h.Business.Put = "2026-10-20", "2026-11-10", put })
		if got := firstDue(t, f, "N01", 1, "ketua", at(t, "2026-11-11 00:00")); !got.Equal(at(t, "2026-12-01 08:00")) {
			t.Errorf("%s: the chair hears of it on %s", name, got)
		}
	}
}

func TestWhoJustCameIsNotLateAtOnce(t *testing.T) {
	f := about(func(h *reminder.Her) { h.Since, h.Added, h.LastSeen = "2026-11-20", "2026-11-20", "2026-06-01" })
	if got := firstDue(t, f, "N01", 0, "rina", at(t, "2026-11-20 00:00")); !got.Equal(at(t, "2026-11-20 08:00")) {
		t.Errorf("told on %s", got)
	}
	f = about(func(h *reminder.Her) { h.Since, h.Added = "2026-11-20", "2026-11-20" })
	if got := firstDue(t, f, "N01", 0, "rina", at(t, "2026-11-20 00:00")); !got.Equal(at(t, "2026-11-27 08:00")) {
		t.Errorf("who was never seen: told on %s", got)
	}
}

func TestTheWeeklyLook(t *testing.T) {
	staff := func(rests []program.Date, traders ...reminder.Trader) reminder.Facts {
		return reminder.Facts{Subject: "s/rina", Staff: &reminder.Staff{
			Person: program.Person{ID: "rina", Role: program.Companion, Active: true}, Traders: traders, Rests: rests,
		}}
	}
	her := reminder.Trader{Code: "M-417", Since: "2026-10-01", Checked: "2026-11-18"}
	for _, c := range []struct {
		name    string
		facts   reminder.Facts
		now     string
		open    []string
		expects string // the next look
	}{
		{"before Friday", staff(nil, her), "2026-11-27 15:59", nil, "2026-11-27 16:00"},
		{"on Friday", staff(nil, her), "2026-11-27 16:00", []string{"0"}, "2026-11-30 00:00"},
		{"on Sunday", staff(nil, her), "2026-11-29 23:59", []string{"0"}, "2026-11-30 00:00"},
		{"before Monday nine", staff(nil, her), "2026-11-30 08:59", nil, "2026-11-30 09:00"},
		{"on Monday", staff(nil, her), "2026-11-30 09:00", []string{"1"}, "2026-12-02 00:00"},
		{"on Wednesday", staff(nil, her), "2026-12-02 00:00", nil, "2026-12-04 16:00"},
		{"who was looked at", staff(nil, reminder.Trader{Code: "M-417", Since: "2026-10-01", Checked: "2026-11-23"}), "2026-11-27 16:00", nil, "2026-11-30 09:00"},
		{"who was looked at on Monday", staff(nil, reminder.Trader{Code: "M-417", Since: "2026-10-01", Checked: "2026-11-30"}), "2026-11-30 09:00", nil, "2026-12-04 16:00"},
		{"who began on Monday", staff(nil, reminder.Trader{Code: "M-417", Since: "2026-11-30"}), "2026-11-30 09:00", nil, "2026-12-04 16:00"},
		{"the Friday of a week off", staff([]program.Date{"2026-11-23"}, her), "2026-11-27 16:01", nil, "2026-12-04 16:00"},
		{"a week off", staff([]program.Date{"2026-11-23"}, her), "2026-11-30 09:00", nil, "2026-12-04 16:00"},
		{"the week after a week off", staff([]program.Date{"2026-11-23"}, her), "2026-12-04 16:00", []string{"0"}, "2026-12-07 00:00"},
		{"nobody trades", staff(nil), "2026-11-27 16:00", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := book(t).Look(c.facts, at(t, c.now))
			var open []string
			for _, r := range found.Open {
				if r.Rule == reminder.CheckRule {
					open = append(open, string('0'+rune(r.Step)))
				}
			}
			if !slices.Equal(open, c.open) {
				t.Errorf("open are the steps %v, want %v", open, c.open)
			}
			if c.expects == "" {
				return
			}
			if !found.Next.Equal(at(t, c.expects)) {
				t.Errorf("looked at next on %s, want %s", found.Next.In(zone), c.expects)
			}
		})
	}
}

func TestWhatWasNotToldInAnOutageIsListed(t *testing.T) {
	f := reminder.Facts{Subject: "s/rina", Staff: &reminder.Staff{
		Person: program.Person{ID: "rina", Role: program.Companion, Active: true}, Traders: []reminder.Trader{{Code: "M-417", Since: "2026-10-01", Checked: "2026-11-13"}},
	}}
	var late []string
	for _, r := range book(t).Look(f, at(t, "2026-12-03 10:00")).Late { // nine days without a bot
		if r.Rule == reminder.CheckRule {
			late = append(late, r.Due.In(zone).Format("01-02 15:04"))
		}
	}
	if want := []string{"11-20 16:00", "11-23 09:00", "11-27 16:00", "11-30 09:00"}; !slices.Equal(late, want) {
		t.Errorf("listed %v, want %v", late, want)
	}
}
