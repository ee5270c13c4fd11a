package bahasa

import "strconv"

// moneyKind is what an amount was said to be.
type moneyKind uint8

const (
	moneyUnsaid moneyKind = iota // nothing says what it is
	moneyOmzet
	moneyModal
	moneyLaba
	moneyLoss
	moneyIncome // "dapat 300rb": turnover or profit
	moneySpent  // "pengeluaran": what was spent on goods, or on all
	moneyOther  // a price, a debt, a wish
)

// maxMoney is how many amounts of one line are looked at.
const maxMoney = 16

// saidAmount is one amount with what is known about it.
type saidAmount struct {
	kind    moneyKind
	q       quantity
	r       Result[int64]
	before  bool // an earlier amount: "dari 600rb", "tadinya 400rb"
	doubt   bool // a bound, another period, or a rise and not a sum
	isRange bool
}

// findMoney finds the amounts and gives their tokens their role.
func (r *reportReader) findMoney() {
	for i := 0; i < len(r.toks) && len(r.money) < maxMoney; {
		if r.words[i].role != roleNone || afterSlash(r.toks, i) || r.isClock(i) {
			i++
			continue
		}
		q, ok := readQuantity(r.toks, i)
		if !ok || q.to <= i || r.crossesName(q) {
			i++
			continue
		}
		if isMoney(r.toks, q) && !r.isDate(q) && !r.goesTo(q) {
			r.money = append(r.money, q)
		}
		i = q.to
	}
	spreadUnits(r.toks, r.money)
	kept := r.money[:0]
	for _, q := range r.money {
		if !(q.scaled || q.currency || q.literal) && !r.barePrice(q) {
			continue
		}
		kept = append(kept, q)
		for i := q.from; i < q.to; i++ {
			r.words[i].role = roleMoney
		}
	}
	r.money = kept
}

// isPrice holds for what one thing costs: "jual 15rb per bungkus".
func (r *reportReader) isPrice(q quantity) bool {
	if !r.is(q.to, "per", "/", "se") || q.to+1 >= len(r.toks) {
		return false
	}
	switch r.toks[q.to+1].raw {
	case "bungkus", "kotak", "porsi", "kg", "kilo", "biji", "buah", "pcs", "potong", "liter", "ltr", "butir", "ikat", "loyang", "toples", "orang", "kepala", "ekor", "gelas", "cup", "pack", "pak", "lusin", "mangkok":
		return true
	}
	return false
}

func (r *reportReader) crossesName(q quantity) bool {
	for i := q.from; i < q.to; i++ {
		if r.words[i].role != roleNone {
			return true
		}
	}
	return false
}

// goesTo holds for "tgl 21 k rmh", where "k" is the way and no thousand.
func (r *reportReader) goesTo(q quantity) bool {
	t := r.toks[q.to-1]
	return t.raw == "k" && !t.glued && r.is(q.to, "rumah", "tempat", "warung", "pasar", "salon", "bank", "kantor", "pemasok", "pedagang")
}

// isClock holds for the figures behind "jam".
func (r *reportReader) isClock(i int) bool { return i > 0 && r.toks[i-1].is("jam") }

// isDate holds for bare numbers that are part of a written day.
func (r *reportReader) isDate(q quantity) bool {
	if q.scaled || q.currency || q.literal {
		return false
	}
	return q.from > 0 && isWeekday(r.toks[q.from-1].text) || afterSlash(r.toks, q.from) ||
		q.from > 1 && r.toks[q.from-1].is("/", "-") && r.toks[q.from-2].kind == tkNumber && len(r.toks[q.from-2].text) <= 2 && len(r.toks[q.from].text) <= 2
}

