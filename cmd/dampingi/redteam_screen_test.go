package main

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// What a phone shows to whoever holds it now, and what is left in memory for her.

// TestDigitsDoNotStayOnThePad: a PIN that is being chosen is let go of whatever comes in between, on
// the phone of a companion and of a participant, and whoever goes on begins at the first digit.
func TestDigitsDoNotStayOnThePad(t *testing.T) {
	begin := map[int64]func(h *house){
		rinaChat:   func(h *house) { h.say(rinaChat, "/menu"); h.presses(rinaChat, "Lainnya", "Buat PIN") },
		melatiChat: func(h *house) { h.say(melatiChat, "bantuan"); h.press(melatiChat, "Buat PIN") },
	}
	between := map[string]func(h *house, chat int64){
		"tutup":   func(h *house, chat int64) { h.say(chat, "tutup") },
		"kunci":   func(h *house, chat int64) { h.say(chat, "kunci") },
		"/start":  func(h *house, chat int64) { h.say(chat, "/start") },
		"batal":   func(h *house, chat int64) { h.say(chat, "batal") },
		"anybody": func(h *house, chat int64) { h.say(chat, "ini siapa?") },
	}
	for what, comes := range between {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			for chat, start := range begin {
				for _, again := range []bool{false, true} {
					h := newHouse(t, houseOptions{})
					h.say(melatiChat, "/start")
					h.press(melatiChat, "Nanti saja")
					start(h)
					if again { // with the first time behind her
						h.dial(chat, "8264")
					}
					h.presses(chat, "8", "2", "6")
					h.shows(chat, "● ● ● ○")
					if digits, pin := h.pressed(chat); !digits || pin != again {
						t.Fatalf("digits %v and PIN %v are not found where they are", digits, pin)
					}
					comes(h, chat)
					if digits, pin := h.pressed(chat); digits || pin {
						t.Errorf("%d still remembers digits %v, a PIN %v", chat, digits, pin)
					}
					start(h)
					h.shows(chat, "○ ○ ○ ○")
				}
			}
		})
	}
}

// TestDigitsOfALockedPadAreLetGoOf when it is covered: nobody has to guess only the last one.
func TestDigitsOfALockedPadAreLetGoOf(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.withPIN(rinaChat, "4829")
	h.say(rinaChat, "/pin") // another one, and she is called away
	h.presses(rinaChat, "7", "3", "8")
	h.time.Advance(11 * time.Minute)
	h.settle()
	h.shows(rinaChat, "Terkunci", "○ ○ ○ ○")
	if digits, _ := h.pressed(rinaChat); digits {
		t.Error("the digits are still remembered")
	}
}

// pressed reports whether a chat remembers digits of a number pad, and a PIN that was pressed once.
func (h *house) pressed(chat int64) (digits, pin bool) {
	h.t.Helper()
	var m struct {
		Digits string `cbor:"15,keyasint"`
		PIN    []byte `cbor:"16,keyasint"`
	}
	if err := cbor.Unmarshal(h.memory(chat), &m); err != nil {
		h.t.Fatal(err)
	}
	return m.Digits != "", len(m.PIN) > 0
}

// TestNothingIsSentInASilence: whatever was to happen by the clock, for three days her chat is left
// as it is, and being erased in that time is not told there either.
func TestNothingIsSentInASilence(t *testing.T) {
	var s spoken
	h := newHouse(t, houseOptions{wrap: s.listen})
	h.word("M-417", "rina", "harga cabe")
	h.say(melatiChat, "/start")
	h.presses(melatiChat, "Nanti saja", "Pilihan", "Buat PIN")
	h.dial(melatiChat, "8264")
	h.dial(melatiChat, "8264")
	h.say(melatiChat, "hapus data saya")
	h.say(melatiChat, "hapus")
	h.say(melatiChat, "data saya") // which is to be covered, and locked, by the clock
	h.say(melatiChat, "harga cabe")
	before := len(s.to(melatiChat))
	for range 47 {
		h.time.Advance(time.Hour)
		h.settle()
	}
	if now := s.to(melatiChat); len(now) != before {
		t.Errorf("it was %s: %q", now[before].method, now[before].Text)
	}
	h.time.Advance(5 * time.Hour)
	h.settle()
	if _, err := h.store.Person(t.Context(), "M-417"); err == nil {
		t.Fatal("she is not erased")
	}
	for _, m := range s.to(melatiChat)[before:] {
		if m.method == "sendMessage" || m.method == "editMessageText" {
			t.Errorf("%s: %q", m.method, m.Text)
		}
	}
}

