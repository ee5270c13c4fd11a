package bahasa

import "strconv"

// readTrade reads the days she sold and where the trade is heading.
func (r *reportReader) readTrade() {
	r.readDaysSold()
	r.readDirection()
	r.readClosed()
}

// readDaysSold reads "jualan 4 hari", "4 hari jualan".
func (r *reportReader) readDaysSold() {
	for i := range r.words {
		if !r.real(i) || !r.is(i, "hari") {
			continue
		}
		from, lo, hi, ok := r.daysBefore(i)
		if !ok || r.is(i+1, "lalu", "lagi", "terakhir", "sekali", "libur", "sakit", "ini") || r.is(i+1, "yang") && r.is(i+2, "lalu") || !r.soldAround(from, i) {
			continue
		}
		about := r.has(from-2, from, "sekitar", "hampir", "kurang", "lebih", "mungkin", "kayaknya")
		if lo != hi || hi > 7 || about {
			r.askDays(lo, hi)
			continue
		}
		if r.out.JalanHari != nil && *r.out.JalanHari != lo {
			r.askDays(*r.out.JalanHari, lo)
			continue
		}
		v := lo
		r.out.JalanHari = &v
	}
	r.readDaysAfter()
	for i := range r.words {
		if r.out.JalanHari == nil && r.real(i) && r.is(i, "tiap", "setiap") && r.is(i+1, "hari") && (r.is(i-1, "jualan", "jalan", "buka", "dagangan") && !r.turned(i-1, 1) || r.is(i+2, "jualan", "buka")) {
			r.ask(keyJalan, "7")
		}
		if r.out.JalanHari == nil && r.real(i) && r.is(i, "seminggu") && r.is(i+1, "penuh", "full") && r.has(r.behind(i, 2), i, "jualan", "jalan", "buka") {
			r.ask(keyJalan, "7")
		}
	}
}

// readDaysAfter reads "hari jualan 4", "jalan hari: 5".
func (r *reportReader) readDaysAfter() {
	for i := range r.words {
		if !r.real(i) || r.out.JalanHari != nil || r.asked(keyJalan) || !(r.is(i, "hari") && r.is(i+1, "jualan", "jalan", "buka") || r.is(i, "jalan", "jualan") && r.is(i+1, "hari")) {
			continue
		}
		j := i + 2
		for r.is(j, ":", "=", "cuma", "dia") || j < len(r.words) && r.words[j].role == roleName {
			j++
		}
		if j >= len(r.toks) || r.words[j].role != roleNone || r.toks[j].kind != tkNumber || len(r.toks[j].text) != 1 || j+1 < len(r.toks) && (r.toks[j+1].kind == tkNumber || r.is(j+1, "-", "/", "sampai", "atau")) || unitAt(r.toks, j+1) {
			continue
		}
		if v := digitsValue(r.toks[j].text); v <= 7 {
			r.out.JalanHari = &v
		}
	}
}

func (r *reportReader) askDays(vs ...int64) {
	r.ask(keyJalan)
	for _, v := range vs {
		if v >= 0 && v <= 7 {
			r.ask(keyJalan, strconv.FormatInt(v, 10))
		}
	}
}

// daysBefore reads the number, or the span of two, before "hari".
func (r *reportReader) daysBefore(i int) (from int, lo, hi int64, ok bool) {
	hi, from, ok = r.smallBefore(i)
	if !ok {
		return 0, 0, 0, false
	}
	lo = hi
	if r.is(from-1, "dari") {
		if v, at, ok := r.smallBefore(from - 1); ok {
			return at, v, v, true // "4 dari 7 hari"
		}
	}
	if r.is(from-1, "-", "atau", "sampai", "~", "ke") || r.is(from-1, "/") {
		if v, at, ok := r.smallBefore(from - 1); ok {
			return at, v, hi, true
		}
	}
	if v, at, ok := r.smallBefore(from); ok && v+1 == hi {
		return at, v, hi, true // "tiga empat hari"
	}
	return from, lo, hi, true
}

// smallBefore reads a number of one or two words that ends before i.
func (r *reportReader) smallBefore(i int) (v int64, from int, ok bool) {
	if i < 1 || r.words[i-1].role != roleNone {
		return 0, 0, false
	}
	if r.toks[i-1].kind == tkNumber {
		return digitsValue(r.toks[i-1].text), i - 1, true
	}
	for _, n := range [...]int{2, 1} {
		if i-n < 0 || r.words[i-n].role != roleNone {
			continue
		}
		if ch, ok := readChunk(r.toks[:i], i-n, false); ok && ch.next == i && ch.units <= 1 {
			return ch.value, i - n, true
		}
	}
	return 0, 0, false
}

