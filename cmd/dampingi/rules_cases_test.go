package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// putMatter puts a matter on record as it is, from an instant on.
func (h *house) putMatter(m program.Matter, at string) {
	h.t.Helper()
	m.ID, m.Year, m.Number, m.OpenedAt = string(m.Kind), 2026, 1, instant(h.t, at)
	if m.Author == "" {
		m.Author = "ketua"
	}
	h.noteMatter(m, "", m.OpenedAt)
}

// bringMatter changes a matter now.
func (h *house) bringMatter(kind program.MatterKind, change func(m *program.Matter)) {
	h.t.Helper()
	m, err := h.store.Matter(h.t.Context(), string(kind))
	if err != nil {
		h.t.Fatal(err)
	}
	was := m.Status
	change(&m)
	h.noteMatter(m, was, h.time.Now())
}

// noteMatter puts a change of a matter on record.
func (h *house) noteMatter(m program.Matter, was string, at time.Time) {
	h.t.Helper()
	if m.Kind == program.Case {
		m.Due = program.CaseDue(m, at)
	}
	h.given++
	id := m.ID
	if was != "" {
		id = fmt.Sprintf("%s.%d", m.ID, h.given)
	}
	h.plan(turn.Plan{Way: turn.Way{Moves: []turn.Move{{Matter: m, Change: program.Change{ID: id, At: at, By: m.Author, Was: was, Now: m.Status}}}}})
}

// endsMatter is what ends a matter.
func endsMatter(kind program.MatterKind, status string) func(h *house) {
	return func(h *house) { h.bringMatter(kind, func(m *program.Matter) { m.Status = status }) }
}

// namesSecond names who stands in for the companion of Melati.
func (h *house) namesSecond(who string) {
	h.t.Helper()
	line := program.Audit{At: h.time.Now(), Actor: "admin", Action: "person.second", Subject: "M-417"}
	if err := h.store.StandIn(h.t.Context(), "M-417", who, line); err != nil {
		h.t.Fatal(err)
	}
}

// casesCases are those of cases that wait, of tasks that come, and of what waits for the board.
func casesCases() []ruleCase {
	waits := func(severity string) func(h *house) {
		return func(h *house) {
			h.namesSecond("yuli")
			h.putMatter(program.Matter{
				Kind: program.Case, Participant: "M-417", Owner: "rina", Status: "baru",
				Fields: program.Fields{"jenis": {"barang_hilang"}, "tingkat": {severity}},
			}, houseInstants)
		}
	}
	taken := func(h *house) { h.bringMatter(program.Case, func(m *program.Matter) { m.Status = "diambil" }) }
	closed := endsMatter(program.Case, "selesai")
	return append([]ruleCase{
		{
			rule: "N07", name: "whoever has it", due: "2026-11-26T07:00:00+07:00", chat: rinaChat, says: "RK-26-001",
			arrange: waits("segera"), done: closed, moved: taken, movedTo: "2026-11-26T10:00:00+07:00",
		},
		{
			rule: "N07", name: "whoever stands in", due: "2026-11-26T08:00:00+07:00", chat: yuliChat, says: "RK-26-001",
			arrange: waits("segera"), done: closed, moved: taken, movedTo: "2026-11-26T11:00:00+07:00",
		},
		{
			rule: "N07", name: "the chair", due: "2026-11-26T09:00:00+07:00", chat: chairChat, says: "RK-26-001",
			arrange: waits("segera"), done: closed, moved: taken, movedTo: "2026-11-26T12:00:00+07:00",
		},
		{
			rule: "N07D", name: "whoever has it", due: "2026-11-25T12:00:00+07:00", chat: rinaChat, says: "RK-26-001",
			arrange: waits("darurat"), done: closed,
		},
		{
			rule: "N07D", name: "whoever stands in", due: "2026-11-25T12:15:00+07:00", chat: yuliChat, says: "RK-26-001",
			arrange: waits("darurat"), done: closed,
		},
		{
			rule: "N07D", name: "the chair", due: "2026-11-25T12:30:00+07:00", chat: chairChat, says: "RK-26-001",
			arrange: waits("darurat"), done: closed,
		},
	}, append(tasksCases(), boardCases()...)...)
}

