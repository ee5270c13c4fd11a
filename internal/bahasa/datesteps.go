package bahasa

import "time"

// readNumeric reads a date with figures: 2026-11-05, 05/11/26, 5 nov 2026,
// tgl 5 bln 11.
func (c *dateCues) readNumeric(toks []token, i int, dots bool) int {
	if toks[i].is("tanggal") || toks[i].is("tanggalan") {
		return c.readNumbered(toks, i)
	}
	if m := monthWord(toks[i].text); m != 0 && toks[i].kind == tkWord {
		return c.readMonthFirst(toks, i, m)
	}
	if toks[i].kind != tkNumber || c.hasDM || c.hasDay {
		if day, n := readDayWord(toks, i); n > 0 && !c.hasDM && !c.hasDay && i+n < len(toks) && monthWord(toks[i+n].text) != 0 {
			c.day, c.month, c.hasDM, c.named = day, int(monthWord(toks[i+n].text)), true, true
			return n + 1 + c.readYear(toks, i+n+1)
		}
		return 0
	}
	if n := c.readISO(toks, i); n > 0 {
		return n
	}
	if n := c.readDayPair(toks, i, dots || i > 0 && toks[i-1].is("tanggal")); n > 0 {
		return n
	}
	if n := c.readSlashed(toks, i, dots); n > 0 {
		return n
	}
	if len(toks[i].text) > 2 {
		return 0
	}
	j := i + 1
	if j < len(toks) && toks[j].is("-", "/", ".") && toks[j].glued {
		j++
	}
	if j < len(toks) && toks[j].kind == tkWord {
		if m := monthWord(toks[j].text); m != 0 {
			c.day, c.month, c.hasDM, c.named = int(digitsValue(toks[i].text)), int(m), true, true
			return j + 1 - i + c.readYear(toks, j+1)
		}
	}
	return 0
}

// readDayWord reads a day of the month in words: "lima", "dua puluh tiga".
func readDayWord(toks []token, i int) (day, n int) {
	if ch, ok := readChunk(toks, i, false); ok && ch.value >= 1 && ch.value <= 99 && toks[i].kind == tkWord {
		return int(ch.value), ch.next - i
	}
	return 0, 0
}

// readNumbered reads what follows "tgl".
func (c *dateCues) readNumbered(toks []token, i int) int {
	j := i + 1
	for j < len(toks) && toks[j].is(".", ":") {
		j++
	}
	if j >= len(toks) || c.hasDay || c.hasDM {
		return 1
	}
	if n := c.readNumeric(toks, j, true); n > 0 && toks[j].text != "tanggal" && (c.hasDM || c.orDay > 0) {
		return j + n - i
	}
	var day, n int
	if toks[j].kind == tkNumber {
		day, n = int(min(digitsValue(toks[j].text), 999)), 1
	} else if day, n = readDayWord(toks, j); n == 0 {
		return 1
	}
	c.day, c.hasDay = day, true
	j += n
	if c.month != 0 { // "november tgl 5", "bulan 10 tgl 5"
		c.hasDM, c.hasDay = true, false
		return j - i + c.readYear(toks, j)
	}
	if j+1 < len(toks) && toks[j].is("bulan") {
		if m, k := readMonthNumber(toks, j+1); m != 0 {
			c.month, c.hasDM, c.hasDay, c.named = m, true, false, true
			j += 1 + k
			return j - i + c.readYear(toks, j)
		}
	}
	return j - i
}

// readMonthNumber reads the month after "bulan": 11, sebelas, november.
func readMonthNumber(toks []token, i int) (month, n int) {
	if m := monthWord(toks[i].text); m != 0 {
		return int(m), 1
	}
	if toks[i].kind == tkNumber && len(toks[i].text) <= 2 {
		return int(digitsValue(toks[i].text)), 1
	}
	if ch, ok := readChunk(toks, i, false); ok && ch.value <= 12 && toks[i].kind == tkWord {
		return int(ch.value), ch.next - i
	}
	return 0, 0
}