// TestNothingOfHersIsPressedInASilence: the buttons of her pages do nothing, and her notices neither.
func TestNothingOfHersIsPressedInASilence(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.word("M-417", "rina", "harga cabe")
	h.say(melatiChat, "data saya")
	old := h.messages(melatiChat)[0].Buttons()
	h.say(melatiChat, "harga cabe")
	veil := h.seen(melatiChat)
	for _, b := range old {
		h.pressData(melatiChat, h.newest(melatiChat), b.CallbackData)
	}
	for _, action := range []string{
		"h.choices", "h.data", "h.opened", "h.choices", "h.data", "h.correct", "h.choices", "h.pause", "h.choices", "h.consents", "h.turn:0", "h.choices", "h.pin", "k1", "kok",
		"h.explain", "h.yes", "h.choices", "h.word", "h.choices", "h.data", "h.erase", "h.hide",
	} {
		h.pressData(melatiChat, h.newest(melatiChat), h.revision(melatiChat)+"."+action)
		if got := h.seen(melatiChat); got != veil {
			t.Fatalf("%s shows:\n%s", action, got)
		}
	}
	if open, err := h.store.OpenRequests(t.Context(), "M-417"); err != nil || len(open) > 0 || h.audited("data.open") != 1 || h.audited("contact.pause") != 0 {
		t.Errorf("%d requests, looked at %d times, paused %d times, %v", len(open), h.audited("data.open"), h.audited("contact.pause"), err)
	}
}

// revision is that of a chat's card, as its buttons would carry it.
func (h *house) revision(chat int64) string {
	h.t.Helper()
	var m struct {
		Rev uint64 `cbor:"1,keyasint"`
	}
	if err := cbor.Unmarshal(h.memory(chat), &m); err != nil || m.Rev == 0 {
		h.t.Fatal(m.Rev, err)
	}
	return strconv.FormatUint(m.Rev, 36)
}

// TestHerAliasDoesNoHarm: one that would turn a card around, that only looks like another, or that
// tells what must not be told is none; and her companion hears of another one, by code.
func TestHerAliasDoesNoHarm(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(melatiChat, "data saya")
	for _, bad := range []string{
		"<b>Mawar</b>", "Mawar\u202E", "وردة", "ורד", "Мawar", "Mawαr", "psk", "Eks PSK", "mantan", "Kasus", "Mawar 2", "M-203", "@mawar", "a", strings.Repeat("a", 21), "M\u0301\u0301\u0301awar", "{{.Code}}",
	} {
		h.press(melatiChat, "Ganti nama")
		h.say(melatiChat, bad)
		want := "Melati"
		if bad == "Mawar\u202E" { // what cannot be seen is not there
			want = "Mawar"
		}
		if her, err := h.store.Person(t.Context(), "M-417"); err != nil || her.Name != want {
			t.Errorf("%+q: her alias is %q, %v", bad, her.Name, err)
		}
		if want == "Mawar" {
			h.damageAlias()
		}
		h.say(melatiChat, "data saya")
	}
	before := h.bots(rinaChat)
	h.press(melatiChat, "Ganti nama")
	h.say(melatiChat, "Kemuning Senja")
	if got := h.shown(rinaChat); h.bots(rinaChat) != before+1 || !strings.Contains(got, "M-417") || strings.Contains(got, "Kemuning") || strings.Contains(got, "Melati") {
		t.Errorf("her companion reads:\n%s", got)
	}
}

// damageAlias gives Melati her alias back.
func (h *house) damageAlias() {
	h.t.Helper()
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Ganti nama")
	h.say(melatiChat, "Melati")
}

// TestALockedPhoneShowsNothing: what comes by itself, what is pressed again and what was sent twice
// all lead to the pad.
func TestALockedPhoneShowsNothing(t *testing.T) {
	var s spoken
	h := newHouse(t, houseOptions{wrap: s.listen})
	h.word("M-417", "rina", "harga cabe")
	h.withPIN(rinaChat, "4829")
	h.summary()
	old := h.messages(rinaChat)
	h.time.Advance(11 * time.Minute)
	h.settle()
	before := len(s.to(rinaChat))
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Perbaiki")
	h.say(melatiChat, "harga cabe")
	message, data, _ := h.button(rinaChat, "Saya tangani")
	h.pressData(rinaChat, message, data)
	for _, m := range old {
		for _, b := range m.Buttons() {
			h.pressData(rinaChat, m.MessageID, b.CallbackData)
		}
	}
	for range 10 {
		h.time.Advance(3 * time.Hour)
		h.settle()
	}
	h.say(rinaChat, strings.Repeat("panjang sekali ", 250))
	for range 20 {
		h.say(rinaChat, strings.Repeat("panjang sekali ", 250))
	}
	if n := len(h.memory(rinaChat)); n > 40<<10 {
		t.Errorf("%d bytes are remembered behind the lock", n)
	}
	if n := h.audited("alarm.take"); n != 0 {
		t.Error("an alarm was taken behind the lock")
	}
	for _, m := range s.to(rinaChat)[before:] {
		if strings.Contains(m.Text, "Melati") {
			t.Errorf("%s: %s", m.method, m.Text)
		}
	}
	h.recorded(0)
	h.dial(rinaChat, "4829")
	h.pressData(rinaChat, message, data)
	if n := h.audited("alarm.take"); n != 1 {
		t.Errorf("taken %d times when it is open", n)
	}
}
