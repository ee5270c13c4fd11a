package main

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// quietMost is how long Telegram may be silent before the bot counts as cut off: twice a
// long poll.
const quietMost = 2 * time.Minute

// health is what is told about the running process: nothing personal.
type health struct {
	clock   func() time.Time
	lately  atomic.Int64 // when Telegram was reached, in Unix milliseconds
	metrics *prometheus.Registry
	alerts  prometheus.Counter
}

func newHealth(clock func() time.Time) *health {
	h := &health{clock: clock, metrics: prometheus.NewRegistry()}
	h.alerts = prometheus.NewCounter(prometheus.CounterOpts{Name: "dampingi_alerts_total", Help: "Things that the administrator should look at."})
	h.metrics.MustRegister(h.alerts)
	return h
}

// reached notes that Telegram answered.
func (h *health) reached(at time.Time) { h.lately.Store(at.UnixMilli()) }

// gauge adds a number that is asked for when the metrics are read.
func (h *health) gauge(name, help string, f func() float64) {
	h.metrics.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, f))
}

// counter adds a number that only grows.
func (h *health) counter(name, help string, f func() float64) {
	h.metrics.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, f))
}

// handler serves health and metrics, and the webhook where there is one.
func (a *app) handler(hookPath string, hook http.Handler) http.Handler {
	a.health.gauge("dampingi_updates_waiting", "Updates that are not yet worked off.", func() float64 {
		if !a.alive.Load() { // there are no lanes yet
			return 0
		}
		return float64(a.lanes.Waiting())
	})
	a.health.gauge("dampingi_messages_waiting", "Messages that are not yet sent.", func() float64 { return float64(a.outbox.Stats().Waiting) })
	a.health.counter("dampingi_messages_sent_total", "Messages sent.", func() float64 { return float64(a.outbox.Stats().Sent) })
	a.health.counter("dampingi_commits_total", "Transactions flushed to disk.", func() float64 { return float64(a.store.Stats().Flushes) })
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := a.ready(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.health.metrics, promhttp.HandlerOpts{}))
	if hook != nil {
		mux.Handle(hookPath, hook)
	}
	return mux
}

// ready says what is missing for the bot to work, or nothing.
func (a *app) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if !a.alive.Load() && !(a.store.Shared() && a.set.WebhookURL != "") { // there, all take updates in
		return errors.New("another instance works, or this one is about to")
	}
	if a.mute.Load() {
		return errors.New("nothing is sent any more")
	}
	if err := a.store.Check(ctx); err != nil {
		return errors.New("the database does not answer")
	}
	if a.states != nil {
		if err := a.states.Check(ctx); err != nil {
			return errors.New("redis does not answer")
		}
	}
	if a.set.WebhookURL == "" && a.clock().Sub(time.UnixMilli(a.health.lately.Load())) > quietMost {
		return errors.New("telegram was not reached lately")
	}
	return nil
}
