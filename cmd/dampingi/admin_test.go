package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vitals"
)

// watchedHouse is a house whose chair is told of troubles, looked at by hand.
type watchedHouse struct {
	*house
	looks *administrator
}

// newWatched starts one; she has been told that she will be told.
func newWatched(t *testing.T, o houseOptions) *watchedHouse {
	t.Helper()
	h := &watchedHouse{house: newHouse(t, o)}
	h.looksAnew()
	h.told("Kabar tentang mesin akan saya kirim ke sini")
	return h
}

// looksAnew is a bot that remembers what is on record only.
func (h *watchedHouse) looksAnew() {
	h.set.AdminChat = "ketua" // after the start: only this test looks
	h.looks = &administrator{app: h.app}
}

// told looks, and holds what the chair is told to some words; none when she is told nothing.
func (h *watchedHouse) told(words ...string) {
	h.t.Helper()
	h.time.Advance(lookEvery)
	h.health.reached(h.time.Now()) // a poll that is under way would answer by now
	before := h.bots(chairChat)
	_ = h.looks.look(h.t.Context()) // it says when it could not be stored
	h.until("it is sent", func() bool {
		out := h.outbox.Stats()
		return out.Waiting == 0 && !out.Behind // right after the start, it may have been left in the store for a moment
	})
	if n := h.bots(chairChat) - before; n != min(1, len(words)) {
		h.t.Fatalf("%d messages about %v, the last:\n%s", n, words, h.shown(chairChat))
	}
	if len(words) > 0 {
		h.shows(chairChat, words...)
	}
}

func TestTheAdministratorIsToldOnceAndOfTheEnd(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	h := newWatched(t, houseOptions{redisURL: server.URL()})
	h.told()
	server.Kill()
	h.told() // for less than a minute so far
	h.told()
	h.told("Mesin perlu dilihat", "Redis tidak menjawab sejak 10.", "systemctl restart redis-server")
	h.told()
	h.rest() // a bot that is started again says nothing twice
	server.Restart()
	h.wakeUp()
	h.looksAnew()
	h.told()
	for range 9 {
		h.told()
	}
	h.told("Sudah pulih", "Redis menjawab lagi, setelah 2 menit")
	h.told()
}

func TestTheAdministratorIsToldOfWhatWasPutAsideAndNothingOfIt(t *testing.T) {
	t.Parallel()
	c := &clumsy{stumbles: func(u turn.Update) bool { return strings.Contains(u.Text, "kenari") }}
	h := newWatched(t, houseOptions{prepare: func(a *app) { c.Handler, a.desk = a.desk, c }})
	h.say(rinaChat, "kenaripanik")
	h.told("tidak bisa diolah dan disisihkan, terakhir 10.")
	h.look("what the administrator is told", []byte(h.shown(chairChat)))
	if shown := h.shown(chairChat); strings.Contains(shown, "Rina") || strings.Contains(shown, "102") {
		t.Errorf("it tells of whom:\n%s", shown)
	}
	h.say(rinaChat, "kenaripanik")
	h.told() // within six hours
	h.time.Advance(6 * time.Hour)
	h.told("disisihkan")
}

func TestTheAdministratorIsToldThatNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	h := newWatched(t, houseOptions{})
	if err := h.store.Bound(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	h.until("the disk is full", func() bool { // what is there already has some room
		err := h.store.Save(t.Context(), turn.State{Key: turn.Key(time.Now().String()), Data: make([]byte, 1<<16)})
		return err != nil
	})
	h.told("Data tidak bisa ditulis ke disk")
	h.told() // also when it is on no record
	if err := h.store.Bound(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	for range 21 { // for five minutes it counts, and five more it must not come back
		h.time.Advance(lookEvery)
		h.health.reached(h.time.Now())
		if err := h.looks.look(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.quiet()
	}
	h.shows(chairChat, "Data bisa ditulis lagi, setelah 5 menit")
}

func TestTwoWhoLookTellOnce(t *testing.T) {
	t.Parallel()
	h := newWatched(t, houseOptions{})
	other := &administrator{app: h.app}
	h.app.metrics.putAside.Store(h.time.Now().UnixMilli())
	if err := other.recall(t.Context()); err != nil { // it has read what is remembered
		t.Fatal(err)
	}
	h.told("disisihkan")
	before := h.bots(chairChat)
	for range 2 { // the first time it finds that somebody else has told, then it knows
		if err := other.look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	h.quiet()
	if n := h.bots(chairChat) - before; n != 0 {
		t.Errorf("told %d times more", n)
	}
}

func TestOnlyWhoeverWorksTells(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{prepare: func(a *app) { a.set.AdminChat = "ketua" }})
	h.until("the chair is told", func() bool { return h.bots(chairChat) == 1 })
	log := &notes{}
	other, end := h.second(log, func(*app) {})
	if other.alive.Load() {
		t.Fatal("the second works")
	}
	h.quiet()
	end()
	if n := h.bots(chairChat); n != 1 {
		t.Errorf("told %d times", n)
	}
	if strings.Contains(log.String(), "administrator") {
		t.Errorf("the second looked:\n%s", log)
	}
}

func TestWhoMayBeToldOfTroubles(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	for who, want := range map[string]string{
		"": "", "ketua": "", "101": "", " rina ": "", "900000000": "", "siapa": "names nobody", "M-417": "is a participant", "201": "is a participant", "K-208": "is a participant",
	} {
		h.set.AdminChat = who
		err := h.knowAdministrator(t.Context())
		if (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", who, err, want)
		}
	}
	if err := h.store.Unbind(t.Context(), "rina"); err != nil {
		t.Fatal(err)
	}
	h.set.AdminChat = "rina"
	if err := h.knowAdministrator(t.Context()); err != nil { // she may join yet
		t.Error(err)
	}
	if _, _, err := h.administrator(t.Context()); !errors.Is(err, errNotJoined) {
		t.Error(err)
	}
	w := &administrator{app: h.app}
	h.set.AdminChat = "201"
	if err := w.look(context.Background()); err == nil || h.bots(melatiChat) != 0 {
		t.Errorf("a participant was told: %v", err)
	}
}

// TestEveryTroubleHasItsWords in both languages, with what to do, and nothing to be filled in left over.
func TestEveryTroubleHasItsWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	now := instant(t, houseInstants)
	for _, lang := range h.book.Langs() {
		words := h.book.For(lang)
		for _, trouble := range vitals.Troubles() {
			for _, since := range []time.Duration{3 * time.Minute, 30 * time.Hour} {
				news := []vitals.News{{Name: trouble.Name, Since: now.Add(-since)}}
				if trouble.Last == nil {
					news = append(news, vitals.News{Name: trouble.Name, Over: true, Since: now.Add(-since), For: since})
				}
				m := turn.Message{ID: adminMessage, Chat: 1, Form: turn.Notice, Text: tellNews(words, now, news, false)}
				if err := m.Check(); err != nil || strings.Contains(m.Text, "admin.") || strings.Contains(m.Text, "{{") || len(m.Text) < 80 {
					t.Errorf("%s: %v\n%s", lang, err, m.Text)
				}
			}
		}
	}
	if got := string(clockTime(h.book.For("id"), now.Add(-30*time.Hour), now)); got != "24/11 04.00" {
		t.Errorf("thirty hours ago is %s", got)
	}
}

func TestAClockThatJumpsIsSeen(t *testing.T) {
	t.Parallel()
	var s steady
	wall, sure := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), time.Now()
	for i, step := range []struct {
		wall, sure time.Duration
		jumps      bool
	}{{0, 0, false}, {30 * time.Second, 30 * time.Second, false}, {2 * time.Hour, 30 * time.Second, true}, {30 * time.Second, 30 * time.Second, false},
		{-3 * time.Minute, 30 * time.Second, true}, {2 * time.Minute, 30 * time.Second, false}, {time.Hour, time.Hour, false}} {
		wall, sure = wall.Add(step.wall), sure.Add(step.sure)
		if got := s.jumpedSince(wall, sure); got != step.jumps {
			t.Errorf("step %d: %v", i, got)
		}
	}
}