// barePrice holds for a number without a unit that a word of money stands
// right before: "laku 450", "omzet 0".
func (r *reportReader) barePrice(q quantity) bool {
	for i := q.from - 1; i >= 0 && i >= q.from-3; i-- {
		switch k := r.moneyWord(i); {
		case k == moneyOther:
			return false
		case k != moneyUnsaid && !(r.is(i, "jualan", "jalan", "usaha") && !r.is(i-1, "hasil", "uang")):
			return true
		}
		if !r.isFiller(i) {
			break
		}
	}
	// "200000 modal": written out, the word may follow
	return q.to-q.from == 1 && len(r.toks[q.from].text) >= 5 && r.is(q.to, "modal", "untung", "omzet", "belanja") && (q.to+1 >= len(r.toks) || r.toks[q.to+1].kind != tkNumber && r.words[q.to+1].role != roleMoney && !r.isFiller(q.to+1))
}

// moneyWord is what the word at i says about an amount beside it.
func (r *reportReader) moneyWord(i int) moneyKind {
	if i < 0 || i >= len(r.words) || r.words[i].role == roleName {
		return moneyUnsaid
	}
	switch r.at(i) {
	case "omzet", "laku", "penjualan", "pemasukan", "kotor", "kejual":
		return moneyOmzet
	case "masuk":
		if r.is(i-1, "uang", "duit") {
			return moneyOmzet
		}
	case "jualan", "usaha", "dagangan", "jual":
		return moneyOmzet
	case "pendapatan", "dapat", "hasil":
		return moneyIncome
	case "pergi":
		if r.is(i-1, "uang", "duit") {
			return moneySpent // "uang keluar 150rb"
		}
	case "pulang":
		if r.is(i-1, "bawa", "bawak", "mawak", "ngantongi") {
			return moneyIncome
		}
	case "uang", "duit":
		if r.ofTheSale(i) {
			return moneyOmzet
		}
		if r.is(i-1, "dapat") && r.has(i+1, r.ahead(i, 7), "jualan", "usaha", "nyalon", "salon", "dagang", "dagangan", "penjualan") {
			return moneyIncome
		}
		return moneyOther
	case "untung", "bersih":
		return moneyLaba
	case "rugi":
		return moneyLoss
	case "modal", "belanja", "bahan":
		return moneyModal
	case "pengeluaran", "keluarin", "ngeluarin":
		return moneySpent
	case "harga", "utang", "tabung", "sewa", "bayar", "setor", "setoran", "semoga", "ongkos", "transport", "ongkir", "biaya", "kembalian", "upah", "gaji", "jajan", "butuh", "kasih", "dikasih", "diberi", "cair", "pencairan", "dicairkan",
		"listrik", "bensin", "bonus", "diskon", "beli", "seporsi", "sebungkus", "sekotak", "sebiji", "sekilo", "perkilo", "perbungkus", "perporsi", "satuan", "@", "bantuan", "hibah", "dana", "iuran", "dp", "pesanan", "order", "orderan", "kontrakan", "sumbangan", "transfer", "denda", "pajak", "bunga", "kurangnya", "sisa", "x":
		return moneyOther
	}
	return moneyUnsaid
}

// isFiller holds for words that may stand between what an amount is and the
// amount.
func (r *reportReader) isFiller(i int) bool {
	if r.words[i].role == roleName || r.words[i].role == roleDate {
		return true
	}
	switch r.at(i) {
	case "cuma", "baru", "tapi", "padahal", "sekitar", "hampir", "kurang", "lebih", "minggu", "ini", "ni", "itu", "total", "semua", "hari", "sudah", "rp", ":", "=", "~", "kak", "naik", "turun", "jadi", "ke", "dari", "sampai", "ada", "nya", "seminggu", "bulan", "pekan",
		"kemarin", "tadi", "lalu", "sekarang", "dulunya", "biasanya", "sebelumnya", "untuk", "lumayan", "alhamdulillah", "kisaran", "antara", "tidak", "belum", "paling", "rata", "kira", "kayaknya", "mungkin", "ya", "dia", "sehari", "per", "/", "habis", "banyak", "sebesar", "menjadi", "bisa", "tetap", "di", "atas", "bawah", "maksimal", "minimal", "lah", "kurleb", "masih", "sangat", "sendiri", "juga", "adalah", "senilai", "kata", "sejak", "tiap", "setiap", "nyampe", "plus", "dan", ".", "dpt", "hariini", "nian", "minus", "-", "+", "mencapai", "capai", "meningkat", "menurun", "seharian", "kira2", "rata2", "kadang", "lipat":
		return true
	}
	return false
}

