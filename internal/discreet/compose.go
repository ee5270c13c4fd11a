package discreet

import (
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/program"
)

// Compose is a message to a participant as her safe contact allows it: less is said where only a
// neutral line may be seen, and nearly nothing under program.ThemeNone. Whatever does not fit (an
// unknown template or theme, a time that is missing or over, a text that is missing or says too
// much) leads to less as well, never to an error. Whether she may be written to at all is
// program.Contact.MayBegin's question.
func Compose(words Words, t Template, f Fill, contact program.Contact) Line {
	key := wordingOf(t, f, contact)
	if words == nil || key == "" {
		return Line{}
	}
	return say(words, key, f.args(words, contact.Theme))
}

// LeavesMore reports whether there is more to see than what Compose says: then a [Lihat] belongs
// under it, and no answer can be asked for yet.
func LeavesMore(t Template, f Fill, contact program.Contact) bool {
	if t == 0 || t >= templates {
		return false
	}
	key := wordingOf(t, f, contact)
	return wordings()[t].opens || key == keySchedule || key == keyNews || key == keyQuiet
}

// wordingOf is the key of what is said; empty for a template that is none.
func wordingOf(t Template, f Fill, contact program.Contact) string {
	if t == 0 || t >= templates {
		return ""
	}
	w := wordings()[t]
	switch contact.Theme {
	case program.ThemeClass, program.ThemeCooking, program.ThemeBusiness:
	default:
		return w.quiet
	}
	switch {
	case w.closed != "" && contact.Opens() != program.OpenAtOnce:
		return w.closed
	case w.timed && !f.ahead():
		return w.closed
	case t == Today && bahasa.DateOf(f.At) != f.today():
		return Tomorrow.keyFor(f) // "see you at nine" would be understood as today
	}
	return t.keyFor(f)
}

// keyFor is the wording of a template that has a place or another day for what is filled in.
func (t Template) keyFor(f Fill) string {
	w := wordings()[t]
	switch {
	case w.placed != "" && f.Place > PlaceNone && f.Place < places:
		return w.placed
	case w.from != "" && f.movesDay():
		return w.from
	}
	return w.key
}

// ahead reports whether At is a time to tell.
func (f Fill) ahead() bool { return !f.At.IsZero() && !f.Now.IsZero() && !f.At.Before(f.Now) }

// today is the day of Now where At is.
func (f Fill) today() bahasa.Date { return bahasa.DateOf(f.Now.In(f.At.Location())) }

// movesDay reports whether the day it was on before is worth telling: "besok pindah ke besok" is
// not, and neither is a day that is over.
func (f Fill) movesDay() bool {
	was := bahasa.DateOf(f.Was.In(f.At.Location()))
	return !f.Was.IsZero() && !was.Before(f.today()) && was != bahasa.DateOf(f.At)
}

// args are the words for what is filled in.
func (f Fill) args(words Words, theme program.Theme) map[string]any {
	lang, zone := bahasa.Lang(words.Lang()), f.At.Location()
	return map[string]any{
		"Noun":     f.Noun.For(theme).word(words),
		"Place":    f.Place.word(words),
		"Day":      dayWord(lang, bahasa.DateOf(f.At), f.today()),
		"Was":      dayWord(lang, bahasa.DateOf(f.Was.In(zone)), f.today()),
		"Hour":     lang.Clock(bahasa.ClockAt(f.At.Hour(), f.At.Minute())),
		"Greeting": words.Format(greeting(f.Now.In(zone)), nil),
	}
}

// dayWord names a day as people do: "hari ini", "besok", "Kamis", and with its date from a week on.
func dayWord(lang bahasa.Lang, d, today bahasa.Date) string {
	switch {
	case d == today, d == today.AddDays(1):
		return lang.Relative(d, today)
	case d.After(today) && d.Before(today.AddDays(7)):
		return lang.Weekday(d.Weekday())
	}
	return lang.DateShort(d)
}

// greeting is the key of the greeting of an hour.
func greeting(t time.Time) string {
	switch h := t.Hour(); {
	case h < 4, h >= 18:
		return "discreet.greet.evening"
	case h < 11:
		return "discreet.greet.morning"
	case h < 15:
		return "discreet.greet.noon"
	}
	return "discreet.greet.afternoon"
}
