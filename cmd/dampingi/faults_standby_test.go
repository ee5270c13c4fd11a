package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// What ends serving, and who goes on.

// unauthorized is what Telegram says when it does not know the token any more.
func unauthorized(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = w.Write([]byte(`{"ok":false,"error_code":401,"description":"Unauthorized"}`))
}

// sends tells a request that says something.
func sends(method string, _ []byte) bool { return method == "sendMessage" }

func TestFaultTokenTakenBack(t *testing.T) {
	t.Parallel()
	t.Run("it is not ready", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, houseOptions{wrap: once(sends, unauthorized)})
		if _, err := h.sim.Say(rinaChat, "/menu"); err != nil {
			t.Fatal(err)
		}
		h.until("it is not ready", func() bool {
			wrong := h.wrong(t.Context())
			return len(wrong) > 0 && wrong[0].Part == "sending"
		})
		if items, err := h.store.Outgoing(t.Context(), 10); err != nil || len(items) == 0 {
			t.Errorf("%d messages in the outbox, %v", len(items), err)
		}
	})
	t.Run("it ends", func(t *testing.T) {
		t.Parallel()
		sim := simulator.New(simulator.Options{Token: houseToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot"})
		server := httptest.NewServer(once(sends, unauthorized)(sim.Handler()))
		t.Cleanup(func() { sim.Close(); server.Close() })
		sim.AddChat(strangerChat, "Orang lain", "")
		dir := t.TempDir()
		if code, _, said := ended(t, "init", "--data-dir", dir); code != exitDone {
			t.Fatal(said)
		}
		if _, err := sim.Say(strangerChat, "halo"); err != nil {
			t.Fatal(err)
		}
		code, _, said := ended(t, "serve", "--data-dir", dir, "--telegram-token", houseToken, "--telegram-api-url", server.URL, "--listen", "127.0.0.1:0")
		if code != exitWrong || !strings.Contains(said, "sending has stopped") || strings.Contains(said, houseToken) {
			t.Errorf("exit %d:\n%s", code, said)
		}
	})
}

// second is another instance on the same records, as serve runs it; end stops it and gives what
// it ended with.
func (h *house) second(log *notes, prepare func(*app)) (other *app, end func() error) {
	h.t.Helper()
	set := *h.set
	set.Listen = "127.0.0.1:0"
	store, v, err := demoStore(h.t.Context(), &set, h.time.Now, h.log)
	if err != nil {
		h.t.Fatal(err)
	}
	other, err = newApp(h.t.Context(), &set, store, v, h.time.Now, logTo(log))
	if err != nil {
		h.t.Fatal(err)
	}
	other.moved = h.time.Changed
	prepare(other)
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- other.serve(ctx) }()
	end = sync.OnceValue(func() error {
		stop()
		err := <-over
		other.close()
		return errors.Join(err, store.Close())
	})
	h.t.Cleanup(func() { _ = end() })
	h.until("the second waits", func() bool { return strings.Contains(log.String(), "another instance serves") })
	return other, end
}

func TestFaultSecondInstance(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	other, end := h.second(&notes{}, func(*app) {})
	if wrong := other.wrong(t.Context()); len(wrong) == 0 || other.alive.Load() {
		t.Errorf("the second works beside the first: %v", wrong)
	}
	before := h.bots(rinaChat)
	h.time.Advance(2*time.Hour + time.Minute)
	h.until("she is reminded", func() bool { return h.bots(rinaChat) > before })
	h.quiet()
	time.Sleep(200 * time.Millisecond) // what a second one would need to remind her too
	if n := h.bots(rinaChat) - before; n != 1 {
		t.Errorf("%d reminders", n)
	}
	if err := end(); err != nil {
		t.Error(err)
	}
}

func TestFaultSecondInstanceTakesOver(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	other, end := h.second(&notes{}, func(a *app) {
		a.standby = func(ctx context.Context, _ time.Duration) bool { return sleep(ctx, 5*time.Millisecond) == nil }
	})
	// The first has taken in what it does not come to any more.
	body := []byte(`{"update_id":990001,"message":{"message_id":77,"date":1764040000,"chat":{"id":102,"type":"private"},"from":{"id":102},"text":"melati"}}`)
	if _, err := h.store.Receive(t.Context(), []turn.Row{{UpdateID: 990001, Body: body, At: h.time.Now()}}); err != nil {
		t.Fatal(err)
	}
	if err := h.store.Commit(t.Context(), turn.Plan{Messages: []turn.Message{{ID: "left", Chat: yuliChat, Form: turn.Notice, Text: "Kabar."}}}); err != nil {
		t.Fatal(err)
	}
	h.rest()
	h.until("the second answers", func() bool {
		h.time.Advance(100 * time.Millisecond)
		return strings.Contains(h.shown(rinaChat), "Kapan?") && strings.Contains(h.shown(yuliChat), "Kabar.")
	})
	h.until("the second is ready", func() bool { return len(other.wrong(t.Context())) == 0 })
	if err := end(); err != nil {
		t.Error(err)
	}
}

// TestFaultSecondInstanceByWebhook: there is no lease between one who polls and one to whom Telegram
// brings updates, and still they do not work off the same rows.
func TestFaultSecondInstanceByWebhook(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	other, end := h.second(&notes{}, func(a *app) {
		a.set.WebhookURL, a.set.WebhookSecret = "http://127.0.0.1:1/hook", "rahasia"
		a.standby = func(ctx context.Context, _ time.Duration) bool { return sleep(ctx, 5*time.Millisecond) == nil }
	})
	if err := h.store.Commit(t.Context(), turn.Plan{Messages: []turn.Message{{ID: "left", Chat: yuliChat, Form: turn.Notice, Text: "Kabar."}}}); err != nil {
		t.Fatal(err)
	}
	if other.alive.Load() {
		t.Error("the second works beside the first")
	}
	h.rest()
	h.until("the second goes on", func() bool {
		h.time.Advance(100 * time.Millisecond)
		return other.alive.Load() && strings.Contains(h.shown(yuliChat), "Kabar.")
	})
	if err := end(); err != nil {
		t.Error(err)
	}
}

func TestServingGivesItsLeaseBack(t *testing.T) {
	t.Parallel()
	sim := simulator.New(simulator.Options{Token: houseToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot"})
	server := httptest.NewServer(sim.Handler())
	t.Cleanup(func() { sim.Close(); server.Close() })
	sim.AddChat(strangerChat, "Orang lain", "")
	dir := t.TempDir()
	if code, _, said := ended(t, "init", "--data-dir", dir); code != exitDone {
		t.Fatal(said)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	over := make(chan int, 1)
	var said notes
	go func() {
		over <- run(ctx, []string{"serve", "--data-dir", dir, "--telegram-token", houseToken, "--telegram-api-url", server.URL, "--listen", "127.0.0.1:0"}, strings.NewReader(""), io.Discard, &said)
	}()
	h := &house{t: t, sim: sim}
	if _, err := sim.Say(strangerChat, "halo"); err != nil {
		t.Fatal(err)
	}
	h.until("an answer", func() bool { return h.bots(strangerChat) > 0 })
	stop()
	if code := <-over; code != exitDone || strings.Contains(said.String(), "closed") {
		t.Errorf("exit %d:\n%s", code, said.String())
	}
	store, _, err := demoStore(t.Context(), &Settings{DataDir: dir, Timezone: "Asia/Jakarta"}, time.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	if free, err := store.Lease(t.Context(), "telegram.poll", "somebody else", time.Second); err != nil || !free {
		t.Errorf("the lease is free: %v, %v", free, err)
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}
