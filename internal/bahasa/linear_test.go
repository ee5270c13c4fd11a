package bahasa

import (
	"strings"
	"testing"
	"time"
)

// TestLongTextIsQuick feeds every reader texts as long as are read at all, of
// kinds that tempt a reader to go back; none may take more than its share.
func TestLongTextIsQuick(t *testing.T) {
	now := referenceNow()
	for _, unit := range []string{"1 ", "1.", "1-", "- ", "-", "( ", "dua", "dua ", "se ", "rp ", "rp.", "1jt", "jam ", "jl ", "jl. no ", "p ", "p.", "a@", "@a.b", "minggu ", "senin ", "tgl 1 ", "5/", "ribu", "setengah ", "koma ", "aaaa", "a'", "½", "é", "👍", "nol ", "08 ", "atau ", "tidak ", "ya ", "duapuluhtigaribu ", "enamenam", "1/2 ", "suaminya A "} {
		text := strings.Repeat(unit, maxAnswer/len(unit))
		start := time.Now()
		for _, kind := range []string{"amount", "date_past", "date_future", "time", "datetime_future", "yesno", "command", "attendance", "count", "scale"} {
			if _, err := Understand(kind, text, now); err != nil {
				t.Fatal(err)
			}
		}
		Forbidden(text)
		Normalize(text)
		if d := time.Since(start); d > 500*time.Millisecond {
			t.Errorf("%q repeated to %d bytes took %v", unit, len(text), d)
		} else if d > 30*time.Millisecond && testing.Verbose() {
			t.Logf("%q: %v", unit, d)
		}
	}
}
