package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// The chats of those who are on the board besides the chair.
const (
	secretaryChat = 111
	treasurerChat = 112
)

// board has a secretary and a treasurer join.
func (h *house) board() {
	h.t.Helper()
	if _, err := h.store.Person(h.t.Context(), "sekretaris"); err == nil { // two cases share a house
		return
	}
	for _, p := range []program.Person{
		{ID: "sekretaris", Role: program.Secretary, Name: "Sari", Chat: secretaryChat, Lang: "id", Active: true},
		{ID: "bendahara", Role: program.Treasurer, Name: "Bina", Chat: treasurerChat, Lang: "id", Active: true},
	} {
		h.sim.AddChat(p.Chat, p.Name, "")
		if err := h.store.AddPerson(h.t.Context(), p); err != nil {
			h.t.Fatal(err)
		}
	}
}

// begins puts a matter on record that the chair has opened now, with its fields in pairs, and gives its
// id: another one where two cases share a house.
func (h *house) begins(m program.Matter, fields ...string) string {
	h.t.Helper()
	if _, err := h.store.Matter(h.t.Context(), m.ID); err == nil {
		m.ID, m.Number = m.ID+".2", 2
	}
	m.Year, m.Author, m.OpenedAt, m.Fields = 2026, "ketua", h.time.Now(), program.Fields{}
	m.Number = max(m.Number, 1)
	for pair := range slices.Chunk(fields, 2) {
		m.Fields[pair[0]] = []string{pair[1]}
	}
	h.plan(turn.Plan{Way: turn.Way{Moves: []turn.Move{{
		Matter: m, Change: program.Change{ID: m.ID, At: h.time.Now(), By: "ketua", Now: m.Status},
	}}}})
	return m.ID
}

// becomes changes a matter, as a report would, with the reports that go with it.
func (h *house) becomes(id string, change func(m *program.Matter), with ...program.Report) {
	h.t.Helper()
	m, err := h.store.Matter(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	was := m.Status
	change(&m)
	h.given++
	h.plan(turn.Plan{Reports: with, Way: turn.Way{Moves: []turn.Move{{
		Matter: m, Change: program.Change{ID: fmt.Sprintf("given-%d", h.given), At: h.time.Now(), By: "ketua", Was: was, Now: m.Status},
	}}}})
}

// field sets a field of a matter.
func field(name, value string) func(*program.Matter) {
	return func(m *program.Matter) { m.Fields[name] = []string{value} }
}

// aMatter is what has moved the fields and the status of a matter, or its date.
const aMatter = "perkara"

// day is a day's hour in the houses' zone.
func (h *house) day(d program.Date, hour int) time.Time {
	return d.Time(h.zone()).Add(time.Duration(hour) * time.Hour)
}

// zone is the houses' zone.
func (h *house) zone() *time.Location {
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		h.t.Fatal(err)
	}
	return zone
}

// aidAt puts a capital of Melati's on record that is at a stage since a day.
func (h *house) aidAt(status string, since program.Date) {
	h.t.Helper()
	h.board()
	h.agrees("M-417")
	h.begins(program.Matter{
		ID: aMatter, Kind: program.Aid, Participant: "M-417", Status: status, Due: h.day(program.CapitalDue(status, since), 8),
	}, "tanggal_"+status, string(since))
}

// aidSince moves it to a stage since another day.
func aidSince(status string, since program.Date, looks ...program.Date) func(h *house) {
	return func(h *house) {
		h.becomes(aMatter, func(m *program.Matter) {
			m.Status, m.Fields["tanggal_"+status] = status, []string{string(since)}
			if m.Due = (time.Time{}); program.CapitalDue(status, since, looks...) != "" {
				m.Due = h.day(program.CapitalDue(status, since, looks...), 8)
			}
		})
	}
}

// houseCases are those of capitals, partners, permits, outings and the institution.
func houseCases() []ruleCase {
	return slices.Concat(capitalCases(), partnerCases(), meetingCases(), yearCases())
}

