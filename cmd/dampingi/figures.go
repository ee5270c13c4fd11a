package main

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/dampingi/dampingi/internal/vitals"
)

// figuresFor is for how long figures are taken for those of now: whoever asks often costs nothing.
const figuresFor = 5 * time.Second

// askMost is how long the database and Redis may take to answer.
const askMost = 3 * time.Second

// missedFor is for how long a reminder that nobody was told in time is counted.
const missedFor = 24 * time.Hour

// sight is what is seen of the bot from outside.
type sight struct {
	metrics *metrics
	health  health
	lately  looked
	begun   atomic.Int64 // when this process began, and then to work, in Unix milliseconds
	jumped  atomic.Int64 // when the clock jumped last, in Unix milliseconds; 0 for never

	newestBackup func() (time.Time, error) // when the newest backup was made, the zero time when there is none; nil: nobody knows of backups
}

// watched begins to measure, once there is a clock and a store.
func (a *app) watched() {
	a.metrics = newMetrics(a.clock)
	a.begun.Store(a.clock().UnixMilli())
	a.metrics.MustRegister(newFigureCollector(a))
	a.store.Meter(a.metrics.flushed)
}

// looked is what was seen last, so that the machine is looked at every few seconds at most.
type looked struct {
	mu   sync.Mutex
	last vitals.Figures
}

// figures are those of now, or of a few seconds ago.
func (a *app) figures(ctx context.Context) vitals.Figures {
	now := a.clock()
	a.lately.mu.Lock()
	defer a.lately.mu.Unlock()
	if age := now.Sub(a.lately.last.At); age < 0 || age >= figuresFor {
		a.lately.last = a.measure(ctx, now)
	}
	return a.lately.last
}

// measure looks at everything.
func (a *app) measure(parent context.Context, now time.Time) vitals.Figures {
	ctx, cancel := context.WithTimeout(parent, askMost)
	defer cancel()
	f := vitals.Figures{At: now, PutAside: instantOf(a.metrics.putAside.Load()), NoWrite: instantOf(a.metrics.noWrite.Load()), Jumped: instantOf(a.jumped.Load())}
	if zone, err := a.set.zone(); err == nil {
		f.At = now.In(zone)
	}
	if a.alive.Load() {
		f.Polls = a.set.WebhookURL == ""
		f.Lanes = a.lanes.Busy()
	}
	f.Reached = instantOf(a.begun.Load())
	if at := instantOf(a.health.lately.Load()); at.After(f.Reached) {
		f.Reached = at
	}
	out := a.outbox.Stats()
	f.Outbox, f.OutboxAge, f.Behind = out.Waiting, max(0, out.Oldest), out.Behind
	if err := a.measureStore(ctx, &f); err != nil {
		f.DatabaseFailed = parent.Err() == nil // whoever asked may have gone
	}
	if a.states != nil {
		began := time.Now()
		f.Redis = &vitals.Redis{Up: a.states.Check(ctx) == nil, Latency: time.Since(began)}
	}
	f.Disk = diskOf(a.set.DataDir)
	if a.newestBackup != nil {
		if at, err := a.newestBackup(); err == nil {
			f.Backup = &vitals.Backup{At: at}
		}
	}
	return f
}

// measureStore asks the database.
func (a *app) measureStore(ctx context.Context, f *vitals.Figures) error {
	now := f.At
	s, err := a.store.Figures(ctx, now, vitals.LateBefore(now), now.Add(-missedFor))
	if err != nil {
		return err
	}
	since := func(at time.Time) time.Duration {
		if at.IsZero() {
			return 0
		}
		return max(0, now.Sub(at))
	}
	f.Inbox, f.InboxAge, f.DeadUpdates, f.DeadMessages = s.Inbox, since(s.InboxOldest), s.DeadUpdates, s.DeadLetters
	f.Due, f.Late, f.DueAge = s.Due, s.Late, since(s.DueOldest)
	f.Missed, f.Digests, f.DigestAt, f.Database = s.Missed, s.Digests, s.DigestLast, s.Bytes
	return nil
}

// instantOf is a time in Unix milliseconds; 0 is never.
func instantOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// figure is a metric that is asked for when the metrics are read.
type figure struct {
	desc *prometheus.Desc
	tell func(f *vitals.Figures, tell func(v float64, labels ...string))
}

// figureCollector tells the figures as metrics. What is not known is not exported.
type figureCollector struct {
	app  *app
	list []figure
}

// Describe says what there is.
func (c *figureCollector) Describe(out chan<- *prometheus.Desc) {
	for _, f := range c.list {
		out <- f.desc
	}
}

// Collect tells the figures of now.
func (c *figureCollector) Collect(out chan<- prometheus.Metric) {
	f := c.app.figures(context.Background())
	for _, one := range c.list {
		one.tell(&f, func(v float64, labels ...string) {
			out <- prometheus.MustNewConstMetric(one.desc, prometheus.GaugeValue, v, labels...)
		})
	}
}

