package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestALostPhoneIsCutOff: her companion cuts off a participant's phone, and what stood on it is gone;
// with a fresh link she comes back on another, and the old one stays a stranger's.
func TestALostPhoneIsCutOff(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.say(melatiChat, "data saya")
	h.say(rinaChat, "/menu")
	h.presses(rinaChat, "Lainnya", "Aman", "M-417 · Melati")
	h.shows(rinaChat, "HP terhubung: sudah", "Didampingi", "Pengingat")
	h.press(rinaChat, "Putuskan HP")
	h.shows(rinaChat, "Putuskan HP M-417?")
	h.press(rinaChat, "Kembali")
	if h.owner(melatiChat) != "M-417" {
		t.Fatal("cut off without being sure")
	}
	h.presses(rinaChat, "Putuskan HP", "Ya, lakukan")
	h.shows(rinaChat, "sudah saya putuskan", "HP terhubung: belum")
	if got := h.seen(melatiChat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") || !strings.Contains(got, "layanan catatan usaha") {
		t.Errorf("the lost phone shows:\n%s", got)
	}
	h.say(melatiChat, "data saya")
	if got := h.seen(melatiChat); strings.Contains(got, "Melati") {
		t.Errorf("the lost phone opens:\n%s", got)
	}
	h.press(rinaChat, "Undang")
	_, token, ok := strings.Cut(h.shown(rinaChat), "start=")
	if !ok {
		_, token, ok = strings.Cut(h.shown(rinaChat), "/start ")
	}
	if !ok {
		t.Fatalf("no link on:\n%s", h.shown(rinaChat))
	}
	token = strings.Fields(token)[0]
	h.say(strangerChat, "/start "+token)
	h.shows(strangerChat, "Halo Kak")
	if h.owner(strangerChat) != "M-417" || h.owner(melatiChat) != "" {
		t.Errorf("the chats are %q's and %q's", h.owner(strangerChat), h.owner(melatiChat))
	}
	h.say(melatiChat, "/start "+token)
	if h.owner(melatiChat) != "" {
		t.Error("the link worked twice")
	}
	h.time.Advance(11 * time.Minute)
	h.settle()
	h.nowhere(rinaChat, token)
}

// TestWhoLeavesHasNoAccess from that moment, also to what is open on her screen, and the last chair
// cannot let herself go.
func TestWhoLeavesHasNoAccess(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "kemarin ke rumah melati, tercapai, tidak ada kendala")
	message, data, _ := h.button(rinaChat, "Simpan")
	h.say(chairChat, "/menu")
	h.presses(chairChat, "Lainnya", "Tim", "Rina", "Tidak tugas", "Ya, lakukan")
	h.shows(chairChat, "Aksesnya berhenti")
	if got := h.seen(rinaChat); strings.Contains(got, "Melati") {
		t.Errorf("her screen shows:\n%s", got)
	}
	h.pressData(rinaChat, message, data)
	h.say(rinaChat, "/menu")
	if got := h.seen(rinaChat); strings.Contains(got, "Melati") || strings.Contains(got, "Mau mencatat") {
		t.Errorf("her screen shows:\n%s", got)
	}
	h.recorded(0)
	if p, err := h.store.Person(t.Context(), "rina"); err != nil || p.Active {
		t.Errorf("still active: %v", err)
	}
	h.say(chairChat, "/menu")
	h.presses(chairChat, "Lainnya", "Tim")
	if strings.Contains(h.shown(chairChat), "Rina") {
		t.Errorf("she is still in the team:\n%s", h.shown(chairChat))
	}
	for _, own := range []string{"Putuskan HP", "Tidak tugas"} {
		h.say(chairChat, "/menu")
		h.presses(chairChat, "Lainnya", "Tim", "Ratna")
		if _, _, ok := h.button(chairChat, own); ok {
			t.Errorf("the chair can do %q to herself", own)
		}
	}
	h.forge(chairChat, "sure:retire")
	h.press(chairChat, "Ya, lakukan")
	if p, err := h.store.Person(t.Context(), "ketua"); err != nil || !p.Active {
		t.Errorf("the chair has let herself go: %v", err)
	}
}

