package bahasa

// Limits bound an amount, in rupiah.
type Limits struct {
	// UsualMin is the least that is taken without asking; a smaller number
	// without a unit may be meant in thousands.
	UsualMin int64
	// Max is the most that is accepted, inclusive; 0 means a thousand billion.
	Max int64
	// Negative allows amounts below zero (a loss).
	Negative bool
}

// OmzetLimits are the limits of a week's turnover: Rp10.000 to Rp1.000.000.000.
func OmzetLimits() Limits { return Limits{UsualMin: 10_000, Max: billion} }

// maxQuantities is how many amounts in one text are looked at.
const maxQuantities = 8

// Amount reads an amount of money, in rupiah, in figures, words or a mixture
// of both. Several different amounts, and ranges, are asked back.
func Amount(text string, lim Limits) Result[int64] {
	if lim.Max <= 0 {
		lim.Max = trillion
	}
	toks := mendSlips(splitNumbers(lex(text)), amountSlips)
	if len(toks) == 0 {
		return Result[int64]{}
	}
	if r, bad := refuseNumber(toks); bad {
		return r
	}
	var found [maxQuantities]quantity
	qs := findQuantities(toks, found[:0])
	if len(qs) == 0 {
		return amountOfNothing(toks)
	}
	spreadUnits(toks, qs)
	r := combine(toks, qs, lim)
	r.Approx = r.Approx || saysAbout(toks)
	return shadeAmount(toks, r, lim)
}

// refuseNumber finds what must not be taken for rupiah: telephone and identity
// numbers, and money of other countries.
func refuseNumber(toks []token) (Result[int64], bool) {
	number := false
	for i, t := range toks {
		if t.kind != tkNumber {
			continue
		}
		number = true
		if i > 0 && toks[i-1].kind == tkNumber && !t.glued {
			continue // inside a run that was looked at already
		}
		if code, from, to := longNumber(toks, i); code != "" {
			return reject[int64](code).at(toks, from, to), true
		}
	}
	for i, t := range toks {
		if foreignMoney(t.text) && (number || i > 0 && numberWord(toks[i-1].text).kind != nkNone) {
			return reject[int64]("currency").at(toks, i, i+1), true
		}
	}
	return Result[int64]{}, false
}

func foreignMoney(w string) bool {
	switch w {
	case "$", "€", "£", "¥", "₹", "฿", "dolar", "dollar", "dollars", "doler", "usd", "euro", "eur", "ringgit", "myr", "rm",
		"sgd", "yen", "yuan", "riyal", "sar", "baht", "poundsterling", "aud", "won", "cny", "jpy", "gbp", "peso", "rupee", "hkd", "dirham", "pound", "pounds":
		return true
	}
	return false
}

// findQuantities appends every amount in the text to qs, up to its capacity.
func findQuantities(toks []token, qs []quantity) []quantity {
	for i := 0; i < len(toks) && len(qs) < cap(qs); {
		q, ok := readQuantity(toks, i)
		if !ok || q.to <= i || afterSlash(toks, i) {
			i++ // "5/11 300rb": the month is not 11 300
			continue
		}
		if isMoney(toks, q) {
			if i > 0 && toks[i-1].is("minus", "min", "rugi", "tekor", "nombok", "negatif") {
				q.negative = true
			}
			qs = append(qs, q)
		}
		i = q.to
	}
	return qs
}

// afterSlash holds for the second number of 5/11.
func afterSlash(toks []token, i int) bool {
	return i > 1 && toks[i].glued && toks[i-1].is("/") && toks[i-1].glued && toks[i-2].kind == tkNumber &&
		(!orAmount(toks[i]) || i > 2 && toks[i-3].is("/")) // the year of 8/11/2026
}

// orAmount holds for figures behind a stroke that are too many for a month.
func orAmount(t token) bool { return len(t.text) > 2 && t.text[0] != '0' }

