package program_test

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

func TestAPartnerIsHeardOfAgain(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("WIB", 7*60*60)
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, zone)
	for _, tt := range []struct {
		status string
		agreed program.Date
		want   string
	}{
		{"dijajaki", "", "2026-12-25T09:00"},
		{"berjalan", "2026-12-01", "2026-12-01T09:00"},
		{"selesai", "2026-12-01", ""},
		{"tidak_lanjut", "", ""},
		{"dibahas", "no day", ""},
	} {
		got := ""
		if due := program.PartnerDue(tt.status, tt.agreed, now); !due.IsZero() {
			got = due.Format("2006-01-02T15:04")
		}
		if got != tt.want {
			t.Errorf("%s, agreed on %q: %s, want %s", tt.status, tt.agreed, got, tt.want)
		}
	}
}

func TestATradeIsForTwoAlone(t *testing.T) {
	t.Parallel()
	for _, role := range program.Roles() {
		want := role == program.Chair || role == program.Secretary
		for _, field := range []string{"sektor", "kontak", "unsur", "kabar"} {
			if got := program.PartnerField(role, field); got != want {
				t.Errorf("%s sees %s: %t, want %t", role, field, got, want)
			}
		}
		if got, want := program.PartnerField(role, "nama"), role != program.Beneficiary; got != want {
			t.Errorf("%s sees the name: %t, want %t", role, got, want)
		}
		if got, want := program.PartnerField(role, "nilai"), role.Board(); got != want {
			t.Errorf("%s sees what a support is worth: %t, want %t", role, got, want)
		}
	}
}

func TestWhichPartnersAreActive(t *testing.T) {
	t.Parallel()
	life, _ := program.LifeOf(program.Partner)
	active := 0
	for status := range life.Next {
		if program.PartnerActive(status) {
			active++
		}
	}
	if active != 2 || !program.PartnerActive("sepakat") || !program.PartnerActive("berjalan") {
		t.Errorf("%d statuses are active, want sepakat and berjalan", active)
	}
}