// newFigureCollector is the table of what is told.
func newFigureCollector(a *app) *figureCollector {
	c := &figureCollector{app: a}
	add := func(name, help string, tell func(*vitals.Figures, func(float64, ...string)), labels ...string) {
		c.list = append(c.list, figure{prometheus.NewDesc(name, help, labels, nil), tell})
	}
	one := func(name, help string, of func(*vitals.Figures) float64) {
		add(name, help, func(f *vitals.Figures, tell func(float64, ...string)) { tell(of(f)) })
	}
	stored := func(name, help string, of func(*vitals.Figures) float64) { // known only when the database answers
		add(name, help, func(f *vitals.Figures, tell func(float64, ...string)) {
			if !f.DatabaseFailed {
				tell(of(f))
			}
		})
	}
	one("dampingi_leading", "1 for the instance that works, 0 for one that waits.", func(*vitals.Figures) float64 { return oneIf(a.alive.Load()) })
	one("dampingi_telegram_reached_timestamp_seconds", "When Telegram last answered a poll, or brought an update.", func(f *vitals.Figures) float64 { return seconds(f.Reached) })
	one(conflictMetric, "When Telegram last said that another polls with the same token; 0: never.", func(*vitals.Figures) float64 { return float64(a.health.rival.Load()) })
	one("dampingi_lanes_busy", "Chats that something is done for, or waits.", func(f *vitals.Figures) float64 { return float64(f.Lanes) })
	one("dampingi_updates_waiting", "Updates and deadlines in the lanes that are not yet worked off.", func(*vitals.Figures) float64 { return a.updatesWaiting() })
	stored("dampingi_inbox_waiting", "Updates that are stored and not worked off.", func(f *vitals.Figures) float64 { return float64(f.Inbox) })
	stored("dampingi_inbox_oldest_age_seconds", "How long the oldest of them has waited.", func(f *vitals.Figures) float64 { return f.InboxAge.Seconds() })
	one("dampingi_messages_waiting", "Messages in memory that are not yet sent.", func(f *vitals.Figures) float64 { return float64(f.Outbox) })
	one("dampingi_messages_oldest_age_seconds", "How long the one that has waited longest has been due.", func(f *vitals.Figures) float64 { return f.OutboxAge.Seconds() })
	one("dampingi_messages_behind", "1 while more messages wait in the database than fit into memory.", func(f *vitals.Figures) float64 { return oneIf(f.Behind) })
	stored("dampingi_deadlines_due", "Deadlines that have come.", func(f *vitals.Figures) float64 { return float64(f.Due) })
	stored("dampingi_deadlines_late", "Those that came more than a minute ago.", func(f *vitals.Figures) float64 { return float64(f.Late) })
	stored("dampingi_deadlines_oldest_age_seconds", "How long the earliest has been due.", func(f *vitals.Figures) float64 { return f.DueAge.Seconds() })
	stored("dampingi_digests", "Weeks of the chair that are on record.", func(f *vitals.Figures) float64 { return float64(f.Digests) })
	c.labelled(add)
	c.machine(add, one)
	return c
}

// labelled are those of which there are several.
func (c *figureCollector) labelled(add func(string, string, func(*vitals.Figures, func(float64, ...string)), ...string)) {
	add("dampingi_dead_letters", "What was put aside and is still kept.", func(f *vitals.Figures, tell func(float64, ...string)) {
		if !f.DatabaseFailed {
			tell(float64(f.DeadUpdates), "inbox")
			tell(float64(f.DeadMessages), "outbox")
		}
	}, "origin")
	add("dampingi_reminders_missed", "Reminders that nobody was told in time, the last 24 hours.", func(f *vitals.Figures, tell func(float64, ...string)) {
		missed := map[string]int{}
		for rule, n := range f.Missed {
			missed[ruleName(rule+".")] += n
		}
		for rule, n := range missed {
			tell(float64(n), rule)
		}
	}, "rule")
	add("dampingi_trouble", "1 for each trouble that lasts; docs/pemantauan.md says what to do.", func(f *vitals.Figures, tell func(float64, ...string)) {
		lasting := vitals.Lasting(*f)
		for _, t := range vitals.Troubles() {
			tell(oneIf(slices.Contains(lasting, t.Name)), string(t.Name))
		}
	}, "trouble")
	add("dampingi_digest_made_timestamp_seconds", "When the chair's last week was made.", func(f *vitals.Figures, tell func(float64, ...string)) {
		if !f.DigestAt.IsZero() {
			tell(seconds(f.DigestAt))
		}
	})
}

// machine are those of the machine.
func (c *figureCollector) machine(add func(string, string, func(*vitals.Figures, func(float64, ...string)), ...string), one func(string, string, func(*vitals.Figures) float64)) {
	one("dampingi_database_up", "1 when the database answers.", func(f *vitals.Figures) float64 { return oneIf(!f.DatabaseFailed) })
	one("dampingi_database_bytes", "The size of the database.", func(f *vitals.Figures) float64 { return float64(f.Database) })
	add("dampingi_disk_free_bytes", "What is free on the disk of the database.", func(f *vitals.Figures, tell func(float64, ...string)) {
		if f.Disk != nil {
			tell(float64(f.Disk.Free))
		}
	})
	add("dampingi_disk_bytes", "The size of that disk.", func(f *vitals.Figures, tell func(float64, ...string)) {
		if f.Disk != nil {
			tell(float64(f.Disk.Size))
		}
	})
	add("dampingi_redis_up", "1 when Redis answers.", func(f *vitals.Figures, tell func(float64, ...string)) {
		if f.Redis != nil {
			tell(oneIf(f.Redis.Up))
		}
	})
	add("dampingi_redis_latency_seconds", "How long Redis took to answer.", func(f *vitals.Figures, tell func(float64, ...string)) {
		if f.Redis != nil && f.Redis.Up {
			tell(f.Redis.Latency.Seconds())
		}
	})
	add("dampingi_backup_age_seconds", "How old the newest backup is.", func(f *vitals.Figures, tell func(float64, ...string)) {
		if f.Backup != nil && !f.Backup.At.IsZero() {
			tell(f.At.Sub(f.Backup.At).Seconds())
		}
	})
}

// oneIf is 1 for yes.
func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// seconds is a time as Prometheus wants it.
func seconds(at time.Time) float64 { return float64(at.UnixMilli()) / 1000 }
