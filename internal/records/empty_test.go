package records_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestNothingIsNobody asks for everything by an empty id: that is nobody's, and never everybody's.
// There are a participant without a companion, a report about nobody, and somebody without a chat,
// whom an empty word could mean.
func TestNothingIsNobody(t *testing.T) {
	t.Parallel()
	s := openAt(t, filepath.Join(t.TempDir(), dbRow), newVault(t))
	ctx := t.Context()
	peopled(t, s)
	must(t, s.AddParticipant(ctx, program.Participant{Code: "Y-900", Alias: "Sendiri", Stage: program.Trading}))
	general := visit("r-2", "2026-11-24")
	general.Participant = ""
	must(t, s.Commit(ctx, turn.Plan{Reports: []program.Report{visit("r-1", "2026-11-24"), general}}))

	for _, companion := range []string{"", " ", "%", "NULL", "nil", melati, "Y-900"} {
		if all, err := s.Caseload(ctx, companion); err != nil || len(all) != 0 {
			t.Errorf("Caseload(%q): %v, %v", companion, all, err)
		}
		if all, err := s.Caseload(ctx, companion); err != nil || len(all) != 0 { // as it is remembered
			t.Errorf("Caseload(%q), again: %v, %v", companion, all, err)
		}
	}
	for _, who := range [][2]string{{"", ""}, {"", "Y-900"}, {"", melati}, {siti, ""}, {siti, "%"}, {siti, "Y-900"}, {rina, melati}, {melati, melati}} {
		if p, err := s.ParticipantFor(ctx, who[0], who[1]); !errors.Is(err, turn.ErrNotFound) {
			t.Errorf("ParticipantFor(%q): %v, %v", who, p, err)
		}
	}
	if n, err := s.CountReports(ctx, "", records.Visit, "", "9999-12-31", ""); err != nil || n != 0 {
		t.Errorf("CountReports of nobody: %d, %v", n, err)
	}
	if n, err := s.CountReports(ctx, siti, "", "", "9999-12-31", ""); err != nil || n != 0 {
		t.Errorf("CountReports of no flow: %d, %v", n, err)
	}
	if n, err := s.CountReports(ctx, siti, records.Visit, "", "", ""); err != nil || n != 0 {
		t.Errorf("CountReports until no day: %d, %v", n, err)
	}
	if n, err := s.CountAllReports(ctx, "", "", "9999-12-31"); err != nil || n != 0 {
		t.Errorf("CountAllReports of no flow: %d, %v", n, err)
	}
	if all, err := s.LastNumbers(ctx, "", records.Visit, "laba", 9); err != nil || len(all) != 0 {
		t.Errorf("LastNumbers of nobody: %v, %v", all, err)
	}
	if all, err := s.FollowUps(ctx, ""); err != nil || len(all) != 0 {
		t.Errorf("FollowUps until no day: %v, %v", all, err)
	}
	for what, err := range map[string]error{
		"Person":       second(s.Person(ctx, "")),
		"PersonByChat": second(s.PersonByChat(ctx, 0)),
		"Report":       second(s.Report(ctx, "")),
		"Invite":       second(s.Invite(ctx, "")),
		"BindChat":     s.BindChat(ctx, "", 4711),
		"Reachable":    second(s.Reachable(ctx, 0)),
		"Join":         s.Commit(ctx, turn.Plan{Join: &turn.Join{Chat: 4711, At: now}}),
		"Undo":         s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{At: now}}}),
		"Undo by none": s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "r-1", At: now}}}),
		"Undo of none": s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{By: siti, At: now}}}),
	} {
		if !errors.Is(err, turn.ErrNotFound) {
			t.Errorf("%s of nobody: %v", what, err)
		}
	}
	if err := s.AddPerson(ctx, program.Person{Role: program.Companion, Name: "X", Active: true}); err == nil {
		t.Error("somebody without an id was added")
	}
	if err := s.AddParticipant(ctx, program.Participant{Alias: "X", Stage: program.Trading}); err == nil {
		t.Error("a participant without a code was added")
	}
	// What cuts off nobody leaves everybody as they are.
	must(t, s.Unbind(ctx, ""))
	must(t, s.FollowUpDone(ctx, "", now))
	if p, err := s.PersonByChat(ctx, sitiChat); err != nil || p.ID != siti {
		t.Errorf("%v, %v", p.ID, err)
	}
	if r, err := s.Report(ctx, "r-1"); err != nil || !r.UndoneAt.IsZero() {
		t.Errorf("r-1: %v, %v", r.UndoneAt, err)
	}
}

// second is the error of a call that gives something besides.
func second[T any](_ T, err error) error { return err }

// TestAnEmptyFilterIsEverythingForTheAdministratorAlone: the two filters that say so in their
// comments choose all when they are empty, and nothing when a field is not known.
func TestAnEmptyFilterIsEverythingForTheAdministratorAlone(t *testing.T) {
	t.Parallel()
	s := openAt(t, filepath.Join(t.TempDir(), dbRow), newVault(t))
	peopled(t, s)
	must(t, s.Commit(t.Context(), turn.Plan{Reports: []program.Report{visit("r-1", "2026-11-24")}}))
	for want, filter := range map[int][]records.ParticipantFilter{
		2: {{}, {Companion: siti}}, 0: {{Companion: " "}, {Companion: "%"}, {Companion: rina}, {Stage: "%"}, {Companion: melati}},
	} {
		for _, f := range filter {
			if all, err := s.Participants(t.Context(), f); err != nil || len(all) != want {
				t.Errorf("%+v: %d, %v", f, len(all), err)
			}
		}
	}
	for want, filter := range map[int][]records.ReportFilter{
		1: {{}, {Author: siti}}, 0: {{Author: " "}, {Author: rina}, {Participant: "%"}, {Flow: "%"}, {Participant: siti}},
	} {
		for _, f := range filter {
			n := 0
			err := s.Reports(t.Context(), f, func(program.Report) error { n++; return nil })
			if err != nil || n != want {
				t.Errorf("%+v: %d, %v", f, n, err)
			}
		}
	}
}
