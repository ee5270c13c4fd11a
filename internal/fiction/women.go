package fiction

import (
	"github.com/dampingi/dampingi/internal/program"
)

// woman is one of the demo's participants. All of them are made up; aliases are flowers.
type woman struct {
	alias, companion string
	stage            program.Stage
	months           int   // for how many months she has been trading; 0 for those who are not yet
	phone            int64 // the chat that can be tried as hers; 0 for none
	code             string
}

// Those of whom the demo has a story: what there is to be told of them comes in the next days.
const (
	melati      = "Melati"
	mawar       = "Mawar"
	unseen      = "Kenanga"   // nobody has been with her for four weeks
	falls       = "Flamboyan" // twice in a row it went down
	busy        = "Bakung"    // nobody has been with her for two weeks, while she learns
	paidOut     = "Dahlia"    // a capital was paid out, and nothing is bought yet
	looked      = "Asoka"     // her goods are to be looked at
	again       = "Lavender"  // her companion wants to see her tomorrow
	grows       = "Bugenvil"  // her development is to be talked about again
	ending      = "Soka"      // what she agreed to ends in a month
	onHerOwn    = "Cempaka"   // she is said to stand on her own
	beforeBoard = "Verbena"   // she is before the board
)

// everybody are they, by companion; the first of Rina's and of Yuli's have phones.
func everybody() []woman {
	const t, ind, capital = program.Trading, program.Independent, program.Capital
	return []woman{
		{alias: melati, companion: Rina, stage: t, months: 2, phone: Phone},
		{alias: unseen, companion: Rina, stage: t, months: 5},
		{alias: paidOut, companion: Rina, stage: capital},
		{alias: "Anggrek", companion: Rina, stage: program.Bimtek},
		{alias: onHerOwn, companion: Rina, stage: t, months: 10},
		{alias: unasked, companion: Rina, stage: program.Registered},
		{alias: again, companion: Rina, stage: t, months: 7},
		{alias: falls, companion: Rina, stage: t, months: 6},
		{alias: busy, companion: Rina, stage: capital},
		{alias: "Kana", companion: Rina, stage: ind, months: 9},
		{alias: looked, companion: Rina, stage: t, months: 4},

		{alias: mawar, companion: Yuli, stage: t, months: 2, phone: Phone + 1},
		{alias: "Teratai", companion: Yuli, stage: program.TemuWicara},
		{alias: "Kamboja", companion: Yuli, stage: capital},
		{alias: "Tanjung", companion: Yuli, stage: program.Choosing},
		{alias: ending, companion: Yuli, stage: t, months: 8},
		{alias: "Alamanda", companion: Yuli, stage: program.Bimtek},
		{alias: grows, companion: Yuli, stage: t, months: 5},
		{alias: "Edelweis", companion: Yuli, stage: capital},
		{alias: "Gardenia", companion: Yuli, stage: ind, months: 10},
		{alias: "Krisan", companion: Yuli, stage: program.TemuWicara},

		{alias: "Lili", companion: Dewi, stage: t, months: 7},
		{alias: "Tulip", companion: Dewi, stage: t, months: 1},
		{alias: "Wisteria", companion: Dewi, stage: t, months: 4},
		{alias: "Aster", companion: Dewi, stage: capital},
		{alias: "Begonia", companion: Dewi, stage: capital},
		{alias: "Lantana", companion: Dewi, stage: ind, months: 10},
		{alias: "Petunia", companion: Dewi, stage: ind, months: 8},
		{alias: "Nusa", companion: Dewi, stage: ind, months: 9},
		{alias: beforeBoard, companion: Dewi, stage: program.Selection},
	}
}

// daysOfMonth is about how many days a month has.
const daysOfMonth = 30

// way are the stages that she has come by since she got her capital: those who trade have got one, and
// those who stand on their own have traded first.
func (w *woman) way() []program.Stage {
	switch w.stage {
	case program.Trading:
		return []program.Stage{program.Capital, program.Trading}
	case program.Independent:
		return []program.Stage{program.Capital, program.Trading, program.Independent}
	}
	return []program.Stage{w.stage}
}

// since is how many days ago she came to a step of her way: to her business months ago, and on her own
// feet not yet for so long that it would be time to conclude.
func (w *woman) since(step int) int {
	if step > 1 {
		return 60 + w.months*2
	}
	return w.months * daysOfMonth
}

// trades reports whether there is a business to be looked at.
func (w *woman) trades() bool {
	return w.stage == program.Trading || w.stage == program.Independent
}

// every is after how many days she is visited again: more often while she learns, and in her first months
// of trading (program.md N01).
func (w *woman) every() int {
	const weekly, fortnightly, monthly = 6, 12, 26
	switch {
	case w.trades() && w.months < 3:
		return weekly
	case w.trades():
		return monthly
	}
	return fortnightly
}
