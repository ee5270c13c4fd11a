package main

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/turn"
)

// What becomes of a deadline when the stores are away.

func TestFaultDeadlineWhileRedisIsGone(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	h := newHouse(t, houseOptions{redisURL: server.URL()})
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	before := h.bots(rinaChat)
	server.Kill()
	h.time.Advance(3 * time.Hour)
	h.until("the deadline waits", func() bool { return h.lanes.Waiting() > 0 })
	for range 200 { // each of them makes the clock's watchers look again
		h.time.Advance(time.Second)
		if n := h.lanes.Waiting(); n > 1 {
			t.Fatalf("the same deadline waits %d times", n)
		}
		h.pending() // gives them the time to
	}
	server.Restart()
	h.until("she is reminded", func() bool { return strings.Contains(h.shown(rinaChat), "Mau dilanjutkan?") })
	h.quiet()
	if n := h.bots(rinaChat) - before; n != 1 {
		t.Errorf("%d reminders", n)
	}
}

// TestFaultDeadlineHeldUpUntilTheNight: it is due in the evening and comes to its turn in the
// night, in which no phone may ring.
func TestFaultDeadlineHeldUpUntilTheNight(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	log := &notes{}
	h := newHouse(t, houseOptions{redisURL: server.URL(), logs: log})
	h.time.Advance(7 * time.Hour) // five in the afternoon
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	before := h.bots(rinaChat)
	server.Kill()
	h.time.Advance(2*time.Hour + time.Minute)
	h.until("the deadline waits", func() bool { return h.lanes.Waiting() > 0 })
	h.time.Advance(7 * time.Hour)
	tried := func() int { return strings.Count(log.String(), "update waits") }
	evening := tried() // one may be under way that began in the evening; the one after it began in the night
	h.until("it is tried in the night", func() bool { return tried() >= evening+2 })
	server.Restart()
	h.settle()
	if n := h.bots(rinaChat) - before; n != 0 {
		t.Errorf("written to at two in the night:\n%s", h.shown(rinaChat))
	}
	h.time.Advance(6 * time.Hour)
	h.until("she is reminded in the morning", func() bool { return strings.Contains(h.shown(rinaChat), "Mau dilanjutkan?") })
}

// TestFaultDeadlineStoredByHalfAndTakenAgainInTheNight: what is told again then is told silently.
func TestFaultDeadlineStoredByHalfAndTakenAgainInTheNight(t *testing.T) {
	t.Parallel()
	expiring := atomic.Bool{}
	h, broken := stored(t, func(p turn.Plan) bool { return expiring.Load() && len(p.Settled) > 0 })
	broken.then = func() { h.time.Advance(15 * time.Hour) } // it ends at eleven, and starts again at two
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	h.time.Advance(23 * time.Hour) // past her reminders
	h.settle()
	before := h.bots(rinaChat)
	expiring.Store(true)
	h.time.Advance(2 * time.Hour)
	h.until("she is told", func() bool { return strings.Contains(h.shown(rinaChat), "Isian kemarin saya buang") })
	h.quiet()
	if n := h.bots(rinaChat) - before; n != 0 || !broken.once.Load() {
		t.Errorf("%d messages in the night; failed: %v", n, broken.once.Load())
	}
}

// TestFaultWeekStoredByHalf: the chair's conversation has moved on, and the records have not. She is told
// of the week all the same, once, and gets no card that she did not ask for; and of the week after it.
func TestFaultWeekStoredByHalf(t *testing.T) {
	t.Parallel()
	h, broken := stored(t, func(p turn.Plan) bool {
		return p.State == nil && slices.ContainsFunc(p.Settled, func(d turn.Due) bool { return d.Kind == "week" })
	})
	h.until("the week is expected", func() bool {
		at, some, err := h.store.NextDeadline(t.Context())
		return err == nil && some && at.Weekday() == time.Monday
	})
	told := func() (n int) {
		for _, m := range h.sim.Messages(chairChat, 0) {
			if m.From.IsBot && strings.Contains(m.Text, "Rangkuman pekan sudah siap") {
				n++
			} else if m.From.IsBot {
				t.Errorf("she was shown %q", m.Text)
			}
		}
		return n
	}
	for weeks := 1; weeks <= 2; weeks++ {
		h.time.Advance(7 * 24 * time.Hour)
		h.settle()
		if n := told(); n != weeks || !broken.once.Load() {
			t.Fatalf("told of %d weeks, and there were %d; failed: %v", n, weeks, broken.once.Load())
		}
	}
}
