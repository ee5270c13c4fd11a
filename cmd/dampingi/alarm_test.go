package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestKataAman: whatever she was doing, the phrase in any case and spacing, or a message that begins
// with it, brings something harmless, cleans the chat, tells her companion by code, and the chair
// half an hour later.
func TestKataAman(t *testing.T) {
	for _, said := range []string{"resep pempek", "Resep  PEMPEK!", "resep pempek dong kak", "reseppempek"} {
		h := newHouse(t, houseOptions{})
		h.agree(melatiChat)
		h.presses(melatiChat, "Tutup", "Pilihan", "Kata aman")
		h.say(melatiChat, "Resep Pempek")
		h.nowhere(melatiChat, "Resep Pempek")
		h.say(melatiChat, "resep apa ya")
		if h.audited("alarm.word") != 0 {
			t.Fatal("another phrase was taken for it")
		}
		h.say(melatiChat, "data saya")
		h.say(melatiChat, said)
		if got := h.seen(melatiChat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") || strings.Contains(got, said) || !strings.Contains(strings.ToLower(got), "pempek") {
			t.Errorf("%q leaves:\n%s", said, got)
		}
		alarm := strings.Join(h.replies(rinaChat), "\n")
		if !strings.Contains(alarm, "M-417: kata aman 10.00") || strings.Contains(alarm, "Melati") {
			t.Errorf("her companion reads %q", alarm)
		}
		for _, later := range []string{"data saya", "siapa ini", "halo", "/start"} { // whoever has the phone now
			h.say(melatiChat, later)
			if got := h.seen(melatiChat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") || strings.Contains(got, "Pilihan") {
				t.Errorf("%q shows:\n%s", later, got)
			}
		}
		her, err := h.store.Person(t.Context(), "M-417")
		if err != nil || her.Safe.MayBegin(h.time.Now().Add(71*time.Hour)) {
			t.Errorf("she may be written to: %v", err)
		}
		if h.bots(chairChat) != 0 {
			t.Error("the chair was told at once")
		}
		h.time.Advance(31 * time.Minute)
		h.settle()
		if got := strings.Join(h.replies(chairChat), "\n"); !strings.Contains(got, "M-417: kata aman 10.00") || strings.Contains(got, "Melati") {
			t.Errorf("the chair reads %q", got)
		}
		h.time.Advance(72 * time.Hour)
		h.settle()
		h.say(melatiChat, "data saya")
		h.shows(melatiChat, "M-417")
	}
}

// TestAnAlarmThatIsTaken is not told to the chair, and is taken once and by her companion only.
func TestAnAlarmThatIsTaken(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.word("M-417", "rina", "harga cabe")
	h.say(melatiChat, "harga cabe")
	message, data, ok := h.button(rinaChat, "Saya tangani")
	if !ok {
		t.Fatalf("no button:\n%s", h.shown(rinaChat))
	}
	for _, chat := range []int64{yuliChat, chairChat, melatiChat} { // replayed by others
		h.say(chat, "/menu")
		h.pressData(chat, h.newest(chat), data)
	}
	if n := h.audited("alarm.take"); n != 0 {
		t.Errorf("taken by another: %d", n)
	}
	if n := h.audited("press.refused"); n < 2 {
		t.Errorf("%d refusals on record", n)
	}
	h.pressData(rinaChat, message, data)
	h.pressData(rinaChat, message, data)
	if n := h.audited("alarm.take"); n != 1 {
		t.Errorf("taken %d times", n)
	}
	before := h.bots(chairChat)
	h.time.Advance(time.Hour)
	h.settle()
	if n := h.bots(chairChat); n != before {
		t.Errorf("the chair is told all the same: %q", h.replies(chairChat))
	}
}

// TestAnAlarmReachesSomebody: a companion who has lost her phone, or has left, does not keep it back.
func TestAnAlarmReachesSomebody(t *testing.T) {
	for name, before := range map[string]func(h *house){
		"cut before": func(h *house) { h.beside(turn.Safety{Cut: []string{"rina"}}) },
		"retired":    func(h *house) { h.beside(turn.Safety{Retired: []string{"rina"}}) },
	} {
		h := newHouse(t, houseOptions{})
		h.word("M-417", "rina", "harga cabe")
		before(h)
		h.say(melatiChat, "harga cabe")
		if got := strings.Join(h.replies(chairChat), "\n"); !strings.Contains(got, "M-417: kata aman") {
			t.Errorf("%s: the chair reads %q", name, got)
		}
	}
	h := newHouse(t, houseOptions{})
	h.word("M-417", "rina", "harga cabe")
	h.say(melatiChat, "harga cabe")
	h.beside(turn.Safety{Cut: []string{"rina"}}) // within the half hour
	h.time.Advance(31 * time.Minute)
	h.settle()
	if got := strings.Join(h.replies(chairChat), "\n"); !strings.Contains(got, "M-417: kata aman") {
		t.Errorf("cut meanwhile: the chair reads %q", got)
	}
}

// word lets her kata aman be typed on her companion's phone.
func (h *house) word(code, companion, phrase string) {
	h.t.Helper()
	chat := map[string]int64{"rina": rinaChat, "yuli": yuliChat}[companion]
	h.say(chat, "/menu")
	h.presses(chat, "Lainnya", "Aman")
	h.press(chat, code+" · Melati")
	h.press(chat, "Kata aman")
	h.say(chat, phrase)
	h.shows(chat, "Kata aman tersimpan")
	h.nowhere(chat, phrase)
}

// beside stores something beside the chats, as a command would.
func (h *house) beside(s turn.Safety) {
	h.t.Helper()
	if err := h.store.Commit(h.t.Context(), turn.Plan{Safety: s}); err != nil {
		h.t.Fatal(err)
	}
}

// newest is the newest message of a chat.
func (h *house) newest(chat int64) int {
	all := h.sim.Messages(chat, 0)
	all = slices.DeleteFunc(all, func(m simulator.Message) bool { return m.Deleted || !m.From.IsBot })
	return slices.MaxFunc(all, func(a, b simulator.Message) int { return a.MessageID - b.MessageID }).MessageID
}
