package bahasa_test

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
)

func TestADayMayBeFarAwayWhereTheQuestionReachesThere(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.FixedZone("WIB", 7*60*60))
	const years20, year = 20 * 366, 366
	for _, tt := range []struct {
		text string
		past bool
		days int
		want string
		sure bahasa.Sureness
	}{
		{"27 Februari 2008", true, years20, "2008-02-27", bahasa.Certain},
		{"27-2-2008", true, years20, "2008-02-27", bahasa.Certain},
		{"27 Februari 1908", true, years20, "", bahasa.Reject},
		{"27 Februari 2008", true, year, "", bahasa.Reject},
		{"27 Februari 2008", true, 7, "", bahasa.Reject},
		{"31 Desember 2030", false, years20, "2030-12-31", bahasa.Certain},
		{"31 Desember 2030", false, year, "2030-12-31", bahasa.Confirm},
		{"kemarin", true, years20, "2026-11-24", bahasa.Certain},
	} {
		got := bahasa.DateWithin(tt.text, now, tt.past, tt.days)
		day := ""
		if len(got.Values) > 0 {
			day = got.Values[0].String()
		}
		if got.Sure != tt.sure || day != tt.want {
			t.Errorf("%q within %d days: %v %q, want %v %q", tt.text, tt.days, got.Sure, day, tt.sure, tt.want)
		}
	}
}
