package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
)

// answerOf is the envelope of the Bot API.
type answerOf struct {
	OK          bool            `json:"ok"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Result      json.RawMessage `json:"result"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	} `json:"parameters"`
}

// ask calls a method with a JSON body.
func ask(ctx context.Context, t testing.TB, url, method string, params any) (answerOf, error) {
	t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/bot"+testToken+"/"+method, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return answerOf{}, err
	}
	defer w.Body.Close()
	var got answerOf
	if err := json.NewDecoder(w.Body).Decode(&got); err != nil {
		return answerOf{}, err
	}
	if got.OK != (w.StatusCode == http.StatusOK) || !got.OK && got.Code != w.StatusCode {
		t.Errorf("%s: status %d with %+v", method, w.StatusCode, got)
	}
	return got, nil
}

// mustCall calls a method that has to work.
func mustCall(t testing.TB, url, method string, params any) json.RawMessage {
	t.Helper()
	got, err := ask(t.Context(), t, url, method, params)
	if err != nil {
		t.Fatal(err)
	}
	if !got.OK {
		t.Fatalf("%s: %d %s", method, got.Code, got.Description)
	}
	return got.Result
}

// poll calls getUpdates.
func poll(ctx context.Context, t testing.TB, url string, params map[string]any) []models.Update {
	t.Helper()
	got, err := ask(ctx, t, url, "getUpdates", params)
	if err != nil || !got.OK {
		t.Fatalf("getUpdates: %v %+v", err, got)
	}
	var updates []models.Update
	if err := json.Unmarshal(got.Result, &updates); err != nil {
		t.Fatal(err)
	}
	return updates
}

