package records_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

const canary = "burung-kenari-kuning"

// forms is every form in which a chat's id could stand in a file.
func forms(chat int64) [][]byte {
	var eight [8]byte
	binary.BigEndian.PutUint64(eight[:], uint64(chat))
	little := binary.LittleEndian.AppendUint64(nil, uint64(chat))
	return [][]byte{
		[]byte(strconv.FormatInt(chat, 10)), eight[2:], little[:6], binary.AppendVarint(nil, chat), binary.AppendUvarint(nil, uint64(chat)),
	}
}

func checkSecret(t *testing.T, dir string, secrets ...[]byte) {
	t.Helper()
	files, err := os.ReadDir(dir)
	must(t, err)
	for _, f := range files {
		path := filepath.Join(dir, f.Name())
		data, err := os.ReadFile(path)
		must(t, err)
		for i, secret := range secrets {
			if bytes.Contains(data, secret) {
				t.Errorf("%s (%d bytes) holds secret %d: %q", f.Name(), len(data), i, secret)
			}
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", f.Name(), info.Mode(), err)
		}
	}
}

func TestNothingPersonalStandsInAnyFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, dbRow), newVault(t))
	ctx := t.Context()
	const chat, joined = int64(7_345_678_912_345), int64(7_999_888_777_666)
	must(t, s.AddPerson(ctx, program.Person{ID: siti, Role: program.Companion, Name: canary, Chat: chat, Active: true}))
	must(t, s.AddParticipant(ctx, program.Participant{Agreed: program.OnPaper, Code: melati, Alias: canary, Stage: program.Trading, Companion: siti}))
	token, err := s.Invite(ctx, melati)
	must(t, err)
	rows, err := s.Receive(ctx, []turn.Row{
		{UpdateID: 1, Body: []byte(canary)}, {UpdateID: 2, Body: []byte(canary)}, {UpdateID: 3, Body: []byte(canary)},
	})
	must(t, err)
	report := visit("r-1", "2026-11-24")
	report.Answers, report.Source = []byte(`"`+canary+`"`), canary
	nobody := report
	nobody.ID, nobody.Participant = "r-2", ""
	message := func(id string) turn.Message {
		return turn.Message{ID: id, Chat: chat, Form: turn.Card, Text: canary, Cover: canary, Buttons: [][]turn.Button{{{Label: canary, Data: canary}}}}
	}
	must(t, s.Commit(ctx, turn.Plan{
		Row: rows[0].Seq, Reports: []program.Report{report, nobody}, Join: &turn.Join{Token: token, Chat: joined, At: now},
		Deadlines: []turn.Due{{Chat: chat, Kind: "draft.nudge", At: now}}, Reach: &turn.Reach{Chat: chat, At: now},
		Messages: []turn.Message{message("m-1"), message("m-2"), message("m-3")}, Came: []turn.Came{{Chat: chat, Message: 4, At: now}},
	}))
	must(t, s.Sent(ctx, "m-1", chat, turn.Shown{Card: 5, New: 5}))
	must(t, s.BuryMessage(ctx, "m-2", "refused"))
	must(t, s.Bury(ctx, rows[1].Seq, "panic"))
	secrets := append(forms(chat), forms(joined)...)
	secrets = append(secrets, []byte(canary), []byte(canary[4:]), []byte(token))
	folder := files(t, filepath.Join(dir, dbRow))
	checkSecret(t, folder, secrets...)
	if found := inFiles(t, folder, [][]byte{[]byte("draft.nudge")}); len(found) == 0 {
		t.Error("what is no secret is not found either: the search is no good")
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 3 && !pgtest.Wanted() {
		t.Errorf("looked into %d files, %v; want the database, -wal and -shm", len(files), err)
	}
	must(t, s.Close())
	checkSecret(t, folder, secrets...)
	db := behind(t, filepath.Join(dir, dbRow))
	defer db.Close() //nolint:errcheck // a test's
	done, kept := 0, 0
	must(t, db.QueryRow(`SELECT COUNT(*), COUNT(body) FROM inbox WHERE done_at IS NOT NULL`).Scan(&done, &kept))
	if done != 2 || kept != 0 {
		t.Errorf("of %d updates that are done %d are kept, sealed though they are", done, kept)
	}
}

// tamper runs SQL on the closed database's file, as somebody who got hold of it would.
func tamper(t *testing.T, path string, statements ...string) {
	t.Helper()
	db := behind(t, path)
	for _, statement := range statements {
		_, err := db.Exec(statement)
		must(t, err)
	}
	must(t, db.Close())
}

