package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/simulator"
)

// notes is what the house logged, to be read while it goes on.
type notes struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write takes a line.
func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.Write(b)
}

// String is everything so far.
func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.String()
}

// until waits for a condition that comes by itself.
func (h *house) until(what string, ok func() bool) {
	h.t.Helper()
	deadline := time.After(waitMost)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			h.t.Fatalf("not within %s: %s", waitMost, what)
		}
	}
}

// calm lets the clock run fast until everything that was held back is out.
func (h *house) calm() {
	h.t.Helper()
	h.until("calm", func() bool {
		h.time.Advance(time.Second)
		return h.idle()
	})
}

// send lets somebody send anything, and waits for what follows.
func (h *house) send(chat int64, in simulator.Input) simulator.Message {
	h.t.Helper()
	h.moment()
	m, err := h.sim.Send(chat, in)
	if err != nil {
		h.t.Fatal(err)
	}
	h.quiet()
	return m
}

// presses lets somebody press one button after another.
func (h *house) presses(chat int64, labels ...string) {
	h.t.Helper()
	for _, l := range labels {
		h.press(chat, l)
	}
}

// summary brings Rina to the summary of a visit to Melati.
func (h *house) summary() {
	h.t.Helper()
	h.say(rinaChat, "/kunjungan")
	h.presses(rinaChat, "M-417 · Melati", "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak")
	h.shows(rinaChat, "Saya catat begini ya")
}

// shows says what the newest message of the bot has to say.
func (h *house) shows(chat int64, parts ...string) {
	h.t.Helper()
	for _, p := range parts {
		if got := h.shown(chat); !strings.Contains(got, p) {
			h.t.Errorf("%q is not said:\n%s", p, got)
		}
	}
}

// bots is how many messages the bot has sent to a chat, removed ones among them.
func (h *house) bots(chat int64) int {
	n := 0
	for _, m := range h.sim.Messages(chat, 0) {
		if m.From.IsBot {
			n++
		}
	}
	return n
}

// fault switches a fault on.
func (h *house) fault(f simulator.Fault) {
	h.t.Helper()
	if err := h.sim.Faults().Add(f); err != nil {
		h.t.Fatal(err)
	}
}

// struck lets time pass until no fault is left to strike.
func (h *house) struck() {
	h.t.Helper()
	h.until("every fault has struck", func() bool {
		h.time.Advance(10 * time.Millisecond)
		return len(h.sim.Faults().Active()) == 0
	})
}

// dead is what lies in the dead letters.
func (h *house) dead() []records.DeadLetter {
	h.t.Helper()
	dead, err := h.store.DeadLetters(h.t.Context(), 100)
	if err != nil {
		h.t.Fatal(err)
	}
	return dead
}

// standing is how many reports stand, and how many were taken back.
func (h *house) standing() (stand, undone int) {
	h.t.Helper()
	for _, r := range h.reports() {
		if r.UndoneAt.IsZero() {
			stand++
		} else {
			undone++
		}
	}
	return stand, undone
}

// recorded says how many reports have to stand.
func (h *house) recorded(want int) {
	h.t.Helper()
	if stand, undone := h.standing(); stand != want || undone != 0 {
		h.t.Errorf("%d reports stand and %d were taken back, want %d and none", stand, undone, want)
	}
}

// answers is what the only report that stands says.
func (h *house) answers() string {
	h.t.Helper()
	said := ""
	for _, r := range h.reports() {
		if r.UndoneAt.IsZero() {
			said += string(r.Answers)
		}
	}
	return said
}

// async presses a button without waiting for what follows; the answer comes later, if at all.
func (h *house) async(chat int64, label string) <-chan simulator.Answer {
	h.t.Helper()
	m, data, ok := h.button(chat, label)
	if !ok {
		h.t.Fatalf("no button %q on:\n%s", label, h.shown(chat))
	}
	answer := make(chan simulator.Answer, 1)
	go func() {
		if a, err := h.sim.Press(chat, m, data); err == nil {
			answer <- a
		}
	}()
	return answer
}

// heard waits for the answer to a press.
func (h *house) heard(answer <-chan simulator.Answer) simulator.Answer {
	h.t.Helper()
	select {
	case a := <-answer:
		return a
	case <-time.After(waitMost):
		h.t.Fatalf("a press was not answered within %s", waitMost)
		return simulator.Answer{}
	}
}

// call calls a method of the Bot API as somebody else who has the token.
func (h *house) call(method, query string) string {
	h.t.Helper()
	res, err := http.Get(h.url + "/bot" + houseToken + "/" + method + "?" + query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(body)
}

// once gives one request that fits to other hands, and all the rest to the simulator.
func once(fits func(method string, body []byte) bool, other http.HandlerFunc) func(http.Handler) http.Handler {
	var done sync.Once
	return func(sim http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			struck := false
			if fits(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:], body) {
				done.Do(func() { struck = true; other(w, r) })
			}
			if !struck {
				sim.ServeHTTP(w, r)
			}
		})
	}
}

// ended runs a command of the program and gives its exit code and what it said.
func ended(t testing.TB, args ...string) (code int, out, errOut string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), waitMost)
	defer cancel()
	var said, wrong notes
	code = run(ctx, args, strings.NewReader(""), &said, &wrong)
	return code, said.String(), wrong.String()
}

// logTo logs everything to w.
func logTo(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
