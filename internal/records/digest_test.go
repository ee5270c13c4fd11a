package records_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// weekly is a store whose clock can be moved, with people.
type weekly struct {
	*records.Store
	t  testing.TB
	at time.Time
	n  int
}

// newWeekly opens one; the people came on 1 November 2026, and its clock stands on Monday the 23rd at
// eight.
func newWeekly(t testing.TB) *weekly {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Jakarta")
	must(t, err)
	w := &weekly{t: t, at: time.Date(2026, 11, 1, 8, 0, 0, 0, zone)}
	s, err := records.Open(context.Background(), filepath.Join(t.TempDir(), dbRow), newVault(t), records.Options{Zone: zone, Now: func() time.Time { return w.at }})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	w.Store = s
	peopled(t, s)
	w.at = time.Date(2026, 11, 23, 8, 0, 0, 0, zone)
	return w
}

// tells puts a report on record.
func (w *weekly) tells(flow, who string, day program.Date, answers string, facts ...program.Fact) string {
	w.t.Helper()
	w.n++
	id := fmt.Sprint("w-", w.n)
	must(w.t, w.Commit(context.Background(), turn.Plan{Reports: []program.Report{{
		ID: id, Flow: flow, FlowVersion: 1, Participant: who, Author: siti, OccurredOn: day, CreatedAt: w.at, Answers: []byte(answers), Facts: facts,
	}}}))
	return id
}

// digest is a week as it is kept.
func (w *weekly) digest(week string) (digest.Figures, string) {
	w.t.Helper()
	id, err := digest.ParseWeek(week)
	must(w.t, err)
	f, err := w.Digest(context.Background(), id)
	must(w.t, err)
	kept, err := json.Marshal(f)
	must(w.t, err)
	return f, string(kept)
}

// TestAWeekStaysAsItWasTold: a report that comes later changes nothing, and is told of the week after; so
// it is for two who open the week at the same time. The running week is not kept.
func TestAWeekStaysAsItWasTold(t *testing.T) {
	t.Parallel()
	w := newWeekly(t)
	w.tells(records.Visit, melati, "2026-11-17", `{}`)
	var both [2]string
	var wg sync.WaitGroup
	for i := range both {
		wg.Go(func() { _, both[i] = w.digest("2026-W47") })
	}
	wg.Wait()
	w.at = w.at.Add(time.Hour)
	w.tells(records.Visit, mawar, "2026-11-20", `{}`)
	f, again := w.digest("2026-W47")
	if both[0] != both[1] || again != both[0] || f.Along.Visits.Now != 1 || f.Late != 0 {
		t.Errorf("the week changed:\n%s\n%s\n%s", both[0], both[1], again)
	}
	running, _ := w.digest("2026-W48")
	w.tells(records.Visit, melati, "2026-11-23", `{}`)
	w.at = w.at.AddDate(0, 0, 7)
	next, _ := w.digest("2026-W48")
	if running.Along.Visits.Now != 0 || next.Along.Visits != (digest.Pair{Now: 1, Before: 2}) || next.Late != 1 {
		t.Errorf("the week after: %+v, %d late; while it ran %+v", next.Along.Visits, next.Late, running.Along.Visits)
	}
}

// TestAWeekEndsWithItsSunday in the institution's zone, and what is taken back does not count.
func TestAWeekEndsWithItsSunday(t *testing.T) {
	t.Parallel()
	w := newWeekly(t)
	for _, day := range []program.Date{"2026-11-15", "2026-11-16", "2026-11-22", "2026-11-23"} {
		w.tells(records.Visit, melati, day, `{}`)
	}
	gone := w.tells(records.Visit, melati, "2026-11-18", `{}`)
	must(t, w.Commit(t.Context(), turn.Plan{Undo: []turn.Undo{{Report: gone, By: siti, At: w.at}}}))
	f, _ := w.digest("2026-W47")
	if f.Along.Visits != (digest.Pair{Now: 2, Before: 1}) || f.Contacts[digest.Weeks-1] != 2 || f.Contacts[digest.Weeks-2] != 1 {
		t.Errorf("%+v %v", f.Along.Visits, f.Contacts)
	}
}

// TestWhereEverybodyWas at the end of a week is what counts, though its digest is made much later.
func TestWhereEverybodyWas(t *testing.T) {
	t.Parallel()
	w := newWeekly(t)
	w.tells(records.Visit, melati, "2026-10-20", `{}`)
	w.tells(records.Visit, melati, "2026-11-30", `{}`)
	must(t, w.Commit(t.Context(), turn.Plan{Way: turn.Way{Stages: []program.StageChange{
		{Cause: "x", Participant: melati, From: program.Trading, To: program.Paused, On: "2026-12-01", By: siti},
	}}}))
	w.at = w.at.AddDate(0, 1, 0)
	then, _ := w.digest("2026-W45") // up to 8 November
	now, _ := w.digest("2026-W50")
	if then.Along.Active != 2 || then.Along.Seen != 2 || now.Along.Active != 1 || now.Along.Seen != 0 {
		t.Errorf("then %+v, now %+v", then.Along, now.Along)
	}
}

// TestGoodNewsIsPointedAt: it is chosen by what may be told, and its words stay where they are hers.
func TestGoodNewsIsPointedAt(t *testing.T) {
	t.Parallel()
	w := newWeekly(t)
	yes := program.Fact{Field: "boleh_dikutip", Code: "ya"}
	w.tells(records.Visit, melati, "2026-11-16", `{"kabar_baik":"Pesanan tetap tiap Jumat"}`, yes)
	told := w.tells(records.Visit, melati, "2026-11-17", `{"kabar_baik":"Warungnya ramai"}`, yes)
	w.tells(records.Visit, mawar, "2026-11-18", `{"kabar_baik":"Mawar sudah berani"}`, yes)
	w.tells(records.Visit, mawar, "2026-11-19", `{"kabar_baik":"Sudah berani"}`, program.Fact{Field: "boleh_dikutip", Code: "tidak"})
	f, kept := w.digest("2026-W47")
	if fmt.Sprint(f.Quotes) != "["+told+"]" || strings.Contains(kept, "ramai") {
		t.Errorf("%v %s", f.Quotes, kept)
	}
}

// TestWhoHasOpenedAWeek is noted once for each, and so is that the team was asked.
func TestWhoHasOpenedAWeek(t *testing.T) {
	t.Parallel()
	w := newWeekly(t)
	f, _ := w.digest("2026-W47")
	first := w.at
	for i := range 2 {
		must(t, w.Commit(t.Context(), turn.Plan{Weeks: []turn.WeekSeen{
			{Week: f.Week.Monday(), Person: siti, At: first.Add(time.Duration(i) * time.Hour)},
			{Week: f.Week.Add(-1).Monday(), Person: rina, At: first},
		}}))
	}
	opened, err := w.OpenedWeeks(t.Context(), siti, f.Week.Add(-4))
	if err != nil || len(opened) != 1 || !opened[f.Week].Equal(first) {
		t.Errorf("%v, %v", opened, err)
	}
	if asked, err := w.AskedOfWeek(t.Context(), f.Week); err != nil || asked {
		t.Errorf("asked %v, %v", asked, err)
	}
	must(t, w.Commit(t.Context(), turn.Plan{Weeks: []turn.WeekSeen{{Week: f.Week.Monday(), Person: siti, At: first, Asked: true}}}))
	if asked, err := w.AskedOfWeek(t.Context(), f.Week); err != nil || !asked {
		t.Errorf("asked %v, %v", asked, err)
	}
}