// fetch gets an address.
func fetch(t testing.TB, url string) string {
	t.Helper()
	w, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

type object = map[string]any

func keyboard(rows ...[]object) object { return object{"inline_keyboard": rows} }

// refusal is a call that the Bot API refuses, and how.
type refusal struct {
	method string
	params object
	code   int
	want   string
}

// refusals are calls about a message of the bot and one of hers.
func refusals(mine, hers int) []refusal {
	text := func(extra object) object {
		all := object{"chat_id": melati, "text": "isi"}
		for k, v := range extra {
			all[k] = v
		}
		return all
	}
	html := func(in string) object { return text(object{"text": in, "parse_mode": "HTML"}) }
	mark := func(in string) object { return text(object{"text": in, "parse_mode": "MarkdownV2"}) }
	return []refusal{
		{"noSuchMethod", nil, 404, "Not Found"},
		{"sendMessage", object{"text": "x"}, 400, "Bad Request: chat_id is empty"},
		{"sendMessage", object{"chat_id": 99, "text": "x"}, 400, "Bad Request: chat not found"},
		{"sendMessage", object{"chat_id": "@nobody", "text": "x"}, 400, "Bad Request: chat not found"},
		{"sendMessage", object{"chat_id": melati}, 400, "Bad Request: message text is empty"},
		{"sendMessage", text(object{"text": " \n "}), 400, "Bad Request: text must be non-empty"},
		{"sendMessage", text(object{"text": strings.Repeat("a", 4097)}), 400, "Bad Request: message is too long"},
		{"sendMessage", text(object{"parse_mode": "BBCode"}), 400, "Bad Request: unsupported parse_mode"},
		{"sendMessage", html("a <big>b</big>"), 400, `Bad Request: can't parse entities: Unsupported start tag "big" at byte offset 2`},
		{"sendMessage", html("<b>a"), 400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag b"},
		{"sendMessage", html("a</b>"), 400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 1"},
		{"sendMessage", html("<b>a</i>"), 400, `Bad Request: can't parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"sendMessage", html("1 <"), 400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 2"},
		{"sendMessage", html(`<span class="x">a</span>`), 400, `Bad Request: can't parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{"sendMessage", html("<a href>x</a>"), 400, `Bad Request: can't parse entities: Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0`},
		{"sendMessage", mark("Rp1.000"), 400, `Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\'`},
		{"sendMessage", mark("*tebal"), 400, "Bad Request: can't parse entities: Can't find end of Bold entity at byte offset 0"},
		{"sendMessage", mark("[a](http://x.id"), 400, "Bad Request: can't parse entities: Can't find end of a URL at byte offset 4"},
		{"sendMessage", text(object{"reply_markup": keyboard([]object{{"text": "a", "callback_data": strings.Repeat("é", 33)}})}), 400, "Bad Request: BUTTON_DATA_INVALID"},
		{"sendMessage", text(object{"reply_markup": keyboard([]object{{"text": "a"}})}), 400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"sendMessage", text(object{"reply_markup": "{"}), 400, "Bad Request: can't parse reply keyboard markup JSON object"},
		{"sendMessage", text(object{"reply_markup": "[]"}), 400, "Bad Request: object expected as reply markup"},
		{"sendMessage", text(object{"reply_markup": object{"inline_keyboard": "x"}}), 400, `Bad Request: field "inline_keyboard" must be of type Array`},
		{"sendMessage", text(object{"reply_parameters": object{"message_id": 99999}}), 400, "Bad Request: message to be replied not found"},
		{"editMessageText", text(object{"message_id": 99999}), 400, "Bad Request: message to edit not found"},
		{"editMessageText", text(object{"message_id": hers}), 400, "Bad Request: message can't be edited"},
		{"editMessageText", text(nil), 400, "Bad Request: message identifier is not specified"},
		{"editMessageText", text(object{"message_id": mine, "text": "kartu"}), 400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"},
		{"editMessageReplyMarkup", object{"chat_id": melati, "message_id": 99999}, 400, "Bad Request: message to edit not found"},
		{"deleteMessage", object{"chat_id": melati, "message_id": 99999}, 400, "Bad Request: message to delete not found"},
		{"deleteMessages", object{"chat_id": melati, "message_ids": []int{}}, 400, "Bad Request: message identifiers are not specified"},
		{"answerCallbackQuery", object{"callback_query_id": "1"}, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid"},
		{"answerCallbackQuery", object{"callback_query_id": "1", "text": strings.Repeat("a", 201)}, 400, "Bad Request: MESSAGE_TOO_LONG"},
		{"sendPhoto", object{"chat_id": melati}, 400, "Bad Request: there is no photo in the request"},
		{"sendPhoto", object{"chat_id": melati, "photo": "abc"}, 400, "Bad Request: wrong file identifier/HTTP URL specified"},
		{"sendPhoto", object{"chat_id": melati, "photo": "x", "caption": strings.Repeat("a", 1025)}, 400, "Bad Request: message caption is too long"},
		{"getFile", object{"file_id": "x"}, 400, "Bad Request: invalid file_id"},
		{"sendChatAction", object{"chat_id": melati, "action": "dance"}, 400, "Bad Request: wrong parameter action in request"},
		{"setMyCommands", object{"commands": []object{{"command": "Mulai!", "description": "x"}}}, 400, "Bad Request: BOT_COMMAND_INVALID"},
		{"setWebhook", object{"url": "ftp://x.id"}, 400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"},
		{"setWebhook", object{"url": "https://x.id", "secret_token": "a b"}, 400, "Bad Request: secret token contains unallowed characters"},
		{"leaveChat", object{"chat_id": melati}, 400, "Bad Request: chat member status can't be changed in private chats"},
	}
}

func TestErrorTexts(t *testing.T) {
	s, url := start(t, Options{Clock: NewClock(time.Time{})})
	mine := mustSend(t, url, "kartu")
	hers, err := s.Say(melati, "halo")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range refusals(mine, hers) {
		got, err := ask(t.Context(), t, url, test.method, test.params)
		if err != nil {
			t.Fatal(err)
		}
		if got.OK || got.Code != test.code || got.Description != test.want {
			t.Errorf("%s %v:\n got %d %q\nwant %d %q", test.method, test.params, got.Code, got.Description, test.code, test.want)
		}
	}
}

// mustSend sends a text and returns its id.
func mustSend(t testing.TB, url, text string) int {
	t.Helper()
	var m Message
	if err := json.Unmarshal(mustCall(t, url, "sendMessage", object{"chat_id": melati, "text": text}), &m); err != nil {
		t.Fatal(err)
	}
	return m.MessageID
}
