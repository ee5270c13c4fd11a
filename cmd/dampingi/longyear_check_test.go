package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/simulator"
)

// TestALongYear is a season with few women; BenchmarkALongYear is a year with four thousand.
func TestALongYear(t *testing.T) {
	t.Parallel()
	size := townSize{companions: 3, each: 12, days: 60}
	if raceOn {
		size.days = 12
	}
	w := newTown(t, size)
	if raceOn { // what runs beside what is looked at, and not what a year comes to
		w.lives(away{2, 7, 3}, away{4, 15, 72})
		return
	}
	w.lives(away{10, 7, 3}, away{17, 15, 72}, away{28, 6, 216})
	w.checks()
}

// BenchmarkALongYear prints how long a year takes with 80 companions and 4,000 women.
func BenchmarkALongYear(b *testing.B) {
	for b.Loop() {
		w := newTown(b, townSize{companions: 80, each: 50, days: 365})
		began := time.Now() //nolint:forbidigo // it is the time that is measured
		w.lives(away{10, 7, 3}, away{60, 15, 72}, away{200, 6, 216})
		b.Logf("a year of %d women and %d companions: %s, %d reports, %d sessions", len(w.her), w.size.companions, time.Since(began).Round(time.Second), w.n, w.seen)
		b.Log(w.checks())
	}
}

// remindRow is a reminder as it is on record.
type remindRow struct {
	id, rule, subject, person, bundle, held, outcome string
	due, at, until, told, closed                     time.Time
}

// reminders are all that there ever were, also those that are kept no longer.
func (w *town) reminders() []remindRow {
	w.t.Helper()
	w.copies()
	return slices.Collect(maps.Values(w.copied))
}

