package bahasa

import "time"

// resolveDayMonth answers a day with its month, and its year if it was said.
func (f dateFrame) resolveDayMonth(c dateCues) Result[Date] {
	if c.yearTurn != turnNone && !c.hasYear {
		c.year, c.hasYear = f.today.Year+weekShift(c.yearTurn), true
	}
	d := Date{c.year, time.Month(c.month), c.day}
	if c.hasYear {
		if !d.Valid() {
			return reject[Date]("invalid_date")
		}
		sure := Certain
		if !f.past && f.today.daysUntil(d) > f.reach {
			sure = Confirm // a year mistyped more likely than planned
		}
		return f.take(sure, d)
	}
	d, near, ok := f.place(c.day, c.month)
	if !ok {
		return reject[Date]("invalid_date")
	}
	if near {
		return certain(d)
	}
	if !c.named && c.day <= 12 && c.day != c.month {
		if swapped, near, ok := f.place(c.month, c.day); ok && near {
			return ask(d, swapped)
		}
	}
	return ask(d)
}

// place finds the year of a day and month: the latest past in a log, the next
// future in a plan. near is false where that should be asked: long ago, or
// only next year.
func (f dateFrame) place(day, month int) (d Date, near, ok bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return Date{}, false, false
	}
	d = Date{f.today.Year, time.Month(month), day}
	if f.past {
		if !d.Valid() || d.After(f.today) {
			d.Year--
		}
		return d, d.Valid() && d.daysUntil(f.today) <= doubtful, d.Valid()
	}
	rolled := !d.Valid() || d.Before(f.today)
	if rolled {
		d.Year++
	}
	return d, !rolled, d.Valid()
}

// resolveDay answers "tgl 5", with "bulan lalu" or "bulan depan" if it was said.
func (f dateFrame) resolveDay(c dateCues) Result[Date] {
	if c.day < 1 || c.day > 31 {
		return reject[Date]("invalid_date")
	}
	if c.monthTurn != turnNone {
		first := Date{f.today.Year, f.today.Month, 1}.addMonths(weekShift(c.monthTurn))
		first.Day = c.day
		return f.take(Certain, first)
	}
	d, skipped := f.nearDay(c.day)
	sure := Certain
	if c.bareNumber || !f.past && (skipped || d == f.today) {
		sure = Confirm
	}
	return f.take(sure, d)
}

// nearDay finds the nearest month, this one first, that has the day on the
// right side of today; skipped says that a month was too short for it.
func (f dateFrame) nearDay(day int) (d Date, skipped bool) {
	first := Date{f.today.Year, f.today.Month, 1}
	step := 1
	if f.past {
		step = -1
	}
	for n := 0; n < 12; n++ {
		d = first.addMonths(n * step)
		d.Day = day
		if !d.Valid() {
			skipped = true
			continue
		}
		if f.past && !d.After(f.today) || !f.past && !d.Before(f.today) {
			return d, skipped
		}
	}
	return d, skipped
}

// resolveCount answers "3 hari lalu" and its kind.
func (f dateFrame) resolveCount(c dateCues) Result[Date] {
	if c.orCount > 0 {
		a, b := c, c
		a.orCount, b.orCount, b.count = 0, 0, c.orCount
		return bothDates(f.resolveCount(a), f.resolveCount(b))
	}
	n := min(c.count, 5000)
	if c.countTurn == turnLast || c.countTurn == turnYest {
		n = -n
	}
	if f.past && n > 0 {
		return reject[Date]("future")
	}
	if !f.past && n < 0 {
		return reject[Date]("past")
	}
	switch c.unit {
	case unitDay:
		return f.take(Certain, f.today.AddDays(n))
	case unitWeek:
		return f.take(Certain, f.today.AddDays(7*n))
	case unitMonth:
		return f.take(Confirm, f.today.addMonths(min(max(n, -1200), 1200)))
	}
	return f.take(Confirm, f.today.addMonths(12*min(max(n, -100), 100)))
}

// bothDates offers two readings that were named side by side.
func bothDates(a, b Result[Date]) Result[Date] {
	if len(a.Values) == 0 || a.Range {
		return a
	}
	if len(b.Values) == 0 || b.Range {
		return Result[Date]{Sure: Ask, Values: a.Values}
	}
	return ask(a.Values[0], b.Values[0])
}

