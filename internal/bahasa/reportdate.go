package bahasa

// reportDate is one day named in a report.
type reportDate struct {
	from, to int
	past     Result[Date] // read as something that happened
	future   Result[Date] // read as a plan
	period   bool         // "minggu ini": the time a sum is for, more than a day
	used     bool
}

// onlyPast and onlyFuture hold for days that can only be on one side of today.
func (d reportDate) onlyPast() bool {
	return d.future.Sure == Reject && (d.future.Reason == "past" || d.future.Reason == "invalid_date") && d.past.Sure != Reject
}

func (d reportDate) onlyFuture() bool {
	return d.past.Sure == Reject && d.past.Reason == "future"
}

// maxDates is how many days of one line are looked at.
const maxDates = 12

// findDates finds every stretch that names a day.
func (r *reportReader) findDates() {
	past, future := frameOf(r.now, true), frameOf(r.now, false)
	for i := 0; i < len(r.toks) && len(r.dates) < maxDates; {
		c, to := r.cuesAt(i)
		if to == i || !c.found() {
			i++
			continue
		}
		d := reportDate{from: i, to: to, past: past.resolve(c), future: future.resolve(c)}
		d.period = c.week != turnNone && !c.hasWeekday || c.monthTurn != turnNone && !c.hasDay || c.yearTurn != turnNone || c.month != 0 && !c.hasDM
		if d.past.Sure == None && d.future.Sure == None {
			i = to
			continue
		}
		if !r.deniedDay(i) {
			r.dates = append(r.dates, d)
		}
		for k := i; k < to; k++ {
			r.words[k].role = roleDate
		}
		i = to
	}
}

// deniedDay holds for the day it was not: "bukan kemarin tapi senin". A day
// with nothing to take its place stays.
func (r *reportReader) deniedDay(i int) bool {
	k := i - 1
	if r.is(k, "hari") {
		k--
	}
	if k < 0 || r.toks[k].raw != "bukan" && r.toks[k].raw != "bkn" {
		return false
	}
	return len(r.dates) > 0 || r.has(i+1, min(i+8, len(r.words)), "tapi", "melainkan") || r.toks[min(i+1, len(r.toks)-1)].is(",")
}

// cuesAt reads the day that starts at toks[i]; to is i when none does.
func (r *reportReader) cuesAt(i int) (c dateCues, to int) {
	to = i
	for j := i; j < len(r.toks); {
		if r.words[j].role != roleNone || j == i && r.insideClock(i) || j > i && r.dateEnd(j-1) == j || r.stopsDate(i, j) || j > i && r.words[j].seg != r.words[i].seg && !isWeekday(r.toks[j-1].text) {
			break
		}
		if j > i && r.toks[j].is(",") && isWeekday(r.toks[j-1].text) {
			j++
			continue
		}
		if j > i && r.toks[j].is("jam") {
			if a, ok := readClock(r.toks, j); ok && a.to > j {
				j = a.to
				continue
			}
			break
		}
		n := c.step(r.toks[:r.dateEnd(j)], j, j == i && r.dottedDay(j))
		if n == 0 {
			break
		}
		if day := dayBehind(r.toks, j+n); day > 0 && n == 1 && isWeekday(r.toks[j].text) && !c.hasDay && !c.hasDM && !c.bare && r.visitBehind(j+n+1) {
			c.day, c.hasDay = day, true // "rabu 18 ke rumah Melati"
			n++
		}
		c.touch(j, j+n)
		j += n
		to = j
	}
	return c, to
}

// visitBehind holds where the words from i tell of a visit, or a name or mark
// stands there.
func (r *reportReader) visitBehind(i int) bool {
	if i >= len(r.words) {
		return true
	}
	return r.words[i].role == roleName || r.toks[i].is(",", ".") || r.is(i, "ke", "kerumah", "homevisit", "kunjung", "tengok", "telepon", "ketemu", "datangi", "mampir", "saya", "kemarin")
}

// dottedDay holds for "5.11" where a day is expected and no hour can be meant:
// as the first word of a line, and behind "tl".
func (r *reportReader) dottedDay(i int) bool {
	if i > 0 && !r.is(i-1, "lanjut") || i+2 >= len(r.toks) || !r.toks[i+1].is(".") || r.toks[i].kind != tkNumber || r.toks[i+2].kind != tkNumber || !r.toks[i+2].glued || unitAt(r.toks, i+3) {
		return false
	}
	day, month := digitsValue(r.toks[i].text), digitsValue(r.toks[i+2].text)
	return len(r.toks[i].text) <= 2 && len(r.toks[i+2].text) <= 2 && r.toks[i].text[0] != '0' && r.toks[i+2].text[0] != '0' && day <= 31 && month <= 12
}

// insideClock holds for figures that end a time: those behind "jam 9-" or
// "09.30-11.", which are no day.
func (r *reportReader) insideClock(i int) bool {
	if r.toks[i].kind != tkNumber {
		return false
	}
	at := func(k int) token {
		if k < 0 {
			return token{}
		}
		return r.toks[k]
	}
	if at(i-1).is("jam", "pukul", "pkl") {
		return true
	}
	if at(i-1).is(".", ":") && at(i).glued && at(i-1).glued && at(i-2).kind == tkNumber {
		return true
	}
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		if at(k).is("jam", "pukul", "pkl") {
			return true
		}
		if at(k).kind != tkNumber && !at(k).is("-", ".", ":", "sampai") {
			return false
		}
	}
	return false
}

