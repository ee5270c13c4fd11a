package records_test

import (
	"fmt"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// codesOf are the codes of participants.
func codesOf(all []program.Participant) string {
	codes := make([]string, 0, len(all))
	for _, p := range all {
		codes = append(codes, p.Code)
	}
	return fmt.Sprint(codes)
}

// TestWhoseWayHasEndedIsFound by her companion and by the board, as long as she agrees to it, and is
// in nobody's caseload.
func TestWhoseWayHasEndedIsFound(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	peopled(t, s)
	must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{Stages: []program.StageChange{
		{Cause: "r-1", Participant: melati, From: program.Trading, To: program.Concluded, On: "2026-11-20", By: siti, Reason: "mau_sendiri"},
	}}}))
	for who, want := range map[string]string{siti: "[" + melati + "]", "*": "[" + melati + "]", rina: "[]", "": "[]"} {
		all, err := s.Ended(ctx, who)
		must(t, err)
		if got := codesOf(all); got != want {
			t.Errorf("%q finds %s, want %s", who, got, want)
		}
		if len(all) > 0 && (all[0].Since != "2026-11-20" || all[0].Added == "") {
			t.Errorf("since %q, on record since %q", all[0].Since, all[0].Added)
		}
	}
	all, err := s.Caseload(ctx, siti)
	must(t, err)
	if got := codesOf(all); got != "["+mawar+"]" {
		t.Errorf("her caseload is %s", got)
	}
	no := program.Consent{
		ID: "c-no", Participant: melati, Purpose: program.Accompaniment, Status: program.Revoked, Way: program.Witnessed,
		Version: "1", Hash: "x", At: now, Recorder: siti, Until: "2027-11-20",
	}
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Consents: []program.Consent{no}}}))
	if all, err = s.Ended(ctx, siti); err != nil || len(all) != 0 {
		t.Errorf("she has taken it back and is found: %s %v", codesOf(all), err)
	}
}

func TestTheLatestReports(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	peopled(t, s)
	other := visit("r-4", "2026-11-30")
	other.Participant, other.Author = mawar, rina
	must(t, s.Commit(ctx, turn.Plan{Reports: []program.Report{visit("r-1", "2026-11-20"), visit("r-2", "2026-11-24"), visit("r-3", "2026-11-22"), other}}))
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "r-2", By: siti, At: now}}}))
	for _, c := range []struct {
		flow, her, author string
		most              int
		want              string
	}{
		{"kunjungan", melati, "", 5, "[r-3 r-1]"}, {"kunjungan", melati, "", 1, "[r-3]"}, {"kunjungan", "", rina, 5, "[r-4]"},
		{"kunjungan", "", "", 2, "[r-4 r-3]"}, {"kunjungan", melati, rina, 5, "[]"}, {"usaha", melati, "", 5, "[]"},
	} {
		all, err := s.LatestReports(ctx, c.flow, c.her, c.author, c.most)
		must(t, err)
		ids := make([]string, 0, len(all))
		for _, r := range all {
			ids = append(ids, r.ID)
		}
		if got := fmt.Sprint(ids); got != c.want {
			t.Errorf("%s about %q by %q: %s, want %s", c.flow, c.her, c.author, got, c.want)
		}
	}
	last, err := s.LastReported(ctx, "kunjungan", siti)
	must(t, err)
	if len(last) != 2 || last[melati] != "2026-11-22" || last[mawar] != "2026-11-30" {
		t.Errorf("last reported %v", last)
	}
	if last, err = s.LastReported(ctx, "kunjungan", rina); err != nil || len(last) != 0 {
		t.Errorf("nobody is hers, and yet %v %v", last, err)
	}
}

func TestWhoIsAway(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	peopled(t, s)
	for _, until := range []program.Date{"2026-12-04", ""} {
		must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{Absent: []turn.Absence{{Person: siti, Until: until}}}}))
		p, err := s.PersonByChat(ctx, sitiChat)
		must(t, err)
		if p.Away != until {
			t.Errorf("away until %q, want %q", p.Away, until)
		}
	}
}
