package bahasa

import "strings"

// Count reads a number of people or things, 0 to max, in figures or words. A
// noun may follow ("3 orang", "2 lusin"); a range and two numbers are asked.
func Count(text string, max int64) Result[int64] {
	toks := mendSlips(splitNumbers(lex(text)), numberSlips)
	if len(toks) == 0 {
		return Result[int64]{}
	}
	r := readWhole(toks, false)
	switch r.Sure {
	case None:
		return countOfNothing(toks)
	case Reject:
		return r
	}
	kept := r.Values[:0]
	for _, v := range r.Values {
		if v <= max && v >= 0 {
			kept = append(kept, v)
		}
	}
	if len(kept) == 0 {
		if r.Values[0] < 0 {
			return reject[int64]("negative")
		}
		return reject[int64]("too_big")
	}
	r.Values = kept
	r.Approx = r.Approx || saysAbout(toks)
	if r.Sure == Certain && pointsAway(toks) {
		r.Sure = Confirm
	}
	return r
}

// countOfNothing reads "tidak ada" and its kind.
func countOfNothing(toks []token) Result[int64] {
	for i, t := range toks {
		if n := countWord(t.text); n > 0 {
			return certain(n).at(toks, i, i+1)
		}
		if t.is("nihil") {
			return certain[int64](0).at(toks, i, i+1)
		}
		if t.is("sendiri", "sendirian", "dewean", "dewek", "dewekan") && len(trimAnswer(toks)) <= 2 {
			return confirm[int64](1).at(toks, i, i+1)
		}
		if t.is("kosong", "katek", "katik") {
			return confirm[int64](0).at(toks, i, i+1)
		}
		if t.is("tidak", "belum") && i+1 < len(toks) && toks[i+1].is("ada", "katek") {
			return confirm[int64](0).at(toks, i, i+2)
		}
	}
	return Result[int64]{}
}

// countWord reads words that are a number of people or things by themselves.
func countWord(w string) int64 {
	switch w {
	case "selusin":
		return 12
	case "sekodi":
		return 20
	case "berdua", "sepasang", "bduo", "baduo":
		return 2
	case "bertiga", "batigo":
		return 3
	case "berempat":
		return 4
	case "berlima":
		return 5
	case "berenam":
		return 6
	case "bertujuh":
		return 7
	case "berdelapan":
		return 8
	case "seorang", "sebuah", "sebiji", "sekali", "seekor", "sebungkus", "sekotak":
		return 1
	}
	return 0
}

// readWhole reads whole numbers without looking at bounds. With stars, halves
// are asked between their neighbours and not refused.
func readWhole(toks []token, stars bool) Result[int64] {
	if r, bad := refuseNumber(toks); bad {
		return r
	}
	var vals [4]int64
	n := 0
	out := Result[int64]{Sure: Certain}
	from, to := -1, 0
	for i := 0; i < len(toks) && n < len(vals); {
		q, ok := readQuantity(toks, i)
		if !ok || q.to <= i {
			if w := countWord(toks[i].text); w > 0 && n == 0 {
				vals[n], n = w, n+1
				from, to = i, i+1
			}
			i++
			continue
		}
		if from < 0 {
			from = q.from
		}
		next, r := wholeOf(toks, q, n > 0, stars)
		if r.Sure == Reject {
			return r.at(toks, q.from, q.to)
		}
		out.Sure, out.Approx = max(out.Sure, r.Sure), out.Approx || q.approx
		for _, v := range r.Values {
			if n < len(vals) && !contains(vals[:n], v) {
				vals[n], n = v, n+1
			}
		}
		i, to = next, next
	}
	if n == 0 {
		return Result[int64]{}
	}
	out.Values = append(out.Values, vals[:n]...)
	if n > 1 {
		out.Sure = Ask
	}
	return out.at(toks, from, to)
}

// wholeOf turns one number into a count; joined says that another came before,
// so that a dash is not a sign.
func wholeOf(toks []token, q quantity, joined, stars bool) (next int, r Result[int64]) {
	next = q.to
	v := q.vals[0]
	if (q.negative || q.from > 0 && toks[q.from-1].is("minus", "min", "negatif")) && !joined {
		v = -v
	}
	dozen := int64(0)
	if q.to < len(toks) {
		switch {
		case toks[q.to].is("lusin"):
			dozen = 12
		case toks[q.to].is("kodi"):
			dozen = 20
		case toks[q.to].is("pasang"):
			dozen = 2
		}
	}
	switch {
	case v < 0:
		return next, reject[int64]("negative")
	case q.sure == Reject:
		return next, reject[int64]("format")
	case dozen > 0 && q.milli*dozen%1000 == 0:
		return next + 1, certain(q.milli * dozen / 1000)
	case !q.scaled && (q.form == cfDecimal || q.form == cfPart) && q.milli%1000 != 0:
		if !stars {
			return next, reject[int64]("format")
		}
		return next, ask(v, v+1)
	case q.form == cfSpelled && !q.scaled && v < 100 && (stars || v%10 == v/10+1):
		return next, ask(v/10, v%10) // "dua tiga orang"
	case q.form == cfSpelled:
		return next, confirm(v)
	}
	return next, Result[int64]{Sure: min(q.sure, Ask), Values: []int64{v}}
}

