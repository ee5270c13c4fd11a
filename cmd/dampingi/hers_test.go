package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// seen is what a phone of the participant would show of the bot: everything that can be seen.
func (h *house) seen(chat int64) string {
	var all []string
	for _, m := range h.sim.Messages(chat, 0) {
		if !m.Deleted {
			all = append(all, drawn(m))
		}
	}
	return strings.Join(all, "\n")
}

// audited counts the lines of an action.
func (h *house) audited(action string) (n int) {
	h.t.Helper()
	lines, err := h.store.Audits(h.t.Context(), 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, a := range lines {
		if a.Action == action {
			n++
		}
	}
	return n
}

// answered is her answer in force.
func (h *house) answered(code string, p program.Purpose) (program.Consent, bool) {
	h.t.Helper()
	all, err := h.store.Consents(h.t.Context(), code)
	if err != nil {
		h.t.Fatal(err)
	}
	return all.Of(p)
}

// agree goes through the cards the way she does with her companion beside her.
func (h *house) agree(chat int64) {
	h.t.Helper()
	h.say(chat, "/start")
	h.press(chat, "Boleh")
	for range 10 {
		if _, _, ok := h.button(chat, "Setuju"); !ok {
			return
		}
		h.press(chat, "Setuju")
	}
	h.t.Fatalf("the cards do not end:\n%s", h.shown(chat))
}

// TestConsentOnHerPhone: one purpose a card, a button or SETUJU counts and nothing else, and what she
// was shown is on record.
func TestConsentOnHerPhone(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(melatiChat, "/start")
	h.shows(melatiChat, "selamat datang", "Boleh", "Nanti saja")
	h.press(melatiChat, "Boleh")
	h.shows(melatiChat, "1 dari 3", "Setuju", "Tidak dulu")
	for _, casual := range []string{"ya", "sip", "ok kak", "boleh", "👍"} {
		h.say(melatiChat, casual)
		if c, ok := h.answered("M-417", program.ChatReminders); ok {
			t.Fatalf("%q counts as %v", casual, c.Status)
		}
		h.shows(melatiChat, "1 dari 3", "SETUJU")
	}
	h.agree(melatiChat)
	c, ok := h.answered("M-417", program.ChatReminders)
	if !ok || c.Status != program.Given || c.Way != program.ByButton || len(c.Hash) != 64 || c.Until != "2027-11-25" {
		t.Errorf("on record: %v %+v", ok, c)
	}
	if all, err := h.store.Consents(t.Context(), "M-417"); err != nil || !all.AllowChat("2026-11-25") || all.AllowChat("2027-11-26") {
		t.Errorf("consents %v, %v", all, err)
	}
	h.shows(melatiChat, "data saya", "berhenti")
	h.say(melatiChat, "berhenti")
	if c, _ := h.answered("M-417", program.ChatReminders); c.Status != program.Revoked {
		t.Errorf("after berhenti: %v", c.Status)
	}
	if c, _ := h.answered("M-417", program.Accompaniment); c.Status != program.Given {
		t.Errorf("berhenti closed another door: %v", c.Status)
	}
	if got := strings.Join(h.replies(rinaChat), "\n"); !strings.Contains(got, "M-417") || strings.Contains(got, "Melati") {
		t.Errorf("her companion reads %q", got)
	}
}

// TestWithoutHerYesNothingIsNoted: who withdraws, or never agreed, is not to be picked, named or
// reported about; and who agrees again is.
func TestWithoutHerYesNothingIsNoted(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "kemarin ke rumah melati, tercapai, tidak ada kendala")
	message, data, _ := h.button(rinaChat, "Simpan")
	h.agree(melatiChat)
	h.presses(melatiChat, "Tutup", "Pilihan")
	h.presses(melatiChat, "Persetujuan", "Didampingi")
	if c, _ := h.answered("M-417", program.Accompaniment); c.Status != program.Revoked {
		t.Fatalf("not withdrawn: %v\n%s", c.Status, h.shown(melatiChat))
	}
	h.pressData(rinaChat, message, data)
	h.recorded(0)
	h.say(rinaChat, "/kunjungan")
	if strings.Contains(h.shown(rinaChat), "Melati") {
		t.Errorf("she can still be picked:\n%s", h.shown(rinaChat))
	}
	h.say(rinaChat, "M-417")
	h.say(rinaChat, "/menu")
	h.say(rinaChat, "kemarin ke rumah melati, tercapai, tidak ada kendala")
	if _, _, ok := h.button(rinaChat, "Simpan"); ok {
		t.Errorf("a report about her can be saved:\n%s", h.shown(rinaChat))
	}
	h.recorded(0)
	h.say(melatiChat, "tutup")
	h.presses(melatiChat, "Pilihan", "Persetujuan", "Didampingi", "Setuju")
	h.say(rinaChat, "/menu")
	h.say(rinaChat, "kemarin ke rumah melati, tercapai, tidak ada kendala")
	h.press(rinaChat, "Simpan")
	h.recorded(1)
}

