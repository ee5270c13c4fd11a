package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/simulator"
)

// What Telegram and the line to it do.

func TestFaultTooManyRequests(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.fault(simulator.Fault{Kind: "429", Method: "sendMessage", Chat: rinaChat, Count: 1, RetryAfter: 40})
	for _, text := range []string{"/kunjungan", "melati", "kemarin"} {
		if _, err := h.sim.Say(rinaChat, text); err != nil {
			t.Fatal(err)
		}
	}
	h.struck()
	h.sayBeside(yuliChat, "/menu") // others are answered meanwhile
	if n := h.bots(rinaChat); n != 0 {
		t.Errorf("%d messages before Telegram allowed any", n)
	}
	h.time.Advance(39 * time.Second)
	if n := h.bots(rinaChat); n != 0 {
		t.Errorf("%d messages before Telegram allowed any", n)
	}
	h.calm()
	var asked []string
	for _, m := range h.sim.Messages(rinaChat, 0) {
		if m.From.IsBot {
			asked = append(asked, m.Text[strings.LastIndexByte(m.Text, '\n')+1:])
		}
	}
	want := "Siapa yang ditengok, Kak? Kapan? Kunjungan untuk apa?"
	if got := strings.Join(asked, " "); got != want {
		t.Errorf("asked %q, want %q", got, want)
	}
}

// sayBeside lets somebody write while another chat is held up, and waits for her answer alone.
func (h *house) sayBeside(chat int64, text string) {
	h.t.Helper()
	before := h.bots(chat)
	if _, err := h.sim.Say(chat, text); err != nil {
		h.t.Fatal(err)
	}
	h.until("an answer", func() bool { return h.bots(chat) > before })
}

func TestFaultServerErrorsWhileSending(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	for i, kind := range []string{"500", "502", "cut_before", "cut_after", "504", "cut_after"} {
		h.fault(simulator.Fault{Kind: kind, Method: "editMessageText", Count: 1 + i%2})
		label := []string{"M-417 · Melati", "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak"}[i]
		h.async(rinaChat, label)
		h.struck()
		h.calm()
	}
	h.fault(simulator.Fault{Kind: "cut_after", Method: "sendMessage", Count: 1}) // sent, and nobody knows
	if _, err := h.sim.Say(rinaChat, "jualan ramai"); err != nil {
		t.Fatal(err)
	}
	h.struck()
	h.calm()
	h.press(rinaChat, "Ya, catatan")
	h.press(rinaChat, "Simpan")
	h.shows(rinaChat, "Tersimpan")
	h.recorded(1)
	if dead := h.dead(); len(dead) > 0 {
		t.Errorf("dead letters: %v", dead)
	}
}

func TestFaultServerErrorsWhilePolling(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.summary()
	for _, kind := range []string{"502", "cut_before", "cut_after"} {
		h.fault(simulator.Fault{Kind: kind, Method: "getUpdates", Count: 1})
	}
	answer := h.async(rinaChat, "Simpan")
	h.struck()
	h.quiet()
	h.heard(answer)
	h.shows(rinaChat, "Tersimpan")
	h.recorded(1)
}

func TestFaultBlockedByThePerson(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	reachable := func(want bool) {
		t.Helper()
		if got, err := h.store.Reachable(t.Context(), rinaChat); err != nil || got != want {
			t.Errorf("reachable: %v %v, want %v", got, err, want)
		}
	}
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	reachable(true)
	// She deletes the bot while an answer is on its way: Telegram's news of it comes later.
	h.fault(simulator.Fault{Kind: "403", Method: "sendMessage", Chat: rinaChat, Count: 1})
	h.say(rinaChat, "kemarin")
	h.until("she counts as unreachable", func() bool {
		ok, err := h.store.Reachable(t.Context(), rinaChat)
		return err == nil && !ok
	})
	if err := h.sim.Faults().Block(rinaChat); err != nil {
		t.Fatal(err)
	}
	h.quiet()
	reachable(false)
	h.say(yuliChat, "/menu")
	h.shows(yuliChat, "Yuli")
	h.say(rinaChat, "home visit") // writing lets the bot in again, and her report is where it was
	reachable(true)
	h.shows(rinaChat, "Bagaimana hasilnya?", "24 Nov")
	h.presses(rinaChat, "Tercapai", "Tidak ada", "Tidak", "Simpan")
	h.recorded(1)
}

