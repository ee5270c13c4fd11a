package simulator

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestFaultsOfCalls(t *testing.T) {
	s, web := start(t, Options{})
	message := object{"chat_id": melati, "text": "x"}
	tests := []struct {
		fault string
		code  int
		text  string
		after int
	}{
		{`{"kind":"429","count":1,"retry_after":7}`, 429, "Too Many Requests: retry after 7", 7},
		{`{"kind":"502","count":1,"method":"sendMessage"}`, 502, "Bad Gateway", 0},
		{`{"kind":"500","count":1,"chat":501}`, 500, "Internal Server Error", 0},
		{`{"kind":"401","count":1}`, 401, "Unauthorized", 0},
	}
	for _, test := range tests {
		visit(t, "POST", web+"/sim/faults", test.fault, 200)
		got, err := ask(t.Context(), t, web, "sendMessage", message)
		if err != nil || got.Code != test.code || got.Description != test.text || got.Parameters.RetryAfter != test.after {
			t.Errorf("%s: %v %+v", test.fault, err, got)
		}
		mustCall(t, web, "sendMessage", message) // once only
	}
	before := len(s.Messages(melati, 0))
	for kind, handled := range map[string]int{"cut_before": 0, "cut_after": 1} {
		if err := s.Faults().Add(Fault{Kind: kind, Count: 1}); err != nil {
			t.Fatal(err)
		}
		// A POST without a rewindable body is not repeated by net/http.
		if got, err := ask(t.Context(), t, web, "sendMessage", message); err == nil {
			t.Errorf("%s: got %+v", kind, got)
		}
		s.Faults().Clear()
		now := len(s.Messages(melati, 0))
		if now-before < handled || handled == 0 && now != before {
			t.Errorf("%s: %d messages handled", kind, now-before)
		}
		before = now
	}
	visit(t, "POST", web+"/sim/faults", `{"kind":"nonsense"}`, 400)
	visit(t, "POST", web+"/sim/faults", `{"kind":"latency","latency":"1ms","probability":0.5}`, 200)
	mustCall(t, web, "sendMessage", message)
	if got := visit(t, "POST", web+"/sim/faults", `{"clear":true}`, 200); got != "[]" {
		t.Errorf("after clearing: %s", got)
	}
}

func TestFaultsOfUpdates(t *testing.T) {
	s, web := start(t, Options{})
	s.Faults().Duplicate(1)
	mustSay(t, s, melati, "satu")
	mustSay(t, s, melati, "dua")
	first := poll(t.Context(), t, web, object{})
	second := poll(t.Context(), t, web, object{"offset": first[1].ID + 1})
	if len(second) != 1 || second[0].ID != first[0].ID {
		t.Errorf("repeated = %+v", second)
	}
	s.Faults().Reorder(1)
	mustSay(t, s, melati, "tiga")
	mustSay(t, s, melati, "empat")
	if got := poll(t.Context(), t, web, object{}); len(got) != 2 || got[0].ID < got[1].ID {
		t.Errorf("order = %+v", got)
	}
	s.Faults().UnknownUpdate()
	visit(t, "POST", web+"/sim/faults", `{"update":{"message":"not an object"}}`, 200)
	got, err := ask(t.Context(), t, web, "getUpdates", object{"offset": -2})
	if err != nil || !got.OK || !strings.Contains(string(got.Result), `"thought_shared":{`) || !strings.Contains(string(got.Result), `"message":"not an object"`) {
		t.Errorf("odd updates: %v %s", err, got.Result)
	}
}

func TestLimits(t *testing.T) {
	s, web := start(t, Options{Limits: true})
	for i := range int64(40) {
		s.AddChat(1000+i, "Orang", "")
	}
	s.AddChat(-5, "Grup", "")
	send := func(chat int64) answerOf {
		got, err := ask(t.Context(), t, web, "sendMessage", object{"chat_id": chat, "text": "x"})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for range chatBurst {
		send(melati)
	}
	if got := send(melati); got.Code != 429 || got.Parameters.RetryAfter != 1 || got.Description != "Too Many Requests: retry after 1" {
		t.Errorf("one chat: %+v", got)
	}
	s.Clock().Advance(time.Second)
	if got := send(melati); !got.OK {
		t.Errorf("a second later: %+v", got)
	}
	s.Clock().Advance(time.Minute)
	sent := 0
	for i := range int64(40) {
		if send(1000 + i).OK {
			sent++
		}
	}
	if sent < allBurst || sent > allBurst+5 {
		t.Errorf("%d messages at once, want about %d", sent, allBurst)
	}
	s.Clock().Advance(time.Minute)
	sent = 0
	for ; sent < 50 && send(-5).OK; sent++ {
		s.Clock().Advance(time.Second)
	}
	// 20 at hand, and one more every three seconds
	if sent < 27 || sent > 31 {
		t.Errorf("%d messages to a group, one a second, want about 29", sent)
	}
}

func TestBodies(t *testing.T) {
	_, web := start(t, Options{})
	address := web + "/bot" + testToken + "/sendMessage"
	form := url.Values{"chat_id": {"501"}, "text": {"a & b"}}
	for _, get := range []func() (*http.Response, error){
		func() (*http.Response, error) { return http.Get(address + "?" + form.Encode()) },
		func() (*http.Response, error) { return http.PostForm(address, form) },
		func() (*http.Response, error) {
			return http.Post(address, "application/json", strings.NewReader(`{"chat_id":"501", "text" : "a \u0026 b", "x":[{"y":"}"}]}`))
		},
		func() (*http.Response, error) {
			return http.Post(strings.ToLower(address[:len(address)-11])+"SENDMESSAGE", "multipart/form-data; boundary=q", strings.NewReader("--q\r\ncontent-disposition: form-data; name=chat_id\r\n\r\n501\r\n--q\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na & b\r\n--q--\r\n"))
		},
	} {
		w, err := get()
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Result Message }
		if err := json.NewDecoder(w.Body).Decode(&got); err != nil || got.Result.Text != "a & b" {
			t.Errorf("text = %q (%v)", got.Result.Text, err)
		}
		w.Body.Close()
	}
	if got := fetch(t, web+"/bot1:wrong/getMe"); got != `{"ok":false,"error_code":401,"description":"Unauthorized"}` {
		t.Errorf("wrong token: %s", got)
	}
}

