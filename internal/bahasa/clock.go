package bahasa

// Time reads a time of day, or a span of it (Range), as people say it: "jam 9",
// "setengah sepuluh", "13.30", "habis magrib". Hours without a part of the day
// are those people visit in; six and seven are asked. Only the first 64 words
// are read.
func Time(text string) Result[Clock] {
	toks := mendSlips(splitNumbers(lex(text)), timeSlips)
	if len(toks) > 64 {
		toks = toks[:64]
	}
	r, _ := readTime(dotPair(toks), 0, false)
	return r
}

// dotPair puts the missing dot into a message that is nothing but an hour and
// two figures of minutes: "9 30".
func dotPair(toks []token) []token {
	t := trimAnswer(toks)
	if len(t) != 2 || t[0].kind != tkNumber || t[1].kind != tkNumber || len(t[0].text) > 2 || len(t[1].text) != 2 {
		return toks
	}
	minutes := t[1]
	minutes.glued = true
	return []token{t[0], {text: ".", raw: ".", kind: tkMark, glued: true, start: t[0].end, end: t[0].end}, minutes}
}

// readTime finds the first time in toks, leaving out those marked in skip. With
// strongOnly it takes only what cannot be a date. The second result marks the
// tokens it read.
func readTime(toks []token, skip uint64, strongOnly bool) (Result[Clock], uint64) {
	for i := range toks {
		if i >= 64 || skip&(1<<i) != 0 || datePrefix(toks, i) {
			continue
		}
		a, ok := readClock(toks, i)
		if !ok || strongOnly && !a.strong || notClock(toks, a, skip) {
			continue
		}
		a = hourOfPrayer(toks, a)
		a.approx = a.approx || i > 0 && toks[i-1].is("sekitar", "kurleb", "~")
		if a.part == "" && !a.prayer {
			a.part = partBefore(toks, i)
		}
		r, to := readSpan(toks, a, skip)
		r.Approx = a.approx
		return r.at(toks, i, to), bits(i, to) &^ partBits(toks, a)
	}
	if strongOnly {
		return Result[Clock]{}, 0
	}
	for i, t := range toks {
		if i < 64 && skip&(1<<i) == 0 && !t.is("subuh") && partWord(t.text) != "" {
			r := askPart(t.text)
			r.Part = partWord(t.text) // says that no hour was named
			return r.at(toks, i, i+1), 0
		}
	}
	return Result[Clock]{}, 0
}

// hourOfPrayer takes the hour where a prayer and an hour are both named: the
// prayer then only says which part of the day, as in "habis magrib jam 7".
func hourOfPrayer(toks []token, a rawClock) rawClock {
	if !a.prayer || a.to >= len(toks) || !toks[a.to].is("jam") {
		return a
	}
	b, ok := readClock(toks, a.to)
	if !ok || b.prayer {
		return a
	}
	if b.part == "" {
		switch h := a.fixed.Hour(); {
		case h < 6:
			b.part = "subuh"
		case h < 14:
			b.part = "siang"
		case h < 17:
			b.part = "sore"
		default:
			b.part = "malam"
		}
	}
	b.from = a.from
	return b
}

// partBefore finds the part of the day within three words before a time:
// "sore jam 4", "malam ini jam 8".
func partBefore(toks []token, i int) string {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if partWord(toks[k].text) != "" {
			return toks[k].text
		}
	}
	return ""
}

// partBits marks the parts of the day a time was read with; the date beside it
// needs them too ("jam 8 malam ini").
func partBits(toks []token, a rawClock) uint64 {
	var m uint64
	for i := a.from; i < a.to && i < 64 && !a.prayer; i++ {
		if partWord(toks[i].text) != "" {
			m |= 1 << i
		}
	}
	return m
}

func bits(from, to int) uint64 {
	var m uint64
	for i := from; i < to && i < 64; i++ {
		m |= 1 << i
	}
	return m
}

// datePrefix holds where a number follows "tgl" and so is a day.
func datePrefix(toks []token, i int) bool {
	return toks[i].kind == tkNumber && i > 0 && toks[i-1].is("tanggal", "bulan", "tahun")
}

// notClock holds for numbers that are something else: part of a longer number
// or date, or a count of things.
func notClock(toks []token, a rawClock, skip uint64) bool {
	if a.prayer || toks[a.from].is("jam") {
		return false
	}
	if a.from > 0 && toks[a.from].glued && toks[a.from-1].is("/", "-", ".", ",", "+") && toks[a.from-1].glued && a.from > 1 &&
		toks[a.from-2].kind == tkNumber && skip&(1<<(a.from-2)) == 0 {
		return true
	}
	if a.to >= len(toks) {
		return false
	}
	t := toks[a.to]
	if t.is("/") && t.glued || t.kind == tkWord && (monthWord(t.text) != 0 || countsThings(toks, a.to) || numberWord(t.text).kind == nkScale) {
		return !t.is("mar")
	}
	return t.kind == tkNumber && !a.strong
}

