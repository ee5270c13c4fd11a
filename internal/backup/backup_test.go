package backup_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/backup"
)

var wib = time.FixedZone("WIB", 7*60*60)

// day is a time of November 2026.
func day(d, hour, minute int) time.Time { return time.Date(2026, 11, d, hour, minute, 0, 0, wib) }

func found(at time.Time) backup.Found {
	return backup.Found{File: backup.File{House: "1f3a90c2", At: at}, Whole: true}
}

func TestWhen(t *testing.T) {
	t.Parallel()
	for spec, want := range map[string]error{
		"30 2 * * *": nil, "@daily": nil, "0 */6 * * *": nil,
		"TZ=UTC 30 2 * * *": backup.ErrZone, "CRON_TZ=Asia/Jakarta 30 2 * * *": backup.ErrZone, "TZ=": backup.ErrZone, "TZ=UTC": backup.ErrZone,
		"": backup.ErrWhen, "02:30": backup.ErrWhen, "30 2 * *": backup.ErrWhen, "0 0 30 2 *": backup.ErrWhen,
	} {
		when, err := backup.ParseWhen(spec)
		if !errors.Is(err, want) || (err == nil) != (when != nil) || (err == nil) != (want == nil) {
			t.Errorf("%q: %v, %v", spec, when, err)
		}
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	when, err := backup.ParseWhen("30 2 * * *")
	if err != nil {
		t.Fatal(err)
	}
	now := day(25, 10, 0)
	flawed, torn := found(day(25, 2, 30)), found(day(25, 2, 30))
	flawed.Flawed, torn.Whole = true, false
	for name, c := range map[string]struct {
		all  []backup.Found
		want time.Time
	}{
		"none yet":                       {nil, now},
		"made tonight":                   {[]backup.Found{found(day(25, 2, 30)), found(day(24, 2, 30))}, day(26, 2, 30)},
		"caught up at nine":              {[]backup.Found{found(day(25, 9, 0))}, day(26, 2, 30)},
		"out for a week":                 {[]backup.Found{found(day(18, 2, 30))}, day(19, 2, 30)},
		"named in another zone":          {[]backup.Found{found(day(25, 2, 30).UTC())}, day(26, 2, 30)},
		"a flawed one is one":            {[]backup.Found{flawed}, day(26, 2, 30)},
		"a torn one is none":             {[]backup.Found{torn, found(day(24, 2, 30))}, day(25, 2, 30)},
		"of a clock that was ahead":      {[]backup.Found{found(day(28, 2, 30)), found(day(24, 2, 30))}, day(25, 2, 30)},
		"only of a clock that was ahead": {[]backup.Found{found(day(28, 2, 30))}, now},
	} {
		if got := backup.Due(when, c.all, now); !got.Equal(c.want) {
			t.Errorf("%s: due %s, want %s", name, got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	f := backup.File{House: "1f3a90c2", At: day(25, 2, 30)}
	if got := f.Name(); got != "dampingi-1f3a90c2-2026-11-25-023000+0700.age" {
		t.Error(got)
	}
	for _, name := range []string{
		"", "dampingi.db", "cadangan-2026-11-25.age", "dampingi-1f3a90c2-2026-11-25-023000+0700.age.part",
		"dampingi-1f3a90c2-2026-11-25-023000+0700.age~", "dampingi-1F3A90C2-2026-11-25-023000+0700.age",
		"dampingi-1f3a90c2-2026-13-25-023000+0700.age", "dampingi-1f3a90c2-2026-04-31-023000+0700.age",
		"dampingi-1f3a90c2-2026-11-25-023000+9999.age", "dampingi-1f3a90c2-2026-11-25-023000+0700-bad.age",
		"../dampingi-1f3a90c2-2026-11-25-023000+0700.age", "dampingi-1f3a90c2-2026-11-25-023000+0700.age\n",
	} {
		if f, ok := backup.Parse(name); ok {
			t.Errorf("%q is %+v", name, f)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		f := files().Draw(t, "file")
		got, ok := backup.Parse(f.Name())
		if !ok || got.House != f.House || got.Flawed != f.Flawed || !got.At.Equal(f.At) {
			t.Fatalf("%s is %+v, %v", f.Name(), got, ok)
		}
		if junk := rapid.String().Draw(t, "junk"); junk != "" {
			if _, ok := backup.Parse(f.Name() + junk); ok {
				t.Fatalf("%q is one", f.Name()+junk)
			}
		}
	})
}

// files are backups of one house, of whole seconds in some zone of Indonesia.
func files() *rapid.Generator[backup.File] {
	return rapid.Custom(func(t *rapid.T) backup.File {
		zone := time.FixedZone("", rapid.IntRange(7, 9).Draw(t, "zone")*60*60)
		at := day(25, 10, 0).Add(time.Duration(rapid.IntRange(-90*24*60*60, 3*24*60*60).Draw(t, "seconds")) * time.Second)
		return backup.File{House: "1f3a90c2", At: at.In(zone), Flawed: rapid.IntRange(0, 4).Draw(t, "flawed") == 0}
	})
}

// TestRotation: whatever lies in the folder, what is younger than its days stays, what is older goes,
// and the newest good one is never among those that go.
func TestRotation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now, days := day(25, 10, 0), rapid.IntRange(1, backup.DaysMost).Draw(t, "days")
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) backup.Found {
			return backup.Found{File: files().Draw(t, "file"), Whole: rapid.IntRange(0, 4).Draw(t, "whole") > 0}
		}), 0, 60).Draw(t, "all")
		old := backup.Old(all, days, now)
		var good *backup.Found // the newest good one, looked for in another way
		for _, f := range slices.SortedFunc(slices.Values(all), func(a, b backup.Found) int { return a.At.Compare(b.At) }) {
			if f.Whole && !f.Flawed && !f.At.After(now) {
				good = &f
			}
		}
		for _, f := range old {
			if !slices.Contains(all, f) {
				t.Fatalf("%s was not there", f.Name())
			}
			if now.Sub(f.At) < time.Duration(days)*24*time.Hour {
				t.Fatalf("%s is young", f.Name())
			}
			if good == nil || f.File == good.File {
				t.Fatalf("%s goes, and the newest good one is %v", f.Name(), good)
			}
		}
		for _, f := range all {
			over := now.Sub(f.At) >= time.Duration(days)*24*time.Hour
			if over && good != nil && !f.At.Equal(good.At) && !slices.Contains(old, f) {
				t.Fatalf("%s is older than %d days and stays", f.Name(), days)
			}
		}
		left := slices.DeleteFunc(slices.Clone(all), func(f backup.Found) bool { return slices.Contains(old, f) })
		if again := backup.Old(left, days, now); len(again) > 0 {
			t.Fatalf("then %v go as well", again)
		}
	})
}
