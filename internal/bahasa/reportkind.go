package bahasa

// window is how many words before an amount are looked at.
const window = 8

// kindOf says what the k-th amount is, from the words before it back to the
// amount before, and then from the words right behind it.
func (r *reportReader) kindOf(k int) moneyKind {
	q := r.money[k]
	if r.isPrice(q) {
		return moneyOther
	}
	from := r.behind(q.from, window)
	if k > 0 {
		if prev := r.money[k-1].to; (r.words[r.money[k-1].from].off == 0 || r.words[q.from].off != 0) && r.joinsAmounts(prev, q.from) && r.kindBehind(k) == moneyUnsaid {
			kind := r.kindOf(k - 1)
			if kind == moneyModal && r.has(prev, q.from, "jadi", "menjadi") && !r.has(r.seg(q.from).from, q.from, "naik", "turun") {
				return moneyIncome // "modal 150rb jadi 300rb"
			}
			return kind
		}
		if prev := r.money[k-1].to; prev > from && r.has(prev, q.from, "dan", "sama", "+") && r.quiet(prev, q.from) {
			return r.kindOf(k - 1) // "300rb di pasar dan 200rb di rumah"
		}
		from = max(from, r.money[k-1].to)
	}
	strange := 0
	weak := moneyUnsaid
	for i := q.from - 1; i >= from; i-- {
		kind := r.moneyWord(i)
		switch {
		case kind == moneyUnsaid && !r.isFiller(i):
			if strange++; strange > 1 {
				i = from
			}
			continue
		case kind == moneyUnsaid:
			continue
		}
		kind, sure := r.refine(i, kind, q)
		if sure {
			return kind
		}
		if weak == moneyUnsaid {
			weak = kind
		}
	}
	if kind := r.kindBehind(k); kind != moneyUnsaid && (weak == moneyUnsaid || kind == moneyLaba || kind == moneyModal) {
		return kind
	}
	switch {
	case weak != moneyUnsaid:
		return weak
	case r.is(q.from-1, "habis"):
		return moneySpent
	case strange == 1 && k > 0 && r.secondItem(k):
		return moneyOmzet
	case strange > 0:
		return moneyOther // the price of something
	}
	return r.followsOn(k)
}

// secondItem holds for "omzet kue 300rb, es 100rb": what a second thing made,
// where the first was named too.
func (r *reportReader) secondItem(k int) bool {
	q, prev := r.money[k], r.money[k-1]
	if r.words[q.from].seg != r.words[prev.from].seg+1 || q.from-r.seg(q.from).from > 2 || r.kindOf(k-1) != moneyOmzet {
		return false
	}
	i := prev.from - 1
	return i >= 0 && r.words[i].role == roleNone && r.toks[i].kind == tkWord && r.moneyWord(i) == moneyUnsaid && !r.isFiller(i)
}

// quiet holds when no word between says what an amount is.
func (r *reportReader) quiet(from, to int) bool {
	for i := from; i < to; i++ {
		if r.moneyWord(i) != moneyUnsaid {
			return false
		}
	}
	return true
}

// followsOn reads an amount that opens its stretch behind one about what it
// is: "omzetnya turun, cuma 100rb".
func (r *reportReader) followsOn(k int) moneyKind {
	q := r.money[k]
	s := r.seg(q.from)
	n := r.words[q.from].seg
	if n == 0 || k > 0 && r.money[k-1].from >= r.segs[n-1].from && r.words[r.money[k-1].from].off == 0 || !r.is(s.from, "cuma", "kadang", "jadi", "tinggal", "sekarang", "tapi", "padahal", "baru") && s.from != q.from && r.words[q.from-1].role != roleDate {
		return moneyUnsaid
	}
	p := r.segs[n-1]
	if at := r.near(p.from, p.to, "omzet", "penjualan", "pemasukan", "untung"); at >= 0 && r.words[at].off == 0 && !r.has(p.from, p.to, "harga", "modal") && !r.turned(at, 2) {
		return r.moneyWord(at)
	}
	return moneyUnsaid
}

