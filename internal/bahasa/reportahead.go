package bahasa

import "strings"

// comesBack holds when the k-th day is one on which the companion comes back,
// and returns the words that say so.
func (r *reportReader) comesBack(k int) (reportSpan, bool) {
	d := r.dates[k]
	if r.words[d.from].off&unrealAsked != 0 {
		return reportSpan{}, false
	}
	s := r.dayWindow(k)
	after := reportSpan{d.to, s.to}
	if k+1 < len(r.dates) {
		for after.to > after.from && r.dates[k+1].from < d.to+4 && (r.is(after.to-1, "lanjut") || r.toks[after.to-1].kind == tkMark) && r.dates[k+1].from <= s.to {
			after.to-- // "24/11 tl 1/12": it speaks of the next day
		}
		if after.to == after.from && after.to < s.to {
			return reportSpan{}, false
		}
	}
	before := reportSpan{s.from, d.from}
	open := !d.onlyFuture() && !(r.soonerAhead(&d) && r.pastDay())
	if r.ofAnEvent(before) || r.calledOff(after, before) || r.wasDone(after, open) || r.yearAway(&d) && !r.has(s.from, after.to, "lanjut", "janji", "lagi", "nanti") {
		return reportSpan{}, false
	}
	if r.returning(after, d, open) {
		return reportSpan{d.from, after.to}, true
	}
	if at := r.returnStart(before, open); at >= 0 {
		return reportSpan{at, d.to}, true
	}
	return reportSpan{}, false
}

// ofAnEvent holds for the day of something that takes place: "antar undangan
// bimtek tgl 1".
func (r *reportReader) ofAnEvent(before reportSpan) bool {
	return before.to > before.from && r.is(before.to-1, "bimtek", "rapat", "acara", "pelatihan", "undangan", "kegiatan", "penyuluhan", "bazar", "pameran", "wicara", "pengajian", "kondangan", "hajatan", "sosialisasi") && !r.has(before.from, before.to, "lanjut", "jemput", "lagi")
}

// yearAway holds for a day that was a short time ago and comes again in a year:
// "23/11 telepon, 24/11 ke rumahnya" tells of two days that are over.
func (r *reportReader) yearAway(d *reportDate) bool {
	if d.past.Sure != Certain || len(d.past.Values) != 1 || len(d.future.Values) != 1 {
		return false
	}
	today := DateOf(r.now)
	return d.past.Values[0].daysUntil(today) <= 60 && today.daysUntil(d.future.Values[0]) > 300
}

// calledOff holds for a return that is not needed or cannot be: "gak usah
// ditengok lagi besok", "senin gak bisa ke sana".
func (r *reportReader) calledOff(after, before reportSpan) bool {
	for i := before.from; i < before.to; i++ {
		if r.isNot(i) && r.is(i+1, "usah", "butuh", "mau") || r.is(i, "usah") && !r.isNot(i-1) {
			return true
		}
	}
	for i := after.from; i < after.to; i++ {
		if r.isNot(i) && (r.is(i+1, "usah", "butuh", "mau", "jadi", "bisa", "sempat", "pacak") || r.returnVerb(i+1) || r.is(i+1, "ke") && r.returnVerb(i+2)) {
			return true
		}
	}
	return false
}

// wasDone holds where a day is told of as past: "hari ini sudah ketemu",
// "selasa ke sana lagi ketemu", "tgl 24 ke rumahnya, ketemu".
func (r *reportReader) wasDone(s reportSpan, open bool) bool {
	if open && r.is(s.to, "ketemu") && r.endsStretch(s.to) && r.words[s.to].seg == r.words[s.to-1].seg+1 && r.has(s.from, s.to, "rumah", "kerumah", "datangi") && !r.has(s.from, s.to, "mau", "nanti", "lagi", "lanjut", "janji") {
		return true
	}
	for i := s.from; i < s.to; i++ {
		if r.is(i, "sudah", "akhirnya", "baru") && r.is(i+1, "ketemu", "telepon", "ngobrol", "angkat") {
			return true
		}
		if open && r.is(i, "ketemu") && r.endsStretch(i) && !r.is(i+1, "lagi", "mau", "nanti") && r.has(s.from, i, "sana", "rumah", "kerumah", "datangi") && !r.has(s.from, i, "mau", "nanti", "untuk", "biar", "supaya", "bisa", "butuh", "semoga") {
			return true
		}
	}
	return false
}

