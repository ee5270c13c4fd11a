package main

import (
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// metrics is what is counted while the bot works. Labels are words of closed sets: a kind, a result, a
// rule, never anything about anybody. What can be asked for is not counted here (figures.go).
type metrics struct {
	*prometheus.Registry
	clock func() time.Time

	alerts    prometheus.Counter
	taken     *prometheus.CounterVec
	worked    *prometheus.CounterVec
	stored    prometheus.Histogram
	answered  prometheus.Histogram
	sent      *prometheus.CounterVec
	held      *prometheus.CounterVec
	buried    *prometheus.CounterVec
	told      *prometheus.CounterVec
	putOff    *prometheus.CounterVec
	hooks     *prometheus.CounterVec
	flushes   prometheus.Histogram
	jobs      prometheus.Counter
	unwritten prometheus.Counter

	putAside, noWrite atomic.Int64 // when it last happened, in Unix milliseconds; 0 for never
}

// answerBuckets tell an answer that nobody waits for from one that she gives up on, in seconds.
func answerBuckets() []float64 {
	return []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800}
}

// flushBuckets reach from a good disk to one that is broken, in seconds.
func flushBuckets() []float64 { return []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5} }

// newMetrics makes all that is counted, and what Go and the system tell of the process.
func newMetrics(clock func() time.Time) *metrics {
	m := &metrics{Registry: prometheus.NewRegistry(), clock: clock}
	counter := func(name, help string) prometheus.Counter {
		c := prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
		m.MustRegister(c)
		return c
	}
	counters := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
		m.MustRegister(c)
		return c
	}
	times := func(name, help string, buckets []float64) prometheus.Histogram {
		h := prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets})
		m.MustRegister(h)
		return h
	}
	m.alerts = counter("dampingi_alerts_total", "Things that the administrator should look at in the log.")
	m.taken = counters("dampingi_updates_taken_total", "Updates and deadlines that came to their lane.", "kind")
	m.worked = counters("dampingi_updates_worked_total", "What became of them: done, tried again, put aside.", "kind", "result")
	m.stored = times("dampingi_update_stored_seconds", "From taking in what a person wrote or pressed until its turn is stored.", answerBuckets())
	m.answered = times("dampingi_answer_sent_seconds", "From taking in what a person wrote or pressed until Telegram has taken the answer.", answerBuckets())
	m.sent = counters("dampingi_messages_sent_total", "Messages that Telegram has taken.", "form")
	m.held = counters("dampingi_messages_held_total", "Times that Telegram did not take a message; slow is 429.", "form", "why")
	m.buried = counters("dampingi_messages_put_aside_total", "Messages that Telegram will never take.", "form", "why")
	m.told = counters("dampingi_reminders_told_total", "Reminders that somebody was told of.", "rule")
	m.putOff = counters("dampingi_reminders_held_total", "Times that a reminder was put off, and why.", "rule", "why")
	m.hooks = counters("dampingi_webhook_requests_total", "Requests to the webhook by the status of the answer; 401 has not got the secret.", "status")
	m.flushes = times("dampingi_commit_seconds", "Transactions flushed to disk.", flushBuckets())
	m.jobs = counter("dampingi_commit_jobs_total", "Pieces of work that shared those transactions.")
	m.unwritten = counter("dampingi_commits_failed_total", "Transactions that the database could not write.")
	m.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), builtFrom())
	return m
}

// builtFrom tells which build this is.
func builtFrom() prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "dampingi_build_info", Help: "Always 1; which build this is.", ConstLabels: prometheus.Labels{"version": version(), "goversion": runtime.Version()},
	}, func() float64 { return 1 })
}

// Taken counts an update.
func (m *metrics) Taken(kind turn.Kind) { m.taken.WithLabelValues(kindName(kind)).Inc() }

// Worked counts what became of an update, and how long a person's took.
func (m *metrics) Worked(kind turn.Kind, result conversation.Result, since time.Duration) {
	m.worked.WithLabelValues(kindName(kind), string(result)).Inc()
	switch {
	case result == conversation.PutAside:
		m.putAside.Store(m.clock().UnixMilli())
	case result == conversation.Done && kind != turn.Deadline:
		m.stored.Observe(since.Seconds())
	}
}

// Delivered counts a message, and how long whoever asked has waited for it.
func (m *metrics) Delivered(msg *turn.Message, now time.Time) {
	m.sent.WithLabelValues(formName(msg.Form)).Inc()
	if !msg.Asked.IsZero() && !now.IsZero() {
		m.answered.Observe(max(0, now.Sub(msg.Asked).Seconds()))
	}
}

// Held counts that a message was not taken this time.
func (m *metrics) Held(msg *turn.Message, why turn.TroubleKind) {
	m.held.WithLabelValues(formName(msg.Form), troubleName(why)).Inc()
}

// Buried counts a message that will never be taken. That a person has blocked the bot is told to others
// than the administrator, and what cannot be told to the administrator she cannot be told.
func (m *metrics) Buried(msg *turn.Message, why turn.TroubleKind) {
	m.buried.WithLabelValues(formName(msg.Form), troubleName(why)).Inc()
	if why != turn.Unreachable && !strings.HasPrefix(msg.ID, adminMessage) {
		m.putAside.Store(m.clock().UnixMilli())
	}
}

// flushed counts a transaction.
func (m *metrics) flushed(f records.Flush) {
	if f.Failed {
		m.unwritten.Inc()
		m.noWrite.Store(m.clock().UnixMilli())
		return
	}
	m.flushes.Observe(f.Took.Seconds())
	m.jobs.Add(float64(f.Jobs))
}

// reminded counts what a stored plan has told and put off.
func (m *metrics) reminded(r *turn.Reminding) {
	for _, t := range r.Told {
		m.told.WithLabelValues(ruleName(t.ID)).Inc()
	}
	for _, p := range r.PutOff {
		if p.Held != "" {
			m.putOff.WithLabelValues(ruleName(p.ID), heldName(p.Held)).Inc()
		}
	}
}

// hooked counts an answer of the webhook.
func (m *metrics) hooked(status int) { m.hooks.WithLabelValues(strconv.Itoa(status)).Inc() }
