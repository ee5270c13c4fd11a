package bahasa

// readCount reads "3 hari lalu", "dua minggu lagi", "seminggu yang lalu",
// "beberapa hari lalu", "dalam 3 hari".
func (c *dateCues) readCount(toks []token, i int) int {
	count, other := 1, 0
	var j int
	var unit cueUnit
	switch toks[i].text {
	case "sehari":
		unit, j = unitDay, i+1
	case "seminggu", "sepekan", "smnggu", "smingu", "semingu", "seminggunya", "sminggu", "semingguan", "sepekanan":
		unit, j = unitWeek, i+1
	case "sebulan", "sbulan", "sebln":
		unit, j = unitMonth, i+1
	case "setahun":
		unit, j = unitYear, i+1
	case "beberapa", "bbrp", "brp", "berapa":
		if i+1 < len(toks) && unitWord(toks[i+1].text) != unitNone {
			c.someDays = true
			_, n := readTurn(toks, i+2)
			return 2 + n
		}
		return 0
	default:
		if n := c.readPartUnit(toks, i); n > 0 {
			return n
		}
		count, j = readSmall(toks, i)
		if j == i || j >= len(toks) {
			return 0
		}
		other, j = readOrCount(toks, j, count)
		if j >= len(toks) {
			return 0
		}
		if unit = unitWord(toks[j].text); unit == unitNone {
			return 0
		}
		j++
	}
	if other == 0 && j < len(toks) {
		if n, next := readSmall(toks, j); next > j && n == count+1 && next < len(toks) && unitWord(toks[next].text) == unit {
			other, j = n, next+1 // "sehari dua hari lagi"
		}
	}
	if j < len(toks) && toks[j].is("setengah") {
		if t, n := readTurn(toks, j+1); t != turnNone {
			c.someDays = true // "sebulan setengah lalu" names no day
			return j + 1 + n - i
		}
	}
	turn, n := readCountTurn(toks, i, j)
	if turn == turnNone || turn == turnThis || turn == turnJust {
		return 0
	}
	if c.hasCount {
		return j + n - i
	}
	c.hasCount, c.count, c.orCount, c.unit, c.countTurn = true, count, other, unit, turn
	return j + n - i
}

// readCountTurn reads where the count in toks[i:j] points: "lalu", "lagi",
// "dari sekarang", or "dalam" before it.
func readCountTurn(toks []token, i, j int) (turn cueTurn, n int) {
	turn, n = readTurn(toks, j)
	if j+1 < len(toks) && toks[j].is("dari") && todayWords(toks, j+1) > 0 {
		return turnAgain, 1 + todayWords(toks, j+1)
	}
	if n == 0 && j < len(toks) && toks[j].is("-") {
		turn, n = readTurn(toks, j+1)
		n++
	}
	if turn == turnNone && i > 0 && toks[i-1].is("dalam", "dlm", "sekitar") {
		return turnAgain, 0
	}
	return turn, n
}

// readOrCount reads the second number of "2-3 hari" and "dua tiga hari", which
// must come right after the first in counting when nothing stands between.
func readOrCount(toks []token, i, first int) (n, next int) {
	if i >= len(toks) {
		return 0, i
	}
	j := i
	if toks[j].is("-", "sampai", "atau") {
		j++
	}
	n, next = readSmall(toks, j)
	if next == j || n <= first || j == i && n != first+1 || next >= len(toks) || unitWord(toks[next].text) == unitNone {
		return 0, i
	}
	return n, next
}

// readPartUnit reads "1,5 bulan lalu" and "setengah bulan lagi", which name no
// day.
func (c *dateCues) readPartUnit(toks []token, i int) int {
	q, ok := readCoef(toks, i)
	if !ok || q.form != cfDecimal && q.form != cfPart || q.next >= len(toks) || unitWord(toks[q.next].text) == unitNone {
		return 0
	}
	t, n := readTurn(toks, q.next+1)
	if t == turnNone || t == turnThis || t == turnJust {
		return 0
	}
	c.someDays = true
	return q.next + 1 + n - i
}

func unitWord(w string) cueUnit {
	switch w {
	case "hari":
		return unitDay
	case "minggu", "pekan":
		return unitWeek
	case "bulan":
		return unitMonth
	case "tahun", "thn", "taon":
		return unitYear
	}
	return unitNone
}

// readSmall reads a whole number up to 9999 in figures or words; next is i
// when there is none.
func readSmall(toks []token, i int) (n, next int) {
	if i >= len(toks) {
		return 0, i
	}
	if toks[i].kind == tkNumber {
		if len(toks[i].text) > 4 {
			return 9999, i + 1
		}
		return int(digitsValue(toks[i].text)), i + 1
	}
	if ch, ok := readChunk(toks, i, false); ok {
		return int(ch.value), ch.next
	}
	return 0, i
}
