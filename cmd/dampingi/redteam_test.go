package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// Somebody who means harm, or whose phone does, on the whole bot.

// refusals notes what Telegram did not take, between the bot and the simulator.
func refusals(log io.Writer) func(http.Handler) http.Handler {
	return func(sim http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			sim.ServeHTTP(answer, r)
			if answer.Code == http.StatusBadRequest {
				fmt.Fprintf(log, "%s %s\n", r.URL.Path, answer.Body)
			}
			maps.Copy(w.Header(), answer.Header())
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
		})
	}
}

// TestHostileTextsInEveryScreen types every hostile text where something else is asked: the card
// stays a card, with buttons, and nothing is saved.
func TestHostileTextsInEveryScreen(t *testing.T) {
	visit := []string{"/kunjungan", "M-417", "hari ini", "ke rumah", "tercapai", "tidak ada", "tidak"}
	screens := map[string][]string{
		"the menu": {"/menu"}, "a number": {"/usaha", "M-417"}, "an amount": {"/usaha", "M-417", "5"},
		"a picker": visit[:1], "a day": visit[:2], "a choice": visit[:3], "several choices": visit[:5], "a day to come": visit[:6], "the summary": visit,
	}
	for name, said := range screens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused, log := &notes{}, &notes{}
			h := newHouse(t, houseOptions{wrap: refusals(refused), logs: log})
			for what, text := range hostileTexts() {
				for _, s := range said {
					h.say(rinaChat, s)
				}
				if strings.TrimSpace(text) == "" {
					text += "\u200B"
				}
				h.say(rinaChat, text)
				h.cardStands(rinaChat, what)
				h.say(rinaChat, "/batal")
			}
			h.recorded(0)
			if got := refused.String(); got != "" {
				t.Errorf("Telegram refused:\n%s", got)
			}
			if got := log.String(); strings.Contains(got, "level=ERROR") || strings.Contains(got, "level=WARN") {
				t.Errorf("the log:\n%s", got)
			}
		})
	}
}

// cardStands looks at the newest card: it has buttons, and nothing on it is unseen.
func (h *house) cardStands(chat int64, what string) {
	h.t.Helper()
	for _, m := range slices.Backward(h.sim.Messages(chat, 0)) {
		if !m.From.IsBot || m.Deleted {
			continue
		}
		if len(m.Buttons()) == 0 || !strings.Contains(m.Text, " ") || bahasa.Visible(drawn(m)) != drawn(m) || !utf8.ValidString(m.Text) {
			h.t.Errorf("after %s there is no good card:\n%+q", what, drawn(m))
		}
		return
	}
	h.t.Errorf("after %s there is no card", what)
}

// TestHostileTextsAsANote are on record as they were written, and on the card letter by letter, in
// one line: a line break must not make a line of the card.
func TestHostileTextsAsANote(t *testing.T) {
	t.Parallel()
	refused := &notes{}
	h := newHouse(t, houseOptions{wrap: refusals(refused)})
	kept := 0
	for what, text := range hostileTexts() {
		want := strings.TrimSpace(bahasa.Visible(strings.ToValidUTF8(text, "\uFFFD")))
		h.summary()
		h.say(rinaChat, text)
		if _, _, offered := h.button(rinaChat, "Ya, catatan"); !offered {
			continue // too long, an order to the bot, or nothing at all
		}
		h.press(rinaChat, "Ya, catatan")
		h.cardStands(rinaChat, what)
		if line := strings.Join(strings.Fields(want), " "); utf8.RuneCountInString(want) < 150 && !strings.Contains(h.shown(rinaChat), "Catatan: "+line) {
			t.Errorf("%s is not shown as it was written:\n%+q\n%s", what, want, h.shown(rinaChat))
		}
		h.press(rinaChat, "Simpan")
		h.shows(rinaChat, "Tersimpan")
		all := h.reports()
		if kept++; len(all) != kept || len(all[kept-1].Facts) == 0 {
			t.Fatalf("%s: %d reports, want %d", what, len(all), kept)
		}
		if note := noteOf(t, all[kept-1].Answers); note != want {
			t.Errorf("%s is on record as %+q, want %+q", what, note, want)
		}
	}
	if kept < 15 {
		t.Errorf("only %d were kept", kept)
	}
	if got := refused.String(); got != "" {
		t.Errorf("Telegram refused:\n%s", got)
	}
}