func capitalCases() []ruleCase {
	at := func(status string, since program.Date) func(h *house) {
		return func(h *house) { h.aidAt(status, since) }
	}
	return []ruleCase{
		{
			rule: "N03", name: "paid out, nothing bought", due: "2026-11-27T08:00:00+07:00", chat: rinaChat, says: "sudah 3 hari cair",
			arrange: at("cair", "2026-11-24"), done: aidSince("belanja", "2026-11-26"),
			moved: aidSince("cair", "2026-11-25"), movedTo: "2026-11-28T08:00:00+07:00",
		},
		{
			rule: "N03", name: "nothing bought for long", due: "2026-11-27T08:00:00+07:00", chat: rinaChat, says: "sudah 17 hari cair",
			arrange: at("cair", "2026-11-10"), done: aidSince("belanja", "2026-11-26"),
		},
		{
			rule: "N03", name: "the goods after a week", due: "2026-11-27T08:00:00+07:00", chat: rinaChat, says: "sudah 7 hari sejak belanja",
			arrange: at("kontrol", "2026-11-20"), done: aidSince("kontrol", "2026-11-20", "2026-11-26"),
			moved: aidSince("kontrol", "2026-11-22"), movedTo: "2026-11-29T08:00:00+07:00",
		},
		{
			rule: "N03", name: "the goods after a month, the first look was passed over", due: "2026-11-28T08:00:00+07:00", chat: rinaChat,
			says: "sudah 30 hari sejak belanja", arrange: at("kontrol", "2026-10-29"), done: aidSince("kontrol", "2026-10-29", "2026-11-27"),
		},
		{
			rule: "N03B", name: "the treasurer after two weeks", due: "2026-11-27T08:00:00+07:00", chat: treasurerChat, says: "M-417",
			arrange: at("cair", "2026-11-10"), done: aidSince("belanja", "2026-11-26"),
			moved: aidSince("cair", "2026-11-12"), movedTo: "2026-11-29T08:00:00+07:00",
		},
		{
			rule: "N04", name: "a savings book that waits", due: "2026-11-30T09:00:00+07:00", chat: treasurerChat, says: "2 pekan di tahap",
			arrange: at("buku_jadi", "2026-11-12"), done: aidSince("ditunda", "2026-11-29"),
			moved: aidSince("buku_jadi", "2026-11-23"), movedTo: "2026-12-07T09:00:00+07:00",
		},
		{
			rule: "N04", name: "her companion hears of it", due: "2026-11-30T09:00:00+07:00", chat: rinaChat, says: "MU-26-001",
			arrange: at("berkas", "2026-11-12"), done: func(h *house) { h.withdraws("M-417") },
		},
	}
}

// withdraws has a participant take back that her capital may be noted.
func (h *house) withdraws(code string) {
	h.t.Helper()
	h.beside(turn.Safety{Consents: []program.Consent{{
		ID: "capital-back." + code, Participant: code, Purpose: program.CapitalData, Status: program.Revoked, Way: program.Witnessed,
		At: h.time.Now(), Recorder: "rina",
	}}})
}

// partner puts a partner on record that is to be heard of on a day.
func (h *house) partner(due program.Date) string {
	h.t.Helper()
	h.board()
	return h.begins(program.Matter{ID: aMatter, Kind: program.Partner, Status: "dibahas", Due: h.day(due, 9)}, "nama", "Toko Sumber Rejeki")
}

// outing has Rina go to the partner at a time, as the chair has asked her.
func (h *house) outing(partner, when string) program.Report {
	answers, err := json.Marshal(map[string]string{"waktu": when, "acara": "sosialisasi", "petugas": "rina"})
	if err != nil {
		h.t.Fatal(err)
	}
	return program.Report{
		ID: "out." + partner, Flow: "undangan_masuk", FlowVersion: 1, Author: "ketua", Matter: partner, OccurredOn: program.DateOf(h.time.Now()),
		CreatedAt: h.time.Now().UTC(), Answers: answers,
	}
}

// invitedOut is a partner that Rina goes to on Friday.
func (h *house) invitedOut() {
	h.t.Helper()
	id := h.partner("2027-03-01")
	h.becomes(id, field("undangan_masuk", "2026-11-27T13:30"), h.outing(id, "2026-11-27T13:30"))
}

// cannotGo has Rina say that she cannot.
func (h *house) cannotGo() {
	h.t.Helper()
	h.beside(turn.Safety{Prompts: []turn.Prompt{{
		Ref: "refused", Person: "rina", Kind: "outing", Subject: "out." + aMatter, At: h.time.Now(), Answered: h.time.Now(), Answer: "cannot",
	}}})
}

// permit puts a permit on record that runs out on a day.
func (h *house) permit(until program.Date) {
	h.t.Helper()
	h.board()
	h.begins(program.Matter{ID: aMatter, Kind: program.Permit, Status: "berlaku", Day: until}, "nama", "Izin usaha")
}

