package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
)

// knock brings updates by webhook: with the secret and without, whole and broken.
func (h *house) knock() {
	h.t.Helper()
	h.set.WebhookURL, h.set.WebhookSecret = "https://lembaga.id/hook", "kenarirahasia"
	_, hook, err := h.webhook()
	if err != nil {
		h.t.Fatal(err)
	}
	for _, secret := range []string{"", "kenaritebakan", "kenarirahasia"} {
		for i, body := range []string{
			`{"update_id":` + strings.Repeat("9", 30) + `,"kenari":1}`, `{"kenarikurung`, "kenari",
			`{"update_id":880,"message":{"text":"kenaritanpachat"}}`,
			written(881, canaryChat, "kenarikait"), written(882, canaryAbroad, "kenarikait"), written(883, canaryChat, "kenaripanik lagi"),
		} {
			r := httptest.NewRequestWithContext(h.t.Context(), http.MethodPost, "/hook?kenari=1", strings.NewReader(body))
			r.Header.Set(hookHeader, secret)
			w := httptest.NewRecorder()
			hook.ServeHTTP(w, r)
			if want := map[bool]int{true: 200, false: 401}[secret == "kenarirahasia"]; i > 2 && w.Code != want {
				h.t.Errorf("%d for body %d", w.Code, i)
			}
			h.look("the webhook's answer", w.Body.Bytes())
		}
	}
	h.quiet()
}

// commandsInTrouble runs commands that cannot do what they are asked for, or only a part of it: what
// they say of that goes to the administrator's screen, and from there into mails and issues.
func (h *house) commandsInTrouble() {
	h.t.Helper()
	at := []string{"--data-dir", h.dir, "--telegram-token", houseToken, "--telegram-api-url", "http://127.0.0.1:1"}
	said := func(name string, wrong bool, args ...string) {
		h.t.Helper()
		code, _, errOut := ended(h.t, append(args, at...)...)
		if wrong && (code == exitDone || errOut == "") {
			h.t.Errorf("%s went well: %d", name, code)
		}
		h.look(name, []byte(errOut))
	}
	said("a chat that is taken", true, "people", "add", "--role", "pendamping", "--name", "Baru", "--telegram-id", "7741023355")
	said("no Telegram", false, "people", "list")
	h.damage(`UPDATE person SET name = x'00' WHERE id = 'nari'`)
	h.damage(`UPDATE chat SET sealed = x'00' WHERE owner = 'nari'`)
	h.damage(`UPDATE report SET answers = x'00'`)
	h.damage(`UPDATE participant SET alias = x'00' WHERE code = 'N-555'`)
	said("what cannot be read", true, "verify")
	said("reports that cannot be read", true, "reports", "list", "--json")
	said("people who cannot be read", false, "people", "list")
	said("a key that cannot be put anew", true, "key", "rotate")
	h.say(canaryChat, "kenari di rumah yang rusak")
	h.say(canaryHers, "kenari di rumah yang rusak")
}
