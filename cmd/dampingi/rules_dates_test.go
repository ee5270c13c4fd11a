package main

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// dateCases are those of what comes round for a participant.
func dateCases() []ruleCase {
	return slices.Concat(scaleCases(), capitalYearCases(), agreedCases(), wayCases(), followUpCases())
}

// scaleCases are those of N09.
func scaleCases() []ruleCase {
	came := func(code string, from, to program.Stage) func(h *house) {
		return func(h *house) {
			h.joins(code, "yuli", from)
			h.reported("perkembangan", "yuli", code, "2026-11-20", "d1=3")
			h.agreesTo(code, program.FunctionScale, "2027-11-25")
			h.comes(code, "2026-11-28", from, to)
		}
	}
	talks := func(code string) func(h *house) {
		return func(h *house) { h.reported("perkembangan", "yuli", code, "2026-11-28", "d1=3") }
	}
	return []ruleCase{
		{
			rule: "N09", name: "ninety days after the last time", due: "2026-12-30T09:00:00+07:00", chat: yuliChat, says: "development: Regular",
			arrange: func(h *house) {
				h.reported("perkembangan", "yuli", "Y-271", "2026-10-01", "d1=3")
				h.agreesTo("Y-271", program.FunctionScale, "2027-11-25")
			},
			done:  func(h *house) { h.reported("perkembangan", "yuli", "Y-271", "2026-12-29", "d1=3") },
			moved: func(h *house) { h.reported("perkembangan", "yuli", "Y-271", "2026-10-05", "d1=3") }, movedTo: "2027-01-03T09:00:00+07:00",
		},
		{
			rule: "N09", name: "her field is chosen", due: "2026-11-28T09:00:00+07:00", chat: yuliChat, says: "development: The first",
			arrange: came("Z-101", program.Choosing, program.TemuWicara), done: talks("Z-101"),
		},
		{
			rule: "N09", name: "her training is over", due: "2026-11-28T09:00:00+07:00", chat: yuliChat, says: "development: After BIMTEK",
			arrange: came("Z-102", program.Bimtek, program.Trading), done: talks("Z-102"),
		},
		{
			rule: "N09", name: "she stands on her own feet", due: "2026-11-28T09:00:00+07:00", chat: yuliChat, says: "development: The last",
			arrange: came("Z-103", program.Trading, program.Independent), done: talks("Z-103"),
		},
		{
			rule: "N09", name: "a level has fallen", due: "2026-11-26T09:00:00+07:00", chat: yuliChat, says: "Something has changed for Y-271",
			arrange: func(h *house) {
				h.reported("perkembangan", "yuli", "Y-271", "2026-11-10", "d1=4")
				h.reported("perkembangan", "yuli", "Y-271", "2026-11-25", "d1=2")
				h.agreesTo("Y-271", program.FunctionScale, "2027-11-25")
			},
			done: func(h *house) { h.visits("yuli", "Y-271", "2026-11-26") },
		},
	}
}

// capitalYearCases are those of N10: a capital of the last of a month has its day in shorter ones.
func capitalYearCases() []ruleCase {
	paid := func(day program.Date) func(h *house) {
		return func(h *house) {
			h.agreesTo("Y-271", program.CapitalData, "2027-11-25")
			h.aid("Y-271", "selesai", day)
		}
	}
	next := func(h *house) { h.aid("Y-271", "diusulkan", "") }
	later := func(h *house) { h.aid("Y-271", "kontrol", "2026-02-15") }
	return []ruleCase{
		{
			rule: "N10", name: "the next one can be planned", due: "2026-12-31T09:00:00+07:00", chat: yuliChat, says: "Y-271: 11 months since her capital",
			arrange: paid("2026-01-31"), done: next, moved: later, movedTo: "2027-01-15T09:00:00+07:00",
		},
		{
			rule: "N10", name: "the chair plans with them", due: "2026-12-31T09:00:00+07:00", chat: chairChat, says: "Y-271: modalnya berjalan 11 bulan",
			arrange: paid("2026-01-31"), done: next, moved: later, movedTo: "2027-01-15T09:00:00+07:00",
		},
		{
			rule: "N10", name: "the year is over", due: "2026-12-31T09:00:00+07:00", chat: yuliChat, says: "Y-271: a year since her capital",
			arrange: paid("2025-12-31"), done: func(h *house) { h.visits("yuli", "Y-271", "2026-12-31") },
			moved: later, movedTo: "2027-02-15T09:00:00+07:00",
		},
		{
			rule: "N10", name: "the chair looks at it as well", due: "2026-12-31T09:00:00+07:00", chat: chairChat, says: "Y-271: genap setahun sejak modalnya",
			arrange: paid("2025-12-31"), done: func(h *house) { h.visits("yuli", "Y-271", "2026-12-31") },
			moved: later, movedTo: "2027-02-15T09:00:00+07:00",
		},
	}
}

