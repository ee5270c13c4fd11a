package records_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// aging is a store with people, and a clock that can be moved.
type aging struct {
	*records.Store
	t     *testing.T
	db    *sql.DB
	vault *vault.Vault
	clock time.Time
	key   string // the file
	path  string // of the database
}

func newAging(t *testing.T) *aging {
	t.Helper()
	a := &aging{t: t, clock: now, key: filepath.Join(t.TempDir(), "key")}
	must(t, vault.Create(a.key))
	var err error
	a.vault, err = vault.Open(a.key)
	must(t, err)
	a.path = filepath.Join(t.TempDir(), dbRow)
	a.Store, err = records.Open(t.Context(), at(t, a.path), a.vault, records.Options{Now: func() time.Time { return a.clock }})
	must(t, err)
	t.Cleanup(func() { _ = a.Close() })
	peopled(t, a.Store)
	a.db = behind(t, a.path)
	return a
}

func (a *aging) commit(p turn.Plan) { a.t.Helper(); must(a.t, a.Commit(a.t.Context(), p)) }

// retain keeps no longer than the table says, at a time, and tells what was done.
func (a *aging) retain(at time.Time) string {
	a.t.Helper()
	a.clock = at
	done, err := a.Retain(a.t.Context(), at)
	must(a.t, err)
	scrub(a.t, a.Store)
	var all []string
	for _, d := range done {
		all = append(all, fmt.Sprint(d.Rule, " ", d.N))
	}
	return strings.Join(all, ", ")
}

// in puts a participant on record who is in a stage since today.
func (a *aging) in(code string, stage program.Stage, agreed program.ConsentWay) {
	a.t.Helper()
	must(a.t, a.AddParticipant(a.t.Context(), program.Participant{Code: code, Alias: "Soka", Stage: stage, Companion: siti, Agreed: agreed}))
}

// about is a report about somebody.
func about(id, flow, code string) program.Report {
	r := visit(id, "2026-11-20")
	r.Flow, r.Participant = flow, code
	return r
}

// aCase opens a case about somebody with a report that has a status for its only answer that is counted.
func (a *aging) aCase(n int, kind, status string) {
	a.t.Helper()
	id := fmt.Sprint("c-", n)
	r := about(id, "kasus", melati)
	r.Matter = id
	r.Facts = []program.Fact{{Field: program.CaseKindField, Code: kind}, {Field: "keadaan", Code: status}}
	a.commit(turn.Plan{Reports: []program.Report{r}, Way: turn.Way{Moves: []turn.Move{{
		Matter: program.Matter{
			ID: id, Kind: program.Case, Year: 2026, Number: n, Participant: melati, Owner: siti, Author: siti, Status: status,
			OpenedAt: now, Fields: program.Fields{program.CaseKindField: {kind}},
		},
		Change: program.Change{ID: id, At: now, By: siti, Now: status},
	}}}})
}

// afterCases tells what is left of cases: their reports' answers, themselves, their history, and what is counted.
const afterCases = `SELECT r.id, length(r.answers) > 0, (SELECT COUNT(*) FROM matter WHERE id = r.matter),
	(SELECT COUNT(*) FROM matter_change WHERE matter = r.matter), (SELECT code FROM fact WHERE report = r.id AND field = 'keadaan')
	FROM report r ORDER BY r.id`

