package records_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// told is lines of audit as text: how many seconds after now, and the rest.
func told(t *testing.T, all []program.Audit, err error) string {
	t.Helper()
	must(t, err)
	var text []string
	for _, a := range all {
		text = append(text, strings.TrimRight(fmt.Sprint(a.At.Sub(now).Seconds(), " ", a.Actor, " ", a.Action, " ", a.Subject, " ", a.Reason), " "))
	}
	return strings.Join(text, "\n")
}

func TestWhoHasOpenedHerData(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	another := visit("r-2", "2026-11-24")
	another.Participant, another.Flow = mawar, records.Trade
	plan := turn.Plan{Reports: []program.Report{visit("r-1", "2026-11-24"), another}}
	for i, a := range []program.Audit{
		{Actor: rina, Action: program.OpenNote, Subject: melati, Reason: program.ReasonSafety},
		{Actor: rina, Action: program.OpenNote, Subject: mawar, Reason: program.ReasonComplaint},
		{Actor: siti, Action: "report.save", Subject: melati},
		{Actor: "admin", Action: program.ReadReport, Subject: records.Visit},
		{Actor: "admin", Action: program.ReadReport, Subject: records.Trade},
		{Actor: "p-ratna", Action: program.ReadReport, Subject: "r-1", Reason: program.ReasonHandOver},
		{Actor: "p-ratna", Action: program.ReadReport, Subject: "r-2"},
		{Actor: "admin", Action: program.ExportData, Subject: "*", Reason: program.ReasonReport},
		{Actor: siti, Action: program.OpenData, Subject: melati, Reason: program.ReasonHerRequest},
	} {
		a.At = now.Add(time.Duration(i) * time.Second)
		plan.Audit = append(plan.Audit, a)
	}
	must(t, s.Commit(ctx, plan))
	all, err := s.AccessLog(ctx, melati, now)
	if got := told(t, all, err); got != `8 p-siti data.open M-417 permintaan_peserta
7 admin export * laporan
5 p-ratna report.read r-1 serah_terima
3 admin report.read kunjungan
0 p-rina note.open M-417 keselamatan` {
		t.Errorf("hers:\n%s", got)
	}
	all, err = s.AccessLog(ctx, melati, now.Add(8*time.Second))
	if got := told(t, all, err); got != "8 p-siti data.open M-417 permintaan_peserta" {
		t.Errorf("hers of late:\n%s", got)
	}
	all, err = s.Opened(ctx, now.Add(time.Second), now.Add(4*time.Second))
	if got := told(t, all, err); got != "1 p-rina note.open M-002 keluhan\n3 admin report.read kunjungan" {
		t.Errorf("opened:\n%s", got)
	}
	free := program.Audit{At: now, Actor: siti, Action: program.OpenNote, Subject: melati, Reason: "dia sakit"}
	if err := s.Commit(ctx, turn.Plan{Audit: []program.Audit{free}}); err == nil {
		t.Error("a reason in free words was taken")
	}
	if got := flaws(t, s); got != "" {
		t.Error(got)
	}
}

// Databases from before there were reasons stay as they are: a line without one has the hash that
// it had then.
func TestALineWithoutAReasonIsWhatItWas(t *testing.T) {
	t.Parallel()
	path, v := filepath.Join(t.TempDir(), dbRow), newVault(t)
	s := openAt(t, path, v)
	line := program.Audit{At: time.UnixMilli(1234), Actor: siti, Action: "a", Subject: ""}
	must(t, s.Commit(t.Context(), turn.Plan{Audit: []program.Audit{line}}))
	db := behind(t, path)
	defer db.Close() //nolint:errcheck // a test's
	if got, want := lines(t, db, `SELECT link FROM audit`), v.Lookup("audit", " 1 1234 6 p-siti 1 a 0 "); got != want {
		t.Errorf("the link is %s, want %s", got, want)
	}
}

// aged is audited, two years and thirty seconds later: of its five lines two are gone for their age,
// and two say so.
func aged(t *testing.T) (*records.Store, *sql.DB) {
	t.Helper()
	s, db := audited(t)
	_, err := s.Retain(t.Context(), now.AddDate(2, 0, 0).Add(30*time.Second))
	must(t, err)
	if got := lines(t, db, `SELECT seq, action, subject FROM audit ORDER BY seq`); got != "3 report.read 0\n4 report.read 1\n5 report.read 2\n"+
		"6 retention dead_letters\n7 retention audit" {
		t.Fatalf("there is\n%s", got)
	}
	return s, db
}

