package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/simulator"
)

// `make soak` lets many people report for long; `make test` a few for some seconds.
var (
	soakFor    = flag.Duration("soak", 4*time.Second, "for how long TestSoak lets people report")
	soakPeople = flag.Int("soakpeople", 20, "how many people")
)

// soak is a bot that works for long, with faults, and its people.
type soak struct {
	*crash  // its people; nothing is killed here but Redis
	server  *redistest.Server
	app     *app
	store   *records.Store
	log     *recently
	leave   func() // stops the bot
	think   time.Duration
	end     func()        // stops what is around it
	said    *bufio.Writer // what was confirmed and taken back, a line each: kept on disk, so that it weighs nothing
	saying  sync.Mutex
	still   sync.RWMutex // held by whoever takes a step, and while nobody may
	steps   atomic.Int64
	trouble map[string]int
}

// TestSoak lets people report while Telegram and Redis fail again and again and the bot is started anew:
// in the end, what was confirmed is on record once and nothing else is, memory is where it was, and
// nothing is left running. It does not run beside others, whose memory would be counted.
func TestSoak(t *testing.T) {
	goroutines, _ := goroutinesLeft()
	s := newSoak(t)
	ctx, cancel := context.WithTimeout(t.Context(), *soakFor+crashFor)
	defer cancel()
	s.begin()
	over := make(chan struct{})
	var working sync.WaitGroup
	for _, p := range s.people {
		working.Go(func() { s.lives(ctx, p, over) })
	}
	began := time.Now()
	pause(ctx, *soakFor/5) // two minutes of ten: everything that is kept for the next time is there
	early := s.heap()      // by then every chat of the simulator has as many messages as it keeps
	for n := 0; (n < len(soakTroubles) || time.Since(began) < *soakFor) && !t.Failed(); n++ {
		s.fault(ctx, n)
	}
	s.sim.Faults().Clear()
	late := s.heap()
	took := time.Since(began)
	close(over)
	working.Wait()
	s.atRest()
	s.holds()
	s.leave()
	s.end()
	s.alone(goroutines)
	t.Logf("%d people for %s: %d steps, %d reports confirmed, %d taken back; heap %.1f MB after a fifth, %.1f MB in the end; faults %v",
		len(s.people), took.Round(time.Second), s.steps.Load(), s.reports.Load(), s.undone.Load(), early/1e6, late/1e6, s.trouble)
	if room := max(early/4, 4e6); late > early+room {
		t.Errorf("the heap grew from %.1f to %.1f MB", early/1e6, late/1e6)
	}
	if s.reports.Load()+s.undone.Load() < int64(len(s.people)) {
		t.Errorf("nothing much happened: %d reports", s.reports.Load())
	}
}

