package bahasa

import "time"

type cueUnit uint8

const (
	unitNone cueUnit = iota
	unitDay
	unitWeek
	unitMonth
	unitYear
)

type cueTurn uint8 // where a modifier points

const (
	turnNone  cueTurn = iota
	turnLast          // lalu
	turnYest          // kemarin
	turnThis          // ini
	turnNext          // depan
	turnSoon          // besok
	turnAgain         // lagi
	turnJust          // tadi
)

// dateCues is everything a text says about one day, before it is resolved.
type dateCues struct {
	weekday            time.Weekday
	hasWeekday, bare   bool // bare: "minggu" alone, Sunday or a week
	eve                bool // "malam minggu": the evening before
	day, month, year   int
	orDay              int // the second of "27-28 nov"
	hasDay, hasDM      bool
	hasYear, named     bool // named: the month was a word
	bareNumber         bool
	badDate            bool
	turn               cueTurn // modifier of the weekday, or standing alone
	count, orCount     int     // N days, weeks, months ago or ahead; "2-3 hari lagi" has two
	unit               cueUnit // of count; hasCount
	hasCount           bool
	someDays           bool // "beberapa hari"
	countTurn          cueTurn
	week               cueTurn // "minggu depan": the modifier of a named week
	weekWord           string  // "minggu" or "pekan"
	monthTurn          cueTurn
	yearTurn           cueTurn
	edge               string // awal, tengah, akhir
	edgeUnit           cueUnit
	rel                int // days from today
	hasRel, relConfirm bool
	tadi, nanti, night bool // night: semalam
	hour               bool // an hour or a prayer was named beside "nanti"
	part               string
	from, to           int // tokens
	used               uint64
}

// touch marks the tokens i..j-1 as read.
func (c *dateCues) touch(i, j int) {
	if c.to == 0 || i < c.from {
		c.from = i
	}
	c.to = max(c.to, j)
	for ; i < j && i < 64; i++ {
		c.used |= 1 << i
	}
}

// found reports whether anything names a day.
func (c *dateCues) found() bool {
	return c.hasWeekday || c.hasDay || c.hasDM || c.badDate || c.hasCount || c.someDays || c.week != turnNone || c.monthTurn != turnNone ||
		c.yearTurn != turnNone || c.edge != "" || c.hasRel || c.tadi || c.night || c.nanti || c.bareNumber || c.month != 0 || c.part != "" && c.turn == turnThis
}

// readDateCues walks once over the tokens; skip marks those that belong to a
// time and are not looked at. Dots make a date ("5.11") only when dots is set.
// Two other words behind a day end the search: what follows in a sentence is
// about another day ("Jumat lalu mediasi dengan keluarga, 2 minggu lagi ...").
func readDateCues(toks []token, skip uint64, dots bool) dateCues {
	var c dateCues
	gap := 0
	for i := 0; i < len(toks) && i < 64; {
		if skip&(1<<i) != 0 {
			i++
			continue
		}
		n := c.step(toks, i, dots)
		if n > 0 {
			c.touch(i, i+n)
			i += n
			gap = 0
			continue
		}
		if toks[i].kind == tkWord && !isAddress(toks[i].text) {
			if gap++; gap >= 2 && c.found() {
				break
			}
		}
		i++
	}
	if !c.found() {
		c.readBareNumber(toks, skip)
	}
	return c
}

// step reads what starts at toks[i] and returns how many tokens it took.
func (c *dateCues) step(toks []token, i int, dots bool) int {
	if n := c.readNumeric(toks, i, dots); n > 0 {
		return n
	}
	if n := c.readCount(toks, i); n > 0 {
		return n
	}
	if n := c.readWeekday(toks, i); n > 0 {
		if day := dayBehind(toks, i+n); dots && day > 0 && !c.hasDay && !c.hasDM && !c.bare && !c.eve {
			c.day, c.hasDay = day, true // "rabu 18", where no hour is asked for
			n++
		}
		return n
	}
	if n := c.readPeriod(toks, i); n > 0 {
		return n
	}
	return c.readRelative(toks, i)
}

// dayBehind is the day of the month in figures at toks[i], which nothing counts
// or makes an hour of; 0 when there is none.
func dayBehind(toks []token, i int) int {
	if i >= len(toks) || toks[i].kind != tkNumber || len(toks[i].text) > 2 || toks[i].glued {
		return 0
	}
	v := int(digitsValue(toks[i].text))
	if v < 1 || v > 31 {
		return 0
	}
	if i+1 < len(toks) {
		if next := toks[i+1]; next.glued && !next.is(",", ".") || next.kind == tkNumber || next.is("/", "-", ":", "sampai", "atau", "wib", "bulan") || countsThings(toks, i+1) || unitWord(next.text) != unitNone || partWord(next.text) != "" || monthWord(next.text) != 0 {
			return 0
		}
		if _, _, scaled := readScale(toks, i+1); scaled || i+2 < len(toks) && toks[i+1].glued && toks[i+2].kind == tkNumber {
			return 0
		}
	}
	return v
}

// readTurn reads a modifier: "lalu", "yang lalu", "depan", "yang akan datang".
func readTurn(toks []token, i int) (cueTurn, int) {
	start := i
	for i < len(toks) && toks[i].is("yang", "akan", "ke", "di") && i-start < 2 {
		i++
	}
	if i >= len(toks) {
		return turnNone, 0
	}
	n := i - start + 1
	switch toks[i].text {
	case "lalu", "kelewat", "terakhir", "sebelumnya", "sebelum", "last", "ago", "lampau", "belakang":
		return turnLast, n
	case "lewat":
		return turnLast, n
	case "kemarin":
		return turnYest, n
	case "ini", "ni", "skrg", "sekarang", "ko", "iko", "berjalan":
		return turnThis, n
	case "depan", "next", "kedepan", "berikutnya", "kemudian", "berikut", "nanti":
		return turnNext, n
	case "datang":
		if n > 1 {
			return turnNext, n
		}
	case "besok":
		return turnSoon, n
	case "lagi":
		return turnAgain, n
	case "tadi":
		return turnJust, n
	}
	return turnNone, 0
}
