package bahasa

// severalWeeks holds for an amount of more than this week: "laku 300rb selama
// 2 minggu", "2 minggu ini laku 500rb".
func (r *reportReader) severalWeeks(q quantity) bool {
	s := r.seg(q.from)
	i := q.to
	if i == s.to-1 && r.toks[i].is(",") {
		i++ // "omzet 800rb, 2 minggu"
	}
	for r.is(i, "selama", "dalam", "untuk", "buat", "itu", "kak", "total") {
		i++
	}
	if n := r.weeksAt(i); n > 0 && r.endsStretch(i+n-1) {
		return true
	}
	for k := max(s.from, q.from-window); k < q.from; k++ {
		if n := r.weeksAt(k); n > 0 && r.onlyTrade(k+n, q.from) {
			return true
		}
	}
	return false
}

// weeksAt returns how many words from i are two weeks or more, or months: "2
// minggu", "tiga minggu ini"; 0 when none are.
func (r *reportReader) weeksAt(i int) int {
	if i < 0 || i+1 >= len(r.words) || !r.words[i+1].plainWeek() || r.words[i].role != roleNone {
		return 0
	}
	v, from, ok := r.smallBefore(i + 1)
	if !ok || from != i || v < 2 || r.is(i+2, "lalu", "lagi", "sekali", "yang", "terakhir", "kemarin") {
		return 0
	}
	if r.is(i+2, "ini", "ni") {
		return 3
	}
	return 2
}

func (w *reportWordAt) plainWeek() bool {
	return w.role == roleNone && (w.w == "minggu" || w.w == "pekan" || w.w == "bulan")
}

// onlyTrade holds when nothing but words of sales, names and small words stand
// in from..to.
func (r *reportReader) onlyTrade(from, to int) bool {
	for i := from; i < to; i++ {
		if !r.isFiller(i) && !r.is(i, "laku", "omzet", "jualan", "pemasukan", "penjualan", "dagangan", "modal", "untung", "belanja") || r.is(i, "tidak", "belum", "baru") {
			return false
		}
	}
	return true
}