// joinsAmounts holds when only a word of change or range stands between two
// amounts: "dari 600rb jadi 800rb".
func (r *reportReader) joinsAmounts(from, to int) bool {
	if to == from {
		return true
	}
	if r.corrects(from, to) {
		return true
	}
	for i := from; i < to; i++ {
		if r.words[i].role == roleDate || r.is(i, "pagi", "siang", "sore", "malam") {
			continue
		}
		if !r.is(i, "jadi", "ke", "menjadi", "sampai", "-", "~", "dan", "atau", "naik", "turun", "cuma", "sekarang", "kadang", "ini", "minggu", "pekan", "hari", ",", "tinggal", "sudah", "+", "/") {
			return false
		}
	}
	return true
}

// corrects holds for words that take an amount back and say another.
func (r *reportReader) corrects(from, to int) bool {
	if to-from > 5 || !r.quiet(from, to) {
		return false
	}
	for i := from; i < to; i++ {
		switch r.toks[i].raw {
		case "eh", "salah", "maksudnya", "maksud", "mksdnya", "ralat", "koreksi", "keliru", "maksudku":
			return true
		}
	}
	return false
}

// refine looks around a word of money. sure is false for words that only set
// the scene, such as "jualan", where a plainer one may stand before.
func (r *reportReader) refine(i int, kind moneyKind, q quantity) (k moneyKind, sure bool) {
	switch r.at(i) {
	case "jualan", "usaha", "dagangan", "jual":
		if r.is(i, "jual") && q.from-i > 1 {
			return moneyUnsaid, false
		}
		return moneyOmzet, false
	case "bahan":
		if r.is(i-1, "harga") || r.is(i-2, "harga") {
			return moneyOther, true
		}
		return moneyModal, false
	case "hasil", "dapat", "pendapatan":
		return r.refineIncome(i)
	case "kotor":
		if r.is(i-1, "untung") {
			return moneyOther, true
		}
	case "bersih":
		if r.is(i-1, "omzet", "penjualan", "laku") {
			return moneyIncome, true
		}
		return moneyLaba, true
	case "modal":
		return r.refineModal(i, q)
	case "belanja":
		for j := i + 1; j < q.from; j++ {
			if r.isGoods(j) && !r.is(j, "bahan", "baku", "barang") {
				return moneySpent, true // one thing of several
			}
		}
		if r.is(i-1, "uang", "duit", "mau", "semoga") || r.is(i+1, "dapur", "harian", "rumah", "anak", "sekolah", "baju") {
			return moneyOther, true
		}
		return moneyModal, true
	case "beli":
		if r.has(i, q.from, "bahan", "baku", "modal", "dagangan", "stok") {
			return moneyModal, true
		}
		return moneyOther, true
	case "laku":
		if r.turned(i, 2) {
			return moneyOther, true
		}
	case "@", "x":
		if r.is(i+1, "lipat") {
			return moneyUnsaid, false
		}
		if r.has(r.behind(i, 5), i, "laku", "jualan", "penjualan") {
			return moneyOmzet, true // a price and a count, to be asked
		}
	}
	return kind, true
}

// refineIncome tells "hasil jualan" and "pendapatan kotor" from what may be
// turnover or profit.
func (r *reportReader) refineIncome(i int) (moneyKind, bool) {
	switch {
	case r.is(i, "dapat") && r.has(r.behind(i, 4), i, "omzet", "pemasukan", "penjualan"):
		return moneyOmzet, true
	case r.is(i+1, "jualan", "penjualan", "dagang", "laku", "kotor", "dagangan") || r.is(i-1, "omzet", "pemasukan") && !r.is(i, "pendapatan"):
		return moneyOmzet, true
	case r.is(i+1, "bersih", "untung") || r.is(i-1, "untung"):
		return moneyLaba, true
	case r.is(i, "dapat") && r.is(i-1, "modal", "bantuan", "pinjaman", "utang"):
		return moneyOther, true
	}
	return moneyIncome, true
}

