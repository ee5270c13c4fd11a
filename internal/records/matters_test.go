package records_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// matterOf is a matter as its first report opens it.
func matterOf(id string, kind program.MatterKind, whose string) program.Matter {
	life, _ := program.LifeOf(kind)
	return program.Matter{
		ID: id, Kind: kind, Year: 2026, Number: 1, Participant: whose, Author: siti, Owner: siti, Status: life.Begin[0],
		OpenedAt: now, Fields: program.Fields{"ringkas": {"burungkenari"}, "jenis": {"lainnya"}},
	}
}

// moved is a change of a matter.
func moved(m program.Matter, cause string) turn.Move {
	return turn.Move{Matter: m, Change: program.Change{ID: cause, At: now, By: siti, Now: m.Status}}
}

// read gives a matter as it is on record.
func read(t *testing.T, s *records.Store, id string) program.Matter {
	t.Helper()
	m, err := s.Matter(t.Context(), id)
	must(t, err)
	return m
}

func TestAMatterIsMovedOn(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	commit := func(moves ...turn.Move) error {
		return s.Commit(t.Context(), turn.Plan{Way: turn.Way{Moves: moves}})
	}
	first := matterOf("c-1", program.Case, melati)
	must(t, commit(moved(first, "c-1")))
	must(t, commit(moved(first, "c-1"))) // once more: the same turn
	if got := read(t, s, "c-1"); got.Rev != 1 || got.Status != "baru" || got.Code() != "RK-26-001" || got.Fields.Get("ringkas") != "burungkenari" {
		t.Errorf("opened: %+v %v", got, got.Fields)
	}
	second := read(t, s, "c-1")
	second.Status, second.Fields["hasil"] = "selesai", []string{"beres"}
	must(t, commit(moved(second, "r-2")))
	must(t, commit(moved(second, "r-2")))
	other := first
	other.Rev, other.Status = 1, "diambil"
	if err := commit(moved(other, "r-3")); !errors.Is(err, turn.ErrConflict) {
		t.Errorf("who came second was not told: %v", err)
	}
	got := read(t, s, "c-1")
	if got.Status != "selesai" || got.Rev != 2 || !got.Ended() || got.Fields.Get("hasil") != "beres" {
		t.Errorf("moved: %d %s %v", got.Rev, got.Status, got.Fields)
	}
	twin := matterOf("c-9", program.Case, mawar) // of the same number
	if err := commit(moved(twin, "c-9")); !errors.Is(err, turn.ErrConflict) {
		t.Errorf("two have the same number: %v", err)
	}
	history, err := s.Changes(t.Context(), "c-1")
	if err != nil || len(history) != 2 || history[1].Now != "selesai" {
		t.Errorf("history %v, %v", history, err)
	}
}

func TestMattersAreChosen(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	for i, m := range []program.Matter{
		matterOf("c-1", program.Case, melati), matterOf("c-2", program.Case, mawar), matterOf("c-3", program.Case, ""), matterOf("s-1", program.Session, ""),
	} {
		m.Number = i + 1
		if m.ID == "c-3" {
			m.Owner, m.Due = rina, now
		}
		if m.ID == "s-1" {
			m.Owner, m.Day = "", "2026-12-01"
		}
		must(t, s.Commit(t.Context(), turn.Plan{Way: turn.Way{Moves: []turn.Move{moved(m, m.ID)}}}))
	}
	done := read(t, s, "c-2")
	done.Status = "selesai"
	must(t, s.Commit(t.Context(), turn.Plan{Way: turn.Way{Moves: []turn.Move{moved(done, "c-2.2")}}}))
	for want, f := range map[string]program.MatterFilter{
		"c-3 c-1 c-2": {Kind: program.Case},
		"c-3 c-1":     {Kind: program.Case, Open: true},
		"c-1":         {Participant: melati},
		"c-3":         {Owner: rina},
		"s-1":         {From: "2026-12-01", To: "2026-12-01"},
		"c-2":         {Status: "selesai"},
		"":            {Kind: program.Task},
		"c-3 ":        {Kind: program.Case, Year: 26, Number: 3},
	} {
		all, err := s.Matters(t.Context(), f)
		must(t, err)
		var ids []string
		for _, m := range all {
			ids = append(ids, m.ID)
		}
		if got := strings.Join(ids, " "); got != strings.TrimSpace(want) {
			t.Errorf("%+v gives %q, want %q", f, got, want)
		}
	}
	if n, err := s.NextNumber(t.Context(), program.Case, 2026); err != nil || n != 4 {
		t.Errorf("the next number is %d, %v", n, err)
	}
	if n, err := s.NextNumber(t.Context(), program.Case, 2027); err != nil || n != 1 {
		t.Errorf("the next year begins with %d, %v", n, err)
	}
}

