package main

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// quietMost is how long Telegram may be silent before the bot counts as cut off: twice a
// long poll.
const quietMost = 2 * time.Minute

// health is when the running process last heard of Telegram.
type health struct {
	lately atomic.Int64 // when Telegram was reached, in Unix milliseconds; 0 for never
	rival  atomic.Int64 // when another was found to take the updates, in Unix seconds; 0 for never
}

// reached notes that Telegram answered.
func (h *health) reached(at time.Time) { h.lately.Store(at.UnixMilli()) }

// conflictMetric is how doctor learns of somebody else who polls: asking Telegram would disturb the bot that serves.
const conflictMetric = "dampingi_poll_conflict_timestamp_seconds"

// rivaled notes that somebody else polls with the same token.
func (h *health) rivaled(at time.Time) { h.rival.Store(at.Unix()) }

// handler serves health and metrics, and the webhook where there is one. None of it tells anything
// about anybody, and still it is meant for the machine itself (LISTEN): whoever may read it sees how
// much is written, and when.
func (a *app) handler(hookPath string, hook http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { answerReady(w, a.wrong(r.Context())) })
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics, promhttp.HandlerOpts{}))
	if hook != nil {
		mux.Handle(hookPath, a.metrics.counted(hook))
	}
	return mux
}

// part is a part of the bot that is not as it has to be.
type part struct {
	Part string `json:"part"`
	Why  string `json:"why"`
}

// answerReady is one line of JSON: whether the bot is ready, and which parts are not.
func answerReady(w http.ResponseWriter, wrong []part) {
	w.Header().Set("Content-Type", "application/json")
	if len(wrong) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(struct { // whoever asked may be gone
		Ready bool   `json:"ready"`
		Wrong []part `json:"wrong,omitempty"`
	}{len(wrong) == 0, wrong})
}

// wrong lists what is missing for the bot to work: nothing when it is ready.
func (a *app) wrong(ctx context.Context) []part {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	var wrong []part
	alive := a.alive.Load()
	if !alive && !(a.store.Shared() && a.set.WebhookURL != "") { // there, all take updates in
		wrong = append(wrong, part{"instance", "another instance works, or this one is about to"})
	}
	if a.mute.Load() {
		wrong = append(wrong, part{"sending", "nothing is sent any more: Telegram does not take the token"})
	}
	if err := a.store.Check(ctx); err != nil {
		wrong = append(wrong, part{"database", "the database does not answer"})
	}
	if a.states != nil {
		if err := a.states.Check(ctx); err != nil {
			wrong = append(wrong, part{"redis", "redis does not answer"})
		}
	}
	if alive && a.set.WebhookURL == "" && a.clock().Sub(time.UnixMilli(a.health.lately.Load())) > quietMost {
		wrong = append(wrong, part{"telegram", "telegram was not reached lately"})
	}
	return wrong
}

// updatesWaiting is how much the lanes have to do.
func (a *app) updatesWaiting() float64 {
	if !a.alive.Load() { // there are no lanes yet
		return 0
	}
	return float64(a.lanes.Waiting())
}

// open reports whether an address can be reached from other machines.
func open(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && !tcp.IP.IsLoopback()
}