// readMonthFirst reads a month that no day came before: "november 5" or the
// whole month.
func (c *dateCues) readMonthFirst(toks []token, i int, m time.Month) int {
	if c.month != 0 {
		return 0
	}
	c.named = true
	c.month = int(m)
	if c.hasDay {
		c.hasDM, c.hasDay = true, false
		return 1 + c.readYear(toks, i+1)
	}
	if i+1 < len(toks) && toks[i+1].kind == tkNumber && len(toks[i+1].text) <= 2 &&
		!(i+2 < len(toks) && toks[i+2].glued && toks[i+2].is(":", ".")) {
		c.day, c.hasDM = int(digitsValue(toks[i+1].text)), true
		n := 2
		if i+2 < len(toks) && toks[i+2].is(",") {
			n++
		}
		if y := c.readYear(toks, i+n); y > 0 {
			return n + y
		}
		return 2
	}
	return 1 + c.readYear(toks, i+1)
}

// readYear reads a year of two or four figures at toks[i].
func (c *dateCues) readYear(toks []token, i int) int {
	n := 0
	for i+n < len(toks) && n < 2 && (toks[i+n].is("tahun", "thn", "'", ",") || toks[i+n].glued && toks[i+n].is("-", "/", ".")) {
		n++
	}
	if i+n >= len(toks) || toks[i+n].kind != tkNumber {
		return 0
	}
	t := toks[i+n]
	if i+n+1 < len(toks) && toks[i+n+1].glued && toks[i+n+1].is(":", ".", "/") && i+n+2 < len(toks) && toks[i+n+2].glued && toks[i+n+2].kind == tkNumber {
		return 0 // the hours of 09.30
	}
	switch {
	case len(t.text) == 4 && (t.text[:2] == "20" || t.text[:2] == "19"):
		c.year = int(digitsValue(t.text))
	case len(t.text) == 2 && (n > 0 || t.text >= "20" && t.text <= "39"):
		c.year = 2000 + int(digitsValue(t.text))
	default:
		return 0
	}
	c.hasYear = true
	return n + 1
}

// countsBehind holds when what stands behind two numbers counts them: "4-5
// hari", "2-3 hari lalu", but not the hour of "5-12 jam 9".
func countsBehind(toks []token, i int) bool {
	if i+1 < len(toks) && toks[i].is("jam") && toks[i+1].kind == tkNumber {
		return false
	}
	if i < len(toks) && unitWord(toks[i].text) != unitNone {
		if turn, _ := readTurn(toks, i+1); turn != turnNone {
			return true
		}
	}
	return countsThings(toks, i)
}

// readDayPair reads two days of one month: "27-28 nov", and without a month
// where loose is set and the second number can be no month.
func (c *dateCues) readDayPair(toks []token, i int, loose bool) int {
	if c.hasRel || i+2 >= len(toks) || !toks[i+1].is("-") || toks[i+2].kind != tkNumber || len(toks[i].text) > 2 || len(toks[i+2].text) > 2 {
		return 0
	}
	a, b := int(digitsValue(toks[i].text)), int(digitsValue(toks[i+2].text))
	if a < 1 || b <= a || b > 31 {
		return 0
	}
	if i+3 < len(toks) && toks[i+3].kind == tkWord {
		if m := monthWord(toks[i+3].text); m != 0 {
			c.day, c.orDay, c.month, c.hasDM, c.named = a, b, int(m), true, true
			return 4 + c.readYear(toks, i+4)
		}
	}
	numbered := i > 0 && toks[i-1].is("tanggal") && i+3 < len(toks) && toks[i+3].is("bulan") // "tgl 3-4 bulan lalu"
	if !numbered && (!loose || b <= 12 || i+3 < len(toks) && (toks[i+3].is("-", "/") || countsBehind(toks, i+3))) {
		return 0
	}
	c.day, c.orDay, c.hasDay = a, b, true
	return 3
}

