package program

import (
	"log/slog"
	"time"
)

// ChatRule says whether a participant may be written to (program.md 2.1, PreferensiAman).
type ChatRule string

// The rules.
const (
	ChatYes   ChatRule = "ya"
	ChatNo    ChatRule = "tidak"       // she gets nothing at all: her companion tells her
	ChatReply ChatRule = "hanya_balas" // she is answered, and nothing is begun
)

// PhoneUse says whose phone it is that she is reached on.
type PhoneUse string

// The uses.
const (
	PhoneOwn      PhoneUse = "sendiri"
	PhoneFamily   PhoneUse = "bersama_keluarga"
	PhoneBorrowed PhoneUse = "pinjam"
	PhoneUnknown  PhoneUse = "tidak_tahu"
)

// OpenMode says how much a message shows before it is tapped.
type OpenMode string

// The modes.
const (
	OpenFirst  OpenMode = "buka_dulu" // a neutral line, and the rest behind [Lihat]
	OpenAtOnce OpenMode = "langsung"
)

// Theme is what her messages seem to be about.
type Theme string

// The themes (safety.md 3.6).
const (
	ThemeClass    Theme = "kelas"
	ThemeCooking  Theme = "masak"
	ThemeBusiness Theme = "usaha"
	ThemeNone     Theme = "kosong" // "ada kabar", and nothing else
)

// Themes lists every theme in the order in which they are offered.
func Themes() []Theme { return []Theme{ThemeClass, ThemeCooking, ThemeBusiness, ThemeNone} }

// HideAfters lists after how many minutes what she opened may turn neutral again.
func HideAfters() []int { return []int{10, 60, 1440} }

// Weekdays is a set of days of the week; none means every day.
type Weekdays uint8

// Has reports whether a day is among them.
func (w Weekdays) Has(d time.Weekday) bool { return w == 0 || w&(1<<d) != 0 }

// With is the set with a day turned on or off.
func (w Weekdays) With(d time.Weekday, on bool) Weekdays {
	if on {
		return w | 1<<d
	}
	return w &^ (1 << d)
}

// CoverVariants is how many answers there are to "ini siapa?".
const CoverVariants = 3

// Contact is how and when a message to a participant does no harm. It is agreed with her in
// person and gone through again every ContactCheck.
type Contact struct {
	Chat      ChatRule
	Phone     PhoneUse
	Mode      OpenMode
	From, To  int // minutes since midnight, in the institution's zone; To before From crosses midnight
	Days      Weekdays
	HideAfter int // minutes
	Theme     Theme
	Cover     int // which answer to "ini siapa?", from 0

	Word        string // keyed hash of her kata aman; empty when she has none
	CheckedOn   Date
	Paused      bool
	SilentUntil time.Time // no message at all before; zero for none
}

// ContactCheck is after how many days it is asked in person whether all of it still holds.
const ContactCheck = 90

// Silence is for how long nothing is sent after a kata aman (safety.md 3.8).
const Silence = 72 * time.Hour

// DefaultContact is what holds as long as nothing else was agreed: the most careful of it that
// still lets her be told something.
func DefaultContact() Contact {
	return Contact{
		Chat: ChatYes, Phone: PhoneUnknown, Mode: OpenFirst, From: 8 * 60, To: 20 * 60, HideAfter: 60, Theme: ThemeClass,
	}
}

// Shared reports whether others may see what comes to her phone: then everything stays behind
// [Lihat] and a PIN is asked for (safety.md 3.5 rule 10).
func (c Contact) Shared() bool { return c.Phone != PhoneOwn }

// Opens is how much a message may show: on a phone that is not hers alone, never more than a
// neutral line.
func (c Contact) Opens() OpenMode {
	if c.Shared() {
		return OpenFirst
	}
	return c.Mode
}

// MayBegin reports whether something may be sent to her now that she has not asked for. Consent
// and her phone's reachability are other questions.
func (c Contact) MayBegin(now time.Time) bool {
	return c.Chat == ChatYes && !c.Paused && !now.Before(c.SilentUntil) && c.within(now)
}

// within reports whether an instant, in the institution's zone, is inside her hours and days. A
// night that began on one of her days belongs to that day.
func (c Contact) within(t time.Time) bool {
	at, day := t.Hour()*60+t.Minute(), t.Weekday()
	inside := c.From <= at && at < c.To
	if c.To <= c.From {
		inside = at >= c.From || at < c.To
		if at < c.To && c.To < c.From {
			day = (day + 6) % 7
		}
	}
	return inside && c.Days.Has(day)
}

// Next is the first instant from t on at which something may be begun inside her hours and days;
// false when there is none within eight days, or nothing may be begun at all.
func (c Contact) Next(t time.Time) (time.Time, bool) {
	if c.Chat != ChatYes || c.Paused {
		return time.Time{}, false
	}
	if t.Before(c.SilentUntil) {
		t = c.SilentUntil.In(t.Location())
	}
	if c.within(t) {
		return t, true
	}
	y, m, d := t.Date()
	for i := range 9 {
		at := time.Date(y, m, d+i, 0, c.From, 0, 0, t.Location())
		if at.After(t) && c.within(at) {
			return at, true
		}
	}
	return time.Time{}, false
}

// LogValue keeps what was agreed out of every log.
func (c Contact) LogValue() slog.Value { return slog.StringValue("contact") }
