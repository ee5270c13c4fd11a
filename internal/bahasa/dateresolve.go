package bahasa

import "time"

// oldest is how many days back a log reaches, unless it is told otherwise; a date without a year that is
// older than doubtful is asked.
const (
	oldest   = 366
	doubtful = 90
)

// dateFrame is where a date is read from: today, the hour, and whether the
// question is about something that happened (past) or is planned.
type dateFrame struct {
	today Date
	hour  int
	past  bool
	reach int // in days: farther back is refused, and farther ahead is asked back
}

func frameOf(now time.Time, past bool) dateFrame {
	return dateFrame{today: DateOf(now), hour: now.Hour(), past: past, reach: oldest}
}

// wrongSide returns the code for a day on the wrong side of today, or "".
func (f dateFrame) wrongSide(d Date) string {
	switch {
	case !d.Valid():
		return "invalid_date"
	case f.past && d.After(f.today):
		return "future"
	case f.past && d.daysUntil(f.today) > f.reach:
		return "too_old"
	case !f.past && d.Before(f.today):
		return "past"
	}
	return ""
}

// take answers with one day, or says why it is not allowed.
func (f dateFrame) take(sure Sureness, d Date) Result[Date] {
	if code := f.wrongSide(d); code != "" {
		return reject[Date](code)
	}
	return Result[Date]{Sure: sure, Values: []Date{d}}
}

// either answers with the allowed ones of two days.
func (f dateFrame) either(a, b Date) Result[Date] {
	okA, okB := f.wrongSide(a) == "", f.wrongSide(b) == ""
	switch {
	case a == b:
		return f.take(Certain, a)
	case okA && okB:
		return ask(a, b)
	case okA:
		return ask(a)
	case okB:
		return ask(b)
	}
	return reject[Date](f.wrongSide(a))
}

// span answers with a named week or month, cut at today where days on its
// other side cannot be the answer. A leading day is another reading.
func (f dateFrame) span(from, to Date, lead ...Date) Result[Date] {
	if f.past && to.After(f.today) {
		to = f.today
	}
	if !f.past && from.Before(f.today) {
		from = f.today
	}
	if to.Before(from) {
		if f.past {
			return reject[Date]("future")
		}
		return reject[Date]("past")
	}
	if f.past && to.daysUntil(f.today) > f.reach {
		return reject[Date]("too_old")
	}
	var vs []Date
	for _, d := range lead {
		if f.wrongSide(d) == "" {
			vs = append(vs, d)
		}
	}
	if from == to { // the week has only just begun, or is nearly over
		if len(vs) > 0 && vs[0] != from {
			return ask(vs[0], from)
		}
		return confirm(from)
	}
	return askRange(append(vs, from, to)...)
}

// resolve turns the cues of one text into an answer.
func (f dateFrame) resolve(c dateCues) Result[Date] {
	if c.orDay > 0 {
		a, b := c, c
		a.orDay, b.orDay, b.day = 0, 0, c.orDay
		return bothDates(f.resolve(a), f.resolve(b))
	}
	var r Result[Date]
	switch {
	case c.badDate:
		return reject[Date]("invalid_date")
	case c.edge != "":
		r = f.resolveEdge(c)
	case c.hasDM:
		r = f.resolveDayMonth(c)
	case c.hasDay:
		r = f.resolveDay(c)
	case c.hasWeekday && c.hasCount && c.unit == unitWeek:
		r = f.resolveWeekdayOf(c, f.weeksAway(c))
	case c.hasWeekday && c.week != turnNone:
		r = f.resolveWeekdayOf(c, weekShift(c.week))
	case c.hasWeekday && c.hasCount:
		r = f.resolveCount(c)
	case c.hasWeekday:
		return f.resolveWeekday(c)
	case c.hasCount:
		r = f.resolveCount(c)
	case c.someDays:
		return Result[Date]{Sure: Ask}
	case c.week != turnNone:
		return f.resolveWeek(c)
	case c.monthTurn != turnNone || c.month != 0:
		return f.resolveMonth(c)
	case c.yearTurn != turnNone:
		if shift := weekShift(c.yearTurn); f.past && shift > 0 {
			return reject[Date]("future")
		} else if !f.past && shift < 0 {
			return reject[Date]("past")
		}
		return Result[Date]{Sure: Ask}
	default:
		r = f.resolveRelative(c)
	}
	return f.checkWeekday(c, r)
}

// checkWeekday asks when a weekday was named that the date does not fall on.
func (f dateFrame) checkWeekday(c dateCues, r Result[Date]) Result[Date] {
	if !c.hasWeekday || c.week != turnNone || len(r.Values) == 0 || r.Range {
		return r
	}
	for _, d := range r.Values {
		if d.Weekday() == c.weekday {
			if len(r.Values) > 1 {
				return Result[Date]{Sure: Confirm, Values: []Date{d}}
			}
			return r
		}
	}
	other := f.nearest(c.weekday)
	return f.either(r.Values[0], other)
}

