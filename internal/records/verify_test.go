package records_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// flaws is what verifying finds, a word and a row each.
func flaws(t *testing.T, s *records.Store) string {
	t.Helper()
	p, err := s.Verify(t.Context())
	must(t, err)
	all := make([]string, 0, len(p.Flaws))
	for _, f := range p.Flaws {
		all = append(all, fmt.Sprintf("%s %s %s", f.Kind, f.Table, f.Row))
	}
	return strings.Join(all, ", ")
}

// audited is a database with five lines of audit and two reports.
func audited(t *testing.T) (*records.Store, *sql.DB) {
	t.Helper()
	path := filepath.Join(t.TempDir(), dbRow)
	v := newVault(t)
	s := openAt(t, path, v)
	peopled(t, s)
	whatWaits(t, s, v)
	for i, id := range []string{"r-1", "r-2"} {
		must(t, s.Commit(t.Context(), turn.Plan{
			Reports: []program.Report{visit(id, "2026-11-24")},
			Audit:   []program.Audit{{At: now.Add(time.Duration(i) * time.Second), Actor: siti, Action: "report.save", Subject: id}},
		}))
	}
	for i := range 3 {
		must(t, s.Commit(t.Context(), turn.Plan{Audit: []program.Audit{{At: now.Add(time.Minute), Actor: rina, Action: "report.read", Subject: fmt.Sprint(i), Reason: program.ReasonSafety}}}))
	}
	db := behind(t, path)
	return s, db
}

// whatWaits is a memory, a deadline, an update and messages that wait, and one that was put aside.
func whatWaits(t *testing.T, s *records.Store, v *vault.Vault) {
	t.Helper()
	key := s.ChatKey(sitiChat)
	memory, err := v.Seal([]byte("memory"), []byte(key))
	must(t, err)
	rows, err := s.Receive(t.Context(), []turn.Row{{UpdateID: 7, Body: []byte("update")}, {UpdateID: 8, Body: []byte("update")}})
	must(t, err)
	must(t, s.Bury(t.Context(), rows[1].Seq, "panic"))
	message := func(id string) turn.Message {
		return turn.Message{ID: id, Chat: sitiChat, Form: turn.Notice, Text: "halo"}
	}
	must(t, s.Commit(t.Context(), turn.Plan{
		State: &turn.State{Key: key, Data: memory}, Deadlines: []turn.Due{{Chat: sitiChat, Kind: "draft", At: now}},
		Messages: []turn.Message{message("m-1"), message("m-2")},
	}))
}