// ages are, for each rule, something whose time begins now and something like it that stays, and
// what is left of both afterwards.
func ages() map[program.Rule]struct {
	begin func(a *aging)
	n     int
	left  string // a query
	want  string
} {
	ended := func(flow string) func(*aging) {
		return func(a *aging) {
			a.in("M-1", program.Concluded, program.OnPaper)
			a.commit(turn.Plan{Reports: []program.Report{about("r-1", flow, "M-1"), about("r-2", flow, "M-1"), about("r-3", flow, melati), about("r-4", flow, "")}})
			a.commit(turn.Plan{Undo: []turn.Undo{{Report: "r-2", By: siti, At: now}}})
		}
	}
	const emptied = `SELECT id, participant, length(answers) > 0, source IS NULL, emptied_at IS NULL, occurred_on,
		(SELECT STRING_AGG(field, ',' ORDER BY n) FROM fact WHERE report = id) FROM report ORDER BY id`
	const empty = "r-1 M-1 0 1 0 2026-11-20 hadir\nr-2 M-1 0 1 0 2026-11-20 hadir\nr-3 M-417 1 0 1 2026-11-20 laba,hadir\nr-4  1 0 1 2026-11-20 laba,hadir"
	return map[program.Rule]struct {
		begin func(a *aging)
		n     int
		left  string
		want  string
	}{
		program.KeepDeadLetters: {func(a *aging) {
			for update := range int64(450) { // more than fit into one transaction
				must(a.t, a.Bury(a.t.Context(), received(a.t, a.Store, update).Seq, "panic"))
			}
		}, 450, `SELECT COUNT(*) FROM dead_letter`, "0"},
		program.KeepFollowUps: {func(a *aging) {
			a.commit(turn.Plan{Reports: []program.Report{visit("r-1", "2026-11-20")}, FollowUps: []program.FollowUp{
				{ID: "f-1", Report: "r-1", Participant: melati, Person: siti, Due: "2026-11-25"},
				{ID: "f-2", Report: "r-1", Participant: melati, Person: siti, Due: "2026-12-25"},
			}})
		}, 1, `SELECT id FROM follow_up`, "f-2"},
		program.KeepPrompts: {func(a *aging) {
			a.commit(turn.Plan{Safety: turn.Safety{Prompts: []turn.Prompt{
				{Ref: "p-1", Person: siti, Kind: "x", At: now}, {Ref: "p-2", Person: siti, Kind: "x", At: now.AddDate(0, 1, 0)}}}})
		}, 1, `SELECT ref FROM prompt`, "p-2"},
		program.KeepReminders: {func(a *aging) {
			one, other := reminderOf("N01", melati), reminderOf("N15", melati)
			a.commit(turn.Plan{Reminding: turn.Reminding{
				Looked: []turn.Looked{{Watch: program.Watch{Subject: one.Subject}, At: now, Open: []program.Reminder{one, other}}},
				Closed: []turn.Closed{{ID: one.ID(), Ending: "belum_perlu", At: now}},
			}})
		}, 1, `SELECT rule FROM reminder`, "N15"},
		program.KeepAlarms: {func(a *aging) {
			a.commit(turn.Plan{Safety: turn.Safety{Alarms: []program.Alarm{
				{ID: "a-1", Participant: melati, At: now.AddDate(0, 0, -1), TakenAt: now, TakenBy: siti}, {ID: "a-2", Participant: melati, At: now}}}})
		}, 1, `SELECT id FROM alarm`, "a-2"},
		program.KeepInvitations: {func(a *aging) {
			move(a.t, a.Store, melati, melatiChat) // used now
			a.clock = now.Add(-program.InvitationLife)
			for _, id := range []string{mawar, rina} { // the first runs out now
				_, err := a.Invite(a.t.Context(), id)
				must(a.t, err)
				a.clock = now.AddDate(0, 1, 0)
			}
		}, 2, `SELECT person FROM invitation`, rina},
		program.KeepStrangerChats: {func(a *aging) {
			must(a.t, a.BindChat(a.t.Context(), rina, 55))
			must(a.t, a.Sent(a.t.Context(), "m", 55, turn.Shown{Card: 8}))
			for _, chat := range []int64{99, sitiChat} {
				memory, err := a.vault.Seal([]byte("x"), []byte(a.ChatKey(chat)))
				must(a.t, err)
				a.commit(turn.Plan{State: &turn.State{Key: a.ChatKey(chat), Data: memory}})
				must(a.t, a.Sent(a.t.Context(), "m", chat, turn.Shown{Card: 7}))
			}
		}, 2, `SELECT owner, message, changed FROM card LEFT JOIN chat ON key = chat
			LEFT JOIN (SELECT key AS memory, 1 AS changed FROM conversation) kept ON memory = chat ORDER BY message`, siti + " 7 1\n" + rina + " 8 "},
		program.KeepVisits: {ended(records.Visit), 2, emptied, empty},
		program.KeepTrade:  {ended(records.Trade), 2, emptied, empty},
		program.KeepCapital: {func(a *aging) {
			ended("modal_belanja")(a)
			for id, code := range map[string]string{"m-1": "M-1", "m-2": melati} {
				a.commit(turn.Plan{Way: turn.Way{Moves: []turn.Move{{
					Matter: program.Matter{ID: id, Kind: program.Aid, Year: 2026, Number: int(id[2] - '0'), Participant: code, Author: siti, Status: "cair", Fields: program.Fields{}},
					Change: program.Change{ID: id, At: now, By: siti, Now: "cair"},
				}}}})
			}
		}, 3, `SELECT id, participant, FALSE, FALSE, FALSE, '0', '' FROM matter UNION ALL SELECT * FROM (` + emptied + `) empty`, "m-2 M-417 0 0 0 0 \n" + empty},
		program.KeepOtherReports: {ended("skala"), 2, emptied, empty},
		program.KeepMatters:      {ofMatters, 3, `SELECT STRING_AGG(id, ' ' ORDER BY id) FROM matter`, "m-aid m-day m-other m-past"},
		program.KeepAffairs: {func(a *aging) {
			past := matterOf("m-past", program.Task, "")
			past.Status = "batal"
			a.commit(turn.Plan{Way: turn.Way{Moves: []turn.Move{moved(past, "m-past"), moved(matterOf("m-day", program.Session, ""), "m-day")}}})
		}, 1, `SELECT id FROM matter`, "m-day"},
		program.KeepGuardedCases: {func(a *aging) {
			a.aCase(1, program.SafetyCase, "selesai")
			a.aCase(2, program.FamilyCase, "ditangani")
			a.aCase(3, "barang_hilang", "selesai")
		}, 1, afterCases, "c-1 0 0 0 selesai\nc-2 1 1 1 ditangani\nc-3 1 1 1 selesai"},
		program.KeepCases: {func(a *aging) {
			a.aCase(1, "barang_hilang", "dirujuk")
			a.aCase(2, "barang_hilang", "baru")
		}, 1, afterCases, "c-1 0 0 0 dirujuk\nc-2 1 1 1 baru"},
		program.KeepUnconsented: {func(a *aging) {
			a.in("M-1", program.Reached, "")
			a.in("M-2", program.Registered, "")
			a.in("M-3", program.Registered, program.Witnessed)
			a.in("M-4", program.Selection, "")
			a.commit(turn.Plan{Safety: turn.Safety{Consents: []program.Consent{
				{ID: "c-1", Participant: "M-2", Purpose: program.Accompaniment, Status: program.Refused, At: now, Recorder: siti},
				{ID: "c-2", Participant: "M-3", Purpose: program.Accompaniment, Status: program.Revoked, At: now, Recorder: siti},
			}}})
		}, 2, `SELECT STRING_AGG(code, ' ' ORDER BY code) FROM participant`, "M-002 M-3 M-4 M-417"},
		program.KeepRequests: {func(a *aging) {
			a.commit(turn.Plan{Safety: turn.Safety{Requests: []program.Request{
				{ID: "q-1", Participant: melati, Kind: program.AskAccess, At: now, Due: now, DoneAt: now, DoneBy: siti},
				{ID: "q-2", Participant: melati, Kind: program.AskErasure, At: now, Due: now}}}})
		}, 1, `SELECT id FROM request`, "q-2"},
		program.KeepCalls: {func(a *aging) {
			a.commit(turn.Plan{Safety: turn.Safety{Requests: []program.Request{
				{ID: "q-1", Participant: melati, Kind: program.AskCall, At: now, Due: now, DoneAt: now, DoneBy: siti},
				{ID: "q-2", Participant: melati, Kind: program.AskCall, At: now, Due: now},
				{ID: "q-3", Participant: melati, Kind: program.AskCopy, At: now, Due: now, DoneAt: now, DoneBy: siti}}}})
		}, 1, `SELECT id FROM request ORDER BY id`, "q-2\nq-3"},
		program.KeepTargets: {func(a *aging) {
			a.commit(turn.Plan{Safety: turn.Safety{Targets: []turn.Target{
				{Code: melati, Text: "x", At: now}, {Code: mawar, Text: "y", At: now.AddDate(0, 1, 0)}}}})
		}, 1, `SELECT participant FROM target`, "M-002"},
		program.KeepConsents: {func(a *aging) {
			for i, at := range []time.Time{now.AddDate(-1, 0, 0), now} { // the second ends the first
				a.commit(turn.Plan{Safety: turn.Safety{Consents: []program.Consent{
					{ID: fmt.Sprint("c-", i), Participant: melati, Purpose: program.ChatReminders, Status: program.Given, At: at, Recorder: siti}}}})
			}
		}, 1, `SELECT id FROM consent WHERE purpose = 'pengingat_chat'`, "c-1"},
		program.KeepDigests: {func(a *aging) {
			week := digest.LastFinished(now)
			if _, err := a.Digest(a.t.Context(), week); err != nil {
				a.t.Fatal(err)
			}
			a.commit(turn.Plan{Weeks: []turn.WeekSeen{{Week: week.Monday(), Person: siti, At: now}}})
		}, 2, `SELECT (SELECT COUNT(*) FROM digest) + (SELECT COUNT(*) FROM digest_opened)`, "0"},
		program.KeepAudit: {func(a *aging) {
			a.commit(turn.Plan{Audit: []program.Audit{{At: now, Actor: siti, Action: "x", Subject: "y"}}})
		}, 1, `SELECT action, subject FROM audit`, "retention audit"},
	}
}