// isMoney drops numbers that count or name something else: "3 orang", "jam 9".
func isMoney(toks []token, q quantity) bool {
	if q.scaled || q.currency || q.literal {
		return !(q.to < len(toks) && toks[q.to].is("%", "persen"))
	}
	if countsThings(toks, q.to) && !(q.form == cfGrouped && toks[q.to].is("x")) {
		return false // but "15.000 x 20" is a price, times
	}
	if partOfCode(toks, q) {
		return false
	}
	if q.from > 0 && (toks[q.from-1].is("jam", "tanggal", "rt", "rw", "no", "nomor", "nilai", "semangat", "skor", "ke", "tahun", "umur", "usia") || toks[q.from-1].is("x") && q.form != cfGrouped && q.milli < 1000*thousand) {
		return false
	}
	if q.from > 1 && toks[q.from-1].is(":") && toks[q.from-1].glued && toks[q.from-2].kind == tkNumber {
		return false // the minutes of 09:30
	}
	return q.to >= len(toks) || !(toks[q.to].is(":") && toks[q.to].glued)
}

// partOfCode holds for bare numbers in codes, dates and house numbers: "M-417",
// "5/11", "24 November", "No. 7", and "4-5 hari".
func partOfCode(toks []token, q quantity) bool {
	if q.to < len(toks) {
		next := toks[q.to]
		if next.kind == tkWord && monthWord(next.text) != 0 || next.is("/") && next.glued && q.to+1 < len(toks) && toks[q.to+1].kind == tkNumber && !orAmount(toks[q.to+1]) {
			return true // in "200/300rb" the stroke means "or"
		}
		if next.is("-", "sampai") && q.to+1 < len(toks) && toks[q.to+1].kind == tkNumber && countsThings(toks, q.to+2) {
			return true
		}
	}
	if q.from < 2 {
		return false
	}
	mark, before := toks[q.from-1], toks[q.from-2]
	switch {
	case mark.is("-") && mark.glued && toks[q.from].glued && before.kind == tkWord:
		return numberWord(before.text).kind == nkNone && !before.is("rp", "idr")
	}
	return mark.is(".") && before.is("no", "nomor", "rt", "rw", "tanggal")
}

// countsThings holds when toks[i] is a noun that the number before it counts.
func countsThings(toks []token, i int) bool {
	if i >= len(toks) {
		return false
	}
	switch toks[i].text {
	case "orang", "hari", "kali", "jam", "menit", "minggu", "pekan", "bulan", "tahun", "bungkus", "porsi", "kotak", "kg", "kilo",
		"ons", "liter", "ltr", "pcs", "buah", "biji", "bj", "lusin", "kodi", "anak", "ekor", "%", "persen", "gram", "gr", "bks",
		"ktk", "loyang", "toples", "x", "meter", "km", "lembar", "gelas", "botol", "pack", "dus", "box", "paket", "potong":
		return !(i+1 < len(toks) && toks[i].is("hari", "minggu", "pekan", "bulan", "tahun") && toks[i+1].is("ini", "lalu", "kemarin", "kmrn"))
	}
	return false
}

// isBetween holds when only a dash or "sampai" stands between two amounts.
func isBetween(toks []token, a, b quantity) bool {
	if b.from-a.to != 1 {
		return b.from == a.to && b.negative && toks[b.from].glued
	}
	return toks[a.to].is("-", "sampai", "~", "ke", "/", "s")
}

// spreadUnits gives the unit of the second amount to the first where one unit
// was written for both: "200-300rb", "antara 200 dan 300 ribu".
func spreadUnits(toks []token, qs []quantity) {
	for i := 0; i+1 < len(qs); i++ {
		a, b := &qs[i], &qs[i+1]
		if b.negative && b.from == a.to && toks[b.from].glued {
			b.negative = false // the dash joins, it is not a sign
		}
		if sideBySide(toks, a, *b) {
			continue
		}
		near := isBetween(toks, *a, *b) || b.from-a.to == 1 && toks[a.to].is("atau", "dan")
		if !near || a.scaled || !b.scaled || a.literal || b.n == 0 {
			continue
		}
		unit := unitOf(toks, *b)
		if unit == 0 || a.form == cfMalformed || a.milli/1000 >= 1000 {
			continue
		}
		a.scaled = true
		a.set(Certain, satMul(a.milli, unit))
	}
}