func TestWhatWasTamperedWithIsRefusedAndTheRestIsRead(t *testing.T) {
	t.Parallel()
	path, v := filepath.Join(t.TempDir(), dbRow), newVault(t)
	s := openAt(t, path, v)
	ctx := t.Context()
	peopled(t, s)
	for _, id := range []string{"r-1", "r-2", "r-3", "r-4"} {
		must(t, s.Commit(ctx, turn.Plan{
			Reports:  []program.Report{visit(id, "2026-11-24")},
			Messages: []turn.Message{{ID: id, Chat: sitiChat, Form: turn.Notice, Text: id}},
		}))
	}
	for update := range int64(3) {
		received(t, s, update)
	}
	must(t, s.Close())
	flipped := `CAST(substr(%, 1, length(%) - 1) || CASE substr(%, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)`
	if pgtest.Wanted() {
		flipped = `set_byte(%, length(%) - 1, 255 - get_byte(%, length(%) - 1))`
	}
	flip := func(column string) string { return strings.ReplaceAll(flipped, "%", column) }
	tamper(t, path,
		`UPDATE report SET answers = `+flip("answers")+` WHERE id = 'r-1'`,
		`UPDATE report SET answers = (SELECT answers FROM report WHERE id = 'r-4') WHERE id = 'r-3'`,
		`UPDATE inbox SET body = `+flip("body")+` WHERE update_id = 1`,
		`UPDATE outbox SET body = `+flip("body")+` WHERE id = 'r-2'`,
		`UPDATE participant SET alias = (SELECT alias FROM participant WHERE code = '`+melati+`') WHERE code = '`+mawar+`'`)
	s = openAt(t, path, v)
	var read []string
	err := s.Reports(ctx, records.ReportFilter{}, func(r program.Report) error { read = append(read, r.ID); return nil })
	if !errors.Is(err, records.ErrUnreadable) || !strings.Contains(err.Error(), "[r-1 r-3]") || strings.Join(read, " ") != "r-2 r-4" {
		t.Errorf("read %v, %v", read, err)
	}
	if _, err := s.Report(ctx, "r-1"); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("a changed report: %v", err)
	}
	if _, err := s.Report(ctx, "r-2"); err != nil {
		t.Error(err)
	}
	pending, err := s.Pending(ctx)
	if err != nil || len(pending) != 2 || pending[0].UpdateID != 0 || pending[1].UpdateID != 2 {
		t.Errorf("pending %v, %v", pending, err)
	}
	items, err := s.Outgoing(ctx, 10)
	if err != nil || len(items) != 3 {
		t.Errorf("outgoing %v, %v", items, err)
	}
	dead, err := s.DeadLetters(ctx, 10)
	if err != nil || len(dead) != 2 || dead[0].Ref != "r-2" || dead[1].Ref != "1" {
		t.Errorf("dead letters %v, %v", dead, err)
	}
	her, err := s.Caseload(ctx, siti)
	if err != nil || slices.ContainsFunc(her, func(p program.Participant) bool { return p.Code == mawar }) || len(her) == 0 {
		t.Errorf("with an alias of somebody else: %v, %v", her, err)
	}
	if her, err := s.ParticipantFor(ctx, siti, melati); err != nil || her.Alias != melatiAlias {
		t.Errorf("%v, %v", her, err)
	}
}

func TestAWrongKeyIsRefused(t *testing.T) {
	t.Parallel()
	path, v := filepath.Join(t.TempDir(), dbRow), newVault(t)
	s := openAt(t, path, v)
	peopled(t, s)
	must(t, s.Close())
	_, err := records.Open(t.Context(), at(t, path), newVault(t), records.Options{})
	if !errors.Is(err, records.ErrWrongKey) || !strings.Contains(err.Error(), "KEY_FILE") {
		t.Fatalf("opened with a wrong key: %v", err)
	}
	rotated, err := v.Rotated()
	must(t, err)
	s = openAt(t, path, rotated)
	if p, err := s.PersonByChat(t.Context(), sitiChat); err != nil || p.Name != "Siti" {
		t.Errorf("after rotation: %v", err)
	}
}

func TestTheAuditOnlyGrows(t *testing.T) {
	t.Parallel()
	path, v := filepath.Join(t.TempDir(), dbRow), newVault(t)
	s := openAt(t, path, v)
	must(t, s.Commit(t.Context(), turn.Plan{Audit: []program.Audit{{At: now, Actor: "system", Action: "a", Subject: "b"}}}))
	db := behind(t, path)
	defer db.Close() //nolint:errcheck // a test's
	for _, statement := range []string{`DELETE FROM audit`, `UPDATE audit SET actor = 'x'`} {
		if _, err := db.Exec(statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestAFileThatIsNoDatabase(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "PostgreSQL is no file")
	path := filepath.Join(t.TempDir(), dbRow)
	must(t, os.WriteFile(path, []byte("bukan basis data, tetapi cukup panjang untuk dibaca"), 0o600))
	if _, err := records.Open(t.Context(), at(t, path), newVault(t), records.Options{}); err == nil {
		t.Error("opened")
	}
	if _, err := records.Open(t.Context(), filepath.Join(t.TempDir(), "none", "db"), newVault(t), records.Options{}); err == nil {
		t.Error("opened in no directory")
	}
}
