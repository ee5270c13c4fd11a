package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestTheChairIsToldOfTheWeek each Monday at eight, once, with a neutral line; behind it stands what
// was reported and who opened whose data. A bot that was away comes to it late, and not in the night.
func TestTheChairIsToldOfTheWeek(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.until("the week is expected", func() bool {
		at, some, err := h.store.NextDeadline(t.Context())
		return err == nil && some && at.Weekday() == time.Monday
	})
	h.say(rinaChat, "kemarin ke rumah melati, tercapai, tidak ada kendala")
	h.press(rinaChat, "Simpan")
	h.say(chairChat, "/menu")
	h.presses(chairChat, "Lainnya", "Buka catatan")
	h.say(chairChat, "M-417")
	h.presses(chairChat, "Serah terima", "Menu")
	h.say(melatiChat, "data saya") // her own look is hers alone
	h.plan(turn.Plan{Audit: []program.Audit{{At: h.time.Now(), Actor: "admin", Action: program.ReadReport, Subject: "*"}}})
	told := func() (n int) {
		for _, m := range h.sim.Messages(chairChat, 0) {
			if m.From.IsBot && strings.Contains(m.Text, "Rangkuman pekan sudah siap") {
				n++
			}
		}
		return n
	}
	h.time.Advance(4*24*time.Hour + 21*time.Hour) // Monday, seven
	h.settle()
	if told() != 0 {
		t.Errorf("told before its time: %q", h.replies(chairChat))
	}
	h.time.Advance(time.Hour)
	h.settle()
	if told() != 1 || strings.Contains(h.shown(chairChat), "M-417") {
		t.Fatalf("told %d times:\n%s", told(), h.shown(chairChat))
	}
	for range 2 { // as often as she likes
		for _, m := range h.sim.Messages(chairChat, 0) {
			if buttons := m.Buttons(); strings.Contains(m.Text, "Rangkuman pekan sudah siap") && len(buttons) > 0 {
				h.pressData(chairChat, m.MessageID, buttons[0].CallbackData)
			}
		}
		h.shows(chairChat, "Rangkuman 23–29 Nov 2026", "Tidak ada yang menunggu Ibu.", "Kunjungan 1 (0)", "Dibina 7", "Baru 0 · selesai 0")
		if strings.Contains(h.shown(chairChat), "M-417") {
			t.Errorf("a code is shown:\n%s", h.shown(chairChat))
		}
		h.press(chairChat, "Siapa membuka")
		h.shows(chairChat, "Siapa membuka data: 2", "admin · semua", "Ratna · M-417 · Serah terima")
		if strings.Contains(h.shown(chairChat), "Melati") {
			t.Errorf("an alias is shown:\n%s", h.shown(chairChat))
		}
	}
	h.time.Advance(11 * time.Minute)
	h.settle()
	h.nowhere(chairChat, "Serah terima")
	h.time.Advance(7*24*time.Hour + 14*time.Hour) // away over the next Monday, and back at ten in the evening
	h.settle()
	if told() != 1 {
		t.Errorf("told in the night")
	}
	h.time.Advance(10 * time.Hour)
	h.settle()
	if told() != 2 {
		t.Errorf("told %d times after an outage", told())
	}
	h.time.Advance(5 * time.Minute)
	h.settle()
	if told() != 2 {
		t.Errorf("told %d times", told())
	}
}
