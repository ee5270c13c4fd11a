package turn_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// TestWhatMayBeAttached: something of at most a megabyte, to a message of its own.
func TestWhatMayBeAttached(t *testing.T) {
	file := func(n int) *turn.Attached { return &turn.Attached{Name: "a.png", Data: make([]byte, n)} }
	for name, c := range map[string]struct {
		m     turn.Message
		taken bool
		size  bool // the size is what is wrong
	}{
		"a text":                 {turn.Message{Form: turn.Notice, Text: "x"}, true, false},
		"a picture":              {turn.Message{Form: turn.Picture, Attached: file(1)}, true, false},
		"the biggest file":       {turn.Message{Form: turn.Document, Attached: file(turn.MostAttached)}, true, false},
		"too big":                {turn.Message{Form: turn.Document, Attached: file(turn.MostAttached + 1)}, false, true},
		"empty":                  {turn.Message{Form: turn.Picture, Attached: file(0)}, false, true},
		"a picture of nothing":   {turn.Message{Form: turn.Picture}, false, false},
		"a file beside a text":   {turn.Message{Form: turn.Notice, Attached: file(1)}, false, false},
		"a file beside a card":   {turn.Message{Form: turn.Card, Attached: file(1)}, false, false},
		"a picture with a cover": {turn.Message{Form: turn.Picture, Attached: file(1), Cover: "x"}, false, false},
		"with buttons":           {turn.Message{Form: turn.Picture, Attached: file(1), Buttons: [][]turn.Button{{{}}}}, false, false},
	} {
		if err := c.m.Check(); (err == nil) != c.taken || errors.Is(err, turn.ErrAttached) != c.size {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNoPictureIsDiscreet: one without a caption says something all the same.
func TestNoPictureIsDiscreet(t *testing.T) {
	m := turn.Message{Form: turn.Picture, Attached: &turn.Attached{Data: []byte("x")}}
	if m.Discreet() {
		t.Error("a picture may be sent to a participant")
	}
	if m.Attached = nil; !m.Discreet() {
		t.Error("a message that says nothing is not discreet")
	}
}

func TestTooLateIsAfterItsTime(t *testing.T) {
	at := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	m := turn.Message{}
	if m.Expired(at) {
		t.Error("a message without an end is too late")
	}
	if m.Until = at; m.Expired(at) || !m.Expired(at.Add(1)) {
		t.Error("its last moment is none, or not the last")
	}
}

// TestNothingAttachedIsLogged: neither the bytes nor the name.
func TestNothingAttachedIsLogged(t *testing.T) {
	a := turn.Attached{Name: "kenari.png", Data: []byte("kenari")}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "a", a, "b", &a, "m", turn.Message{Attached: &a})
	fmt.Fprintf(&log, "%v %+v %#v %s %v", a, a, a, a, &a)
	fmt.Fprintf(&log, "%+v", []turn.Message{{Attached: &a}})
	if said := log.String(); strings.Contains(said, "kenari") || strings.Contains(said, "107 101") {
		t.Errorf("logged: %s", said)
	}
}