// dateEnd hides from the reader of days what it would take for a modifier:
// "senin lewat telepon", "sore di depan", "kamis lagi jualan".
func (r *reportReader) dateEnd(j int) int {
	for k := j + 1; k < len(r.toks) && k <= j+4; k++ {
		if r.words[k].role != roleNone {
			return k
		}
		switch {
		case r.toks[k].is("lewat", "sebelum", "sebelumnya", "di", "ke", "berjalan", "kemudian", "kelewat", "belakang", "berikut"):
			return k
		case r.toks[k].is("jalan", "depan") && r.is(k-1, "di"):
			return k
		case r.toks[k].is("lagi") && isWeekday(r.toks[k-1].text):
			return k
		case r.toks[k].is("datang") && !r.toks[k-1].is("akan", "yang"):
			return k
		case r.toks[k].kind == tkMark && r.isBreak(k):
			return k
		}
	}
	return len(r.toks)
}

// stopsDate holds where what looks like a day is none.
func (r *reportReader) stopsDate(start, j int) bool {
	t := r.toks[j]
	switch {
	case t.is("sekarang"), t.raw == "tadinya", t.is("nanti") && j == start && !r.nextIsPart(j):
		return true
	case t.kind == tkWord && len(t.raw) <= 4 && monthWord(t.text) != 0 && j == start:
		return !(j+1 < len(r.toks) && r.toks[j+1].kind == tkNumber)
	case t.is("minggu", "pekan", "bulan", "tahun") && j == start && j > 0:
		b := r.toks[j-1]
		return b.kind == tkNumber || numberWord(b.text).kind != nkNone || b.is("tiap", "setiap", "per", "dalam", "/", "sekali", "saban", "se", "akhir2", "selama")
	case t.kind == tkNumber && j+2 < len(r.toks) && r.toks[j+1].is("/") && isHalf(r.toks[j], r.toks[j+2]):
		return j == 0 || !r.toks[j-1].is("tanggal", "hari") && !isWeekday(r.toks[j-1].text)
	case t.is("hari") && j > 0 && r.words[j-1].role == roleNone && (r.toks[j-1].kind == tkNumber || numberWord(r.toks[j-1].text).kind == nkUnit):
		return true // "2 hari minggu ini"
	case t.is("sehari", "seminggu", "sebulan", "setahun") || unitAt(r.toks, j+1):
		return r.has(j, j+4, "terakhir", "belakangan", "sekali") && r.words[min(j+2, len(r.words)-1)].seg == r.words[j].seg
	case t.is("hari") && j+1 < len(r.toks) && r.toks[j+1].is("libur", "jalan"):
		return true
	}
	return false
}

func unitAt(toks []token, i int) bool { return i < len(toks) && unitWord(toks[i].text) != unitNone }

func isHalf(a, b token) bool {
	return a.text == "1" && b.is("2", "3", "4") || a.text == "3" && b.text == "4"
}

func (r *reportReader) nextIsPart(j int) bool {
	return j+1 < len(r.toks) && partWord(r.toks[j+1].text) != ""
}

// placeDates gives each day to the visit, to the follow-up, or to nobody: a
// day of hers ("senin dia belanja") is left alone.
func (r *reportReader) placeDates() {
	for k := range r.dates {
		d := &r.dates[k]
		if d.onlyPast() || d.period && d.future.Reason == "past" {
			continue
		}
		if at, ok := r.comesBack(k); ok {
			if k > 0 && r.orDay(k) {
				r.ask(keyFollowUp, dateReadings(r.dates[k-1].future)...)
				r.dates[k-1].used = true
			}
			r.takeFollowUp(d)
			d.used = true
			r.markAhead(at)
		}
	}
	r.markLooseAhead()
	r.takeEvent()
}

// orDay holds when the day before the k-th is only another choice: "besok atau
// lusa".
func (r *reportReader) orDay(k int) bool {
	from, to := r.dates[k-1].to, r.dates[k].from
	return to-from == 1 && r.is(from, "atau", "sampai", "/", "-") || from == to && r.dates[k].onlyFuture() == r.dates[k-1].onlyFuture()
}

// takeFollowUp fills the day of the follow-up, or asks it.
func (r *reportReader) takeFollowUp(d *reportDate) {
	readings := dateReadings(d.future)
	switch {
	case d.future.Sure == Certain && len(d.future.Values) == 1 && !r.asked(keyFollowUp):
		v := d.future.Values[0]
		if r.out.FollowUp.IsZero() || r.out.FollowUp == v {
			r.out.FollowUp = v
			return
		}
		r.ask(keyFollowUp, r.out.FollowUp.String(), v.String())
	default:
		r.ask(keyFollowUp, readings...)
	}
}

// dateReadings writes the readings of a day, a week or month as its ends.
func dateReadings(d Result[Date]) []string {
	var out []string
	for i, v := range d.Values {
		if d.Range && i == len(d.Values)-2 {
			return append(out, v.String()+".."+d.Values[i+1].String())
		}
		out = append(out, v.String())
	}
	return out
}

// markAhead marks a stretch as what the companion will do.
func (r *reportReader) markAhead(s reportSpan) {
	for i := s.from; i < s.to; i++ {
		r.words[i].off |= unrealAhead
	}
}

// dayWindow is the part of a stretch that speaks about the k-th day: from the
// day or amount before it to the day or amount behind it.
func (r *reportReader) dayWindow(k int) reportSpan {
	d := r.dates[k]
	s := r.seg(d.from)
	s.to = r.seg(d.to - 1).to
	for i := d.from - 1; i >= s.from; i-- {
		if r.words[i].role == roleDate || r.words[i].role == roleMoney || r.words[i].role == roleMark {
			s.from = i + 1
			break
		}
	}
	for i := d.to; i < s.to; i++ {
		if r.words[i].role == roleDate && r.words[i].role != roleNone && i > d.to || r.words[i].role == roleMoney || r.words[i].role == roleMark {
			s.to = i
			break
		}
	}
	return s
}
