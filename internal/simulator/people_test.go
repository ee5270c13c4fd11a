package simulator

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// visit makes a request to the people's side.
func visit(t testing.TB, method, url, body string, want int) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	got, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if w.StatusCode != want {
		t.Fatalf("%s %s %s: status %d, want %d: %s", method, url, body, w.StatusCode, want, got)
	}
	return string(got)
}

func TestPeopleOverHTTP(t *testing.T) {
	s, url := start(t, Options{})
	if got := visit(t, "GET", url+"/sim/chats", "", 200); !strings.HasPrefix(got, `[{"id":501,"name":"Melati","role":"peserta"`) {
		t.Errorf("chats = %s", got)
	}
	chat := url + "/sim/chats/501/messages"
	for _, body := range []string{
		`{"text":"/start abc"}`, `{"photo":true,"caption":"ini"}`, `{"voice":{"duration":7}}`,
		`{"document":{"file_name":"a.pdf","data":"JVBERg=="}}`, `{"contact":{"phone_number":"+62","first_name":"A"}}`,
		`{"location":{"latitude":-2.9,"longitude":104.7}}`, `{"sticker":{"emoji":"🌷"}}`, `{"text":"titipan","forward":"Mawar"}`,
	} {
		visit(t, "POST", chat, body, 200)
	}
	got := poll(t.Context(), t, url, object{})
	if len(got) != 8 {
		t.Fatalf("%d updates", len(got))
	}
	if p := got[1].Message; len(p.Photo) == 0 || p.Caption != "ini" {
		t.Errorf("photo = %+v", p)
	}
	if v := got[2].Message.Voice; v == nil || v.Duration != 7 {
		t.Errorf("voice = %+v", v)
	}
	if d := got[3].Message.Document; d == nil || d.FileName != "a.pdf" || d.FileSize != 4 || d.MimeType != "application/pdf" {
		t.Errorf("document = %+v", d)
	}
	if got[4].Message.Contact == nil || got[5].Message.Location == nil || got[6].Message.Sticker.Emoji != "🌷" {
		t.Errorf("contact, location, sticker = %+v", got[4:7])
	}
	if o := got[7].Message.ForwardOrigin; o == nil || o.MessageOriginHiddenUser.SenderUserName != "Mawar" {
		t.Errorf("forward = %+v", o)
	}
	id := got[0].Message.ID
	visit(t, "POST", chat, `{"edit":`+itoa(id)+`,"text":"ganti"}`, 200)
	mustCall(t, url, "deleteMessage", object{"chat_id": melati, "message_id": id + 1})
	var list []Message
	if err := json.Unmarshal([]byte(visit(t, "GET", chat+"?after=0", "", 200)), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 8 || list[0].Text != "ganti" || list[0].EditDate == 0 || !list[1].Deleted {
		t.Errorf("messages = %+v", list)
	}
	if rest := visit(t, "GET", chat+"?after="+itoa(list[7].MessageID), "", 200); rest != "[]" {
		t.Errorf("nothing after the last, got %s", rest)
	}
	visit(t, "POST", chat, `{"text":""}`, 400)
	visit(t, "POST", url+"/sim/chats/9/messages", `{"text":"x"}`, 404)
	visit(t, "POST", url+"/sim/clock", `{"to":"2026-11-30T08:00:00+07:00"}`, 200)
	if got := visit(t, "GET", url+"/sim/clock", "", 200); !strings.HasPrefix(got, `{"now":"2026-11-30T08:00:0`) {
		t.Errorf("clock = %s", got)
	}
	visit(t, "POST", url+"/sim/clock", `{"advance":"168h"}`, 200)
	if got := s.Clock().Now().In(wib).Format(time.DateOnly); got != "2026-12-07" {
		t.Errorf("clock = %s", got)
	}
	visit(t, "POST", url+"/sim/clock", `{}`, 400)
	visit(t, "POST", url+"/sim/clock", `{"next":true}`, 400) // nobody knows
	s.OfferNext(func(context.Context) (time.Time, bool) { return s.Clock().Now().Add(time.Hour), true })
	visit(t, "POST", url+"/sim/clock", `{"next":true}`, 200)
	if got := s.Clock().Now().In(wib).Format(time.DateTime); !strings.HasPrefix(got, "2026-12-07 09:0") {
		t.Errorf("clock = %s", got)
	}
}

func itoa(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func TestGroup(t *testing.T) {
	s, url := start(t, Options{Token: testToken, Username: "dampingi_bot"})
	visit(t, "POST", url+"/sim/chats", `{"id":-77,"name":"Arisan","type":"group"}`, 200)
	got := poll(t.Context(), t, url, object{})
	if len(got) != 1 || got[0].MyChatMember == nil || got[0].MyChatMember.NewChatMember.Type != "member" {
		t.Fatalf("joining = %+v", got)
	}
	mustSay(t, s, -77, "obrolan biasa")
	if _, err := s.Send(-77, Input{Text: "/menu@dampingi_bot", From: melati}); err != nil {
		t.Fatal(err)
	}
	got = poll(t.Context(), t, url, object{"offset": got[0].ID + 1})
	if len(got) != 1 || got[0].Message.From.ID != melati || got[0].Message.Chat.Type != "group" || got[0].Message.Chat.Title != "Arisan" {
		t.Errorf("bots hear commands only: %+v", got)
	}
	mustCall(t, url, "leaveChat", object{"chat_id": -77})
	if got, _ := ask(t.Context(), t, url, "sendMessage", object{"chat_id": -77, "text": "x"}); got.Code != 403 {
		t.Errorf("after leaving: %+v", got)
	}
}

func TestBlocking(t *testing.T) {
	s, url := start(t, Options{})
	send := func() string {
		got, err := ask(t.Context(), t, url, "sendMessage", object{"chat_id": melati, "text": "x"})
		if err != nil {
			t.Fatal(err)
		}
		return got.Description
	}
	visit(t, "POST", url+"/sim/faults", `{"block":[501]}`, 200)
	if got := send(); got != "Forbidden: bot was blocked by the user" {
		t.Errorf("blocked: %q", got)
	}
	mustSay(t, s, melati, "/start") // writing takes the block back
	if got := send(); got != "" {
		t.Errorf("unblocked: %q", got)
	}
	got := poll(t.Context(), t, url, object{})
	if len(got) != 3 || got[0].MyChatMember.NewChatMember.Type != "kicked" || got[1].MyChatMember.NewChatMember.Type != "member" {
		t.Errorf("updates = %+v", got)
	}
	if err := s.Faults().Deactivate(melati); err != nil {
		t.Fatal(err)
	}
	if got := send(); got != "Forbidden: user is deactivated" {
		t.Errorf("deactivated: %q", got)
	}
}

func TestDeletionAfter48Hours(t *testing.T) {
	s, url := start(t, Options{})
	young, old := mustSend(t, url, "a"), mustSend(t, url, "b")
	hers := mustSay(t, s, melati, "c")
	s.Clock().Advance(47 * time.Hour)
	mustCall(t, url, "deleteMessage", object{"chat_id": melati, "message_id": young})
	mustCall(t, url, "deleteMessages", object{"chat_id": melati, "message_ids": []int{hers, 9999}})
	s.Clock().Advance(2 * time.Hour)
	got, err := ask(t.Context(), t, url, "deleteMessage", object{"chat_id": melati, "message_id": old})
	if err != nil || got.Description != "Bad Request: message can't be deleted for everyone" {
		t.Errorf("old message: %v %+v", err, got)
	}
	got, err = ask(t.Context(), t, url, "deleteMessage", object{"chat_id": melati, "message_id": young})
	if err != nil || got.Description != "Bad Request: message to delete not found" {
		t.Errorf("deleted message: %v %+v", err, got)
	}
}

func TestCallbackExpires(t *testing.T) {
	s, url := start(t, Options{PressWait: time.Minute})
	id := mustSend(t, url, "kartu")
	pressed := make(chan error, 1)
	go func() {
		_, err := s.Press(melati, id, "lama")
		pressed <- err
	}()
	got := poll(t.Context(), t, url, object{"timeout": 50})
	s.Clock().Advance(151 * time.Second)
	if err := <-pressed; !errors.Is(err, ErrUnanswered) {
		t.Errorf("press: %v", err)
	}
	answer, err := ask(t.Context(), t, url, "answerCallbackQuery", object{"callback_query_id": got[0].CallbackQuery.ID})
	if err != nil || !strings.Contains(answer.Description, "query is too old") {
		t.Errorf("answer: %v %+v", err, answer)
	}
	if _, err := s.Press(melati, 9999, "x"); !errors.Is(err, ErrNoMessage) {
		t.Errorf("press on nothing: %v", err)
	}
}

func TestEventStream(t *testing.T) {
	s, url := start(t, Options{})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/sim/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	lines := bufio.NewScanner(w.Body)
	lines.Scan() // the retry line: the stream is open
	mustSay(t, s, melati, "halo")
	s.Clock().Advance(time.Hour)
	var events []string
	for len(events) < 2 && lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			events = append(events, name)
		}
	}
	if strings.Join(events, " ") != "message clock" {
		t.Errorf("events = %v", events)
	}
}

