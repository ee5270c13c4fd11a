package bahasa

// takeEvent finds the day of the visit among the days that are left.
func (r *reportReader) takeEvent() {
	visit := r.firstVisit()
	chosen := -1
	for k := range r.dates {
		d := &r.dates[k]
		if d.used || r.isHerDay(k, visit) {
			continue
		}
		off := r.words[d.from].off
		if off&^unrealPlanned != 0 || off != 0 && !d.onlyPast() {
			continue
		}
		if (d.onlyFuture() || r.soonerAhead(d)) && !r.tellsOf(k) {
			r.markComing(k)
			continue
		}
		if chosen < 0 {
			chosen = k
			continue
		}
		chosen = r.secondDay(chosen, k, visit)
	}
	if chosen >= 0 {
		r.takeDay(r.dates[chosen])
		return
	}
	if at := r.near(0, len(r.words), "tempo"); at >= 0 && r.is(at+1, "hari") && r.words[at].off == 0 {
		r.ask(keyDate) // "the other day"
	}
}

// soonerAhead holds for a day without a year that was long ago and comes soon:
// "tgl 1 desember saya ke rumah Melati" is a plan in November.
func (r *reportReader) soonerAhead(d *reportDate) bool {
	if len(d.past.Values) != 1 || d.past.Sure == Certain || len(d.future.Values) != 1 || d.future.Sure != Certain {
		return false
	}
	today := DateOf(r.now)
	return d.past.Values[0].daysUntil(today) > 90 && today.daysUntil(d.future.Values[0]) <= 90
}

// takeDay fills the day of the visit, or asks it.
func (r *reportReader) takeDay(d reportDate) {
	switch {
	case d.onlyFuture():
		// "Lusa" told as something that happened may be a slip for "kemarin
		// lusa": the day as far back is offered.
		// A day with its date was meant as it was written.
		today := DateOf(r.now)
		if r.toks[d.from].kind != tkNumber && !r.is(d.from, "tanggal") {
			for _, v := range d.future.Values {
				r.ask(keyDate, today.AddDays(-today.daysUntil(v)).String())
			}
		}
		r.ask(keyDate)
	case d.past.Sure == Certain && len(d.past.Values) == 1 && !r.asked(keyDate):
		r.out.Date = d.past.Values[0]
	default:
		r.ask(keyDate, dateReadings(d.past)...)
	}
}

// firstVisit is the first word that tells of a visit or a call; -1 without one.
func (r *reportReader) firstVisit() int {
	for i := range r.words {
		if r.words[i].off == 0 && r.words[i].role == roleNone && (r.returnVerb(i) && !r.is(i, "balik", "datang", "hubungi", "lihat", "liat") || r.is(i, "dirumah") || r.is(i, "tempat", "warung", "salon", "pasar") && r.is(i-1, "ke")) {
			return i
		}
	}
	return -1
}

// isHerDay holds for a day that belongs to what she told, or to a sum.
func (r *reportReader) isHerDay(k, visit int) bool {
	d := r.dates[k]
	i := d.from - 1
	if r.is(i, "hari") {
		i--
	}
	if r.is(i, "sejak", "dari", "mulai", "tiap", "setiap", "per", "saban", "dibanding", "kayak", "seperti", "sampai", "mulai", "sama", "semenjak", "dibandingkan", "daripada", "selama") && !r.is(d.to, "ke") {
		return !(r.is(i, "sama") && visit >= 0)
	}
	if r.is(i, "dengan") && r.is(i-1, "sama") {
		return true
	}
	if k+1 < len(r.dates) && r.dates[k+1].from == d.to+1 && r.is(d.to, "sampai", "-", "sd") && (visit < 0 || r.has(r.seg(d.from).from, d.from, "jualan", "buka", "jalan", "dagang")) {
		return true // "jualan senin sampai jumat"
	}
	s := r.seg(d.from)
	visitHere := visit >= 0 && r.words[visit].seg == r.words[d.from].seg
	trade := r.has(s.from, s.to, "omzet", "laku", "jualan", "pemasukan", "penjualan", "untung", "modal", "libur", "naik", "turun", "pendapatan", "dagangan", "rugi", "dapat", "usaha")
	if d.period {
		if d.past.Reason == "future" || r.toks[d.to-1].is("ini", "ni") {
			return !visitHere || trade
		}
		return !visitHere && (visit >= 0 || r.has(s.from, d.from, "naik", "turun", "banding")) || r.splitPeriods()
	}
	if visit < 0 {
		return r.has(s.from, s.to, "libur", "jualan", "sakit", "sehat", "rusak", "hujan", "sepi", "tutup", "pesanan", "cair") && !r.sumIn(s) && !r.has(s.from, s.to, "bareng", "dampingi")
	}
	if visitHere {
		return false
	}
	if !d.onlyPast() && !r.yearAway(&d) && s.from > visit && !r.bareDay(s) && !r.wasDone(reportSpan{d.to, s.to}, true) {
		return true // "kamis ada bimtek": a plan more likely than the visit
	}
	if r.has(s.from, d.from, "sosialisasi", "penjangkauan") {
		return false
	}
	told := r.has(s.from, s.to, "kata", "dia", "bilang", "suami", "anak", "keluarga", "kerabat", "pembeli", "tetangga", "rusak", "sakit", "hujan", "sepi", "mahal", "pesanan", "cair")
	if s.from < r.seg(visit).from {
		return told && r.has(s.from, s.to, "kata", "suami", "anak", "kerabat", "pembeli")
	}
	return told || trade
}

