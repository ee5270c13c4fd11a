package telegram

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/dampingi/dampingi/internal/turn"
)

const (
	ani      = `{"id":4211,"is_bot":false,"first_name":"Ani","language_code":"id"}`
	private  = `{"id":4211,"first_name":"Ani","type":"private"}`
	group    = `{"id":-100777,"title":"Arisan","type":"supergroup"}`
	atNoon   = 1795406400
	textPart = `"message_id":77,"from":` + ani + `,"chat":` + private + `,"date":1795406400`
)

func arrived() time.Time { return time.Unix(1795406460, 0).UTC() }

func TestDecode(t *testing.T) {
	noon := time.Unix(atNoon, 0).UTC()
	base := turn.Update{Row: 5, ID: 9001, Attempts: 2, Chat: 4211, Message: 77, Lang: "id", At: noon}
	as := func(change func(*turn.Update)) turn.Update { u := base; change(&u); return u }
	kind := func(k turn.Kind) turn.Update { return as(func(u *turn.Update) { u.Kind = k }) }
	inGroup := turn.Update{Row: 5, ID: 9001, Attempts: 2, Kind: turn.Group, Chat: -100777, Message: 77, At: noon}
	other := turn.Update{Row: 5, ID: 9001, Attempts: 2, At: arrived()}
	tests := map[string]struct {
		body string
		want turn.Update
	}{
		"text": {
			`"message":{` + textPart + `,"text":"jualan laku 450rb"}`,
			as(func(u *turn.Update) { u.Kind, u.Text = turn.Text, "jualan laku 450rb" }),
		},
		"text with escapes": {
			`"message":{` + textPart + `,"text":"\"ya\"\n\u00e9 \ud83d\ude42 \ud83d \/"}`,
			as(func(u *turn.Update) { u.Kind, u.Text = turn.Text, "\"ya\"\né 🙂 \uFFFD /" }),
		},
		"text that answers another": {
			`"message":{` + textPart + `,"reply_to_message":{` + textPart + `,"photo":[{"file_id":"x"}],"text":"lama"},"quote":{"text":"l"},"text":"baru"}`,
			as(func(u *turn.Update) { u.Kind, u.Text = turn.Text, "baru" }),
		},
		"text of 4096 characters that are not UTF-8": {
			`"message":{` + textPart + `,"text":"` + strings.Repeat("\xff", 4096) + `"}`,
			as(func(u *turn.Update) { u.Kind, u.Text = turn.Text, strings.Repeat("\uFFFD", 4096) }),
		},
		"photo": {`"message":{` + textPart + `,"photo":[{"file_id":"x","width":1}],"caption":"foto"}`, kind(turn.Unsupported)},
		"voice": {`"message":{` + textPart + `,"voice":{"duration":3}}`, kind(turn.Unsupported)},
		"contact": {
			`"message":{` + textPart + `,"contact":{"phone_number":"08","first_name":"B"}}`, kind(turn.Unsupported),
		},
		"forwarded text": {
			`"message":{` + textPart + `,"forward_origin":{"type":"user","date":1,"sender_user":` + ani + `},"text":"x"}`,
			kind(turn.Unsupported),
		},
		"text by way of a bot": {`"message":{` + textPart + `,"via_bot":{"id":1,"is_bot":true},"text":"x"}`, kind(turn.Unsupported)},
		"absent content":       {`"message":{` + textPart + `,"photo":null,"text":"x"}`, as(func(u *turn.Update) { u.Kind, u.Text = turn.Text, "x" })},
		"pinned":               {`"message":{` + textPart + `,"pinned_message":{` + textPart + `,"text":"x"}}`, kind(turn.Other)},
		"edited":               {`"edited_message":{` + textPart + `,"edit_date":1795406410,"text":"y"}`, as(func(u *turn.Update) { u.Kind, u.Text = turn.Edited, "y" })},
		"group":                {`"message":{"message_id":77,"from":` + ani + `,"chat":` + group + `,"date":1795406400,"text":"x"}`, inGroup},
		"channel":              {`"channel_post":{"message_id":77,"chat":` + strings.Replace(group, "supergroup", "channel", 1) + `,"date":1795406400,"text":"x"}`, inGroup},
		"added to a group": {
			`"my_chat_member":{"chat":` + group + `,"from":` + ani + `,"date":1795406400,"new_chat_member":{"status":"member"}}`,
			turn.Update{Row: 5, ID: 9001, Attempts: 2, Kind: turn.Group, Chat: -100777, At: noon},
		},
		"left a group": {
			`"my_chat_member":{"chat":` + group + `,"from":` + ani + `,"date":1795406400,"new_chat_member":{"status":"left"}}`,
			turn.Update{Row: 5, ID: 9001, Attempts: 2, Kind: turn.Other, Chat: -100777, At: noon},
		},
		"blocked": {
			`"my_chat_member":{"chat":` + private + `,"from":` + ani + `,"date":1795406400,"old_chat_member":{"status":"member"},"new_chat_member":{"user":{"id":1},"status":"kicked","until_date":0}}`,
			as(func(u *turn.Update) { u.Kind, u.Message = turn.Blocked, 0 }),
		},
		"unblocked": {
			`"my_chat_member":{"chat":` + private + `,"from":` + ani + `,"date":1795406400,"new_chat_member":{"status":"member"}}`,
			as(func(u *turn.Update) { u.Kind, u.Message = turn.Unblocked, 0 }),
		},
		"press": {
			`"callback_query":{"id":"83","from":` + ani + `,"message":{"message_id":77,"from":{"id":1,"is_bot":true,"language_code":"en"},"chat":` + private + `,"date":1795406000,"text":"tanya"},"chat_instance":"-1","data":"s3:7"}`,
			as(func(u *turn.Update) { u.Kind, u.Callback, u.Data, u.At = turn.Press, "83", "s3:7", arrived() }),
		},
		"press under a message out of reach": {
			`"callback_query":{"id":"83","from":` + ani + `,"message":{"message_id":77,"chat":` + private + `,"date":0},"data":"s3:7"}`,
			as(func(u *turn.Update) { u.Kind, u.Callback, u.Data, u.At = turn.Press, "83", "s3:7", arrived() }),
		},
		"press in a group": {
			`"callback_query":{"id":"83","from":` + ani + `,"message":{"message_id":77,"chat":` + group + `,"date":1795406000},"data":"s3:7"}`,
			turn.Update{Row: 5, ID: 9001, Attempts: 2, Kind: turn.Group, Chat: -100777, Message: 77, Callback: "83", At: arrived()},
		},
		"press under an inline message": {`"callback_query":{"id":"83","from":` + ani + `,"inline_message_id":"q","data":"x"}`, other},
		"unknown":                       {`"telepathy":{"from":` + ani + `,"thoughts":[1,2.5e3,true,null,{}]}`, other},
		"poll":                          {`"poll":{"id":"1"}`, other},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			row := turn.Row{Seq: 5, UpdateID: 9001, Body: []byte(`{"update_id":9001,` + tt.body + `}`), At: arrived(), Attempts: 2}
			got, err := Decode(row)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("Decode() =\n%#v, want\n%#v", got, tt.want)
			}
		})
	}
}

