package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// newCase has Rina open a case about Melati that nobody asks more of.
func (h *house) newCase(kind, severity string) {
	h.t.Helper()
	for _, text := range []string{"kasus baru", "melati", "temuan sendiri", kind, severity} {
		h.say(rinaChat, text)
	}
	if _, _, more := h.button(rinaChat, "Lewati"); more {
		h.press(rinaChat, "Lewati")
	}
	h.press(rinaChat, "Simpan")
	h.shows(rinaChat, "RK-26-001")
}

// passes lets time pass until what falls due has been worked off.
func (h *house) passes(d time.Duration) {
	h.t.Helper()
	h.time.Advance(d)
	h.settle()
}

// TestALateCaseFindsWhoeverHasIt: a deadline stands in the chat of whoever had the case, and whoever
// has it when it is late is told, whosever that chat is by then.
func TestALateCaseFindsWhoeverHasIt(t *testing.T) {
	for name, change := range map[string]struct {
		do   func(h *house) error
		told int64
	}{
		"she was handed over": {func(h *house) error {
			return h.store.Assign(h.t.Context(), "M-417", "yuli", program.Audit{At: h.time.Now(), Actor: "ketua", Action: "test", Subject: "M-417"})
		}, yuliChat},
		"her phone is gone": {func(h *house) error { return h.store.Unbind(h.t.Context(), "rina") }, chairChat},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{})
			h.newCase("usaha belum maju", "segera")
			if err := change.do(h); err != nil {
				t.Fatal(err)
			}
			h.passes(24*time.Hour + time.Minute)
			for _, chat := range []int64{rinaChat, yuliChat, chairChat} {
				if told := strings.Contains(strings.Join(h.replies(chat), "\n"), "RK-26-001 · ") && chat != rinaChat; told != (chat == change.told) {
					t.Errorf("chat %d was told: %t\n%s", chat, told, strings.Join(h.replies(chat), "\n"))
				}
			}
		})
	}
}

// TestAGuardedCaseHasNoStory: whichever way an action is noted, nothing is asked that could be one,
// and whoever does not help sees the header only.
func TestAGuardedCaseHasNoStory(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.newCase("keluarga belum terima", "biasa")
	h.say(rinaChat, "/tindakan")
	h.say(rinaChat, "RK-26-001")
	h.say(rinaChat, "mediasi")
	h.say(rinaChat, "sudah beres")
	h.shows(rinaChat, "Sudah pas?")
	h.say(rinaChat, "suaminya belum mau bicara dengan kami")
	if got := h.shown(rinaChat); strings.Contains(got, "suaminya") || strings.Contains(got, "catatan") {
		t.Errorf("a note is offered:\n%s", got)
	}
	h.say(chairChat, "/kasus")
	h.press(chairChat, "Keluarga belum terima")
	if got := h.shown(chairChat); !strings.Contains(got, "RK-26-001") || strings.Contains(got, "Kabar dari") {
		t.Errorf("the chair sees:\n%s", got)
	}
}

// TestGuestsSeeABusinessOnlyWithHerYes, which holds for this one visit and not for a later day.
func TestGuestsSeeABusinessOnlyWithHerYes(t *testing.T) {
	h := newHouse(t, houseOptions{})
	for _, text := range []string{"tugas baru", "tamu melihat usaha", "melati", "tamu bank", "lewati", "besok jam 10", "yuli", "tidak"} {
		h.say(chairChat, text)
	}
	h.press(chairChat, "Simpan")
	h.shows(chairChat, "belum bilang boleh", "M-417")
	today := program.DateOf(h.time.Now())
	consent := program.Consent{
		ID: "c-guest", Participant: "M-417", Purpose: program.GuestVisit, Status: program.Given, Way: program.Witnessed,
		At: h.time.Now(), Recorder: "rina", Until: program.ConsentUntil(program.GuestVisit, today),
	}
	if err := h.store.Commit(t.Context(), turn.Plan{Safety: turn.Safety{Consents: []program.Consent{consent}}}); err != nil {
		t.Fatal(err)
	}
	h.presses(chairChat, "Ubah", "Mulai")
	h.say(chairChat, "9 desember jam 10")
	h.press(chairChat, "Simpan")
	h.shows(chairChat, "belum bilang boleh")
	h.presses(chairChat, "Ubah", "Mulai")
	h.say(chairChat, "besok jam 10")
	h.press(chairChat, "Simpan")
	h.shows(chairChat, "TK-26-001")
	h.say(rinaChat, "/tugas") // she accompanies her, so she knows of it
	h.shows(rinaChat, "TK-26-001")
	h.press(rinaChat, "tamu bank")
	if _, _, ok := h.button(rinaChat, "Bisa"); ok {
		t.Error("she can say yes in the place of whoever was asked")
	}
	h.say(chairChat, "/tugas")
	h.presses(chairChat, "tamu bank", "Pindah waktu")
	h.say(chairChat, "9 desember jam 10")
	h.press(chairChat, "Simpan")
	h.shows(chairChat, "belum bilang boleh")
}

// TestACaseThatStaysOpen reminds whoever has it when its time is over, and then the chair.
func TestACaseThatStaysOpen(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.newCase("usaha belum maju", "biasa")
	h.presses(rinaChat, "Lihat", "Catat tindakan", "Dihubungi", "Menunggu pihak lain", "Simpan")
	told := func(chat int64, what string) bool { return strings.Contains(strings.Join(h.replies(chat), "\n"), what) }
	h.passes(30*24*time.Hour - time.Hour)
	if told(rinaChat, "sudah lama terbuka") {
		t.Error("she is reminded before its time is over")
	}
	h.passes(2 * time.Hour)
	if !told(rinaChat, "sudah lama terbuka") || told(chairChat, "masih terbuka") {
		t.Error("she is not reminded, or the chair is told at once")
	}
	h.passes(25 * time.Hour)
	if !told(chairChat, "masih terbuka") {
		t.Error("the chair is not told")
	}
}

// TestNobodyIsWokenForACase, unless it is an emergency: what falls due in the night waits for the morning.
func TestNobodyIsWokenForACase(t *testing.T) {
	for severity, wakes := range map[string]bool{"segera": false, "darurat": true} {
		t.Run(severity, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{})
			h.passes(11 * time.Hour) // nine in the evening
			h.newCase("usaha belum maju", severity)
			h.passes(3 * time.Hour)
			if told := strings.Contains(strings.Join(h.replies(rinaChat), "\n"), "menunggu tindakan pertama"); told != wakes {
				t.Errorf("told in the night: %t", told)
			}
			h.passes(30 * time.Hour) // six in the morning of Friday
			if got := strings.Join(h.replies(rinaChat), "\n"); !wakes && strings.Contains(got, "menunggu tindakan pertama") {
				t.Error("told before the morning")
			}
			h.passes(2*time.Hour + time.Minute)
			if got := strings.Join(h.replies(rinaChat), "\n"); !wakes && !strings.Contains(got, "menunggu tindakan pertama") {
				t.Error("not told in the morning")
			}
		})
	}
}
