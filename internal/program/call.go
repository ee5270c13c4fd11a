package program

import "time"

// CallWish is when a participant would like to be called. Nobody asks her why (program.md row 115).
type CallWish string

// The wishes; whoever says nothing may be called at any time of the day.
const (
	CallAnyTime   CallWish = ""
	CallMorning   CallWish = "pagi"
	CallNoon      CallWish = "siang"
	CallAfternoon CallWish = "sore"
	CallNow       CallWish = "sekarang"
)

// CallWishes lists those that can be chosen, in their order.
func CallWishes() []CallWish { return []CallWish{CallMorning, CallNoon, CallAfternoon, CallNow} }

// CallLife is after how long the chair hears that somebody is still waiting, and CallPatience after
// how long her companion is reminded.
const (
	CallLife     = 24 * time.Hour
	CallPatience = 4 * time.Hour
)

// RemindsOfCall is when somebody who waits to be called is spoken of next, if her companion first
// heard of it at a time: once more to her companion, then to the chair, and then not any more.
func RemindsOfCall(r Request, first, now time.Time) (at time.Time, more bool) {
	switch {
	case now.Before(first.Add(CallPatience)):
		return first.Add(CallPatience), true
	case now.Before(r.Due):
		return r.Due, true
	}
	return time.Time{}, false
}

// CallFigures says how many asked to be called, how many of them were, and how long they waited.
type CallFigures struct {
	Asked, Called int
	Waited        time.Duration // on average, of those who were called
}