// soldAround holds when days from..i are days of selling: a word of selling
// before them without a "not", or right behind.
func (r *reportReader) soldAround(from, i int) bool {
	s := r.seg(i)
	for k := from - 1; k >= max(s.from, from-4); k-- {
		switch {
		case r.is(k, "libur", "absen", "bolos", "sakit", "tutup", "tidak", "belum", "setelah", "selama", "istirahat", "berhenti", "stop", "pesanan", "tahan", "sekali", "tiap"):
			return false
		case r.is(k, "jualan", "jalan", "buka", "dagang", "usaha", "jual", "produksi"):
			return !r.turned(k, 1) && !r.is(k-1, "libur", "absen", "bolos", "tutup", "berhenti", "stop", "istirahat")
		case r.words[k].role == roleMoney || r.words[k].role == roleDate && !r.toks[k].is("ini", "minggu"):
			return r.is(i+1, "jualan", "jalan", "buka", "dagang")
		}
	}
	k := i + 1
	for k < len(r.words) && r.words[k].role == roleName {
		k++ // "5 hari Mawar jualan"
	}
	if r.is(k, "jualan", "jalan", "buka", "dagang") {
		return true
	}
	return r.is(i+1, "dia", "bisa") && r.is(i+2, "jualan", "buka")
}

// tradeNoun holds for what goes up and down when the trade does.
func (r *reportReader) tradeNoun(i int) bool {
	return r.is(i, "omzet", "jualan", "usaha", "penjualan", "dagangan", "pemasukan", "pendapatan", "untung", "arah", "laku", "kotor")
}

// readDirection reads naik, turun and tetap where the trade is what moves.
func (r *reportReader) readDirection() {
	for i := range r.words {
		w := r.words[i].w
		if !r.real(i) || w != "naik" && w != "turun" && w != "tetap" && w != "sama" {
			continue
		}
		if r.wavers(i) {
			r.ask(keyArah, "naik", "turun")
			continue
		}
		if !r.tradeMoves(i) {
			continue
		}
		switch {
		case w == "sama":
			if r.is(i+1, "seperti", "kayak", "dengan", "saja") && r.has(i, r.ahead(i, 4), "minggu", "pekan", "kemarin", "lalu", "biasa") {
				r.takeArah("tetap")
			}
		case w == "tetap" && !r.staysEven(i):
		case r.turned(i, 2):
			if w != "tetap" {
				r.ask(keyArah)
			}
		default:
			r.takeArah(w)
		}
	}
}

// wavers holds for "kadang naik kadang turun".
func (r *reportReader) wavers(i int) bool {
	return r.is(i, "naik", "turun") && r.is(i-1, "kadang") && r.has(i+1, r.ahead(i, 3), "naik", "turun") && !r.has(r.behind(i, 4), i, "harga", "semangat")
}

// staysEven holds for a "tetap" that ends what is said: "omzet tetap", not
// "tetap jualan".
func (r *reportReader) staysEven(i int) bool {
	return r.is(i-1, "arah") || r.endsStretch(i) || r.is(i+1, "sama", "segitu", "stabil", "di", "saja", "kayak", "seperti", "tidak") || r.toks[i].raw == "stabil"
}

// tradeMoves holds when what goes up or down is the trade: the nearest noun
// before says so, or the word right behind.
func (r *reportReader) tradeMoves(i int) bool {
	if r.is(i+1, "motor", "ojek", "gojek", "grab", "angkot", "bus", "becak", "mobil", "kelas", "haji", "darah", "tangga", "sepeda", "harga", "hujan", "tangan", "berat", "lapangan", "langsung", "lrt", "kereta", "taksi", "travel", "bentor", "jualan") && !r.is(i+1, "jualan") {
		return false
	}
	s := r.seg(i)
	for k := i - 1; k >= max(s.from, i-6); k-- {
		if r.words[k].role == roleName || r.words[k].role == roleDate || r.words[k].role == roleMoney {
			continue
		}
		switch {
		case r.tradeNoun(k):
			return !r.is(k-1, "harga") && !r.is(k, "usaha") || r.is(k, "usaha") && !r.has(k+1, i, "harga", "modal")
		case r.isGoods(k) || r.is(k, "harga", "modal", "semangat", "sewa", "biaya", "ongkos", "saya", "badan", "tensi", "kelas", "level", "mental", "percaya", "kualitas", "pembeli", "air", "bbm", "bensin", "cabai"):
			return false
		}
	}
	for k := i + 1; k < r.ahead(i, 2); k++ {
		if r.tradeNoun(k) && (r.words[k].own || k == i+1) {
			return true
		}
	}
	return r.opensWithMove(i)
}