// refineModal tells what was spent on goods from capital that was given,
// lent, missing or wished for.
func (r *reportReader) refineModal(i int, q quantity) (moneyKind, bool) {
	if r.is(i-1, "bantuan", "butuh", "utang", "kurang", "dana", "dapat", "cair", "cairkan", "pencairan", "balik", "kendala", "dikasih", "kasih", "terima", "dukung", "setor", "sisa", "uang", "tabung", "kekurangan", "tambahan", "suntikan", "kehabisan", "semoga", "untuk") && !r.is(i-1, "untuk") {
		return moneyOther, true
	}
	if after := q.to; r.is(after, "dari") && r.has(after, r.ahead(after, 2), "lembaga", "program", "dinas", "bantuan", "hibah", "kemensos", "dinsos", "koperasi", "bank", "pinjaman", "perusahaan", "yayasan") || r.is(after, "cair", "dicairkan") || r.is(after, "sudah", "belum") && r.is(after+1, "cair", "dicairkan") {
		return moneyOther, true // aid that was paid out
	}
	for i+1 < q.from && r.words[i+1].role == roleName {
		i++ // "modal Mawar tinggal 50rb"
	}
	if r.is(i+1, "awal", "bantuan", "usaha", "utang", "hibah", "cair", "kerja", "butuh", "sisa", "masih", "tinggal", "balik", "program", "lembaga", "semoga") {
		return moneyOther, true
	}
	if r.is(i+1, "kurang") && !r.is(i+2, "lebih") && q.from-i <= 3 {
		return moneyOther, true
	}
	if r.has(i+1, q.from, "utang", "bantuan", "lembaga", "program", "dinas") {
		return moneyOther, true
	}
	return moneyModal, true
}

// kindBehind reads what an amount is from the words behind it, unless these
// belong to the amount that follows.
func (r *reportReader) kindBehind(k int) moneyKind {
	q := r.money[k]
	to := r.ahead(q.to-1, 4)
	for i := q.to; i < to; i++ {
		kind := r.moneyWord(i)
		if kind == moneyUnsaid {
			if r.isFiller(i) || r.is(i, "untuk", "buat", "itu", "sebagai") {
				continue
			}
			return moneyUnsaid
		}
		if k+1 < len(r.money) && r.money[k+1].from-i <= 3 && r.words[r.money[k+1].from].seg == r.words[i].seg {
			return moneyUnsaid
		}
		kind, _ = r.refine(i, kind, quantity{from: i + 1})
		return kind
	}
	return moneyUnsaid
}

// standsAlone holds for an amount that nothing else claims: at the beginning
// of a stretch, or behind a name, a day or a small word.
func (r *reportReader) standsAlone(q quantity) bool {
	for i := q.from - 1; i >= r.seg(q.from).from; i-- {
		if !r.isFiller(i) && r.words[i].role != roleMoney && r.toks[i].kind == tkWord && !isAddress(r.toks[i].text) {
			return false
		}
	}
	for i := q.to; i < r.ahead(q.to-1, 1); i++ {
		if !r.isFiller(i) && r.words[i].role != roleMoney && r.toks[i].kind != tkMark && !isAddress(r.toks[i].text) {
			return false
		}
	}
	return true
}

// judge reads the value of an amount and what casts doubt on it.
func (r *reportReader) judge(k int, a *saidAmount) Result[int64] {
	q := a.q
	lim := OmzetLimits()
	switch a.kind {
	case moneyModal, moneySpent:
		lim.UsualMin = 5_000
	case moneyLaba, moneyLoss:
		lim.UsualMin, lim.Negative = 5_000, true
	}
	if a.kind == moneyLoss {
		q.negative = true
	} else if q.negative && q.from > 0 && r.is(q.from-1, "rugi") {
		a.kind, lim.Negative = moneyLaba, true
	}
	out := decide(q, lim)
	from := r.behind(q.from, 4)
	if k > 0 {
		from = max(from, r.money[k-1].to)
	}
	near := r.toks[from:q.from]
	tail := r.toks[q.to:r.ahead(q.to-1, 3)]
	out.Approx = out.Approx || saysAbout(near) || r.is(q.to, "lebih", "kurang") || r.is(q.to, "an")
	a.isRange = k > 0 && isBetween(r.toks, r.money[k-1], q) && !r.is(q.from-1, "ke") || k+1 < len(r.money) && isBetween(r.toks, q, r.money[k+1]) && !r.is(q.to, "ke")
	a.before = r.saysBefore(k, from, a.kind)
	a.doubt = pointsAway(near) || r.bounds(from, q) || otherPeriod(near) || r.otherSpan(q, tail) || timesOver(r.toks[max(from, q.from-2):min(q.to+2, len(r.toks))]) > 1 || r.isRise(q)
	return out
}

