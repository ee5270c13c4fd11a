package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
)

// What people and their phones do that nobody planned for.

func TestFaultUpdateDeliveredTwice(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.sim.Faults().Duplicate(1000)
	h.summary()
	h.press(rinaChat, "Simpan")
	h.shows(rinaChat, "Tersimpan")
	h.recorded(1)
}

func TestFaultButtonPressedTwice(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.summary()
	twice := func(label string) {
		t.Helper()
		first, second := h.async(rinaChat, label), h.async(rinaChat, label)
		a, b := h.heard(first).Text, h.heard(second).Text
		h.quiet()
		if (a == "") == (b == "") || !strings.Contains(a+b, "Tombol itu sudah lewat") {
			t.Errorf("%s: one press acts and one is told that it was late, not %q and %q", label, a, b)
		}
	}
	twice("Ubah")
	h.shows(rinaChat, "Mana yang mau diubah?")
	h.press(rinaChat, "Kembali")
	twice("Simpan")
	h.shows(rinaChat, "Tersimpan")
	h.recorded(1)
	twice("Batalkan")
	if stand, undone := h.standing(); stand != 0 || undone != 1 {
		t.Errorf("%d stand, %d taken back", stand, undone)
	}
}

func TestFaultTapAfterText(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	message, today, _ := h.button(rinaChat, "Hari ini")
	h.say(rinaChat, "kemarin")
	h.shows(rinaChat, "Kunjungan untuk apa?")
	if toast := h.pressData(rinaChat, message, today); !strings.Contains(toast, "Tombol itu sudah lewat") {
		t.Errorf("toast %q", toast)
	}
	h.shows(rinaChat, "Kunjungan untuk apa?", "24 Nov")
	h.presses(rinaChat, "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
	if got := h.answers(); !strings.Contains(got, `"tanggal":"2026-11-24"`) {
		t.Errorf("on record: %s", got)
	}
}

func TestFaultPressAnsweredTooLate(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.summary()
	h.fault(simulator.Fault{Kind: "latency", Method: "answerCallbackQuery", Latency: "170s", Count: 1})
	answer := h.async(rinaChat, "Simpan")
	h.struck()
	h.time.Advance(3 * time.Minute) // Telegram takes an answer for 150 seconds
	h.quiet()
	select {
	case a := <-answer:
		t.Errorf("answered after three minutes: %v", a)
	default:
	}
	h.shows(rinaChat, "Tersimpan")
	h.recorded(1)
	h.press(rinaChat, "Catat lagi") // on the same card, much later
	h.shows(rinaChat, "Siapa yang ditengok")
	if dead := h.dead(); len(dead) > 0 {
		t.Errorf("dead letters: %v", dead)
	}
}

func TestFaultPhotoInsteadOfAnAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	for name, in := range map[string]simulator.Input{
		"photo": {Photo: []byte("x"), Caption: "rumahnya"}, "voice": {Voice: &simulator.Attachment{Data: []byte("x")}},
		"place": {Location: &simulator.Location{Latitude: -2.9, Longitude: 104.7}}, "forwarded": {Text: "dari grup", Forward: "Ani"},
	} {
		sent := h.send(rinaChat, in)
		h.shows(rinaChat, "belum boleh menerima foto", "Kapan?")
		for _, m := range h.sim.Messages(rinaChat, sent.MessageID-1)[:1] {
			if !m.Deleted {
				t.Errorf("the %s stays in the chat", name)
			}
		}
	}
	h.presses(rinaChat, "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
	h.recorded(1)
}

// TestFaultPhotoBeforeAnythingElse: the menu that answers it works, though it was never asked for.
func TestFaultPhotoBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.send(rinaChat, simulator.Input{Photo: []byte("x")})
	h.shows(rinaChat, "belum boleh menerima foto", "Mau mencatat apa?")
	if toast := h.press(rinaChat, "Kunjungan"); toast != "" {
		t.Errorf("toast %q", toast)
	}
	h.shows(rinaChat, "Siapa yang ditengok")
}

func TestFaultOddTexts(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	if err := h.store.AddParticipant(t.Context(), program.Participant{Agreed: program.OnPaper, Code: "H-100", Alias: "<b>Sri & \"I\"</b>", Stage: program.Trading, Companion: "rina"}); err != nil {
		t.Fatal(err)
	}
	h.say(rinaChat, "/kunjungan")
	h.say(rinaChat, "H-100")
	h.shows(rinaChat, "Kapan?", `H-100 · <b>Sri & "I"</b>`) // as it was given, and not in bold
	long := strings.Repeat("panjang ", 512)
	h.say(rinaChat, long)
	h.shows(rinaChat, "Kapan?")
	h.say(rinaChat, "ke\u200bmarin") // with a zero-width space, as copied texts have
	h.shows(rinaChat, "Kunjungan untuk apa?", "24 Nov")
	h.presses(rinaChat, "Ke rumah", "Tercapai", "Tidak ada", "Tidak")
	for _, note := range []string{"<i>ramai</i> & <script>laris", "\u202eterbalik\u202c dan \u0645\u0631\u062d\u0628\u0627 juga"} {
		h.say(rinaChat, note)
		h.press(rinaChat, "Ya, catatan")
		h.shows(rinaChat, strings.Trim(strings.ReplaceAll(note, "\u202c", ""), "\u202e")) // letters only: no sign that turns the card round
	}
	h.say(rinaChat, long)
	h.shows(rinaChat, "Saya catat begini ya")
	h.say(rinaChat, "\u200b\u200d\u200b\u200d\u200b")
	h.shows(rinaChat, "Saya catat begini ya")
	h.press(rinaChat, "Simpan")
	h.shows(rinaChat, "Tersimpan", `H-100 · <b>Sri & "I"</b>`)
	var saved wish
	if err := json.Unmarshal([]byte(h.answers()), &saved); err != nil || !strings.Contains(saved.Note, "<i>ramai</i> & <script>laris\n") {
		t.Errorf("note %q, %v", saved.Note, err)
	}
	if dead := h.dead(); len(dead) > 0 {
		t.Errorf("dead letters: %v", dead)
	}
}

