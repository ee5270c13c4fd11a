package program_test

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

func TestCaseDue(t *testing.T) {
	opened := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	later := opened.Add(48 * time.Hour)
	for _, c := range []struct {
		name, kind, severity, status string
		acted                        bool
		changed, want                time.Time
	}{
		{"untaken, ordinary: within 12 hours", "lainnya", "biasa", "baru", false, opened, opened.Add(12 * time.Hour)},
		{"untaken, soon: within 12 hours", "lainnya", "segera", "baru", false, opened, opened.Add(12 * time.Hour)},
		{"untaken, emergency: the first action comes before", "lainnya", "darurat", "baru", false, opened, opened.Add(2 * time.Hour)},
		{"given back later: within 12 hours of that", "lainnya", "biasa", "baru", false, later, later.Add(12 * time.Hour)},
		{"given back after an action: within 12 hours of that", "lainnya", "segera", "baru", true, later, later.Add(12 * time.Hour)},
		{"taken, ordinary: 7 days", "lainnya", "biasa", "diambil", false, later, opened.Add(7 * 24 * time.Hour)},
		{"taken, no severity: as ordinary", "lainnya", "", "diambil", false, opened, opened.Add(7 * 24 * time.Hour)},
		{"taken, soon: 24 hours", "lainnya", "segera", "diambil", false, opened, opened.Add(24 * time.Hour)},
		{"taken, emergency: 2 hours", "lainnya", "darurat", "diambil", false, opened, opened.Add(2 * time.Hour)},
		{"wants to join: 7 days", program.JoiningCase, "biasa", "diambil", false, opened, opened.Add(7 * 24 * time.Hour)},
		{"referred: 24 hours", program.ReferredCase, "biasa", "diambil", false, opened, opened.Add(24 * time.Hour)},
		{"referred, emergency: 2 hours", program.ReferredCase, "darurat", "diambil", false, opened, opened.Add(2 * time.Hour)},
		{"acted, ordinary: 30 days open", "lainnya", "biasa", "ditangani", true, later, opened.Add(30 * 24 * time.Hour)},
		{"acted, soon: 14 days open", "lainnya", "segera", "menunggu_pihak_lain", true, later, opened.Add(14 * 24 * time.Hour)},
		{"acted, emergency: 7 days open", "lainnya", "darurat", "ditangani", true, later, opened.Add(7 * 24 * time.Hour)},
		{"taken again after an action: until it is closed", "lainnya", "biasa", "diambil", true, later, opened.Add(30 * 24 * time.Hour)},
		{"closed: never", "lainnya", "darurat", "selesai", true, later, time.Time{}},
		{"referred elsewhere: never", "lainnya", "darurat", "dirujuk", true, later, time.Time{}},
	} {
		m := program.Matter{Kind: program.Case, Status: c.status, OpenedAt: opened, Fields: program.Fields{"jenis": {c.kind}}}
		if c.severity != "" {
			m.Fields["tingkat"] = []string{c.severity}
		}
		if c.acted {
			m.Fields["tindakan"] = []string{"dihubungi"}
		}
		if got := program.CaseDue(m, c.changed); !got.Equal(c.want) {
			t.Errorf("%s: due %v, want %v", c.name, got, c.want)
		}
	}
}

func TestCaseKinds(t *testing.T) {
	for kind, want := range map[string][2]bool{
		"dukungan_keluarga": {true, false}, "keamanan": {true, false},
		"ingin_bergabung": {false, true}, "rujukan_masuk": {false, true},
		"produk_kurang_laku": {}, "": {},
	} {
		m := program.Matter{Kind: program.Case, Fields: program.Fields{"jenis": {kind}}}
		if got := [2]bool{program.Guarded(m), program.AboutNewcomer(m)}; got != want {
			t.Errorf("%q: guarded, about a newcomer: %v, want %v", kind, got, want)
		}
	}
}

func TestCasePatienceIsShorterForWhatIsUrgent(t *testing.T) {
	ordinary, soon, emergency := program.CasePatience(program.Ordinary), program.CasePatience(program.Soon), program.CasePatience(program.Emergency)
	if emergency <= 0 || emergency >= soon || soon >= ordinary {
		t.Errorf("ordinary %v, soon %v, emergency %v", ordinary, soon, emergency)
	}
}
