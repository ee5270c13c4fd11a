package bahasa

// quantity is one amount found in a text, before any limits.
type quantity struct {
	vals     [3]int64 // the readings, most likely first
	n        int
	sure     Sureness // Certain, Confirm, Ask, or Reject for malformed figures
	scaled   bool     // a unit was named: ribu, juta
	currency bool     // "Rp" stands before it
	literal  bool     // "rupiah" or "perak" stands after it
	form     coefForm
	milli    int64 // of a bare number, in thousandths
	approx   bool
	negative bool
	from, to int // tokens
}

func (q *quantity) set(sure Sureness, vals ...int64) {
	if sure > q.sure {
		q.sure = sure
	}
	q.n = copy(q.vals[:], vals)
}

// readQuantity reads one amount that starts at toks[i].
func readQuantity(toks []token, i int) (quantity, bool) {
	q := quantity{from: i, sure: Certain}
	j := i
	if toks[j].is("-") && j+1 < len(toks) && opensNegative(toks, j) {
		q.negative = true
		j++
	}
	if j < len(toks) && toks[j].is("rp", "idr", "rupiah") {
		j = skipCurrency(toks, j)
		q.currency = true
		if j < len(toks) && toks[j].is("-") {
			q.negative = true
			j++
		}
	}
	if s, next, ok := readSlang(toks, j); ok {
		s.from, s.currency, s.negative = q.from, q.currency, q.negative
		s.to = next
		return s, true
	}
	if !q.readTerms(toks, j) {
		return quantity{}, false
	}
	if j > 0 && toks[j].glued && toks[j-1].is(".", ",") && !toks[j-1].glued && !q.currency {
		q.sure = Reject // ".5 juta": half of it, or five?
	}
	q.readSuffix(toks)
	return q, true
}

// opensNegative holds for a "-" that is a sign and not a dash between words.
func opensNegative(toks []token, i int) bool {
	next := toks[i+1]
	if next.kind != tkNumber && !next.is("rp", "idr") {
		return false
	}
	return i == 0 || !toks[i].glued && next.glued
}

// skipCurrency steps over "Rp", "Rp." and "Rp:".
func skipCurrency(toks []token, i int) int {
	i++
	if i < len(toks) && toks[i].is(".", ":") {
		i++
	}
	return i
}

// readTerms reads numbers with falling units ("1 juta 250 ribu") and what
// hangs on behind without one ("1jt2", "sejuta lima ratus").
func (q *quantity) readTerms(toks []token, i int) bool {
	total, last := int64(0), int64(tooMany)
	j := i
	for terms := 0; terms < 4; terms++ {
		if j < len(toks) {
			if w := numberWord(toks[j].text); w.kind == nkOne && w.value < last {
				total += w.value
				last, q.approx, q.scaled = w.value, q.approx || w.approx, true
				j = q.fractionAfter(toks, j+1, last, &total)
				q.set(Certain, total)
				continue
			}
		}
		c, ok := readCoef(toks, j)
		if !ok {
			break
		}
		k := skipApprox(toks, c.next, &c.approx)
		scale, next, ok := readScale(toks, k)
		if !ok {
			if last == tooMany {
				q.bare(c)
				q.to = k
				return true
			}
			if next = q.readTail(toks, c, total, last); next > 0 {
				j = next
			}
			break
		}
		if scale.value >= last {
			break
		}
		q.approx = q.approx || c.approx || scale.approx
		if last == tooMany {
			q.first(c, scale)
		} else {
			q.set(q.sure, satAdd(total, satMul(c.milli, scale.value)))
		}
		q.scaled = true
		total, last = q.vals[0], scale.value
		j = q.fractionAfter(toks, next, last, &total)
		q.vals[0] = total
		if q.sure == Ask || q.sure == Reject {
			break
		}
	}
	q.to = j
	return q.n > 0
}

// bare takes a number without a unit; what it means depends on the limits.
func (q *quantity) bare(c coef) {
	q.form, q.milli = c.form, c.milli
	q.approx = q.approx || c.approx
	q.set(Certain, c.milli/1000)
	if c.form == cfMalformed {
		q.sure = Reject
	}
}

// scaleRead is a unit as it stands in the text.
type scaleRead struct {
	value  int64
	approx bool
	m      bool // the bare letter M: miliar, or million
	slang  bool // jeti
}

// readScale reads the unit at toks[i].
func readScale(toks []token, i int) (scaleRead, int, bool) {
	if i >= len(toks) || toks[i].kind != tkWord {
		return scaleRead{}, i, false
	}
	switch toks[i].text {
	case "k", "rbu":
		return scaleRead{value: thousand}, i + 1, true
	case "kan":
		return scaleRead{value: thousand, approx: true}, i + 1, toks[i].glued
	case "jeti", "jetian", "tiao":
		return scaleRead{value: million, slang: true, approx: toks[i].text == "jetian"}, i + 1, true
	case "ceng":
		return scaleRead{value: thousand, slang: true}, i + 1, true
	case "m":
		return scaleRead{value: million, m: true}, i + 1, true
	case "mio":
		return scaleRead{value: million}, i + 1, true
	}
	w := numberWord(toks[i].text)
	if w.kind != nkScale {
		return scaleRead{}, i, false
	}
	s := scaleRead{value: w.value, approx: w.approx}
	i = skipApprox(toks, i+1, &s.approx)
	return s, i, true
}

