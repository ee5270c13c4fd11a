package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// thanksCases are those of the Friday's thanks.
func thanksCases() []ruleCase {
	return []ruleCase{{
		rule: "N14", name: "thanks for the week", due: "2026-11-27T16:30:00+07:00", chat: rinaChat, says: "Terima kasih untuk 1 kunjungan",
		arrange: func(h *house) { h.visits("rina", "M-417", "2026-11-24") },
		done: func(h *house) {
			h.plan(turn.Plan{Undo: []turn.Undo{{Report: "given-1", By: "rina", At: h.time.Now()}}})
		},
	}}
}

// thanked is a house on a Friday afternoon on which somebody was thanked.
func thanked(t *testing.T) *house {
	h := newHouse(t, houseOptions{rules: []string{"N14"}})
	h.visits("rina", "M-417", "2026-11-24")
	h.reported("usaha", "rina", "M-417", "2026-11-24", "arah=naik")
	h.settle()
	h.goes(instant(t, "2026-11-27T16:30:00+07:00"))
	if got := h.shown(rinaChat); !strings.HasPrefix(got, "< Sore, Kak Rina. Terima kasih untuk pekan ini: 1 kunjungan, 1 cek usaha. Bagaimana pekan ini") {
		t.Fatalf("thanked with:\n%s", got)
	}
	return h
}

// TestHowHerWeekWasIsKeptNowhere: what she answers changes nothing on record, which tells no more than that she was asked, and
// nobody hears of it.
func TestHowHerWeekWasIsKeptNowhere(t *testing.T) {
	for label, reply := range map[string]string{"Ringan": "Senang mendengarnya", "Biasa": "Pelan-pelan saja", "Berat": "Mau bicara dengan ketua?"} {
		t.Run(label, func(t *testing.T) {
			t.Parallel()
			h := thanked(t)
			h.press(rinaChat, label)
			if got := h.shown(rinaChat); !strings.Contains(got, reply) {
				t.Errorf("%s is answered by:\n%s", label, got)
			}
			if len(h.sim.Messages(chairChat, 0)) != 0 {
				t.Errorf("the chair was told:\n%s", h.shown(chairChat))
			}
			db, err := h.prompts("self")
			if err != nil || len(db) != 1 || db[0] != "" {
				t.Errorf("on record is %q, %v", db, err)
			}
		})
	}
}

// TestWhoeverWantsToTalkIsToldOfOnce: the chair hears that she would like to talk, once, and nothing else.
func TestWhoeverWantsToTalkIsToldOfOnce(t *testing.T) {
	h := thanked(t)
	h.press(rinaChat, "Berat")
	m, data, _ := h.button(rinaChat, "Mau bicara")
	for range 2 {
		h.pressData(rinaChat, m, data)
	}
	if n := h.said(chairChat, "Rina ingin bicara dengan Ibu"); n != 1 || strings.Contains(h.shown(chairChat), "erat") {
		t.Errorf("told %d times:\n%s", n, h.shown(chairChat))
	}
	if got := h.shown(rinaChat); !strings.Contains(got, "sudah saya sampaikan") {
		t.Errorf("she reads:\n%s", got)
	}
}

// TestThanksGoWithWhatIsDue: what is put off to four takes the thanks of half past four with it.
func TestThanksGoWithWhatIsDue(t *testing.T) {
	h := newHouse(t, houseOptions{rules: []string{"N01", "N14"}})
	h.visits("yuli", "Y-271", "2026-11-10")
	h.reported("usaha", "yuli", "Y-271", "2026-11-24", "arah=naik")
	h.goes(instant(t, "2026-11-27T10:00:00+07:00"))
	h.press(yuliChat, "Later")
	h.goes(instant(t, "2026-11-27T15:59:00+07:00"))
	before := len(h.sim.Messages(yuliChat, 0))
	h.goes(instant(t, "2026-11-27T17:00:00+07:00"))
	if n := len(h.sim.Messages(yuliChat, 0)) - before; n != 1 {
		t.Fatalf("%d messages:\n%s", n, h.shown(yuliChat))
	}
	got := h.shown(yuliChat)
	if !strings.Contains(got, "Y-271") || !strings.Contains(got, "business checks (1)") || !strings.Contains(got, "My week") {
		t.Errorf("told together:\n%s", got)
	}
	h.press(yuliChat, "My week")
	if got := h.shown(yuliChat); !strings.Contains(got, "how was this week") || strings.Contains(got, "Thank you for") {
		t.Errorf("asked:\n%s", got)
	}
}

// TestWhoDidNothingIsNotThanked, nor blamed.
func TestWhoDidNothingIsNotThanked(t *testing.T) {
	h := newHouse(t, houseOptions{rules: []string{"N14"}})
	h.visits("rina", "M-417", "2026-11-20") // the week before
	h.goes(instant(t, "2026-11-27T18:00:00+07:00"))
	if n := len(h.sim.Messages(rinaChat, 0)) + len(h.sim.Messages(yuliChat, 0)); n != 0 {
		t.Errorf("%d messages:\n%s", n, h.shown(rinaChat))
	}
}

// TestAWeekBeginsOnMonday: who is thanked on one Friday is thanked on the next for the next week alone.
func TestAWeekBeginsOnMonday(t *testing.T) {
	h := thanked(t)
	h.goes(instant(t, "2026-12-02T10:00:00+07:00"))
	h.visits("rina", "M-203", program.Date("2026-12-01"))
	h.goes(instant(t, "2026-12-04T16:30:00+07:00").Add(time.Minute))
	if n := h.said(rinaChat, "Terima kasih untuk 1 kunjungan pekan ini."); n != 1 {
		t.Errorf("thanked %d times:\n%s", n, h.shown(rinaChat))
	}
}
