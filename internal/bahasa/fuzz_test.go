package bahasa

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// seeds adds the texts of the corpus and a few that readers stumble over.
func seeds(f *testing.F, kinds ...string) {
	for _, c := range readCorpus(f, "testdata/corpus/*.tsv") {
		for _, k := range kinds {
			if c.kind == k {
				f.Add(c.input)
			}
		}
	}
	for _, s := range []string{"", " ", "-", "?", "\x00", "\xff\xfe", "½½½", "é", "1", "1.", ".1", "1,,1", "rp", "rp.", "9:", "1/0/1", "se", "jam", "tgl", "s/d",
		strings.Repeat("9", 400), strings.Repeat("1 ", 400), strings.Repeat("dua", 200), strings.Repeat("minggu ", 100), "999999999999 miliar", "jam 9 sampai", "5 miliar miliar", "👍👍🏽", "٣٤٥"} {
		f.Add(s)
	}
}

// checkPlace fails when a result points outside the text or into a character.
func checkPlace(t *testing.T, text string, start, end int) {
	t.Helper()
	if start < 0 || end < start || end > len(text) {
		t.Fatalf("place %d..%d in %q of %d bytes", start, end, text, len(text))
	}
	if utf8.ValidString(text) && !utf8.ValidString(text[start:end]) {
		t.Fatalf("place %d..%d cuts a character of %q", start, end, text)
	}
}

// checkShape fails when a result has not the values its sureness promises.
func checkShape[T any](t *testing.T, text string, r Result[T]) {
	t.Helper()
	checkPlace(t, text, r.Start, r.End)
	n := len(r.Values)
	switch r.Sure {
	case None:
		if n != 0 {
			t.Fatalf("%q: none with %d values", text, n)
		}
	case Certain, Confirm:
		if n != 1 && !(r.Range && n == 2) {
			t.Fatalf("%q: sure %d with %d values", text, r.Sure, n)
		}
	case Reject:
		if n != 0 || r.Reason == "" {
			t.Fatalf("%q: rejected with %d values for %q", text, n, r.Reason)
		}
	}
}

// FuzzAmount checks that no text makes an amount outside its limits.
func FuzzAmount(f *testing.F) {
	seeds(f, "amount", "count", "scale")
	f.Fuzz(func(t *testing.T, text string) {
		r := Amount(text, OmzetLimits())
		checkShape(t, text, r)
		for _, v := range r.Values {
			if v < 0 || v > OmzetLimits().Max {
				t.Fatalf("%q: %d is outside the limits", text, v)
			}
		}
		loss := Amount(text, Limits{Max: 1000, Negative: true})
		for _, v := range loss.Values {
			if v < -1000 || v > 1000 {
				t.Fatalf("%q: %d is outside the limits", text, v)
			}
		}
		c := Count(text, 500)
		checkShape(t, text, c)
		for _, v := range c.Values {
			if v < 0 || v > 500 {
				t.Fatalf("%q counts %d", text, v)
			}
		}
		s := Scale(text, 1, 5)
		checkShape(t, text, s)
		for _, v := range s.Values {
			if v < 1 || v > 5 {
				t.Fatalf("%q marks %d", text, v)
			}
		}
	})
}

// FuzzDates checks that days are real and on the right side of today, and
// times within one day.
func FuzzDates(f *testing.F) {
	seeds(f, "date_past", "date_future", "time", "datetime_future")
	now := referenceNow()
	today := DateOf(now)
	f.Fuzz(func(t *testing.T, text string) {
		past := DatePast(text, now)
		checkShape(t, text, past)
		for _, d := range past.Values {
			if !d.Valid() || d.After(today) || d.daysUntil(today) > oldest+31 {
				t.Fatalf("%q was on %s", text, d)
			}
		}
		future := DateFuture(text, now)
		checkShape(t, text, future)
		for _, d := range future.Values {
			if !d.Valid() || d.Before(today) {
				t.Fatalf("%q will be on %s", text, d)
			}
		}
		clock := Time(text)
		checkShape(t, text, clock)
		for _, c := range clock.Values {
			if !c.Valid() {
				t.Fatalf("%q is at %d", text, c)
			}
		}
		both := DateTimeFuture(text, now)
		checkShape(t, text, both)
		for _, v := range both.Values {
			if !v.Date.Valid() || !v.Clock.Valid() {
				t.Fatalf("%q is at %s", text, v)
			}
		}
	})
}

// FuzzAnswers checks the readers of words, and that normalising twice changes
// nothing more.
func FuzzAnswers(f *testing.F) {
	seeds(f, "yesno", "command", "attendance")
	f.Add("\u0149")
	f.Fuzz(func(t *testing.T, text string) {
		checkShape(t, text, ReadAttendance(text))
		r := YesNo(text)
		checkPlace(t, text, r.Start, r.End)
		ReadCommand(text)
		once := Normalize(text)
		if twice := Normalize(once); twice != once {
			t.Fatalf("%q normalised is %q, and again %q", text, once, twice)
		}
	})
}

// FuzzForbidden checks that findings lie within the text, in order, and that a
// telephone number is found behind any of them.
func FuzzForbidden(f *testing.F) {
	for _, s := range []string{"jl. anggrek no 12", "1671014505900001", "p.s.k", "a@b.co", "rt 05/rw 02", "-2.976074, 104.775429", "suaminya Budi", "nol delapan satu"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, x := range ForbiddenAll(text) {
			checkPlace(t, text, x.Start, x.End)
			if x.Start < last {
				t.Fatalf("%q: finding at %d after one that ends at %d", text, x.Start, last)
			}
			last = x.End
		}
		first, ok := Forbidden(text)
		if ok != (len(ForbiddenAll(text)) > 0) {
			t.Fatalf("%q: Forbidden and ForbiddenAll disagree", text)
		}
		checkPlace(t, text, first.Start, first.End)
		if _, ok := Forbidden(text + " hp 081234567890"); !ok {
			t.Fatalf("%q hides a telephone number", text)
		}
	})
}
