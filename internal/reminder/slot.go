package reminder

import (
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// weekDays are the days over which a participant's week is counted: the last seven, and none by the
// calendar, so that two full weeks do not meet.
const weekDays = 7

// Slot is the first time from t on at which something may be begun in a participant's chat: she can be
// reached, has agreed, is neither silent nor paused; inside her hours and days, and within what she may be
// told a day and a week. False when there is none that is known. Held is what kept it from being t.
func (s Settings) Slot(h *Her, t time.Time) (at time.Time, held program.HeldBack, ok bool) {
	switch c := h.Contact; {
	case !h.Joined:
		return at, program.HeldNoPhone, false
	case !h.Reached:
		return at, program.HeldUnreachable, false
	case c.Chat != program.ChatYes || !h.Consents.AllowChat(program.DateOf(t.In(s.Zone))):
		return at, program.HeldConsent, false
	case c.Paused:
		return at, program.HeldPause, false
	case t.Before(c.SilentUntil):
		held = program.HeldPause
	}
	t = t.In(s.Zone)
	for end := t.AddDate(0, 0, 2*weekDays); t.Before(end); {
		at, ok = s.ForHer(h.Contact, t)
		if !ok {
			return at, program.HeldNight, false
		}
		if at.After(t) && held == "" {
			held = program.HeldNight
		}
		free := s.room(h.Told, at)
		if !free.After(at) {
			return at, held, h.Consents.AllowChat(program.DateOf(at))
		}
		t, held = free, program.HeldLimit
	}
	return at, held, false
}

// room is the first time from t on at which she may be told one thing more, by when she was told before.
func (s Settings) room(told []time.Time, t time.Time) time.Time {
	told = slices.SortedFunc(slices.Values(told), time.Time.Compare)
	today, week := 0, []time.Time{}
	for _, at := range told {
		if program.DateOf(at.In(s.Zone)) == program.DateOf(t) {
			today++
		}
		if at.After(t.AddDate(0, 0, -weekDays)) {
			week = append(week, at)
		}
	}
	switch {
	case s.HerWeek > 0 && len(week) >= s.HerWeek:
		return week[len(week)-s.HerWeek].In(s.Zone).AddDate(0, 0, weekDays)
	case s.HerDay > 0 && today >= s.HerDay:
		return program.DateOf(t).AddDays(1).Time(s.Zone)
	}
	return t
}
