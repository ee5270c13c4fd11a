package bahasa

import "strings"

// rawClock is one time as it was written, before a part of the day is applied.
type rawClock struct {
	hour, minute int
	padded       bool   // "07.30": two figures, so the 24-hour clock
	before       int    // minutes to take off afterwards: "setengah 10", "kurang 5"
	part         string // pagi, siang, sore, malam, subuh, or am, pm
	fixed        Clock  // of a prayer or a named time, when prayer is set
	prayer       bool
	strong       bool // cannot be a date: "jam", ":", a part, a prayer
	bad          bool // 9.75, jam 25
	short        bool // "9.3": one figure of minutes
	approx       bool
	from, to     int
}

// readClock reads one time that starts at toks[i].
func readClock(toks []token, i int) (rawClock, bool) {
	if r, ok := readPrayer(toks, i); ok {
		return r, true
	}
	r := rawClock{from: i}
	j := i
	for j < len(toks) && toks[j].is("jam", ".") && (toks[j].is("jam") || j > i) {
		r.strong = true
		j++
	}
	if j >= len(toks) {
		return r, false
	}
	half := 0
	if toks[j].is("setengah") {
		half = 1
	} else if f, ok := readFraction(toks, j); ok && f.milli == 500 {
		half = 3
	}
	if half > 0 {
		h, next := readHour(toks, j+half)
		if next == j+half || h > 24 {
			return r, false
		}
		r.hour, r.before, r.strong, r.to = h, 30, true, next
		r.readPart(toks)
		return r, true
	}
	if !r.readFigure(toks, j) {
		return r, false
	}
	r.readOffset(toks)
	r.readPart(toks)
	if r.part != "" && r.before == 0 {
		r.readOffset(toks) // "jam 1 siang kurang 10"
	}
	return r, true
}

// readHour reads an hour in figures or words; next is i when there is none.
func readHour(toks []token, i int) (hour, next int) {
	if i >= len(toks) {
		return 0, i
	}
	if toks[i].kind == tkNumber {
		if len(toks[i].text) > 2 {
			return 0, i
		}
		return int(digitsValue(toks[i].text)), i + 1
	}
	if ch, ok := readChunk(toks, i, false); ok && ch.value < 60 {
		return int(ch.value), ch.next
	}
	if stem, ok := strings.CutSuffix(toks[i].text, "an"); ok {
		if w := numberWord(stem); (w.kind == nkUnit || w.kind == nkFixed) && w.value <= 12 {
			return int(w.value), i + 1 // "jam sembilanan": about nine
		}
	}
	return 0, i
}

// readFigure reads 9, 9.30, 09:30, 1330, "sembilan", "9 15" after "jam".
func (r *rawClock) readFigure(toks []token, j int) bool {
	t := toks[j]
	if t.kind == tkNumber && len(t.text) > 2 {
		if len(t.text) > 4 {
			return false
		}
		v := int(digitsValue(t.text))
		r.hour, r.minute, r.padded, r.to = v/100, v%100, t.text[0] == '0', j+1
		r.bad = r.minute > 59 || r.hour > 24
		return true
	}
	nol := t.is("nol") && j+1 < len(toks) && numberWord(toks[j+1].text).kind == nkUnit
	if nol {
		j++ // "pukul nol delapan" is 08
	}
	h, next := readHour(toks, j)
	if next == j {
		return false
	}
	r.hour, r.to = h, next
	r.padded = nol && h > 0 || t.kind == tkNumber && len(t.text) == 2 && t.text[0] == '0'
	if next+1 < len(toks) && t.kind == tkNumber && toks[next].is(".", ":", ",", ";") && toks[next].glued &&
		toks[next+1].glued && toks[next+1].kind == tkNumber {
		m := toks[next+1].text
		r.minute = int(min(digitsValue(m), 99))
		r.strong = r.strong || toks[next].text == ":"
		r.short = len(m) == 1
		r.bad = len(m) > 2 || r.minute > 59
		r.to = next + 2
		if r.to+1 < len(toks) && toks[r.to].is(":", ".") && toks[r.to].glued && toks[r.to+1].glued && toks[r.to+1].kind == tkNumber {
			r.to += 2 // seconds
		}
	} else if r.strong || t.kind == tkWord {
		if m, after := readHour(toks, next); after > next && m < 60 && (toks[next].kind != tkNumber || len(toks[next].text) == 2) &&
			!(after < len(toks) && toks[after].glued && toks[after].is("/", "-")) {
			r.minute, r.to = m, after
			if ch, ok := readChunk(toks, next, true); ok && ch.units == 2 && ch.value < 60 {
				r.minute, r.to = int(ch.value), ch.next // "sepuluh dua lima"
			}
		}
	}
	r.bad = r.bad || r.hour > 24 || r.hour == 24 && r.minute > 0
	return true
}

