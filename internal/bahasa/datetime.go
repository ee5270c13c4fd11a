package bahasa

import "time"

// DateTimeFuture reads a day and a time for something planned, not before now,
// which must be in the institution's zone. When the time is missing HasClock is
// false; a time alone is taken for today, or for tomorrow when it has passed,
// and confirmed. Only the first 64 words are read.
func DateTimeFuture(text string, now time.Time) Result[DateTime] {
	toks := mendSlips(splitNumbers(lex(text)), daySlips+" "+timeSlips)
	if len(toks) == 0 {
		return Result[DateTime]{}
	}
	if len(toks) > 64 {
		toks = toks[:64]
	}
	if r, ok := eitherDateTime(toks, now); ok {
		return r
	}
	return readDateTime(toks, now)
}

// eitherDateTime reads two days that each have a time of their own, to choose
// from: "besok jam 9 atau lusa jam 10".
func eitherDateTime(toks []token, now time.Time) (Result[DateTime], bool) {
	for k, t := range toks {
		if !t.is("atau") || !namesDay(toks[:k]) || !namesDay(toks[k+1:]) {
			continue
		}
		a, b := readDateTime(toks[:k], now), readDateTime(toks[k+1:], now)
		if len(a.Values) != 1 || len(b.Values) != 1 || !a.Values[0].HasClock || !b.Values[0].HasClock {
			return Result[DateTime]{}, false
		}
		return ask(a.Values[0], b.Values[0]).at(toks, 0, len(toks)), true
	}
	return Result[DateTime]{}, false
}

// namesDay holds where some word names a day, a date or a month.
func namesDay(toks []token) bool {
	for _, t := range toks {
		if isDayWord(t.text) || t.is("tanggal") || monthWord(t.text) != 0 {
			return true
		}
	}
	return false
}

// readDateTime reads the one day and time these tokens name.
func readDateTime(toks []token, now time.Time) Result[DateTime] {
	f := frameOf(now, false)
	clock, used := readTime(toks, 0, true)
	cues := readDateCues(toks, used, false)
	if !cues.found() || onlyBare(cues) && clock.Sure == None {
		if dotted := readDateCues(toks, used, true); dotted.found() && dotted.month >= 1 && dotted.month <= 12 && !(onlyBare(dotted) && clock.Sure == None) {
			cues = dotted
		}
	}
	if clock.Sure == None {
		clock, _ = readTime(toks, used|cues.used, false)
		if clock.Part != "" {
			clock = Result[Clock]{}
		}
	}
	day := f.resolveFor(cues, clock, Clock(now.Hour()*60+now.Minute()))
	if rest, ok := eitherDay(toks, used); ok {
		day = readDate(rest, f)
	}
	if day.Sure == None {
		return Result[DateTime]{}
	}
	r := combineDateTime(day, clock, f.today, Clock(now.Hour()*60+now.Minute()))
	r.Part = cues.part
	if cues.to > 0 {
		r = r.at(toks, cues.from, cues.to)
		if clock.End > 0 {
			r.Start, r.End = min(r.Start, clock.Start), max(r.End, clock.End)
		}
	} else {
		r.Start, r.End = clock.Start, clock.End
	}
	return r
}

// eitherDay returns the tokens without those of the time when they name two
// days to choose from: "besok atau lusa".
func eitherDay(toks []token, used uint64) ([]token, bool) {
	found := false
	rest := make([]token, 0, len(toks))
	for i, t := range toks {
		if used&(1<<i) != 0 {
			continue
		}
		rest = append(rest, t)
		found = found || i > 0 && i+1 < len(toks) && t.is("atau", "/") && isDayWord(toks[i-1].text) && isDayWord(toks[i+1].text)
	}
	return rest, found
}

func onlyBare(c dateCues) bool { return c.bareNumber && !c.hasDay && !c.hasDM }

// resolveFor resolves the day of a plan, given the time that was said with it.
func (f dateFrame) resolveFor(c dateCues, clock Result[Clock], now Clock) Result[Date] {
	if onlyBare(c) && clock.Sure == None {
		return Result[Date]{} // one number alone: neither a day nor a time for sure
	}
	if c.found() {
		if r := f.resolve(c); r.Sure != None {
			return r
		}
		if c.nanti && clock.Sure != None {
			return certain(f.today)
		}
	}
	if len(clock.Values) == 0 {
		if clock.Sure == Reject {
			return confirm(f.today)
		}
		return Result[Date]{}
	}
	last := clock.Values[len(clock.Values)-1]
	if clock.Range {
		last = clock.Values[0] // it must still begin
	}
	if last > now {
		return confirm(f.today)
	}
	return confirm(f.today.AddDays(1))
}

// combineDateTime pairs every reading of the day with every reading of the
// time; what has passed today is dropped.
func combineDateTime(day Result[Date], clock Result[Clock], today Date, now Clock) Result[DateTime] {
	if day.Sure == Reject {
		return reject[DateTime](day.Reason)
	}
	if clock.Sure == Reject {
		return reject[DateTime](clock.Reason)
	}
	times := clock.Values
	if clock.Range && len(times) == 2 {
		times = times[:1]
	}
	r := Result[DateTime]{Sure: max(day.Sure, clock.Sure), Range: day.Range, Approx: clock.Approx}
	if len(day.Values) == 0 {
		return Result[DateTime]{Sure: Ask}
	}
	for _, d := range day.Values {
		if len(times) == 0 {
			r.Values = append(r.Values, DateTime{Date: d})
			continue
		}
		for _, c := range times {
			if d == today && c <= now && !day.Range {
				continue
			}
			r.Values = append(r.Values, DateTime{Date: d, Clock: c, HasClock: true})
			if day.Range {
				break
			}
		}
	}
	if len(r.Values) == 0 {
		return reject[DateTime]("past")
	}
	if r.Sure == Ask && len(r.Values) == 1 && len(day.Values)*len(times) > 1 {
		r.Sure = Confirm
	}
	return r
}
