package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/fiction"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
)

// tourFile is the guided tour as the page reads it.
var tourFile = filepath.Join("..", "..", "internal", "simulator", "page", "tour.json")

// tourMove is one thing that is done in a step of the tour: written, pressed, unlocked, or waited for.
type tourMove struct {
	Chat             int64
	When, Say, Press string
	Clock, Moment    string
	Unlock           bool
}

// tourUntil is what is to be seen when a step is done.
type tourUntil struct {
	Chat         int64
	Fresh, Photo bool
	Says, Button string
}

// tourStep is one step of the tour.
type tourStep struct {
	Name   string
	Phones []int64
	Lock   int64
	Then   int64
	Top    bool
	Moves  []tourMove
	Until  *tourUntil
	Words  map[string]map[string]string
}

// tourSteps reads the tour; a key that this test does not know is a mistake.
func tourSteps(t *testing.T) []tourStep {
	t.Helper()
	file, err := os.Open(tourFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all struct{ Steps []tourStep }
	in := json.NewDecoder(file)
	in.DisallowUnknownFields()
	if err := in.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all.Steps
}

// guided plays the tour as the page does, without a page.
type guided struct {
	t     *testing.T
	demo  *demo
	begun time.Time
}

// TestTheTourHoldsInEveryWeek: whenever the demo is started, each step of the tour leads to what it
// promises. Around the new year codes have another number.
func TestTheTourHoldsInEveryWeek(t *testing.T) {
	weeks := []int{0, 5, 6, 30}
	if raceOn {
		weeks = weeks[:2]
	}
	for _, week := range weeks {
		now := scriptDay().AddDate(0, 0, 7*week+week%3).Add(time.Duration(week) * 131 * time.Minute)
		begins, err := demoBegins(&Settings{DataDir: t.TempDir(), Timezone: "Asia/Jakarta"}, now)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(begins.Format("2006-01-02"), func(t *testing.T) {
			t.Parallel()
			g := &guided{t: t, demo: demoAt(t, begins)}
			for _, s := range tourSteps(t) {
				g.step(s)
			}
		})
	}
}

// TestTheDemoBeginsOnAWednesday, and goes on from now where somebody has tried it before.
func TestTheDemoBeginsOnAWednesday(t *testing.T) {
	set := &Settings{DataDir: t.TempDir(), Timezone: "Asia/Jakarta"}
	for now, want := range map[time.Time]time.Time{
		scriptDay():                               scriptDay(),
		scriptDay().Add(-time.Second):             scriptDay().AddDate(0, 0, -7),
		scriptDay().AddDate(0, 0, 4):              scriptDay(),
		scriptDay().Add(6 * 24 * time.Hour).UTC(): scriptDay(),
	} {
		if got, err := demoBegins(set, now); err != nil || !got.Equal(want) {
			t.Errorf("at %s it begins at %s, %v; want %s", now, got, err, want)
		}
	}
	if err := os.WriteFile(set.database(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	now := scriptDay().AddDate(0, 0, 4)
	if got, err := demoBegins(set, now); err != nil || !got.Equal(now) {
		t.Errorf("with records of its own it begins at %s, %v", got, err)
	}
}

// demoAt starts a demo at a time.
func demoAt(t *testing.T, at time.Time) *demo {
	t.Helper()
	set := &Settings{Token: demoToken, DataDir: t.TempDir(), Timezone: "Asia/Jakarta", SendRate: 30}
	d, err := startDemo(context.Background(), set, "127.0.0.1:0", 1, func() time.Time { return at }, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	return d
}

// step does what a step asks for, and waits for what it promises.
func (g *guided) step(s tourStep) {
	g.t.Helper()
	if s.Until == nil {
		return
	}
	g.begun = g.demo.clock()
	for done := -1; !g.done(s); {
		next := g.next(s)
		if next == done {
			g.t.Fatalf("%s: nothing to do after %+v", s.Name, s.Moves[done])
		}
		done = next
		g.do(s.Moves[next])
		g.wait(fmt.Sprintf("%s: %+v", s.Name, s.Moves[next]), func() bool { return g.calm() && (g.done(s) || g.next(s) != next) })
	}
}

// newest is the newest message of the bot in a chat that is still there and passes ok.
func (g *guided) newest(chat int64, ok func(m simulator.Message) bool) (simulator.Message, bool) {
	all := g.demo.sim.Messages(chat, 0)
	for i := len(all) - 1; i >= 0; i-- {
		if m := all[i]; m.From.IsBot && !m.Deleted && ok(m) {
			return m, true
		}
	}
	return simulator.Message{}, false
}

// button is what a message's button with a label that matches carries.
func button(m simulator.Message, label string) (string, bool) {
	if m.ReplyMarkup == nil || label == "" {
		return "", false
	}
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		for _, b := range row {
			if regexp.MustCompile(label).MatchString(b.Text) {
				return b.CallbackData, true
			}
		}
	}
	return "", false
}

// pressed is the newest message with a button that a move presses.
func (g *guided) pressed(m tourMove) (message simulator.Message, data string, ok bool) {
	message, ok = g.newest(m.Chat, func(one simulator.Message) bool {
		_, has := button(one, m.Press)
		return has && regexp.MustCompile(m.When).MatchString(one.Text)
	})
	data, _ = button(message, m.Press)
	return message, data, ok
}

// next is the last move that can be made now.
func (g *guided) next(s tourStep) int {
	g.t.Helper()
	for i := len(s.Moves) - 1; i >= 0; i-- {
		m, can := s.Moves[i], false
		switch {
		case m.Unlock: // a phone of this test is never locked
		case m.Press != "":
			_, _, can = g.pressed(m)
		case m.Say != "":
			said, _ := g.newest(m.Chat, func(simulator.Message) bool { return true })
			can = regexp.MustCompile(m.When).MatchString(said.Text)
		case m.Clock != "":
			can = true
		}
		if can {
			return i
		}
	}
	g.t.Fatalf("%s: nothing can be done", s.Name)
	return -1
}

// do makes a move.
func (g *guided) do(m tourMove) {
	g.t.Helper()
	var err error
	switch {
	case m.Press != "":
		message, data, _ := g.pressed(m)
		_, err = g.demo.sim.Press(m.Chat, message.MessageID, data)
	case m.Say != "":
		_, err = g.demo.sim.Say(m.Chat, m.Say)
	case m.Clock != "":
		g.demo.sim.Clock().Set(g.moment(m))
	}
	if err != nil {
		g.t.Fatalf("%+v: %v", m, err)
	}
}

// moment is the time to which a move moves the clock.
func (g *guided) moment(m tourMove) time.Time {
	g.t.Helper()
	now := g.demo.clock().In(scriptDay().Location())
	switch m.Clock {
	case "24h":
		return now.AddDate(0, 0, 1)
	case "monday":
		return program.DateOf(now).WeekStart().AddDays(7).Time(now.Location()).Add(8 * time.Hour)
	}
	all, err := g.demo.tourMoments(g.t.Context())
	if err != nil || all[m.Moment].IsZero() {
		g.t.Fatalf("%+v: %v, %v", m, all, err)
	}
	return all[m.Moment]
}

// done reports whether what a step promises can be seen.
func (g *guided) done(s tourStep) bool {
	u := s.Until
	_, ok := g.newest(u.Chat, func(m simulator.Message) bool {
		if u.Fresh && max(m.Date, m.EditDate) < g.begun.Unix() {
			return false
		}
		if _, has := button(m, u.Button); u.Button != "" && !has {
			return false
		}
		return regexp.MustCompile(u.Says).MatchString(m.Text) && (!u.Photo || len(m.Photo) > 0)
	})
	return ok
}

// calm reports whether nothing is on its way: a card that is still about to change cannot be pressed.
func (g *guided) calm() bool {
	out := g.demo.outbox.Stats()
	return g.demo.lanes.Waiting() == 0 && out.Waiting == 0 && !out.Behind
}

// wait waits until something holds.
func (g *guided) wait(what string, ok func() bool) {
	g.t.Helper()
	late := time.After(10 * time.Second)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-late:
			g.t.Fatalf("not within %s: %s; the phones:\n%s", waitMost, what, g.seen())
		}
	}
}

// seen is what the bot said last on each phone.
func (g *guided) seen() string {
	var all strings.Builder
	for _, chat := range fiction.Order() {
		m, _ := g.newest(chat, func(simulator.Message) bool { return true })
		fmt.Fprintf(&all, "%d: %s\n", chat, m.Text)
		if m.ReplyMarkup != nil {
			for _, row := range m.ReplyMarkup.InlineKeyboard {
				for _, b := range row {
					fmt.Fprintf(&all, "  [%s]\n", b.Text)
				}
			}
		}
	}
	return all.String()
}

// TestTheTourIsToldInBothLanguages: each step has a title and few short sentences in both, and none of them
// a word that is too cold, or a name that somebody may have.
func TestTheTourIsToldInBothLanguages(t *testing.T) {
	names := map[string]bool{}
	for _, s := range tourSteps(t) {
		if names[s.Name] || s.Name == "" || len(s.Phones) == 0 || len(s.Words) != 2 {
			t.Errorf("%q is not a step of its own with phones and two languages", s.Name)
		}
		names[s.Name] = true
		for _, lang := range []string{"id", "en"} {
			words := s.Words[lang]
			if len(words) != 3 || words["title"] == "" || words["ask"] == "" || words["seen"] == "" {
				t.Errorf("%s, %s: %v", s.Name, lang, words)
			}
			for key, text := range words {
				if n := len(regexp.MustCompile(`[.?!…](?:\s|$)`).FindAllString(text, -1)); n > 3 || len([]rune(text)) > 140 {
					t.Errorf("%s.%s, %s: too long: %d sentences, %d letters", s.Name, key, lang, n, len([]rune(text)))
				}
				if found := regexp.MustCompile(`(?i)\b(Anda|kamu|input|submit|valid|error|wajib|segera|PSK|WTS|mantan|binaan)\b`).FindString(text); found != "" {
					t.Errorf("%s.%s, %s says %q", s.Name, key, lang, found)
				}
			}
		}
		if (s.Until == nil) != (len(s.Moves) == 0) {
			t.Errorf("%s: what is to be done, and how it is seen to be done, go together", s.Name)
		}
	}
}