// TestTakingAReportBackTakesBackWhatItMade of a matter and of her way, and no more than that.
func TestTakingAReportBackTakesBackWhatItMade(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	report := func(id string) []program.Report {
		r := visit(id, "2026-11-25")
		r.Flow, r.Matter = "tindakan", "c-1"
		return []program.Report{r}
	}
	back := func(id string) error {
		return s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: id, By: siti, At: now}}})
	}
	undoable := func(id string, want bool) {
		t.Helper()
		if ok, err := s.Undoable(ctx, id); err != nil || ok != want {
			t.Errorf("%s can be taken back: %v, %v; want %v", id, ok, err, want)
		}
	}
	must(t, s.Commit(ctx, turn.Plan{Reports: report("c-1"), Way: turn.Way{Moves: []turn.Move{moved(matterOf("c-1", program.Case, melati), "c-1")}}}))
	undoable("c-1", true)
	m := read(t, s, "c-1")
	m.Status, m.Fields["hasil"], m.Owner = "selesai", []string{"beres"}, rina
	must(t, s.Commit(ctx, turn.Plan{Reports: report("r-2"), Way: turn.Way{
		Moves:  []turn.Move{moved(m, "r-2")},
		Stages: []program.StageChange{{Cause: "r-2", Participant: melati, From: program.Trading, To: program.Paused, On: "2026-11-25", By: siti}},
	}}))
	undoable("c-1", false)
	if err := back("c-1"); !errors.Is(err, turn.ErrConflict) {
		t.Errorf("what was built on was taken away: %v", err)
	}
	undoable("r-2", true)
	must(t, back("r-2"))
	must(t, back("r-2"))
	got := read(t, s, "c-1")
	if got.Status != "baru" || got.Owner != siti || got.Fields.Get("hasil") != "" || got.Last != "c-1" || got.Rev <= m.Rev {
		t.Errorf("taken back: %+v %v", got, got.Fields)
	}
	her, err := s.ParticipantFor(ctx, siti, melati)
	if err != nil || her.Stage != program.Trading {
		t.Errorf("her stage is %s, %v", her.Stage, err)
	}
	changes, err := s.StageChanges(ctx, melati, "", "")
	if err != nil || len(changes) != 0 {
		t.Errorf("her way tells %v, %v", changes, err)
	}
	undoable("c-1", true) // the opening is the last change again
	must(t, back("c-1"))
	if _, err := s.Matter(ctx, "c-1"); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("the matter is still there: %v", err)
	}
}

func TestAStageIsLeftOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	change := func(cause string, from, to program.Stage) error {
		return s.Commit(t.Context(), turn.Plan{Way: turn.Way{Stages: []program.StageChange{
			{Cause: cause, Participant: melati, From: from, To: to, On: "2026-11-25", By: siti, Reason: "keluarga"},
		}}})
	}
	must(t, change("r-1", program.Trading, program.Independent))
	must(t, change("r-1", program.Trading, program.Independent))
	if err := change("r-2", program.Trading, program.Paused); !errors.Is(err, turn.ErrConflict) {
		t.Errorf("two came from the same stage: %v", err)
	}
	all, err := s.StageChanges(t.Context(), "", "2026-11-25", "2026-11-25")
	if err != nil || len(all) != 1 || all[0].To != program.Independent || all[0].Reason != "keluarga" {
		t.Errorf("her way tells %v, %v", all, err)
	}
}

// TestWhoAnswersKeepsWhatOthersNoted has an invitation, her reply and her presence come one after
// the other: none takes another away.
func TestWhoAnswersKeepsWhatOthersNoted(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	must(t, s.Commit(t.Context(), turn.Plan{Way: turn.Way{Moves: []turn.Move{moved(matterOf("s-1", program.Session, ""), "s-1")}}}))
	for _, a := range []program.Attendance{
		{InvitedAt: now}, {Reply: program.WillCome, RepliedAt: now}, {Came: program.Present}, {Outcome: "selesai"},
	} {
		a.Session, a.Participant = "s-1", melati
		must(t, s.Commit(t.Context(), turn.Plan{Way: turn.Way{Attended: []program.Attendance{a}}}))
	}
	all, err := s.Attendance(t.Context(), "s-1", "")
	must(t, err)
	if len(all) != 1 || all[0].InvitedAt.IsZero() || all[0].Reply != program.WillCome || all[0].Came != program.Present || all[0].Outcome != "selesai" {
		t.Errorf("on record: %+v", all)
	}
	for i := range 3 {
		rate := turn.Plan{Way: turn.Way{Rated: []turn.Rating{{ID: fmt.Sprint("t-", i/2), Session: "s-1", Score: 4}}}}
		must(t, s.Commit(t.Context(), rate))
	}
	if given, err := s.Ratings(t.Context(), "s-1"); err != nil || given[4] != 2 {
		t.Errorf("rated %v, %v: the same turn counts once", given, err)
	}
}

