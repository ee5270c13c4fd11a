package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

const (
	canaryToken = "700112233:AAcanary-token_0"
	canaryText  = "canary text Melati 08123"
	canaryChat  = 5011223344
)

// answer is what the fake server says to one call.
type answer struct {
	status int
	body   string
	cut    bool
	after  time.Duration
}

func sent(id string) answer {
	return answer{status: 200, body: `{"ok":true,"result":{"message_id":` + id + `,"chat":{"id":5011223344},"text":"` + canaryText + `"}}`}
}

func yes() answer { return answer{status: 200, body: `{"ok":true,"result":true}`} }

func no(code int, description string) answer {
	d, _ := json.Marshal(description)
	c, _ := json.Marshal(code)
	return answer{status: code, body: `{"ok":false,"error_code":` + string(c) + `,"description":` + string(d) + `}`}
}

// api is a fake Bot API server that answers call after call from a list.
type api struct {
	*httptest.Server
	mu      sync.Mutex
	answers []answer
	calls   []string
	bodies  []map[string]any
}

func newAPI(t *testing.T, answers ...answer) *api {
	t.Helper()
	a := &api{answers: answers}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		var body map[string]any
		_ = json.Unmarshal(raw, &body)
		method, ok := strings.CutPrefix(r.URL.Path, "/bot"+canaryToken+"/")
		if !ok {
			t.Errorf("called %q", r.URL.Path)
		}
		a.mu.Lock()
		a.calls, a.bodies = append(a.calls, method), append(a.bodies, body)
		said := no(500, "no answer left")
		if len(a.answers) > 0 {
			said, a.answers = a.answers[0], a.answers[1:]
		}
		a.mu.Unlock()
		select {
		case <-time.After(said.after):
		case <-r.Context().Done(): // whoever asked has gone
		}
		if said.cut {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(said.status)
		_, _ = io.WriteString(w, said.body)
	}))
	t.Cleanup(a.Close)
	return a
}

// called lists the methods called so far.
func (a *api) called() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.calls)
}

// sentBodies lists what came with them.
func (a *api) sentBodies() []map[string]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.bodies)
}

