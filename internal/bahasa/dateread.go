package bahasa

import "time"

// DatePast reads the day something happened on, as the answer in a log. now
// must be in the institution's zone; the answer is today or at most 366 days
// earlier. Only the first 64 words are read.
func DatePast(text string, now time.Time) Result[Date] {
	return readDate(lex(text), frameOf(now, true))
}

// DateFuture reads the day something is planned for, today or later. now must
// be in the institution's zone. Only the first 64 words are read.
func DateFuture(text string, now time.Time) Result[Date] {
	return readDate(lex(text), frameOf(now, false))
}

// DateWithin reads a day as DatePast and DateFuture do, where it may lie so many days away.
func DateWithin(text string, now time.Time, past bool, days int) Result[Date] {
	f := frameOf(now, past)
	f.reach = max(days, oldest)
	return readDate(lex(text), f)
}

// readDate reads one day, or several joined by "atau" or "sampai", which are
// all offered.
func readDate(toks []token, f dateFrame) Result[Date] {
	toks = mendSlips(splitNumbers(toks), daySlips)
	if len(toks) == 0 {
		return Result[Date]{}
	}
	var all Result[Date]
	start := 0
	for i := 0; i <= len(toks) && i <= 64; i++ {
		if i < len(toks) && i < 64 && !joinsDates(toks, i) {
			continue
		}
		r := readOneDate(toks[start:i], f)
		start = i + 1
		switch {
		case r.Sure == None || len(all.Values) > 4:
		case all.Sure == None || all.Sure == Reject && r.Sure != Reject:
			all = r
		case len(all.Values) > 0 && len(r.Values) > 0 && !all.Range && !r.Range:
			all.Sure = Ask
			for _, d := range r.Values {
				if !containsDate(all.Values, d) {
					all.Values = append(all.Values, d)
				}
			}
			all.End = r.End
		}
	}
	return all
}

// joinsDates holds for a word or mark that stands between two days.
func joinsDates(toks []token, i int) bool {
	if toks[i].is("dan") {
		for k := 0; k < i; k++ {
			if toks[k].is("antara") {
				return true
			}
		}
	}
	if toks[i].is("atau", "sampai") {
		if i > 0 && i+1 < len(toks) {
			first, _ := readSmall(toks, i-1)
			if n, _ := readOrCount(toks, i, first); n > 0 {
				return false // "2 atau 3 hari lagi": one unit for both
			}
		}
		return true
	}
	return toks[i].is("/", "-", ",") && i > 0 && i+1 < len(toks) && isDayWord(toks[i-1].text) && isDayWord(toks[i+1].text)
}

func isDayWord(w string) bool { return isWeekday(w) || w == "minggu" || w == "besok" || w == "lusa" }

func containsDate(ds []Date, d Date) bool {
	for _, x := range ds {
		if x == d {
			return true
		}
	}
	return false
}

// readOneDate reads the one day these tokens name.
func readOneDate(toks []token, f dateFrame) Result[Date] {
	if len(toks) == 0 {
		return Result[Date]{}
	}
	c := readDateCues(toks, 0, true)
	if !c.found() {
		return Result[Date]{}
	}
	r := f.resolve(c)
	r.Part = c.part
	if r.Sure == None || r.Sure == Reject {
		r.Part = ""
	}
	return r.at(toks, c.from, c.to)
}