// TestWhoIsMetIsOnRecordWithWhatIsNotedAboutHer in one turn, which can be stored twice.
func TestWhoIsMetIsOnRecordWithWhatIsNotedAboutHer(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	r := visit("r-9", "2026-11-25")
	r.Participant, r.Flow = "S-111", "jangkau"
	plan := turn.Plan{
		Reports: []program.Report{r},
		Way: turn.Way{
			Joined: []program.Participant{{Code: "S-111", Alias: "Soka", Stage: program.Reached, Companion: siti}},
			Moves:  []turn.Move{moved(matterOf("c-5", program.Candidacy, "S-111"), "c-5")},
		},
	}
	must(t, s.Commit(t.Context(), plan))
	must(t, s.Commit(t.Context(), plan))
	all, err := s.Assigned(t.Context(), siti)
	must(t, err)
	if !slices.ContainsFunc(all, func(p program.Participant) bool { return p.Code == "S-111" && p.Alias == "Soka" }) {
		t.Errorf("she is not on record: %v", all)
	}
	if got, err := s.Report(t.Context(), "r-9"); err != nil || string(got.Answers) != string(r.Answers) {
		t.Errorf("what is noted about her: %v, %v", got, err)
	}
	if got := read(t, s, "c-5"); got.Fields.Get("ringkas") != "burungkenari" {
		t.Errorf("her matter: %v", got.Fields)
	}
}

// TestMattersOfWhoHasLeftAreNotKept, and what the institution has done with goes later.
func TestMattersOfWhoHasLeftAreNotKept(t *testing.T) {
	t.Parallel()
	s, db := rich(t, t.TempDir())
	ctx := t.Context()
	aid := matterOf("m-aid", program.Aid, melati)
	must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{Moves: []turn.Move{moved(aid, "m-aid")}}}))
	_, err := db.Exec(`UPDATE participant SET stage = 'terminasi', stage_since = '2026-01-01' WHERE code = $1`, melati)
	must(t, err)
	kept := func() string {
		return lines(t, db, `SELECT id FROM matter ORDER BY id`) + "/" + lines(t, db, `SELECT participant FROM attendance ORDER BY 1`)
	}
	for _, tt := range []struct {
		months int
		want   string
	}{
		{11, "m-aid\nm-day\nm-hers/" + melati + "\n" + mawar}, {14, "m-aid\nm-day/" + mawar}, {26, "m-day/" + mawar},
	} {
		_, err := s.Retain(ctx, program.Date("2026-01-01").Time(now.Location()).AddDate(0, tt.months, 1))
		must(t, err)
		got := kept()
		sorted := strings.Split(got, "/")
		want := strings.Split(tt.want, "/")
		a, b := strings.Fields(sorted[1]), strings.Fields(want[1])
		slices.Sort(a)
		slices.Sort(b)
		if sorted[0] != want[0] || !slices.Equal(a, b) {
			t.Errorf("after %d months there is %q, want %q", tt.months, got, tt.want)
		}
	}
}

func TestVerifyOpensMatters(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, db := rich(t, dir)
	if got := flaws(t, s); got != "" {
		t.Fatalf("sound, and still %s", got)
	}
	for _, text := range []string{`UPDATE matter SET fields = zeroblob(1) WHERE id = 'm-hers'`, `UPDATE matter SET fields = zeroblob(1) WHERE id = 'm-day'`} {
		_, err := db.Exec(text)
		must(t, err)
	}
	if got := flaws(t, s); !strings.Contains(got, "m-hers") || !strings.Contains(got, "m-day") {
		t.Errorf("in %s: found %s", filepath.Base(dir), got)
	}
	if m := read(t, s, "m-hers"); m.Fields != nil {
		t.Errorf("what cannot be opened was read: %v", m.Fields)
	}
}