func TestWhatIsDoneToAnAuditThatHasForgotten(t *testing.T) {
	t.Parallel()
	const forge = `UPDATE meta SET value = CAST('%s' AS BLOB) WHERE name = 'audit.base';`
	for name, tt := range map[string]struct{ tamper, want string }{
		"nothing":               {`SELECT 1`, ""},
		"one taken out":         {`DELETE FROM audit WHERE seq = 4`, "missing audit 4"},
		"the first of them":     {`DELETE FROM audit WHERE seq = 3`, "missing audit 3"},
		"the end":               {`DELETE FROM audit WHERE seq > 5`, "cut audit 5"},
		"all of it":             {`DELETE FROM audit`, "cut audit 2"},
		"the base":              {`DELETE FROM meta WHERE name = 'audit.base'`, "missing audit 1-2"},
		"a base that is none":   {fmt.Sprintf(forge, "x"), "cut audit 0, missing audit 1-2"},
		"a base further on":     {fmt.Sprintf(forge, "4 x y") + `DELETE FROM audit WHERE seq <= 4`, "cut audit 4, changed audit 5"},
		"a base, its link kept": {`UPDATE meta SET value = CAST('4 ' || (SELECT link FROM audit WHERE seq = 4) || ' y' AS BLOB) WHERE name = 'audit.base'; DELETE FROM audit WHERE seq <= 4`, "cut audit 4"},
		"one put in before":     {`INSERT INTO audit (seq, at, actor, action, subject, link) VALUES (2, 1, 'x', 'y', 'z', 'w')`, "changed audit 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, db := aged(t)
			if _, err := db.Exec(said(`DROP TRIGGER audit_stays; ` + tt.tamper)); err != nil {
				t.Fatal(err)
			}
			if got := flaws(t, s); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

// TestWhatIsFoundStaysToBeFound has the bot go on, writing and forgetting, after the file was
// changed behind its back: neither may cover up what was done.
func TestWhatIsFoundStaysToBeFound(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ tamper, want string }{
		"the end cut off":             {`DELETE FROM audit WHERE seq > 3`, "missing audit 4-5"},
		"all of it":                   {`DELETE FROM audit`, "missing audit 1-5"},
		"the end, and its mark":       {`DELETE FROM audit WHERE seq > 3; DELETE FROM meta WHERE name = 'audit.head'`, "cut audit 4"},
		"one put in":                  {`INSERT INTO audit (seq, at, actor, action, subject, link) VALUES (6, 1, 'x', 'y', 'z', 'w')`, "changed audit 6, cut audit 7"},
		"a line that is made old":     {`UPDATE audit SET at = 5 WHERE seq = 1`, "changed audit 1"},
		"lines that are made old":     {`UPDATE audit SET at = seq`, "changed audit 1, changed audit 2, changed audit 3, changed audit 4, changed audit 5"},
		"a base for what is not old":  {`INSERT INTO meta (name, value) VALUES ('audit.base', CAST('4 x y' AS BLOB))`, "cut audit 4, changed audit 1, changed audit 2, changed audit 3, changed audit 4, changed audit 5"},
		"a base, and lines taken out": {`INSERT INTO meta (name, value) VALUES ('audit.base', CAST('9 x y' AS BLOB)); DELETE FROM audit`, "cut audit 9, cut audit 10"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, db := audited(t)
			if _, err := db.Exec(said(`DROP TRIGGER audit_stays; DROP TRIGGER audit_holds; ` + tt.tamper)); err != nil {
				t.Fatal(err)
			}
			must(t, s.Commit(t.Context(), turn.Plan{Audit: []program.Audit{{At: now.Add(time.Hour), Actor: siti, Action: "x", Subject: "y"}}}))
			if _, err := s.Retain(t.Context(), now.Add(2*time.Hour)); err != nil {
				t.Fatal(err)
			}
			if got := flaws(t, s); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

// Nor does forgetting build on a base that somebody put there.
func TestAForgedBaseIsNotBuiltOn(t *testing.T) {
	t.Parallel()
	s, db := audited(t)
	if _, err := db.Exec(said(`INSERT INTO meta (name, value) SELECT 'audit.base', CAST('2 ' || link || ' x' AS BLOB) FROM audit WHERE seq = 2;
		DELETE FROM audit WHERE seq <= 2`)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Retain(t.Context(), now.AddDate(3, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if got := flaws(t, s); got != "cut audit 2" {
		t.Errorf("found %q", got)
	}
}

func TestTheBaseIsAllThatCanBeDeleted(t *testing.T) {
	t.Parallel()
	_, db := aged(t)
	for _, statement := range []string{`DELETE FROM audit WHERE seq = 3`, `DELETE FROM audit`, `UPDATE audit SET reason = 'keluhan'`} {
		if _, err := db.Exec(statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// TestTheAuditForgetsFromItsBeginning writes and forgets at random, with a clock that at times is
// wrong: what is left is the chain from the first line on that is young enough, and it verifies.
func TestTheAuditForgetsFromItsBeginning(t *testing.T) {
	t.Parallel()
	s := open(t)
	random := rand.New(rand.NewPCG(1, 2))
	clock := now
	var kept []time.Time
	for i := range 250 {
		clock = clock.Add(time.Duration(random.IntN(30*24)) * time.Hour)
		at := clock
		if random.IntN(20) == 0 { // wrong by years, either way
			at = clock.AddDate(random.IntN(7)-3, 0, 0)
		}
		must(t, s.Commit(t.Context(), turn.Plan{Audit: []program.Audit{{At: at, Actor: siti, Action: "x", Subject: fmt.Sprint(i)}}}))
		kept = append(kept, at)
		if random.IntN(3) > 0 {
			continue
		}
		_, err := s.Retain(t.Context(), clock)
		must(t, err)
		gone := 0
		for gone < len(kept) && kept[gone].Before(clock.AddDate(-2, 0, 0)) {
			gone++
		}
		kept = kept[gone:]
		if gone > 0 { // it says so itself
			kept = append(kept, clock)
		}
		p, err := s.Verify(t.Context())
		if err != nil || len(p.Flaws) > 0 || p.Audit != len(kept) {
			t.Fatalf("step %d: %d lines, %v, %v; want %d", i, p.Audit, p.Flaws, err, len(kept))
		}
	}
	if len(kept) > 200 {
		t.Error("nothing was forgotten")
	}
	// Nobody did anything for years: the chain goes on where it was.
	_, err := s.Retain(t.Context(), clock.AddDate(9, 0, 0))
	must(t, err)
	if got := flaws(t, s); got != "" {
		t.Error(got)
	}
}
