package bahasa

// readWeekday reads "hari senin", "senin minggu lalu", "malam minggu".
func (c *dateCues) readWeekday(toks []token, i int) int {
	j := i
	eve := false
	if toks[j].is("malam") && j+1 < len(toks) && (toks[j+1].is("minggu", "ahad") || isWeekday(toks[j+1].text)) {
		eve = true
		j++
	} else if toks[j].is("hari") && j+1 < len(toks) {
		j++
	}
	wd, ok := weekdayWord(toks[j].text)
	sunday := toks[j].is("minggu") && (j > i || c.weekAfter(toks, j))
	if toks[j].is("minggu") && !sunday && !c.hasWeekday {
		if t, _ := readTurn(toks, j+1); t == turnNone && !c.hasWeekday && !weekdayAhead(toks, j+1) {
			sunday = true
			c.bare = true
		}
	}
	if !ok && !sunday || c.hasWeekday {
		return 0
	}
	c.hasWeekday, c.weekday, c.eve = true, wd, eve
	if eve {
		c.bare = false
		c.part = "malam"
	}
	return j + 1 - i
}

func isWeekday(w string) bool { _, ok := weekdayWord(w); return ok }

// weekAfter holds when a "minggu" is followed by a further "minggu" with a
// modifier, which makes the first one Sunday: "minggu minggu depan".
func (c *dateCues) weekAfter(toks []token, i int) bool {
	if c.hasWeekday || i+1 >= len(toks) || !toks[i+1].is("minggu", "pekan") {
		return false
	}
	t, _ := readTurn(toks, i+2)
	return t != turnNone
}

// weekdayAhead holds when a weekday follows within two tokens.
func weekdayAhead(toks []token, i int) bool {
	for k := i; k < i+2 && k < len(toks); k++ {
		if isWeekday(toks[k].text) {
			return true
		}
	}
	return false
}

// readPeriod reads named weeks, months and years, and their edges.
func (c *dateCues) readPeriod(toks []token, i int) int {
	switch toks[i].text {
	case "awal", "akhir", "tengah", "pertengahan", "ujung", "tengahan":
		return c.readEdge(toks, i)
	case "weekend", "wiken", "wikend":
		c.edge, c.edgeUnit = "akhir", unitWeek
		t, n := readTurn(toks, i+1)
		c.week = t
		return 1 + n
	}
	unit := unitWord(toks[i].text)
	if unit < unitWeek {
		return 0
	}
	t, n := readTurn(toks, i+1)
	if unit == unitMonth && t == turnNone && i+1 < len(toks) {
		if m, k := readMonthNumber(toks, i+1); m != 0 && c.month == 0 {
			c.month, c.named = m, true
			if c.hasDay {
				c.hasDM, c.hasDay = true, false
			}
			return 1 + k + c.readYear(toks, i+1+k)
		}
	}
	if t == turnNone || t == turnJust {
		return 0
	}
	switch unit {
	case unitWeek:
		c.week, c.weekWord = t, toks[i].text
	case unitMonth:
		c.monthTurn = t
	case unitYear:
		c.yearTurn = t
	}
	return 1 + n
}

// readEdge reads "akhir bulan depan", "awal november", "akhir pekan".
func (c *dateCues) readEdge(toks []token, i int) int {
	if i+1 >= len(toks) {
		return 0
	}
	c.edge = toks[i].text
	if c.edge == "pertengahan" || c.edge == "tengahan" {
		c.edge = "tengah"
	}
	if c.edge == "ujung" {
		c.edge = "akhir"
	}
	if m := monthWord(toks[i+1].text); m != 0 {
		c.edgeUnit = unitMonth
		return 1 // the month is read by itself
	}
	c.edgeUnit = unitWord(toks[i+1].text)
	if c.edgeUnit < unitWeek {
		c.edge = ""
		return 0
	}
	t, n := readTurn(toks, i+2)
	switch c.edgeUnit {
	case unitWeek:
		c.week = t
	case unitMonth:
		c.monthTurn = t
		if t == turnNone && i+2 < len(toks) {
			if m, k := readMonthNumber(toks, i+2); m != 0 {
				c.month = m
				n = k
			}
		}
	case unitYear:
		c.yearTurn = t
	}
	return 2 + n
}

