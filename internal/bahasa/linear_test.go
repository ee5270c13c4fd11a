package bahasa

import (
	"strings"
	"testing"
	"time"
)

// linear fails when reading takes more than its share for a text 32 times as long: a reader that
// goes back again and again needs a thousand times as long then, one that does not some 32 to 150
// times, for the memory of a long text comes dearer. Growth is compared instead of time, and the
// best of several tries, so that a busy machine or the race detector does not decide. How fast
// reading is, `make bench` tells.
func linear(t *testing.T, unit string, read func(text string)) {
	t.Helper()
	const longer, most, tries = 32, 400, 10
	best := func(text string) time.Duration {
		least := time.Hour
		for range 3 {
			start := time.Now()
			read(text)
			least = min(least, time.Since(start))
		}
		return least
	}
	long := strings.Repeat(unit, maxAnswer/len(unit))
	short := strings.Repeat(unit, max(maxAnswer/longer/len(unit), 1))
	growth := 0.0
	for range tries {
		if growth = float64(best(long)) / float64(best(short)); growth < most {
			return
		}
	}
	t.Errorf("%q repeated to %d bytes takes %.0f times as long as to %d", unit, len(long), growth, len(short))
}

// TestLongTextIsQuick feeds every reader texts as long as are read at all, of
// kinds that tempt a reader to go back; none may take more than its share.
func TestLongTextIsQuick(t *testing.T) {
	now := referenceNow()
	for _, unit := range []string{"1 ", "1.", "1-", "- ", "-", "( ", "dua", "dua ", "se ", "rp ", "rp.", "1jt", "jam ", "jl ", "jl. no ", "p ", "p.", "a@", "@a.b", "minggu ", "senin ", "tgl 1 ", "5/", "ribu", "setengah ", "koma ", "aaaa", "a'", "½", "é", "👍", "nol ", "08 ", "atau ", "tidak ", "ya ", "duapuluhtigaribu ", "enamenam", "1/2 ", "suaminya A "} {
		for _, kind := range []string{"amount", "date_past", "date_future", "time", "datetime_future", "yesno", "command", "attendance", "count", "scale"} {
			linear(t, unit, func(text string) {
				if _, err := Understand(kind, text, now); err != nil {
					t.Fatal(err)
				}
			})
		}
		linear(t, unit, func(text string) { Forbidden(text); Normalize(text) })
	}
}
