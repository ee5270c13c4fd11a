package discreet

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Template is a message to a participant. To add one: a constant here, a row in wordings, its
// texts in locales/ under [discreet]; the tests then hold it to the rules of a lock screen.
type Template uint8

// The templates, with the number of their sample in the tone guide.
const (
	Hello     Template = iota + 1 // her home card
	Welcome                       // 1: before she has agreed to anything
	News                          // something to open, and not what
	Tomorrow                      // 4, 5: a reminder of At, "besok" or the day it is
	Today                         // 7: the greeting on the day itself
	Moved                         // 9: from Was, if given, to At
	Cancelled                     // what was to be at At is not
	OwnNote                       // 11: something that she wrote herself
	Glad                          // 15: something to be glad of
	Finished                      // 22: what she asked for is done; the last message of all
	LongTime                      // no word from her for long; only where she may be written to
	Noted                         // 8: thanks for an answer
	Sorry                         // what she sent could not be worked off
	templates                     // their number
)

// wording is where the words of a template are.
type wording struct {
	key    string // what is said when it may be seen at once
	placed string // the same with a place; "" for a template without
	from   string // the same with the day it was on before; "" for a template without
	closed string // what is said instead where only a neutral line may be seen; "" for the same
	quiet  string // what is said instead under program.ThemeNone
	timed  bool   // tells At, and so needs one that is ahead
	opens  bool   // there is always something behind it
}

// The lines that stand for others.
const (
	keySchedule = "discreet.closed" // there is something about a time
	keyNews     = "discreet.news"   // there is something
	keyQuiet    = "discreet.quiet"  // the least
)

// wordings is the table of the templates.
func wordings() [templates]wording {
	return [templates]wording{
		Hello:     {key: "discreet.hello", quiet: "discreet.hello"},
		Welcome:   {key: "discreet.welcome", quiet: "discreet.welcome_quiet"},
		News:      {key: keyNews, quiet: keyQuiet, opens: true},
		Tomorrow:  {key: "discreet.reminder", placed: "discreet.reminder_at", closed: keySchedule, quiet: keyQuiet, timed: true},
		Today:     {key: "discreet.meet", closed: keySchedule, quiet: keyQuiet, timed: true},
		Moved:     {key: "discreet.moved", from: "discreet.moved_from", closed: keySchedule, quiet: keyQuiet, timed: true},
		Cancelled: {key: "discreet.cancelled", closed: keySchedule, quiet: keyQuiet, timed: true},
		OwnNote:   {key: "discreet.own_note", closed: keyNews, quiet: keyQuiet, opens: true},
		Glad:      {key: "discreet.glad", closed: keyNews, quiet: keyQuiet, opens: true},
		// "There is news" would be the wrong goodbye: there is nothing to open any more.
		Finished: {key: "discreet.finished", quiet: "discreet.thanks"},
		LongTime: {key: "discreet.long_time", quiet: keyQuiet},
		Sorry:    {key: "discreet.sorry", quiet: "discreet.sorry"},
		Noted:    {key: "discreet.noted", quiet: "discreet.noted"},
	}
}

// Fill is what a template is filled with: choices from closed lists, and times. There is no
// place in it for a text.
type Fill struct {
	Noun  Noun      // what it is about; the zero Noun leaves it to her theme
	Place Place     // where; the zero Place is not told
	At    time.Time // when, in the institution's zone
	Was   time.Time // Moved: when it was to be before; zero is not told
	Now   time.Time // for "hari ini" and "besok"
}

// Noun is what a message may be about (safety.md 3.6).
type Noun uint8

// The nouns.
const (
	NounTheme     Noun = iota // what her theme calls it
	NounClass                 // kelas
	NounCooking               // kelas masak
	NounBusiness              // belajar usaha
	NounGathering             // kumpul
	NounSchedule              // jadwal
	NounOrder                 // pesanan
	NounNotes                 // catatan usaha
	NounNews                  // kabar
	nouns                     // their number
)

// For is the noun that may be used with a participant of a theme. A class of any kind is called
// what was agreed with her: a "kelas masak" on the phone of one who is known to learn about
// business would be asked about.
func (n Noun) For(theme program.Theme) Noun {
	switch n {
	case NounGathering, NounSchedule, NounOrder, NounNotes, NounNews:
		return n
	}
	switch theme {
	case program.ThemeClass:
		return NounClass
	case program.ThemeCooking:
		return NounCooking
	case program.ThemeBusiness:
		return NounBusiness
	}
	return NounNews
}

// word is the noun in a language; one that needs a theme has none, and is news.
func (n Noun) word(words Words) string {
	keys := [nouns]string{
		NounTheme: "discreet.noun.news", NounClass: "discreet.noun.class", NounCooking: "discreet.noun.cooking",
		NounBusiness: "discreet.noun.business", NounGathering: "discreet.noun.gathering", NounSchedule: "discreet.noun.schedule",
		NounOrder: "discreet.noun.order", NounNotes: "discreet.noun.notes", NounNews: "discreet.noun.news",
	}
	if n >= nouns {
		n = NounTheme
	}
	return words.Format(keys[n], nil)
}

// Place is where something may be said to be (safety.md 3.6).
type Place uint8

// The places.
const (
	PlaceNone  Place = iota // not told
	PlaceUsual              // di tempat biasa
	PlaceIbu                // di rumah Ibu
	PlaceHall               // di aula
	places                  // their number
)

// word is the place in a language, with its "di"; empty where none is told.
func (p Place) word(words Words) string {
	keys := [places]string{PlaceUsual: "discreet.place.usual", PlaceIbu: "discreet.place.ibu", PlaceHall: "discreet.place.hall"}
	if p >= places || keys[p] == "" { //nolint:gosec // there is one for each place
		return ""
	}
	return words.Format(keys[p], nil) //nolint:gosec // p is looked at above
}
