package records_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
)

// inFiles looks for secrets in every file of a directory and says in which they are.
func inFiles(t *testing.T, dir string, secrets [][]byte) (found []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	must(t, err)
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		must(t, err)
		for i, secret := range secrets {
			if bytes.Contains(data, secret) {
				found = append(found, fmt.Sprintf("%d in %s", i, f.Name()))
			}
		}
	}
	return found
}

// lines is what a query finds in the file: a row a line, the columns with blanks between.
func lines(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	rows, err := db.Query(query, args...)
	must(t, err)
	defer rows.Close() //nolint:errcheck // a test's
	names, err := rows.Columns()
	must(t, err)
	var all []string
	for rows.Next() {
		values := make([]sql.NullString, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		must(t, rows.Scan(into...))
		var line []string
		for _, v := range values {
			if i, ok := map[string]string{"true": "1", "false": "0"}[v.String]; ok && pgtest.Wanted() {
				v.String = i
			}
			line = append(line, v.String)
		}
		all = append(all, strings.Join(line, " "))
	}
	must(t, rows.Err())
	return strings.Join(all, "\n")
}

// sealedOf are the sealed bytes that are hers: key, alias, contact, target, answers and sentences.
func sealedOf(t *testing.T, db *sql.DB, code string) [][]byte {
	t.Helper()
	rows, err := db.Query(`SELECT wrapped FROM participant WHERE code = $1 UNION ALL SELECT alias FROM participant WHERE code = $1
		UNION ALL SELECT sealed FROM contact WHERE code = $1 UNION ALL SELECT sealed FROM target WHERE participant = $1 UNION ALL SELECT answers FROM report WHERE participant = $1
		UNION ALL SELECT source FROM report WHERE participant = $1 UNION ALL SELECT fields FROM matter WHERE participant = $1
		UNION ALL SELECT c.before FROM matter_change c JOIN matter m ON m.id = c.matter WHERE m.participant = $1 AND c.before IS NOT NULL`, code)
	must(t, err)
	defer rows.Close() //nolint:errcheck // a test's
	var all [][]byte
	for rows.Next() {
		var sealed []byte
		must(t, rows.Scan(&sealed))
		all = append(all, sealed)
	}
	must(t, rows.Err())
	return all
}

// rich is a database with others around her, and of hers everything that there can be: reports, one
// of them taken back, a contact, a target, consents, requests, an alarm, a PIN, prompts, an invitation, a chat
// with what waits for it, a memory and a deadline.
func rich(t *testing.T, dir string) (*records.Store, *sql.DB) {
	t.Helper()
	v := newVault(t)
	s := openAt(t, filepath.Join(dir, dbRow), v)
	ctx := t.Context()
	peopled(t, s)
	memory, err := v.Seal([]byte("memory"), []byte(s.ChatKey(melatiChat)))
	must(t, err)
	pin, err := v.Seal([]byte("pin"), []byte("pin/"+melati))
	must(t, err)
	for i := range 60 {
		code := fmt.Sprintf("K-%03d", 100+i*7%60)
		must(t, s.AddParticipant(ctx, program.Participant{Agreed: program.OnPaper, Code: code, Alias: "Soka", Stage: program.Trading, Companion: rina}))
		r := visit(fmt.Sprint("k-", i), "2026-11-20")
		r.Participant, r.Author = code, rina
		must(t, s.Commit(ctx, turn.Plan{Reports: []program.Report{r}})) // her row grows, and pages are split
	}
	must(t, s.BindChat(ctx, melati, melatiChat))
	_, err = s.Invite(ctx, melati)
	must(t, err)
	must(t, s.Commit(ctx, turn.Plan{
		State:     &turn.State{Key: s.ChatKey(melatiChat), Data: memory},
		Reports:   []program.Report{visit("r-1", "2026-11-20"), visit("r-2", "2026-11-21"), visit("r-3", "2026-11-22")},
		FollowUps: []program.FollowUp{{ID: "f-1", Report: "r-1", Participant: melati, Person: siti, Due: "2026-12-01"}},
		Audit:     []program.Audit{{At: now, Actor: rina, Action: program.ReadReport, Subject: melati, Reason: program.ReasonSafety}},
		Deadlines: []turn.Due{{Chat: melatiChat, Kind: "draft", At: now}, {Chat: sitiChat, Kind: "call." + melati, At: now},
			{Chat: sitiChat, Kind: "guest." + melati + ".2026-12-02", At: now}},
		Messages: []turn.Message{{ID: "hers", Chat: melatiChat, Form: turn.Notice, Text: "x"}, {ID: "siti's", Chat: sitiChat, Form: turn.Notice, Text: "x"}},
		Safety: turn.Safety{
			Contacts: []turn.ContactChange{{Code: melati, Contact: program.DefaultContact()}, {Code: mawar, Contact: program.DefaultContact()}},
			Targets:  []turn.Target{{Code: melati, Text: "lapak sendiri", At: now}},
			Consents: []program.Consent{{ID: "c-1", Participant: melati, Purpose: program.ChatReminders, Status: program.Given, Hash: "abc", At: now, Recorder: melati, Until: "2027-11-25"}},
			Requests: []program.Request{
				{ID: "q-1", Participant: melati, Kind: program.AskErasure, At: now, Due: now.Add(program.RequestLife)},
				{ID: "q-2", Participant: melati, Kind: program.AskAccess, At: now, Due: now.Add(program.RequestLife)},
				{ID: "q-3", Participant: melati, Kind: program.AskCall, At: now, Due: now.Add(program.CallLife), Wish: program.CallMorning},
			},
			Alarms: []program.Alarm{{ID: "a-1", Participant: melati, At: now}},
			PINs:   []turn.PIN{{Person: melati, Sealed: pin}},
			Prompts: []turn.Prompt{
				{Ref: "p-1", Person: melati, Kind: "x", Subject: "y", At: now}, {Ref: "p-2", Person: siti, Kind: "x", Subject: melati, At: now},
				{Ref: "p-3", Person: siti, Kind: "x", Subject: "a-1", At: now}, {Ref: "p-4", Person: siti, Kind: "x", Subject: mawar, At: now},
			},
		},
	}))
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "r-3", By: siti, At: now}}}))
	hers := matterOf("m-hers", program.Case, melati)
	must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{Moves: []turn.Move{moved(hers, "m-hers"), moved(matterOf("m-day", program.Session, ""), "m-day")}}}))
	hers.Rev, hers.Status = 1, "ditangani"
	must(t, s.Commit(ctx, turn.Plan{Way: turn.Way{
		Moves:    []turn.Move{moved(hers, "m-hers.2")},
		Stages:   []program.StageChange{{Cause: "st-1", Participant: melati, From: program.Trading, To: program.Paused, On: "2026-11-25", By: siti}},
		Attended: []program.Attendance{{Session: "m-day", Participant: melati, InvitedAt: now}, {Session: "m-day", Participant: mawar, InvitedAt: now}},
	}}))
	db := behind(t, filepath.Join(dir, dbRow))
	return s, db
}