// Scale reads a mark from lo to hi, both included. Words of praise and blame
// are asked with the marks they come near.
func Scale(text string, lo, hi int64) Result[int64] {
	toks := mendSlips(splitNumbers(lex(text)), numberSlips)
	if len(toks) == 0 || len(toks) > 40 {
		return Result[int64]{}
	}
	toks = dropOutOf(toks, hi)
	r := readWhole(toks, true)
	if r.Sure == None {
		return scaleWords(toks, lo, hi)
	}
	if r.Sure == Reject {
		if r.Reason == "negative" {
			r.Reason = "range"
		}
		return r
	}
	kept := r.Values[:0]
	for _, v := range r.Values {
		if v >= lo && v <= hi {
			kept = append(kept, v)
		}
	}
	if len(kept) == 0 {
		return reject[int64]("range")
	}
	r.Values = kept
	return r
}

// dropOutOf cuts the "/5" and "dari 5" behind a mark.
func dropOutOf(toks []token, hi int64) []token {
	for i := 1; i+1 < len(toks); i++ {
		if toks[i].is("/", "dari", "per") && toks[i+1].kind == tkNumber && digitsValue(toks[i+1].text) == hi {
			return append(append(make([]token, 0, len(toks)), toks[:i]...), toks[i+2:]...)
		}
	}
	return toks
}

// scaleWords offers the marks near a word of praise or blame, set out for one
// to five and stretched to the scale that is asked.
func scaleWords(toks []token, lo, hi int64) Result[int64] {
	strong, not := false, false
	for _, t := range toks {
		strong = strong || t.is("sangat", "paling", "luar", "pol")
		not = not || t.is("tidak", "belum", "kurang")
	}
	for i, t := range toks {
		a, b := praise(strings.TrimSuffix(t.text, "2"))
		if a == 0 {
			continue
		}
		switch {
		case i > 0 && t.is("biasa") && toks[i-1].is("luar"):
			a, b = 5, 5
		case not && a <= 2:
			a, b = 3, 3 // "tidak jelek"
		case not && a >= 3 && !t.is("kurang"):
			a, b = 2, 2
		case strong && a >= 4:
			a, b = 5, 5
		case strong && a <= 2:
			a, b = 1, 1
		}
		fit := func(v int64) int64 { return lo + (v-1)*(hi-lo)/4 }
		if a == b {
			return ask(fit(a)).at(toks, i, i+1)
		}
		return ask(fit(a), fit(b)).at(toks, i, i+1)
	}
	if lacks(toks) {
		return ask(lo + (hi-lo)/4)
	}
	return Result[int64]{}
}

// lacks holds for "kurang" and "tidak percaya diri", which are low marks, but
// not for "tidak tahu", "tidak ada" and "tidak" alone, which are none.
func lacks(toks []token) bool {
	for i, t := range toks {
		if !t.is("kurang", "tidak", "belum") {
			continue
		}
		last := i+1 >= len(toks) || isAddress(toks[i+1].text) || toks[i+1].kind != tkWord
		if last && t.is("kurang") || !last && (toneOf(toks, i+1) == toneOther || toks[i+1].is("sangat")) {
			return true
		}
	}
	return false
}

// praise returns the marks of one to five that a word comes near, the likelier
// first; 0 when it is none.
func praise(w string) (a, b int64) {
	switch w {
	case "cukup", "lumayan", "sedang", "biasa", "standar", "ckp", "cukupan", "netral", "tengah", "menengah", "lmayan", "sedeng":
		return 3, 3
	case "bagus", "baik", "bgs", "baek", "apik", "puas", "oke", "senang", "ok", "memuaskan", "good", "semangat", "mantap", "mantab", "bgus", "elok", "lancar", "tinggi":
		return 4, 5
	case "sempurna", "hebat", "istimewa", "terbaik", "maksimal", "excellent", "perfect", "top":
		return 5, 5
	case "jelek", "buruk", "parah", "jlek", "gagal", "mengecewakan", "kecewa", "ancur", "hancur", "payah", "lemah", "rendah":
		return 1, 2
	}
	return 0, 0
}
