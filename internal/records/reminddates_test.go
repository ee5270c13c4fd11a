package records

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
)

// dated is a participant with a companion, and what is done with her.
type dated struct {
	*Store
	t *testing.T
	n int
}

func newDated(t *testing.T) *dated {
	t.Helper()
	d := &dated{Store: newStore(t), t: t}
	if err := d.AddPerson(t.Context(), program.Person{ID: "rina", Role: program.Companion, Name: "Rina", Lang: "id", Active: true}); err != nil {
		t.Fatal(err)
	}
	her := program.Participant{Code: "M-417", Alias: "Melati", Stage: program.TemuWicara, Companion: "rina", Agreed: program.OnPaper}
	if err := d.AddParticipant(t.Context(), her); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *dated) plan(p turn.Plan) {
	d.t.Helper()
	if err := d.Commit(d.t.Context(), p); err != nil {
		d.t.Fatal(err)
	}
}

// report puts a report on record and gives its id; level is the one of d1, and 0 for none.
func (d *dated) report(flow string, day program.Date, level int64, codes ...string) string {
	d.t.Helper()
	d.n++
	r := program.Report{
		ID: "r-" + string(rune('a'+d.n)), Flow: flow, FlowVersion: 1, Participant: "M-417", Author: "rina", OccurredOn: day,
		CreatedAt: day.Time(time.UTC), Answers: json.RawMessage("{}"),
	}
	if level > 0 {
		r.Facts = append(r.Facts, program.Fact{Field: "d1", Number: &level})
	}
	for _, c := range codes {
		field, code, _ := strings.Cut(c, "=")
		r.Facts = append(r.Facts, program.Fact{Field: field, Code: code})
	}
	d.plan(turn.Plan{Reports: []program.Report{r}})
	return r.ID
}

// matter puts a matter on record, opened on a day, and gives its id.
func (d *dated) matter(kind program.MatterKind, status string, opened, day program.Date, fields program.Fields) string {
	d.t.Helper()
	d.n++
	m := program.Matter{ID: "m-" + string(rune('a'+d.n)), Kind: kind, Year: 2026, Number: d.n, Author: "rina", Status: status, Day: day, Fields: fields}
	if kind != program.Session {
		m.Participant = "M-417"
	}
	d.plan(turn.Plan{Way: turn.Way{Moves: []turn.Move{{Matter: m, Change: program.Change{ID: m.ID, At: opened.Time(time.UTC), By: "rina", Now: status}}}}})
	return m.ID
}

// seat gives her a place in a session.
func (d *dated) seat(kind program.SessionKind, status string, day program.Date, a program.Attendance) {
	d.t.Helper()
	a.Session, a.Participant = d.matter(program.Session, status, day, day, program.Fields{"jenis": {string(kind)}}), "M-417"
	if a.InvitedAt.IsZero() {
		a.InvitedAt = day.Time(time.UTC)
	}
	d.plan(turn.Plan{Way: turn.Way{Attended: []program.Attendance{a}}})
}