// copies keeps a copy of the reminders as they are on record now: what is settled is not kept for a year.
func (w *town) copies() {
	w.t.Helper()
	rows, err := w.records().QueryContext(w.t.Context(), `SELECT id, rule, subject, person, COALESCE(bundle, ''), held, outcome, due, at, COALESCE(until, 0), COALESCE(told_at, 0), COALESCE(closed_at, 0) FROM reminder`)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	zone := w.zone()
	for rows.Next() {
		var r remindRow
		var due, at, until, told, closed int64
		if err := rows.Scan(&r.id, &r.rule, &r.subject, &r.person, &r.bundle, &r.held, &r.outcome, &due, &at, &until, &told, &closed); err != nil {
			w.t.Fatal(err)
		}
		for into, ms := range map[*time.Time]int64{&r.due: due, &r.at: at, &r.until: until, &r.told: told, &r.closed: closed} {
			if ms != 0 {
				*into = time.UnixMilli(ms).In(zone)
			}
		}
		w.copied[r.id] = r
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) zone() *time.Location {
	w.t.Helper()
	zone, err := w.set.zone()
	if err != nil {
		w.t.Fatal(err)
	}
	return zone
}

// checks looks at the whole year, and says what there was.
func (w *town) checks() string {
	w.t.Helper()
	all := w.reminders()
	told, late, settled := w.nothingLost(all)
	w.onceEach(all)
	for c := range w.size.companions {
		w.quiet1(townStaff + int64(c))
	}
	w.quiet1(chairChat)
	for _, h := range w.her {
		w.gentle(h, all)
	}
	w.visitsMissed(all)
	w.weekly()
	if told == 0 || late == 0 {
		w.t.Errorf("%d told, %d late, %d settled: this year proves nothing", told, late, settled)
	}
	return fmt.Sprintf("%d reminders: %d told, %d not told in time and listed, %d gone before", len(all), told, late, settled)
}

// nothingLost: each was told, or is settled, or is listed as not sent with a reason; what is still open
// is due, or waits for somebody without a phone.
func (w *town) nothingLost(all []remindRow) (told, late, settled int) {
	w.t.Helper()
	end, window := w.time.Now(), reminder.Defaults(w.zone()).Window
	for _, r := range all {
		switch {
		case !r.told.IsZero():
			told++
			if r.told.Before(r.due.Add(-window)) {
				w.t.Errorf("%s was told at %s, before it was due", r.id, r.told)
			}
			if !r.until.IsZero() && r.told.After(r.until) {
				w.t.Errorf("%s was told at %s, when it made no sense any more", r.id, r.told)
			}
		case r.outcome == string(program.NeverSent):
			late++
		case r.outcome != "":
			settled++
		case end.Sub(r.due) > 36*time.Hour && r.held == "" && w.phone(r.person):
			w.t.Errorf("%s was due at %s, and nothing has become of it", r.id, r.due)
		}
	}
	return told, late, settled
}

// phone reports whether somebody has one.
func (w *town) phone(person string) bool {
	i := slices.IndexFunc(w.her, func(h *woman) bool { return h.code == person })
	return i < 0 || w.her[i].chat != 0
}

// onceEach: as many messages came as bundles were told.
func (w *town) onceEach(all []remindRow) {
	w.t.Helper()
	bundles := map[string]map[string]bool{}
	for _, r := range all {
		if r.told.IsZero() {
			continue
		}
		if bundles[r.person] == nil {
			bundles[r.person] = map[string]bool{}
		}
		bundles[r.person][r.bundle] = true
	}
	for c := range w.size.companions {
		if n, want := len(w.told(townStaff+int64(c))), len(bundles[fmt.Sprintf("p%d", c)]); n != want {
			w.t.Errorf("companion p%d has %d messages of %d bundles", c, n, want)
		}
	}
}

// told is what somebody was told; that something could not be taken out of her chat is not of it, since it
// comes with what she was told before.
func (w *town) told(chat int64) []simulator.Message {
	var all []simulator.Message
	for _, m := range w.sim.Messages(chat, 0) {
		if m.From.IsBot && !strings.Contains(m.Text, "pesan lama di sini") {
			all = append(all, m)
		}
	}
	return all
}

// quiet1: one of the staff gets nothing at night or on a Friday noon, and no more than two messages a day.
func (w *town) quiet1(chat int64) {
	w.t.Helper()
	zone, days := w.zone(), map[string]int{}
	for _, m := range w.told(chat) {
		at := time.Unix(m.Date, 0).In(zone)
		minutes := at.Hour()*60 + at.Minute()
		if minutes < 7*60 || minutes >= 20*60 || at.Weekday() == time.Friday && minutes >= 11*60+30 && minutes < 13*60 {
			w.t.Errorf("chat %d was told something at %s", chat, at)
		}
		days[at.Format(time.DateOnly)]++
	}
	for day, n := range days {
		if n > 2 && chat != chairChat || n > 3 {
			w.t.Errorf("chat %d was told %d times on %s", chat, n, day)
		}
	}
}

// gentle: a participant gets nothing outside of her hours and days, one message a day and three a week.
func (w *town) gentle(h *woman, all []remindRow) {
	w.t.Helper()
	zone, days, weeks := w.zone(), map[string]int{}, map[string]int{}
	for _, m := range w.sim.Messages(h.chat, 0) {
		at := time.Unix(m.Date, 0).In(zone)
		if !h.contact.MayBegin(at) {
			w.t.Errorf("%s was written to at %s, outside of her hours", h.code, at)
		}
		days[at.Format(time.DateOnly)]++
		y, week := at.ISOWeek()
		weeks[fmt.Sprintf("%d-%d", y, week)]++
	}
	for day, n := range days {
		if n > 1 {
			w.t.Errorf("%s was written to %d times on %s", h.code, n, day)
		}
	}
	for week, n := range weeks {
		if n > 3 {
			w.t.Errorf("%s was written to %d times in the week %s", h.code, n, week)
		}
	}
}

// visitsMissed: by another reckoning than the rule's, whoever was not seen for a fortnight while she
// learned had her companion told, or it is listed.
func (w *town) visitsMissed(all []remindRow) {
	w.t.Helper()
	zone, missed := w.zone(), 0
	have := map[string]bool{}
	for _, r := range all {
		if r.rule == "N01" {
			have[r.subject+r.person+r.due.Format(time.DateOnly)] = true
		}
	}
	for i, h := range w.her {
		if i%2 == 0 { // she trades
			continue
		}
		for n, day := range h.met {
			due := day.AddDays(14).Time(zone).Add(8 * time.Hour)
			next := w.time.Now()
			if n+1 < len(h.met) {
				next = h.met[n+1].Time(zone)
			}
			if !due.Before(next) || !due.Before(w.time.Now()) {
				continue
			}
			missed++
			if !have["p/"+h.code+h.companion+due.Format(time.DateOnly)] {
				w.t.Errorf("nobody was to be told that %s was not seen from %s on", h.code, day)
			}
		}
	}
	if missed == 0 {
		w.t.Error("everybody was seen in time: this year proves nothing")
	}
}

// weekly: the chair hears of each week once at most, and of all but those that passed while the bot was away.
func (w *town) weekly() {
	w.t.Helper()
	zone, weeks := w.zone(), map[string]int{}
	for _, m := range w.sim.Messages(chairChat, 0) {
		if m.Text == w.book.For("id").Format("say.week_ready", map[string]any{"Address": w.book.For("id").Text("say.board"), "Name": "Ratna"}) {
			y, week := time.Unix(m.Date, 0).In(zone).ISOWeek()
			weeks[fmt.Sprintf("%d-%d", y, week)]++
		}
	}
	for week, n := range weeks {
		if n != 1 {
			w.t.Errorf("%d digests in the week %s", n, week)
		}
	}
	if len(weeks) < w.size.days/7-2 {
		w.t.Errorf("%d digests in %d days", len(weeks), w.size.days)
	}
}