// bounds holds for words that name a limit and not the sum.
func (r *reportReader) bounds(from int, q quantity) bool {
	if r.is(q.to, "lebih", "kurang") && !r.is(q.to+1, "kurang", "lebih") && !(r.is(q.to, "kurang") && r.moneyWord(q.to-1) == moneyUnsaid && r.is(q.to+1, "laku", "modal", "dukung")) {
		return !r.is(q.to, "kurang") || r.words[q.to].seg == r.words[q.from].seg && q.to+1 >= r.seg(q.from).to
	}
	for i := from; i < q.from; i++ {
		switch {
		case r.is(i, "bawah", "atas", "paling", "rata", "@", "x", "maksimal", "minimal", "maks", "mendekati", "nyaris"):
			return true
		case r.is(i, "tidak", "belum") && r.has(i+1, q.from, "sampai", "nyampe", "capai", "mencapai", "untung", "laku"):
			return true
		}
	}
	return false
}

// otherSpan holds for an amount said to be for a day or a month.
func (r *reportReader) otherSpan(q quantity, tail []token) bool {
	if otherPeriod(tail) && !(len(tail) > 1 && tail[0].kind == tkMark && !tail[0].is("/", "@")) {
		return true
	}
	s := r.seg(q.from)
	for i := max(s.from, q.from-window); i < min(s.to, q.to+3); i++ {
		if r.toks[i].is("bulan", "tahun") && i+1 < s.to && r.toks[i+1].is("ini", "lalu", "kemarin") || r.toks[i].is("sebulan", "setahun") || r.toks[i].raw == "seari" || r.toks[i].raw == "seharian" {
			return true
		}
	}
	return r.severalWeeks(q)
}

// isRise holds for "naik 200rb", which is by how much and not to what.
func (r *reportReader) isRise(q quantity) bool {
	i := q.from - 1
	for i >= 0 && r.is(i, "sekitar", "cuma", "kurang", "lebih", "kira", "rp") {
		i--
	}
	return r.is(i, "naik", "turun", "nambah", "bertambah", "berkurang")
}

// saysBefore holds for an amount of an earlier time, beside a newer one.
func (r *reportReader) saysBefore(k, from int, kind moneyKind) bool {
	q := r.money[k]
	if k+1 < len(r.money) {
		next := r.money[k+1]
		grows := kind != moneyModal || r.has(r.seg(q.from).from, next.from, "naik", "turun")
		if grows && next.from-q.to <= 4 && r.has(q.to, next.from, "jadi", "ke", "menjadi") && !r.has(q.to, next.from, "modal", "untung", "belanja", "bersih", "laku", "omzet", "rugi", "sisa", "kotor") {
			return true
		}
	}
	for i := q.from - 1; i >= from; i-- {
		switch {
		case r.is(i, "dulunya", "biasanya", "sebelumnya", "dulu", "awalnya", "biasa"):
			return true
		case r.is(i, "lalu", "kemarin") && r.is(i-1, "minggu", "pekan", "bulan"):
			return true
		case r.is(i, "dari") && i == q.from-1 && r.has(r.seg(i).from, i, "naik", "turun"):
			return true
		}
	}
	return false
}

// readNoSales asks about "belum ada pemasukan": nothing sold, or not known?
func (r *reportReader) readNoSales() {
	if r.out.Omzet != nil || r.asked(keyOmzet) {
		return
	}
	for i := range r.words {
		if !r.real(i) || !r.is(i, "omzet", "pemasukan", "penjualan", "pendapatan") {
			continue
		}
		switch {
		case r.is(i+1, "katek") && r.toks[i+1].raw == "nihil":
			zero := int64(0)
			r.out.Omzet = &zero
			return
		case r.is(i+1, "katek", "kosong"), r.is(i+1, "tidak", "belum", "masih", "lagi") && r.is(i+2, "ada", "katek", "kosong"),
			r.is(i-1, "ada", "punya", "dapat") && r.is(i-2, "tidak", "belum"), r.is(i-1, "katek", "tanpa", "belum"):
			r.ask(keyOmzet, "0")
			return
		}
	}
}