// counted are the institution's figures.
func counted(t *testing.T, s *records.Store) string {
	t.Helper()
	all, err := s.CountAllReports(t.Context(), records.Visit, "2026-01-01", "2026-12-31")
	must(t, err)
	hers, err := s.CountReports(t.Context(), siti, records.Visit, "2026-01-01", "2026-12-31", "")
	must(t, err)
	return fmt.Sprint(all, " ", hers)
}

// scrub scrubs. Whoever is being let into the server that the tests share keeps it from doing so for a moment, and
// so does another test that tries: they leave each other some time.
func scrub(t *testing.T, s *records.Store) {
	t.Helper()
	err := s.Scrub(t.Context())
	for tries := 0; err != nil && pgtest.Wanted() && tries < 600; tries++ {
		time.Sleep(50 * time.Millisecond)
		err = s.Scrub(t.Context())
	}
	must(t, err)
}

func eraseHer(t *testing.T, s *records.Store, code string) {
	t.Helper()
	must(t, s.Commit(t.Context(), turn.Plan{Safety: turn.Safety{
		Requests: []program.Request{{ID: "q-1", Participant: code, Kind: program.AskErasure, At: now, Due: now, DoneAt: now, DoneBy: rina}},
		Erased:   []string{code},
	}}))
	scrub(t, s)
}

