package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// comesDue brings a house to the moment at which a case is told.
func comesDue(t *testing.T, rule, name string) (*house, ruleCase) {
	t.Helper()
	all := dateCases()
	i := slices.IndexFunc(all, func(c ruleCase) bool { return c.rule == rule && c.name == name })
	if i < 0 {
		t.Fatalf("there is no case %s %s", rule, name)
	}
	h := newHouse(t, houseOptions{rules: []string{rule}})
	all[i].arrange(h)
	h.settle()
	due := instant(t, all[i].due)
	h.goes(due.Add(-time.Minute))
	h.goes(due)
	return h, all[i]
}

// TestWhatComesRoundIsBegunFromItsMessage: its buttons lead to what is to be done, about her.
func TestWhatComesRoundIsBegunFromItsMessage(t *testing.T) {
	for _, c := range []struct{ rule, name, button, shows string }{
		{"N09", "ninety days after the last time", "Begin the talk", "Who: Y-271 · Yanti"},
		{"N09", "a level has fallen", "Note a visit", "Who: Y-271 · Yanti"},
		{"N10", "the next one can be planned", "Propose capital", "Y-271 · Yanti"},
		{"N10", "the year is over", "Note a visit", "Who: Y-271 · Yanti"},
		{"N15", "her safe contact is to be gone through", "Check safe contact", "Y-271 · Yanti"},
		{"N16", "a consent ends in a month", "Ask for consent", "Y-271 · Yanti"},
		{"N17", "nobody has sat down with her", "Note a visit", "Who: Y-271 · Yanti"},
		{"N19", "she is not invited on", "Buka kegiatan", "Kegiatan"},
		{"N20", "her year is over", "Change the stage", "Y-271 · Yanti"},
		{"N20", "the chair thinks about it as well", "Buka daftar", "🧭 Y-271"},
		{"T1", "somebody wanted to see her again", "Note a visit", "Who: Y-271 · Yanti"},
	} {
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			t.Parallel()
			h, told := comesDue(t, c.rule, c.name)
			if strings.Contains(h.shown(told.chat), "Yanti") {
				t.Errorf("the message has her alias:\n%s", h.shown(told.chat))
			}
			h.press(told.chat, c.button)
			h.shows(told.chat, c.shows)
		})
	}
}

// TestOnlyWhatFitsIsOffered: the chair proposes no capital, and a level that fell is no reason for
// another talk.
func TestOnlyWhatFitsIsOffered(t *testing.T) {
	for _, c := range []struct{ rule, name, buttons string }{
		{"N09", "a level has fallen", "[👣 Note a visit] [🕊️ Not now] [🕓 Later]"},
		{"N09", "ninety days after the last time", "[🌱 Begin the talk] [🕊️ Not now] [🕓 Later]"},
		{"N10", "the next one can be planned", "[🌱 Propose capital] [🕊️ Not now] [🕓 Later]"},
		{"N10", "the chair plans with them", "[🕊️ Belum perlu] [🕓 Nanti saja]"},
		{"N10", "the year is over", "[👣 Note a visit] [✅ Looked at] [🕊️ Not now] [🕓 Later]"},
		{"N10", "the chair looks at it as well", "[✅ Sudah dilihat] [🕊️ Belum perlu] [🕓 Nanti saja]"},
	} {
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			t.Parallel()
			h, told := comesDue(t, c.rule, c.name)
			_, buttons, _ := strings.Cut(strings.ReplaceAll(h.shown(told.chat), "\n", " "), " [")
			if got := "[" + strings.TrimSpace(buttons); got != c.buttons {
				t.Errorf("offered are %s, want %s", got, c.buttons)
			}
		})
	}
}

// TestAFollowUpIsPutOffForAMonthAtMost: week by week, and then it is said that it is over.
func TestAFollowUpIsPutOffForAMonthAtMost(t *testing.T) {
	h, c := comesDue(t, "T1", "somebody wanted to see her again")
	for week := range 5 {
		if _, _, ok := h.button(yuliChat, "Next week"); !ok { // it was told with something else
			h.presses(yuliChat, "Open the list", "📌 Y-271")
		}
		before := h.said(yuliChat, c.says)
		h.press(yuliChat, "Next week")
		if week == 4 {
			break
		}
		h.shows(yuliChat, "I will remind you again")
		next := instant(t, c.due).AddDate(0, 0, 7*(week+1))
		h.goes(next.Add(-time.Hour))
		if n := h.said(yuliChat, c.says); n > before {
			t.Fatalf("told before its new day, in week %d", week)
		}
		h.goes(next)
		if n := h.said(yuliChat, c.says); n == 0 {
			t.Fatalf("not told again in week %d:\n%s", week, h.shown(yuliChat))
		}
	}
	h.shows(yuliChat, "I close this")
	h.goes(instant(t, c.due).AddDate(0, 0, 40))
	if got := h.shown(yuliChat); strings.Contains(got, "📌") {
		t.Errorf("it is told again:\n%s", got)
	}
}

// TestAFollowUpIsDoneOnce: who presses it twice has done it once, and it is done on record.
func TestAFollowUpIsDoneOnce(t *testing.T) {
	h, _ := comesDue(t, "T1", "somebody wanted to see her again")
	m, data, ok := h.button(yuliChat, "Done")
	if !ok {
		t.Fatal(h.shown(yuliChat))
	}
	h.pressData(yuliChat, m, data)
	h.pressData(yuliChat, m, data)
	if open, err := h.store.FollowUps(t.Context(), "2027-12-31"); err != nil || len(open) != 0 {
		t.Errorf("still to be done: %v, %v", open, err)
	}
}