func TestFaultUpdateOfUnknownShape(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	h.fault(simulator.Fault{Kind: "502", Method: "getUpdates", Count: 1}) // so that all come in one batch
	h.sim.Faults().UnknownUpdate()
	h.sim.Faults().Update(map[string]json.RawMessage{"message": raw(`{"message_id":"many","chat":{"id":[1]}}`)})
	h.sim.Faults().Update(map[string]json.RawMessage{"message": raw(`{"message_id":7}`)})
	h.sim.Faults().Update(map[string]json.RawMessage{"callback_query": raw(`{"id":"1","message":{"chat":{"id":102,"type":"private"}},"data":null}`)})
	h.say(rinaChat, "/kunjungan")
	h.shows(rinaChat, "Siapa yang ditengok")
	dead := h.dead()
	if len(dead) != 2 || dead[0].Origin != "inbox" {
		t.Errorf("dead letters: %v", dead)
	}
	if waiting, err := h.store.Pending(t.Context()); err != nil || len(waiting) > 0 {
		t.Errorf("still in the inbox: %v %v", waiting, err)
	}
	if got := strings.Count(log.String(), "undecodable"); got != 2 {
		t.Errorf("%d alerts", got)
	}
}

func TestFaultMessageNotModified(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	h.summary()
	before := h.shown(rinaChat)
	m, _, _ := h.button(rinaChat, "Simpan")
	for range 3 { // a stale press draws the card as it is
		h.pressData(rinaChat, m, "0.save")
	}
	if got := h.shown(rinaChat); got != before || h.bots(rinaChat) != 1 {
		t.Errorf("%d messages, the last is\n%s", h.bots(rinaChat), got)
	}
	if dead := h.dead(); len(dead) > 0 || strings.Contains(log.String(), "level=WARN") || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("dead letters %v, logged:\n%s", dead, log)
	}
}

func TestFaultTextThatTelegramCannotParse(t *testing.T) {
	t.Parallel()
	log := &notes{}
	refuse := func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: Unsupported start tag \"sri\" at byte offset 7"}`))
	}
	h := newHouse(t, houseOptions{logs: log, wrap: once(func(method string, body []byte) bool {
		return method == "sendMessage" && bytes.Contains(body, []byte(`"parse_mode":"HTML"`))
	}, refuse)})
	h.say(rinaChat, "/kunjungan")
	h.shows(rinaChat, "Siapa yang ditengok, Kak?")
	h.press(rinaChat, "M-417 · Melati")
	h.shows(rinaChat, "Kapan?")
	if !strings.Contains(log.String(), "plain text") || strings.Contains(log.String(), "sri") {
		t.Errorf("the administrator is told so, and nothing of what was said:\n%s", log)
	}
}

func TestFaultWrongToken(t *testing.T) {
	t.Parallel()
	sim := simulator.New(simulator.Options{Token: houseToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot"})
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(func() { sim.Close(); server.Close() })
	dir := t.TempDir()
	if code, _, said := ended(t, "init", "--data-dir", dir); code != exitDone {
		t.Fatal(said)
	}
	for _, way := range [][]string{nil, {"--webhook-url", "http://127.0.0.1:1/hook", "--webhook-secret", "rahasia"}} {
		code, _, said := ended(t, append([]string{"serve", "--data-dir", dir, "--telegram-token", "43:other", "--telegram-api-url", server.URL, "--listen", "127.0.0.1:0"}, way...)...)
		if code != exitWrong || !strings.Contains(said, "the token is not accepted") || strings.Contains(said, "43:other") {
			t.Errorf("%v: exit %d:\n%s", way, code, said)
		}
	}
}

func TestFaultSomebodyElsePolls(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	h.summary()
	// Somebody with the same token and without our lease takes the place of our poll, and the
	// update with it. It is not confirmed, so it comes to us in the end.
	taken := make(chan string, 1)
	go func() { taken <- h.call("getUpdates", "timeout=20") }()
	h.until("our poll was ended", func() bool { return strings.Contains(log.String(), "another instance is polling") })
	h.async(rinaChat, "Simpan")
	if got := <-taken; !strings.Contains(got, "save") {
		t.Errorf("the other got %s", got)
	}
	h.until("a receipt", func() bool { return strings.Contains(h.shown(rinaChat), "Tersimpan") })
	h.quiet()
	h.recorded(1)
}
