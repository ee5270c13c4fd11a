package reminder

import (
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// houseRules are about what comes round for the institution (program.md rows 16, 144 and 163). What has
// a first Monday is due on the first of the month, and told on the Monday that follows.
func houseRules() []Rule {
	return []Rule{
		{ID: "H1", About: program.AboutHouse, When: "0 9 * * 1", find: yearOfHouse},
		{ID: "H2", About: program.AboutHouse, When: "0 9 * * 1", find: monthOfHouse},
		{ID: "H3", About: program.AboutHouse, When: "0 8 * * *", Light: true, find: dayOfHouse},
	}
}

// yearOfHouse is H1: each January the chair is asked how many are to be reached.
func yearOfHouse(f Facts, _ Numbers) []Moment {
	var all []Moment
	for year := f.Now.Year(); year <= f.Now.Year()+1; year++ {
		first := program.Date(fmt.Sprintf("%04d-01-01", year))
		if f.House.Reviewed < first {
			all = append(all, Moment{From: f.start(first, 0), Until: f.start(first.AddMonths(1), 0), To: ToChair})
		}
	}
	return all
}

// monthOfHouse is H2: each month one thing is to become better. It is asked from the month
// after the institution was put on record.
func monthOfHouse(f Facts, _ Numbers) []Moment {
	if f.House.Profile.ID == "" {
		return nil
	}
	fields, known := f.House.Profile.Fields, program.DateOf(f.House.Profile.OpenedAt.In(f.Zone))
	var all []Moment
	for after := -1; after <= 1; after++ { // the one before may have been too late
		first := program.DateOf(time.Date(f.Now.Year(), f.Now.Month()+time.Month(after), 1, 0, 0, 0, 0, f.Zone))
		month := string(first)[:len("2006-01")]
		if known < first && fields.Get("perbaikan_bulan") != month && fields.Get("perbaikan_dulu") != month {
			all = append(all, Moment{From: f.start(first, 0), Until: f.start(first.AddMonths(1), 0), To: ToChair})
		}
	}
	return all
}

// dayOfHouse is H3: on the day on which the institution was founded, all of the staff hear a kind word.
func dayOfHouse(f Facts, _ Numbers) []Moment {
	founded := program.Date(f.House.Profile.Fields.Get("tanggal_berdiri"))
	began := founded.Time(f.Zone)
	if began.IsZero() {
		return nil
	}
	var all []Moment
	for year := f.Now.Year() - 1; year <= f.Now.Year()+1; year++ {
		const months = 12
		if years := year - began.Year(); years > 0 {
			day := founded.AddMonths(months * years)
			all = append(all, Moment{From: f.start(day, 0), Until: f.start(day, 1), To: ToEverybody})
		}
	}
	return all
}