// TestNotesAreOpenedWithAReason: it is on record before anything is seen, closes by itself, and she
// can see who looked.
func TestNotesAreOpenedWithAReason(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "kemarin ke rumah melati, tercapai, tidak ada kendala")
	h.presses(rinaChat, "Tambah", "Catatan")
	h.say(rinaChat, "panci barunya sudah dipakai")
	h.press(rinaChat, "Simpan")
	h.say(chairChat, "/menu")
	h.presses(chairChat, "Lainnya", "Buka catatan")
	h.say(chairChat, "Z-999")
	h.shows(chairChat, "Kode itu tidak ada")
	h.say(chairChat, "m 417")
	h.shows(chairChat, "M-417", "Untuk apa dibuka?")
	if h.audited("note.open") != 0 {
		t.Error("opened before there was a reason")
	}
	h.forge(chairChat, "why:ingin_tahu")
	h.shows(chairChat, "Untuk apa dibuka?")
	h.press(chairChat, "Ada keluhan")
	h.shows(chairChat, "panci barunya sudah dipakai", "Rina", "Selasa, 24 Nov")
	if got := h.shown(chairChat); strings.Contains(got, "Melati") {
		t.Errorf("the alias is shown:\n%s", got)
	}
	lines, err := h.store.Audits(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, a := range lines {
		found = found || a.Action == "note.open" && a.Subject == "M-417" && a.Actor == "ketua" && a.Reason == program.ReasonComplaint
	}
	if !found {
		t.Errorf("not on record: %v", lines)
	}
	h.time.Advance(11 * time.Minute)
	h.settle()
	h.nowhere(chairChat, "panci barunya")
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Siapa lihat")
	h.shows(melatiChat, "ketua")
	for _, chat := range []int64{rinaChat, yuliChat} { // nobody else has such a button
		h.say(chat, "/menu")
		h.forge(chat, "notes")
		if strings.Contains(h.shown(chat), "Buka catatan") {
			t.Errorf("%d sees:\n%s", chat, h.shown(chat))
		}
	}
}

// TestAnAliasThatIsHerName is told to her companion, by code.
func TestAnAliasThatIsHerName(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.newcomers()
	h.say(strangerChat, "/start "+h.invite("sari"))
	for chat, name := range map[int64]string{6001: "SEROJA Wati", 6002: "Siti"} {
		before := h.bots(strangerChat)
		h.sim.AddChat(chat, name, "")
		h.beside(turn.Safety{Cut: []string{"S-620"}})
		h.say(chat, "/start "+h.invite("S-620"))
		got := strings.Join(h.replies(strangerChat)[before:], "\n")
		if warned := strings.Contains(got, "S-620") && strings.Contains(got, "nama samarannya"); warned != (name != "Siti") || strings.Contains(got, "eroja") {
			t.Errorf("%s: her companion reads %q", name, got)
		}
	}
}

// TestErasingInHerName: she has said it in person; her companion asks for it, can take it back for
// her, and two days later she is gone.
func TestErasingInHerName(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/aman")
	h.presses(rinaChat, "K-208 · Kenanga", "Hapus data")
	h.shows(rinaChat, "Hapus semua data K-208")
	h.presses(rinaChat, "Ya, lakukan")
	h.shows(rinaChat, "2 hari lagi", "Tidak jadi")
	h.press(rinaChat, "Tidak jadi")
	h.shows(rinaChat, "tidak jadi dihapus", "Hapus data")
	h.time.Advance(49 * time.Hour)
	h.settle()
	if _, err := h.store.Person(t.Context(), "K-208"); err != nil {
		t.Fatalf("erased although it was taken back: %v", err)
	}
	h.say(rinaChat, "/aman")
	h.presses(rinaChat, "K-208 · Kenanga", "Hapus data", "Ya, lakukan")
	h.time.Advance(49 * time.Hour)
	h.settle()
	if _, err := h.store.Person(t.Context(), "K-208"); err == nil {
		t.Error("she is still on record")
	}
	if got := strings.Join(h.replies(rinaChat), "\n"); !strings.Contains(got, "K-208: datanya sudah dihapus") {
		t.Errorf("her companion reads %q", got)
	}
	h.say(yuliChat, "/menu")
	h.forge(yuliChat, "sure:erase") // on no card of hers
	h.forge(yuliChat, "really")
	if open, err := h.store.OpenRequests(t.Context(), "*"); err != nil || len(open) != 0 {
		t.Errorf("%v, %v", open, err)
	}
}

// TestThereIsAlwaysAChair: nobody but another chair can do anything to one, on no path.
func TestThereIsAlwaysAChair(t *testing.T) {
	h := everyRole(t)
	secretary := roleChats[program.Secretary]
	for _, do := range []string{"sure:retire", "sure:cut", "sure:unpin", "sure:erase"} {
		h.say(secretary, "/tim")
		h.press(secretary, "Ratna")
		h.forge(secretary, do)
		h.forge(secretary, "really")
		if p, err := h.store.Person(t.Context(), "ketua"); err != nil || !p.Active || p.Chat != chairChat {
			t.Fatalf("after %s: %v, %v", do, p, err)
		}
	}
	h.say(chairChat, "/menu")
	h.shows(chairChat, "Pekan ini tercatat")
	if n := h.audited("person.retire") + h.audited("person.cut") + h.audited("person.erase"); n != 0 {
		t.Errorf("%d lines of what was not done", n)
	}
}