func partnerCases() []ruleCase {
	until := func(d program.Date) func(h *house) { return func(h *house) { h.permit(d) } }
	renewed := func(d program.Date) func(h *house) {
		return func(h *house) { h.becomes(aMatter, func(m *program.Matter) { m.Day = d }) }
	}
	dueOn := func(d program.Date) func(h *house) {
		return func(h *house) { h.becomes(aMatter, func(m *program.Matter) { m.Due = h.day(d, 9) }) }
	}
	return []ruleCase{
		{
			rule: "N13", name: "the chair speaks with a partner", due: "2026-11-30T09:00:00+07:00", chat: chairChat, says: "Toko Sumber Rejeki",
			arrange: func(h *house) { h.partner("2026-11-27") }, done: dueOn("2026-12-29"), moved: dueOn("2026-12-02"), movedTo: "2026-12-07T09:00:00+07:00",
		},
		{
			rule: "N13", name: "and the secretary", due: "2026-11-30T09:00:00+07:00", chat: secretaryChat, says: "MT-26-001",
			arrange: func(h *house) { h.partner("2026-11-27") }, done: dueOn("2026-12-29"),
		},
		{
			rule: "P1", name: "a permit is good for 90 days", due: "2026-11-30T08:00:00+07:00", chat: chairChat, says: "90 hari lagi",
			arrange: until("2027-02-28"), done: renewed("2031-02-28"), moved: renewed("2027-03-02"), movedTo: "2026-12-02T08:00:00+07:00",
		},
		{
			rule: "P1", name: "for 30", due: "2026-11-30T08:00:00+07:00", chat: secretaryChat, says: "30 hari lagi",
			arrange: until("2026-12-30"), done: renewed("2031-12-30"),
		},
		{
			rule: "P1", name: "for 7", due: "2026-12-23T08:00:00+07:00", chat: secretaryChat, says: "7 hari lagi",
			arrange: until("2026-12-30"), done: renewed("2031-12-30"),
		},
		{
			rule: "P1", name: "on its last day", due: "2026-11-28T08:00:00+07:00", chat: chairChat, says: "sampai hari ini",
			arrange: until("2026-11-28"), done: func(h *house) {
				h.becomes(aMatter, func(m *program.Matter) { m.Status = "tidak_dipakai" })
			},
		},
		{
			rule: "P2", name: "the evening before", due: "2026-11-26T17:00:00+07:00", chat: rinaChat, says: "sosialisasi",
			arrange: (*house).invitedOut, done: (*house).cannotGo,
		},
		{
			rule: "P3", name: "the day after, to whoever asked", due: "2026-11-28T09:00:00+07:00", chat: chairChat, says: "bagaimana kunjungannya",
			arrange: (*house).invitedOut, done: func(h *house) { h.becomes(aMatter, field("kunjungan_tanggal", "2026-11-27")) },
		},
	}
}

// meets puts a session on record to which Melati and Mawar are invited.
func (h *house) meets(when string, fields ...string) string {
	h.t.Helper()
	h.board()
	id := h.begins(program.Matter{ID: aMatter, Kind: program.Session, Status: "diumumkan", Owner: "ketua", Day: program.Date(when[:10])},
		append([]string{"jenis", "bimtek", "mulai", when}, fields...)...)
	h.plan(turn.Plan{Way: turn.Way{Attended: []program.Attendance{
		{Session: id, Participant: "M-417", InvitedAt: h.time.Now(), Reply: program.WillCome, RepliedAt: h.time.Now()},
		{Session: id, Participant: "M-203", InvitedAt: h.time.Now()},
	}}})
	return id
}

// meetsAt moves the session.
func meetsAt(when string) func(h *house) {
	return func(h *house) {
		h.becomes(aMatter, func(m *program.Matter) { m.Day, m.Fields["mulai"] = program.Date(when[:10]), []string{when} })
	}
}

// comesTo brings the session to a status.
func comesTo(status string) func(h *house) {
	return func(h *house) { h.becomes(aMatter, func(m *program.Matter) { m.Status = status }) }
}

