package program_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/program"
)

func TestALedgerHoldsThePlanAgainstWhatWasBought(t *testing.T) {
	l := program.Ledger{
		Plan: []program.CapitalLine{{Amount: 500_000}, {Amount: 1_000_000}},
		Bought: []program.CapitalLine{
			{Amount: 450_000, AsPlan: "ya"}, {Amount: 790_000, AsPlan: "tidak"}, {Amount: 10_000, AsPlan: "sebagian"},
		},
	}
	if l.Planned() != 1_500_000 || l.Spent() != 1_250_000 || l.Left() != 250_000 {
		t.Errorf("planned %d, spent %d, left %d", l.Planned(), l.Spent(), l.Left())
	}
	if percent, ok := l.AsPlanned(); percent != 36 || !ok {
		t.Errorf("as planned: %d%%, %v", percent, ok)
	}
	l.Bought = append(l.Bought, program.CapitalLine{Amount: 300_000, AsPlan: "ya"})
	if l.Left() != -50_000 {
		t.Errorf("left %d", l.Left())
	}
	if percent, ok := (program.Ledger{Plan: l.Plan}).AsPlanned(); ok {
		t.Errorf("of nothing, %d%% is as planned", percent)
	}
}

// TestASharePlannedIsAShare: from none to all of it, for any amounts that can be noted.
func TestASharePlannedIsAShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l program.Ledger
		all, none := true, true
		for range rapid.IntRange(1, program.ShoppingMost).Draw(t, "lines") {
			as := rapid.SampledFrom([]string{"ya", "sebagian", "tidak"}).Draw(t, "as planned")
			all, none = all && as == "ya", none && as != "ya"
			l.Bought = append(l.Bought, program.CapitalLine{Amount: rapid.Int64Range(1, 1_000_000_000).Draw(t, "amount"), AsPlan: as})
		}
		percent, ok := l.AsPlanned()
		if !ok || percent < 0 || percent > 100 || all != (percent == 100) || none && percent != 0 {
			t.Fatalf("%d%%, %v of %v", percent, ok, l.Bought)
		}
	})
}

func TestWhenTheNextStepOfACapitalIsDue(t *testing.T) {
	for _, tt := range []struct {
		status string
		looks  []program.Date
		want   program.Date
	}{
		{"diusulkan", nil, "2026-09-15"},
		{"buku_jadi", nil, "2026-09-15"},
		{"cair", nil, "2026-09-04"},
		{"belanja", nil, "2026-09-15"},
		{"ditunda", nil, ""},
		{"batal", nil, ""},
		{"selesai", nil, ""},
		{"kontrol", nil, "2026-09-08"},
		{"kontrol", []program.Date{"2026-09-04"}, "2026-09-08"}, // too early to count
		{"kontrol", []program.Date{"2026-09-05"}, "2026-10-01"}, // three days before
		{"kontrol", []program.Date{"2026-09-08", "2026-09-09", "2026-09-20"}, "2026-10-01"}, // in between
		{"kontrol", []program.Date{"2026-10-15"}, "2026-11-30"},                             // the first was passed over
		{"kontrol", []program.Date{"2026-10-15", "2026-09-08"}, "2026-11-30"},               // noted late
		{"kontrol", []program.Date{"2026-11-27"}, ""},
	} {
		if got := program.CapitalDue(tt.status, "2026-09-01", tt.looks...); got != tt.want {
			t.Errorf("%s with looks %v: due %q, want %q", tt.status, tt.looks, got, tt.want)
		}
	}
	if done := program.ControlsDone("2026-09-01", "2026-09-08", "2026-10-01", "2026-11-30"); done != len(program.ControlDays()) {
		t.Errorf("%d controls done", done)
	}
}

func TestWhoMayHaveACapital(t *testing.T) {
	may := map[program.Stage]bool{program.Bimtek: true, program.Capital: true, program.Trading: true}
	for _, s := range program.Stages() {
		if program.MayHaveCapital(s) != may[s] {
			t.Errorf("%s: %v", s, !may[s])
		}
	}
}
