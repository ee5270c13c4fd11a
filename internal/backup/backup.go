// Package backup says when the next backup is due, how its file is called, and which files are to
// go; pure.
package backup

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// DaysMost is for how many days a backup is kept at most: it is what a woman is told who has her
// data erased.
const DaysMost = 35

// What can be wrong with how backups are set up.
var (
	ErrZone = errors.New("a zone of its own")
	ErrWhen = errors.New("no time that comes")
)

// ParseWhen reads when backups are made: minute, hour, day, month and weekday, in the zone of the
// instants that are asked about. ErrZone when it names a zone, ErrWhen when it cannot be read or
// never comes.
func ParseWhen(spec string) (cron.Schedule, error) {
	if strings.Contains(spec, "TZ=") { // v3.0.1 panics on some
		return nil, ErrZone
	}
	when, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWhen, err)
	}
	if when.Next(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() { // 30 February
		return nil, ErrWhen
	}
	return when, nil
}

// File is a backup by its name.
type File struct {
	House  string    // whose it is: institutions may share a folder
	At     time.Time // of when it is, to the second
	Flawed bool      // the database did not prove sound when it was made
}

// As a file is named: dampingi-1f3a90c2-2026-11-25-023000+0700.age
const stamp = "2006-01-02-150405-0700"

var named = regexp.MustCompile(`^dampingi-([0-9a-f]{8})-(\d{4}-\d\d-\d\d-\d{6}[+-]\d{4})(-flawed)?\.age$`) //nolint:gochecknoglobals // compiled once, never changed

// Name is how the file is called.
func (f File) Name() string {
	name := "dampingi-" + f.House + "-" + f.At.Format(stamp)
	if f.Flawed {
		name += "-flawed"
	}
	return name + ".age"
}

// Parse reads the name of a file, without its folder; false when it is none of ours.
func Parse(name string) (File, bool) {
	m := named.FindStringSubmatch(name)
	if m == nil {
		return File{}, false
	}
	at, err := time.Parse(stamp, m[2])
	if err != nil {
		return File{}, false
	}
	f := File{House: m[1], At: at, Flawed: m[3] != ""}
	return f, f.Name() == name // a date such as 31 April is none
}

// Found is a file in the folder of backups.
type Found struct {
	File
	Whole bool // it looks like a locked file from its beginning to its end
}

// Ahead tells a file that is of later than now: a clock was wrong, or is.
func (f Found) Ahead(now time.Time) bool { return f.At.After(now) }

// Newest is the latest whole one that is not of later than now; false when there is none. A flawed
// one counts only with flawed.
func Newest(all []Found, now time.Time, flawed bool) (newest Found, ok bool) {
	for _, f := range all {
		if f.Whole && !f.Ahead(now) && (flawed || !f.Flawed) && (!ok || f.At.After(newest.At)) {
			newest, ok = f, true
		}
	}
	return newest, ok
}

// Due tells when the next backup is due, in the zone of now: at once when there is none, or when
// one should have been made since the last.
func Due(when cron.Schedule, all []Found, now time.Time) time.Time {
	last, ok := Newest(all, now, true)
	if !ok {
		return now
	}
	return when.Next(last.At.In(now.Location()))
}

// Expires is when a file is to go: days later, on the same clock.
func Expires(f File, days int, zone *time.Location) time.Time {
	return f.At.In(zone).AddDate(0, 0, days)
}

// Old gives those of one house's files whose time is over. The newest that is whole and not flawed
// stays, however old it is; while there is none, all that might still be of use stay.
func Old(all []Found, days int, now time.Time) []Found {
	good, ok := Newest(all, now, false)
	return slices.DeleteFunc(slices.Clone(all), func(f Found) bool {
		young := Expires(f.File, days, now.Location()).After(now)
		return young || !ok || f.File == good.File
	})
}