// TestWhatComesRoundIsRead: each fact, and what does not make one.
func TestWhatComesRoundIsRead(t *testing.T) {
	t.Parallel()
	d := newDated(t)
	read := func() string {
		t.Helper()
		f, err := d.ReminderFacts(t.Context(), "p/M-417")
		if err != nil {
			t.Fatal(err)
		}
		x := f.Her.Dates
		var days []string
		for _, u := range x.FollowUps {
			days = append(days, string(u.Due))
		}
		for _, day := range x.Aftercare {
			days = append(days, "after "+string(day))
		}
		out := []string{
			string(x.Scaled), map[bool]string{true: "fell"}[x.Fell], string(x.FirstMet), string(x.Thinking), string(x.Paid),
			map[bool]string{true: "planned"}[x.Planned], string(x.Dialogue), map[bool]string{true: "proposed"}[x.Proposed], strings.Join(days, " "),
		}
		return strings.Join(out, "|")
	}
	follow := func(report string, day program.Date) func() {
		return func() {
			d.plan(turn.Plan{FollowUps: []program.FollowUp{{ID: report + ".f", Report: report, Participant: "M-417", Person: "rina", Due: day}}})
		}
	}
	var undone string
	for _, step := range []struct {
		name, want string
		do         func()
	}{
		{"nothing", "||||||||", func() {}},
		{"a talk", "2026-08-01||||||||", func() { d.report(Scale, "2026-08-01", 5) }},
		{"a talk in which nothing was answered", "2026-08-02||||||||", func() { d.report(Scale, "2026-08-02", 0) }},
		{"a level", "2026-09-01||||||||", func() { d.report(Scale, "2026-09-01", 4) }},
		{"that fell by one", "2026-10-01||||||||", func() { d.report(Scale, "2026-10-01", 3) }},
		{"and by two", "2026-11-01|fell|||||||", func() { undone = d.report(Scale, "2026-11-01", 1) }},
		{"which was a slip", "2026-10-01||||||||", func() { d.plan(turn.Plan{Undo: []turn.Undo{{Report: undone, By: "rina", At: time.Now()}}}) }},
		{"she was not there", "2026-10-01||||||||", func() { d.report(Visit, "2026-10-02", 0, "hasil=tidak_bertemu") }},
		{"she was", "2026-10-01||2026-10-03||||||", func() { d.report(Visit, "2026-10-03", 0, "hasil=tercapai") }},
		{"she thinks, and does not want to be asked", "2026-10-01||2026-10-03||||||", func() { d.report(Outreach, "2026-10-04", 0, "hasil=pikir_dulu", "boleh_lagi=tidak") }},
		{"she thinks", "2026-10-01||2026-10-03|2026-10-05|||||", func() { d.report(Outreach, "2026-10-05", 0, "hasil=pikir_dulu", "boleh_lagi=ya") }},
		{"a capital is proposed", "2026-10-01||2026-10-03|2026-10-05|||||", func() { d.matter(program.Aid, "diusulkan", "2026-02-01", "", nil) }},
		{"one was paid", "2026-10-01||2026-10-03|2026-10-05|2026-03-31||||", func() {
			d.matter(program.Aid, "selesai", "2026-01-01", "", program.Fields{"tanggal_cair": {"2026-03-31"}})
		}},
		{"the next was called off", "2026-10-01||2026-10-03|2026-10-05|2026-03-31||||", func() { d.matter(program.Aid, "batal", "2026-11-01", "", nil) }},
		{"the next", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned|||", func() { d.matter(program.Aid, "diusulkan", "2026-11-01", "", nil) }},
		{"she was not at a dialogue", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned|||", func() {
			d.seat(program.Dialogue, "selesai", "2026-11-09", program.Attendance{Came: program.Absent})
		}},
		{"she was", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned|2026-11-10||", func() {
			d.seat(program.Dialogue, "selesai", "2026-11-10", program.Attendance{Came: program.Late})
		}},
		{"a training that was called off", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned|2026-11-10||", func() {
			d.seat(program.Training, "batal", "2026-11-20", program.Attendance{})
		}},
		{"one that she is not invited to any more", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned|2026-11-10||", func() {
			d.seat(program.Training, "diumumkan", "2026-11-20", program.Attendance{Withdrawn: true})
		}},
		{"she is invited on", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned|||", func() {
			d.seat(program.Training, "diumumkan", "2026-11-20", program.Attendance{})
		}},
		{"decided upon", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned|||", func() { d.matter(program.Proposal, "disetujui", "2026-11-01", "", nil) }},
		{"before the chair", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned||proposed|", func() { d.matter(program.Proposal, "diusulkan", "2026-11-01", "", nil) }},
		{"to be seen again", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned||proposed|2026-12-03", func() { follow(d.report(Visit, "2026-11-01", 0), "2026-12-03")() }},
		{"and after the end", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned||proposed|2026-12-03 after 2027-02-25", func() {
			follow(d.report(Stage, "2026-11-01", 0), "2027-02-25")()
		}},
		{"she was seen", "2026-10-01||2026-10-03|2026-10-05|2026-03-31|planned||proposed|after 2027-02-25", func() {
			d.plan(turn.Plan{Reminding: turn.Reminding{Seen: []turn.FollowedUp{{Participant: "M-417", By: "2026-12-03", At: time.Now()}}}})
		}},
	} {
		if step.do(); read() != step.want {
			t.Fatalf("%s: %s, want %s", step.name, read(), step.want)
		}
	}
}

// TestWhatComesRoundIsSearched: nothing of it goes through a table from one end to the other.
func TestWhatComesRoundIsSearched(t *testing.T) {
	t.Parallel()
	pgtest.Only(t, "sqlite", "what PostgreSQL has is compared with it")
	s := newStore(t)
	for text, args := range map[string]int{
		sqlScales: 2, sqlFirstMet: 2, sqlThinking: 2, sqlHerDue: 1, sqlMattersHers: 10, sqlProposed: 2, sqlHerSessions: 1, sqlFollowedUp: 3,
	} {
		err := s.read(t.Context(), func(c *conn) error {
			return c.query("EXPLAIN QUERY PLAN "+text, func(r row) error {
				if step := r.str(3); strings.HasPrefix(step, "SCAN") {
					t.Errorf("%s\n%s", step, text)
				}
				return nil
			}, make([]any, args)...)
		})
		if err != nil {
			t.Error(err)
		}
	}
}