func TestFaultEditedMessage(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	sent := h.send(rinaChat, simulator.Input{Text: "melati"})
	h.shows(rinaChat, "Kapan?", "M-417")
	if _, err := h.sim.EditOwn(rinaChat, sent.MessageID, "kenanga"); err != nil {
		t.Fatal(err)
	}
	h.quiet()
	h.shows(rinaChat, "Kapan?", "M-417")
}

func TestFaultCardDeletedByThePerson(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	message, data, _ := h.button(rinaChat, "M-417 · Melati")
	h.call("deleteMessage", "chat_id=102&message_id="+jsonNumber(message))
	h.pressData(rinaChat, message, data) // she pressed before it was gone
	h.shows(rinaChat, "Kapan?")
	h.presses(rinaChat, "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
	h.recorded(1)
}

func jsonNumber(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func TestFaultGroup(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	const group = -100200
	h.sim.AddGroup(group, "Ibu-ibu RT 4", "")
	h.quiet()
	if n := len(h.sim.Messages(group, 0)); n != 0 {
		t.Errorf("the bot said %d things in a group", n)
	}
	if got := h.call("sendMessage", "chat_id=-100200&text=x"); !strings.Contains(got, "403") {
		t.Errorf("it is still there: %s", got)
	}
}

func TestFaultStranger(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	for _, text := range []string{"/start", "halo", "/kunjungan", "ini siapa?", "M-417", "Melati", "/menu"} {
		h.time.Advance(15 * time.Minute) // or it would be silent in the end
		h.say(strangerChat, text)
		if got := h.shown(strangerChat); got != "< Halo, ini layanan catatan usaha.\n" {
			t.Errorf("%q is answered with\n%s", text, got)
		}
	}
	h.time.Advance(time.Hour)
	h.say(strangerChat, "/start tebakan")
	if got := h.shown(strangerChat); got != "< Halo, ini layanan catatan usaha. Kode tidak dikenal.\n" {
		t.Errorf("a guessed invitation is answered with\n%s", got)
	}
	h.send(strangerChat, simulator.Input{Photo: []byte("x")})
	if n := h.bots(strangerChat); n != 9 {
		t.Errorf("%d answers to nine messages", n)
	}
}

func TestFaultDraftLeftAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan") // at ten
	h.press(rinaChat, "M-417 · Melati")
	cards := h.bots(rinaChat)
	next := func(d time.Duration) {
		h.time.Advance(d)
		h.quiet()
		h.until("what is due has been looked at", func() bool {
			at, some, err := h.store.NextDeadline(t.Context())
			return err == nil && (!some || at.After(h.time.Now()))
		})
		h.quiet()
	}
	sees := func(what string, n int) {
		t.Helper()
		h.shows(rinaChat, what)
		if got := h.bots(rinaChat); got != cards+n {
			t.Errorf("%d messages more, want %d; the last is\n%s", got-cards, n, h.shown(rinaChat))
		}
	}
	next(time.Hour + 50*time.Minute)
	sees("Kapan?", 0)
	next(15 * time.Minute) // two hours after she left it
	sees("Mau dilanjutkan?", 1)
	next(12 * time.Hour) // shortly after midnight
	sees("Mau dilanjutkan?", 1)
	next(8 * time.Hour) // the next morning
	sees("Mau dilanjutkan?", 2)
	next(2 * time.Hour) // a day
	sees("Isian kemarin saya buang", 3)
	next(48 * time.Hour)
	sees("Isian kemarin saya buang", 3)
	h.recorded(0)
}

func TestFaultDraftExpiresInTheNight(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.time.Advance(13 * time.Hour) // eleven in the evening
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	to := func(d time.Duration, says string, cards int) {
		t.Helper()
		before := h.bots(rinaChat)
		h.time.Advance(d)
		h.until(says, func() bool { return strings.Contains(h.shown(rinaChat), says) })
		h.quiet()
		if n := h.bots(rinaChat) - before; n != cards {
			t.Errorf("%d messages more with %q, want %d", n, says, cards)
		}
	}
	to(3*time.Hour, "Kapan?", 0) // nobody is reminded at two in the night
	to(6*time.Hour+time.Minute, "Mau dilanjutkan?", 1)
	to(15*time.Hour, "Isian kemarin saya buang", 0) // the card changes, and no phone rings
}