func newTestSender(t *testing.T, a *api, alerts *[]string) *Sender {
	t.Helper()
	patience := time.Minute
	if slices.ContainsFunc(a.answers, func(said answer) bool { return said.after > 0 }) {
		patience = 200 * time.Millisecond // only where it has to end: elsewhere a busy machine may take longer
	}
	s, err := NewSender(SenderOptions{URL: a.URL, Token: canaryToken, Timeout: patience, Alert: func(_ context.Context, what string) {
		*alerts = append(*alerts, what)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSend is the table of what Telegram can say to every form of message.
func TestSend(t *testing.T) {
	cardOf := func(change func(*turn.Message)) turn.Message {
		m := turn.Message{ID: "m1", Chat: canaryChat, Form: turn.Card, Text: "<b>" + canaryText + "</b>", Buttons: [][]turn.Button{{{Label: "Ya", Data: "s1:y"}}}}
		if change != nil {
			change(&m)
		}
		return m
	}
	fresh := cardOf(func(m *turn.Message) { m.Fresh = true })
	final := cardOf(func(m *turn.Message) { m.Final = true })
	notice := cardOf(func(m *turn.Message) { m.Form = turn.Notice })
	toast := turn.Message{Chat: canaryChat, Form: turn.Toast, Callback: "9", Text: canaryText}
	remove := turn.Message{ID: "m1", Chat: canaryChat, Form: turn.Remove, Target: 40}
	leave := turn.Message{ID: "m1", Chat: -100, Form: turn.Leave}
	at := func(card, sent, gone int) turn.Shown { return turn.Shown{Card: card, New: sent, Gone: gone} }
	tests := map[string]struct {
		m       turn.Message
		card    int
		answers []answer
		calls   string
		want    turn.Shown // card, new, gone
		kind    turn.TroubleKind
		after   time.Duration
		alerts  int
	}{
		"first card":         {cardOf(nil), 0, []answer{sent("41")}, "sendMessage", at(41, 41, 0), 0, 0, 0},
		"card in place":      {cardOf(nil), 40, []answer{sent("40")}, "editMessageText", at(40, 0, 0), 0, 0, 0},
		"card not modified":  {cardOf(nil), 40, []answer{no(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")}, "editMessageText", at(40, 0, 0), 0, 0, 0},
		"card is gone":       {cardOf(nil), 40, []answer{no(400, "Bad Request: message to edit not found"), sent("41")}, "editMessageText sendMessage", at(41, 41, 40), 0, 0, 0},
		"card cannot change": {cardOf(nil), 40, []answer{no(400, "Bad Request: message can't be edited"), sent("41")}, "editMessageText sendMessage", at(41, 41, 0), 0, 0, 0},
		"card is gone, then trouble": {
			cardOf(nil), 40, []answer{no(400, "Bad Request: message to edit not found"), no(502, "Bad Gateway")},
			"editMessageText sendMessage", at(0, 0, 40), turn.Passing, 0, 0,
		},
		"fresh card":           {fresh, 40, []answer{sent("41"), yes()}, "sendMessage editMessageReplyMarkup", at(41, 41, 0), 0, 0, 0},
		"fresh card, no strip": {fresh, 40, []answer{sent("41"), no(400, "Bad Request: message to edit not found")}, "sendMessage editMessageReplyMarkup", at(41, 41, 0), 0, 0, 0},
		"first fresh card":     {fresh, 0, []answer{sent("41")}, "sendMessage", at(41, 41, 0), 0, 0, 0},
		"final card":           {final, 40, []answer{sent("40")}, "editMessageText", at(0, 0, 0), 0, 0, 0},
		"bad html":             {notice, 40, []answer{no(400, "Bad Request: can't parse entities: Unsupported start tag \"canary\" at byte offset 1"), sent("41")}, "sendMessage sendMessage", at(40, 41, 0), 0, 0, 1},
		"bad html in place":    {cardOf(nil), 40, []answer{no(400, "Bad Request: can't parse entities: unclosed"), sent("40")}, "editMessageText editMessageText", at(40, 0, 0), 0, 0, 1},
		"notice":               {notice, 40, []answer{sent("41")}, "sendMessage", at(40, 41, 0), 0, 0, 0},
		"too many": {
			notice, 40, []answer{{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 17","parameters":{"retry_after":17}}`}},
			"sendMessage", at(40, 0, 0), turn.Slow, 17 * time.Second, 0,
		},
		"too many, by a proxy": {notice, 40, []answer{{status: 429, body: `slow down`}}, "sendMessage", at(40, 0, 0), turn.Slow, time.Second, 0},
		"blocked":              {notice, 40, []answer{no(403, "Forbidden: bot was blocked by the user")}, "sendMessage", at(40, 0, 0), turn.Unreachable, 0, 0},
		"deactivated":          {notice, 40, []answer{no(403, "Forbidden: user is deactivated")}, "sendMessage", at(40, 0, 0), turn.Unreachable, 0, 0},
		"no such chat":         {notice, 40, []answer{no(400, "Bad Request: chat not found")}, "sendMessage", at(40, 0, 0), turn.Unreachable, 0, 0},
		"too long":             {notice, 40, []answer{no(400, "Bad Request: message is too long")}, "sendMessage", at(40, 0, 0), turn.Refused, 0, 0},
		"refused in new words": {notice, 40, []answer{no(400, "Bad Request: "+canaryText)}, "sendMessage", at(40, 0, 0), turn.Refused, 0, 0},
		"wrong token":          {notice, 40, []answer{no(401, "Unauthorized")}, "sendMessage", at(40, 0, 0), turn.Unauthorized, 0, 0},
		"no token":             {notice, 40, []answer{no(404, "Not Found")}, "sendMessage", at(40, 0, 0), turn.Unauthorized, 0, 0},
		"conflict":             {notice, 40, []answer{no(409, "Conflict: terminated by other getUpdates request")}, "sendMessage", at(40, 0, 0), turn.Conflicted, 0, 0},
		"server error":         {notice, 40, []answer{no(500, "Internal Server Error")}, "sendMessage", at(40, 0, 0), turn.Passing, 0, 0},
		"a proxy's page":       {notice, 40, []answer{{status: 404, body: "<html>" + canaryText}}, "sendMessage", at(40, 0, 0), turn.Passing, 0, 0},
		"half an answer":       {notice, 40, []answer{{status: 200, body: `{"ok":true,"resu`}}, "sendMessage", at(40, 0, 0), turn.Passing, 0, 0},
		"cut":                  {notice, 40, []answer{{cut: true}, {cut: true}}, "sendMessage sendMessage", at(40, 0, 0), turn.Passing, 0, 0},
		"cut, then not":        {notice, 40, []answer{{cut: true}, sent("41")}, "sendMessage sendMessage", at(40, 41, 0), 0, 0, 0},
		"too slow":             {notice, 40, []answer{{status: 200, after: time.Minute}}, "sendMessage", at(40, 0, 0), turn.Passing, 0, 0},
		"toast":                {toast, 40, []answer{yes()}, "answerCallbackQuery", at(40, 0, 0), 0, 0, 0},
		"expired toast":        {toast, 40, []answer{no(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")}, "answerCallbackQuery", at(40, 0, 0), 0, 0, 0},
		"remove":               {remove, 50, []answer{yes()}, "deleteMessage", at(50, 0, 40), 0, 0, 0},
		"remove the card":      {remove, 40, []answer{yes()}, "deleteMessage", at(0, 0, 40), 0, 0, 0},
		"remove what is gone":  {remove, 50, []answer{no(400, "Bad Request: message to delete not found")}, "deleteMessage", at(50, 0, 40), 0, 0, 0},
		"remove what is old":   {remove, 50, []answer{no(400, "Bad Request: message can't be deleted for everyone")}, "deleteMessage", at(50, 0, 0), turn.Refused, 0, 0},
		"leave":                {leave, 0, []answer{yes()}, "leaveChat", at(0, 0, 0), 0, 0, 0},
		"leave what was left":  {leave, 0, []answer{no(403, "Forbidden: bot is not a member of the supergroup chat")}, "leaveChat", at(0, 0, 0), 0, 0, 0},
		"leave, too many": {
			leave, 0, []answer{{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`}},
			"leaveChat", at(0, 0, 0), turn.Slow, 3 * time.Second, 0,
		},
		"leave, cut": {leave, 0, []answer{{cut: true}}, "leaveChat", at(0, 0, 0), turn.Passing, 0, 0},
		"no form":    {turn.Message{}, 40, nil, "", at(40, 0, 0), turn.Refused, 0, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var alerts []string
			a := newAPI(t, tt.answers...)
			got, err := newTestSender(t, a, &alerts).Send(t.Context(), tt.m, tt.card)
			if got != tt.want {
				t.Errorf("shown %+v, want %+v", got, tt.want)
			}
			if got := strings.Join(a.called(), " "); got != tt.calls {
				t.Errorf("called %s, want %s", got, tt.calls)
			}
			if (err == nil) != (tt.kind == 0) || err != nil && kindOf(err) != tt.kind {
				t.Errorf("error %v of kind %d, want %d", err, kindOf(err), tt.kind)
			}
			if tr := troubleOf(err); err != nil && (tr == nil || tr.After != tt.after) {
				t.Errorf("trouble %#v, want After %v", tr, tt.after)
			}
			if len(alerts) != tt.alerts {
				t.Errorf("alerts %q", alerts)
			}
			noCanary(t, err, alerts)
		})
	}
}

// noCanary looks for what must not be in any error, at any depth.
func noCanary(t *testing.T, err error, more []string) {
	t.Helper()
	all := strings.Join(more, "\n")
	for e := err; e != nil; e = errors.Unwrap(e) {
		all += "\n" + e.Error()
	}
	for _, canary := range []string{canaryToken, "canary", "Melati", "5011223344", "127.0.0.1"} {
		if strings.Contains(all, canary) {
			t.Errorf("%q is in an error or alert: %s", canary, all)
		}
	}
}

// TestBodies holds the bodies against JSON and against what Telegram documents.
func TestBodies(t *testing.T) {
	a := newAPI(t, sent("41"), sent("41"), yes(), yes(), sent("42"))
	var alerts []string
	s := newTestSender(t, a, &alerts)
	odd := "a\"\\\n\t\x01é🙂\xff<i>"
	m := turn.Message{ID: "m", Chat: canaryChat, Form: turn.Card, Text: odd, Protect: true, Buttons: [][]turn.Button{{{Label: "Ya", Data: "y"}, {Label: "Ti\"dak", Data: "n"}}, {{Label: "Batal", Data: "x"}}}}
	for i, m := range []turn.Message{
		m, m,
		{Chat: canaryChat, Form: turn.Toast, Callback: "9", Text: "<b>A &amp; B</b>" + strings.Repeat("🙂", 200), Alert: true},
		{Chat: canaryChat, Form: turn.Remove, Target: 40},
		{Chat: canaryChat, Form: turn.Notice, Text: "x"},
	} {
		if _, err := s.Send(t.Context(), m, min(i, 1)*41); err != nil {
			t.Fatal(err)
		}
	}
	off := map[string]any{"is_disabled": true}
	keys := map[string]any{"inline_keyboard": []any{
		[]any{map[string]any{"text": "Ya", "callback_data": "y"}, map[string]any{"text": "Ti\"dak", "callback_data": "n"}},
		[]any{map[string]any{"text": "Batal", "callback_data": "x"}},
	}}
	text := strings.ToValidUTF8(odd, "\uFFFD")
	want := []map[string]any{
		{"chat_id": 5011223344.0, "text": text, "parse_mode": "HTML", "link_preview_options": off, "reply_markup": keys, "protect_content": true},
		{"chat_id": 5011223344.0, "message_id": 41.0, "text": text, "parse_mode": "HTML", "link_preview_options": off, "reply_markup": keys},
		{"callback_query_id": "9", "text": "A & B" + strings.Repeat("🙂", 97), "show_alert": true},
		{"chat_id": 5011223344.0, "message_id": 40.0},
		{"chat_id": 5011223344.0, "text": "x", "parse_mode": "HTML", "link_preview_options": off},
	}
	for i := range want {
		got, _ := json.Marshal(a.sentBodies()[i])
		should, _ := json.Marshal(want[i])
		if string(got) != string(should) {
			t.Errorf("%s:\n%s, want\n%s", a.called()[i], got, should)
		}
	}
}

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		"tanpa":                        "tanpa",
		"<b>Ya</b> &amp; <i>tidak</i>": "Ya & tidak",
		`<a href="tg://x">sini</a>`:    "sini",
		"1 < 2 > 0":                    "1 < 2 > 0",
		"<b":                           "<b",
		"&lt;b&gt; <3 <<b>x":           "<b> <3 <x",
	} {
		if got := plainText(in); got != want {
			t.Errorf("plainText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNewSenderRejects(t *testing.T) {
	for name, o := range map[string]SenderOptions{
		"no token":       {},
		"token with tab": {Token: canaryToken + "\tcanary"},
		"no address":     {Token: canaryToken, URL: "://" + canaryToken},
		"no host":        {Token: canaryToken, URL: "/canary"},
		"ftp":            {Token: canaryToken, URL: "ftp://canary"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := NewSender(o)
			if s != nil || err == nil {
				t.Errorf("NewSender() = %v, %v", s, err)
			}
			noCanary(t, err, nil)
		})
	}
}

func TestUnreachableServer(t *testing.T) {
	var alerts []string
	a := newAPI(t)
	s := newTestSender(t, a, &alerts)
	a.Close()
	m := turn.Message{ID: "m", Chat: canaryChat, Form: turn.Notice, Text: canaryText}
	_, err := s.Send(t.Context(), m, 0)
	_, errMe := s.Me(t.Context())
	for _, err := range []error{err, errMe} {
		if kindOf(err) != turn.Passing || err == nil {
			t.Errorf("error %v", err)
		}
		noCanary(t, err, nil)
	}
	if !strings.Contains(err.Error(), "refused") {
		t.Errorf("error %v does not help an administrator", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Send(ctx, m, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
}

// TestTLS sends over TLS, as Telegram's own server wants it, and trusts nobody unknown.
func TestTLS(t *testing.T) {
	var calls atomic.Int64
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		_, _ = io.WriteString(w, sent("41").body)
	}))
	defer server.Close()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	var senders [2]*Sender
	for i := range senders {
		s, err := NewSender(SenderOptions{URL: server.URL, Token: canaryToken})
		if err != nil {
			t.Fatal(err)
		}
		senders[i] = s
	}
	m := turn.Message{ID: "m", Chat: canaryChat, Form: turn.Card, Text: canaryText}
	_, err := senders[0].Send(t.Context(), m, 0)
	if kindOf(err) != turn.Passing || err == nil || calls.Load() != 0 || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("an unknown certificate: %v after %d calls", err, calls.Load())
	}
	noCanary(t, err, nil)
	s := senders[1]
	s.client.host.TLSConfig = server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	if shown, err := s.Send(t.Context(), m, 0); shown.Card != 41 || err != nil {
		t.Errorf("Send() = %+v, %v", shown, err)
	}
}

func TestRareMethods(t *testing.T) {
	a := newAPI(t, answer{status: 200, body: `{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"Catatan","username":"catatan_bot"}}`},
		yes(), yes(), yes(), yes(), yes(), no(401, "Unauthorized"))
	var alerts []string
	s := newTestSender(t, a, &alerts)
	ctx := t.Context()
	me, err := s.Me(ctx)
	if err != nil || me != (Account{ID: 7, Username: "catatan_bot", Name: "Catatan"}) {
		t.Errorf("Me() = %+v, %v", me, err)
	}
	menu := []Command{{Name: "menu", Description: "Menu utama"}}
	for _, err := range []error{
		s.Commands(ctx, 0, "id", menu), s.Commands(ctx, canaryChat, "", menu), s.Commands(ctx, canaryChat, "", nil),
		s.SetWebhook(ctx, "https://example.org/hook", "rahasia"), s.DeleteWebhook(ctx),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	want := []string{"getMe", "setMyCommands", "setMyCommands", "deleteMyCommands", "setWebhook", "deleteWebhook"}
	if !slices.Equal(a.called(), want) {
		t.Errorf("called %v", a.called())
	}
	if _, err := s.Me(ctx); kindOf(err) != turn.Unauthorized {
		t.Errorf("Me() with a wrong token: %v", err)
	}
}