// bareDay holds for a stretch with nothing in it but a day, or the meeting on
// that day.
func (r *reportReader) bareDay(s reportSpan) bool {
	for i := s.from; i < s.to; i++ {
		if r.words[i].role == roleNone && r.toks[i].kind == tkWord && !isAddress(r.toks[i].text) && !r.is(i, "hari", "pas", "ketemu", "itu") {
			return r.has(s.from, s.to, "ketemu") && !r.has(s.from, s.to, "lagi", "mau")
		}
	}
	return true
}

// sumIn holds for a stretch with an amount or a word of sales in it.
func (r *reportReader) sumIn(s reportSpan) bool {
	for i := s.from; i < s.to; i++ {
		if r.words[i].role == roleMoney || r.is(i, "omzet", "laku", "pemasukan", "penjualan", "untung", "rugi") {
			return true
		}
	}
	return false
}

// splitPeriods holds for a line that compares two periods.
func (r *reportReader) splitPeriods() bool {
	for _, q := range r.money {
		here := false
		for _, d := range r.dates {
			here = here || d.period && r.words[d.from].seg == r.words[q.from].seg
		}
		if !here {
			return true // a sum without a period is this week's
		}
	}
	n := 0
	for _, d := range r.dates {
		if d.period && !d.used {
			n++
		}
	}
	return n > 1 || n > 0 && r.has(0, len(r.words), "sekarang", "biasanya", "dulunya")
}

// tellsOf holds when a coming day is told as if the visit had been: she was
// met, or something was sold.
func (r *reportReader) tellsOf(k int) bool {
	s := r.dayWindow(k)
	verb := false
	for i := s.from; i < s.to; i++ {
		verb = verb || r.returnVerb(i)
	}
	if !verb {
		return false
	}
	if len(r.money) > 0 {
		return true
	}
	for i := range r.words {
		if r.real(i) && (i < s.from || i >= s.to) && r.is(i, "ketemu", "ngobrol", "hasil", "tercapai", "angkat", "kendala") {
			return true
		}
	}
	return false
}

// markComing marks a visit that is still to come.
func (r *reportReader) markComing(k int) {
	s := r.dayWindow(k)
	for i := s.from; i < s.to; i++ {
		if r.returnVerb(i) {
			r.markAhead(s)
			return
		}
	}
}

// secondDay weighs a second day against the first: the one beside the visit
// wins, and two of equal right are asked.
func (r *reportReader) secondDay(chosen, k, visit int) int {
	a, b := r.dates[chosen], r.dates[k]
	if len(a.past.Values) == 1 && len(b.past.Values) == 1 && a.past.Values[0] == b.past.Values[0] {
		return chosen
	}
	here := func(d reportDate) bool { return visit >= 0 && r.words[visit].seg == r.words[d.from].seg }
	switch {
	case here(a) && !here(b):
		if !r.returnsAgain(b) {
			return chosen
		}
	case here(b) && !here(a):
		return k
	}
	r.ask(keyDate, dateReadings(a.past)...)
	r.ask(keyDate, dateReadings(b.past)...)
	return chosen
}

// returnsAgain holds when a day stands beside a visit of its own.
func (r *reportReader) returnsAgain(d reportDate) bool {
	s := r.seg(d.from)
	for i := s.from; i < s.to; i++ {
		if r.real(i) && r.returnVerb(i) && !r.is(i, "ketemu", "balik", "lihat", "hubungi", "ngobrol") {
			return true
		}
	}
	return false
}