// readMoney decides what each amount is, and fills or asks.
func (r *reportReader) readMoney() {
	var said [maxMoney]saidAmount
	n, last := 0, moneyUnsaid
	for k, q := range r.money {
		a := saidAmount{q: q}
		if r.words[q.from].off != 0 {
			a.kind = moneyOther
		} else {
			a.kind = r.kindOf(k)
		}
		if (a.kind == moneyOther || a.kind == moneyUnsaid) && r.anothersSum(q) {
			a.kind = last
		}
		last = a.kind
		a.r = r.judge(k, &a)
		said[n] = a
		n++
	}
	all := said[:n]
	r.settle(keyOmzet, all, moneyOmzet)
	r.settle(keyModal, all, moneyModal)
	r.settle(keyLaba, all, moneyLaba, moneyLoss)
	for _, a := range all {
		switch {
		case a.kind == moneyIncome && !a.before:
			r.askIncome(a)
		case a.kind == moneySpent:
			r.ask(keyModal, amountReadings(a)...)
		case a.kind == moneyUnsaid && r.standsAlone(a.q) && r.out.Omzet == nil && !r.asked(keyOmzet):
			r.ask(keyOmzet, amountReadings(a)...)
		}
	}
	r.readNoSales()
}

// askIncome asks of what came in whether it is turnover or profit, unless one
// of the two was said already.
func (r *reportReader) askIncome(a saidAmount) {
	if r.out.Omzet == nil && !r.asked(keyOmzet) {
		r.ask(keyOmzet, amountReadings(a)...)
	}
	if r.out.Laba == nil && !r.asked(keyLaba) {
		r.ask(keyLaba, amountReadings(a)...)
	}
}

func amountReadings(a saidAmount) []string {
	out := make([]string, 0, len(a.r.Values))
	for _, v := range a.r.Values {
		out = append(out, strconv.FormatInt(v, 10))
	}
	return out
}

// settle fills one key from the amounts of its kinds, or asks when there are
// several, or one that is not sure.
func (r *reportReader) settle(key string, all []saidAmount, kinds ...moneyKind) {
	now := 0
	for _, a := range all {
		if isKind(a.kind, kinds) && !a.before {
			now++
		}
	}
	var first *saidAmount
	several := false
	var readings []string
	for k := range all {
		a := &all[k]
		if !isKind(a.kind, kinds) || a.before && now > 0 {
			continue
		}
		readings = append(readings, amountReadings(*a)...)
		if first == nil {
			first = a
		} else if len(a.r.Values) != 1 || len(first.r.Values) != 1 || a.r.Values[0] != first.r.Values[0] {
			several = true
		}
	}
	if first == nil {
		return
	}
	if several || now == 0 && !r.asked(keyDate) || first.doubt || first.isRange || first.r.Sure != Certain || len(first.r.Values) != 1 {
		r.ask(key, readings...)
		return
	}
	v := first.r.Values[0]
	switch key {
	case keyOmzet:
		r.out.Omzet = &v
	case keyModal:
		r.out.ModalBelanja = &v
	default:
		r.out.Laba = &v
	}
	if first.r.Approx {
		if r.out.Approx == nil {
			r.out.Approx = make(map[string]bool, 1)
		}
		r.out.Approx[key] = true
	}
}

func isKind(k moneyKind, kinds []moneyKind) bool {
	for _, x := range kinds {
		if x == k {
			return true
		}
	}
	return false
}
