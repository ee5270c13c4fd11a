package reminder

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/program"
)

// wib is the institution's zone in these tests.
func wib() *time.Location { return time.FixedZone("WIB", 7*3600) }

// on is an instant in November 2026; the 25th is a Wednesday.
func on(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, wib()) }

// willing is somebody who may be told everything, from eight to twenty.
func willing() *Her {
	h := &Her{Joined: true, Reached: true, Contact: program.DefaultContact()}
	for _, p := range []program.Purpose{program.Accompaniment, program.ChatReminders, program.AbroadStorage} {
		h.Consents = append(h.Consents, program.Consent{Purpose: p, Status: program.Given, Until: "2027-11-25"})
	}
	return h
}

func TestSlot(t *testing.T) {
	set := Defaults(wib())
	for name, c := range map[string]struct {
		change func(h *Her)
		from   time.Time
		want   time.Time // zero for never
		held   program.HeldBack
	}{
		"at once":             {func(*Her) {}, on(25, 10, 0), on(25, 10, 0), ""},
		"in the night":        {func(*Her) {}, on(25, 21, 0), on(26, 8, 0), program.HeldNight},
		"Friday noon":         {func(*Her) {}, on(27, 12, 0), on(27, 13, 0), program.HeldNight},
		"hours over midnight": {func(h *Her) { h.Contact.From, h.Contact.To = 22*60, 60 }, on(25, 10, 0), on(25, 22, 0), program.HeldNight},
		"only on Sundays":     {func(h *Her) { h.Contact.Days = program.Weekdays(0).With(time.Sunday, true) }, on(25, 10, 0), on(29, 8, 0), program.HeldNight},
		"told today":          {func(h *Her) { h.Told = []time.Time{on(25, 9, 0)} }, on(25, 10, 0), on(26, 8, 0), program.HeldLimit},
		"told three times":    {func(h *Her) { h.Told = []time.Time{on(23, 9, 0), on(22, 9, 30), on(24, 9, 0)} }, on(25, 10, 0), on(29, 9, 30), program.HeldLimit},
		"three, and today":    {func(h *Her) { h.Told = []time.Time{on(25, 9, 0), on(19, 9, 0), on(24, 9, 0)} }, on(25, 10, 0), on(26, 9, 0), program.HeldLimit},
		"told long ago":       {func(h *Her) { h.Told = []time.Time{on(10, 9, 0), on(11, 9, 0), on(12, 9, 0)} }, on(25, 10, 0), on(25, 10, 0), ""},
		"silent":              {func(h *Her) { h.Contact.SilentUntil = on(27, 12, 30) }, on(25, 10, 0), on(27, 13, 0), program.HeldPause},
		"paused":              {func(h *Her) { h.Contact.Paused = true }, on(25, 10, 0), time.Time{}, program.HeldPause},
		"not by chat":         {func(h *Her) { h.Contact.Chat = program.ChatNo }, on(25, 10, 0), time.Time{}, program.HeldConsent},
		"answers only":        {func(h *Her) { h.Contact.Chat = program.ChatReply }, on(25, 10, 0), time.Time{}, program.HeldConsent},
		"no consent":          {func(h *Her) { h.Consents = nil }, on(25, 10, 0), time.Time{}, program.HeldConsent},
		"consent ends":        {func(h *Her) { h.Consents[1].Until = "2026-11-25" }, on(25, 21, 0), time.Time{}, program.HeldNight},
		"no phone":            {func(h *Her) { h.Joined, h.Reached = false, false }, on(25, 10, 0), time.Time{}, program.HeldNoPhone},
		"not reached":         {func(h *Her) { h.Reached = false }, on(25, 10, 0), time.Time{}, program.HeldUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			h := willing()
			c.change(h)
			at, held, ok := set.Slot(h, c.from)
			if ok != !c.want.IsZero() || ok && !at.Equal(c.want) || held != c.held {
				t.Errorf("%v at %s, held %q; want %s, %q", ok, at, held, c.want, c.held)
			}
		})
	}
}

// TestSlotsKeepToTheLimits fills slots one after the other, as if there were always more to tell.
func TestSlotsKeepToTheLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := Defaults(wib())
		h := willing()
		h.Contact.From, h.Contact.To = rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1439).Draw(t, "to")
		h.Contact.Days = program.Weekdays(rapid.ByteRange(0, 127).Draw(t, "days"))
		now := on(1, 0, 0)
		for range 30 {
			now = now.Add(time.Duration(rapid.IntRange(0, 72*60).Draw(t, "minutes")) * time.Minute)
			at, _, ok := set.Slot(h, now)
			if !ok {
				continue
			}
			if at.Before(now) || !h.Contact.MayBegin(at) || at.Weekday() == time.Friday && set.Friday.has(at.Hour()*60+at.Minute()) {
				t.Fatalf("told at %s", at)
			}
			day, week := 0, 0
			for _, told := range h.Told {
				if program.DateOf(told) == program.DateOf(at) {
					day++
				}
				if at.Sub(told) < 7*24*time.Hour {
					week++
				}
			}
			if day >= set.HerDay || week >= set.HerWeek {
				t.Fatalf("told at %s after %v", at, h.Told)
			}
			h.Told, now = append(h.Told, at), at
		}
	})
}