// readOffset reads "lewat 15", "lebih seperempat", "kurang 5", "seperempat".
func (r *rawClock) readOffset(toks []token) {
	j := r.to
	sign := 0
	if j < len(toks) && toks[j].is("lewat", "lebih") {
		sign, j = 1, j+1
	} else if j < len(toks) && toks[j].is("kurang") {
		sign, j = -1, j+1
	}
	if j >= len(toks) {
		return
	}
	var m int
	switch w := numberWord(toks[j].text); {
	case w.kind == nkHalf && w.value == 250:
		m, j = 15, j+1
	case w.kind == nkHalf && sign != 0:
		m, j = 30, j+1
	case sign != 0:
		n, next := readHour(toks, j)
		if next == j || countsThings(toks, next) && !toks[next].is("menit") {
			return
		}
		m, j = n, next
		r.bad = r.bad || n > 59
	default:
		return
	}
	if j < len(toks) && toks[j].is("menit") {
		j++
	}
	if sign < 0 {
		r.before = m
	} else {
		r.minute += m
	}
	r.strong, r.to = true, j
	r.bad = r.bad || r.minute > 59
}

// readPart reads the part of the day and the zone behind a time.
func (r *rawClock) readPart(toks []token) {
	if r.to < len(toks) && toks[r.to].glued && toks[r.to].is("an") {
		r.approx = true
		r.to++
	}
	for r.to < len(toks) {
		t := toks[r.to]
		switch {
		case t.is("tepat", "teng", "pas", "kira2"):
		case t.is("wib", "waktu"):
			r.strong = true
		case t.is("dini") && r.to+1 < len(toks) && toks[r.to+1].is("hari"):
			r.part, r.strong = "subuh", true
			r.to++
		case t.is("pagi", "siang", "sore", "malam", "subuh", "am", "pm", "dinihari") && r.part == "":
			r.part, r.strong = t.text, true
			if t.is("dinihari") {
				r.part = "subuh"
			}
		case t.is("tengah") && r.part == "" && r.to+1 < len(toks) && toks[r.to+1].is("malam", "hari"):
			r.part, r.strong = "malam", true
			if toks[r.to+1].is("hari") {
				r.part = "siang"
			}
			r.to++
		case t.is("magrib", "isya") && r.part == "":
			r.part, r.strong = "malam", true
			if t.is("magrib") && r.hour < 7 {
				r.part = "sore"
			}
		case t.is("zuhur") && r.part == "":
			r.part, r.strong = "siang", true
		case t.is("asar") && r.part == "":
			r.part, r.strong = "sore", true
		default:
			return
		}
		r.to++
	}
}

// readPrayer reads times named by a prayer, and noon and midnight. The values
// lie after the call all year in Palembang, so no one comes too early.
func readPrayer(toks []token, i int) (rawClock, bool) {
	r := rawClock{from: i, prayer: true, strong: true}
	j := i
	before, after := false, false
	for j < len(toks) && j-i < 3 {
		bare := false
		switch toks[j].text {
		case "bakda", "habis", "setelah", "selesai":
			after = true
		case "sebelum", "jelang", "menjelang":
			before = true
		case "pas", "waktu", "solat", "sholat", "shalat", "salat", "azan", "adzan", "jam", "sembahyang", "saat", "tepat":
		default:
			bare = true
		}
		if bare {
			break
		}
		j++
	}
	if j >= len(toks) {
		return r, false
	}
	r.to = j + 1
	if toks[j].is("tengah") && j+1 < len(toks) && toks[j+1].is("hari", "malam") {
		r.to++
		if toks[j+1].is("hari") {
			r.fixed = ClockAt(12, 0)
		}
		return r, true
	}
	var ok bool
	if r.fixed, ok = prayerTime(toks[j].text, before); !ok {
		return r, false
	}
	if toks[j].is("jumat") && !after && !before {
		return r, false // the day
	}
	if r.to < len(toks) && toks[r.to].is("an") && toks[r.to].glued {
		r.to++
	}
	return r, true
}

