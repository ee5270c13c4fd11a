package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// Whoever accompanied her until a moment ago, or had the phone, and what is still on the screen.

// assign hands Melati over to Yuli, as `people assign` does.
func (h *house) assign() {
	h.t.Helper()
	line := program.Audit{At: h.time.Now().UTC(), Actor: "admin", Action: "person.assign", Subject: "M-417"}
	if err := h.store.Assign(h.t.Context(), "M-417", "yuli", line); err != nil {
		h.t.Fatal(err)
	}
}

// soon lets happen what is to happen at once.
func (h *house) soon() {
	h.t.Helper()
	h.time.Advance(time.Second)
	h.settle()
}

// namesHer fails when one of these calls tells who she is.
func namesHer(t *testing.T, what string, all []sent) {
	t.Helper()
	for _, m := range all {
		text := m.Text
		for _, row := range m.Markup.Rows {
			for _, b := range row {
				text += "\n" + b.Text
			}
		}
		if strings.Contains(text, "Melati") || strings.Contains(text, "M-417") {
			t.Errorf("%s: %s says:\n%s", what, m.method, text)
		}
	}
}

// yesterdays are what a companion may be looking at when her participant is handed over.
var yesterdays = map[string]func(h *house){
	"a list to pick from":  func(h *house) { h.say(rinaChat, "/kunjungan") },
	"a report":             func(h *house) { h.say(rinaChat, "/kunjungan"); h.press(rinaChat, "M-417 · Melati") },
	"a summary":            func(h *house) { h.summary() },
	"a draft put aside":    func(h *house) { h.say(rinaChat, "/usaha"); h.say(rinaChat, "melati"); h.say(rinaChat, "/menu") },
	"a report cancelled":   func(h *house) { h.say(rinaChat, "/usaha"); h.say(rinaChat, "melati"); h.say(rinaChat, "/batal") },
	"a receipt":            func(h *house) { h.summary(); h.press(rinaChat, "Simpan") },
	"a report taken back":  func(h *house) { h.summary(); h.presses(rinaChat, "Simpan", "Batalkan") },
	"a draft offered":      func(h *house) { h.summary(); h.time.Advance(3 * time.Hour); h.settle() },
	"her contact":          func(h *house) { h.say(rinaChat, "/kontak"); h.press(rinaChat, "M-417 · Melati") },
	"whom she accompanies": func(h *house) { h.say(rinaChat, "/menu"); h.presses(rinaChat, "Lainnya", "Aman") },
	"her card":             func(h *house) { h.herCard() },
	"her card, a word":     func(h *house) { h.herCard(); h.press(rinaChat, "Kata aman") },
	"her card, to be cut":  func(h *house) { h.herCard(); h.press(rinaChat, "Putuskan HP") },
	"her card, a link":     func(h *house) { h.herCard(); h.press(rinaChat, "Undang") },
	"what she asks for": func(h *house) {
		h.say(melatiChat, "data saya")
		h.press(melatiChat, "Perbaiki")
		h.say(rinaChat, "/menu")
		h.press(rinaChat, "Permintaan (1)")
	},
}

// herCard opens Melati's card of safety.
func (h *house) herCard() {
	h.t.Helper()
	h.say(rinaChat, "/menu")
	h.presses(rinaChat, "Lainnya", "Aman", "M-417 · Melati")
}

// TestTheCompanionOfYesterday has nothing of her from the moment on at which she is another's: not on
// her card, not by what she presses or writes, and not by what comes by itself in the days after.
func TestTheCompanionOfYesterday(t *testing.T) {
	for what, look := range yesterdays {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			var s spoken
			h := newHouse(t, houseOptions{wrap: s.listen})
			look(h)
			card := slices.MaxFunc(h.messages(rinaChat), func(a, b simulator.Message) int { return a.MessageID - b.MessageID })
			stand, undone := h.standing()
			before := len(s.to(rinaChat))
			h.assign()
			h.soon()
			if shown := h.shown(rinaChat); strings.Contains(shown, "Melati") || strings.Contains(shown, "M-417") {
				t.Errorf("her card still shows:\n%s", shown)
			}
			for _, b := range card.Buttons() {
				h.pressData(rinaChat, card.MessageID, b.CallbackData)
			}
			for _, text := range []string{"harga cabe naik", "ya", "simpan", "lanjut", "melati", "m417 kemarin home visit, tercapai", "/menu", "/kunjungan", "m-417"} {
				h.say(rinaChat, text)
			}
			for range 4 {
				h.time.Advance(20 * time.Hour)
				h.settle()
			}
			h.say(rinaChat, "/menu")
			for _, secret := range []string{"Melati", "M-417"} {
				if bytes.Contains(h.memory(rinaChat), []byte(secret)) {
					t.Errorf("%s is still remembered", secret)
				}
			}
			namesHer(t, "afterwards", slices.DeleteFunc(s.to(rinaChat)[before:], typedHerself))
			if now, taken := h.standing(); now != stand || taken != undone {
				t.Errorf("%d reports stand, %d are taken back; before %d and %d", now, taken, stand, undone)
			}
			if her, err := h.store.Person(t.Context(), "M-417"); err != nil || her.Safe.Word != "" || her.Chat != melatiChat {
				t.Errorf("something of hers was changed: %v", err)
			}
			h.say(yuliChat, "/kunjungan")
			h.shows(yuliChat, "M-417 · Melati")
		})
	}
}

// typedHerself is what only repeats what the companion of yesterday has written after it: nobody can
// make her forget what she knows.
func typedHerself(m sent) bool { return strings.Contains(m.Text, "m417 kemarin") }

