package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// passed is one call of the bot: to whom, and every text in it, whatever it is for.
type passed struct {
	method string
	chat   int64 // 0: to whoever pressed, which does not stand there
	texts  []string
}

// wire is everything that has gone out and was not judged yet.
type wire struct {
	mu   sync.Mutex
	new  []passed
	data []string // of all buttons there ever were
}

// listen stands between bot and Telegram.
func (w *wire) listen(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		method := path.Base(r.URL.Path)
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if method != "getUpdates" && method != "getWebhookInfo" {
			w.take(method, body)
		}
		next.ServeHTTP(rw, r)
	})
}

// take writes down a call, in whichever way it is encoded.
func (w *wire) take(method string, body []byte) {
	one := passed{method: method}
	var all any
	if json.Unmarshal(body, &all) == nil {
		one.read("", all)
	} else if form, err := url.ParseQuery(string(body)); err == nil {
		for name, values := range form {
			for _, v := range values {
				var inner any
				if json.Unmarshal([]byte(v), &inner) != nil {
					inner = v
				}
				one.read(name, inner)
			}
		}
	} else {
		one.texts = append(one.texts, string(body))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.new = append(w.new, one)
	for i, t := range one.texts {
		if data, ok := strings.CutPrefix(t, "data "); ok {
			w.data = append(w.data, data)
			one.texts[i] = data
		}
	}
}

// read takes every text and the chat out of a value.
func (p *passed) read(name string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for n, inner := range v {
			p.read(n, inner)
		}
	case []any:
		for _, inner := range v {
			p.read(name, inner)
		}
	case float64:
		if name == "chat_id" {
			p.chat = int64(v)
		}
	case string:
		if name == "callback_data" {
			v = "data " + v
		}
		p.texts = append(p.texts, v)
	}
}

// fresh gives what has gone out since it was asked last.
func (w *wire) fresh() []passed {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.new
	w.new = nil
	return all
}

// buttons is what any button ever carried.
func (w *wire) buttons() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string{"x"}, w.data...)
}

// secret is something that only some may read.
type secret struct {
	text string
	may  func(who program.Person) bool
}

// secrets are all of them, as things stand now (program.md 2.4).
func (w *walk) secrets() []secret {
	nobody := func(program.Person) bool { return false }
	all := []secret{{canaryWord, nobody}, {canaryPIN, nobody}, {houseToken, nobody}}
	whose, owners, opened := map[string]bool{}, w.owners(), w.audited(program.OpenNote) > 0
	for _, p := range wards() {
		companion, err := w.store.CompanionOf(w.t.Context(), p.code)
		if err != nil {
			w.t.Fatal(err)
		}
		if companion == "" { // she is erased, which her companion is told, by code
			companion = w.last[p.code]
		}
		w.last[p.code] = companion
		whose[companion] = true
		all = append(all,
			secret{p.alias, func(who program.Person) bool { return who.ID == companion || who.ID == p.code || who.Role.Board() }},
			secret{p.code, func(who program.Person) bool {
				return who.ID == companion || who.ID == p.code || who.Role.Board() || owners[p.code][who.ID]
			}},
			secret{caseOf(p), func(who program.Person) bool { return who.ID == companion || owners[p.code][who.ID] }},
		)
	}
	hers := func(who program.Person) bool { return whose[who.ID] }
	all = append(all,
		secret{canaryNote, func(who program.Person) bool { return hers(who) || opened && who.Role == program.Chair }}, // with a reason, on record
	)
	all = append(all, secret{canaryAmount, hers}, secret{strings.ReplaceAll(canaryAmount, ".", ""), hers})
	for id, name := range map[string]string{"nari": "Kenarinama", "tutu": "Kenaritutu"} {
		all = append(all, secret{name, func(who program.Person) bool {
			companion := ""
			if who.Role == program.Beneficiary {
				companion, _ = w.store.CompanionOf(w.t.Context(), who.ID)
			}
			return companion == id || who.Role.Staff() // program.md 2.1: Pengguna
		}})
	}
	return all
}

// owners are those who are responsible for something about a participant: they know her code.
func (w *walk) owners() map[string]map[string]bool {
	w.t.Helper()
	cases, err := w.store.Matters(w.t.Context(), program.MatterFilter{})
	if err != nil {
		w.t.Fatal(err)
	}
	all := map[string]map[string]bool{}
	for _, m := range cases {
		if all[m.Participant] == nil {
			all[m.Participant] = map[string]bool{}
		}
		all[m.Participant][m.Owner] = m.Participant != ""
	}
	return all
}

// judge looks at what has gone out since the last step, with the eyes of whoever reads it now.
func (w *walk) judge() {
	w.t.Helper()
	secrets := w.secrets()
	for _, p := range w.wire.fresh() {
		who, err := w.store.PersonByChat(w.t.Context(), p.chat)
		if err != nil || !who.Active {
			who = program.Person{}
		}
		for _, s := range secrets {
			if s.may(who) && p.chat != 0 {
				continue
			}
			if i := slices.IndexFunc(p.texts, func(t string) bool { return strings.Contains(t, s.text) }); i >= 0 {
				w.t.Fatalf("%s to %d (%s %s) says %q:\n%s\nafter\n%s", p.method, p.chat, who.Role, who.ID, s.text, p.texts[i],
					strings.Join(w.done[max(0, len(w.done)-12):], "\n"))
			}
		}
	}
}

// everybody is who is on record.
func (w *walk) everybody() []program.Person {
	w.t.Helper()
	all, err := w.store.People(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// lookAround looks where nobody reads, and still somebody might: the log, the metrics, the files.
func (w *walk) lookAround() {
	w.t.Helper()
	if w.recordedReports() == 0 {
		w.t.Error("nothing is on record: the walk went through an empty house")
	}
	for _, p := range w.everybody() {
		if was, ok := w.roles[p.ID]; ok && was != p.Role {
			w.t.Errorf("%s was %s and is %s", p.ID, was, p.Role)
		}
	}
	waits := turn.Message{ID: "waits", Chat: canaryChat, Form: turn.Notice, Text: "Kenarisatu " + canaryNote, Due: w.time.Now().AddDate(1, 0, 0)}
	if err := w.store.Commit(w.t.Context(), turn.Plan{Messages: []turn.Message{waits}}); err != nil {
		w.t.Fatal(err)
	}
	w.look("the log", []byte(w.log.String()))
	w.look("the metrics", w.metrics())
	w.files()
	if log := w.log.String(); strings.Contains(log, canaryPIN) || strings.Contains(log, "level=ERROR") {
		w.t.Errorf("the log:\n%s", log)
	}
}

// chatScope names a chat's own list of commands.
func chatScope(chat int64) string { return fmt.Sprintf(`{"type":"chat","chat_id":%d}`, chat) }