// skipApprox steps over the ending "-an" where it stands apart: "300an".
func skipApprox(toks []token, i int, approx *bool) int {
	if i < len(toks) && toks[i].glued && toks[i].is("an") {
		*approx = true
		return i + 1
	}
	if i+1 < len(toks) && toks[i].is("-") && toks[i].glued && toks[i+1].glued && toks[i+1].is("an") {
		*approx = true
		return i + 2
	}
	return i
}

// first takes the first number with its unit, where the separators of the
// number decide how sure it is.
func (q *quantity) first(c coef, s scaleRead) {
	v := satMul(c.milli, s.value)
	small := satMul(c.milli/1000, s.value) // "1.250" read as 1,250
	switch {
	case c.form == cfMalformed:
		q.set(Reject, v)
		q.sure = Reject
	case s.m:
		q.set(Ask, v, satMul(c.milli, billion))
	case c.form == cfGrouped && c.groups > 1:
		q.set(Ask, c.milli/1000, v)
	case c.form == cfGrouped && s.value == thousand && c.sep == ",":
		q.set(Ask, v, small)
	case c.form == cfGrouped && s.value == thousand && c.milli >= 100_000*1000:
		q.set(Ask, c.milli/1000, v) // "250.000 ribu": said twice
	case c.form == cfGrouped && s.value == thousand:
		q.set(Confirm, v)
	case c.form == cfGrouped && c.sep == ",":
		q.set(Confirm, small)
	case c.form == cfGrouped:
		q.set(Ask, small, v)
	case c.form == cfSpelled && c.neighbours():
		q.set(Ask, satMul(c.milli/10_000*1000, s.value), satMul(c.milli/1000%10*1000, s.value))
	case c.form == cfSpelled || s.slang:
		q.set(Confirm, v)
	default:
		q.set(Certain, v)
	}
}

// fractionAfter adds a "setengah" or "seperempat" that follows a unit.
func (q *quantity) fractionAfter(toks []token, i int, unit int64, total *int64) int {
	i = skipApprox(toks, i, &q.approx)
	if i >= len(toks) {
		return i
	}
	if w := numberWord(toks[i].text); w.kind == nkHalf {
		if _, _, ok := readScale(toks, i+1); ok {
			return i // "setengah juta" starts an amount of its own
		}
		*total += unit * w.value / 1000
		return i + 1
	}
	if i+1 < len(toks) && toks[i].is("tiga") && toks[i+1].is("perempat") {
		*total += unit / 4 * 3
		return i + 2
	}
	if f, ok := readFraction(toks, i); ok {
		if _, _, ok := readScale(toks, f.next); !ok {
			*total += unit * f.milli / 1000
			return f.next
		}
	}
	return i
}

// readTail reads a number behind a unit that has none of its own; it returns
// the token after it, or 0 when it does not belong to the amount.
func (q *quantity) readTail(toks []token, c coef, total, unit int64) int {
	v := c.milli / 1000
	if c.form == cfMalformed || c.form == cfDecimal || c.form == cfPart || countsThings(toks, c.next) {
		return 0
	}
	literal := c.next < len(toks) && toks[c.next].is("rupiah", "perak")
	switch {
	case literal && v < unit:
		q.set(q.sure, total+v)
	case c.form == cfGrouped:
		if v >= unit {
			return 0
		}
		q.set(q.sure, total+v)
	case c.form == cfInt && c.digits > 3:
		if v >= unit || c.digits > 6 {
			return 0
		}
		q.set(q.sure, total+v)
	case c.form == cfInt && c.digits < 3:
		tenths := unit / 10 * v
		if c.digits == 2 {
			tenths = unit / 100 * v
		}
		q.set(Ask, total+tenths, total+v*max(unit/thousand, 1))
	case unit == thousand && v < 10:
		q.set(Ask, total+v*100, total+v)
	case unit == thousand && v < 100 && c.form != cfInt:
		q.set(Confirm, total+v)
	case unit == thousand:
		q.set(q.sure, total+v)
	case v < 10:
		q.set(Ask, total+unit/10*v, total+v*(unit/thousand))
	default:
		q.set(Confirm, total+v*(unit/thousand))
	}
	q.approx = q.approx || c.approx
	return skipApprox(toks, c.next, &q.approx)
}

// readSuffix takes what stands behind an amount: "rupiah", "perak", ",-".
func (q *quantity) readSuffix(toks []token) {
	q.to = skipDash(toks, q.to)
	if q.to < len(toks) && toks[q.to].is("rupiah", "perak", "rpiah", "rupiyah") {
		q.literal = true
		q.to++
	} else if q.to < len(toks) && toks[q.to].is("rp") && (q.to+1 >= len(toks) || toks[q.to+1].kind != tkNumber && !toks[q.to+1].is(".")) {
		q.currency = true
		q.to++
	}
}

// satMul multiplies thousandths by a unit without running over.
func satMul(milli, unit int64) int64 {
	if milli > 0 && unit > 0 && milli/1000 >= tooMany/unit {
		return tooMany
	}
	if unit >= 1000 {
		return milli * (unit / 1000)
	}
	return milli * unit / 1000
}

func satAdd(a, b int64) int64 { return min(a+b, tooMany) }