// readISO reads 2026-11-05, 20261105 and 05112026.
func (c *dateCues) readISO(toks []token, i int) int {
	t := toks[i].text
	if len(t) == 8 && t[:2] == "20" && t[4:6] <= "12" {
		c.year, c.month, c.day = int(digitsValue(t[:4])), int(digitsValue(t[4:6])), int(digitsValue(t[6:]))
		c.hasDM, c.hasYear = true, true
		return 1
	}
	if len(t) == 8 && t[4:6] == "20" && t[2:4] >= "01" && t[2:4] <= "12" && t[:2] <= "31" {
		c.day, c.month, c.year = int(digitsValue(t[:2])), int(digitsValue(t[2:4])), int(digitsValue(t[4:]))
		c.hasDM, c.hasYear = true, true
		return 1
	}
	if len(t) != 4 || i+4 >= len(toks) || !glueRun(toks, i+1, 4) || !toks[i+1].is("-", "/", ".") || toks[i+3].text != toks[i+1].text {
		return 0
	}
	if len(toks[i+2].text) > 2 || len(toks[i+4].text) > 2 || toks[i+2].kind != tkNumber || toks[i+4].kind != tkNumber {
		return 0
	}
	c.year, c.month, c.day = int(digitsValue(t)), int(digitsValue(toks[i+2].text)), int(digitsValue(toks[i+4].text))
	c.hasDM, c.hasYear = true, true
	if i+5 < len(toks) && toks[i+5].glued && toks[i+5].is("t") {
		return 6
	}
	return 5
}

func glueRun(toks []token, i, n int) bool {
	for k := i; k < i+n; k++ {
		if k >= len(toks) || !toks[k].glued {
			return false
		}
	}
	return true
}

// readSlashed reads day and month, and a year if there is one, with "/", "-",
// "." or spaces around them.
func (c *dateCues) readSlashed(toks []token, i int, dots bool) int {
	if i+2 < len(toks) && toks[i+1].kind == tkNumber && toks[i+2].kind == tkNumber && len(toks[i].text) <= 2 && len(toks[i+1].text) <= 2 &&
		len(toks[i+2].text) == 4 && toks[i+2].text[:2] == "20" {
		c.day, c.month, c.year = int(digitsValue(toks[i].text)), int(digitsValue(toks[i+1].text)), int(digitsValue(toks[i+2].text))
		c.hasDM, c.hasYear = true, true
		return 3
	}
	if i > 0 && toks[i].glued && toks[i-1].glued && toks[i-1].is(".", ":") {
		return 0 // the minutes of 09.00-12.00
	}
	if len(toks[i].text) > 2 || i+2 >= len(toks) || toks[i+2].kind != tkNumber || len(toks[i+2].text) > 2 || !toks[i+1].is("/", "-", ".") {
		return 0
	}
	sep := toks[i+1].text
	if sep == "-" && countsBehind(toks, i+3) {
		return 0 // "4-5 hari"
	}
	if sep == "-" && c.hasRel && digitsValue(toks[i].text) <= 24 && digitsValue(toks[i+2].text) <= 24 {
		return 0 // "besok 9-12": the day is said, these are hours
	}
	if sep == "-" && !dots && len(toks[i].text) == 2 && toks[i+2].text > "12" && toks[i+2].text <= "24" {
		return 0 // "jumat 13-15"
	}
	if toks[i+1].glued != toks[i+2].glued || sep == "." && (!toks[i+1].glued || !dots && !c.dottedYear(toks, i)) {
		return 0
	}
	c.day, c.month, c.hasDM = int(digitsValue(toks[i].text)), int(digitsValue(toks[i+2].text)), true
	if i+4 < len(toks) && toks[i+3].text == sep && toks[i+4].kind == tkNumber && toks[i+3].glued == toks[i+1].glued {
		if n := len(toks[i+4].text); n == 4 || n == 2 {
			c.year, c.hasYear = int(digitsValue(toks[i+4].text)), true
			if n == 2 {
				c.year += 2000
			}
			return 5
		}
	}
	if i+3 < len(toks) && toks[i+3].kind == tkNumber && len(toks[i+3].text) == 4 && toks[i+3].text[:2] == "20" && sep != "." {
		return 3 + c.readYear(toks, i+3)
	}
	return 3
}

// dottedYear holds for 5.12.2026, which cannot be a time.
func (c *dateCues) dottedYear(toks []token, i int) bool {
	return i+4 < len(toks) && toks[i+3].is(".") && toks[i+3].glued && toks[i+4].kind == tkNumber && toks[i+4].glued
}