// sideBySide reads "dua tiga ratus ribu", which is 200 to 300 thousand: a unit
// word beside the next higher one shares everything behind it.
func sideBySide(toks []token, a *quantity, b quantity) bool {
	v := a.milli / 1000
	if a.scaled || !b.scaled || b.from != a.to || v < 1 || v > 8 || b.n == 0 || a.form != cfWords && a.form != cfInt {
		return false
	}
	lead := numberWord(toks[b.from].text)
	if smallDigit(toks[b.from]) {
		lead = numWord{kind: nkUnit, value: digitsValue(toks[b.from].text)}
	}
	if lead.kind != nkUnit || lead.value != v+1 || b.vals[0]%lead.value != 0 {
		return false
	}
	a.scaled = true
	a.set(Certain, b.vals[0]/lead.value*v)
	return true
}

// unitOf returns the first unit named in an amount.
func unitOf(toks []token, q quantity) int64 {
	for i := q.from; i < q.to; i++ {
		if s, _, ok := readScale(toks, i); ok && !s.m {
			return s.value
		}
	}
	return 0
}

// combine weighs the amounts of one text against each other.
func combine(toks []token, qs []quantity, lim Limits) Result[int64] {
	if len(qs) == 1 {
		return decide(qs[0], lim).at(toks, qs[0].from, qs[0].to)
	}
	var out Result[int64]
	var refused Result[int64]
	for _, q := range qs {
		r := decide(q, lim)
		if r.Sure == Reject {
			refused = r.at(toks, q.from, q.to)
			continue
		}
		if out.Sure == None {
			out = r.at(toks, q.from, q.to)
			out.Values = append(make([]int64, 0, 4), r.Values[0])
			continue
		}
		out.End = toks[q.to-1].end
		out.Approx = out.Approx || r.Approx
		if !contains(out.Values, r.Values[0]) {
			if namedTurnover(toks, q) {
				out.Values = append([]int64{r.Values[0]}, out.Values...)
			} else {
				out.Values = append(out.Values, r.Values[0])
			}
		} else if out.Sure == Ask && r.Sure == Certain {
			out.Sure = Certain
		}
	}
	if out.Sure == None {
		return refused
	}
	if len(out.Values) > 1 {
		out.Sure = Ask
	} else if out.Sure == Ask {
		return decide(qs[0], lim).at(toks, qs[0].from, qs[0].to)
	}
	return out
}

// namedTurnover holds when the word before an amount says it is the turnover.
func namedTurnover(toks []token, q quantity) bool {
	return q.from > 0 && toks[q.from-1].is("omzet", "omset", "laku", "penjualan", "pemasukan", "pendapatan", "jualan", "kotor", "dapat", "dapet")
}

func contains(vs []int64, v int64) bool {
	for _, x := range vs {
		if x == v {
			return true
		}
	}
	return false
}

// decide turns one amount into an answer under the limits.
func decide(q quantity, lim Limits) Result[int64] {
	r := Result[int64]{Sure: q.sure, Approx: q.approx}
	vals := q.vals[:q.n]
	var guess [2]int64
	if q.sure == Reject {
		return reject[int64]("format")
	}
	v := q.vals[0]
	switch {
	case q.scaled || q.literal:
		if q.sure == Certain && v < lim.UsualMin && v != 0 {
			r.Sure = Confirm
		}
	case q.form == cfDecimal || q.form == cfPart:
		guess = [2]int64{satMul(q.milli, million), satMul(q.milli, thousand)}
		r.Sure, vals = Ask, guess[:]
	case v == 0:
	case v < thousand:
		guess = [2]int64{v * thousand, v}
		r.Sure, vals = Ask, guess[:]
	case v < lim.UsualMin:
		guess = [2]int64{v, v * thousand}
		r.Sure, vals = Ask, guess[:]
	}
	for _, v := range vals {
		if v > lim.Max {
			continue
		}
		if q.negative && v != 0 {
			v = -v
		}
		r.Values = append(r.Values, v)
	}
	if len(r.Values) == 0 {
		return reject[int64]("too_big")
	}
	if r.Values[0] < 0 && !lim.Negative {
		return reject[int64]("negative")
	}
	return r
}
