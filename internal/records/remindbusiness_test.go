package records_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// herReport is a report about Melati with facts: "arah=turun", "omzet=100".
func herReport(id, flow string, day program.Date, facts ...string) program.Report {
	r := program.Report{ID: id, Flow: flow, FlowVersion: 1, Participant: melati, Author: siti, OccurredOn: day, CreatedAt: now, Answers: []byte("{}")}
	for _, f := range facts {
		field, value, _ := strings.Cut(f, "=")
		fact := program.Fact{Field: field, Code: value}
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			fact = program.Fact{Field: field, Number: &n}
		}
		r.Facts = append(r.Facts, fact)
	}
	return r
}

func herFacts(t *testing.T, s *records.Store) *reminder.Her {
	t.Helper()
	f, err := s.ReminderFacts(t.Context(), program.SubjectOf(program.AboutHer, melati))
	must(t, err)
	return f.Her
}

func TestWhatIsKnownOfHerBusiness(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	peopled(t, s)
	aid, help, session := matterOf("m-aid", program.Aid, melati), matterOf("m-case", program.Case, melati), matterOf("m-s", program.Session, "")
	aid.Fields = program.Fields{"tanggal_cair": {"2026-10-01"}, "dicoret": {"b-1"}}
	help.Fields = program.Fields{program.CaseKindField: {"produk_kurang_laku"}}
	session.Day = "2026-11-19"
	must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{
		Moves:    []turn.Move{moved(aid, "m-aid"), moved(help, "m-case"), moved(session, "m-s")},
		Attended: []program.Attendance{{Session: "m-s", Participant: melati, InvitedAt: now, Came: program.Late}},
	}}))
	bought := func(id string, day program.Date, as string) program.Report {
		r := herReport(id, "modal_belanja", day, "sesuai="+as)
		r.Matter = "m-aid"
		return r
	}
	must(t, s.Commit(ctx, turn.Plan{Reports: []program.Report{
		herReport("u-1", records.Trade, "2026-11-11", "omzet=400", "arah=turun", "kendala=modal", "kendala=cuaca"),
		herReport("u-2", records.Trade, "2026-11-18", "arah=libur", "kendala=tidak_ada"),
		herReport("u-3", records.Trade, "2026-11-18"),
		herReport("u-4", records.Trade, "2026-11-20", "arah=naik"),
		herReport("v-1", records.Visit, "2026-11-10", "hasil=tercapai", "semangat=2", "perlu_lebih_sering=ya"),
		herReport("v-2", records.Visit, "2026-11-20", "hasil=tidak_bertemu"),
		herReport("p-1", "modal_usul", "2026-11-12", "prioritas=modal_terbatas"),
		herReport("d-1", "perkembangan", "2026-11-21", "bersama_peserta=tidak"),
		bought("b-1", "2026-10-05", "tidak"), bought("b-2", "2026-10-06", "ya"), bought("b-3", "2026-10-07", "sebagian"), bought("b-4", "2026-10-08", "tidak"),
	}}))
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "u-4", By: siti, At: now}}}))
	h := herFacts(t, s)
	want := fmt.Sprint(reminder.Business{
		Checks: []reminder.Check{
			{On: "2026-11-18"}, {On: "2026-11-18", Direction: "libur"},
			{On: "2026-11-11", Direction: "turun", Turnover: 400, Obstacles: []string{"modal", "cuaca"}},
		},
		Often: true, Moods: []reminder.Mood{{On: "2026-11-10", Level: 2}},
		Sittings: []reminder.Sitting{{On: "2026-11-19", Came: program.Late}}, Together: "2026-11-19",
		OffPlan: []program.Date{"2026-10-07"}, Cases: []string{"produk_kurang_laku"},
	})
	if got := fmt.Sprint(h.Business); got != want {
		t.Errorf("known is\n%s\nwant\n%s", got, want)
	}
	if h.Dates.Paid != "2026-10-01" {
		t.Errorf("a capital was last paid out on %s", h.Dates.Paid)
	}
	if h.LastSeen != "2026-11-10" {
		t.Errorf("last seen on %s, although she was not there", h.LastSeen)
	}
	if h.Met() != "2026-11-19" {
		t.Errorf("somebody was last with her on %s", h.Met())
	}
	must(t, s.Commit(ctx, turn.Plan{Reports: []program.Report{
		herReport("v-3", records.Visit, "2026-11-13", "perlu_lebih_sering=tidak"), herReport("d-2", "perkembangan", "2026-11-21", "bersama_peserta=ya"),
	}}))
	if h = herFacts(t, s); h.Business.Often || h.Business.Together != "2026-11-21" {
		t.Errorf("often %t, together on %s", h.Business.Often, h.Business.Together)
	}
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "v-1", By: siti, At: now}, {Report: "v-3", By: siti, At: now}}}))
	if h = herFacts(t, s); h.LastSeen != "" {
		t.Errorf("last seen on %s, although only a visit without her stands", h.LastSeen)
	}
}

