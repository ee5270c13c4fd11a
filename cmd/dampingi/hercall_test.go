package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestWhoWaitsToBeCalledIsTheNewCompanions hands her over while she waits: her new companion hears of it
// at once, and her former one cannot answer any more.
func TestWhoWaitsToBeCalledIsTheNewCompanions(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(melatiChat, "tolong telepon aku")
	message, data, ok := h.button(rinaChat, "Sudah dihubungi")
	if !ok {
		t.Fatalf("her companion is not told:\n%s", h.shown(rinaChat))
	}
	before := len(h.replies(yuliChat))
	if err := h.store.Assign(t.Context(), "M-417", "yuli", program.Audit{At: h.time.Now(), Actor: "admin", Action: "participant.assign", Subject: "M-417"}); err != nil {
		t.Fatal(err)
	}
	h.time.Advance(time.Second)
	h.settle()
	if got := strings.Join(h.replies(yuliChat)[before:], "\n"); !strings.Contains(got, "M-417") || strings.Contains(got, "Melati") {
		t.Errorf("her new companion reads %q", got)
	}
	h.pressData(rinaChat, message, data)
	open := func() int {
		all, err := h.store.OpenRequests(t.Context(), "M-417")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if open() != 1 {
		t.Fatal("her former companion has answered it")
	}
	h.press(yuliChat, "I called her")
	if open() != 0 {
		t.Errorf("it is still open:\n%s", h.shown(yuliChat))
	}
}

// TestNobodyIsAskedAboutAnothersVisit has the time come at which somebody was to be asked, in a chat that
// is another's by now, and in one of the staff.
func TestNobodyIsAskedAboutAnothersVisit(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.say(melatiChat, "tutup")
	melati, rina := h.seen(melatiChat), len(h.replies(rinaChat))
	for _, chat := range []int64{melatiChat, rinaChat} {
		for _, kind := range []string{"guest.M-203.2026-12-02", "echo", "calls"} {
			h.plan(turn.Plan{Deadlines: []turn.Due{{Chat: chat, Kind: kind, At: h.time.Now()}}})
		}
	}
	h.time.Advance(time.Minute)
	h.settle()
	if got := h.seen(melatiChat); got != melati {
		t.Errorf("she reads\n%s", got)
	}
	if got := h.replies(rinaChat)[rina:]; len(got) > 0 {
		t.Errorf("her companion reads %q", got)
	}
	left, err := h.store.Deadlines(t.Context(), h.time.Now(), 10)
	if err != nil || len(left) > 0 {
		t.Errorf("still due: %v, %v", left, err)
	}
}

// TestTheWeekTellsHowLongTheyWaited counts a call that was answered, and says how long it took.
func TestTheWeekTellsHowLongTheyWaited(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(melatiChat, "minta dihubungi")
	h.time.Advance(2 * time.Hour)
	h.settle()
	h.press(rinaChat, "Sudah dihubungi")
	h.time.Advance(7 * 24 * time.Hour)
	h.settle()
	h.say(chairChat, "rangkuman")
	h.shows(chairChat, "Minta dihubungi 1, sudah 1", "Rata-rata dibalas 2 jam")
}
