package records_test

import (
	"errors"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// named is the line of audit of who stands in.
func named(code string) program.Audit {
	return program.Audit{At: time.UnixMilli(1), Actor: "admin", Action: "person.second", Subject: code}
}

// secondIs fails unless she stands in for the companion of Melati, everywhere.
func secondIs(t *testing.T, s *records.Store, want string) {
	t.Helper()
	got, err := s.SecondOf(t.Context(), melati)
	must(t, err)
	all, err := s.Participants(t.Context(), records.ParticipantFilter{})
	must(t, err)
	for _, p := range all {
		if p.Code == melati && p.Second != got {
			t.Errorf("the participant says %q, and she is %q", p.Second, got)
		}
	}
	facts, err := s.ReminderFacts(t.Context(), program.SubjectOf(program.AboutHer, melati))
	must(t, err)
	if got != want || facts.Her.Second != want {
		t.Errorf("%q stands in, and %q for reminders, want %q", got, facts.Her.Second, want)
	}
}

func TestWhoStandsIn(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	secondIs(t, s, "")
	for who, want := range map[string]error{"nobody": turn.ErrNotFound, siti: turn.ErrNotFound, melati: turn.ErrNotFound, rina: nil, "": nil} {
		if err := s.StandIn(ctx, melati, who, named(melati)); !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%q stands in: %v, want %v", who, err, want)
		}
	}
	if err := s.StandIn(ctx, "X-000", rina, named("X-000")); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("for nobody: %v", err)
	}
	must(t, s.StandIn(ctx, melati, rina, named(melati)))
	secondIs(t, s, rina)
	must(t, s.Assign(ctx, melati, siti, named(melati))) // whose she is already
	secondIs(t, s, rina)
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Retired: []string{rina}}}))
	secondIs(t, s, "")
	if err := s.StandIn(ctx, melati, rina, named(melati)); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("who has left stands in: %v", err)
	}
}

// TestWhoStandsInDoesNotStay when she is handed over, to her or to somebody else, or erased.
func TestWhoStandsInDoesNotStay(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	must(t, s.StandIn(ctx, melati, rina, named(melati)))
	must(t, s.Assign(ctx, melati, rina, named(melati)))
	secondIs(t, s, "")
	must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{Seconds: []turn.Second{{Participant: melati, Who: siti}}}}))
	secondIs(t, s, siti)
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Erased: []string{melati}}}))
	if got, err := s.SecondOf(ctx, melati); err != nil || got != "" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestACaseIsLookedAtWhenItsPeopleChange: whoever may be told of it comes, goes, is away, or is another.
func TestACaseIsLookedAtWhenItsPeopleChange(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	m := program.Matter{ID: "case", Kind: program.Case, Year: 2026, Number: 1, Participant: melati, Owner: siti, Author: siti, Status: "diambil", OpenedAt: time.UnixMilli(1), Fields: program.Fields{}}
	must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{Moves: []turn.Move{{Matter: m, Change: program.Change{ID: "case", At: time.UnixMilli(1), By: siti, Now: "diambil"}}}}}))
	for name, change := range map[string]turn.Plan{
		"who stands in": {Way: turn.Way{Seconds: []turn.Second{{Participant: melati, Who: rina}}}},
		"she is away":   {Way: turn.Way{Absent: []turn.Absence{{Person: siti, Until: "2026-12-01"}}}},
		"her phone":     {Safety: turn.Safety{Cut: []string{siti}}},
	} {
		allLooked(t, s)
		must(t, s.Commit(ctx, change))
		if !waits(t, s, "m/case") {
			t.Errorf("%s: the case is not looked at", name)
		}
	}
}

// allLooked has everything looked at.
func allLooked(t *testing.T, s *records.Store) {
	t.Helper()
	all, err := s.Watched(t.Context(), time.UnixMilli(1), 100)
	must(t, err)
	var plan turn.Plan
	for _, w := range all {
		plan.Reminding.Looked = append(plan.Reminding.Looked, turn.Looked{Watch: w, At: time.UnixMilli(1)})
	}
	must(t, s.Commit(t.Context(), plan))
	if waits(t, s, "m/case") {
		t.Fatal("it is never looked at enough")
	}
}

// waits reports whether a subject is to be looked at.
func waits(t *testing.T, s *records.Store, subject program.Subject) bool {
	t.Helper()
	all, err := s.Watched(t.Context(), time.UnixMilli(1), 100)
	must(t, err)
	for _, w := range all {
		if w.Subject == subject {
			return true
		}
	}
	return false
}