// ofMatters has matters about somebody whose way has ended, with a place in a session, and about others.
func ofMatters(a *aging) {
	a.in("M-1", program.Concluded, program.OnPaper)
	var moves []turn.Move
	for i, m := range []program.Matter{
		matterOf("m-hers", program.Case, "M-1"), matterOf("m-vote", program.Candidacy, "M-1"), matterOf("m-aid", program.Aid, "M-1"),
		matterOf("m-other", program.Case, melati), matterOf("m-day", program.Session, ""), matterOf("m-past", program.Task, ""),
	} {
		m.Number = i + 1
		moves = append(moves, moved(m, m.ID))
	}
	a.commit(turn.Plan{Way: turn.Way{Moves: moves, Attended: []program.Attendance{{Session: "m-day", Participant: "M-1"}, {Session: "m-day", Participant: melati}}}})
}

// TestEveryRuleOfRetention has each rule's time come: a day before nothing is done, a day after all
// of it, the audit tells which rule it was, and the institution's figures stay as they are.
func TestEveryRuleOfRetention(t *testing.T) {
	t.Parallel()
	all := ages()
	for _, k := range program.Retention() {
		t.Run(string(k.Rule), func(t *testing.T) {
			t.Parallel()
			rule, ok := all[k.Rule]
			if !ok {
				t.Fatal("no test")
			}
			a := newAging(t)
			rule.begin(a)
			before := counted(t, a.Store)
			if got := a.retain(now.AddDate(0, k.Months, k.Days-1)); strings.Contains(got, string(k.Rule)) {
				t.Errorf("a day before: %s", got)
			}
			audited := lines(t, a.db, `SELECT COUNT(*) FROM audit`)
			done := now.AddDate(0, k.Months, k.Days+1)
			if got := a.retain(done); got != fmt.Sprint(k.Rule, " ", rule.n) {
				t.Errorf("a day after: %q", got)
			}
			if got := lines(t, a.db, rule.left); got != rule.want {
				t.Errorf("left\n%s\nwant\n%s", got, rule.want)
			}
			if got := lines(t, a.db, `SELECT actor, action, subject, at FROM audit ORDER BY seq DESC LIMIT 1`); got != fmt.Sprint("system retention ", k.Rule, " ", done.UnixMilli()) {
				t.Errorf("the audit says %s, after %s lines", got, audited)
			}
			if got := a.retain(done.Add(time.Hour)); got != "" {
				t.Errorf("a second time: %s", got)
			}
			if got := flaws(t, a.Store); got != "" {
				t.Errorf("found %s", got)
			}
			if after := counted(t, a.Store); after != before {
				t.Errorf("counted %s, before %s", after, before)
			}
		})
	}
}