func TestPage(t *testing.T) {
	_, url := start(t, Options{})
	for name := range pageTypes {
		path := "/" + name
		if name == "index.html" {
			path = "/"
		}
		if body := visit(t, "GET", url+path, "", 200); strings.Contains(body, "innerHTML") || len(body) < 100 {
			t.Errorf("%s: %d bytes", path, len(body))
		}
	}
}

func TestWaitEnds(t *testing.T) {
	s, _ := start(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Wait(ctx, melati, func([]Message) bool { return false }); !errors.Is(err, context.Canceled) {
		t.Errorf("wait: %v", err)
	}
}

// TestWhatAPhoneAnnounced: the page knows with which words a message came, whatever it says by now;
// the bot, as with Telegram, does not.
func TestWhatAPhoneAnnounced(t *testing.T) {
	s, url := start(t, Options{})
	var sent Message
	if err := json.Unmarshal(mustCall(t, url, "sendMessage", object{"chat_id": melati, "text": "Halo"}), &sent); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"satu", "dua"} {
		edited := mustCall(t, url, "editMessageText", object{"chat_id": melati, "message_id": sent.MessageID, "text": text})
		if strings.Contains(string(edited), "arrived") || strings.Contains(string(edited), "Halo") {
			t.Errorf("the bot is told %s", edited)
		}
	}
	if m := s.Messages(melati, 0)[0]; m.Text != "dua" || m.Arrived != "Halo" {
		t.Errorf("%q came as %q", m.Text, m.Arrived)
	}
	mustCall(t, url, "sendMessage", object{"chat_id": melati, "text": "Halo lagi"})
	if got := visit(t, "GET", url+"/sim/chats/501/messages", "", 200); strings.Count(got, "arrived") != 1 {
		t.Errorf("messages = %s", got)
	}
}

// TestHints are told by the page in both languages; one for nobody is left out.
func TestHints(t *testing.T) {
	s, url := start(t, Options{})
	hint := map[string]string{"id": "Coba /menu", "en": "Try /menu"}
	s.Hint(melati, hint)
	s.Hint(404, hint)
	hint["id"] = "yang lain"
	if got := visit(t, "GET", url+"/sim/chats", "", 200); !strings.Contains(got, `"hint":{"en":"Try /menu","id":"Coba /menu"}`) {
		t.Errorf("chats = %s", got)
	}
}
