package main

import (
	"os"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// TestRulesPageIsCurrent holds docs/pengingat.md to the table of rules.
func TestRulesPageIsCurrent(t *testing.T) {
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/pengingat.md")
	if err != nil || string(page) != rulesPage(book.For("id")) {
		t.Errorf("docs/pengingat.md is not what the rules are (%v); write it anew with make alur", err)
	}
}

// TestTheNextReminder: whoever moves the clock to when somebody is told something next sees it told then.
func TestTheNextReminder(t *testing.T) {
	h := newHouse(t, houseOptions{remind: true})
	h.visits("yuli", "Y-271", "2026-11-18")
	h.settle()
	seen := 0
	for range 30 {
		at, err := h.next(t.Context())
		if err != nil || at.IsZero() {
			t.Fatalf("nothing is next: %v, %v", at, err)
		}
		before := h.bots(yuliChat) + h.bots(rinaChat) + h.bots(chairChat) + h.bots(melatiChat)
		for before := at.Add(-time.Second); h.time.Now().Before(before); { // the bot is awake, and sweeps on the way
			h.goes(earliest(before, h.time.Now().Add(longStep)))
		}
		if n := h.bots(yuliChat) + h.bots(rinaChat) + h.bots(chairChat) + h.bots(melatiChat); n != before {
			t.Fatalf("somebody was told before %s", at)
		}
		h.goes(at)
		if n := h.bots(yuliChat) + h.bots(rinaChat) + h.bots(chairChat) + h.bots(melatiChat); n > before {
			seen++
		}
		if h.said(yuliChat, "Y-271") > 0 {
			break
		}
	}
	if h.said(yuliChat, "Y-271") != 1 || seen == 0 {
		t.Errorf("told %d times, after %d steps that told something", h.said(yuliChat, "Y-271"), seen)
	}
}

// earliest is the earlier one of two times.
func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
