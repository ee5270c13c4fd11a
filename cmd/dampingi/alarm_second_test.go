package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// TestKataAmanPassesWhoStandsIn: a quarter of an hour after her companion, by code only and with nothing to
// press; never later than that would the chair be told. Once somebody takes care of her, nobody else hears
// of it; while the companion is away, at once.
func TestKataAmanPassesWhoStandsIn(t *testing.T) {
	for name, c := range map[string]struct {
		before, after func(h *house) // the kata aman, and what is done within a minute of it
		second        time.Duration  // when whoever stands in is told; -1 for never
		chair         time.Duration
	}{
		"nobody takes it": {second: 15 * time.Minute, chair: 30 * time.Minute},
		"she takes it":    {after: func(h *house) { h.press(rinaChat, "Saya tangani") }, second: -1, chair: -1},
		"she is away": {before: func(h *house) {
			h.plan(turn.Plan{Way: turn.Way{Absent: []turn.Absence{{Person: "rina", Until: "2026-11-30"}}}})
		}},
		"another companion now": {after: func(h *house) {
			h.plan(turn.Plan{Way: turn.Way{Handed: []turn.Handover{{Participant: "M-417", To: "sari", By: "ketua"}}}})
		}, second: -1, chair: time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{})
			h.newcomers()
			h.namesSecond("yuli")
			h.word("M-417", "rina", "resep pempek")
			if c.before != nil {
				c.before(h)
			}
			h.say(melatiChat, "resep pempek")
			h.passes(time.Minute)
			if c.after != nil {
				c.after(h)
				h.settle()
			}
			told := map[int64]time.Duration{yuliChat: -1, chairChat: -1}
			for at := time.Minute; at < time.Hour; at += time.Minute {
				for chat, first := range told {
					if first < 0 && h.said(chat, "M-417") > 0 {
						told[chat] = at
					}
				}
				h.passes(time.Minute)
			}
			for chat, want := range map[int64]time.Duration{yuliChat: c.second, chairChat: c.chair} {
				if want >= 0 {
					want = max(want, time.Minute)
				}
				if got := told[chat]; got != want {
					t.Errorf("chat %d is told after %v, want %v:\n%s", chat, got, want, h.shown(chat))
				}
			}
			if got := h.shown(yuliChat); c.second >= 0 && (strings.Contains(got, "[") || strings.Contains(got, "Melati")) {
				t.Errorf("who stands in reads:\n%s", got)
			}
		})
	}
}