// What is emptied is nowhere any more, and in nobody's way.
func TestAnEmptiedReportIsInNobodysWay(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	a.in("M-1", program.Withdrawn, program.OnPaper)
	a.commit(turn.Plan{Reports: []program.Report{about("r-1", records.Visit, "M-1"), about("r-2", records.Visit, melati)}})
	secrets := sealedOf(t, a.db, "M-1")[2:]
	if got := a.retain(now.AddDate(1, 0, 1)); got != "visits 1" {
		t.Fatal(got)
	}
	if pgtest.Wanted() {
		scrub(t, a.Store)
	}
	if found := inFiles(t, files(t, a.path), secrets); len(secrets) != 2 || len(found) > 0 {
		t.Errorf("of %d values there are still %v", len(secrets), found)
	}
	var ids []string
	must(t, a.Reports(t.Context(), records.ReportFilter{WithUndone: true}, func(r program.Report) error { ids = append(ids, r.ID); return nil }))
	if !slices.Equal(ids, []string{"r-2"}) {
		t.Errorf("read %v", ids)
	}
	if numbers, err := a.LastNumbers(t.Context(), "M-1", records.Visit, "laba", 5); err != nil || len(numbers) > 0 {
		t.Errorf("numbers %v, %v", numbers, err)
	}
	if her, err := a.ParticipantFor(t.Context(), siti, "M-1"); err != nil || her.LastSeen != "2026-11-20" {
		t.Errorf("she is %v, last seen %s, %v", her, her.LastSeen, err)
	}
	must(t, vault.Rotate(a.key))
	if _, unreadable, err := a.Reseal(t.Context()); err != nil || len(unreadable) > 0 {
		t.Errorf("sealed anew: %v, %v", unreadable, err)
	}
	must(t, a.Commit(t.Context(), turn.Plan{Safety: turn.Safety{Erased: []string{"M-1"}}})) // later she asks for it
	if got := flaws(t, a.Store); got != "" {
		t.Errorf("found %s", got)
	}
	if got := lines(t, a.db, `SELECT id, participant FROM report ORDER BY id`); got != "r-1 \nr-2 M-417" {
		t.Errorf("there is %s", got)
	}
}

