package records_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestFactsAreAllThatFiguresNeed: more than a page of them, chosen, and nothing that
// is sealed.
func TestFactsAreAllThatFiguresNeed(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := open(t)
	peopled(t, s)
	var plan turn.Plan
	for i := range 450 {
		plan.Reports = append(plan.Reports, visit(fmt.Sprintf("r-%03d", i), program.Date("2026-11-01").AddDays(i%20)))
	}
	must(t, s.Commit(ctx, plan))
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "r-007", By: siti, At: now}}}))

	seen := map[string]bool{}
	must(t, s.Facts(ctx, records.ReportFilter{}, func(r program.Report) error {
		seen[r.ID] = true
		if r.Flow != records.Visit || r.Participant != melati || r.OccurredOn == "" || len(r.Facts) != 2 || *r.Facts[0].Number != 250_000 || r.Facts[1].Code != "ya" {
			t.Errorf("%s: %s %s %s, %d facts", r.ID, r.Flow, r.Participant, r.OccurredOn, len(r.Facts))
		}
		if r.Answers != nil || r.Source != "" || r.Author != "" || !r.CreatedAt.IsZero() {
			t.Errorf("%s has more than figures need", r.ID)
		}
		return nil
	}))
	if len(seen) != 449 || seen["r-007"] {
		t.Errorf("%d of them", len(seen))
	}
	for _, tt := range []struct {
		filter records.ReportFilter
		want   int
	}{
		{records.ReportFilter{WithUndone: true}, 450},
		{records.ReportFilter{Flow: "usaha"}, 0},
		{records.ReportFilter{Author: rina}, 0},
		{records.ReportFilter{Participant: melati, Since: "2026-11-20"}, 22},
		{records.ReportFilter{Participant: mawar}, 0},
		{records.ReportFilter{Until: "2026-11-01"}, 23},
	} {
		n := 0
		must(t, s.Facts(ctx, tt.filter, func(program.Report) error { n++; return nil }))
		if n != tt.want {
			t.Errorf("%+v: %d, want %d", tt.filter, n, tt.want)
		}
	}

	stop := errors.New("enough")
	n := 0
	if err := s.Facts(ctx, records.ReportFilter{}, func(program.Report) error { n++; return stop }); !errors.Is(err, stop) || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Facts(gone, records.ReportFilter{}, func(program.Report) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

// TestStandingsSayWhoIsInNoFigure: everybody stands somewhere, and who said no to figures without
// names, or has taken her yes back, is marked.
func TestStandingsSayWhoIsInNoFigure(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := open(t)
	peopled(t, s)
	says := func(id string, status program.ConsentStatus) {
		t.Helper()
		must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Consents: []program.Consent{{
			ID: id, Participant: melati, Purpose: program.AnonymousSums, Status: status, Hash: "abc", At: now, Recorder: siti, Until: "2027-11-25",
		}}}}))
	}
	stand := func() string {
		t.Helper()
		all, err := s.Standings(ctx)
		must(t, err)
		out := ""
		for _, p := range all {
			out += fmt.Sprintf("%s %s %t;", p.Code, p.Stage, p.Refused)
		}
		return out
	}
	free := stand()
	for _, step := range []struct {
		id     string
		status program.ConsentStatus
		in     bool
	}{{"c-1", program.Given, true}, {"c-2", program.Revoked, false}, {"c-3", program.Given, true}, {"c-4", program.Refused, false}} {
		says(step.id, step.status)
		if got := stand(); (got == free) != step.in {
			t.Errorf("after %s: %s", step.status, got)
		}
	}
	if want := fmt.Sprintf("%s usaha_berjalan true;", melati); !strings.Contains(stand(), want) || strings.Count(stand(), ";") != 2 {
		t.Errorf("%s, want two, one of them %s", stand(), want)
	}
}