// agreedCases are those of N15 and N16.
func agreedCases() []ruleCase {
	until := func(purpose program.Purpose, day program.Date) func(h *house) {
		return func(h *house) { h.agreesTo("Y-271", purpose, day) }
	}
	renewed := until(program.ChatReminders, "2027-12-01")
	longer := until(program.ChatReminders, "2027-01-10")
	return []ruleCase{
		{
			rule: "N15", name: "her safe contact is to be gone through", due: "2026-12-14T08:00:00+07:00", chat: yuliChat, says: "Y-271: time to go through her safe contact",
			arrange: func(h *house) { h.checked("Y-271", "2026-09-15") }, done: func(h *house) { h.checked("Y-271", "2026-12-13") },
			moved: func(h *house) { h.checked("Y-271", "2026-09-20") }, movedTo: "2026-12-19T08:00:00+07:00",
		},
		{
			rule: "N16", name: "a consent ends in a month", due: "2026-12-01T09:00:00+07:00", chat: yuliChat, says: "Y-271: a consent of hers holds until",
			arrange: until(program.ChatReminders, "2026-12-31"), done: renewed, moved: longer, movedTo: "2026-12-11T09:00:00+07:00",
		},
		{
			rule: "N16", name: "several end within a week", due: "2026-12-01T09:00:00+07:00", chat: yuliChat, says: "Y-271: 2 consents of hers hold until",
			arrange: func(h *house) {
				h.agreesTo("Y-271", program.ChatReminders, "2026-12-31")
				h.agreesTo("Y-271", program.AbroadStorage, "2027-01-06")
			},
			done: func(h *house) { renewed(h); h.agreesTo("Y-271", program.AbroadStorage, "2027-12-01") },
		},
		{
			rule: "N16", name: "a week is left", due: "2026-12-24T09:00:00+07:00", chat: yuliChat, says: "Y-271: a consent of hers is about to end",
			arrange: until(program.ChatReminders, "2026-12-31"), done: renewed, moved: longer, movedTo: "2027-01-03T09:00:00+07:00",
		},
		{
			rule: "N16", name: "it has ended", due: "2027-01-01T09:00:00+07:00", chat: yuliChat, says: "Y-271: a consent ended on",
			arrange: until(program.ChatReminders, "2026-12-31"), done: renewed, moved: longer, movedTo: "2027-01-11T09:00:00+07:00",
		},
	}
}

