package main

import (
	"github.com/dampingi/dampingi/internal/program"
)

// demoWoman is one of the demo's participants. All of them are made up; aliases are flowers.
type demoWoman struct {
	alias, companion string
	stage            program.Stage
	months           int   // for how many months she has been trading; 0 for those who are not yet
	phone            int64 // the chat that can be tried as hers; 0 for none
	code             string
}

// Those of whom the demo has a story: what there is to be told of them comes in the next days.
const (
	demoMelati = "Melati"
	demoMawar  = "Mawar"
	demoUnseen = "Kenanga"   // nobody has been with her for four weeks
	demoFalls  = "Flamboyan" // twice in a row it went down
	demoBusy   = "Bakung"    // nobody has been with her for two weeks, while she learns
	demoPaid   = "Dahlia"    // a capital was paid out, and nothing is bought yet
	demoLooked = "Asoka"     // her goods are to be looked at
	demoAgain  = "Lavender"  // her companion wants to see her tomorrow
	demoGrows  = "Bugenvil"  // her development is to be talked about again
	demoEnding = "Soka"      // what she agreed to ends in a month
	demoAlone  = "Cempaka"   // she is said to stand on her own
	demoBefore = "Verbena"   // she is before the board
)

// demoWomen are they, by companion; the first of Rina's and of Yuli's have phones.
func demoWomen() []demoWoman {
	const t, ind, capital = program.Trading, program.Independent, program.Capital
	return []demoWoman{
		{alias: demoMelati, companion: demoRina, stage: t, months: 2, phone: demoPhone},
		{alias: demoUnseen, companion: demoRina, stage: t, months: 5},
		{alias: demoPaid, companion: demoRina, stage: capital},
		{alias: "Anggrek", companion: demoRina, stage: program.Bimtek},
		{alias: demoAlone, companion: demoRina, stage: t, months: 10},
		{alias: demoUnasked, companion: demoRina, stage: program.Registered},
		{alias: demoAgain, companion: demoRina, stage: t, months: 7},
		{alias: demoFalls, companion: demoRina, stage: t, months: 6},
		{alias: demoBusy, companion: demoRina, stage: capital},
		{alias: "Kana", companion: demoRina, stage: ind, months: 9},
		{alias: demoLooked, companion: demoRina, stage: t, months: 4},

		{alias: demoMawar, companion: demoYuli, stage: t, months: 2, phone: demoPhone + 1},
		{alias: "Teratai", companion: demoYuli, stage: program.TemuWicara},
		{alias: "Kamboja", companion: demoYuli, stage: capital},
		{alias: "Tanjung", companion: demoYuli, stage: program.Choosing},
		{alias: demoEnding, companion: demoYuli, stage: t, months: 8},
		{alias: "Alamanda", companion: demoYuli, stage: program.Bimtek},
		{alias: demoGrows, companion: demoYuli, stage: t, months: 5},
		{alias: "Edelweis", companion: demoYuli, stage: capital},
		{alias: "Gardenia", companion: demoYuli, stage: ind, months: 10},
		{alias: "Krisan", companion: demoYuli, stage: program.TemuWicara},

		{alias: "Lili", companion: demoDewi, stage: t, months: 7},
		{alias: "Tulip", companion: demoDewi, stage: t, months: 1},
		{alias: "Wisteria", companion: demoDewi, stage: t, months: 4},
		{alias: "Aster", companion: demoDewi, stage: capital},
		{alias: "Begonia", companion: demoDewi, stage: capital},
		{alias: "Lantana", companion: demoDewi, stage: ind, months: 10},
		{alias: "Petunia", companion: demoDewi, stage: ind, months: 8},
		{alias: "Nusa", companion: demoDewi, stage: ind, months: 9},
		{alias: demoBefore, companion: demoDewi, stage: program.Selection},
	}
}

// daysOfMonth is about how many days a month has.
const daysOfMonth = 30

// way are the stages that she has come by since she got her capital: those who trade have got one, and
// those who stand on their own have traded first.
func (w *demoWoman) way() []program.Stage {
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
func (w *demoWoman) since(step int) int {
	if step > 1 {
		return 60 + w.months*2
	}
	return w.months * daysOfMonth
}

// trades reports whether there is a business to be looked at.
func (w *demoWoman) trades() bool {
	return w.stage == program.Trading || w.stage == program.Independent
}

// every is after how many days she is visited again: more often while she learns, and in her first months
// of trading (program.md N01).
func (w *demoWoman) every() int {
	const weekly, fortnightly, monthly = 6, 12, 26
	switch {
	case w.trades() && w.months < 3:
		return weekly
	case w.trades():
		return monthly
	}
	return fortnightly
}
