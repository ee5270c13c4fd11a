package main

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/simulator"
)

// TestWhatDidNotReachHerIsSaidInPerson: a message that Telegram refuses was not heard. Her companion is
// told once that messages do not get through, and what was to be said; and once they do, she is told.
func TestWhatDidNotReachHerIsSaidInPerson(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{remind: true})
	h.announced("senin jam 9")
	h.fault(simulator.Fault{Kind: "403", Method: "sendMessage", Chat: melatiChat, Count: 1})
	h.passes(20 * time.Minute)
	h.passes(time.Hour)
	if n := h.said(rinaChat, "tidak sampai"); n != 1 {
		t.Errorf("her companion is told %d times:\n%s", n, h.seen(rinaChat))
	}
	if n := h.said(rinaChat, "belum sampai"); n != 1 {
		t.Errorf("her companion is asked %d times to say it:\n%s", n, h.seen(rinaChat))
	}
	if a := h.came(); !a.Heard.IsZero() {
		t.Errorf("she has heard of it: %+v", a)
	}
	h.passes(24 * time.Hour)
	if n := h.everSaid(rinaChat, "tidak sampai"); n != 1 {
		t.Errorf("her companion is told %d times", n)
	}
	h.reach(true, h.time.Now())
	h.passes(time.Minute)
	h.shows(melatiChat, "Senin ada kumpul jam 09.00")
	if a := h.came(); a.Heard.IsZero() {
		t.Errorf("it is not on record that she has heard of it: %+v", a)
	}
}

// TestAGuestsVisitSharesTheLimits: on a day on which she was told something, she is not asked about a
// guest as well.
func TestAGuestsVisitSharesTheLimits(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.announced("kamis pekan depan jam 9")
	h.passes(20 * time.Minute)
	h.shows(melatiChat, "ada kumpul")
	h.say(rinaChat, "/izin_tamu")
	for _, said := range []string{"melati", "rabu pekan depan"} {
		h.say(rinaChat, said)
	}
	h.presses(rinaChat, "Di HP-nya", "Simpan")
	h.passes(2 * time.Hour)
	h.shows(melatiChat, "ada kumpul")
	h.passes(20 * time.Hour)
	h.shows(melatiChat, "ada kabar untuk Kakak")
	told, err := h.store.ToldSince(t.Context(), "M-417", instant(t, houseInstants))
	if err != nil || len(told) != 2 {
		t.Errorf("told %v, %v", told, err)
	}
}