// TestALinkOfYesterday: with a link that was made before, nobody joins in the place of a participant
// who is another's since.
func TestALinkOfYesterday(t *testing.T) {
	for handed, want := range map[bool]string{false: "M-417", true: ""} {
		h := newHouse(t, houseOptions{})
		h.herCard()
		h.press(rinaChat, "Undang")
		_, token, ok := strings.Cut(h.shown(rinaChat), "?start=")
		if !ok {
			t.Fatalf("no link:\n%s", h.shown(rinaChat))
		}
		token, _, _ = strings.Cut(token, "\n")
		if handed {
			h.assign()
		}
		h.say(strangerChat, "/start "+token)
		if got := h.owner(strangerChat); got != want {
			t.Errorf("handed over %v: the chat is %q's", handed, got)
		}
	}
}

// TestWhatWaitsForTheCompanionOfYesterday is not sent: a card with her name is held back at the
// moment at which she is handed over, and so is a notice with her code.
func TestWhatWaitsForTheCompanionOfYesterday(t *testing.T) {
	var s spoken
	h := newHouse(t, houseOptions{wrap: s.listen})
	h.fault(simulator.Fault{Kind: "500", Method: "sendMessage", Chat: rinaChat, Count: 1})
	if _, err := h.sim.Say(rinaChat, "/kunjungan"); err != nil {
		t.Fatal(err)
	}
	h.struck()
	h.until("what is held back is noted", func() bool {
		items, err := h.store.Outgoing(t.Context(), 10)
		return err == nil && len(items) > 0 && items[0].Attempts > 0
	})
	if _, err := h.sim.Say(melatiChat, "berhenti"); err != nil { // which her companion is told of
		t.Fatal(err)
	}
	h.until("both wait", func() bool {
		items, err := h.store.Outgoing(t.Context(), 10)
		return err == nil && len(items) > 0 && h.pending() == 0 && h.lanes.Waiting() == 0
	})
	before := len(s.to(rinaChat))
	h.assign()
	h.calm()
	h.soon()
	namesHer(t, "what waited", s.to(rinaChat)[before:])
	h.say(rinaChat, "/kunjungan")
	h.shows(rinaChat, "M-203 · Mawar")
}

// TestAnAlarmOfYesterday: the former companion cannot take it any more, and neither the new one nor
// the chair has to wait for her half hour.
func TestAnAlarmOfYesterday(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.word("M-417", "rina", "harga cabe")
	h.say(melatiChat, "harga cabe")
	message, data, ok := h.button(rinaChat, "Saya tangani")
	if !ok {
		t.Fatalf("no alarm:\n%s", h.shown(rinaChat))
	}
	h.assign()
	h.soon()
	for _, chat := range []int64{yuliChat, chairChat} {
		if got := strings.Join(h.replies(chat), "\n"); !strings.Contains(got, "M-417") || strings.Contains(got, "Melati") {
			t.Errorf("%d reads %q", chat, got)
		}
	}
	refused := h.audited("press.refused")
	h.pressData(rinaChat, message, data)
	h.pressData(rinaChat, message, strings.Replace(data, ".take", ".help", 1))
	if n := h.audited("alarm.take") + h.audited("alarm.raise"); n != 0 || h.audited("press.refused") <= refused {
		t.Errorf("the former companion answers %d times, refusals %d", n, h.audited("press.refused")-refused)
	}
	h.press(yuliChat, "I take care")
	if n := h.audited("alarm.take"); n != 1 {
		t.Errorf("the new one takes it %d times", n)
	}
}

// TestWhoeverHasHerPhoneNow sees one neutral line and nothing of what was open, as soon as the phone
// is cut off, its owner leaves, or joins with another; a press on what was there is a stranger's.
func TestWhoeverHasHerPhoneNow(t *testing.T) {
	ways := map[string]func(h *house, person string){
		"cut":     func(h *house, person string) { h.beside(turn.Safety{Cut: []string{person}}) },
		"retired": func(h *house, person string) { h.beside(turn.Safety{Retired: []string{person}}) },
		"unbound": func(h *house, person string) {
			if err := h.store.Unbind(h.t.Context(), person); err != nil {
				h.t.Fatal(err)
			}
		},
		"another phone": func(h *house, person string) { h.say(strangerChat, "/start "+h.invite(person)) },
	}
	for way, leave := range ways {
		for person, chat := range map[string]int64{"rina": rinaChat, "M-417": melatiChat} {
			if way == "retired" && person != "rina" {
				continue
			}
			t.Run(way+" "+person, func(t *testing.T) {
				t.Parallel()
				h := newHouse(t, houseOptions{})
				h.summary()
				h.say(melatiChat, "data saya")
				m := slices.MaxFunc(h.messages(chat), func(a, b simulator.Message) int { return a.MessageID - b.MessageID })
				data := m.Buttons()[0].CallbackData
				leave(h, person)
				h.soon()
				h.wantReplies(chat, neutralLine)
				if got := h.seen(chat); strings.Contains(got, "[") || strings.Contains(got, "Melati") {
					t.Errorf("it shows:\n%s", got)
				}
				if toast := h.pressData(chat, m.MessageID, data); toast != "" {
					t.Errorf("toast %q", toast)
				}
				h.wantReplies(chat, neutralLine, neutralLine)
				h.recorded(0)
				if answer := h.call("getMyCommands", "scope="+chatScope(chat)); strings.Contains(answer, "command\"") {
					t.Errorf("commands: %s", answer)
				}
			})
		}
	}
}