// TestVerifyNamesWhatWasTamperedWith changes the file behind the bot's back, as somebody would
// who can write to it and has no key.
func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ tamper, want string }{
		"nothing":               {`SELECT 1`, ""},
		"who did it":            {`UPDATE audit SET actor = 'p-rina' WHERE seq = 2`, "changed audit 2"},
		"what was done":         {`UPDATE audit SET action = 'report.read' WHERE seq = 1`, "changed audit 1"},
		"when":                  {`UPDATE audit SET at = at + 1 WHERE seq = 4`, "changed audit 4"},
		"why":                   {`UPDATE audit SET reason = 'keluhan' WHERE seq = 5`, "changed audit 5"},
		"why, where none was":   {`UPDATE audit SET reason = 'laporan' WHERE seq = 1`, "changed audit 1"},
		"why it was not":        {`UPDATE audit SET reason = '' WHERE seq = 5`, "changed audit 5"},
		"words that are moved":  {`UPDATE audit SET action = 'report.rea', subject = 'd1' WHERE seq = 4`, "changed audit 4"},
		"a link":                {`UPDATE audit SET link = 'x' WHERE seq = 3`, "changed audit 3, changed audit 4"},
		"two lines exchanged":   {`UPDATE audit SET seq = -seq WHERE seq IN (2, 3); UPDATE audit SET seq = CASE seq WHEN -2 THEN 3 ELSE 2 END WHERE seq < 0`, "changed audit 2, changed audit 3, changed audit 4"},
		"one taken out":         {`DELETE FROM audit WHERE seq = 3`, "missing audit 3"},
		"the beginning":         {`DELETE FROM audit WHERE seq < 3`, "missing audit 1-2"},
		"the end":               {`DELETE FROM audit WHERE seq > 3`, "cut audit 3"},
		"the end, and its mark": {`DELETE FROM audit WHERE seq > 3; DELETE FROM meta WHERE name = 'audit.head'`, "cut audit 3"},
		"all of it":             {`DELETE FROM audit`, "cut audit 0"},
		"one put in": {`INSERT INTO audit (seq, at, actor, action, subject, link) VALUES (6, 1, 'x', 'y', 'z', 'w')`,
			"changed audit 6, cut audit 6"},
		"an answer":            {`UPDATE report SET answers = randomblob(60) WHERE id = 'r-2'`, "unreadable report r-2"},
		"an answer, moved":     {`UPDATE report SET answers = (SELECT answers FROM report WHERE id = 'r-1') WHERE id = 'r-2'`, "unreadable report r-2"},
		"a sentence":           {`UPDATE report SET source = zeroblob(40) WHERE id = 'r-1'`, "unreadable report r-1"},
		"another's name":       {`UPDATE person SET name = (SELECT name FROM person WHERE id = 'p-rina') WHERE id = 'p-siti'`, "unreadable person p-siti"},
		"an alias":             {`UPDATE participant SET alias = zeroblob(1) WHERE code = 'M-002'`, "unreadable participant M-002"},
		"a target":             {`UPDATE target SET sealed = zeroblob(60)`, "unreadable target M-417"},
		"a chat":               {`UPDATE chat SET sealed = zeroblob(1)`, "unreadable chat p-siti"},
		"a deadline":           {`UPDATE deadline SET sealed = zeroblob(1)`, "unreadable deadline KEY"},
		"a memory":             {`UPDATE conversation SET data = zeroblob(80)`, "unreadable conversation KEY"},
		"an update":            {`UPDATE inbox SET body = zeroblob(80) WHERE update_id = 7`, "unreadable inbox 7"},
		"a message":            {`UPDATE outbox SET body = (SELECT body FROM outbox WHERE id = 'm-1') WHERE id = 'm-2'`, "unreadable outbox m-2"},
		"what was put aside":   {`UPDATE dead_letter SET body = randomblob(1)`, "unreadable dead_letter 8"},
		"her key":              {`UPDATE participant SET wrapped = zeroblob(80) WHERE code = 'M-417'`, "unreadable participant M-417, unreadable report r-1, unreadable report r-2"},
		"a report of nobody's": {`PRAGMA foreign_keys = OFF; INSERT INTO fact (report, n, field, code) VALUES ('r-9', 0, 'a', 'b')`, "damaged fact 5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, db := audited(t)
			must(t, s.Commit(t.Context(), turn.Plan{Safety: turn.Safety{Targets: []turn.Target{{Code: melati, Text: "lapak sendiri", At: now}}}}))
			if _, err := db.Exec(said(`DROP TRIGGER audit_stays; DROP TRIGGER audit_holds; ` + tt.tamper)); err != nil {
				t.Fatal(err)
			}
			want := strings.ReplaceAll(tt.want, "KEY", string(s.ChatKey(sitiChat)))
			if pgtest.Wanted() {
				want = strings.ReplaceAll(want, "fact 5", "fact (0,5)") // how it names a row
			}
			if got := flaws(t, s); got != want {
				t.Errorf("found %q, want %q", got, want)
			}
			// Who can still be read is read.
			if _, err := s.PersonByChat(t.Context(), sitiChat); err != nil && tt.want != "unreadable person p-siti" && tt.want != "unreadable chat p-siti" {
				t.Errorf("the others do not work any more: %v", err)
			}
			if all, err := s.People(t.Context()); err != nil || len(all) != 4 {
				t.Errorf("%d people, %v", len(all), err)
			}
		})
	}
}

// TestTheAuditIsVerifiedWhileItGrows looks again and again while others write.
func TestTheAuditIsVerifiedWhileItGrows(t *testing.T) {
	t.Parallel()
	s, _ := audited(t)
	var writing sync.WaitGroup
	for i := range 4 {
		writing.Go(func() {
			for j := range 50 {
				line := program.Audit{At: now.Add(time.Hour), Actor: siti, Action: "report.read", Subject: fmt.Sprint(i, "/", j)}
				if err := s.Commit(t.Context(), turn.Plan{Audit: []program.Audit{line, line}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { writing.Wait(); close(done) }()
	for over := false; !over; {
		select {
		case <-done:
			over = true
		default:
		}
		if got := flaws(t, s); got != "" {
			t.Fatalf("found %s", got)
		}
	}
	p, err := s.Verify(t.Context())
	if err != nil || p.Audit != 205 || p.Reports != 2 || p.People != 2 || p.Participants != 2 {
		t.Errorf("looked at %+v, %v", p, err)
	}
}
