package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/redis/redistest"
)

// dial presses digits on the number pad, and then the key that ends them.
func (h *house) dial(chat int64, digits string) {
	h.t.Helper()
	for _, d := range digits {
		h.press(chat, string(d))
	}
	h.press(chat, "✔️")
}

// withPIN gives somebody a PIN the way she gives it to herself.
func (h *house) withPIN(chat int64, pin string) {
	h.t.Helper()
	h.say(chat, "/pin")
	h.dial(chat, pin)
	h.shows(chat, "Sekali lagi")
	h.dial(chat, pin)
	h.shows(chat, "PIN tersimpan")
}

// nowhere looks whether something stands in any message that can still be seen in a chat.
func (h *house) nowhere(chat int64, what string) {
	h.t.Helper()
	for _, m := range h.sim.Messages(chat, 0) {
		if !m.Deleted && strings.Contains(drawn(m), what) {
			h.t.Errorf("%q can be seen:\n%s", what, drawn(m))
		}
	}
}

func TestAPINIsAskedForAfterTenMinutes(t *testing.T) {
	for _, redis := range []bool{false, true} {
		h := newHouse(t, houseOptions{redisURL: redisIf(t, redis)})
		h.withPIN(rinaChat, "4829")
		h.say(rinaChat, "/kunjungan")
		h.press(rinaChat, "M-417 · Melati")
		h.time.Advance(9 * time.Minute)
		h.press(rinaChat, "Hari ini")
		h.shows(rinaChat, "Kunjungan untuk apa?")
		h.time.Advance(10 * time.Minute)
		h.until("the card is covered", func() bool { return strings.Contains(h.shown(rinaChat), "Terkunci") })
		if strings.Contains(h.shown(rinaChat), "Melati") {
			t.Errorf("the covered card shows:\n%s", h.shown(rinaChat))
		}
		h.dial(rinaChat, "4820")
		h.shows(rinaChat, "belum cocok")
		h.dial(rinaChat, "4829")
		h.shows(rinaChat, "Kunjungan untuk apa?", "M-417 · Melati")
		h.presses(rinaChat, "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
		h.shows(rinaChat, "Tersimpan")
		h.recorded(1)
	}
}

// TestWhatIsWrittenWhileLockedIsNotLost: it is taken out of the chat at once, and read when the
// right PIN comes, and not before.
func TestWhatIsWrittenWhileLockedIsNotLost(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.withPIN(rinaChat, "482915")
	h.time.Advance(11 * time.Minute)
	h.say(rinaChat, "kemarin ke rumah melati, tercapai, tidak ada kendala")
	h.shows(rinaChat, "Terkunci", "saya pegang")
	h.nowhere(rinaChat, "ke rumah melati")
	h.dial(rinaChat, "482915")
	h.shows(rinaChat, "M-417 · Melati", "Sudah pas?")
	h.press(rinaChat, "Simpan")
	h.recorded(1)
	h.time.Advance(11 * time.Minute)
	h.say(rinaChat, "482915") // typed all the same: it opens, and does not stay
	h.shows(rinaChat, "Tersimpan")
	h.nowhere(rinaChat, "482915")
}

// TestNothingIsPressedBehindTheLock presses what was on the card before it was covered, and what is
// on no card.
func TestNothingIsPressedBehindTheLock(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.withPIN(rinaChat, "4829")
	h.say(rinaChat, "kemarin ke rumah melati, tercapai, tidak ada kendala")
	message, data, _ := h.button(rinaChat, "Simpan")
	h.time.Advance(10 * time.Minute)
	h.until("the card is covered", func() bool { return strings.Contains(h.shown(rinaChat), "Terkunci") })
	h.pressData(rinaChat, message, data)
	for _, action := range []string{"save", "menu", "flow:kunjungan", "cares", "open", "pin", "really", "k", "kx", "k10", "kok", "kdel"} {
		h.forge(rinaChat, action)
		h.shows(rinaChat, "Terkunci")
	}
	for _, text := range []string{"/menu", "/start", "/pin", "simpan", "4830", "12345678901234567890"} {
		h.say(rinaChat, text)
		h.shows(rinaChat, "Terkunci")
		h.nowhere(rinaChat, "Melati")
	}
	h.recorded(0)
}

// TestAPINCannotBeGuessed: after six wrong ones none is taken for an hour, not even the right one,
// and the chair hears of it; each further wrong one costs another hour.
func TestAPINCannotBeGuessed(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.withPIN(rinaChat, "4829")
	h.time.Advance(11 * time.Minute)
	h.say(rinaChat, "halo")
	for i := range 6 {
		if h.bots(chairChat) != 0 {
			t.Fatalf("the chair was told after %d", i)
		}
		h.dial(rinaChat, "111"+string(rune('2'+i)))
	}
	if got := strings.Join(h.replies(chairChat), "\n"); !strings.Contains(got, "Rina") || !strings.Contains(got, "PIN") {
		t.Errorf("the chair is told %q", got)
	}
	h.dial(rinaChat, "4829")
	h.shows(rinaChat, "Terkunci", "satu jam lagi")
	h.time.Advance(time.Hour)
	h.dial(rinaChat, "4828")
	h.shows(rinaChat, "satu jam lagi")
	h.dial(rinaChat, "4829")
	h.shows(rinaChat, "Terkunci")
	h.time.Advance(time.Hour)
	h.dial(rinaChat, "4829")
	if strings.Contains(h.shown(rinaChat), "Terkunci") {
		t.Errorf("the right one does not open:\n%s", h.shown(rinaChat))
	}
	h.time.Advance(11 * time.Minute) // and the count begins anew
	h.say(rinaChat, "halo")
	h.dial(rinaChat, "4828")
	h.dial(rinaChat, "4829")
	if strings.Contains(h.shown(rinaChat), "Terkunci") {
		t.Errorf("after one wrong one:\n%s", h.shown(rinaChat))
	}
}

// TestAPINIsChosen refuses what anybody would try first, and two that differ.
func TestAPINIsChosen(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/menu")
	h.presses(rinaChat, "Lainnya", "Buat PIN")
	for _, easy := range []string{"1234", "0000", "987654", "1212"} {
		h.dial(rinaChat, easy)
		h.shows(rinaChat, "mudah ditebak", "PIN baru")
	}
	h.presses(rinaChat, "4", "8", "2")
	h.press(rinaChat, "✔️") // too short: nothing happens
	h.shows(rinaChat, "PIN baru", "● ● ● ○")
	h.presses(rinaChat, "9", "1", "5", "7", "⌫", "5", "✔️")
	h.shows(rinaChat, "Sekali lagi")
	h.dial(rinaChat, "482916")
	h.shows(rinaChat, "Belum sama", "PIN baru")
	if her, err := h.store.Person(t.Context(), "rina"); err != nil || her.HasPIN {
		t.Errorf("a PIN was set: %v", err)
	}
	h.dial(rinaChat, "482915")
	h.dial(rinaChat, "482915")
	h.shows(rinaChat, "PIN tersimpan")
	h.presses(rinaChat, "Lainnya", "Kunci")
	h.shows(rinaChat, "Terkunci")
	h.dial(rinaChat, "482915")
	h.shows(rinaChat, "Mau mencatat apa?")
}

// TestTutupHidesAtOnce covers the card, with and without a PIN.
func TestTutupHidesAtOnce(t *testing.T) {
	h := newHouse(t, houseOptions{})
	for _, word := range []string{"tutup", "/tutup", "kunci"} {
		h.say(rinaChat, "/kunjungan")
		h.press(rinaChat, "M-417 · Melati")
		h.say(rinaChat, word)
		h.shows(rinaChat, "Layar sudah saya rapikan")
		h.nowhere(rinaChat, "Melati")
		h.press(rinaChat, "Buka")
		h.shows(rinaChat, "Lanjut Kunjungan M-417")
		h.presses(rinaChat, "Lanjut Kunjungan M-417 · Melati", "Batal")
	}
}

// TestHardWordsOpenTheSafeSteps in a sentence, in a note, and as the answer to a question.
func TestHardWordsOpenTheSafeSteps(t *testing.T) {
	h := newHouse(t, houseOptions{})
	for _, before := range [][]string{nil, {"/kunjungan"}, {"/kunjungan", "melati", "kemarin"}} {
		for _, line := range before {
			h.say(rinaChat, line)
		}
		h.say(rinaChat, "melati tadi dipukul suaminya")
		h.shows(rinaChat, "soal keamanan", "langkah aman")
		h.nowhere(rinaChat, "dipukul")
		h.press(rinaChat, "Langkah aman")
		h.shows(rinaChat, "SAPA 129", "Tanya berdua saja")
		h.press(rinaChat, "Kembali")
		if before != nil {
			h.shows(rinaChat, "Kunjungan · ")
			h.say(rinaChat, "/batal")
		} else {
			h.shows(rinaChat, "Mau mencatat apa?")
		}
	}
	h.say(rinaChat, "/kunjungan")
	h.presses(rinaChat, "M-417 · Melati", "Hari ini")
	h.say(rinaChat, "dia diancam suaminya lagi")
	h.presses(rinaChat, "Langkah aman", "Kabari ketua")
	h.shows(rinaChat, "Ketua sudah saya kabari", "Kunjungan untuk apa?")
	if got := strings.Join(h.replies(chairChat), "\n"); !strings.Contains(got, "M-417") || strings.Contains(got, "Melati") || strings.Contains(got, "ancam") {
		t.Errorf("the chair reads %q", got)
	}
	h.say(rinaChat, "dia diancam suaminya lagi")
	h.press(rinaChat, "Bukan itu")
	h.shows(rinaChat, "ditulis lagi", "Kunjungan untuk apa?")
	h.recorded(0)
}

// redisIf is the address of a Redis of its own, if one is wanted.
func redisIf(t *testing.T, wanted bool) string {
	t.Helper()
	if !wanted {
		return ""
	}
	return redistest.Start(t).URL()
}
