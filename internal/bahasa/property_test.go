package bahasa

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// accepts reports whether a reading without questions, or one confirmed or
// asked, offers want.
func accepts(r Result[int64], want int64) bool { return contains(r.Values, want) }

// TestAmountInWords checks that every amount survives being spelled out.
func TestAmountInWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, billion).Draw(t, "n")
		words := Indonesian.RupiahWords(n)
		for _, text := range []string{words, strings.ToUpper(words), strings.ReplaceAll(words, "satu", "sikok"), strings.ReplaceAll(strings.ReplaceAll(words, " puluh", "puluh"), " ratus", " rts")} {
			r := Amount(text, OmzetLimits())
			if r.Sure > Confirm || r.Sure == None || r.Values[0] != n {
				t.Fatalf("%q = %+v, want %d", text, r, n)
			}
		}
	})
}

// TestAmountInFigures checks that every amount survives the ways to write
// figures; small ones may be asked, but are always among the readings.
func TestAmountInFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, billion).Draw(t, "n")
		dotted := strings.TrimPrefix(Indonesian.Rupiah(n), "Rp")
		for _, text := range []string{strconv.FormatInt(n, 10), dotted, "Rp" + dotted, "Rp. " + dotted + ",-", dotted + ",00", strings.ReplaceAll(dotted, ".", ","), strings.ReplaceAll(dotted, ".", " "), "rp " + dotted + " kak"} {
			r := Amount(text, OmzetLimits())
			if !accepts(r, n) || n >= 10_000 && r.Sure != Certain {
				t.Fatalf("%q = %+v, want %d", text, r, n)
			}
		}
	})
}

// TestAmountMixed checks figures with units in one and two terms.
func TestAmountMixed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		juta := rapid.Int64Range(1, 999).Draw(t, "juta")
		ribu := rapid.Int64Range(1, 999).Draw(t, "ribu")
		unit := rapid.SampledFrom([]string{"jt", "juta", " jt", " juta"}).Draw(t, "unit")
		small := rapid.SampledFrom([]string{"rb", "ribu", " rb", " rebu", "k"}).Draw(t, "small")
		gap := rapid.SampledFrom([]string{"", " "}).Draw(t, "gap")
		text := fmt.Sprintf("%d%s%s%d%s", juta, unit, gap, ribu, small)
		r := Amount(text, OmzetLimits())
		if want := juta*million + ribu*thousand; r.Sure != Certain || r.Values[0] != want {
			t.Fatalf("%q = %+v, want %d", text, r, want)
		}
		tenth := rapid.Int64Range(1, 9).Draw(t, "tenth")
		text = fmt.Sprintf("%d,%d%s", juta, tenth, unit)
		if r, want := Amount(text, OmzetLimits()), juta*million+tenth*100_000; r.Sure != Certain || r.Values[0] != want {
			t.Fatalf("%q = %+v, want %d", text, r, want)
		}
	})
}

// anyNow draws a moment in ten years.
func anyNow(t *rapid.T) time.Time {
	day := rapid.IntRange(0, 3650).Draw(t, "today")
	hour := rapid.IntRange(0, 23).Draw(t, "hour")
	return time.Date(2024, 1, 1, hour, 0, 0, 0, time.FixedZone("WIB", 7*3600)).AddDate(0, 0, day)
}