// TestConsentEnds after twelve months.
func TestConsentEnds(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.time.Advance(365 * 24 * time.Hour) // the last day
	h.settle()
	h.say(rinaChat, "/kunjungan")
	h.shows(rinaChat, "M-417 · Melati")
	h.time.Advance(24 * time.Hour)
	h.settle()
	h.say(rinaChat, "/kunjungan")
	if strings.Contains(h.shown(rinaChat), "Melati") {
		t.Errorf("a day later:\n%s", h.shown(rinaChat))
	}
}

// TestHerChatIsOneNeutralCard: whatever she types is taken out, what she opens turns neutral again
// by itself, by "tutup" and by its button, and nothing of it was ever in a new message.
func TestHerChatIsOneNeutralCard(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	for _, way := range []func(){
		func() { h.say(melatiChat, "tutup") },
		func() { h.say(melatiChat, "/tutup") },
		func() { h.press(melatiChat, "Tutup") },
		func() { h.time.Advance(time.Hour); h.settle() },
	} {
		h.say(melatiChat, "data saya")
		h.shows(melatiChat, "Melati", "M-417", "usaha berjalan", "Tutup")
		way()
		if got := h.seen(melatiChat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") || !strings.Contains(got, "Halo Kak") {
			t.Errorf("her chat shows:\n%s", got)
		}
	}
	for _, m := range h.sim.Messages(melatiChat, 0) {
		if !m.From.IsBot && !m.Deleted {
			t.Errorf("what she typed is still there: %q", m.Text)
		}
	}
	for _, said := range []string{"ini siapa?", "siapa ini ya", "ini sapo"} {
		h.say(melatiChat, said)
		if got := h.seen(melatiChat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") || strings.Contains(got, "siapa") {
			t.Errorf("%q is answered with:\n%s", said, got)
		}
	}
}

// TestHerRights: what is held, who looked, another alias, a pause, and a correction by a person.
func TestHerRights(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Siapa lihat")
	h.shows(melatiChat, "Kakak sendiri")
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Ganti nama")
	h.say(melatiChat, "M3l@ti 0812")
	h.shows(melatiChat, "huruf")
	h.say(melatiChat, "Kemuning")
	if her, err := h.store.Person(t.Context(), "M-417"); err != nil || her.Name != "Kemuning" {
		t.Errorf("her alias is %q, %v", her.Name, err)
	}
	h.say(rinaChat, "/kunjungan")
	h.shows(rinaChat, "M-417 · Kemuning")
	h.say(melatiChat, "jeda")
	if her, err := h.store.Person(t.Context(), "M-417"); err != nil || !her.Safe.Paused || her.Safe.MayBegin(h.time.Now()) {
		t.Errorf("not paused: %v", err)
	}
	h.say(melatiChat, "/start")
	h.presses(melatiChat, "Pilihan", "Mulai lagi")
	if her, err := h.store.Person(t.Context(), "M-417"); err != nil || her.Safe.Paused {
		t.Errorf("still paused: %v", err)
	}
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Perbaiki")
	h.say(chairChat, "/menu")
	h.press(chairChat, "Permintaan (1)")
	h.shows(chairChat, "M-417", "perbaiki data", "sisa 72 jam")
	h.say(rinaChat, "/menu")
	h.press(rinaChat, "Permintaan (1)")
	h.time.Advance(time.Hour)
	h.presses(rinaChat, "M-417", "Sudah selesai")
	h.shows(rinaChat, "selesai")
	h.say(chairChat, "/menu")
	if strings.Contains(h.shown(chairChat), "Permintaan") {
		t.Errorf("it is still open:\n%s", h.shown(chairChat))
	}
	h.say(yuliChat, "/menu")
	if strings.Contains(h.shown(yuliChat), "Permintaan") || strings.Contains(h.shown(yuliChat), "Requests") {
		t.Errorf("another's companion sees it:\n%s", h.shown(yuliChat))
	}
}