func TestDecodeErrors(t *testing.T) {
	bodies := map[string]string{
		"empty":            ``,
		"no object":        `[]`,
		"null":             `null`,
		"cut off":          `{"update_id":1,"message":{"text":"ab`,
		"behind the end":   `{"update_id":1} x`,
		"no id":            `{"message":{` + textPart + `,"text":"x"}}`,
		"id that is none":  `{"update_id":"1"}`,
		"id too large":     `{"update_id":99999999999999999999}`,
		"no chat":          `{"update_id":1,"message":{"message_id":1,"text":"x"}}`,
		"chat without id":  `{"update_id":1,"message":{"chat":{"type":"private"},"text":"x"}}`,
		"text that is 5":   `{"update_id":1,"message":{` + textPart + `,"text":5}}`,
		"raw line break":   "{\"update_id\":1,\"message\":{\"text\":\"a\nb\"}}",
		"wrong escape":     `{"update_id":1,"x":"\q"}`,
		"deep":             `{"update_id":1,"x":` + strings.Repeat("[", 100000) + `}`,
		"deep and whole":   `{"update_id":1,"x":` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + `}`,
		"comma at the end": `{"update_id":1,}`,
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			if u, err := Decode(turn.Row{Body: []byte(body)}); err == nil {
				t.Errorf("Decode() = %#v, want an error", u)
			}
		})
	}
}

