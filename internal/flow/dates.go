package flow

import (
	"fmt"
	"strconv"
	"time"
)

// nearDays offers the days that are most often meant.
func (r *run) nearDays(sc *Screen) {
	near := []int{0, -1}
	if sc.Step.Tense == Future {
		near = []int{1, 7}
	}
	for _, away := range near {
		sc.Choices = append(sc.Choices, r.away(away))
	}
	sc.Choices = append(sc.Choices, Key{Action: actDays, Icon: "📅", Text: "card.other_day"})
}

// away is a button for a day counted from the day of the press.
func (r *run) away(n int) Key {
	k := Key{Action: actAway + strconv.Itoa(n)}
	switch n {
	case 0:
		k.Icon, k.Text = "☀️", "card.today"
	case -1:
		k.Icon, k.Text = "🌙", "card.yesterday"
	case 1:
		k.Icon, k.Text = "🌅", "card.tomorrow"
	case 7:
		k.Icon, k.Text = "🗓️", "card.next_week"
	}
	return k
}

// days offers the five days before those offered first (or after, in a plan), then a month.
func (r *run) days(sc *Screen) {
	first, sign := 2, -1
	if sc.Step.Tense == Future {
		first, sign = 2, 1
	}
	for i := range 5 {
		day := r.today().AddDate(0, 0, sign*(first+i))
		sc.Choices = append(sc.Choices, r.day(sc.Step, day))
	}
	sc.Choices = append(sc.Choices, Key{Action: actMonth, Icon: "📅", Text: "card.calendar"})
	if !sc.Step.far() { // days with their year are too long for two columns
		sc.Columns = 2
	}
}

// day is a button for one day, named as the question names days.
func (r *run) day(st *Question, day time.Time) Key {
	v := day.Format(time.DateOnly)
	return Key{Action: actDay + v, Value: &Answer{Values: []string{v}}, Step: st}
}

// calendar offers the days of one month, seven a row from Monday; impossible days are blank,
// and weeks without a possible day are left out.
func (r *run) calendar(sc *Screen) {
	month, err := time.ParseInLocation("2006-01", r.s.Month, r.in.Now.Location())
	if err != nil {
		month = time.Date(r.in.Now.Year(), r.in.Now.Month(), 1, 0, 0, 0, 0, r.in.Now.Location())
	}
	sc.Month = month
	blank := Key{Action: actBlank, Label: "·"}
	monday := month.AddDate(0, 0, -(int(month.Weekday())+6)%7)
	for ; monday.Before(month.AddDate(0, 1, 0)); monday = monday.AddDate(0, 0, 7) {
		row, possible := make([]Key, 0, 7), false
		for i := range 7 {
			day, k := monday.AddDate(0, 0, i), blank
			if day.Month() == month.Month() && sc.Step.inRange(day, r.today()) {
				k = Key{Action: actDay + day.Format(time.DateOnly), Label: strconv.Itoa(day.Day())}
				possible = true
			}
			row = append(row, k)
		}
		if possible {
			sc.Rows = append(sc.Rows, row)
		}
	}
	r.months(sc, month)
}

// months offers the month before and the one after, where they have possible days.
func (r *run) months(sc *Screen, month time.Time) {
	var row []Key
	if before := month.AddDate(0, 0, -1); sc.Step.inRange(before, r.today()) {
		row = append(row, Key{Action: actMonth + ":" + before.Format("2006-01"), Icon: "◀️", Text: "card.month_before"})
	}
	if after := month.AddDate(0, 1, 0); sc.Step.inRange(after, r.today()) {
		row = append(row, Key{Action: actMonth + ":" + after.Format("2006-01"), Icon: "▶️", Text: "card.month_after"})
	}
	if len(row) > 0 {
		sc.Rows = append(sc.Rows, row)
	}
}

// The hours at which sessions usually begin, and those around which a day is divided.
const (
	firstHour, lastHour           = 8, 16
	earliestHour, latestHour, gap = 6, 22, 2
)

// hours offers the usual times of the day; others are typed.
func (r *run) hours(sc *Screen) {
	from, to, step := firstHour, lastHour, 1
	if sc.Step.Kind == Time { // any time of the day, and not that of a session
		from, to, step = earliestHour, latestHour, gap
	}
	for h := from; h <= to; h += step {
		v := fmt.Sprintf("%02d:00", h)
		sc.Choices = append(sc.Choices, Key{Action: actClock + v, Label: fmt.Sprintf("%02d.00", h)})
	}
	sc.Columns = 3
}
