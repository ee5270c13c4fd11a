package main

import (
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// signed is a house in which Rina was told that the business of K-208 went down twice.
func signed(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, houseOptions{remind: true})
	h.looked("K-208", []string{"arah=turun", "omzet=400000"}, "2026-11-18", "2026-11-25")
	h.settle()
	h.goes(instant(t, "2026-11-26T08:00:00+07:00"))
	if n := h.said(rinaChat, "usaha turun dua kali"); n != 1 {
		t.Fatalf("told %d times:\n%s", n, h.shown(rinaChat))
	}
	return h
}

// cardOf opens the card of somebody and gives it.
func (h *house) cardOf(chat int64, label string) string {
	h.t.Helper()
	h.say(chat, "/menu")
	for _, button := range []string{"Teman", label} {
		h.press(chat, button)
	}
	return h.shown(chat)
}

func TestWhatBecameOfASignStandsOnHerCard(t *testing.T) {
	t.Parallel()
	h := signed(t)
	if got := h.shown(rinaChat); strings.Contains(got, "400") {
		t.Errorf("the message shows what she sold:\n%s", got)
	}
	h.press(rinaChat, "Belum perlu")
	if got := h.cardOf(rinaChat, "K-208 · Kenanga"); !strings.Contains(got, "usaha turun dua kali → belum perlu") {
		t.Errorf("her card:\n%s", got)
	}
	h.takes("rina") // the second look was noted by mistake
	h.settle()
	if got := h.cardOf(rinaChat, "K-208 · Kenanga"); strings.Contains(got, "turun dua kali") {
		t.Errorf("the report was taken back, and the sign still stands:\n%s", got)
	}
}

// TestASignIsHerCompanionsAlone: the board may see her card, and no sign on it.
func TestASignIsHerCompanionsAlone(t *testing.T) {
	t.Parallel()
	h := signed(t)
	h.press(rinaChat, "Belum perlu")
	if n := h.said(chairChat, "K-208"); n != 0 {
		t.Errorf("the chair is told:\n%s", h.shown(chairChat))
	}
	h.say(chairChat, "/menu")
	h.press(chairChat, "Lainnya")
	h.press(chairChat, "Teman")
	h.press(chairChat, "K-208 · Kenanga")
	if got := h.shown(chairChat); !strings.Contains(got, "K-208") || strings.Contains(got, "turun dua kali") {
		t.Errorf("the chair sees:\n%s", got)
	}
}

// TestWhatIsNotNeededYetIsAskedAgain after as long a time, and the chair hears of her all the same.
func TestWhatIsNotNeededYetIsAskedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{remind: true})
	h.visits("yuli", "Y-271", "2026-11-18")
	h.settle()
	h.goes(instant(t, "2026-12-02T08:00:00+07:00"))
	h.press(yuliChat, "Not now")
	h.settle()
	h.goes(instant(t, "2026-12-16T07:59:00+07:00"))
	if n := h.said(yuliChat, "Y-271"); n > 1 {
		t.Errorf("told %d times before its time", n)
	}
	h.goes(instant(t, "2026-12-16T08:00:00+07:00"))
	if n := h.said(yuliChat, "not met for 28 days"); n != 1 {
		t.Errorf("told %d times after as long a time:\n%s", n, h.shown(yuliChat))
	}
	if n := h.said(chairChat, "Y-271"); n != 1 {
		t.Errorf("the chair heard of her %d times:\n%s", n, h.shown(chairChat))
	}
	if got := h.shown(chairChat); strings.Contains(got, "Catat kunjungan") || strings.Contains(got, "Yanti") {
		t.Errorf("the chair cannot visit her, and needs no alias:\n%s", got)
	}
}

func TestAWeekOffIsOver(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{rules: []string{reminder.CheckRule}}) // no other rule takes its place in a day's limit
	h.settle()
	h.goes(instant(t, "2026-11-27T16:00:00+07:00"))
	h.press(rinaChat, "Pekan ini libur")
	h.settle()
	h.goes(instant(t, "2026-11-30T09:00:00+07:00"))
	if n := h.said(rinaChat, "pekan lalu tinggal"); n != 0 {
		t.Errorf("told on Monday of a week off:\n%s", h.shown(rinaChat))
	}
	h.goes(instant(t, "2026-12-04T16:00:00+07:00"))
	if n := h.said(rinaChat, "pekan ini tinggal"); n != 1 {
		t.Errorf("told %d times in the week after:\n%s", n, h.shown(rinaChat))
	}
	for _, r := range h.reports() {
		t.Errorf("a week off is no report: %s", r.Flow)
	}
}

// TestACaseFromASignAnswersIt, and no sign is told while a fitting case is open.
func TestACaseFromASignAnswersIt(t *testing.T) {
	t.Parallel()
	h := signed(t)
	for _, label := range []string{"Buka kasus", "Biasa", "Lewati", "Simpan"} {
		h.press(rinaChat, label)
	}
	h.settle()
	open, err := h.store.OpenReminders(t.Context(), "rina")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range open {
		if r.Rule == "N05" {
			t.Errorf("still open: %s", r.ID())
		}
	}
	if got := h.cardOf(rinaChat, "K-208 · Kenanga"); !strings.Contains(got, "→ dibuka kasus") {
		t.Errorf("her card:\n%s", got)
	}
	h.looked("K-208", []string{"arah=turun"}, program.Date("2026-12-02"), program.Date("2026-12-09"))
	h.settle()
	h.goes(instant(t, "2026-12-10T08:00:00+07:00"))
	if n := h.said(rinaChat, "usaha turun dua kali. Mau"); n > 1 {
		t.Errorf("told %d times while the case is open", n)
	}
}