// FuzzDecode holds Decode to encoding/json: no panic, nothing accepted that is not JSON, the
// same id and text, and nothing rejected that the library's models would take.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		sample, samplePress, `{"update_id":1}`, `{"update_id":1,"message":{` + textPart + `,"text":"\u00e9\ud83d\ude42\ud800"}}`,
		`{"update_id":-0,"x":[1.5e-7,{"":[]},"\\\""]}`, `{"update_id":2,"my_chat_member":null}`, "{\"update_id\":3,\"\xff\":\"\xff\"}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		u, err := Decode(turn.Row{Body: body})
		id, found := updateID(body)
		if err != nil {
			return
		}
		if !json.Valid(body) {
			t.Fatalf("accepted what is not JSON: %q", body)
		}
		var all map[string]json.RawMessage
		if json.Unmarshal(body, &all) != nil {
			t.Fatalf("accepted what is no object: %q", body)
		}
		var want int64
		if json.Unmarshal(all["update_id"], &want) != nil || want != u.ID {
			t.Fatalf("id %d of %q, want %s", u.ID, body, all["update_id"])
		}
		if found && id != u.ID && strings.Count(string(body), "update_id") == 1 {
			t.Fatalf("intake takes %q for %d, Decode for %d", body, id, u.ID)
		}
		var m struct{ Text *string }
		if u.Kind == turn.Text && strings.Count(string(body), `"text"`) == 1 && json.Unmarshal(all["message"], &m) == nil &&
			m.Text != nil && *m.Text != u.Text && !strings.Contains(strings.ToLower(string(body)), "\\u0") {
			t.Fatalf("text %q of %q, want %q", u.Text, body, *m.Text)
		}
	})
}

// sample is an update of about one kilobyte, as Telegram writes them.
const sample = `{"update_id":870012345,"message":{"message_id":51234,"from":{"id":5011223344,"is_bot":false,"first_name":"Ratna","last_name":"Sari","username":"ratna_s","language_code":"id"},` +
	`"chat":{"id":5011223344,"first_name":"Ratna","last_name":"Sari","username":"ratna_s","type":"private"},"date":1795406400,` +
	`"reply_to_message":{"message_id":51230,"from":{"id":700112233,"is_bot":true,"first_name":"Catatan Usaha","username":"catatan_usaha_bot"},"chat":{"id":5011223344,"first_name":"Ratna","last_name":"Sari","username":"ratna_s","type":"private"},"date":1795406300,"text":"Berapa hasil jualan hari ini?","reply_markup":{"inline_keyboard":[[{"text":"100rb","callback_data":"s3:1"},{"text":"150rb","callback_data":"s3:2"}],[{"text":"Kembali","callback_data":"s3:b"},{"text":"Batal","callback_data":"s3:x"}]]}},` +
	`"text":"td ke rmh melati, jualan laku 450rb modal 200rb, modal kurang, minggu depan balik lagi \ud83d\ude42","entities":[{"offset":0,"length":2,"type":"bold"}]}}`

const samplePress = `{"update_id":870012346,"callback_query":{"id":"21522999912345","from":{"id":5011223344,"is_bot":false,"first_name":"Ratna","last_name":"Sari","username":"ratna_s","language_code":"id"},` +
	`"message":{"message_id":51235,"from":{"id":700112233,"is_bot":true,"first_name":"Catatan Usaha","username":"catatan_usaha_bot"},"chat":{"id":5011223344,"first_name":"Ratna","last_name":"Sari","username":"ratna_s","type":"private"},"date":1795406300,"text":"Berapa hasil jualan hari ini?\n\nHari ini, Melati","entities":[{"offset":0,"length":29,"type":"bold"}],"reply_markup":{"inline_keyboard":[[{"text":"100rb","callback_data":"s3:1"},{"text":"150rb","callback_data":"s3:2"}],[{"text":"Kembali","callback_data":"s3:b"},{"text":"Batal","callback_data":"s3:x"}]]}},` +
	`"chat_instance":"-3221112223334445556","data":"s3:2"}}`

func BenchmarkDecode(b *testing.B) {
	for name, body := range map[string]string{"text": sample, "press": samplePress} {
		row := turn.Row{Body: []byte(body)}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if _, err := Decode(row); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+" by the library's models", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var u models.Update
				if err := json.Unmarshal(row.Body, &u); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