// wayCases are those of N17, N19 and N20.
func wayCases() []ruleCase {
	thinks := func(h *house, day program.Date) {
		h.reported("jangkau", "yuli", "Y-271", day, "hasil=pikir_dulu", "boleh_lagi=ya")
	}
	attends := func(day program.Date) func(h *house) {
		return func(h *house) { h.seat("Y-271", program.Dialogue, day, program.Present) }
	}
	// What she agreed to when she came holds for a year: to think about more, it has to be renewed.
	renewed := func(h *house) { h.agreesTo("Y-271", program.Accompaniment, "2028-11-25") }
	concludes := func(h *house) {
		h.comes("Y-271", "2027-02-24", h.stageOf("Y-271"), program.Concluded)
	}
	return []ruleCase{
		{
			rule: "N17", name: "nobody has sat down with her", due: "2026-12-02T09:00:00+07:00", chat: yuliChat, says: "Y-271: registered 7 days ago",
			arrange: func(h *house) { h.comes("Y-271", "2026-11-25", program.Capital, program.Registered) },
			done:    func(h *house) { h.visits("yuli", "Y-271", "2026-12-01") },
		},
		{
			rule: "N17", name: "she wanted to think about it", due: "2026-12-20T09:00:00+07:00", chat: yuliChat, says: "Y-271: she wanted to think about it",
			arrange: func(h *house) {
				h.comes("Y-271", "2026-11-20", program.Capital, program.Reached)
				thinks(h, "2026-11-20")
			},
			done:  func(h *house) { h.visits("yuli", "Y-271", "2026-12-19") },
			moved: func(h *house) { thinks(h, "2026-11-24") }, movedTo: "2026-12-24T09:00:00+07:00",
		},
		{
			rule: "N19", name: "she is not invited on", due: "2026-12-08T09:00:00+07:00", chat: secretaryChat, says: "Y-271: sudah ikut temu wicara",
			arrange: func(h *house) {
				h.secretary()
				h.comes("Y-271", "2026-11-20", program.Capital, program.TemuWicara)
				attends("2026-11-24")(h)
			},
			done:  func(h *house) { h.seat("Y-271", program.Training, "2026-12-20", program.NotNoted) },
			moved: attends("2026-11-27"), movedTo: "2026-12-11T09:00:00+07:00",
		},
		{
			rule: "N20", name: "her year is over", due: "2027-11-25T09:00:00+07:00", chat: yuliChat, says: "Y-271: accompanied for 12 months",
			arrange: renewed, done: concludes,
		},
		{
			rule: "N20", name: "the chair thinks about it as well", due: "2027-11-25T09:00:00+07:00", chat: chairChat, says: "Y-271: 12 bulan didampingi",
			arrange: renewed, done: func(h *house) { h.matter("Y-271", program.Proposal, "diusulkan", "", nil) },
		},
		{
			rule: "N20", name: "she stands on her own feet", due: "2027-02-25T09:00:00+07:00", chat: yuliChat, says: "Y-271: independent for 3 months",
			arrange: func(h *house) { h.comes("Y-271", "2026-11-25", program.Capital, program.Independent) }, done: concludes,
		},
	}
}

// followUpCases are those of T1 and T2.
func followUpCases() []ruleCase {
	return []ruleCase{
		{
			rule: "T1", name: "somebody wanted to see her again", due: "2026-12-03T08:00:00+07:00", chat: yuliChat, says: "Y-271: to be followed up",
			arrange: func(h *house) { h.followUp("kunjungan", "2026-12-03") },
			done:    func(h *house) { h.visits("yuli", "Y-271", "2026-12-03") },
		},
		{
			rule: "T1", name: "it is done", due: "2026-12-03T08:00:00+07:00", chat: yuliChat, says: "Y-271: to be followed up",
			arrange: func(h *house) { h.followUp("kunjungan", "2026-12-03") },
			done: func(h *house) {
				h.plan(turn.Plan{Reminding: turn.Reminding{Seen: []turn.FollowedUp{{Participant: "Y-271", By: "2026-12-03", At: h.time.Now()}}}})
			},
		},
		{
			rule: "T2", name: "she is seen after the end", due: "2027-02-25T08:00:00+07:00", chat: yuliChat, says: "Y-271: 3 months since the end",
			arrange: func(h *house) {
				h.comes("Y-271", "2026-11-25", program.Capital, program.Concluded)
				h.followUp("tahap", "2027-02-25")
			},
			done: func(h *house) { h.comes("Y-271", "2027-02-24", program.Concluded, program.ReachAgain) },
		},
	}
}