// returning holds when the words behind a day tell what the companion does on
// it.
func (r *reportReader) returning(s reportSpan, d reportDate, open bool) bool {
	if s.from >= s.to {
		return r.barePlan(d)
	}
	if r.hers(reportSpan{max(r.seg(d.from).from, d.from-2), s.to}) {
		return false
	}
	return r.saysReturn(s, open, r.eventBefore(d) || !open && r.pastDay())
}

// pastDay holds when a day that can only be past is named too: "besok ke
// rumahnya, tadi cuma telepon" tells of both.
func (r *reportReader) pastDay() bool {
	for k := range r.dates {
		if r.dates[k].onlyPast() {
			return true
		}
	}
	return false
}

// barePlan holds for a day alone in its stretch behind "tindak lanjut" or the
// like at the end of the stretch before.
func (r *reportReader) barePlan(d reportDate) bool {
	s := r.seg(d.from)
	return s.from == d.from && d.from > 1 && r.is(d.from-2, "lanjut", "janji") && r.toks[d.from-1].kind == tkMark
}

// returnStart finds where the words before a day begin to tell what the
// companion does on it; -1 when they do not.
func (r *reportReader) returnStart(s reportSpan, open bool) int {
	if s.from >= s.to {
		return -1
	}
	from := max(s.from, s.to-7)
	if at := r.near(from, s.to, "lanjut", "janji"); at >= 0 && !r.isNot(at-1) && !r.herPromise(at) && (!r.hers(reportSpan{at, s.to}) || r.goesOnAlong(at)) && !r.is(at+1, "jualan", "produksi", "usaha") {
		return at
	}
	at := -1
	for i := s.to - 1; i >= from; i-- {
		if r.returnVerb(i) {
			at = i
		}
	}
	if at < 0 {
		return -1
	}
	for at > from && r.is(at-1, "saya", "mau", "lagi", "ke", "nanti", "akan", "di", "butuh") {
		at--
	}
	later := len(r.dates) > 0 && r.dates[0].from < at
	if r.hers(reportSpan{max(s.from, at-3), s.to}) || !r.saysReturn(reportSpan{at, s.to}, open, later) {
		return -1
	}
	if !r.eventBefore(reportDate{from: at}) && open && !r.has(at, s.to, "lagi", "mau", "nanti", "balik", "butuh") {
		return -1
	}
	return at
}

// goesOnAlong holds for "dampingi Kenanga pencairan, lanjut belanja tgl 30":
// the next thing to go along for.
func (r *reportReader) goesOnAlong(at int) bool {
	return r.is(at+1, "belanja", "pencairan", "beli") && r.has(0, at, "dampingi")
}

// herPromise holds for what she promises to do herself: "dia janji senin setor
// catatan".
func (r *reportReader) herPromise(i int) bool {
	if !r.is(i, "janji") || r.toks[i].raw == "janjian" || r.toks[i].raw == "ketemuan" {
		return false
	}
	for k := i + 1; k < r.seg(i).to; k++ {
		if r.returnVerb(k) || r.is(k, "saya") {
			return false
		}
	}
	return r.is(i-1, "dia") || i > 0 && r.words[i-1].role == roleName || i == r.seg(i).from && !r.endsStretch(i)
}

