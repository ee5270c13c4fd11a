package telegram

import (
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/turn"
)

// TestCover is what Telegram can say to a card with a cover: whatever it says, a new message is
// sent as the cover, and only an edit says more.
func TestCover(t *testing.T) {
	const cover = "Halo Kak, ada kabar."
	covered := turn.Message{
		ID: "m1", Chat: canaryChat, Form: turn.Card, Text: canaryText, Cover: cover, Protect: true,
		Buttons: [][]turn.Button{{{Label: "Ya", Data: "s1:y"}}},
	}
	fresh, final := covered, covered
	fresh.Fresh = true
	final.Fresh, final.Final = true, true
	gone, passing := no(400, "Bad Request: message to edit not found"), no(502, "Bad Gateway")
	tests := map[string]struct {
		m       turn.Message
		card    int
		answers []answer
		calls   string
		want    turn.Shown
		kind    turn.TroubleKind
	}{
		"first":                 {covered, 0, []answer{sent("41"), sent("41")}, "sendMessage editMessageText", turn.Shown{Card: 41, New: 41}, 0},
		"in place":              {covered, 40, []answer{sent("40")}, "editMessageText", turn.Shown{Card: 40}, 0},
		"gone":                  {covered, 40, []answer{gone, sent("41"), sent("41")}, "editMessageText sendMessage editMessageText", turn.Shown{Card: 41, New: 41, Gone: 40}, 0},
		"fresh":                 {fresh, 40, []answer{sent("41"), sent("41"), yes()}, "sendMessage editMessageText editMessageReplyMarkup", turn.Shown{Card: 41, New: 41}, 0},
		"final":                 {final, 0, []answer{sent("41"), sent("41")}, "sendMessage editMessageText", turn.Shown{New: 41}, 0},
		"cover not sent":        {fresh, 40, []answer{passing}, "sendMessage", turn.Shown{Card: 40}, turn.Passing},
		"gone, then not sent":   {covered, 40, []answer{gone, passing}, "editMessageText sendMessage", turn.Shown{Gone: 40}, turn.Passing},
		"not edited":            {fresh, 40, []answer{sent("41"), passing, yes()}, "sendMessage editMessageText editMessageReplyMarkup", turn.Shown{Card: 41, New: 41}, turn.Passing},
		"final, not edited":     {final, 0, []answer{sent("41"), passing}, "sendMessage editMessageText", turn.Shown{Card: 41, New: 41}, turn.Passing},
		"gone, then not edited": {covered, 40, []answer{gone, sent("41"), passing}, "editMessageText sendMessage editMessageText", turn.Shown{Card: 41, New: 41, Gone: 40}, turn.Passing},
		"edit refused":          {covered, 0, []answer{sent("41"), no(400, "Bad Request: BUTTON_DATA_INVALID")}, "sendMessage editMessageText", turn.Shown{Card: 41, New: 41}, turn.Refused},
		"blocked meanwhile":     {covered, 0, []answer{sent("41"), no(403, "Forbidden: bot was blocked by the user")}, "sendMessage editMessageText", turn.Shown{Card: 41, New: 41}, turn.Unreachable},
		"taken away meanwhile":  {covered, 0, []answer{sent("41"), gone}, "sendMessage editMessageText", turn.Shown{New: 41}, 0},
		"bad html, then not edited": {
			covered, 0, []answer{sent("41"), no(400, "Bad Request: can't parse entities"), passing},
			"sendMessage editMessageText editMessageText", turn.Shown{Card: 41, New: 41}, turn.Passing,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var alerts []string
			a := newAPI(t, tt.answers...)
			got, err := newTestSender(t, a, &alerts).Send(t.Context(), tt.m, tt.card)
			if got != tt.want || (err == nil) != (tt.kind == 0) || err != nil && kindOf(err) != tt.kind {
				t.Errorf("shown %+v, %v; want %+v", got, err, tt.want)
			}
			methods := a.called()
			if calls := strings.Join(methods, " "); calls != tt.calls {
				t.Errorf("called %s, want %s", calls, tt.calls)
			}
			for i, body := range a.sentBodies() {
				_, buttons := body["reply_markup"]
				switch {
				case methods[i] == "sendMessage" && (body["text"] != cover || buttons || body["protect_content"] != true):
					t.Errorf("sent %v", body)
				case methods[i] == "editMessageText" && (body["text"] != canaryText || !buttons):
					t.Errorf("edited into %v", body)
				}
			}
			noCanary(t, err, alerts)
		})
	}
	var alerts []string
	a := newAPI(t, sent("41"))
	covered.Form = turn.Notice
	if _, err := newTestSender(t, a, &alerts).Send(t.Context(), covered, 0); kindOf(err) != turn.Refused || len(a.called()) > 0 {
		t.Errorf("a notice, which can have no cover: %v, %v", a.called(), err)
	}
}