func newSoak(t *testing.T) *soak {
	t.Helper()
	c := &crash{t: t, clock: simulator.NewClock(time.Time{}), acts: make(chan struct{}, 1)}
	s := &soak{crash: c, server: redistest.Start(t), log: &recently{}, trouble: map[string]int{}}
	s.think = 2 * *soakFor / 400 // as many steps for each, however long it takes
	c.sim = simulator.New(simulator.Options{Token: houseToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot", Clock: c.clock, PressWait: 3 * time.Second, KeepMessages: 8})
	server := httptest.NewServer(c.sim.Handler())
	s.end = func() { c.sim.Close(); server.Close(); http.DefaultClient.CloseIdleConnections(); s.server.Kill() }
	dir := t.TempDir()
	c.set = &Settings{Token: houseToken, APIURL: server.URL, DataDir: dir, RedisURL: s.server.URL(), Timezone: middayZone()}
	c.set.RemindersFile = houseRules(t, dir, houseOptions{})
	c.seed(*soakPeople, uint64(time.Now().UnixNano()))
	file, err := os.Create(filepath.Join(dir, "said"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	s.said = bufio.NewWriter(file)
	return s
}

// begin starts the bot on the records there are.
func (s *soak) begin() {
	s.t.Helper()
	store, v, err := openStore(s.t.Context(), s.set, time.Now, logTo(s.log))
	if err != nil {
		s.t.Fatal(err)
	}
	a, err := newApp(s.t.Context(), s.set, store, v, time.Now, newLog(s.log, &Settings{}))
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	if leads, err := a.lead(ctx); err != nil || !leads {
		s.t.Fatal(leads, err)
	}
	if err := a.start(ctx); err != nil {
		s.t.Fatal(err)
	}
	polled := make(chan struct{})
	go func() { defer close(polled); _ = a.poll(ctx) }()
	s.app, s.store = a, store
	s.leave = sync.OnceFunc(func() {
		stop()
		<-polled
		a.close()
		if err := store.Close(); err != nil {
			s.t.Error(err)
		}
	})
	s.t.Cleanup(s.leave)
}

// lives is one who reports until it is over, and thinks between two steps.
func (s *soak) lives(ctx context.Context, p *reporter, over <-chan struct{}) {
	for {
		select {
		case <-over:
			return
		default:
		}
		p.anew()
		p.old = nil
		for done := false; !done; {
			if s.t.Failed() { // somebody has told why
				return
			}
			if ctx.Err() != nil {
				s.t.Errorf("%s is stuck; she wants %v and sees:\n%s", p.id, p.want, newest(s.sim.Messages(p.chat, 0)).text)
				return
			}
			s.still.RLock()
			done = p.do(ctx, newest(s.sim.Messages(p.chat, 0)))
			s.still.RUnlock()
			s.steps.Add(1)
			pause(ctx, time.Duration(p.rand.Int64N(int64(s.think))))
		}
		s.note(p)
	}
}

// note writes down what somebody saw confirmed and taken back, and forgets it.
func (s *soak) note(p *reporter) {
	s.saying.Lock()
	defer s.saying.Unlock()
	for _, w := range p.confirmed {
		_, _ = fmt.Fprintf(s.said, "+%s %s\n", p.id, w) // a full disk shows in what is missing
	}
	for _, w := range p.undone {
		_, _ = fmt.Fprintf(s.said, "-%s %s\n", p.id, w)
	}
	s.reports.Add(int64(len(p.confirmed)))
	s.undone.Add(int64(len(p.undone)))
	p.confirmed, p.undone = p.confirmed[:0], p.undone[:0]
}

// soakTroubles come one after the other: what Telegram does, Redis that is gone, a bot that is started anew.
var soakTroubles = []string{"429", "500", "cut_before", "cut_after", "redis", "502", "restart"}

// fault is one of them, for a fiftieth of the time, and as long without any.
func (s *soak) fault(ctx context.Context, n int) {
	while := *soakFor / 50
	kind := soakTroubles[n%len(soakTroubles)]
	s.trouble[kind]++
	switch kind {
	case "redis":
		s.server.Kill()
		pause(ctx, min(while, 5*time.Second))
		s.server.Restart()
	case "restart":
		s.leave()
		s.begin()
	default:
		err := s.sim.Faults().Add(simulator.Fault{Kind: kind, Probability: .1, RetryAfter: 1})
		if err != nil {
			s.t.Error(err)
		}
		pause(ctx, while)
		s.sim.Faults().Clear()
	}
	pause(ctx, while)
}

// heap is what is in use while nobody does anything, after everything else was thrown away, in bytes.
func (s *soak) heap() float64 {
	s.t.Helper()
	s.still.Lock()
	defer s.still.Unlock()
	s.atRest()
	var m runtime.MemStats
	for range 2 { // what a pool keeps is let go of by the second
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// atRest waits until the bot has nothing to do.
func (s *soak) atRest() {
	s.t.Helper()
	s.until("all is out", func() bool {
		out := s.app.outbox.Stats()
		return s.app.lanes.Waiting() == 0 && out.Waiting == 0 && !out.Behind
	})
}

// until waits for something that comes by itself.
func (s *soak) until(what string, ok func() bool) {
	s.t.Helper()
	(&house{t: s.t}).until(what, ok)
}

// holds compares what is on record with what people saw confirmed, and looks for anything left over.
func (s *soak) holds() {
	s.t.Helper()
	standing, back := map[string]int{}, map[string]int{}
	err := s.store.Reports(s.t.Context(), records.ReportFilter{WithUndone: true}, func(r program.Report) error {
		w := wish{code: r.Participant}
		if err := json.Unmarshal(r.Answers, &w); err != nil {
			return err
		}
		if r.UndoneAt.IsZero() {
			standing[r.Author+" "+w.String()]++
		} else {
			back[r.Author+" "+w.String()]++
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	confirmed, undone := s.heard()
	s.same("on record", confirmed, standing)
	s.same("taken back", undone, back)
	f, err := s.store.Figures(s.t.Context(), time.Now(), time.Now(), time.Now())
	if err != nil || f.Inbox != 0 || f.DeadUpdates != 0 || f.DeadLetters != 0 {
		s.t.Errorf("left over: %+v %v\n%s", f, err, s.log.String())
	}
}

// heard reads what was written down: what stands, and what was taken back.
func (s *soak) heard() (confirmed, undone map[string]int) {
	s.t.Helper()
	if err := s.said.Flush(); err != nil {
		s.t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(s.set.DataDir, "said"))
	if err != nil {
		s.t.Fatal(err)
	}
	confirmed, undone = map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(data)) {
		if what, ok := strings.CutPrefix(strings.TrimSpace(line), "+"); ok {
			confirmed[what]++
		} else {
			undone[strings.TrimSpace(line)[1:]]++
		}
	}
	return confirmed, undone
}

// alone waits until no more goroutines are there than before.
func (s *soak) alone(before int) {
	s.t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		n, stacks := goroutinesLeft()
		if n <= before {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			s.t.Errorf("%d goroutines are left, there were %d:\n%s", n, before, stacks)
			return
		}
	}
}

// goroutinesLeft counts all but those that look for idle connections of a client that is not used any
// more: each ends when it finds none the next time.
func goroutinesLeft() (n int, stacks string) {
	var b strings.Builder
	_ = pprof.Lookup("goroutine").WriteTo(&b, 1) // into memory
	for group := range strings.SplitSeq(b.String(), "\n\n") {
		if _, rest, ok := strings.Cut(group, "goroutine profile:"); ok {
			_, group, _ = strings.Cut(rest, "\n")
		}
		many := 0
		if _, err := fmt.Sscanf(group, "%d @", &many); err == nil && !strings.Contains(group, "connsCleaner") {
			n += many
			stacks += group + "\n"
		}
	}
	return n, stacks
}

// recently keeps the end of what is logged: all of it would weigh more than the bot.
type recently struct{ lastWords }

// Write takes a line.
func (r *recently) Write(b []byte) (int, error) {
	r.add(strings.TrimSpace(string(b)))
	return len(b), nil
}