// readRelative reads days counted from today, parts of the day and modifiers
// that stand alone.
func (c *dateCues) readRelative(toks []token, i int) int {
	next := func(words ...string) bool { return i+1 < len(toks) && toks[i+1].is(words...) }
	set := func(days, n int) int {
		if !c.hasRel {
			c.rel, c.hasRel = days, true
		}
		return n
	}
	if n := todayWords(toks, i); n > 0 {
		return set(0, n)
	}
	switch toks[i].text {
	case "besok":
		return c.readTomorrow(toks, i, set)
	case "lusa", "lusanya":
		if next("kemarin") {
			return set(-2, 2)
		}
		return set(2, 1)
	case "tulat":
		return set(3, 1)
	case "kemarin2", "kemaren2", "kmrn2":
		c.someDays = true
		return 1
	case "kemarin":
		if next("lusa", "dulu", "dulunya", "lalu") {
			return set(-2, 2)
		}
		c.turn = turnYest
		return set(-1, 1)
	case "semalam":
		c.night, c.part = true, "malam"
		return 1
	case "tadi":
		c.tadi = true
		return 1
	case "nanti":
		c.nanti = true
		for _, t := range toks[i+1:] {
			c.hour = c.hour || t.is("jam", "zuhur", "asar", "magrib", "isya")
		}
		return 1
	case "dini":
		if next("hari") {
			c.part = "pagi"
			return 2
		}
	}
	if p := partWord(toks[i].text); p != "" {
		c.part = p
		return 1
	}
	if c.hasWeekday || c.part != "" || c.month != 0 {
		if t, n := readTurn(toks, i); t != turnNone {
			c.turn = t
			return n
		}
	}
	return 0
}

// todayWords returns how many tokens from i say today.
func todayWords(toks []token, i int) int {
	next := ""
	if i+1 < len(toks) {
		next = toks[i+1].text
	}
	switch toks[i].text {
	case "harini", "hrini", "hariini", "sekarang", "barusan":
		return 1
	case "hari":
		if next == "ini" || next == "ni" || next == "iko" || next == "ko" {
			return 2
		}
	case "baru":
		if next == "saja" || next == "sajo" || next == "aja" || next == "tadi" || next == "bae" || next == "be" {
			return 2
		}
	case "saat":
		if next == "ini" {
			return 2
		}
	}
	return 0
}

// readTomorrow reads "besok", "besok lusa".
func (c *dateCues) readTomorrow(toks []token, i int, set func(int, int) int) int {
	if i+1 < len(toks) && toks[i+1].is("lusa") {
		c.relConfirm = true
		return set(2, 2)
	}
	c.turn = turnSoon
	return set(1, 1)
}

// readBareNumber reads an answer that is nothing but the day of the month.
func (c *dateCues) readBareNumber(toks []token, skip uint64) {
	if t := trimAnswer(toks); skip == 0 {
		if day, n := readDayWord(t, 0); n > 0 && n == len(t) {
			c.day, c.bareNumber = day, true
			c.touch(0, n)
			return
		}
	}
	at := -1
	for i, t := range toks {
		if i < 64 && skip&(1<<i) != 0 || t.kind == tkMark || isAddress(t.text) {
			continue
		}
		if at >= 0 {
			return
		}
		at = i
	}
	if at < 0 {
		return
	}
	if toks[at].kind == tkNumber && len(toks[at].text) <= 2 {
		c.day, c.bareNumber = int(digitsValue(toks[at].text)), true
		c.touch(at, at+1)
	}
}
