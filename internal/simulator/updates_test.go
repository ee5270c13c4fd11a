package simulator

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
)

func mustSay(t testing.TB, s *Server, chat int64, text string) int {
	t.Helper()
	id, err := s.Say(chat, text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestGetUpdatesOffsets(t *testing.T) {
	s, url := start(t, Options{})
	for _, text := range []string{"/start abc", "dua", "tiga"} {
		mustSay(t, s, melati, text)
	}
	first := poll(t.Context(), t, url, object{"limit": 2})
	if len(first) != 2 || first[0].Message.Text != "/start abc" || first[1].ID != first[0].ID+1 {
		t.Fatalf("first batch = %+v", first)
	}
	m := first[0].Message
	if m.From.ID != melati || m.From.IsBot || m.From.LanguageCode != "id" || m.Chat.Type != "private" || m.Chat.FirstName != "Melati" {
		t.Errorf("message = %+v", m)
	}
	if len(m.Entities) != 1 || m.Entities[0].Type != models.MessageEntityTypeBotCommand || m.Entities[0].Length != 6 {
		t.Errorf("entities = %+v", m.Entities)
	}
	if again := poll(t.Context(), t, url, object{}); len(again) != 3 {
		t.Errorf("unconfirmed updates: %d, want 3", len(again))
	}
	if rest := poll(t.Context(), t, url, object{"offset": first[1].ID + 1}); len(rest) != 1 || rest[0].Message.Text != "tiga" {
		t.Errorf("after the offset: %+v", rest)
	}
	mustSay(t, s, melati, "empat")
	if last := poll(t.Context(), t, url, object{"offset": -1}); len(last) != 1 || last[0].Message.Text != "empat" {
		t.Errorf("offset -1: %+v", last)
	}
	if rest := poll(t.Context(), t, url, object{}); len(rest) != 1 {
		t.Errorf("a negative offset forgets what is before: %d left", len(rest))
	}
	s.Clock().Advance(25 * time.Hour)
	if old := poll(t.Context(), t, url, object{}); len(old) != 0 {
		t.Errorf("updates live a day, got %+v", old)
	}
	s.Clock().Advance(7 * 24 * time.Hour)
	mustSay(t, s, melati, "lama tak jumpa")
	fresh := poll(t.Context(), t, url, object{"offset": first[0].ID + 1_000_000_000})
	if len(fresh) != 1 || fresh[0].ID == first[0].ID+4 {
		t.Errorf("ids start anew after a quiet week, whatever the offset: %+v", fresh)
	}
}

func TestAllowedUpdates(t *testing.T) {
	s, url := start(t, Options{})
	id := mustSay(t, s, melati, "satu")
	poll(t.Context(), t, url, object{"allowed_updates": []string{"edited_message"}, "offset": -1})
	mustSay(t, s, melati, "dua")
	if _, err := s.EditOwn(melati, id, "satu, diperbaiki"); err != nil {
		t.Fatal(err)
	}
	got := poll(t.Context(), t, url, object{})
	if len(got) != 2 || got[1].EditedMessage == nil || got[1].EditedMessage.Text != "satu, diperbaiki" {
		t.Errorf("updates = %+v", got)
	}
}

func TestLongPollConflict(t *testing.T) {
	s, url := start(t, Options{})
	first := make(chan answerOf, 1)
	go func() {
		got, err := ask(t.Context(), t, url, "getUpdates", object{"timeout": 50})
		if err != nil {
			t.Error(err)
		}
		first <- got
	}()
	untilPolling(t, s)
	second := make(chan answerOf, 1)
	go func() {
		got, err := ask(t.Context(), t, url, "getUpdates", object{"timeout": 50})
		if err != nil {
			t.Error(err)
		}
		second <- got
	}()
	if got := <-first; got.Code != 409 || !strings.HasPrefix(got.Description, "Conflict: terminated by other getUpdates request") {
		t.Errorf("first poll: %+v", got)
	}
	mustSay(t, s, melati, "halo")
	if got := <-second; !got.OK || !strings.Contains(string(got.Result), `"halo"`) {
		t.Errorf("second poll: %+v", got)
	}
	updates := poll(t.Context(), t, url, object{"timeout": 50})
	third := make(chan []models.Update, 1)
	go func() { third <- poll(t.Context(), t, url, object{"timeout": 50, "offset": updates[0].ID + 1}) }()
	untilPolling(t, s)
	s.Clock().Advance(time.Minute)
	if got := <-third; len(got) != 0 {
		t.Errorf("poll after its time: %+v", got)
	}
}

// untilPolling waits for a long poll to be under way.
func untilPolling(t *testing.T, s *Server) {
	t.Helper()
	for t.Context().Err() == nil {
		s.queue.mu.Lock()
		polling := s.queue.poll != nil
		s.queue.mu.Unlock()
		if polling {
			return
		}
		runtime.Gosched()
	}
}

// hookBot is a webhook that answers with a list of statuses, then with 200.
type hookBot struct {
	mu       sync.Mutex
	statuses []int
	reply    string
	got      chan string
}

func (h *hookBot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h.mu.Lock()
	status := http.StatusOK
	if len(h.statuses) > 0 {
		status, h.statuses = h.statuses[0], h.statuses[1:]
	}
	h.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	io.WriteString(w, h.reply)
	var u models.Update
	if err := json.Unmarshal(body, &u); err != nil || u.Message == nil {
		h.got <- "unreadable"
		return
	}
	h.got <- r.Header.Get("X-Telegram-Bot-Api-Secret-Token") + " " + http.StatusText(status) + " " + u.Message.Text
}

func TestWebhook(t *testing.T) {
	s, url := start(t, Options{})
	hook := &hookBot{statuses: []int{503, 500, 500}, got: make(chan string, 16)}
	web := httptest.NewServer(hook)
	defer web.Close()
	mustSay(t, s, melati, "satu")
	mustCall(t, url, "setWebhook", object{"url": web.URL, "secret_token": "rahasia", "max_connections": 2})
	if got, _ := ask(t.Context(), t, url, "getUpdates", object{}); got.Code != 409 || !strings.Contains(got.Description, "can't use getUpdates method while webhook is active") {
		t.Errorf("getUpdates with a webhook: %+v", got)
	}
	next := func(want string) {
		t.Helper()
		if got := <-hook.got; got != want {
			t.Fatalf("delivery = %q, want %q", got, want)
		}
	}
	next("rahasia Service Unavailable satu")
	next("rahasia Internal Server Error satu") // the first retry comes at once
	untilFails(t, s, 2)
	var info models.WebhookInfo
	if err := json.Unmarshal(mustCall(t, url, "getWebhookInfo", nil), &info); err != nil {
		t.Fatal(err)
	}
	if info.URL != web.URL || info.PendingUpdateCount != 1 || info.LastErrorMessage != "Wrong response from the webhook: 500 Internal Server Error" || info.MaxConnections != 2 {
		t.Errorf("info = %+v", info)
	}
	mustSay(t, s, melati, "dua") // waits behind "satu"
	s.Clock().Advance(2 * time.Second)
	next("rahasia Internal Server Error satu")
	untilFails(t, s, 3)
	s.Clock().Advance(4 * time.Second)
	next("rahasia OK satu")
	next("rahasia OK dua")
	hook.mu.Lock()
	hook.reply = `{"method":"sendMessage","chat_id":501,"text":"lewat jawaban"}`
	hook.mu.Unlock()
	mustSay(t, s, melati, "tiga")
	next("rahasia OK tiga")
	wait(t, s, func(list []Message) bool { return list[len(list)-1].Text == "lewat jawaban" })
	mustCall(t, url, "deleteWebhook", nil)
	mustSay(t, s, melati, "empat")
	if got := poll(t.Context(), t, url, object{}); len(got) != 1 {
		t.Errorf("after deleteWebhook: %+v", got)
	}
}

// wait waits for the chat of Melati.
func wait(t *testing.T, s *Server, ok func([]Message) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.Wait(ctx, melati, ok); err != nil {
		t.Fatal(err)
	}
}

// untilFails waits until the first pending update has failed n times.
func untilFails(t *testing.T, s *Server, n int) {
	t.Helper()
	for t.Context().Err() == nil {
		s.queue.mu.Lock()
		fails, changed := s.queue.pending[0].fails, s.queue.changed
		s.queue.mu.Unlock()
		if fails >= n {
			return
		}
		<-changed
	}
}

func TestWebhookOrder(t *testing.T) {
	s, url := start(t, Options{})
	s.AddChat(502, "Mawar", "peserta")
	hook := &hookBot{got: make(chan string, 100)}
	web := httptest.NewServer(hook)
	defer web.Close()
	mustCall(t, url, "setWebhook", object{"url": web.URL})
	var want []string
	for i := range 20 {
		text := string(rune('a' + i))
		mustSay(t, s, melati, text)
		mustSay(t, s, 502, strings.ToUpper(text))
		want = append(want, text)
	}
	var got []string
	for range 40 {
		text := strings.TrimPrefix(<-hook.got, " OK ")
		if text >= "a" {
			got = append(got, text)
		}
	}
	if strings.Join(got, "") != strings.Join(want, "") {
		t.Errorf("order in a chat = %v", got)
	}
}
