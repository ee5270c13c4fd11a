package bahasa

import "strconv"

// readHasil reads what came of the visit.
func (r *reportReader) readHasil() {
	for i := range r.words {
		if !r.real(i) {
			continue
		}
		switch {
		case r.is(i, "tercapai", "terlaksana"):
			if r.has(r.behind(i, 3), i, "omzet", "jualan", "penjualan", "laku", "modal") || r.is(i-1, "target") && r.is(i-2, "omzet", "jualan") {
				continue
			}
			r.takeHasil(r.hasilAround(i))
		case r.is(i, "sebagian"):
			if r.is(i-1, "hasil", "baru", "tercapai") && (r.has(r.behind(i, 3), i, "hasil", "tercapai") || r.is(i-1, "baru") && i-2 < r.seg(i).from && r.endsStretch(i)) || r.has(r.behind(i, 3), i, "hasil") || r.is(i+1, "tercapai") || i == r.seg(i).from && r.endsStretch(i) {
				r.takeHasil("sebagian")
			}
		case r.is(i, "hasil") && !r.is(i+1, "tercapai") && (r.is(i+1, "belum") || r.is(i+1, ":", "masih") && r.is(i+2, "belum")):
			at := r.near(i, r.ahead(i, 3), "belum")
			if r.endsStretch(at) || r.is(at+1, "tercapai", "ada", "maksimal", "kelihatan") {
				r.takeHasil("belum")
			}
		}
	}
}

// endsStretch holds when only marks and words of address follow in a stretch.
func (r *reportReader) endsStretch(i int) bool {
	for k := i + 1; k < r.seg(i).to; k++ {
		if r.toks[k].kind != tkMark && !isAddress(r.toks[k].text) && r.words[k].role == roleNone && !r.is(k, "juga", "dulu", "") {
			return r.is(k, "kendala", "semangat", "lanjut", "modal", "omzet", "laku", "saya", "ketemu", "dan", "tidak", "belum") && k == i+1 && !r.is(i, "belum")
		}
		if r.words[k].role == roleDate || r.words[k].role == roleMark || r.words[k].role == roleMoney {
			return true
		}
	}
	return true
}

// hasilAround reads the words around "tercapai".
func (r *reportReader) hasilAround(i int) string {
	switch {
	case r.turned(i, 3):
		return "belum"
	case r.has(r.behind(i, 2), r.ahead(i, 1), "sebagian"), r.has(r.behind(i, 1), i, "setengah", "separuh"):
		return "sebagian"
	case r.has(r.behind(i, 2), i, "hampir"), r.has(i, r.ahead(i, 2), "belum", "tidak"):
		return "?"
	}
	return "tercapai"
}

// takeHasil keeps a result; two different ones are asked.
func (r *reportReader) takeHasil(code string) {
	switch {
	case code == "?":
		r.ask(keyHasil, "sebagian", "tercapai")
	case r.out.Hasil == "" || r.out.Hasil == code:
		r.out.Hasil = code
	default:
		r.ask(keyHasil, r.out.Hasil, code)
	}
}

// readSpirit reads her spirit from 1 to 5; what lies outside is asked.
func (r *reportReader) readSpirit() {
	for i := range r.words {
		if !r.real(i) || !r.is(i, "semangat") {
			continue
		}
		j := i + 1
		for j < len(r.words) && j < i+4 && (r.is(j, ":", "=", "skor", "nilai", "cuma", "masih", "sekarang", "dia", "di", "angka", "sekitar", "lagi", "hari", "ini", "level", "juga", "bagus", "tinggi", "baik", "rendah", "lumayan", "sangat", "banget", "agak") || r.words[j].role == roleName) {
			j++
		}
		if r.is(j, "naik", "turun") && r.is(j+1, "dari", "jadi", "ke") {
			j++
			if at := r.near(j, j+4, "jadi", "ke"); at >= 0 {
				j = at + 1 // "naik dari 2 jadi 4"
			}
		}
		if j >= len(r.toks) || r.words[j].role != roleNone {
			continue
		}
		if r.toks[j].raw == "siko" && r.endsStretch(j) {
			r.takeSpirit(i, j, coef{milli: 1000, next: j + 1}) // "sikok", one
			return
		}
		c, ok := readCoef(r.toks, j)
		if f, isFraction := readFraction(r.toks, j); isFraction && f.next == c.next {
			c = coef{milli: digitsValue(r.toks[j].text) * 1000, next: j + 1} // "4/5" is four of five
		}
		if !ok || countsThings(r.toks, c.next) || c.milli == 45_000 && i == 0 { // "semangat 45!" is a cheer
			continue
		}
		if _, _, scaled := readScale(r.toks, c.next); scaled {
			continue
		}
		r.takeSpirit(i, j, c)
		return
	}
}

// takeSpirit fills or asks the mark read at toks[j].
func (r *reportReader) takeSpirit(i, j int, c coef) {
	to := c.next
	v := c.milli / 1000
	sure := c.milli%1000 == 0 && v >= 1 && v <= 5
	if to+1 < len(r.toks) && r.toks[to].is("/", "dari") && r.toks[to+1].kind == tkNumber {
		sure = sure && r.toks[to+1].text == "5"
		to += 2
	} else if to+1 < len(r.toks) && r.toks[to].is("-", "atau", "sampai") && (r.toks[to+1].kind == tkNumber || numberWord(r.toks[to+1].text).kind == nkUnit) {
		sure = false
		to += 2
	} else if to+1 < len(r.toks) && r.toks[to].is("jadi", "ke") && r.toks[to+1].kind == tkNumber {
		sure = len(r.toks[to+1].text) == 1 && r.toks[to+1].text >= "1" && r.toks[to+1].text <= "5"
		v = digitsValue(r.toks[to+1].text)
		to += 2
	}
	for k := i; k < to; k++ {
		if r.words[k].role == roleNone {
			r.words[k].role = roleMark
		}
	}
	if !sure || r.has(i, j, "sekitar") {
		if v >= 1 && v <= 5 {
			r.ask(keySemangat, strconv.FormatInt(v, 10))
		}
		r.ask(keySemangat)
		return
	}
	r.out.Semangat = &v
}
