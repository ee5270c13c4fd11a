package telegram

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/turn"
)

// hookSecret is the secret of the fuzzed webhook.
const hookSecret = "rahasia-123"

// brought is one request to the webhook, as anybody in the world could send it.
type brought struct {
	method, secret string
	body           []byte
	pad            uint32 // so many blanks behind the body
	length         int64  // what the request says about its length
	cut            bool   // the body ends before the request says so
	fail           bool   // the inbox has no room
}

// FuzzWebhook holds the webhook to its promises, whatever is sent: it never panics, says nothing but
// a status, stores nothing without the secret, and answers 200 only when the inbox has exactly that update.
func FuzzWebhook(f *testing.F) {
	for _, b := range hostileRequests() {
		f.Add(b.method, b.secret, b.body, b.pad, b.length, b.cut, b.fail)
	}
	f.Fuzz(func(t *testing.T, method, secret string, body []byte, pad uint32, length int64, cut, fail bool) {
		b := brought{method, secret, body, pad % (2 * maxUpdate), length, cut, fail}
		b.body = append(bytes.Clone(body), bytes.Repeat([]byte{' '}, int(b.pad))...)
		b.hold(t)
	})
}

// hostileRequests are the seeds: `go test` tries each of them.
func hostileRequests() map[string]brought {
	good := []byte(update(8))
	post := func(body string) brought { return brought{method: "POST", secret: hookSecret, body: []byte(body)} }
	return map[string]brought{
		"an update":                {method: "POST", secret: hookSecret, body: good, length: int64(len(good))},
		"one that is there":        post(update(7)),
		"another with its id":      post(`{"update_id":7,"message":{"text":"lain"}}`),
		"nearly the secret":        {method: "POST", secret: hookSecret[:len(hookSecret)-1], body: good},
		"the secret and more":      {method: "POST", secret: hookSecret + "\x00", body: good},
		"the secret in capitals":   {method: "POST", secret: strings.ToUpper(hookSecret), body: good},
		"no secret":                {method: "POST", body: good},
		"get":                      {method: "GET", secret: hookSecret, body: good},
		"post in small letters":    {method: "post", secret: hookSecret, body: good},
		"no method":                {secret: hookSecret, body: good},
		"as large as may be":       {method: "POST", secret: hookSecret, body: good, pad: maxUpdate - uint32(len(good))},
		"one byte too large":       {method: "POST", secret: hookSecret, body: good, pad: maxUpdate - uint32(len(good)) + 1},
		"said to be small":         {method: "POST", secret: hookSecret, body: good, pad: maxUpdate, length: 1},
		"said to be huge":          {method: "POST", secret: hookSecret, body: good, length: 1 << 62},
		"said to be less than 0":   {method: "POST", secret: hookSecret, body: good, length: -7},
		"cut off":                  {method: "POST", secret: hookSecret, body: good, length: 5000, cut: true},
		"cut off before it begins": {method: "POST", secret: hookSecret, cut: true},
		"no room":                  {method: "POST", secret: hookSecret, body: good, fail: true},
		"nothing":                  post(""),
		"two updates":              post(update(8) + update(9)),
		"a list":                   post("[" + update(8) + "]"),
		"two ids":                  post(`{"update_id":8,"update_id":9}`),
		"an id below 0":            post(`{"update_id":-8}`),
		"an id that is too large":  post(`{"update_id":9223372036854775808}`),
		"an id with a point":       post(`{"update_id":8.0}`),
		"an id written otherwise":  post(`{"update\u005fid":8}`),
		"deep":                     post(`{"update_id":8,"x":` + strings.Repeat("[", 1e5) + `}`),
		"deep and whole":           post(`{"update_id":8,"x":` + strings.Repeat(`{"a":`, 250) + "1" + strings.Repeat("}", 250) + `}`),
		"a huge number":            post(`{"update_id":8,"message":{"chat":{"id":1e999,"type":"private"}}}`),
		"a chat below everything":  post(`{"update_id":8,"message":{"chat":{"id":-9223372036854775808,"type":"private"},"text":"x"}}`),
		"no UTF-8":                 post("{\"update_id\":8,\"message\":{\"chat\":{\"id\":1,\"type\":\"private\"},\"text\":\"\xff\xfe\xed\xa0\x80\"}}"),
		"half a pair":              post(`{"update_id":8,"message":{"chat":{"id":1,"type":"private"},"text":"\ud83d"}}`),
		"a key without an end":     post(`{"update_id":8,"x`),
		"a zero byte":              post("{\"update_id\":8}\x00"),
	}
}

// hold sends the request to a webhook whose inbox has update 7 already, and looks at what follows.
func (b brought) hold(t *testing.T) {
	inbox := &shelf{}
	before := turn.Row{UpdateID: 7, Body: []byte(update(7))}
	if _, err := inbox.Receive(t.Context(), []turn.Row{before}); err != nil {
		t.Fatal(err)
	}
	if b.fail {
		inbox.fail = 1
	}
	var delivered []turn.Row
	h := &Webhook{Secret: hookSecret, Inbox: inbox, Clock: arrived, Deliver: func(rows []turn.Row, done func()) {
		delivered = append(delivered, rows...)
		done()
	}}
	r := (&http.Request{Method: b.method, Header: http.Header{}, ContentLength: b.length, Body: io.NopCloser(b.reader())}).WithContext(t.Context())
	r.Header[secretHeader] = []string{b.secret}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)

	if w.Body.Len() != 0 {
		t.Errorf("it says %q", w.Body)
	}
	if !bytes.Equal(inbox.rows[7].Body, before.Body) {
		t.Errorf("what was there was changed: %q", inbox.rows[7].Body)
	}
	if want, known := b.refused(); known && w.Code != want {
		t.Errorf("answered %d, want %d", w.Code, want)
	}
	id, _ := updateID(b.body)
	fresh := len(inbox.rows) == 2
	switch {
	case w.Code != http.StatusOK && (fresh || len(delivered) > 0):
		t.Errorf("answered %d, and stored %v, delivered %v", w.Code, fresh, len(delivered))
	case w.Code == http.StatusOK && id != 7 && !fresh:
		t.Error("answered 200 and stored nothing")
	case fresh && (len(delivered) != 1 || delivered[0].UpdateID != id || !bytes.Equal(inbox.rows[id].Body, b.body)):
		t.Errorf("stored %q, delivered %v", inbox.rows[id].Body, delivered)
	}
	for _, row := range inbox.rows {
		if u, err := Decode(row); err == nil && row.UpdateID == id && bytes.Count(b.body, []byte("update_id")) == 1 && u.ID != id {
			t.Errorf("stored as %d and read as %d", id, u.ID)
		}
	}
}

// reader reads the body, which may break off.
func (b brought) reader() io.Reader {
	if !b.cut {
		return bytes.NewReader(b.body)
	}
	return io.MultiReader(bytes.NewReader(b.body), failing{})
}

// failing is a connection that is cut.
type failing struct{}

var errCut = errors.New("cut")

func (failing) Read([]byte) (int, error) { return 0, errCut }

// refused is how the request has to be answered, where that does not hang on what the body says.
func (b brought) refused() (status int, known bool) {
	switch {
	case b.method != "POST":
		return http.StatusMethodNotAllowed, true
	case b.secret != hookSecret:
		return http.StatusUnauthorized, true
	case len(b.body) > maxUpdate:
		return http.StatusRequestEntityTooLarge, true
	case b.cut:
		return http.StatusBadRequest, true
	}
	return 0, false
}