// tasksCases are those of special tasks.
func tasksCases() []ruleCase {
	given := func(status string) func(h *house) {
		return func(h *house) {
			h.putMatter(program.Matter{Kind: program.Task, Owner: "rina", Status: status, Fields: program.Fields{
				"jenis": {"tamu_lembaga"}, "mulai": {"2026-11-27T13:30"},
			}}, houseInstants)
		}
	}
	moved := func(h *house) {
		h.bringMatter(program.Task, func(m *program.Matter) { m.Fields["mulai"] = []string{"2026-12-02T13:30"} })
	}
	off, reported := endsMatter(program.Task, "batal"), endsMatter(program.Task, "selesai")
	return []ruleCase{
		{
			rule: "N12", name: "the evening before", due: "2026-11-26T17:00:00+07:00", chat: rinaChat, says: "Besok ada tugas TK-26-001",
			arrange: given("diterima"), done: off, moved: moved, movedTo: "2026-12-01T17:00:00+07:00",
		},
		{
			rule: "N12", name: "who has not answered", due: "2026-11-26T17:00:00+07:00", chat: rinaChat, says: "belum dijawab",
			arrange: given("ditugaskan"), done: endsMatter(program.Task, "ditolak"), moved: moved, movedTo: "2026-12-01T17:00:00+07:00",
		},
		{
			rule: "N12", name: "whoever asked her", due: "2026-11-26T17:00:00+07:00", chat: chairChat, says: "belum ada jawaban dari Rina",
			arrange: given("ditugaskan"), done: endsMatter(program.Task, "diterima"), moved: moved, movedTo: "2026-12-01T17:00:00+07:00",
		},
		{
			rule: "N12", name: "the day", due: "2026-11-27T07:00:00+07:00", chat: rinaChat, says: "Hari ini ada tugas TK-26-001",
			arrange: given("diterima"), done: off, moved: moved, movedTo: "2026-12-02T07:00:00+07:00",
		},
		{
			rule: "N12", name: "how it was", due: "2026-11-28T09:00:00+07:00", chat: rinaChat, says: "Bagaimana TK-26-001 kemarin",
			arrange: given("diterima"), done: reported, moved: moved, movedTo: "2026-12-03T09:00:00+07:00",
		},
		{
			rule: "N12", name: "how it was, once more", due: "2026-12-01T09:00:00+07:00", chat: rinaChat, says: "Kabar TK-26-001 belum tercatat",
			arrange: given("diterima"), done: reported, moved: moved, movedTo: "2026-12-06T09:00:00+07:00",
		},
	}
}

// boardCases are those of what waits for the board.
func boardCases() []ruleCase {
	return []ruleCase{
		{
			rule: "N18", name: "candidates", due: "2026-11-30T09:00:00+07:00", chat: chairChat, says: "1 orang menunggu seleksi lebih dari 14 hari",
			arrange: func(h *house) {
				h.putMatter(program.Matter{Kind: program.Candidacy, Participant: "M-417", Status: "menunggu", Fields: program.Fields{}}, "2026-11-15T09:00:00+07:00")
			},
			done: endsMatter(program.Candidacy, "diterima"),
		},
		{
			rule: "U1", name: "a proposal", due: "2026-11-30T09:00:00+07:00", chat: chairChat, says: "US-26-001",
			arrange: func(h *house) {
				h.putMatter(program.Matter{Kind: program.Proposal, Participant: "M-417", Author: "rina", Status: "diusulkan", Fields: program.Fields{
					"usul": {"serah"}, "dari": {"rina"}, "kepada": {"yuli"},
				}}, "2026-11-20T09:00:00+07:00")
			},
			done: endsMatter(program.Proposal, "batal"),
		},
	}
}

// TestTheLadderStopsWhereSomebodyTakesIt: once it is taken nobody else hears of it, until it does not move
// on again.
func TestTheLadderStopsWhereSomebodyTakesIt(t *testing.T) {
	h := newHouse(t, houseOptions{})
	casesCases()[3].arrange(h)
	h.settle()
	h.goes(instant(t, "2026-11-25T12:00:00+07:00"))
	h.press(rinaChat, "Ambil")
	h.goes(instant(t, "2026-11-25T12:29:00+07:00"))
	if h.said(yuliChat, "RK-26-001")+h.said(chairChat, "RK-26-001") != 0 {
		t.Error("somebody else was told although she has it")
	}
	h.goes(instant(t, "2026-11-25T12:46:00+07:00")) // half an hour after she took it, and fifteen minutes
	if h.said(rinaChat, "menunggu tindakan pertama") != 1 || h.said(yuliChat, "RK-26-001") != 1 || h.said(chairChat, "RK-26-001") != 0 {
		t.Errorf("it does not begin anew:\n%s\n%s", h.shown(rinaChat), h.shown(yuliChat))
	}
	h.goes(instant(t, "2026-11-25T13:01:00+07:00"))
	if h.said(chairChat, "belum ada tindakan") != 1 {
		t.Errorf("the chair is not told:\n%s", h.shown(chairChat))
	}
}

// TestWhoStandsIn sees a case while the companion is away, takes it, and sees nothing else of hers; while
// the companion is there she sees nothing.
func TestWhoStandsIn(t *testing.T) {
	for _, away := range []bool{true, false} {
		t.Run(fmt.Sprint("away ", away), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{})
			casesCases()[3].arrange(h)
			if away {
				h.plan(turn.Plan{Way: turn.Way{Absent: []turn.Absence{{Person: "rina", Until: "2026-11-30"}}}})
			}
			h.goes(instant(t, "2026-11-25T12:20:00+07:00"))
			if h.said(yuliChat, "RK-26-001") != 1 {
				t.Fatalf("who stands in is not told:\n%s", h.shown(yuliChat))
			}
			message, take, may := h.button(yuliChat, "Take it")
			if may != away {
				t.Fatalf("she may take it: %t\n%s", may, h.shown(yuliChat))
			}
			h.say(yuliChat, "/kasus")
			h.shows(yuliChat, "(0)")
			h.say(yuliChat, "/teman")
			h.nowhere(yuliChat, "Melati")
			if !away {
				return
			}
			h.pressData(yuliChat, message, take)
			h.shows(yuliChat, "RK-26-001", "M-417")
			h.nowhere(yuliChat, "Melati")
			if h.said(rinaChat, "ditangani orang lain") != 1 {
				t.Errorf("her companion does not know:\n%s", h.shown(rinaChat))
			}
		})
	}
}