// agreesTo has somebody agree to a purpose until a day.
func (h *house) agreesTo(code string, purpose program.Purpose, until program.Date) {
	h.t.Helper()
	h.given++
	h.plan(turn.Plan{Safety: turn.Safety{Consents: []program.Consent{{
		ID: fmt.Sprintf("given-%d", h.given), Participant: code, Purpose: purpose, Status: program.Given, Way: program.Witnessed,
		At: h.time.Now(), Recorder: "yuli", Until: until,
	}}}})
}

// checked has somebody's safe contact gone through with her on a day.
func (h *house) checked(code string, day program.Date) {
	h.t.Helper()
	c := program.DefaultContact()
	c.CheckedOn = day
	h.plan(turn.Plan{Safety: turn.Safety{Contacts: []turn.ContactChange{{Code: code, Contact: c, Agreed: true}}}})
}

// comes has somebody come from stage to stage on a day.
func (h *house) comes(code string, day program.Date, stages ...program.Stage) {
	h.t.Helper()
	for i, to := range stages[1:] {
		h.given++
		h.plan(turn.Plan{Way: turn.Way{Stages: []program.StageChange{{
			Cause: fmt.Sprintf("given-%d", h.given), Participant: code, From: stages[i], To: to, On: day, By: "ketua",
		}}}})
	}
}

// matter puts a matter on record.
func (h *house) matter(code string, kind program.MatterKind, status string, day program.Date, fields program.Fields) string {
	h.t.Helper()
	h.given++
	m := program.Matter{
		ID: fmt.Sprintf("given-%d", h.given), Kind: kind, Year: 2026, Number: 100 + h.given, Participant: code, Author: "ketua", Status: status,
		Day: day, OpenedAt: h.time.Now(), ChangedAt: h.time.Now(), Fields: fields,
	}
	m.Last = m.ID
	h.plan(turn.Plan{Way: turn.Way{Moves: []turn.Move{{Matter: m, Change: program.Change{ID: m.ID, At: h.time.Now(), By: "ketua", Now: status}}}}})
	return m.ID
}

// aid puts a capital on record that was paid out on a day, if any.
func (h *house) aid(code, status string, paid program.Date) {
	h.t.Helper()
	fields := program.Fields{}
	if paid != "" {
		fields["tanggal_cair"] = []string{string(paid)}
	}
	h.matter(code, program.Aid, status, "", fields)
}

// seat gives somebody a place in a session of a kind.
func (h *house) seat(code string, kind program.SessionKind, day program.Date, came program.Presence) {
	h.t.Helper()
	id := h.matter("", program.Session, "diumumkan", day, program.Fields{"jenis": {string(kind)}, "mulai": {string(day) + "T09:00"}})
	h.plan(turn.Plan{Way: turn.Way{Attended: []program.Attendance{{Session: id, Participant: code, InvitedAt: h.time.Now(), Came: came}}}})
}

// followUp puts a day on record on which Yuli wants to see her participant again, by a report of a flow.
func (h *house) followUp(flow string, day program.Date) {
	h.t.Helper()
	h.given++
	id := fmt.Sprintf("given-%d", h.given)
	h.plan(turn.Plan{ // at once, as the bot does: it is the report that is looked at
		Reports: []program.Report{{
			ID: id, Flow: flow, FlowVersion: 1, Participant: "Y-271", Author: "yuli", OccurredOn: "2026-11-25",
			CreatedAt: h.time.Now().UTC(), Answers: json.RawMessage("{}"),
		}},
		FollowUps: []program.FollowUp{{ID: id + ".0", Report: id, Participant: "Y-271", Person: "yuli", Due: day}},
	})
}

// secretary lets a secretary into the house.
func (h *house) secretary() {
	h.t.Helper()
	h.sim.AddChat(secretaryChat, "Sari", "")
	p := program.Person{ID: "sekretaris", Role: program.Secretary, Name: "Sari", Chat: secretaryChat, Lang: "id", Active: true}
	if err := h.store.AddPerson(h.t.Context(), p); err != nil {
		h.t.Fatal(err)
	}
}
