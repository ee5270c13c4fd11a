package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// proposed lets Rina propose that Melati stands on her own feet.
func (h *house) proposed() program.Matter {
	h.t.Helper()
	h.say(rinaChat, "/status")
	h.say(rinaChat, "melati")
	h.presses(rinaChat, "Mandiri", "Ya", "Ya", "Ya", "Simpan")
	all, err := h.store.Matters(h.t.Context(), program.MatterFilter{Kind: program.Proposal})
	if err != nil || len(all) != 1 {
		h.t.Fatalf("%d proposals: %v", len(all), err)
	}
	return all[0]
}

// stage is where a participant stands.
func (h *house) stage(code string) program.Stage {
	h.t.Helper()
	changes, err := h.store.StageChanges(h.t.Context(), code, "", "")
	if err != nil {
		h.t.Fatal(err)
	}
	if len(changes) == 0 {
		return ""
	}
	return changes[len(changes)-1].To
}

// TestOnlyTheChairDecides: everybody else presses whatever there is about a proposal, on the card and
// below the message that is not hers, and nothing comes of it.
func TestOnlyTheChairDecides(t *testing.T) {
	h := everyRole(t)
	m := h.proposed()
	message, data, ok := h.button(chairChat, "Setuju")
	if !ok {
		t.Fatal("the chair was not asked")
	}
	if asked := strings.Join(h.replies(chairChat), "\n"); !strings.Contains(asked, "M-417") || strings.Contains(asked, "Melati") {
		t.Errorf("the chair was asked with %q", asked)
	}
	for role, chat := range roleChats {
		if role == program.Chair {
			continue
		}
		h.say(chat, "/menu")
		h.pressData(chat, h.newest(chat), data)
		for _, action := range []string{"matters:proposal", "matter:0", "move:agree", "move:not_yet", "decline:bicara", "undecided"} {
			h.forge(chat, action)
		}
	}
	h.say(rinaChat, "/usulan")
	h.press(rinaChat, "US-26-001 · Mandiri")
	for _, action := range []string{"move:agree", "move:not_yet", "decline:bicara"} {
		h.forge(rinaChat, action)
	}
	if now, err := h.store.Matter(t.Context(), m.ID); err != nil || now.Status != "diusulkan" || h.stage("M-417") != "" {
		t.Fatalf("it is %s, and she is %q: %v", now.Status, h.stage("M-417"), err)
	}
	h.pressData(chairChat, message, data)
	if h.stage("M-417") != program.Independent {
		t.Error("the chair's yes did not count")
	}
}

// TestAftercareIsRemembered: whose accompaniment is concluded is seen again after 3, 6 and 12 months,
// by her companion; and not when it was taken back.
func TestAftercareIsRemembered(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(chairChat, "/status")
	h.say(chairChat, "melati")
	h.presses(chairChat, "Selesai didampingi", "Dia yang mau", "Sampai 12 bulan", "Ya", "Simpan")
	due := func() string {
		all, err := h.store.FollowUps(t.Context(), "2028-01-01")
		if err != nil {
			t.Fatal(err)
		}
		var days []string
		for _, f := range all {
			days = append(days, fmt.Sprint(f.Person, " ", f.Due, " ", f.Participant))
		}
		return strings.Join(days, ", ")
	}
	if got, want := due(), "rina 2027-02-25 M-417, rina 2027-05-25 M-417, rina 2027-11-25 M-417"; got != want {
		t.Errorf("due are %s, want %s", got, want)
	}
	h.press(chairChat, "Batalkan")
	if got := due(); got != "" || h.stage("M-417") != "" {
		t.Errorf("taken back, and still due: %s", got)
	}
	if got := strings.Join(h.replies(rinaChat), "\n"); !strings.Contains(got, "dibatalkan") {
		t.Errorf("her companion was not told: %q", got)
	}
}

// TestLevelsAreHersAndHerCompanions: the chair sees nothing of how she comes along.
func TestLevelsAreHersAndHerCompanions(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.beside(turn.Safety{Consents: []program.Consent{{
		ID: "c-scale", Participant: "M-417", Purpose: program.FunctionScale, Status: program.Given, Way: program.OnPaper,
		Version: "1", Hash: "x", At: h.time.Now(), Recorder: "rina", Until: "2027-11-25",
	}}})
	h.say(rinaChat, "/perkembangan")
	h.say(rinaChat, "melati")
	h.presses(rinaChat, "Awal", "Banyak dibantu", "Lewati", "Lewati", "Cukup yakin", "Lewati", "Ya", "Simpan")
	for chat, sees := range map[int64]bool{rinaChat: true, chairChat: false} {
		h.say(chat, "/teman")
		h.press(chat, "M-417 · Melati")
		if got := h.shown(chat); strings.Contains(got, "Percaya diri 3") != sees {
			t.Errorf("the card should tell of it: %v\n%s", sees, got)
		}
	}
}

// TestWhatWasWrittenLongAgoStaysSealed for a new companion, unless the participant has agreed.
func TestWhatWasWrittenLongAgoStaysSealed(t *testing.T) {
	for answer, reads := range map[string]bool{"Dia mau": true, "Belum ditanya": false, "Belum mau": false} {
		h := newHouse(t, houseOptions{})
		h.say(rinaChat, "/kasus_baru")
		h.say(rinaChat, "melati")
		h.presses(rinaChat, "Temuan sendiri", "Produk kurang laku", "Biasa")
		h.say(rinaChat, "pempeknya sering sisa")
		h.press(rinaChat, "Simpan")
		h.time.Advance(91 * 24 * time.Hour)
		h.settle()
		h.say(chairChat, "/serah")
		h.say(chairChat, "melati")
		h.say(chairChat, "yuli")
		h.presses(chairChat, answer, "Berbagi tugas", "Simpan")
		h.say(yuliChat, "/kasus")
		h.press(yuliChat, "RK-26-001 · Product not selling")
		if got := strings.Contains(h.shown(yuliChat), "pempeknya"); got != reads {
			t.Errorf("%s: what is old is read: %v\n%s", answer, got, h.shown(yuliChat))
		}
	}
}

// TestWhileACompanionIsAwayTheChairIsTold of a kata aman at once.
func TestWhileACompanionIsAwayTheChairIsTold(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.word("M-417", "rina", "harga cabe")
	h.say(rinaChat, "/cuti")
	h.say(rinaChat, "besok")
	h.press(rinaChat, "Simpan")
	h.say(melatiChat, "harga cabe")
	if got := strings.Join(h.replies(chairChat), "\n"); !strings.Contains(got, "M-417: kata aman") {
		t.Errorf("the chair reads %q", got)
	}
}
