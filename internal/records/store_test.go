package records_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/turn/statetest"
	"github.com/dampingi/dampingi/internal/vault"

	_ "github.com/jackc/pgx/v5/stdlib" // for behind
)

var now = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

const (
	siti, rina    = "p-siti", "p-rina" // companions
	melati, mawar = "M-417", "M-002"   // participants
	sitiChat      = int64(6_812_345_670_991)
	melatiChat    = int64(6_555_000_111_222)
	melatiAlias   = "Melati"
	visitAnswers  = `{"hadir":"ya","catatan":"modal kurang"}`
	visitSource   = "td ke rmh melati"
	dbRow         = "db.sqlite"
)

func newVault(t testing.TB) *vault.Vault {
	t.Helper()
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// at is where the database is that a test has at path: there, or in PostgreSQL (pgtest).
func at(t testing.TB, path string) string { return records.At(t, path) }

// behind opens a test's database behind the store's back.
func behind(t testing.TB, path string) *sql.DB {
	t.Helper()
	kind, address := "sqlite", at(t, path)
	if pgtest.Wanted() {
		kind, address = "pgx", address+"&default_query_exec_mode=simple_protocol" // several statements at once
	}
	db, err := sql.Open(kind, address)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// said is a statement in the words of the database at hand, for tests that change it behind the store's back.
func said(text string) string {
	if !pgtest.Wanted() {
		return text
	}
	return strings.NewReplacer("TRIGGER audit_stays", "TRIGGER audit_stays ON audit", "TRIGGER audit_holds", "TRIGGER audit_holds ON audit",
		"PRAGMA foreign_keys = OFF", "SET session_replication_role = replica", "AS BLOB)", "AS TEXT)::BYTEA").Replace(text)
}

// files is the folder in which a test's database has its files, with everything in them.
func files(t testing.TB, path string) string {
	t.Helper()
	if !pgtest.Wanted() {
		return filepath.Dir(path)
	}
	db, folder := behind(t, path), ""
	_, err := db.Exec(`CHECKPOINT`)
	must(t, err)
	must(t, db.QueryRow(`SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()`).Scan(&folder))
	return folder
}

func openAt(t testing.TB, path string, v *vault.Vault) *records.Store {
	t.Helper()
	s, err := records.Open(context.Background(), at(t, path), v, records.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func open(t testing.TB) *records.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), dbRow), newVault(t))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// peopled has two companions, of whom the first has a chat, and two participants of hers.
func peopled(t testing.TB, s *records.Store) {
	t.Helper()
	ctx := context.Background()
	must(t, s.AddPerson(ctx, program.Person{ID: siti, Role: program.Companion, Name: "Siti", Chat: sitiChat, Active: true}))
	must(t, s.AddPerson(ctx, program.Person{ID: rina, Role: program.Companion, Name: "Rina", Active: true}))
	must(t, s.AddParticipant(ctx, program.Participant{Agreed: program.OnPaper, Code: melati, Alias: melatiAlias, Stage: program.Trading, Companion: siti}))
	must(t, s.AddParticipant(ctx, program.Participant{
		Agreed: program.OnPaper, Code: mawar, Alias: "Mawar", Stage: program.Bimtek, Companion: siti, Concentration: "salon", LastSeen: "2026-11-01",
	}))
}

func visit(id string, day program.Date) program.Report {
	profit := int64(250_000)
	return program.Report{
		ID: id, Flow: records.Visit, FlowVersion: 2, Participant: melati, Author: siti, OccurredOn: day, CreatedAt: now,
		Answers: []byte(visitAnswers), Source: visitSource,
		Facts: []program.Fact{{Field: "laba", Number: &profit}, {Field: "hadir", Code: "ya"}},
	}
}

func received(t testing.TB, s *records.Store, update int64) turn.Row {
	t.Helper()
	rows, err := s.Receive(context.Background(), []turn.Row{{UpdateID: update, Body: []byte(`{"text":"halo"}`), At: now}})
	must(t, err)
	if len(rows) != 1 {
		t.Fatalf("received %d rows", len(rows))
	}
	return rows[0]
}

func TestStates(t *testing.T) {
	t.Parallel()
	statetest.Run(t, func(t *testing.T) statetest.StateStore { return open(t) })
}

// wholePlan is a plan with everything in it.
func wholePlan(row int64) turn.Plan {
	return turn.Plan{
		Row:       row,
		Reports:   []program.Report{visit("r-1", "2026-11-24")},
		FollowUps: []program.FollowUp{{ID: "f-1", Report: "r-1", Participant: melati, Person: siti, Due: "2026-12-01"}},
		Reach:     &turn.Reach{Chat: sitiChat, Reachable: false, At: now},
		Deadlines: []turn.Due{{Chat: sitiChat, Kind: "draft.nudge", At: now.Add(time.Hour)}},
		Audit:     []program.Audit{{At: now, Actor: siti, Action: "report.save", Subject: "r-1"}},
		Came:      []turn.Came{{Chat: sitiChat, Message: 77, At: now}, {Chat: sitiChat, Message: 76, At: now}},
		Dropped:   []turn.Dropped{{Chat: sitiChat, Message: 76}, {Chat: sitiChat, Message: 5}},
		Messages: []turn.Message{
			{
				ID: "m-1", Chat: sitiChat, Form: turn.Card, Text: "Tersimpan ✓", Cover: "Halo Kak", Fresh: true, Replace: true, Protect: true,
				Buttons: [][]turn.Button{{{Label: "Batalkan", Data: "s1:u"}, {Label: "Lagi", Data: "s1:a"}}, {{Label: "Menu", Data: "m"}}},
			},
			{ID: "m-2", Chat: sitiChat, Form: turn.Toast, Text: "Sudah", Callback: "cb"},
			{ID: "m-3", Chat: melatiChat, Form: turn.Notice, Text: "Halo Kak", Bulk: true, Final: true, Due: now.Add(time.Minute)},
			{ID: "m-4", Chat: sitiChat, Form: turn.Remove, Target: 77},
		},
	}
}

// contents is all that a plan of wholePlan can have left, as text.
func contents(t *testing.T, s *records.Store) string {
	t.Helper()
	ctx := t.Context()
	var reports []program.Report
	must(t, s.Reports(ctx, records.ReportFilter{WithUndone: true}, func(r program.Report) error {
		reports = append(reports, r)
		return nil
	}))
	text := ""
	for _, r := range reports {
		text += fmt.Sprintf("report %s %s v%d %s %s %s %v %s %q %d facts laba=%d\n", r.ID, r.Flow, r.FlowVersion, r.Participant,
			r.Author, r.OccurredOn, r.CreatedAt.Equal(now), r.Answers, r.Source, len(r.Facts), *r.Facts[0].Number)
	}
	items, err := s.Outgoing(ctx, 100)
	must(t, err)
	for _, i := range items {
		text += "message " + whole(t, i) + "\n"
	}
	due, err := s.Deadlines(ctx, now.Add(24*time.Hour), 10)
	must(t, err)
	follow, err := s.FollowUps(ctx, "2027-01-01")
	must(t, err)
	audits, err := s.Audits(ctx, 100)
	must(t, err)
	her, err := s.ParticipantFor(ctx, siti, melati)
	must(t, err)
	reachable, err := s.Reachable(ctx, sitiChat)
	must(t, err)
	pending, err := s.Pending(ctx)
	must(t, err)
	traces, err := s.Traces(ctx, sitiChat)
	must(t, err)
	return text + fmt.Sprintf("due %s\nfollow %v\naudit %v\nseen %s\nreachable %v\npending %v\ntraces %s\n",
		whole(t, due), follow, audits, her.LastSeen, reachable, len(pending), whole(t, traces))
}

// whole is all of a value: most of them hide what they hold from fmt.
func whole(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	must(t, err)
	return string(b)
}

func TestCommitStoresEverythingOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	p := wholePlan(received(t, s, 1).Seq)
	must(t, s.Commit(t.Context(), p))
	first := contents(t, s)
	want := `report r-1 kunjungan v2 M-417 p-siti 2026-11-24 true {"hadir":"ya","catatan":"modal kurang"} "td ke rmh melati" 2 facts laba=250000
message {"Seq":1,"Message":{"ID":"m-1","Chat":6812345670991,"Form":1,"Text":"Tersimpan ✓","Cover":"Halo Kak","Buttons":[[{"Label":"Batalkan","Data":"s1:u"},{"Label":"Lagi","Data":"s1:a"}],[{"Label":"Menu","Data":"m"}]],"Fresh":true,"Replace":true,"Final":false,"Protect":true,"Bulk":false,"Due":"0001-01-01T00:00:00Z","Until":"0001-01-01T00:00:00Z","Attached":null,"Callback":"","Alert":false,"Target":0},"Attempts":0,"Card":0}
message {"Seq":2,"Message":{"ID":"m-3","Chat":6555000111222,"Form":2,"Text":"Halo Kak","Cover":"","Buttons":null,"Fresh":false,"Replace":false,"Final":true,"Protect":false,"Bulk":true,"Due":"2026-11-25T10:01:00Z","Until":"0001-01-01T00:00:00Z","Attached":null,"Callback":"","Alert":false,"Target":0},"Attempts":0,"Card":0}
message {"Seq":3,"Message":{"ID":"m-4","Chat":6812345670991,"Form":4,"Text":"","Cover":"","Buttons":null,"Fresh":false,"Replace":false,"Final":false,"Protect":false,"Bulk":false,"Due":"0001-01-01T00:00:00Z","Until":"0001-01-01T00:00:00Z","Attached":null,"Callback":"","Alert":false,"Target":77},"Attempts":0,"Card":0}
due [{"Chat":6812345670991,"Kind":"draft.nudge","At":"2026-11-25T11:00:00Z","Keep":false,"Soon":false,"Rev":1}]
follow [{f-1 r-1 M-417 p-siti 2026-12-01}]
audit [{2026-11-25 10:00:00 +0000 UTC p-siti report.save r-1 }]
seen 2026-11-24
reachable false
pending 0
traces [{"Message":77,"At":"2026-11-25T10:00:00Z","Failed":false,"Attached":false}]
`
	if first != want {
		t.Fatalf("stored\n%s\nwant\n%s", first, want)
	}
	must(t, s.Commit(t.Context(), p))
	changed := p
	changed.Reports = []program.Report{visit("r-1", "2026-11-25")}
	changed.Reports[0].Answers = []byte(`{}`)
	changed.Reports[0].Facts = nil
	must(t, s.Commit(t.Context(), changed))
	if second := contents(t, s); second != first {
		t.Fatalf("a second commit changed it to\n%s", second)
	}
}

func TestAConflictLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	row := received(t, s, 1)
	before := contents(t, s)
	p := wholePlan(row.Seq)
	p.State = &turn.State{Key: s.ChatKey(sitiChat), Was: 3, Data: []byte("x")}
	if err := s.Commit(t.Context(), p); !errors.Is(err, turn.ErrConflict) {
		t.Fatalf("commit: %v", err)
	}
	if after := contents(t, s); after != before {
		t.Fatalf("left behind\n%s", after)
	}
	p.State.Was = 0
	must(t, s.Commit(t.Context(), p))
	saved, err := s.Load(t.Context(), s.ChatKey(sitiChat))
	if err != nil || saved.Rev != 1 || string(saved.Data) != "x" {
		t.Fatalf("loaded %+v, %v", saved, err)
	}
	full := contents(t, s)
	if err := s.Commit(t.Context(), p); !errors.Is(err, turn.ErrConflict) {
		t.Fatalf("commit again: %v", err)
	}
	if after := contents(t, s); after != full {
		t.Fatalf("left behind\n%s", after)
	}
}

// That a message was sent is stored with whatever comes next, and soon in any case.
func TestWhatCanWaitSharesAFlush(t *testing.T) {
	s := open(t)
	must(t, s.Sent(t.Context(), "alone", sitiChat, turn.Shown{Card: 5})) // returns by itself
	for update := int64(1); update <= 20; update++ {
		before := s.Stats()
		sent := make(chan error, 1)
		go func() { sent <- s.Sent(context.Background(), "m", sitiChat, turn.Shown{Card: int(update)}) }()
		time.Sleep(2 * time.Millisecond)
		received(t, s, update)
		must(t, <-sent)
		if after := s.Stats(); after.Jobs == before.Jobs+2 && after.Flushes == before.Flushes+1 {
			return
		}
	}
	t.Error("never shared a flush")
}

// Somebody can send anything as the data of a button, and it gets as far as an id or a line of audit.
func TestWordsAreStoredAsTheyAre(t *testing.T) {
	t.Parallel()
	s := open(t)
	var lines []program.Audit
	for i, words := range []string{"a\x00b", "\xff\xfe", "\uE000", "\uE000aabb", "a", "\x00", "Melati 🙂"} {
		lines = append(lines, program.Audit{At: now.Add(time.Duration(i)), Actor: siti, Action: "x", Subject: words})
	}
	must(t, s.Commit(t.Context(), turn.Plan{Audit: lines}))
	all, err := s.Audits(t.Context(), 10)
	if err != nil || len(all) != len(lines) {
		t.Fatal(all, err)
	}
	for i, line := range all {
		if want := lines[len(lines)-1-i].Subject; line.Subject != want {
			t.Errorf("stored %q, read %q", want, line.Subject)
		}
	}
	if got := flaws(t, s); got != "" {
		t.Error(got)
	}
	for _, id := range []string{"a\x00b", "\xff", "a"} {
		if waits, err := s.Waits(t.Context(), id); err != nil || waits {
			t.Errorf("looked for %q: %v, %v", id, waits, err)
		}
	}
}