// nearest is the latest such weekday before today, or the next after it.
func (f dateFrame) nearest(w time.Weekday) Date {
	if f.past {
		back := (int(f.today.Weekday()) - int(w) + 7) % 7
		if back == 0 {
			back = 7
		}
		return f.today.AddDays(-back)
	}
	on := (int(w) - int(f.today.Weekday()) + 7) % 7
	if on == 0 {
		on = 7
	}
	return f.today.AddDays(on)
}

// sameWeek reports whether d is in today's week, Monday to Sunday.
func (f dateFrame) sameWeek(d Date) bool { return d.monday() == f.today.monday() }

// resolveWeekday answers a weekday with at most one modifier.
func (f dateFrame) resolveWeekday(c dateCues) Result[Date] {
	if c.eve {
		return f.resolveEve(c)
	}
	near := f.nearest(c.weekday)
	if c.hasRel && c.turn == turnNone { // "hari ini rabu"
		return f.checkWeekday(c, f.take(Certain, f.today.AddDays(c.rel)))
	}
	turn := c.turn
	if c.tadi {
		turn = turnThis
	}
	if f.past {
		return f.pastWeekday(c, turn, near)
	}
	return f.nextWeekday(c, turn, near)
}

func (f dateFrame) pastWeekday(c dateCues, turn cueTurn, near Date) Result[Date] {
	switch turn {
	case turnNext, turnSoon, turnAgain:
		return reject[Date]("future")
	case turnLast:
		if f.sameWeek(near) {
			return ask(near, near.AddDays(-7))
		}
		return certain(near)
	case turnYest:
		return certain(near)
	case turnThis, turnJust:
		return f.take(Certain, f.inWeek(c.weekday, 0))
	}
	if c.nanti {
		return reject[Date]("future")
	}
	if f.today.Weekday() == c.weekday {
		return ask(f.today, near)
	}
	if c.bare && c.part == "" {
		return confirm(near)
	}
	return certain(near)
}

func (f dateFrame) nextWeekday(c dateCues, turn cueTurn, near Date) Result[Date] {
	switch turn {
	case turnLast, turnYest, turnJust:
		return reject[Date]("past")
	case turnNext, turnAgain:
		if f.sameWeek(near) {
			return ask(near.AddDays(7), near)
		}
		return certain(near)
	case turnSoon:
		return certain(near)
	case turnThis:
		if d := f.inWeek(c.weekday, 0); !d.Before(f.today) {
			return certain(d)
		}
		return confirm(near)
	}
	if f.today.Weekday() == c.weekday {
		return ask(f.today, near)
	}
	if c.bare && c.part == "" {
		return confirm(near)
	}
	return certain(near)
}

// resolveEve answers "malam minggu", the evening before the day it names.
func (f dateFrame) resolveEve(c dateCues) Result[Date] {
	d := f.inWeek(c.weekday, 0).AddDays(-1)
	for f.past && d.After(f.today) {
		d = d.AddDays(-7)
	}
	for !f.past && d.Before(f.today) {
		d = d.AddDays(7)
	}
	return f.take(Confirm, d)
}

// inWeek is the weekday in the week n weeks from this one, Monday first.
func (f dateFrame) inWeek(w time.Weekday, n int) Date {
	return f.today.monday().AddDays((int(w)+6)%7 + 7*n)
}

func weekShift(t cueTurn) int {
	switch t {
	case turnLast, turnYest:
		return -1
	case turnNext, turnSoon, turnAgain:
		return 1
	}
	return 0
}

// weeksAway is how many weeks from now "2 minggu lagi" is.
func (f dateFrame) weeksAway(c dateCues) int {
	if c.countTurn == turnLast || c.countTurn == turnYest {
		return -min(c.count, 1000)
	}
	return min(c.count, 1000)
}

func (f dateFrame) resolveWeekdayOf(c dateCues, shift int) Result[Date] {
	return f.take(Certain, f.inWeek(c.weekday, shift))
}

// resolveWeek answers a named week; "minggu" may also be Sunday.
func (f dateFrame) resolveWeek(c dateCues) Result[Date] {
	shift := weekShift(c.week)
	monday := f.today.monday().AddDays(7 * shift)
	if c.weekWord != "minggu" {
		return f.span(monday, monday.AddDays(6))
	}
	sunday := f.nearest(time.Sunday)
	if c.week == turnThis {
		sunday = f.inWeek(time.Sunday, 0)
	}
	return f.span(monday, monday.AddDays(6), sunday)
}

// resolveMonth answers a named month without a day.
func (f dateFrame) resolveMonth(c dateCues) Result[Date] {
	first := Date{f.today.Year, f.today.Month, 1}
	switch {
	case c.monthTurn != turnNone:
		first = first.addMonths(weekShift(c.monthTurn))
	case c.month > 12:
		return reject[Date]("invalid_date")
	default:
		first.Month = time.Month(c.month)
		if c.hasYear {
			first.Year = c.year
		} else if f.past && first.After(f.today) {
			first.Year--
		} else if !f.past && first.addMonths(1).AddDays(-1).Before(f.today) {
			first.Year++
		}
		if !first.Valid() {
			return reject[Date]("invalid_date")
		}
	}
	return f.span(first, first.addMonths(1).AddDays(-1))
}