// TestHostileTextsWhileInterrupted writes them to a report that was left alone for long.
func TestHostileTextsWhileInterrupted(t *testing.T) {
	t.Parallel()
	refused := &notes{}
	h := newHouse(t, houseOptions{wrap: refusals(refused)})
	for what, text := range hostileTexts() {
		h.summary()
		h.time.Advance(3 * 60 * 60 * 1e9)
		h.settle()
		h.say(rinaChat, text)
		h.cardStands(rinaChat, what)
		h.say(rinaChat, "lanjut")
		h.cardStands(rinaChat, what)
		h.say(rinaChat, "/batal")
	}
	h.recorded(0)
	if got := refused.String(); got != "" {
		t.Errorf("Telegram refused:\n%s", got)
	}
}

// TestAnotherNameOpensNobody tries every way of naming a participant who is Rina's, as her colleague
// and as the coordinator, who accompanies nobody.
func TestAnotherNameOpensNobody(t *testing.T) {
	h := everyRole(t)
	coordinator := roleChats["koordinator"]
	for _, chat := range []int64{yuliChat, coordinator} {
		for _, id := range identifiers() {
			for _, way := range [][]string{
				{"/kunjungan", id}, {"/usaha", id}, {"/menu", id + " kemarin home visit, ketemu, tercapai, tidak ada kendala"},
				{"/menu", "kemarin ke rumah " + id + ", ketemu, tercapai"}, {"/start " + id},
			} {
				for _, s := range way {
					if strings.TrimSpace(s) == "" {
						s = "\u200B"
					}
					h.say(chat, s)
				}
				for _, m := range h.sim.Messages(chat, 0) {
					if m.From.IsBot && (strings.Contains(drawn(m), "Melati") || strings.Contains(drawn(m), "M-417")) {
						t.Fatalf("%d names her %q and sees:\n%s", chat, way, drawn(m))
					}
				}
				for _, label := range []string{"Save", "Simpan"} { // it may have taken her for one of her own
					if _, _, ok := h.button(chat, label); ok {
						h.press(chat, label)
					}
				}
			}
		}
		for _, action := range []string{"pick:0", "pick:1", "pick:-1", "pick:99", "pick:M-417", "p0", "r:0", "line:participant", "c:M-417", "flow:kunjungan:M-417", "draft:M-417"} {
			for _, start := range []string{"/menu", "/kunjungan"} {
				h.say(chat, start)
				h.forge(chat, action)
				if got := h.shown(chat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") {
					t.Errorf("the button %q shows:\n%s", action, got)
				}
			}
		}
	}
	for _, r := range h.reports() {
		if r.Participant != "Y-271" {
			t.Errorf("a report about %s by %s", r.Participant, r.Author)
		}
	}
	h.say(rinaChat, "/kunjungan") // she who may, can
	h.say(rinaChat, "m417")
	h.shows(rinaChat, "M-417 · Melati")
}

// hooked serves the house's webhook beside its polling.
func (h *house) hooked(secret string) string {
	h.t.Helper()
	h.set.WebhookURL, h.set.WebhookSecret = "https://lembaga.id/hook", secret
	path, hook, err := h.webhook()
	if err != nil {
		h.t.Fatal(err)
	}
	server := httptest.NewServer(h.handler(path, hook))
	h.t.Cleanup(server.Close)
	return server.URL
}

const hookHeader = "X-Telegram-Bot-Api-Secret-Token"

// written is an update as Telegram would bring it.
func written(id int, chat int64, text string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":5,"date":1795575600,"chat":{"id":%d,"type":"private"},"text":%q}}`, id, chat, text)
}