// resolveEdge answers "awal bulan depan" and its kind: one day to confirm, or
// the two days of a weekend.
func (f dateFrame) resolveEdge(c dateCues) Result[Date] {
	switch c.edgeUnit {
	case unitWeek:
		return f.edgeOfWeek(c)
	case unitYear:
		year := f.today.Year + weekShift(c.yearTurn)
		d := Date{year, time.December, 31}
		if c.edge != "akhir" {
			d = Date{year, time.January, 1}
		}
		if c.yearTurn == turnNone && f.wrongSide(d) == "future" {
			d.Year--
		} else if c.yearTurn == turnNone && f.wrongSide(d) == "past" {
			d.Year++
		}
		return f.take(Confirm, d)
	}
	first := Date{f.today.Year, f.today.Month, 1}
	if c.month >= 1 && c.month <= 12 {
		first.Month = time.Month(c.month)
		if c.hasYear {
			first.Year = c.year
		}
	}
	if c.monthTurn != turnNone {
		return f.take(Confirm, edgeOf(first.addMonths(weekShift(c.monthTurn)), c.edge))
	}
	step := 1
	if c.month != 0 {
		step = 12
	}
	d := edgeOf(first, c.edge)
	if f.wrongSide(d) == "future" {
		d = edgeOf(first.addMonths(-step), c.edge)
	} else if f.wrongSide(d) == "past" {
		d = edgeOf(first.addMonths(step), c.edge)
	}
	return f.take(Confirm, d)
}

// edgeOf is the day an edge of a month is taken to be.
func edgeOf(first Date, edge string) Date {
	switch edge {
	case "akhir":
		first.Day = daysIn(first.Year, first.Month)
	case "tengah":
		first.Day = 15
	}
	return first
}

func (f dateFrame) edgeOfWeek(c dateCues) Result[Date] {
	monday := f.today.monday().AddDays(7 * weekShift(c.week))
	shift := func(days int) Date {
		d := monday.AddDays(days)
		if c.week == turnNone && f.wrongSide(d) == "future" {
			return d.AddDays(-7)
		}
		if c.week == turnNone && f.wrongSide(d) == "past" {
			return d.AddDays(7)
		}
		return d
	}
	switch c.edge {
	case "awal":
		return f.take(Confirm, shift(0))
	case "tengah":
		return f.take(Confirm, shift(2))
	}
	return f.either(shift(5), shift(6))
}

// resolveRelative answers days counted from today and parts of the day.
func (f dateFrame) resolveRelative(c dateCues) Result[Date] {
	switch {
	case c.hasRel:
		if f.past && c.rel > 0 {
			return reject[Date]("future")
		}
		if !f.past && c.rel < 0 {
			return reject[Date]("past")
		}
		if c.relConfirm {
			return f.take(Confirm, f.today.AddDays(c.rel))
		}
		return f.take(Certain, f.today.AddDays(c.rel))
	case c.night || c.tadi:
		return f.resolveEarlier(c)
	case c.nanti:
		if f.past {
			return reject[Date]("future")
		}
		if c.part == "" && !c.hour {
			return Result[Date]{}
		}
		return certain(f.today)
	case c.part != "" && c.turn == turnThis:
		if f.past && f.hour < partStart(c.part) {
			return reject[Date]("future")
		}
		if !f.past && f.hour >= partEnd(c.part) {
			return reject[Date]("past")
		}
		return certain(f.today)
	case c.bareNumber:
		if c.day < 1 || c.day > 31 {
			return reject[Date]("invalid_date")
		}
		return f.resolveDay(c)
	}
	return Result[Date]{}
}

// resolveEarlier answers "tadi" and "semalam". A part of today that has not
// come yet must be yesterday's, or a slip.
func (f dateFrame) resolveEarlier(c dateCues) Result[Date] {
	if !f.past {
		return reject[Date]("past")
	}
	yesterday := f.today.AddDays(-1)
	switch {
	case c.night || c.part == "malam":
		return certain(yesterday)
	case c.part != "" && f.hour < partStart(c.part):
		return ask(yesterday, f.today)
	}
	return certain(f.today)
}
