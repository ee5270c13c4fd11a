package bahasa

// saysAbout holds when a word makes the amount approximate.
func saysAbout(toks []token) bool {
	for i, t := range toks {
		switch t.text {
		case "sekitar", "~", "kurleb", "kurlep", "hampir", "lebih", "kurang", "rata2", "an", "paling", "mungkin", "kayaknya", "keknyo", "kayak":
			return true
		case "antara", "plus", "plusminus", "maksimal", "minimal", "mendekati", "perkiraan", "estimasi":
			return true
		case "+":
			if i+2 < len(toks) && toks[i+1].is("/") || i+1 < len(toks) && toks[i+1].is("-") {
				return true
			}
		}
	}
	return false
}

// pointsAway holds when the true amount lies to one side of the one named:
// "hampir sejuta", "300rb lebih". "Kurang lebih" only means about.
func pointsAway(toks []token) bool {
	for i, t := range toks {
		switch t.text {
		case "hampir", "mendekati", "maksimal", "minimal":
			return true
		case "naik", "turun", "nambah", "bertambah", "berkurang":
			if i+1 < len(toks) && (toks[i+1].kind == tkNumber || toks[i+1].is("rp") || numberWord(toks[i+1].text).kind != nkNone) {
				return true // by so much, not to so much
			}
		case "lebih", "kurang":
			other := "kurang"
			if t.text == "kurang" {
				other = "lebih"
			}
			if i+1 < len(toks) && toks[i+1].text == other || i > 0 && toks[i-1].text == other {
				continue
			}
			return true
		}
	}
	return false
}

// shadeAmount lowers the sureness for words around the amount: a period that
// is not a week is asked, a bound is confirmed.
func shadeAmount(toks []token, r Result[int64], lim Limits) Result[int64] {
	if r.Sure != Certain && r.Sure != Confirm {
		return r
	}
	if n := timesOver(toks); n > 1 && r.Sure == Certain && r.Values[0] <= lim.Max/n {
		r.Sure = Ask
		r.Values = []int64{r.Values[0] * n, r.Values[0]}
		return r
	}
	if otherPeriod(toks) {
		r.Sure = Ask
		return r
	}
	if pointsAway(toks) {
		r.Sure = Confirm
	}
	return r
}

// timesOver returns the number an amount is multiplied by in "5 x 20rb" and
// "20rb 5 kali"; 0 when it is not.
func timesOver(toks []token) int64 {
	for i, t := range toks {
		if !t.is("x", "kali", "*") {
			continue
		}
		k := i - 1
		if t.text != "kali" && k > 0 && countsThings(toks, k) {
			k-- // "20 porsi x 15rb"
		}
		if k >= 0 && toks[k].kind == tkNumber && len(toks[k].text) <= 3 && !(k > 0 && toks[k].glued && toks[k-1].is(".", ",")) {
			return digitsValue(toks[k].text)
		}
		if t.text != "kali" && i+1 < len(toks) && toks[i+1].kind == tkNumber && len(toks[i+1].text) <= 3 && i+2 >= len(toks) {
			return digitsValue(toks[i+1].text)
		}
	}
	return 0
}

// otherPeriod holds when the amount is said to be for a day, month or year.
func otherPeriod(toks []token) bool {
	for i, t := range toks {
		switch t.text {
		case "sehari", "perhari", "sehari2", "seharian", "harian", "sebulan", "perbulan", "bulanan", "setahun", "pertahun", "sehari-hari", "sehri", "sehr", "sbulan", "perhr", "perbln", "sebln", "perharinya", "perbulannya", "sehari2nya":
			return true
		case "satu", "1":
			if i+1 < len(toks) && toks[i+1].is("hari", "bulan", "tahun") {
				return true
			}
		case "per", "tiap", "setiap", "/", "saban", "tiap2", "@":
			if i+1 < len(toks) && toks[i+1].is("hari", "bulan", "tahun", "hr", "bln", "thn", "malam", "pagi", "h", "day", "harinya", "bulannya") {
				return true
			}
		}
	}
	return false
}

// amountOfNothing reads the words for no money at all, which are confirmed.
func amountOfNothing(toks []token) Result[int64] {
	for i, t := range toks {
		switch {
		case len(toks) > 8: // a sentence about something else
			return Result[int64]{}
		case t.is("ratusan", "puluhan", "belasan", "jutaan") || t.is("ribuan", "ratus") && i+1 == len(toks) && len(toks) > 1:
			return Result[int64]{Sure: Ask, Approx: true}.at(toks, i, i+1)
		case t.is("nihil"):
			return certain[int64](0).at(toks, i, i+1)
		case t.is("kosong", "katek", "zonk", "kosongan", "katik", "kateklah", "gaada", "gada", "gakada", "dakada", "dakado", "dakdo", "nggakada"):
			return confirm[int64](0).at(toks, i, i+1)
		case t.is("tidak", "belum") && i+2 < len(toks) && toks[i+2].is("kendala", "masalah", "keluhan", "hambatan", "orang", "orangnya", "rumah") ||
			t.is("tidak", "belum") && i+2 < len(toks) && toks[i+2].is("apa2") && !toks[i+1].is("dapat", "laku"):
			return Result[int64]{}
		case t.is("tidak", "belum") && i+1 < len(toks) && isYield(toks[i+1].text):
			return confirm[int64](0).at(toks, i, i+2)
		}
	}
	return Result[int64]{}
}

// isYield holds for what there was none of when a "not" stands before it.
func isYield(w string) bool {
	switch w {
	case "ada", "katek", "jualan", "dapat", "dapet", "laku", "pemasukan", "omzet", "omset", "hasil", "penjualan", "terjual", "dagang", "bejualan", "berjualan":
		return true
	}
	return false
}