// Reports are emptied for those whose way has ended, and for nobody else, however long ago.
func TestWhoIsOnHerWayKeepsHerReports(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	var want, got []string
	for i, stage := range program.Stages() {
		code := fmt.Sprint("M-", i)
		a.in(code, stage, program.OnPaper)
		a.commit(turn.Plan{Reports: []program.Report{about("r-"+code, records.Visit, code)}})
		if stage == program.Concluded || stage == program.Withdrawn || stage == program.ReferredAway {
			want = append(want, "r-"+code)
		}
	}
	a.retain(now.AddDate(10, 0, 0))
	got = strings.Split(lines(t, a.db, `SELECT id FROM report WHERE emptied_at IS NOT NULL ORDER BY seq`), "\n")
	if !slices.Equal(got, want) {
		t.Errorf("emptied %v, want %v", got, want)
	}
}

// Nothing waits for a rule that cannot be carried out.
func TestARuleThatFailsDoesNotKeepBackTheOthers(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	all := ages()
	all[program.KeepPrompts].begin(a)
	all[program.KeepRequests].begin(a)
	forbid := `CREATE TRIGGER no BEFORE DELETE ON prompt BEGIN SELECT RAISE(ABORT, 'no'); END`
	if pgtest.Wanted() {
		forbid = `CREATE TRIGGER no BEFORE DELETE ON prompt FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()`
	}
	if _, err := a.db.Exec(forbid); err != nil {
		t.Fatal(err)
	}
	done, err := a.Retain(t.Context(), now.AddDate(3, 0, 0))
	if err == nil || !strings.Contains(err.Error(), "prompts") || len(done) != 1 || done[0].Rule != program.KeepRequests {
		t.Errorf("did %v, %v", done, err)
	}
	if got := lines(t, a.db, `SELECT subject FROM audit`); got != "requests" {
		t.Errorf("the audit tells of %s", got)
	}
}
