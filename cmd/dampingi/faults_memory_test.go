package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What is remembered of a chat must never be taken for something else.

func TestFaultCaseloadChangesUnderAnOpenPicker(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	message, data, ok := h.button(rinaChat, "M-417 · Melati")
	if !ok {
		t.Fatal(h.shown(rinaChat))
	}
	// Never seen, she now stands first, where Melati stood.
	newcomer := program.Participant{Agreed: program.OnPaper, Code: "N-111", Alias: "Nusa", Stage: program.Trading, Companion: "rina"}
	if err := h.store.AddParticipant(t.Context(), newcomer); err != nil {
		t.Fatal(err)
	}
	h.pressData(rinaChat, message, data)
	h.presses(rinaChat, "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
	if got := h.reports()[0].Participant; got != "M-417" {
		t.Errorf("pressed M-417, and the report is about %s", got)
	}
}

func TestFaultCaseloadChangesAndTheCardIsShownAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	message, data, _ := h.button(rinaChat, "M-417 · Melati")
	newcomer := program.Participant{Agreed: program.OnPaper, Code: "N-111", Alias: "Nusa", Stage: program.Trading, Companion: "rina"}
	if err := h.store.AddParticipant(t.Context(), newcomer); err != nil {
		t.Fatal(err)
	}
	h.pressData(rinaChat, message, "1.nonsense") // a stale press draws the card anew, with Nusa first
	if toast := h.pressData(rinaChat, message, data); toast == "" {
		t.Error("a button of the card before was taken for one of the present card")
	}
	h.press(rinaChat, "M-417 · Melati")
	if !strings.Contains(h.shown(rinaChat), "Siapa: M-417") {
		t.Error(h.shown(rinaChat))
	}
}

func TestFaultChatChangesHands(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	sari := program.Person{ID: "sari", Role: program.Companion, Name: "Sari", Lang: "id", Active: true}
	if err := h.store.AddPerson(t.Context(), sari); err != nil {
		t.Fatal(err)
	}
	h.say(rinaChat, "/kunjungan")
	h.presses(rinaChat, "M-417 · Melati", "Hari ini")
	h.say(rinaChat, "/menu")
	h.say(strangerChat, "/start "+h.invite("rina")) // Rina has a new phone,
	h.say(rinaChat, "/start "+h.invite("sari"))     // and Sari has her old one.
	h.say(rinaChat, "/menu")
	if s := h.shown(rinaChat); strings.Contains(s, "Melati") || !strings.Contains(s, "Sari") {
		t.Errorf("Sari sees what was Rina's:\n%s", s)
	}
}

// TestFaultButtonOfWhoeverHadTheChatBefore: it shows her successor the menu and begins nothing,
// and the menu works.
func TestFaultButtonOfWhoeverHadTheChatBefore(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/menu")
	message, data, ok := h.button(rinaChat, "Kunjungan")
	if !ok {
		t.Fatal(h.shown(rinaChat))
	}
	h.say(strangerChat, "/start "+h.invite("rina"))
	sari := program.Person{ID: "sari", Role: program.Companion, Name: "Sari", Lang: "id", Active: true}
	if err := h.store.AddPerson(t.Context(), sari); err != nil {
		t.Fatal(err)
	}
	if err := h.store.BindChat(t.Context(), "sari", rinaChat); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if toast := h.pressData(rinaChat, message, data); !strings.Contains(toast, "sudah lewat") {
			t.Errorf("a button of Rina's card was taken for one of Sari's: %q", toast)
		}
		h.shows(rinaChat, "Sari", "Mau mencatat apa?")
	}
	if toast := h.press(rinaChat, "Kunjungan"); toast != "" {
		t.Errorf("toast %q", toast)
	}
	h.shows(rinaChat, "Siapa yang ditengok")
}

func TestFaultCancelAfterTakingBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.summary()
	h.presses(rinaChat, "Simpan", "Batalkan", "Menu")
	h.say(rinaChat, "/batal")
	if s := h.shown(rinaChat); strings.Contains(s, "Tersimpan") || !strings.Contains(s, "Sudah saya batalkan") {
		t.Errorf("told that it is on record:\n%s", s)
	}
}

func TestFaultDraftsEndInTimeWhateverElseIsDone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	h.presses(rinaChat, "M-417 · Melati", "Hari ini")
	h.say(rinaChat, "/menu")
	for range 25 {
		h.time.Advance(time.Hour)
		h.settle()
		h.say(rinaChat, "/usaha")
		h.say(rinaChat, "/menu")
	}
	if s := h.shown(rinaChat); strings.Contains(s, "Melati") {
		t.Errorf("still there after 25 hours:\n%s", s)
	}
}

func TestFaultWrittenLongBeforeItCameIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	body := `{"update_id":7700001,"message":{"message_id":77001,"date":1795575600,"from":{"id":102},"chat":{"id":102,"type":"private"},"text":"hari ini"}}`
	wrote := time.Unix(1795575600, 0) // Wednesday the 25th, ten in the morning
	rows, err := h.store.Receive(t.Context(), []turn.Row{{UpdateID: 7700001, Body: []byte(body), At: wrote.Add(20 * time.Hour)}})
	if err != nil {
		t.Fatal(err)
	}
	h.lanes.Deliver(rows, func() {})
	h.quiet()
	if s := h.shown(rinaChat); !strings.Contains(s, "Rabu, 25 Nov") {
		t.Errorf("written on Wednesday, taken for another day:\n%s", s)
	}
}

func TestFaultAnswersAreForgottenWithTheUndoWindow(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.summary()
	h.press(rinaChat, "Simpan")
	before := h.remembered(rinaChat)
	h.time.Advance(program.UndoWindow + time.Minute)
	h.settle()
	if after := h.remembered(rinaChat); after >= before-40 {
		t.Errorf("%d bytes remembered before, %d after: the answers are still there", before, after)
	}
}

// remembered is how many bytes are kept of a chat.
func (h *house) remembered(chat int64) int {
	h.t.Helper()
	saved, err := h.store.Load(h.t.Context(), h.store.ChatKey(chat))
	if err != nil {
		h.t.Fatal(err)
	}
	return len(saved.Data)
}