func TestParseModes(t *testing.T) {
	tests := []struct {
		mode, in, text string
		want           []Entity
	}{
		{"HTML", "😀<b>a<i>b</i></b> &lt;&#39;", "😀ab <'", []Entity{{Type: "bold", Offset: 2, Length: 2}, {Type: "italic", Offset: 3, Length: 1}}},
		{"HTML", `<a href="https://x.id/?a=1&amp;b=2">x</a>`, "x", []Entity{{Type: "text_link", Length: 1, URL: "https://x.id/?a=1&b=2"}}},
		{"HTML", `<pre><code class="language-go">x</code></pre>`, "x", []Entity{{Type: "pre", Length: 1, Language: "go"}}},
		{"HTML", "  <b>tepi</b>  ", "tepi", []Entity{{Type: "bold", Length: 4}}},
		{"MarkdownV2", `*a _b_* \. ||c||`, "a b . c", []Entity{{Type: "bold", Length: 3}, {Type: "italic", Offset: 2, Length: 1}, {Type: "spoiler", Offset: 6, Length: 1}}},
		{"MarkdownV2", "[x](https://x.id) `a.b`", "x a.b", []Entity{{Type: "text_link", Length: 1, URL: "https://x.id"}, {Type: "code", Offset: 2, Length: 3}}},
		{"MarkdownV2", ">kutip\nlalu", "kutip\nlalu", []Entity{{Type: "blockquote", Length: 6}}},
		{"Markdown", "*a* _b_ [c](https://x.id)", "a b c", []Entity{{Type: "bold", Length: 1}, {Type: "italic", Offset: 2, Length: 1}, {Type: "text_link", Offset: 4, Length: 1, URL: "https://x.id"}}},
		{"", "lihat /menu@bot_x dan https://x.id/a, #usaha @melati", "lihat /menu@bot_x dan https://x.id/a, #usaha @melati", []Entity{
			{Type: "bot_command", Offset: 6, Length: 11}, {Type: "url", Offset: 22, Length: 14}, {Type: "hashtag", Offset: 38, Length: 6}, {Type: "mention", Offset: 45, Length: 7}}},
		{"", "Rp1.250.000 · 24/11/2026", "Rp1.250.000 · 24/11/2026", nil},
	}
	for _, test := range tests {
		text, got, err := parseText(test.in, test.mode, nil)
		if err != nil || text != test.text || len(got)+len(test.want) > 0 && !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s %q:\n got %q %+v %v\nwant %q %+v", test.mode, test.in, text, got, err, test.text, test.want)
		}
	}
}

func TestEncodersAgree(t *testing.T) {
	m := &Message{
		MessageID: 7, From: User{ID: 1, IsBot: true, FirstName: "a\"b", Username: "u"}, Chat: Chat{ID: -3, Type: "group", Title: "\\ \u0001\t"},
		Date: 5, EditDate: 6, HasProtected: true, Text: "é😀\n<&>",
		Entities:    []Entity{{Type: "text_link", Offset: 1, Length: 2, URL: "https://x"}, {Type: "text_mention", User: &User{ID: 4, FirstName: "c"}}},
		ReplyMarkup: &InlineKeyboard{InlineKeyboard: [][]Button{{{Text: "a", CallbackData: "b"}, {Text: "c", URL: "https://d"}}, {{Text: "e", CallbackData: "f"}}}},
	}
	var got Message
	if err := json.Unmarshal(appendMessage(nil, m), &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&got, m) {
		t.Errorf("by hand:\n got %+v\nwant %+v", got, m)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("<b>a</b> &amp; *x* [y](z)")
	f.Add(">a\n>b\n```go\nx```")
	f.Fuzz(func(t *testing.T, in string) {
		for _, mode := range []string{"HTML", "MarkdownV2", "Markdown", ""} {
			text, entities, err := parseText(in, mode, nil)
			if err != nil {
				continue
			}
			for _, e := range entities {
				if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > utf16Len(text) {
					t.Errorf("%s %q: entity %+v outside of %q", mode, in, e, text)
				}
			}
		}
		var p params
		_ = p.addJSON(append([]byte(nil), in...))
		_ = p.addMultipart([]byte("--q\r\n"+in), "multipart/form-data; boundary=q")
		if _, _, err := parseMarkup([]byte(in)); err == nil {
			return
		}
	})
}