func prayerTime(w string, before bool) (Clock, bool) {
	type pair struct{ after, before Clock }
	var p pair
	switch w {
	case "subuh":
		p = pair{ClockAt(5, 15), ClockAt(4, 0)}
	case "zuhur":
		p = pair{ClockAt(12, 30), ClockAt(11, 30)}
	case "asar":
		p = pair{ClockAt(15, 45), ClockAt(14, 30)}
	case "magrib":
		p = pair{ClockAt(18, 30), ClockAt(17, 30)}
	case "isya":
		p = pair{ClockAt(19, 45), ClockAt(18, 45)}
	case "jumatan", "jumat", "jum'atan":
		p = pair{ClockAt(13, 0), ClockAt(11, 0)}
	default:
		return 0, false
	}
	if before {
		return p.before, true
	}
	return p.after, true
}

// resolve applies the part of the day and says how sure the time is.
func (r rawClock) resolve() Result[Clock] {
	if r.prayer {
		return confirm(r.fixed)
	}
	if r.bad {
		return reject[Clock]("invalid_time")
	}
	if r.before > 0 && r.part == "" && !r.padded {
		// Without a part the hour that is meant decides: half past five, not six.
		return r.spread(r.hour*60 + r.minute - r.before)
	}
	if r.part == "" {
		return r.spread(r.hour*60 + r.minute)
	}
	hour, sure := applyPart(r.hour, r.part)
	c := Clock((hour*60 + r.minute - r.before + 24*60) % (24 * 60))
	if r.part == "pagi" && r.hour == 12 {
		return ask(c, (c+12*60)%(24*60))
	}
	return Result[Clock]{Sure: sure, Values: []Clock{c}}
}

// spread resolves a time without a part of the day: eight to twelve as it is,
// one to five in the afternoon, six and seven asked.
func (r rawClock) spread(minutes int) Result[Clock] {
	minutes = (minutes + 24*60) % (24 * 60)
	c := Clock(minutes)
	later := (c + 12*60) % (24 * 60)
	if r.short {
		longer := c - Clock(r.minute) + Clock(r.minute*10)
		if r.minute < 6 && r.minute > 0 {
			return ask(longer, c)
		}
		return ask(c)
	}
	hour := c.Hour()
	switch {
	case r.before > 0 && hour == 0:
		return certain(later) // half past twelve, said as "setengah satu"
	case r.hour == 24:
		return confirm(c)
	case r.padded && hour >= 1 && hour <= 5:
		return ask(later, c)
	case r.padded || hour == 0 || hour >= 8:
		return certain(c)
	case hour >= 6:
		return ask(c, later)
	}
	return certain(later)
}

// applyPart moves an hour into the part of the day that was named.
func applyPart(hour int, part string) (int, Sureness) {
	switch part {
	case "pagi", "subuh", "am":
		switch {
		case hour == 12 && part != "pagi":
			return 0, Certain
		case hour > 12:
			return hour, Confirm
		}
		return hour, Certain
	case "pm":
		if hour < 12 {
			return hour + 12, Certain
		}
		return hour, Certain
	case "siang":
		switch {
		case hour >= 1 && hour <= 4:
			return hour + 12, Certain
		case hour == 5:
			return 17, Confirm
		case hour >= 6 && hour <= 8 || hour == 0 || hour > 17:
			return hour, Confirm
		}
		return hour, Certain
	case "sore":
		switch {
		case hour >= 1 && hour <= 7:
			return hour + 12, Certain
		case hour < 12:
			return hour + 12, Confirm
		case hour > 18 || hour == 12:
			return hour, Confirm
		}
		return hour, Certain
	}
	return applyNight(hour)
}

func applyNight(hour int) (int, Sureness) {
	switch {
	case hour == 12 || hour == 24:
		return 0, Certain
	case hour >= 6 && hour < 12:
		return hour + 12, Certain
	case hour >= 4 && hour <= 5 || hour >= 13 && hour < 18:
		return hour, Confirm
	}
	return hour, Certain
}