// TestAnAnswerIsKnownAndLookedAt: what became of a reminder is known, and what it was about is looked at
// anew.
func TestAnAnswerIsKnownAndLookedAt(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	peopled(t, s)
	subject, staff := program.SubjectOf(program.AboutHer, melati), program.SubjectOf(program.AboutStaff, siti)
	friday := time.Date(2026, 11, 20, 16, 0, 0, 0, time.UTC)
	unseen := program.Reminder{Rule: "N01", Subject: subject, Person: siti, Due: now, At: now}
	checks := program.Reminder{Rule: reminder.CheckRule, Subject: staff, Person: siti, Due: friday, At: friday}
	other := program.Reminder{Rule: "N01", Subject: subject + "0", Person: siti, Due: now, At: now}
	rev := map[program.Subject]int64{}
	awaited := func() string {
		watched, err := s.Watched(ctx, now, 9)
		must(t, err)
		for _, w := range watched {
			rev[w.Subject] = w.Rev
		}
		return fmt.Sprint(watched)
	}
	_ = awaited()
	must(t, s.Commit(ctx, turn.Plan{Reminding: turn.Reminding{Looked: []turn.Looked{
		{Watch: program.Watch{Subject: subject, Rev: rev[subject]}, At: now, Open: []program.Reminder{unseen}},
		{Watch: program.Watch{Subject: staff, Rev: rev[staff]}, At: now, Open: []program.Reminder{checks}},
		{Watch: program.Watch{Subject: subject + "0", Rev: 1}, At: now, Open: []program.Reminder{other}},
	}}}))
	if got := awaited(); strings.Contains(got, string(subject)) || strings.Contains(got, string(staff)) {
		t.Fatalf("looked at again although nothing has changed: %s", got)
	}
	closed := turn.Reminding{Closed: []turn.Closed{
		{ID: unseen.ID(), Ending: program.NotNeeded, At: now}, {ID: checks.ID(), Ending: program.Resting, At: now},
		{ID: other.ID(), Ending: program.NotNeeded, At: now.AddDate(0, 0, 3)},
	}}
	must(t, s.Commit(ctx, turn.Plan{Reminding: closed}))
	if h := herFacts(t, s); h.Business.Put != program.DateOf(now) {
		t.Errorf("she need not be visited as of %q", h.Business.Put)
	}
	f, err := s.ReminderFacts(ctx, staff)
	must(t, err)
	if got := fmt.Sprint(f.Staff.Rests); got != "[2026-11-16]" {
		t.Errorf("weeks off %s", got)
	}
	all, err := s.RemindersOf(ctx, subject, now.AddDate(0, 0, -1), "N01", "N05")
	if err != nil || len(all) != 1 || all[0].Ending != program.NotNeeded {
		t.Errorf("of the subject %+v, %v", all, err)
	}
	if got := awaited(); !strings.Contains(got, string(subject)) || !strings.Contains(got, string(staff)) {
		t.Errorf("looked at next: %s", got)
	}
}

func TestWhoseBusinessIsLookedAt(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	peopled(t, s)
	must(t, s.Commit(ctx, turn.Plan{Reports: []program.Report{herReport("u-1", records.Trade, "2026-11-11"), herReport("u-2", records.Trade, "2026-11-18")}}))
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "u-2", By: siti, At: now}}}))
	f, err := s.ReminderFacts(ctx, program.SubjectOf(program.AboutStaff, siti))
	must(t, err)
	if len(f.Staff.Traders) != 1 || f.Staff.Traders[0].Code != melati || f.Staff.Traders[0].Checked != "2026-11-11" {
		t.Errorf("she looks after %+v", f.Staff.Traders)
	}
}
