package main

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/pressly/goose/v3"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/vault"
)

// firstVersion is the schema with which the bot was first in use.
const firstVersion = 1

// first is a database of the first version. Everything in it is written as that version wrote it:
// the statements, what sealed values are bound to, and how they are encoded stand here in full, so
// that no change of today's code changes them.
type first struct {
	t   *testing.T
	db  *sql.DB
	v   *vault.Vault
	at  time.Time
	seq int
	end string // the link of the last line of the audit
}

// newFirst makes one in a data directory.
func newFirst(t *testing.T, dir string) *first {
	t.Helper()
	if err := vault.Create(filepath.Join(dir, "key")); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(filepath.Join(dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "dampingi.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("../../internal/records/migrations"), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), firstVersion); err != nil {
		t.Fatal(err)
	}
	return &first{t: t, db: db, v: v, at: scriptDay()}
}

// exec runs a statement.
func (f *first) exec(text string, args ...any) {
	f.t.Helper()
	if _, err := f.db.ExecContext(f.t.Context(), text, args...); err != nil {
		f.t.Fatalf("%s: %v", text, err)
	}
}

// seal seals with the institution's key.
func (f *first) seal(plain []byte, bind string) []byte {
	f.t.Helper()
	sealed, err := f.v.Seal(plain, []byte(bind))
	if err != nil {
		f.t.Fatal(err)
	}
	return sealed
}

// chat seals a chat's id, and gives its key.
func (f *first) chat(id uint64) (key string, sealed []byte) {
	key = f.v.Lookup("chat", strconv.FormatUint(id, 10))
	return key, f.seal(binary.BigEndian.AppendUint64(nil, id), "chat/"+key)
}

// audit adds a line to the chain.
func (f *first) audit(actor, action, subject string) {
	f.t.Helper()
	f.seq++
	at := f.at.UnixMilli() + int64(f.seq)
	link := fmt.Sprintf("%s %d %d", f.end, f.seq, at)
	for _, w := range []string{actor, action, subject} {
		link += fmt.Sprintf(" %d %s", len(w), w)
	}
	f.end = f.v.Lookup("audit", link)
	f.exec(`INSERT INTO audit (seq, at, actor, action, subject, link) VALUES ($1, $2, $3, $4, $5, $6)`, f.seq, at, actor, action, subject, f.end)
	head := fmt.Sprintf("%d %s", f.seq, f.end)
	f.exec(`INSERT INTO meta (name, value) VALUES ('audit.head', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
		[]byte(head+" "+f.v.Lookup("audit.head", head)))
}

// staff adds one of the staff, with a chat.
func (f *first) staff(id, role, name string, chat uint64) {
	f.t.Helper()
	key, sealed := f.chat(chat)
	f.exec(`INSERT INTO person (id, role, name, lang, active) VALUES ($1, $2, $3, 'id', 1)`, id, role, f.seal([]byte(name), "person/"+id+"/name"))
	f.exec(`INSERT INTO chat (key, owner, sealed, reachable, changed_at) VALUES ($1, $2, $3, 1, $4)`, key, id, sealed, f.at.UnixMilli())
}

// participant adds one, and gives her key.
func (f *first) participant(code, alias, companion string) vault.PersonKey {
	f.t.Helper()
	key, wrapped, err := f.v.NewPersonKey([]byte("participant/" + code + "/key"))
	if err != nil {
		f.t.Fatal(err)
	}
	sealed, err := key.Seal([]byte(alias), []byte("participant/"+code+"/alias"))
	if err != nil {
		f.t.Fatal(err)
	}
	f.exec(`INSERT INTO person (id, role, name, lang, active) VALUES ($1, 'peserta', NULL, 'id', 1)`, code)
	f.exec(`INSERT INTO participant (code, wrapped, alias, stage, companion, concentration, seen_before, last_seen) VALUES ($1, $2, $3, 'merintis', $4, 'tata_boga', '2026-11-01', '2026-11-20')`,
		code, wrapped, sealed, companion)
	return key
}

// fill puts something into every table there was.
func (f *first) fill() {
	f.t.Helper()
	ms := f.at.UnixMilli()
	f.exec(`INSERT INTO meta (name, value) VALUES ('canary', $1)`, f.seal([]byte("dampingi"), "meta/canary"))
	f.staff("ketua", "ketua", "Ratna", chairChat)
	f.staff("rina", "pendamping", "Rina", rinaChat)
	hers := f.participant("M-417", "Melati", "rina")
	f.participant("K-208", "Kenanga", "rina")
	f.exec(`INSERT INTO invitation (token, person, expires_at) VALUES ($1, 'K-208', $2)`, f.v.Lookup("invitation", "undangan"), ms+1)
	for i, answers := range []string{`{"omzet":450000}`, `{"omzet":75000,"catatan":"modal kurang"}`} {
		id := "r-" + strconv.Itoa(i)
		sealed, err := hers.Seal([]byte(answers), []byte("report/"+id+"/answers"))
		if err != nil {
			f.t.Fatal(err)
		}
		source, err := hers.Seal([]byte("td ke rmh melati"), []byte("report/"+id+"/source"))
		if err != nil {
			f.t.Fatal(err)
		}
		f.exec(`INSERT INTO report (seq, id, flow, flow_version, participant, author, occurred_on, created_at, answers, source) VALUES ($1, $2, 'usaha', 1, 'M-417', 'rina', '2026-11-24', $3, $4, $5)`,
			i+1, id, ms, sealed, source)
		f.exec(`INSERT INTO fact (report, n, field, number, code) VALUES ($1, 0, 'omzet', 450000, NULL), ($1, 1, 'arah', NULL, 'naik')`, id)
		f.audit("rina", "report.save", id)
	}
	f.exec(`INSERT INTO report (seq, id, flow, flow_version, participant, author, occurred_on, created_at, answers, undone_at, undone_by) VALUES (3, 'r-2', 'jangkau', 1, NULL, 'rina', '2026-11-24', $1, $2, $1, 'rina')`,
		ms, f.seal([]byte(`{"jumlah":3}`), "report/r-2/answers"))
	f.exec(`INSERT INTO follow_up (id, report, participant, person, due) VALUES ('f-0', 'r-0', 'M-417', 'rina', '2026-11-30')`)
	f.audit("rina", "report.undo", "r-2")
	f.waits(ms)
}

// waits is what was not worked off and not sent.
func (f *first) waits(ms int64) {
	f.t.Helper()
	f.exec(`INSERT INTO inbox (update_id, body, received_at) VALUES (7, $1, $2)`, f.seal([]byte(`{"update_id":7}`), "inbox/7"), ms)
	f.exec(`INSERT INTO inbox (update_id, received_at, done_at) VALUES (6, $1, $1)`, ms)
	key, sealed := f.chat(rinaChat)
	message, err := cbor.Marshal(map[int]any{1: rinaChat, 2: 1, 3: "Tersimpan."})
	if err != nil {
		f.t.Fatal(err)
	}
	f.exec(`INSERT INTO outbox (id, chat, body) VALUES ('m-1', $1, $2)`, key, f.seal(message, "outbox/m-1"))
	f.exec(`INSERT INTO dead_letter (origin, ref, body, reason, at) VALUES ('inbox', '5', $1, 'panic', $2)`, f.seal([]byte(`{"update_id":5}`), "inbox/5"), ms)
	f.exec(`INSERT INTO card (chat, message) VALUES ($1, 12)`, key)
	f.exec(`INSERT INTO conversation (key, rev, data, changed_at) VALUES ($1, 3, $2, $3)`, key, f.seal([]byte("memory"), key), ms)
	f.exec(`INSERT INTO deadline (chat, kind, sealed, at) VALUES ($1, 'draft', $2, $3)`, key, sealed, ms)
	f.exec(`INSERT INTO lease (name, holder, until) VALUES ('telegram.poll', 'x', 1)`)
}

// TestABackupOfTheFirstVersionIsRestoredByThis: nothing of it is lost, all of it verifies, and what
// has to be there since is.
func TestABackupOfTheFirstVersionIsRestoredByThis(t *testing.T) {
	t.Parallel()
	k := newKey(t)
	old := t.TempDir()
	f := newFirst(t, old)
	f.fill()
	if err := f.db.Close(); err != nil {
		t.Fatal(err)
	}
	plain, err := os.ReadFile(filepath.Join(old, "dampingi.db"))
	if err != nil {
		t.Fatal(err)
	}
	k.house = &house{t: t, dir: old}
	file := k.relocked("first.age", plain)
	code, out, said := ended(t, "restore", "--check", file, "--data-dir", old, "--identity", k.identity)
	if code != exitDone || !strings.Contains(out, "3 laporan, 2 peserta, 2 orang tim, 3 baris jejak") {
		t.Fatalf("exit %d, %s, %s", code, out, said)
	}
	if now, err := os.ReadFile(filepath.Join(old, "dampingi.db")); err != nil || string(now) != string(plain) {
		t.Errorf("the drill changed the database beside it: %v", err)
	}
	args, dir := k.restoring(file)
	if code, _, said := ended(t, args...); code != exitDone {
		t.Fatalf("exit %d, %s", code, said)
	}
	store, err := records.Open(t.Context(), filepath.Join(dir, "dampingi.db"), f.v, records.Options{Zone: f.at.Location(), Made: true}) // today: that is when consent was carried over
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var lines []string
	if err := store.Reports(t.Context(), records.ReportFilter{WithUndone: true}, func(r program.Report) error {
		line := fmt.Sprint(r.ID, " ", r.Participant, " ", string(r.Answers), " ", r.Source, " ", r.UndoneAt.IsZero())
		for _, fact := range r.Facts {
			line += " " + fact.Field + fact.Code
		}
		lines = append(lines, line)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := `r-0 M-417 {"omzet":450000} td ke rmh melati true omzet arahnaik
r-1 M-417 {"omzet":75000,"catatan":"modal kurang"} td ke rmh melati true omzet arahnaik
r-2  {"jumlah":3}  false`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("reports:\n%s\nwant:\n%s", got, want)
	}
	f.checkRest(store)
}

// checkRest looks at what is not reports.
func (f *first) checkRest(store *records.Store) {
	f.t.Helper()
	ctx := f.t.Context()
	her, err := store.PersonByChat(ctx, rinaChat)
	hers, errHers := store.Caseload(ctx, "rina")
	if err := errors.Join(err, errHers); err != nil || her.Name != "Rina" || len(hers) != 2 {
		f.t.Errorf("%v accompanies %v, %v", her.ID, hers, err)
	}
	pending, err := store.Pending(ctx)
	if err != nil || len(pending) != 1 || string(pending[0].Body) != `{"update_id":7}` {
		f.t.Errorf("waits to be worked off: %v, %v", pending, err)
	}
	outgoing, err := store.Outgoing(ctx, 10)
	if err != nil || len(outgoing) != 1 || outgoing[0].Message.Text != "Tersimpan." || outgoing[0].Message.Chat != rinaChat || outgoing[0].Card != 12 {
		f.t.Errorf("waits to be sent: %+v, %v", outgoing, err)
	}
	due, err := store.FollowUps(ctx, "2026-11-30")
	if err != nil || len(due) != 1 || due[0].ID != "f-0" {
		f.t.Errorf("to be followed up: %v, %v", due, err)
	}
	dead, err := store.DeadLetters(ctx, 10)
	if err != nil || len(dead) != 1 {
		f.t.Errorf("dead letters: %v, %v", dead, err)
	}
	lines, err := store.Audits(ctx, 10)
	if err != nil || len(lines) != 3 || lines[0].Action != "report.undo" {
		f.t.Errorf("audit: %v, %v", lines, err)
	}
}