// TestPastDaySurvives checks that every day of the year before today is read
// back from the ways the house writes it and people type it.
func TestPastDaySurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := anyNow(t)
		today := DateOf(now)
		n := rapid.IntRange(0, 364).Draw(t, "ago")
		want := today.AddDays(-n)
		texts := []string{Indonesian.DateLong(want), want.String(), fmt.Sprintf("%d/%d/%d", want.Day, want.Month, want.Year), fmt.Sprintf("%02d-%02d-%02d", want.Day, want.Month, want.Year%100),
			fmt.Sprintf("%d.%d.%d", want.Day, want.Month, want.Year)}
		if n > 0 {
			texts = append(texts, fmt.Sprintf("%d hari lalu", n), fmt.Sprintf("%d hr yg ll", n))
		}
		if n <= doubtful {
			texts = append(texts, Indonesian.DateShort(want), fmt.Sprintf("tgl %d %s", want.Day, Indonesian.Month(want.Month)))
		}
		if n <= 14 {
			texts = append(texts, Indonesian.Relative(want, today))
		}
		for _, text := range texts {
			r := DatePast(text, now)
			if r.Sure != Certain || r.Values[0] != want {
				t.Fatalf("%s: %q = %+v, want %s", today, text, r, want)
			}
		}
	})
}

// TestFutureDaySurvives checks the same for plans.
func TestFutureDaySurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := anyNow(t)
		today := DateOf(now)
		n := rapid.IntRange(0, 364).Draw(t, "ahead")
		want := today.AddDays(n)
		texts := []string{Indonesian.DateLong(want), want.String(), fmt.Sprintf("%d/%d/%d", want.Day, want.Month, want.Year)}
		if n > 0 {
			texts = append(texts, fmt.Sprintf("%d hari lagi", n))
		}
		if want.Year == today.Year {
			texts = append(texts, Indonesian.DateShort(want))
		}
		if n <= 14 {
			texts = append(texts, Indonesian.Relative(want, today))
		}
		for _, text := range texts {
			r := DateFuture(text, now)
			if r.Sure != Certain || r.Values[0] != want {
				t.Fatalf("%s: %q = %+v, want %s", today, text, r, want)
			}
		}
	})
}

// TestWeekdayIsNear checks that a weekday alone is within a week of today.
func TestWeekdayIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := anyNow(t)
		today := DateOf(now)
		w := time.Weekday(rapid.IntRange(1, 6).Draw(t, "weekday"))
		for _, r := range []Result[Date]{DatePast(Indonesian.Weekday(w), now), DateFuture(Indonesian.Weekday(w), now)} {
			for _, d := range r.Values {
				if d.Weekday() != w || d.daysUntil(today) > 7 || today.daysUntil(d) > 7 {
					t.Fatalf("%s: %s is %s", today, w, d)
				}
			}
			if (r.Sure == Ask) != (today.Weekday() == w) {
				t.Fatalf("%s: %s is %+v", today, w, r)
			}
		}
	})
}

// TestClockSurvives checks that every time of day is read back.
func TestClockSurvives(t *testing.T) {
	for c := Clock(0); c.Valid(); c++ {
		for _, text := range []string{Indonesian.Clock(c), English.Clock(c), "pukul " + Indonesian.Clock(c) + " WIB"} {
			r := Time(text)
			if len(r.Values) == 0 || r.Values[0] != c && !(len(r.Values) == 2 && r.Values[1] == c && c.Hour() >= 1 && c.Hour() <= 5) {
				t.Fatalf("%q = %+v, want %s", text, r, c)
			}
		}
	}
}

// TestReadersNeverPanic throws arbitrary text at every kind.
func TestReadersNeverPanic(t *testing.T) {
	now := referenceNow()
	words := rapid.SampledFrom([]string{"senin", "minggu", "bulan", "lalu", "depan", "jam", "setengah", "juta", "rb", "se", "rp", "-", ".", ",", "/", "5", "12", "2026", "sampai", "hari", "ini", "tgl", "akhir", "habis", "zuhur", "an", "m", "koma", "nov", "tidak", "ya"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(words, 0, 12).Draw(t, "words"), rapid.SampledFrom([]string{"", " "}).Draw(t, "gap"))
		for _, kind := range []string{"amount", "date_past", "date_future", "time", "datetime_future", "yesno", "command", "attendance", "count", "scale"} {
			if _, err := Understand(kind, text, now); err != nil {
				t.Fatal(err)
			}
		}
		Forbidden(text)
	})
}