// TestAForgedWebhookStoresNothing brings updates as somebody who knows the address, and no secret.
func TestAForgedWebhookStoresNothing(t *testing.T) {
	const secret = "rahasia-Webhook_123"
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	url := h.hooked(secret)
	body := written(900, rinaChat, "/kunjungan")
	for name, tt := range map[string]struct {
		method, path, header, secret, body string
		want                               int
	}{
		"no secret":               {"POST", "/hook", "", "", body, 401},
		"an empty one":            {"POST", "/hook", hookHeader, "", body, 401},
		"another":                 {"POST", "/hook", hookHeader, "tebakan", body, 401},
		"nearly the right one":    {"POST", "/hook", hookHeader, secret[:len(secret)-1] + "4", body, 401},
		"one letter short":        {"POST", "/hook", hookHeader, secret[:len(secret)-1], body, 401},
		"one letter more":         {"POST", "/hook", hookHeader, secret + "3", body, 401},
		"in small letters":        {"POST", "/hook", hookHeader, strings.ToLower(secret), body, 401},
		"twice":                   {"POST", "/hook", hookHeader, secret + "," + secret, body, 401},
		"as a password":           {"POST", "/hook", "Authorization", "Bearer " + secret, body, 401},
		"in the address":          {"POST", "/hook?secret_token=" + secret, "", "", body, 401},
		"read instead of brought": {"GET", "/hook", hookHeader, secret, body, 405},
		"put":                     {"PUT", "/hook", hookHeader, secret, body, 405},
		"another method by name":  {"POST", "/hook", "X-HTTP-Method-Override", "POST", body, 401},
		"a path below":            {"POST", "/hook/", hookHeader, secret, body, 404},
		"the root":                {"POST", "/", hookHeader, secret, body, 404},
		"huge":                    {"POST", "/hook", hookHeader, secret, body + strings.Repeat(" ", 1<<20), 413},
		"huge, and no secret":     {"POST", "/hook", hookHeader, "x", body + strings.Repeat(" ", 1<<20), 401},
		"nothing":                 {"POST", "/hook", hookHeader, secret, "", 400},
		"no update":               {"POST", "/hook", hookHeader, secret, "[" + body + "]", 400},
	} {
		r, err := http.NewRequestWithContext(t.Context(), tt.method, url+tt.path, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		if tt.header != "" {
			r.Header.Set(tt.header, tt.secret)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_ = res.Body.Close()
		if res.StatusCode != tt.want {
			t.Errorf("%s: %d, want %d", name, res.StatusCode, tt.want)
		}
	}
	for name, request := range map[string]string{
		"less than was said": "POST /hook HTTP/1.1\r\nHost: x\r\n" + hookHeader + ": " + secret + "\r\nContent-Length: 9000\r\n\r\n" + body,
		"less than nothing":  "POST /hook HTTP/1.1\r\nHost: x\r\n" + hookHeader + ": " + secret + "\r\nContent-Length: -1\r\n\r\n" + body,
		"two lengths":        "POST /hook HTTP/1.1\r\nHost: x\r\n" + hookHeader + ": " + secret + "\r\nContent-Length: 3\r\nContent-Length: 400\r\n\r\n" + body,
		"a broken chunk":     "POST /hook HTTP/1.1\r\nHost: x\r\n" + hookHeader + ": " + secret + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + body,
		"the first is wrong": "POST /hook HTTP/1.1\r\nHost: x\r\n" + hookHeader + ": x\r\n" + hookHeader + ": " + secret + "\r\nContent-Length: " + fmt.Sprint(len(body)) + "\r\n\r\n" + body,
	} {
		if answer := raw(t, strings.TrimPrefix(url, "http://"), request); strings.Contains(answer, " 200 ") {
			t.Errorf("%s: %s", name, answer)
		}
	}
	h.quiet()
	rows, err := h.store.Pending(t.Context())
	if err != nil || len(rows) != 0 || h.bots(rinaChat) != 0 || h.lanes.Waiting() != 0 {
		t.Fatalf("%d updates are stored, she has %d messages, %v", len(rows), h.bots(rinaChat), err)
	}
	if fresh, err := h.store.Receive(t.Context(), nil); err != nil || len(fresh) != 0 {
		t.Fatal(fresh, err)
	}
	// The update with the right secret is taken, so nothing of it was there before.
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/hook", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(hookHeader, secret)
	res, err := http.DefaultClient.Do(r)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatal(res, err)
	}
	_ = res.Body.Close()
	h.until("she is answered", func() bool { return h.bots(rinaChat) == 1 })
	h.quiet()
	h.shows(rinaChat, "Kunjungan")
	if got := log.String(); strings.Contains(got, secret) || strings.Contains(got, "tebakan") || strings.Contains(got, "/kunjungan") {
		t.Errorf("the log tells:\n%s", got)
	}
}

// raw sends bytes as they are, says that there are no more, and gives what is answered.
func raw(t *testing.T, address, request string) string {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	answer, _ := io.ReadAll(conn)
	return string(answer)
}

// noteOf is the note among the answers of a report.
func noteOf(t *testing.T, answers []byte) string {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal(answers, &all); err != nil {
		t.Fatal(err)
	}
	note, _ := all["catatan"].(string)
	return note
}