func meetingCases() []ruleCase {
	at := func(when string, fields ...string) func(h *house) { return func(h *house) { h.meets(when, fields...) } }
	return []ruleCase{
		{
			rule: "S1", name: "nobody has noted who was there", due: "2026-11-27T09:00:00+07:00", chat: chairChat, says: "hadir belum tercatat 2 orang",
			arrange: at("2026-11-26T09:00"), done: comesTo("selesai"), moved: meetsAt("2026-11-28T09:00"), movedTo: "2026-11-29T09:00:00+07:00",
		},
		{
			rule: "S1", name: "the secretary some days later", due: "2026-12-01T09:00:00+07:00", chat: secretaryChat, says: "KG-26-001",
			arrange: at("2026-11-26T09:00"), done: comesTo("selesai"),
		},
		{
			rule: "S2", name: "who has not answered", due: "2026-11-28T09:00:00+07:00", chat: rinaChat, says: "belum ada jawaban dari M-203",
			arrange: at("2026-11-30T09:00"), done: func(h *house) {
				h.plan(turn.Plan{Way: turn.Way{Attended: []program.Attendance{
					{Session: aMatter, Participant: "M-203", Reply: program.MayCome, RepliedAt: h.time.Now()},
				}}})
			},
			moved: meetsAt("2026-12-01T09:00"), movedTo: "2026-11-29T09:00:00+07:00",
		},
		{
			rule: "S3", name: "letters two weeks before", due: "2026-11-28T09:00:00+07:00", chat: secretaryChat, says: "waktunya undangan",
			arrange: at("2026-12-12T09:00", "narasumber", "dinas_sosial"), done: comesTo("batal"),
			moved: meetsAt("2026-12-15T09:00"), movedTo: "2026-12-01T09:00:00+07:00",
		},
		{
			rule: "S3", name: "asked once more", due: "2026-12-09T09:00:00+07:00", chat: secretaryChat, says: "sudah ada kepastian",
			arrange: at("2026-12-12T09:00", "narasumber", "dinas_sosial"), done: comesTo("diundur"),
		},
		{
			rule: "S4", name: "once a year", due: "2026-11-30T09:00:00+07:00", chat: secretaryChat, says: "Kegiatan tahunan",
			arrange: at("2025-12-31T09:00", "pengulangan", "tahunan"),
			done: func(h *house) {
				h.begins(program.Matter{ID: "next", Number: 2, Kind: program.Session, Status: "rencana", Day: "2026-12-31"}, "jenis", "bimtek", "mulai", "2026-12-31T09:00")
			},
			moved: meetsAt("2026-01-02T09:00"), movedTo: "2026-12-07T09:00:00+07:00",
		},
		{
			rule: "S5", name: "questions that wait", due: "2026-12-09T09:00:00+07:00", chat: secretaryChat, says: "menunggu jawaban",
			arrange: func(h *house) {
				id := h.meets("2026-11-24T09:00", "pertanyaan", "Bagaimana mengurus izin usaha?")
				h.becomes(id, func(m *program.Matter) { m.Status = "selesai" })
			},
			done: func(h *house) { h.becomes(aMatter, func(m *program.Matter) { delete(m.Fields, "pertanyaan") }) },
		},
	}
}

// profile puts the institution on record.
func (h *house) profile(founded string) {
	h.t.Helper()
	h.begins(program.Matter{ID: aMatter, Kind: program.Profile, Status: "berlaku"}, "tanggal_berdiri", founded, "perkiraan_sasaran", "4000")
}

func yearCases() []ruleCase {
	known := func(h *house) { h.profile("2008-02-27") }
	foundedOn := func(day string) func(h *house) {
		return func(h *house) { h.becomes(aMatter, field("tanggal_berdiri", day)) }
	}
	return []ruleCase{
		{
			rule: "H1", name: "each January", due: "2027-01-04T09:00:00+07:00", chat: chairChat, says: "sasaran 4000", arrange: known,
			done: func(h *house) {
				h.becomes(aMatter, field("perkiraan_sasaran", "4200"), program.Report{
					ID: "year", Flow: "profil", FlowVersion: 1, Author: "ketua", Matter: aMatter, OccurredOn: "2027-01-04",
					CreatedAt: h.time.Now().UTC(), Answers: json.RawMessage("{}"),
				})
			},
		},
		{
			rule: "H2", name: "each month", due: "2026-12-07T09:00:00+07:00", chat: chairChat, says: "diperbaiki bulan ini", arrange: known,
			done: func(h *house) { h.becomes(aMatter, field("perbaikan_bulan", "2026-12")) },
		},
		{
			rule: "H3", name: "the day on which it was founded", due: "2026-11-27T08:00:00+07:00", chat: rinaChat, says: "genap 18 tahun",
			arrange: func(h *house) { h.profile("2008-11-27") }, done: foundedOn("2008-03-01"),
			moved: foundedOn("2008-11-28"), movedTo: "2026-11-28T08:00:00+07:00",
		},
	}
}