func TestNothingOfWhomIsErasedIsInAnyFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, db := rich(t, dir)
	secrets, others := sealedOf(t, db, melati), sealedOf(t, db, mawar)
	if found := inFiles(t, files(t, filepath.Join(dir, dbRow)), secrets); len(secrets) != 12 || len(found) < len(secrets) {
		t.Fatalf("of %d values only %v are found before: the search is no good", len(secrets), found)
	}
	before := counted(t, s)
	eraseHer(t, s, melati)
	if found := inFiles(t, files(t, filepath.Join(dir, dbRow)), secrets); len(found) > 0 {
		t.Errorf("still there: %v", found)
	}
	if found := inFiles(t, files(t, filepath.Join(dir, dbRow)), others); len(found) < len(others) {
		t.Errorf("of another's %d values only %v are left", len(others), found)
	}
	if after := counted(t, s); after != before {
		t.Errorf("counted %s, before %s", after, before)
	}
	if got := flaws(t, s); got != "" {
		t.Errorf("found %s", got)
	}
	if people, err := s.Participants(t.Context(), records.ParticipantFilter{}); err != nil || len(people) != 61 {
		t.Errorf("%d others can be read, %v", len(people), err)
	}
}

func TestWhoIsErasedIsNobodyAtOnce(t *testing.T) {
	t.Parallel()
	s, _ := rich(t, t.TempDir())
	ctx := t.Context()
	if got := ownerOf(t, s, melatiChat); got != melati { // known from now on
		t.Fatal(got)
	}
	if load, err := s.Caseload(ctx, siti); err != nil || len(load) != 2 {
		t.Fatal(load, err)
	}
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Erased: []string{melati}}}))
	if got := ownerOf(t, s, melatiChat); got != "" {
		t.Errorf("the chat is still %q's", got)
	}
	if load, err := s.Caseload(ctx, siti); err != nil || len(load) != 1 || load[0].Code != mawar {
		t.Errorf("the caseload is %v, %v", load, err)
	}
	if numbers, err := s.LastNumbers(ctx, melati, records.Visit, "laba", 5); err != nil || len(numbers) != 0 {
		t.Errorf("her numbers %v, %v", numbers, err)
	}
	for what, err := range map[string]error{
		"undoing":   s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "r-1", By: siti, At: now}}}),
		"a new one": s.Commit(ctx, turn.Plan{Reports: []program.Report{visit("r-9", "2026-11-25")}}),
	} {
		if !errors.Is(err, turn.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.Report(ctx, "r-1"); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("her report: %v", err)
	}
	if _, err := s.Person(ctx, melati); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("she: %v", err)
	}
	// What was taken back before can be taken back again, as a turn that is stored twice does.
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "r-3", By: siti, At: now}}}))
}

// remains is what is left that names her, or came from her.
const remains = `SELECT 'report', id, participant, CAST(length(answers) AS TEXT), CASE WHEN source IS NULL THEN '' ELSE 'x' END, CAST(emptied_at AS TEXT)
		FROM report WHERE id LIKE 'r-%'
	UNION ALL SELECT 'fact', report, field, CAST(number AS TEXT), code, '' FROM fact WHERE report LIKE 'r-%'
	UNION ALL SELECT 'consent', participant, purpose, hash, CAST(ended_at AS TEXT), '' FROM consent WHERE participant = 'M-417'
	UNION ALL SELECT 'request', id, CAST(done_at AS TEXT), done_by, '', '' FROM request WHERE participant = 'M-417'
	UNION ALL SELECT 'prompt', ref, '', '', '', '' FROM prompt
	UNION ALL SELECT 'follow_up', id, '', '', '', '' FROM follow_up
	UNION ALL SELECT 'outbox', id, '', '', '', '' FROM outbox
	UNION ALL SELECT 'chat', owner, '', '', '', '' FROM chat
	UNION ALL SELECT 'audit', actor, action, subject, reason, '' FROM audit WHERE subject = 'M-417'
	UNION ALL SELECT 'other', CAST(COUNT(*) AS TEXT), '', '', '', '' FROM (SELECT code AS a FROM participant WHERE code = 'M-417' UNION ALL SELECT id FROM person WHERE id = 'M-417'
		UNION ALL SELECT code FROM contact WHERE code = 'M-417' UNION ALL SELECT participant FROM target UNION ALL SELECT id FROM alarm UNION ALL SELECT token FROM invitation
		UNION ALL SELECT key FROM conversation UNION ALL SELECT person FROM pin UNION ALL SELECT chat FROM deadline) hers
	ORDER BY 1, 2, 3`

