package records_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

const kenari = "K-555"

// metPlan is a turn that puts a woman on record who was met, and has agreed.
func metPlan() turn.Plan {
	return turn.Plan{
		Reports: []program.Report{{
			ID: "r-met", Flow: records.Outreach, FlowVersion: 1, Participant: kenari, Author: siti, OccurredOn: "2026-11-25",
			CreatedAt: now, Answers: []byte(`{"hasil":"mau"}`), Facts: []program.Fact{{Field: "hasil", Code: "mau"}},
		}},
		FollowUps: []program.FollowUp{{ID: "r-met.0", Report: "r-met", Participant: kenari, Person: siti, Due: "2026-11-30"}},
		Way: turn.Way{
			Joined: []program.Participant{{Code: kenari, Alias: "Kenari", Stage: program.Reached, Companion: siti}},
			Stages: []program.StageChange{{Cause: "r-met", Participant: kenari, From: program.Reached, To: program.Registered, On: "2026-11-25", By: siti}},
		},
		Safety: turn.Safety{Consents: []program.Consent{{
			ID: "c-met", Participant: kenari, Purpose: program.Accompaniment, Status: program.Given, Way: program.Witnessed, Version: "1",
			Hash: "h", At: now, Recorder: siti, Until: "2027-11-25",
		}}},
	}
}

func undoMet() turn.Plan {
	return turn.Plan{Undo: []turn.Undo{{Report: "r-met", By: siti, At: now.Add(time.Minute)}}}
}

// her is all that the file has of a woman, but for the audit.
func her(t *testing.T, db *sql.DB) string {
	t.Helper()
	var all []string
	for _, query := range []string{
		`SELECT 'person', id FROM person WHERE id = $1`, `SELECT 'participant', code FROM participant WHERE code = $1`,
		`SELECT 'consent', id FROM consent WHERE participant = $1`, `SELECT 'stage', now FROM stage_change WHERE participant = $1`,
		`SELECT 'report', id FROM report WHERE participant = $1`, `SELECT 'follow_up', id FROM follow_up WHERE participant = $1`,
	} {
		if found := lines(t, db, query, kenari); found != "" {
			all = append(all, found)
		}
	}
	return strings.Join(all, ", ")
}

// TestTakingBackTakesHerBack puts a woman on record and takes it back: nothing of her is left, and
// doing either twice changes nothing more.
func TestTakingBackTakesHerBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), dbRow)
	s := openAt(t, path, newVault(t))
	peopled(t, s)
	db := behind(t, path)
	defer db.Close() //nolint:errcheck // a test's
	ctx := t.Context()
	for range 2 {
		must(t, s.Commit(ctx, metPlan()))
		const want = "person K-555, participant K-555, consent c-met, stage didata, report r-met, follow_up r-met.0"
		if got := her(t, db); got != want {
			t.Fatalf("on record: %s\nwant %s", got, want)
		}
	}
	if all, err := s.Caseload(ctx, siti); err != nil || all[0].Code != kenari || all[0].Alias != "Kenari" || all[0].Stage != program.Registered {
		t.Errorf("accompanies %+v, %v", all, err)
	}
	if may, err := s.Undoable(ctx, "r-met"); err != nil || !may {
		t.Errorf("can be taken back: %v, %v", may, err)
	}
	for range 2 {
		must(t, s.Commit(ctx, undoMet()))
		if got := her(t, db); got != "" {
			t.Errorf("left of her: %s", got)
		}
	}
	if got := lines(t, db, `SELECT length(answers), participant, undone_by FROM report WHERE id = 'r-met'`); got != "0  "+siti {
		t.Errorf("the report keeps %q", got)
	}
	if all, err := s.Caseload(ctx, siti); err != nil || len(all) != 2 {
		t.Errorf("still accompanies %+v, %v", all, err)
	}
	scrub(t, s)
}

