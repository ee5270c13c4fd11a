package reminder

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Span is a part of the day, in minutes since midnight; To before From crosses midnight.
type Span struct{ From, To int }

// has reports whether a time of the day is in it.
func (s Span) has(minutes int) bool {
	if s.To <= s.From {
		return minutes >= s.From || minutes < s.To
	}
	return s.From <= minutes && minutes < s.To
}

// Change is what an institution changes of a rule.
type Change struct {
	Off     bool
	When    string
	Numbers Numbers
}

// Settings are the hours and limits of an institution, and its changes of the rules.
type Settings struct {
	Zone   *time.Location
	Hours  Span // within which the staff is told, each as far as she has not chosen her own
	Friday Span // within which nobody is told on a Friday

	StaffDay        int           // bundles a day for one of the staff
	HerDay, HerWeek int           // messages a day and a week for a participant
	Window          time.Duration // what is due within it goes with what is due now
	Rules           map[string]Change
}

// Defaults are the settings of program.md 2.7 and conversation.md, the more careful where they differ.
func Defaults(zone *time.Location) Settings {
	return Settings{
		Zone: zone, Hours: Span{7 * 60, 20 * 60}, Friday: Span{11*60 + 30, 13 * 60},
		StaffDay: 2, HerDay: 1, HerWeek: 3, Window: 45 * time.Minute,
	}
}

// Settings gives what the book was made with.
func (b *Book) Settings() Settings { return b.set }

// nextDays is for how many days ahead a time is looked for at which somebody may be told.
const nextDays = 9

// ForStaff is the first time from t on at which one of the staff may be told something: inside her own
// hours, or the house's when she has chosen none, not on a Friday noon, and not while she is away. It is
// t itself or the beginning of a quarter of an hour, or of what ends a Friday noon.
func (s Settings) ForStaff(p program.Person, own Span, t time.Time) time.Time {
	t = t.In(s.Zone)
	if p.AwayOn(program.DateOf(t)) {
		t = p.Away.AddDays(1).Time(s.Zone)
	}
	if own == (Span{}) {
		own = s.Hours
	}
	return s.first(t, func(t time.Time) bool {
		return own.has(t.Hour()*60 + t.Minute())
	})
}

// ForHer is the first time from t on at which something may be begun in a participant's chat: inside
// the hours and days that were agreed with her, and not on a Friday noon. False when there is none.
func (s Settings) ForHer(c program.Contact, t time.Time) (time.Time, bool) {
	t = t.In(s.Zone)
	for end := t.AddDate(0, 0, nextDays); t.Before(end); {
		at, ok := c.Next(t)
		if !ok {
			return time.Time{}, false
		}
		if free := s.afterFriday(at); free.After(at) {
			t = free
			continue
		}
		return at, true
	}
	return time.Time{}, false
}

// first is the first quarter of an hour from t on that fits, or t itself.
func (s Settings) first(t time.Time, fits func(time.Time) bool) time.Time {
	for end := t.AddDate(0, 0, nextDays); t.Before(end); {
		if free := s.afterFriday(t); free.After(t) {
			t = free
			continue
		}
		if fits(t) {
			return t
		}
		t = t.Truncate(15 * time.Minute).Add(15 * time.Minute)
	}
	return t
}

// afterFriday is the end of the Friday noon that a time is in, or the time itself.
func (s Settings) afterFriday(t time.Time) time.Time {
	if t.Weekday() != time.Friday || s.Friday.From == s.Friday.To || !s.Friday.has(t.Hour()*60+t.Minute()) {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, s.Friday.To, 0, 0, s.Zone)
}