// readSpan resolves a time and, when one follows, its end.
func readSpan(toks []token, a rawClock, skip uint64) (Result[Clock], int) {
	start := a.resolve()
	j := a.to
	if j >= len(toks) || start.Sure == Reject {
		return start, a.to
	}
	if joinsTimes(toks, a) {
		return readOther(toks, a, start)
	}
	if !toks[j].is("sampai", "-", "~", "ke", "s", "hingga") {
		return start, a.to
	}
	b, ok := readClock(toks, j+1)
	if !ok || a.to < 64 && skip&(1<<a.to) != 0 {
		if j+1 < len(toks) && toks[j+1].is("selesai", "habis", "beres", "kelar", "rampung", "tutup") {
			return start, j + 2
		}
		return start, a.to
	}
	return joinSpan(a, b, start), b.to
}

// joinsTimes holds where another time to choose from follows: "jam 9 atau 10",
// "jam 9/10", "antara jam 9 dan jam 10".
func joinsTimes(toks []token, a rawClock) bool {
	j := a.to
	if toks[j].is("dan") {
		return j+1 < len(toks) && toks[j+1].is("jam") || a.from > 0 && toks[a.from-1].is("antara")
	}
	return toks[j].is("atau") || toks[j].is("/") && toks[j].glued
}

// readOther reads the second of two times to choose from; it may also be
// another part of the day: "jam 6 pagi atau sore".
func readOther(toks []token, a rawClock, start Result[Clock]) (Result[Clock], int) {
	j := a.to + 1
	b, ok := readClock(toks, j)
	switch {
	case ok && !(b.prayer && toks[j].is("subuh")):
		if a.part == "" {
			a.part = b.part
			start = a.resolve()
		}
	case a.part != "" && j < len(toks) && partWord(toks[j].text) != "":
		b = a
		b.part, b.to = toks[j].text, j+1
	default:
		return start, a.to
	}
	if end := b.resolve(); len(end.Values) > 0 && len(start.Values) > 0 && end.Values[0] != start.Values[0] {
		return ask(start.Values[0], end.Values[0]), b.to
	}
	return start, a.to
}

// joinSpan makes a span of two times; one part of the day may stand for both.
func joinSpan(a, b rawClock, start Result[Clock]) Result[Clock] {
	if a.part == "" && b.part != "" && !a.prayer {
		with := a
		with.part = b.part
		s, e := with.resolve(), b.resolve()
		if len(s.Values) == 1 && len(e.Values) == 1 && s.Values[0] < e.Values[0] && s.Sure == Certain {
			start = s
		} else if len(start.Values) > 1 {
			start = certain(start.Values[0]) // "6 sampai 1 siang": the morning
		}
	}
	if b.part == "" && a.part != "" && !b.prayer && !b.padded && b.hour <= 12 {
		with := b
		with.part = a.part
		if e := with.resolve(); len(e.Values) == 1 && len(start.Values) == 1 && e.Values[0] > start.Values[0] && e.Sure == Certain {
			return span(start, e)
		}
	}
	return span(start, b.resolve())
}

// span puts a start and an end together.
func span(start, end Result[Clock]) Result[Clock] {
	if end.Sure == Reject {
		return end
	}
	if len(start.Values) != 1 {
		return start
	}
	for _, e := range end.Values {
		if e > start.Values[0] {
			return Result[Clock]{Sure: max(start.Sure, min(end.Sure, Confirm)), Values: []Clock{start.Values[0], e}, Range: true}
		}
	}
	if e := end.Values[0] + 12*60; e.Valid() && e > start.Values[0] && end.Values[0].Hour() < 12 {
		return Result[Clock]{Sure: max(start.Sure, Confirm), Values: []Clock{start.Values[0], e}, Range: true}
	}
	return reject[Clock]("invalid_time")
}

// askPart offers the usual times of a part of the day.
func askPart(part string) Result[Clock] {
	switch part {
	case "pagi":
		return ask(ClockAt(8, 0), ClockAt(9, 0), ClockAt(10, 0))
	case "siang":
		return ask(ClockAt(11, 0), ClockAt(13, 0), ClockAt(14, 0))
	case "sore":
		return ask(ClockAt(15, 0), ClockAt(16, 0), ClockAt(17, 0))
	case "malam":
		return ask(ClockAt(19, 0), ClockAt(20, 0))
	}
	return ask(ClockAt(5, 0))
}