// TestWhatCameAfterKeepsHer: she is not taken back once anything else is about her.
func TestWhatCameAfterKeepsHer(t *testing.T) {
	t.Parallel()
	later := now.Add(time.Second)
	for name, plan := range map[string]turn.Plan{
		"a visit": {Reports: []program.Report{{
			ID: "r-2", Flow: records.Visit, Participant: kenari, Author: siti, OccurredOn: "2026-11-25", CreatedAt: later, Answers: []byte(`{}`),
		}}},
		"a candidacy": {Way: turn.Way{Moves: []turn.Move{{
			Matter: program.Matter{
				ID: "m-1", Kind: program.Candidacy, Year: 2026, Number: 1, Participant: kenari, Author: siti, Status: "menunggu", OpenedAt: later,
				Fields: program.Fields{},
			},
			Change: program.Change{ID: "m-1", At: later, By: siti, Now: "menunggu"},
		}}}},
		"her next stage": {Way: turn.Way{Stages: []program.StageChange{{
			Cause: "other", Participant: kenari, From: program.Registered, To: program.Selection, On: "2026-11-25", By: siti,
		}}}},
		"another consent": {Safety: turn.Safety{Consents: []program.Consent{{
			ID: "c-2", Participant: kenari, Purpose: program.ChatReminders, Status: program.Given, At: later, Recorder: siti, Until: "2027-11-25",
		}}}},
		"another companion": {Way: turn.Way{Handed: []turn.Handover{{Participant: kenari, To: rina, By: siti}}}},
		"an invitation":     {Safety: turn.Safety{Invited: []turn.Invitation{{Person: kenari, Token: "t", At: later}}}},
		"a request": {Safety: turn.Safety{Requests: []program.Request{{
			ID: "q", Participant: kenari, Kind: program.AskCorrection, At: later, Due: later,
		}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			peopled(t, s)
			must(t, s.Commit(t.Context(), metPlan()))
			must(t, s.Commit(t.Context(), plan))
			if may, err := s.Undoable(t.Context(), "r-met"); err != nil || may {
				t.Errorf("can be taken back: %v, %v", may, err)
			}
			if err := s.Commit(t.Context(), undoMet()); !errors.Is(err, turn.ErrConflict) {
				t.Errorf("taken back: %v", err)
			}
			if _, err := s.Person(t.Context(), kenari); err != nil {
				t.Errorf("she is gone: %v", err)
			}
		})
	}
}

// TestACodeIsNobodyElses: a code that somebody has, had, or gets this very moment.
func TestACodeIsNobodyElses(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	used := func(code string, want bool) {
		t.Helper()
		if got, err := s.CodeUsed(ctx, code); err != nil || got != want {
			t.Errorf("%s is used: %v, %v", code, got, err)
		}
	}
	used(melati, true)
	used(kenari, false)
	must(t, s.Commit(ctx, metPlan()))
	used(kenari, true)
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Erased: []string{kenari}}}))
	used(kenari, true) // the proof of her consent stays

	other := metPlan()
	other.Reports[0].ID, other.Reports[0].Author, other.FollowUps, other.Way.Stages, other.Safety.Consents = "r-other", rina, nil, nil, nil
	other.Way.Joined[0].Code, other.Way.Joined[0].Companion, other.Reports[0].Participant = melati, rina, melati
	if err := s.Commit(ctx, other); !errors.Is(err, turn.ErrConflict) {
		t.Errorf("a code that is another's: %v", err)
	}
}

// TestVotesStandByThemselves reads what stands about a matter, and who has not answered yet.
func TestVotesStandByThemselves(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{Moves: []turn.Move{{
		Matter: program.Matter{
			ID: "m-1", Kind: program.Candidacy, Year: 2026, Number: 1, Participant: melati, Author: siti, Status: "menunggu", OpenedAt: now, Fields: program.Fields{},
		},
		Change: program.Change{ID: "m-1", At: now, By: siti, Now: "menunggu"},
	}}}}))
	vote := func(id, by string) {
		must(t, s.Commit(ctx, turn.Plan{Reports: []program.Report{{
			ID: id, Flow: "suara", Participant: melati, Author: by, OccurredOn: "2026-11-25", CreatedAt: now, Answers: []byte(`{"suara":"setuju"}`), Matter: "m-1",
		}}}))
	}
	waits := func(by string, want int) {
		t.Helper()
		if n, err := s.Unanswered(ctx, program.Candidacy, "menunggu", "suara", by); err != nil || n != want {
			t.Errorf("%s has not answered %d, %v; want %d", by, n, err, want)
		}
	}
	waits(siti, 1)
	vote("v-1", siti)
	vote("v-2", rina)
	waits(siti, 0)
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "v-1", By: siti, At: now}}}))
	waits(siti, 1)
	waits(rina, 0)
	for _, c := range []struct {
		matter, flow string
		want         int
	}{{"m-1", "suara", 1}, {"m-1", "putusan", 0}, {"m-2", "suara", 0}, {"", "suara", 0}, {"", "", 0}} {
		if all, err := s.ReportsOn(ctx, c.matter, c.flow); err != nil || len(all) != c.want {
			t.Errorf("%s about %q: %d, %v", c.flow, c.matter, len(all), err)
		}
	}
}

// TestAChoiceIsTakenBack: her field is again what she had chosen before, or none.
func TestAChoiceIsTakenBack(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	choose := func(id, field string) {
		must(t, s.Commit(t.Context(), turn.Plan{
			Reports: []program.Report{{
				ID: id, Flow: records.Choice, Participant: melati, Author: siti, OccurredOn: "2026-11-25", CreatedAt: now,
				Answers: []byte(`{}`), Facts: []program.Fact{{Field: "bidang", Code: field}},
			}},
			Way: turn.Way{Chosen: []turn.Concentration{{Participant: melati, Field: field}}},
		}))
	}
	undo := func(id string) {
		must(t, s.Commit(t.Context(), turn.Plan{Undo: []turn.Undo{{Report: id, By: siti, At: now}}}))
	}
	has := func(want string) {
		t.Helper()
		if p, err := s.ParticipantFor(context.Background(), siti, melati); err != nil || p.Concentration != want {
			t.Errorf("has %q, %v; want %q", p.Concentration, err, want)
		}
	}
	choose("r-1", "salon")
	choose("r-2", "dagang")
	has("dagang")
	undo("r-2")
	has("salon")
	undo("r-1")
	has("")
}