// opensWithMove holds for ", naik dari minggu lalu" behind a stretch about the
// trade.
func (r *reportReader) opensWithMove(i int) bool {
	s := r.seg(i)
	first := s.from
	for first < i && (r.is(first, "tapi", "agak", "lumayan", "sedikit", "alhamdulillah", "makin", "cuma", "juga", "padahal") || r.toks[first].kind == tkMark) {
		first++
	}
	if first != i || r.words[i].seg == 0 {
		return false
	}
	p := r.segs[r.words[i].seg-1]
	about := false
	for k := p.from; k < p.to; k++ {
		about = about || r.tradeNoun(k) && !r.turned(k, 1)
	}
	return about && !r.has(p.from, p.to, "harga") && (r.endsStretch(i) || r.is(i+1, "dari", "sedikit", "dibanding", "jadi", "terus", "lumayan", "sangat", "turun", "naik"))
}

// takeArah keeps a direction; two different ones are asked.
func (r *reportReader) takeArah(code string) {
	if r.out.Arah != "" && r.out.Arah != code || r.asked(keyArah) {
		r.ask(keyArah, r.out.Arah, code)
		return
	}
	r.out.Arah = code
}

// readClosed reads a trade that rests for now. Some days off are none, and
// neither is a holiday of somebody else.
func (r *reportReader) readClosed() {
	for i := range r.words {
		if !r.real(i) {
			continue
		}
		switch r.at(i) {
		case "libur", "tutup", "off", "berhenti", "stop":
			if r.restsNow(i) {
				r.takeArah("libur")
			}
		case "jualan", "dagang", "buka", "produksi":
			if (r.is(i-1, "tidak") || r.is(i-1, "bisa", "sempat") && r.is(i-2, "tidak")) && (r.is(i+1, "dulu") || r.forAWeek(i+1) || r.is(i-2, "lagi", "sedang") || r.is(i+1, "sama") && r.is(i+2, "sangat")) {
				r.takeArah("libur")
			}
		}
	}
}

// forAWeek holds for "minggu ini", "seminggu ini".
func (r *reportReader) forAWeek(i int) bool {
	if r.is(i, "seminggu") {
		return true
	}
	return r.is(i, "minggu", "pekan") && r.is(i+1, "ini", "ni")
}

func (r *reportReader) restsNow(i int) bool {
	if r.turned(i, 2) || r.is(i+1, "sekolah", "lebaran", "natal", "panjang", "nasional", "kuliah", "kerja") || r.is(i-1, "hari", "anak", "tanggal", "sekolah") {
		return false
	}
	if _, _, _, ok := r.daysBefore(min(i+2, len(r.words)-1)); ok && r.is(i+2, "hari") || r.is(i+2, "-", "atau", "sampai") && r.is(i+4, "hari") || r.is(i+1, "sehari", "cuma", "setiap", "tiap") || r.is(i-1, "hari") {
		return false
	}
	if i+1 < len(r.words) && r.words[i+1].role == roleDate && !r.forAWeek(i+1) || i > 0 && r.words[i-1].role == roleDate && !r.is(i-1, "ini", "ni") {
		return false
	}
	if r.is(i+1, "jualan", "dagang") && !r.is(i-1, "sudah") && (r.is(i+2, "sehari", "cuma") || r.is(i+3, "hari") || r.is(i+3, "-", "atau", "sampai") && r.is(i+5, "hari")) {
		return false // "libur jualan 2 hari": the other days she sold
	}
	if r.is(i+1, "jualan") && i+2 < len(r.words) && r.words[i+2].role == roleDate && !r.forAWeek(i+2) {
		return false
	}
	s := r.seg(i).from
	if r.is(i, "libur") && r.endsStretch(i) && r.is(i+1, "karena") && (i == s || r.words[i-1].role == roleName) && (r.out.Omzet == nil || *r.out.Omzet == 0) {
		return true // "omzet 0, libur karena sakit"
	}
	if r.is(i, "libur") {
		return r.is(i+1, "dulu", "jualan", "dagang", "total", "semua", "penuh") || r.forAWeek(i+1) || r.has(r.behind(i, 4), i, "jualan", "usaha", "dagangan", "warung", "salon", "dagang", "penjualan", "arah") || r.is(i-1, "lagi", "sedang", "masih", "jadi", "sudah")
	}
	if r.is(i, "tutup") && r.is(i+1, "warung", "lapak", "salon", "tempat") && r.is(i+2, "dulu") {
		return true
	}
	if r.is(i, "tutup", "off") {
		return (r.is(i+1, "dulu") || r.forAWeek(i+1) || r.is(i+1, "sementara")) && (r.has(r.behind(i, 4), i, "jualan", "usaha", "dagangan", "warung", "salon", "dagang", "tempat") || i > 0 && r.words[i-1].role == roleName)
	}
	return r.is(i+1, "jualan", "dulu", "dagang", "usaha", "produksi") && (r.has(i, r.ahead(i, 3), "dulu") || r.forAWeek(i+2))
}