func TestWhatStaysOfWhomIsErased(t *testing.T) {
	t.Parallel()
	s, db := rich(t, t.TempDir())
	eraseHer(t, s, melati)
	const at = "1795600800000" // now
	want := `audit p-rina report.read M-417 keselamatan 
chat p-siti    
consent M-417 pendampingan  AT 
consent M-417 pengingat_chat abc AT 
fact r-1 hadir  ya 
fact r-2 hadir  ya 
fact r-3 hadir  ya 
other 0    
outbox siti's    
prompt p-4    
report r-1  0  AT
report r-2  0  AT
report r-3  0  AT
request q-1 AT p-rina  
request q-2 AT system  `
	want = strings.ReplaceAll(want, "AT", at)
	if got := lines(t, db, remains); got != want {
		t.Errorf("there is\n%s\nwant\n%s", got, want)
	}
	eraseHer(t, s, melati)
	// Only participants are erased: whoever is named by mistake keeps her chat.
	must(t, s.Commit(t.Context(), turn.Plan{Safety: turn.Safety{Erased: []string{siti, "M-none"}}}))
	if got := lines(t, db, remains); got != want {
		t.Errorf("a second time there is\n%s\nwant\n%s", got, want)
	}
}

// A turn that fails after her key was destroyed, as one does that is cut off by a crash, leaves her
// as she was. (That somebody is named as the author of a report cannot happen to a participant: she
// has no right to any.)
func TestErasingIsWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, db := rich(t, dir)
	hers := visit("m-1", "2026-11-20")
	hers.Author, hers.Participant = mawar, ""
	must(t, s.Commit(t.Context(), turn.Plan{Reports: []program.Report{hers}}))
	before, secrets := lines(t, db, remains), sealedOf(t, db, melati)
	if err := s.Commit(t.Context(), turn.Plan{Safety: turn.Safety{Erased: []string{melati, mawar}}}); !errors.Is(err, turn.ErrBroken) {
		t.Fatalf("erased: %v", err)
	}
	scrub(t, s)
	if after := lines(t, db, remains); after != before {
		t.Errorf("there is\n%s\nbefore\n%s", after, before)
	}
	if now := sealedOf(t, db, melati); fmt.Sprint(now) != fmt.Sprint(secrets) {
		t.Error("what is sealed is not what it was")
	}
	if got := flaws(t, s); got != "" {
		t.Errorf("found %s", got)
	}
	eraseHer(t, s, melati) // without the other it can be done
	if found := inFiles(t, files(t, filepath.Join(dir, dbRow)), secrets); len(found) > 0 {
		t.Errorf("still there: %v", found)
	}
}

func TestScrubbingIsOwedUntilItIsDone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, db := rich(t, dir)
	const owed = `SELECT COUNT(*) FROM meta WHERE name = 'scrub.owed'`
	scrub(t, s) // nothing to do
	secrets := sealedOf(t, db, melati)
	if got := lines(t, db, owed); got != "0" {
		t.Errorf("owed %s", got)
	}
	must(t, s.Commit(t.Context(), turn.Plan{Safety: turn.Safety{Erased: []string{melati}}}))
	if got := lines(t, db, owed); got != "1" {
		t.Errorf("after erasing owed %s", got)
	}
	if found := inFiles(t, files(t, filepath.Join(dir, dbRow)), secrets); len(found) == 0 {
		t.Error("nothing is left to be scrubbed: the test is no good")
	}
	scrub(t, s)
	if got := lines(t, db, owed); got != "0" || len(inFiles(t, files(t, filepath.Join(dir, dbRow)), secrets)) > 0 {
		t.Errorf("after scrubbing owed %s", got)
	}
}

// TestScrubbingHoldsUpNobodyForLong: somebody reads for long, as a backup does. It is given up soon,
// since nobody can write while it waits, and done when they have read.
func TestScrubbingHoldsUpNobodyForLong(t *testing.T) {
	t.Parallel()
	s, db := rich(t, t.TempDir())
	must(t, s.Commit(t.Context(), turn.Plan{Safety: turn.Safety{Erased: []string{melati}}}))
	reading, err := db.BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	must(t, err)
	var n int
	must(t, reading.QueryRow(`SELECT COUNT(*) FROM report`).Scan(&n))
	line := program.Audit{At: now, Actor: siti, Action: "report.save", Subject: "r-9"}
	must(t, s.Commit(t.Context(), turn.Plan{Audit: []program.Audit{line}})) // they read what is not the newest then
	began := time.Now()
	if err := s.Scrub(t.Context()); err == nil {
		t.Error("scrubbed while somebody read")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it waited for %s", took)
	}
	must(t, reading.Rollback())
	scrub(t, s)
}
