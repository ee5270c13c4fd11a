package main

import (
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// otherChair is the chat of a second chair.
const otherChair = 104

// weekReady is the neutral line.
const weekReady = "Rangkuman pekan sudah siap"

// expectsWeeks waits until the chairs are expected to be told.
func (h *house) expectsWeeks() {
	h.t.Helper()
	if err := h.weeks(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// opensWeek presses the latest neutral line's button.
func (h *house) opensWeek(chat int64) {
	h.t.Helper()
	all := h.sim.Messages(chat, 0)
	for i := len(all) - 1; i >= 0; i-- {
		if buttons := all[i].Buttons(); strings.Contains(all[i].Text, weekReady) && len(buttons) > 0 {
			h.pressData(chat, all[i].MessageID, buttons[0].CallbackData)
			return
		}
	}
	h.t.Fatalf("she was not told:\n%s", h.shown(chat))
}

// secondChair makes somebody a second chair, on her own phone.
func (h *house) secondChair() {
	h.t.Helper()
	p := program.Person{ID: "ketua2", Role: program.Chair, Name: "Wati", Chat: otherChair, Lang: "en", Active: true}
	if err := h.store.AddPerson(h.t.Context(), p); err != nil {
		h.t.Fatal(err)
	}
	h.sim.AddChat(otherChair, "Wati", "")
}

// TestTwoChairsGetTheSameWeek, each once, in her own language, whoever opens it first and whatever is
// noted in between; one who joins in the middle of a week is told of it on Monday.
func TestTwoChairsGetTheSameWeek(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.visits("rina", "M-417", "2026-11-24")
	h.secondChair()
	h.expectsWeeks()
	h.goes(instant(t, "2026-11-30T08:00:00+07:00"))
	if h.said(chairChat, weekReady) != 1 || h.said(otherChair, "The week can be looked at") != 1 {
		t.Fatalf("told:\n%s\n%s", h.shown(chairChat), h.shown(otherChair))
	}
	h.opensWeek(chairChat)
	first := h.shown(chairChat)
	h.visits("rina", "M-203", "2026-11-25")
	h.goes(instant(t, "2026-11-30T09:00:00+07:00"))
	for _, m := range h.sim.Messages(otherChair, 0) {
		if b := m.Buttons(); len(b) > 0 {
			h.pressData(otherChair, m.MessageID, b[0].CallbackData)
			break
		}
	}
	h.shows(otherChair, "The week 23–29 Nov 2026", "Visits 1 (0)")
	h.opensWeek(chairChat)
	if again := h.shown(chairChat); again != first {
		t.Errorf("the week changed:\n%s\n%s", first, again)
	}
	h.goes(instant(t, "2026-12-07T08:00:00+07:00"))
	h.opensWeek(chairChat)
	h.shows(chairChat, "1 catatan menyusul untuk pekan lalu.")
}

// TestAfterAnOutageOneWeekIsTold: of nine days without the bot the latest week is told, once, at the
// first time at which she may be told; the week before can be opened from there.
func TestAfterAnOutageOneWeekIsTold(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.visits("rina", "M-417", "2026-11-24")
	h.expectsWeeks()
	h.goes(instant(t, "2026-11-29T21:00:00+07:00"))
	h.sleepsUntil(instant(t, "2026-12-08T22:30:00+07:00"))
	if h.said(chairChat, weekReady) != 0 {
		t.Fatal("told in the night")
	}
	h.goes(instant(t, "2026-12-09T07:00:00+07:00"))
	if n := h.said(chairChat, weekReady); n != 1 {
		t.Fatalf("told %d times:\n%s", n, h.shown(chairChat))
	}
	h.opensWeek(chairChat)
	h.shows(chairChat, "Rangkuman 30 Nov–6 Des 2026")
	h.press(chairChat, "23–29 Nov")
	h.shows(chairChat, "Rangkuman 23–29 Nov 2026", "Kunjungan 1 (0)")
	h.sleepsUntil(instant(t, "2026-12-13T23:00:00+07:00"))
	if n := h.said(chairChat, weekReady); n != 1 {
		t.Errorf("told %d times after a restart", n)
	}
	h.goes(instant(t, "2026-12-14T08:00:00+07:00"))
	if n := h.said(chairChat, weekReady); n != 2 {
		t.Errorf("told %d times by the next Monday", n)
	}
}

// TestTheWeekWaits while the chair is away, and while she is in the middle of writing something.
func TestTheWeekWaits(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.expectsWeeks()
	h.goes(instant(t, "2026-11-30T07:55:00+07:00"))
	h.say(chairChat, "kasus baru")
	h.goes(instant(t, "2026-11-30T08:00:00+07:00"))
	if n := h.said(chairChat, weekReady); n != 0 {
		t.Errorf("told while she wrote:\n%s", h.shown(chairChat))
	}
	h.goes(instant(t, "2026-11-30T08:06:00+07:00"))
	if n := h.said(chairChat, weekReady); n != 1 {
		t.Errorf("told %d times afterwards", n)
	}
	h.plan(turn.Plan{Way: turn.Way{Absent: []turn.Absence{{Person: "ketua", Until: "2026-12-08"}}}})
	h.goes(instant(t, "2026-12-08T12:00:00+07:00"))
	if n := h.said(chairChat, weekReady); n != 1 {
		t.Error("told while she was away")
	}
	h.goes(instant(t, "2026-12-09T07:00:00+07:00"))
	if n := h.said(chairChat, weekReady); n != 2 {
		t.Errorf("told %d times when she was back", n)
	}
}

// TestTheWeekIsBehindThePIN of a chair who has one and was away from her phone; and nobody else may open
// it, with whatever button.
func TestTheWeekIsBehindThePIN(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.visits("rina", "M-417", "2026-11-24")
	h.withPIN(chairChat, "1357")
	h.expectsWeeks()
	h.goes(instant(t, "2026-11-30T08:00:00+07:00"))
	h.opensWeek(chairChat)
	if strings.Contains(h.shown(chairChat), "Kunjungan 1") {
		t.Fatalf("shown without the PIN:\n%s", h.shown(chairChat))
	}
	h.dial(chairChat, "1357")
	h.shows(chairChat, "Rangkuman 23–29 Nov 2026", "Kunjungan 1 (0)")
	h.say(rinaChat, "/rangkuman")
	if strings.Contains(h.shown(rinaChat), "Rangkuman 23") {
		t.Errorf("a companion saw it:\n%s", h.shown(rinaChat))
	}
}

// TestTheTeamIsAskedOnce about a quiet week: within their hours, only who has not written meanwhile, and
// only once, also when both chairs ask.
func TestTheTeamIsAskedOnce(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.secondChair()
	h.say(otherChair, "menu")
	h.goes(instant(t, "2026-12-07T21:00:00+07:00"))
	h.say(chairChat, "menu")
	h.press(chairChat, "Rangkuman")
	h.say(otherChair, "menu")
	h.press(otherChair, "The week")
	h.press(chairChat, "Tanyakan")
	h.press(otherChair, "Ask them")
	h.goes(instant(t, "2026-12-07T23:00:00+07:00"))
	if h.said(rinaChat, "belum ada catatan masuk")+h.said(yuliChat, "Nothing was noted") != 0 {
		t.Fatal("asked in the night")
	}
	h.visits("yuli", "Y-271", "2026-12-03")
	h.goes(instant(t, "2026-12-08T07:00:00+07:00"))
	h.goes(instant(t, "2026-12-09T07:00:00+07:00"))
	if a, b := h.everSaid(rinaChat, "belum ada catatan masuk"), h.everSaid(yuliChat, "Nothing was noted"); a != 1 || b != 0 {
		t.Errorf("Rina asked %d times, Yuli, who has written, %d times", a, b)
	}
}
