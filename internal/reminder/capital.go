package reminder

import (
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// capitalRules are about capitals that wait for their next step (program.md 2.7, N03 and N04). That one
// has waited for long, the chair reads in the week.
func capitalRules() []Rule {
	return []Rule{
		{ID: "N03", About: program.AboutMatter, When: "0 8 * * *", Numbers: Numbers{"again": 14, "keep": 60}, find: unspent},
		{ID: "N03B", About: program.AboutMatter, When: "0 8 * * *", Numbers: Numbers{"late": 14, "keep": 60}, find: unspentLong},
		{ID: "N04", About: program.AboutMatter, When: "0 9 * * 1", Numbers: Numbers{"again": 28}, find: stuckCapital},
	}
}

// unspent is N03: a capital was paid out and no shopping is on record, or the goods are to be looked at,
// 7, 30 and 90 days after they were bought. Her companion hears of it.
func unspent(f Facts, n Numbers) []Moment {
	m, ok := capitalAt(f, "cair", "kontrol")
	if !ok {
		return nil
	}
	due := program.DateOf(m.Due.In(f.Zone))
	if m.Status == "cair" {
		again := f.start(due, n["again"])
		return []Moment{
			{From: f.start(due, 0), Until: again, To: ToCompanion},
			{From: again, Until: again.AddDate(0, 0, n["keep"]), To: ToCompanion, Step: 1},
		}
	}
	shopped := program.Date(m.Fields.Get("tanggal_kontrol"))
	var all []Moment
	for i, days := range program.ControlDays() {
		from := f.start(shopped, days)
		if i > 0 && len(all) > 0 { // one look is for all that came before
			all[len(all)-1].Until = from
		}
		if shopped.AddDays(days) >= due {
			all = append(all, Moment{From: from, Until: from.AddDate(0, 0, n["keep"]), To: ToCompanion, Step: i})
		}
	}
	return all
}

// unspentLong is N03 where nothing came of it: the treasurer hears of it as well.
func unspentLong(f Facts, n Numbers) []Moment {
	m, ok := capitalAt(f, "cair", "kontrol")
	if !ok {
		return nil
	}
	late := f.start(program.DateOf(m.Due.In(f.Zone)), n["late"])
	return []Moment{{From: late, Until: late.AddDate(0, 0, n["keep"]), To: ToTreasurer}}
}

// stuckCapital is N04: a capital has been at the same stage before it is paid out for too long.
func stuckCapital(f Facts, n Numbers) []Moment {
	m, ok := capitalAt(f, "diusulkan", "disetujui", "berkas", "buku_jadi", "buku_diserahkan")
	if !ok {
		return nil
	}
	return rounds(m.Due, n["again"], ToCompanion, ToTreasurer)
}

// capitalAt is a capital at one of some stages whose next step is due at some time. Of one that she does
// not agree to nobody is told.
func capitalAt(f Facts, stages ...string) (*Matter, bool) {
	m := f.Matter
	return m, m.Kind == program.Aid && m.Agreed && !m.Due.IsZero() && slices.Contains(stages, m.Status)
}

// roundsFor is for how many days something comes again and again.
const roundsFor = 366

// rounds are moments that come again every so many days, each until the next.
func rounds(first time.Time, days int, to ...To) []Moment {
	var all []Moment
	for after := 0; after < roundsFor; after += max(days, 1) {
		from := first.AddDate(0, 0, after)
		for _, one := range to {
			all = append(all, Moment{From: from, Until: from.AddDate(0, 0, max(days, 1)), To: one})
		}
	}
	return all
}
