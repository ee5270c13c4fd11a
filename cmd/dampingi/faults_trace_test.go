package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// What stands in a chat, and what a lock screen shows of it.

// plan stores a turn of nobody's and sends its messages.
func (h *house) plan(p turn.Plan) {
	h.t.Helper()
	if err := h.store.Commit(h.t.Context(), p); err != nil {
		h.t.Fatal(err)
	}
	h.outbox.Accept(p.Messages...)
	h.quiet()
}

// traces is what is believed to stand in a chat. The store hears of it a moment later than the
// chat shows it, so it is waited for.
func (h *house) traces(chat int64, want ...turn.Trace) {
	h.t.Helper()
	h.until("the traces are known", func() bool {
		all, err := h.store.Traces(h.t.Context(), chat)
		if err != nil {
			h.t.Fatal(err)
		}
		for i := range all {
			all[i].At = time.Time{}
		}
		return slices.Equal(all, want)
	})
}

// messages lists the bot's messages that stand in a chat, as the person sees them.
func (h *house) messages(chat int64) []simulator.Message {
	all := h.sim.Messages(chat, 0)
	return slices.DeleteFunc(all, func(m simulator.Message) bool { return m.Deleted || !m.From.IsBot })
}

// TestFaultMessageTooOldToBeRemoved: the bot was away for two days, and what was to be taken out of a
// chat stays there. She is told once how many, nothing is alarmed about, and it is not tried again.
func TestFaultMessageTooOldToBeRemoved(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	hers, err := h.sim.Say(rinaChat, "/menu")
	if err != nil {
		t.Fatal(err)
	}
	h.quiet()
	h.say(rinaChat, "/menu")
	all := h.sim.Messages(rinaChat, 0)
	menu, typed, card := all[1].MessageID, all[2].MessageID, all[3].MessageID
	h.traces(rinaChat, turn.Trace{Message: hers}, turn.Trace{Message: menu}, turn.Trace{Message: typed}, turn.Trace{Message: card})
	h.time.Advance(49 * time.Hour)
	h.settle()
	failed := func(m int) turn.Trace { return turn.Trace{Message: m, Failed: true} }
	h.traces(rinaChat, failed(hers), failed(menu), failed(typed), turn.Trace{Message: card})
	h.time.Advance(3 * time.Minute)
	h.settle()
	if got := h.replies(rinaChat); !strings.Contains(got[len(got)-1], "Ada 3 pesan lama di sini") {
		t.Errorf("she is told %q", got)
	}
	told := h.bots(rinaChat)
	h.time.Advance(time.Hour)
	h.settle()
	if n := h.bots(rinaChat); n != told {
		t.Errorf("told %d times more", n-told)
	}
	if dead := h.dead(); len(dead) > 0 || strings.Contains(log.String(), "level=WARN") || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("dead letters %v, logged:\n%s", dead, log)
	}
}

// later moves the clock when it is noted when everything was sent, which is a moment after.
func (h *house) later(chat int64, d time.Duration) {
	h.t.Helper()
	stand := 0
	for _, m := range h.sim.Messages(chat, 0) {
		if !m.Deleted {
			stand++
		}
	}
	h.until("all of it is noted", func() bool {
		all, err := h.store.Traces(h.t.Context(), chat)
		return err == nil && len(all) == stand
	})
	h.time.Advance(d)
	h.settle()
}

// TestWhatIsOldIsTakenOutOfTheChat: after a day nothing stands there but the card and what is new.
func TestWhatIsOldIsTakenOutOfTheChat(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "melati kemarin ke rumah, tercapai, tidak ada kendala")
	h.press(rinaChat, "Simpan")
	h.say(rinaChat, "/menu")
	h.later(rinaChat, 23*time.Hour)
	h.say(rinaChat, "/usaha")
	h.later(rinaChat, 90*time.Minute)
	h.nowhere(rinaChat, "melati kemarin")
	h.nowhere(rinaChat, "Tersimpan")
	h.say(rinaChat, "melati")
	h.shows(rinaChat, "Cek usaha", "M-417 · Melati")
	for range 2 { // the unfinished report is thrown away meanwhile, which is told in a new card
		h.later(rinaChat, 25*time.Hour)
	}
	for _, m := range h.sim.Messages(rinaChat, 0) {
		if !m.From.IsBot && !m.Deleted {
			t.Errorf("still there: %q", m.Text)
		}
	}
	if left := h.messages(rinaChat); len(left) != 1 {
		t.Errorf("%d messages stand in the chat:\n%s", len(left), h.seen(rinaChat))
	}
}

func TestFaultBetweenCoverAndText(t *testing.T) {
	t.Parallel()
	const cover, secret = "Halo Kak 🙂 ada kabar.", "Bantuan modal sudah cair"
	var mu sync.Mutex
	var rang []string // what phones rang with
	h := newHouse(t, houseOptions{wrap: func(sim http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			if strings.HasSuffix(r.URL.Path, "/sendMessage") {
				var m struct {
					Text string `json:"text"`
				}
				_ = json.Unmarshal(body, &m)
				mu.Lock()
				rang = append(rang, m.Text)
				mu.Unlock()
			}
			sim.ServeHTTP(w, r)
		})
	}})
	card := func(id string) turn.Message {
		return turn.Message{
			ID: id, Chat: melatiChat, Form: turn.Card, Text: secret, Cover: cover, Fresh: true, Protect: true,
			Buttons: [][]turn.Button{{{Label: "Tutup", Data: "x"}}},
		}
	}
	shows := func(n, at int) {
		t.Helper()
		all := h.messages(melatiChat)
		if len(all) != n || all[at].Text != secret || len(all[at].Buttons()) != 1 || !all[at].HasProtected {
			t.Errorf("%d messages, %v", len(all), all)
		}
	}
	h.plan(turn.Plan{Messages: []turn.Message{card("1")}})
	shows(1, 0)
	for i, kind := range []string{"502", "cut_after", "429"} { // before and after Telegram did it
		h.fault(simulator.Fault{Kind: kind, Method: "editMessageText", Chat: melatiChat, Count: 2, RetryAfter: 3})
		p := turn.Plan{Messages: []turn.Message{card(kind)}}
		if err := h.store.Commit(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		h.outbox.Accept(p.Messages...)
		h.struck()
		h.calm()
		shows(i+2, i+1)
		if before := h.messages(melatiChat)[i]; len(before.Buttons()) != 0 {
			t.Errorf("%s: the card before still has its buttons", kind)
		}
	}
	all := h.messages(melatiChat)
	h.call("deleteMessage", "chat_id=201&message_id="+jsonNumber(all[3].MessageID))
	again := card("again")
	again.Fresh = false
	h.plan(turn.Plan{Messages: []turn.Message{again}}) // she deleted the card: it is sent anew
	shows(4, 3)
	var want []turn.Trace
	for _, m := range h.messages(melatiChat) {
		want = append(want, turn.Trace{Message: m.MessageID})
	}
	h.traces(melatiChat, want...)
	mu.Lock()
	defer mu.Unlock()
	if len(rang) != 5 || slices.ContainsFunc(rang, func(s string) bool { return s != cover }) {
		t.Errorf("phones rang with %q", rang)
	}
}
