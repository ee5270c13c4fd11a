package main

import (
	"strings"
	"testing"
)

// TestTheBotsNameIsOrdinary: a name of the institution's choice is set; one that tells what the bot is
// for is refused, and alarmed about when it was given elsewhere.
func TestTheBotsNameIsOrdinary(t *testing.T) {
	for name, tt := range map[string]struct{ set, given, shown, logged string }{
		"nothing set":         {"", "Catatan", "Catatan", ""},
		"an ordinary one":     {"Info Kelas", "Bot", "Info Kelas", ""},
		"a telling one there": {"", "Bantuan Modal", "Bantuan Modal", "lock screen"},
	} {
		t.Run(name, func(t *testing.T) {
			log := &notes{}
			h := newHouse(t, houseOptions{logs: log, named: tt.set, given: tt.given})
			h.until("the bot knows its name", func() bool { return h.botName.Load() != nil })
			if got := h.call("getMyName", ""); !strings.Contains(got, `"`+tt.shown+`"`) {
				t.Errorf("the bot is called %s", got)
			}
			if (tt.logged == "") == strings.Contains(log.String(), "lock screen") {
				t.Errorf("logged:\n%s", log)
			}
		})
	}
	if _, err := newApp(t.Context(), &Settings{Token: houseToken, DisplayName: "Dampingi Kharisma"}, nil, nil, nil, nil); err == nil || !strings.Contains(err.Error(), "DISPLAY_NAME") {
		t.Errorf("a telling name: %v", err)
	}
}