// saysReturn weighs the words of one stretch: a visit of one's own, again, or
// planned. A day that may lie on either side of today needs more.
func (r *reportReader) saysReturn(s reportSpan, open, later bool) bool {
	verb, own, again, planned, other := false, false, false, false, false
	for i := s.from; i < s.to; i++ {
		switch {
		case r.is(i, "lanjut", "janji"):
			if i <= s.from+4 && !r.is(i+1, "jualan", "produksi", "usaha") {
				return true
			}
		case r.is(i, "saya", "bareng") && !r.is(i-1, "rumah"):
			own = true
		case r.is(i, "lagi"):
			again = true
		case r.is(i, "mau", "nanti", "butuh"):
			planned = true
		case r.is(i, "libur", "cuti", "rapat", "bimtek", "izin", "sakit", "lapor"):
			other = true
		}
		verb = verb || r.returnVerb(i)
	}
	if open && !later && !again && !planned {
		return false
	}
	return verb && (own || again || planned || later) || own && !other && (!open || later) && s.to-s.from > 1
}

// returnVerb holds for what a companion does with a participant.
func (r *reportReader) returnVerb(i int) bool {
	switch r.at(i) {
	case "balik":
		return !r.is(i+1, "modal", "nama", "dusun", "kampung", "dari")
	case "tengok", "kunjung", "datangi", "mampir", "homevisit", "kerumah", "kontrol", "telepon", "chat", "vc", "hubungi", "ketemu", "dampingi", "ngobrol", "konseling", "motivasi", "mediasi", "datang", "lihat", "jemput", "followup", "liat", "pertemuan":
		return true
	case "sana", "rumah":
		return r.is(i-1, "ke") && !r.is(i+1, "sakit", "makan")
	}
	return false
}

// hers holds when the words are about what she or somebody else does.
func (r *reportReader) hers(s reportSpan) bool {
	for i := s.from; i < s.to; i++ {
		if r.returnVerb(i) && strings.HasPrefix(r.toks[i].raw, "di") && !r.is(i, "dampingi", "kontrol") {
			return false // "minta ditengok lagi": the companion's doing
		}
	}
	for i := s.from; i < s.to; i++ {
		if r.is(i, "dia", "kata", "suami", "anak", "kerabat", "keluarga", "pembeli", "orang") && !r.has(s.from, s.to, "saya") && !r.objectOf(i) {
			return true
		}
		if r.is(i, "belanja", "jualan", "pesanan", "produksi", "jual") && !r.has(s.from, s.to, "saya", "bareng", "dampingi", "kontrol", "tengok", "kunjung") {
			return true
		}
	}
	return false
}

// objectOf holds for "dia" behind a verb of the companion: "telepon dia".
func (r *reportReader) objectOf(i int) bool {
	return r.returnVerb(i-1) || r.is(i-1, "sama", "dengan", "rumah", "ke")
}

// eventBefore holds when a visit, a call or a past day was told before a day.
func (r *reportReader) eventBefore(d reportDate) bool {
	for k := range r.dates {
		if r.dates[k].from < d.from && r.dates[k].onlyPast() {
			return true
		}
	}
	for i := 0; i < d.from; i++ {
		if r.words[i].seg == r.words[min(d.from, len(r.words)-1)].seg && i > d.from-3 {
			break
		}
		if r.words[i].off&unrealAsked == 0 && (r.returnVerb(i) || r.is(i, "hasil", "tercapai", "semangat", "omzet", "laku", "modal")) {
			return true
		}
	}
	return len(r.money) > 0 && r.money[0].from < d.from
}

// markLooseAhead marks what is planned without a day: "nanti saya telepon
// lagi". "Mau" and its kind did so before; here it is "lanjut" alone.
func (r *reportReader) markLooseAhead() {
	for i := range r.words {
		if r.is(i, "lanjut") && r.words[i].off == 0 && r.has(i, r.ahead(i, 5), "kontrol", "telepon", "kunjung", "homevisit", "ketemu") {
			r.markAhead(reportSpan{i, r.seg(i).to})
		}
	}
}
