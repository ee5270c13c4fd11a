package main

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// takes has the report that was put on record last taken back.
func (h *house) takes(by string) {
	h.t.Helper()
	h.plan(turn.Plan{Undo: []turn.Undo{{Report: fmt.Sprintf("given-%d", h.given), By: by, At: h.time.Now().UTC()}}})
}

// looked has somebody's business looked at on days, each time with the same facts.
func (h *house) looked(code string, facts []string, days ...program.Date) {
	h.t.Helper()
	for _, day := range days {
		h.reported("usaha", "rina", code, day, facts...)
	}
}

// businessCases are those of contact, of businesses, and of signs. Each sign is somebody else's: of several
// looks at one business in a week the latest corrects the others.
func businessCases() []ruleCase {
	down, sameThing := []string{"arah=turun"}, []string{"arah=tetap", "kendala=kurang_laku"}
	lastWeek, today := program.Date("2026-11-18"), program.Date("2026-11-25")
	const morning, later = "2026-11-26T08:00:00+07:00", "2026-11-27T08:00:00+07:00"
	back := func(h *house) { h.takes("rina") }
	again := func(code string, facts ...string) func(h *house) { // the second report was of the day after
		return func(h *house) {
			h.takes("rina")
			h.looked(code, facts, today.AddDays(1))
		}
	}
	return []ruleCase{
		{
			rule: "N01", name: "the chair hears of her", due: "2026-12-16T08:00:00+07:00", chat: chairChat, says: "Y-271",
			// The chair hears of the others later: what comes soon is told along with what is due.
			arrange: func(h *house) { h.rinasSeen("2026-11-29"); h.visits("yuli", "Y-271", "2026-11-18") },
			done:    func(h *house) { h.visits("yuli", "Y-271", "2026-12-15") },
			moved:   func(h *house) { h.visits("yuli", "Y-271", "2026-11-20") }, movedTo: "2026-12-18T08:00:00+07:00",
		},
		{
			rule: "N01", name: "she was not there", due: "2026-12-02T08:00:00+07:00", chat: yuliChat, says: "Y-271",
			arrange: func(h *house) {
				h.visits("yuli", "Y-271", "2026-11-18")
				h.reported("kunjungan", "yuli", "Y-271", "2026-11-24", "hasil=tidak_bertemu")
			},
			done: func(h *house) {
				h.reported("perkembangan", "yuli", "Y-271", "2026-11-30", "bersama_peserta=ya")
			},
		},
		{
			// No Friday: on its noon nobody is told, which is when she may have been handed over.
			rule: "N01", name: "she needs more company", due: "2026-11-28T08:00:00+07:00", chat: yuliChat, says: "Y-271",
			arrange: func(h *house) {
				h.reported("kunjungan", "yuli", "Y-271", "2026-11-21", "hasil=tercapai", "perlu_lebih_sering=ya")
			},
			done:  func(h *house) { h.visits("yuli", "Y-271", "2026-11-27") },
			moved: func(h *house) { h.visits("yuli", "Y-271", "2026-11-23") }, movedTo: "2026-11-30T08:00:00+07:00",
		},
		{
			rule: "N02", name: "not looked at on Friday", due: "2026-11-27T16:00:00+07:00", chat: rinaChat, says: "pekan ini tinggal 6",
			arrange: func(*house) {},
			done:    func(h *house) { h.everybodyLooked("2026-11-27") },
		},
		{
			rule: "N02", name: "not looked at on Monday", due: "2026-11-30T09:00:00+07:00", chat: rinaChat, says: "pekan lalu tinggal 6",
			arrange: func(*house) {},
			done:    func(h *house) { h.everybodyLooked("2026-11-29") },
		},
		{
			rule: "N05", name: "it went down twice", due: morning, chat: rinaChat, says: "usaha turun dua kali",
			arrange: func(h *house) { h.looked("K-208", down, lastWeek, today) }, done: back,
			moved: again("K-208", down...), movedTo: later,
		},
		{
			rule: "N05", name: "she sold less twice", due: morning, chat: rinaChat, says: "omzet turun dua kali",
			arrange: func(h *house) {
				for i, sold := range []string{"omzet=900000", "omzet=600000", "omzet=400000"} {
					h.looked("M-203", []string{"arah=tetap", sold}, today.AddDays(7*(i-2)))
				}
			},
			done:  func(h *house) { h.looked("M-203", []string{"arah=naik", "omzet=900000"}, today) },
			moved: again("M-203", "arah=tetap", "omzet=400000"), movedTo: later,
		},
		{
			rule: "N06", name: "the same obstacle twice", due: morning, chat: rinaChat, says: "dua kali menyebut",
			arrange: func(h *house) { h.looked("K-388", sameThing, lastWeek, today) }, done: back,
			moved: again("K-388", sameThing...), movedTo: later,
		},
		{
			rule: "N08", name: "low at two visits", due: morning, chat: rinaChat, says: "mungkin enak ditanya",
			arrange: func(h *house) {
				for _, day := range []program.Date{lastWeek, today} {
					h.reported("kunjungan", "rina", "R-130", day, "hasil=tercapai", "semangat=2")
				}
			},
			done: back,
		},
		{
			rule: "B1", name: "spent on something else", due: morning, chat: rinaChat, says: "di luar rencana",
			arrange: func(h *house) { h.reported("modal_belanja", "rina", "D-482", today, "sesuai=tidak") },
			done:    back,
		},
	}
}

// rinas are the participants whom Rina accompanies.
func rinas() []string { return []string{"M-417", "M-203", "K-388", "K-208", "R-130", "D-482"} }

// everybodyLooked has the businesses of all of Rina's participants looked at on a day.
func (h *house) everybodyLooked(day program.Date) {
	h.t.Helper()
	for _, code := range rinas() {
		h.looked(code, []string{"arah=tetap"}, day)
	}
}

// rinasSeen has Rina be with all of hers on a day.
func (h *house) rinasSeen(day program.Date) {
	h.t.Helper()
	for _, code := range rinas() {
		h.visits("rina", code, day)
	}
}