// TestSheIsErased: asked for with a word, taken back, asked for again, done by the clock before the
// deadline; then nobody knows her any more, and the counts are the same.
func TestSheIsErased(t *testing.T) {
	for _, redis := range []bool{false, true} {
		h := newHouse(t, houseOptions{redisURL: redisIf(t, redis)})
		h.agree(melatiChat)
		h.say(rinaChat, "kemarin ke rumah melati, laku 450rb, tercapai, tidak ada kendala")
		h.press(rinaChat, "Simpan")
		h.say(melatiChat, "hapus data saya")
		h.shows(melatiChat, "HAPUS")
		h.say(melatiChat, "iya")
		if open, err := h.store.OpenRequests(t.Context(), "M-417"); err != nil || len(open) != 0 {
			t.Fatalf("%v, %v", open, err)
		}
		h.say(melatiChat, "hapus data saya")
		h.say(melatiChat, "HAPUS")
		h.press(melatiChat, "Tidak jadi")
		if open, err := h.store.OpenRequests(t.Context(), "M-417"); err != nil || len(open) != 0 {
			t.Fatalf("taken back, and %v, %v", open, err)
		}
		h.time.Advance(49 * time.Hour)
		h.settle()
		if _, err := h.store.Person(t.Context(), "M-417"); err != nil {
			t.Fatalf("erased although she took it back: %v", err)
		}
		h.say(melatiChat, "hapus data saya")
		h.say(melatiChat, "hapus")
		h.say(chairChat, "/menu")
		h.press(chairChat, "Permintaan (1)")
		h.shows(chairChat, "hapus data")
		h.time.Advance(47 * time.Hour)
		h.settle()
		if _, err := h.store.Person(t.Context(), "M-417"); err != nil {
			t.Fatal("too early")
		}
		h.time.Advance(2 * time.Hour)
		h.settle()
		h.shows(melatiChat, "permintaan Kakak sudah selesai")
		if got := h.seen(melatiChat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") {
			t.Errorf("her chat shows:\n%s", got)
		}
		if _, err := h.store.Person(t.Context(), "M-417"); err == nil {
			t.Error("she is still on record")
		}
		if n, err := h.store.CountAllReports(t.Context(), "kunjungan", "2026-11-01", "2026-11-30"); err != nil || n != 1 {
			t.Errorf("%d visits are counted, %v", n, err)
		}
		h.say(melatiChat, "data saya")
		h.shows(melatiChat, "layanan catatan usaha")
		h.say(rinaChat, "/menu")
		h.say(rinaChat, "/kunjungan")
		if strings.Contains(h.seen(rinaChat), "· Melati") && strings.Contains(h.shown(rinaChat), "Melati") {
			t.Errorf("her companion still sees:\n%s", h.shown(rinaChat))
		}
	}
}

// TestASharedPhoneNeedsAPIN: once it is known that others use her phone, nothing about her opens there
// before she has chosen a PIN, and after ten minutes it is asked for; too many wrong ones are told to
// her companion by code.
func TestASharedPhoneNeedsAPIN(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	shared := program.DefaultContact()
	shared.Phone, shared.CheckedOn = program.PhoneFamily, "2026-11-25"
	h.beside(turn.Safety{Contacts: []turn.ContactChange{{Code: "M-417", Contact: shared, Agreed: true}}})
	for _, said := range []string{"data saya", "bantuan", "hapus data saya"} {
		h.say(melatiChat, said)
		h.shows(melatiChat, "Pilih PIN")
		if strings.Contains(h.seen(melatiChat), "M-417") {
			t.Errorf("%q opens:\n%s", said, h.seen(melatiChat))
		}
	}
	h.dial(melatiChat, "4829")
	h.dial(melatiChat, "4829")
	h.shows(melatiChat, "PIN tersimpan")
	h.say(melatiChat, "data saya")
	h.shows(melatiChat, "M-417")
	h.time.Advance(11 * time.Minute)
	h.settle()
	h.say(melatiChat, "data saya")
	h.shows(melatiChat, "PIN-nya ya")
	if strings.Contains(h.seen(melatiChat), "M-417") {
		t.Errorf("locked, and shows:\n%s", h.seen(melatiChat))
	}
	for i := range 6 {
		h.dial(melatiChat, "111"+string(rune('2'+i)))
	}
	h.shows(melatiChat, "satu jam lagi")
	if got := strings.Join(h.replies(rinaChat), "\n"); !strings.Contains(got, "M-417") || strings.Contains(got, "Melati") {
		t.Errorf("her companion reads %q", got)
	}
	h.time.Advance(time.Hour)
	h.settle()
	h.say(melatiChat, "halo")
	h.dial(melatiChat, "4829")
	h.say(melatiChat, "data saya")
	h.shows(melatiChat, "M-417")
}
