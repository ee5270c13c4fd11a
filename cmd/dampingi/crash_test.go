package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/vault"
)

const (
	crashKills  = 12              // of each combination: 48 in all
	crashPeople = 12              // who are in conversation at once
	crashFor    = 4 * time.Minute // many times what it takes: the machine may be busy with others
	crashChat   = 7001            // the first companion's
)

// TestCrash kills the real bot at random moments, again and again, while a dozen people
// report to it, and compares what is on record in the end with what they saw confirmed.
// CRASH_SEED repeats the choices of a run, as far as the machine lets it.
func TestCrash(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	if s, err := strconv.ParseUint(os.Getenv("CRASH_SEED"), 10, 64); err == nil {
		seed = s
	}
	began := time.Now()
	var all tally
	bin := builtBot(t)
	t.Run("of", func(t *testing.T) {
		for i, way := range []struct {
			name           string
			redis, webhook bool
		}{{"sqlite_polling", false, false}, {"sqlite_webhook", false, true}, {"redis_polling", true, false}, {"redis_webhook", true, true}} {
			t.Run(way.name, func(t *testing.T) {
				t.Parallel()
				c := newCrash(t, bin, seed+uint64(i), way.redis, way.webhook)
				c.run()
				all.add(&c.tally)
			})
		}
	})
	line := fmt.Sprintf("seed %d: %d kills, %d restarts, %d reports confirmed, %d taken back, in %s",
		seed, all.kills.Load(), all.starts.Load(), all.reports.Load(), all.undone.Load(), time.Since(began).Round(100*time.Millisecond))
	t.Log(line)
}

// tally counts what a run went through.
type tally struct{ kills, starts, reports, undone atomic.Int64 }

func (y *tally) add(o *tally) {
	y.kills.Add(o.kills.Load())
	y.starts.Add(o.starts.Load())
	y.reports.Add(o.reports.Load())
	y.undone.Add(o.undone.Load())
}

// builtBot builds the program once.
func builtBot(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bot")
	args := []string{"build", "-o", path}
	if raceOn {
		args = append(args, "-race")
	}
	if out, err := exec.Command("go", append(args, ".")...).CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

// crash is one bot that is killed, and its people.
type crash struct {
	tally
	t      *testing.T
	rand   *rand.Rand
	bin    string
	env    []string
	set    *Settings
	sim    *simulator.Server
	clock  *simulator.Clock
	people []*reporter
	acts   chan struct{} // one for everything that somebody does

	cmd    *exec.Cmd
	ready  chan struct{} // closed when the bot serves
	dead   chan struct{} // closed when it is gone
	killed atomic.Bool   // it is gone because we wanted it to be
	leads  atomic.Bool   // of several, it is the one that works off what comes
	said   lastWords
}

func newCrash(t *testing.T, bin string, seed uint64, withRedis, webhook bool) *crash {
	t.Helper()
	clock := simulator.NewClock(time.Time{})
	c := &crash{t: t, rand: rand.New(rand.NewPCG(seed, 1)), bin: bin, clock: clock, acts: make(chan struct{}, 1<<16)}
	c.sim = simulator.New(simulator.Options{Token: houseToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot", Clock: clock, PressWait: 3 * time.Second})
	server := httptest.NewServer(c.sim.Handler())
	t.Cleanup(func() { c.sim.Close(); server.Close() })
	listen := freeAddress(t)
	c.set = &Settings{DataDir: t.TempDir(), Timezone: middayZone(), Listen: listen}
	c.env = append(os.Environ(), "TELEGRAM_TOKEN="+houseToken, "TELEGRAM_API_URL="+server.URL, "SEND_RATE=0", "LISTEN="+listen,
		"DATA_DIR="+c.set.DataDir, "TIMEZONE="+c.set.Timezone)
	if withRedis {
		c.env = append(c.env, "REDIS_URL="+redistest.Start(t).URL())
	}
	if webhook {
		c.env = append(c.env, "WEBHOOK_URL=http://"+listen+"/hook", "WEBHOOK_SECRET=rahasia")
	}
	c.seed(crashPeople, seed)
	return c
}

// seed puts n people and those whom they accompany on record.
func (c *crash) seed(n int, seed uint64) {
	c.t.Helper()
	store := c.open()
	for i := range n {
		chat := int64(crashChat + i)
		p := &reporter{crash: c, chat: chat, id: fmt.Sprintf("pendamping-%02d", i), rand: rand.New(rand.NewPCG(seed, uint64(chat))), before: map[string]bool{}}
		her := program.Person{ID: p.id, Role: program.Companion, Name: "Rekan", Chat: chat, Lang: "id", Active: true}
		if err := store.AddPerson(c.t.Context(), her); err != nil {
			c.t.Fatal(err)
		}
		for j := range 4 {
			code := fmt.Sprintf("P-%d%02d", j+1, i)
			one := program.Participant{Agreed: program.OnPaper, Code: code, Alias: "Bunga" + letters(i) + letters(j), Stage: program.Trading, Companion: p.id}
			if err := store.AddParticipant(c.t.Context(), one); err != nil {
				c.t.Fatal(err)
			}
			p.codes = append(p.codes, code)
		}
		c.sim.AddChat(chat, "Rekan", "")
		c.people = append(c.people, p)
	}
	if err := store.Close(); err != nil {
		c.t.Fatal(err)
	}
}

// letters is a number in capital letters.
func letters(n int) string {
	if n < 26 {
		return string(rune('A' + n))
	}
	return letters(n/26-1) + letters(n%26)
}

// open opens the records, while no bot has them open.
func (c *crash) open() *records.Store {
	c.t.Helper()
	if err := vault.Create(c.set.key()); err != nil && !errors.Is(err, vault.ErrExists) {
		c.t.Fatal(err)
	}
	open := demoStore
	if c.set.DatabaseURL != "" {
		open = openStore
	}
	store, _, err := open(c.t.Context(), c.set, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		c.t.Fatal(err)
	}
	return store
}

// run lets the people report while the bot is killed, then lets them finish, and compares.
func (c *crash) run() {
	ctx, cancel := context.WithTimeout(c.t.Context(), crashFor)
	defer cancel()
	over := make(chan struct{}) // closed when nothing is killed any more
	var working sync.WaitGroup
	for _, p := range c.people {
		working.Go(func() { p.live(ctx, over) })
	}
	c.start(ctx)
	for range crashKills {
		c.moment(ctx)
		c.kill()
		c.kills.Add(1)
		c.start(ctx)
	}
	close(over)
	working.Wait()
	if c.t.Failed() {
		c.t.Logf("the bot's last words:\n%s", c.said.String())
	}
	c.kill()
	c.compare()
}

// moment waits for a random moment: mostly in the middle of what people do, sometimes while
// the bot is still waking up.
func (c *crash) moment(ctx context.Context) {
	if c.rand.IntN(4) == 0 {
		pause(ctx, time.Duration(c.rand.IntN(250))*time.Millisecond)
		return
	}
	select {
	case <-c.ready:
	case <-ctx.Done():
	}
	for len(c.acts) > 0 {
		<-c.acts
	}
	for range 3 + c.rand.IntN(120) {
		select {
		case <-c.acts:
		case <-ctx.Done():
		}
	}
	pause(ctx, time.Duration(c.rand.IntN(4000))*time.Microsecond)
}

func pause(ctx context.Context, d time.Duration) {
	_ = sleep(ctx, d)
}

// start starts the bot. Telegram's patience with a webhook that was gone is skipped over.
func (c *crash) start(ctx context.Context) {
	c.t.Helper()
	cmd := exec.Command(c.bin, "serve")
	cmd.Env = c.env
	errs, err := cmd.StderrPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.starts.Add(1)
	c.killed.Store(false)
	ready, dead := make(chan struct{}), make(chan struct{})
	c.cmd, c.ready, c.dead = cmd, ready, dead
	go func() {
		defer close(dead)
		serving := false
		for lines := bufio.NewScanner(errs); lines.Scan(); {
			c.said.add(lines.Text())
			if strings.Contains(lines.Text(), "this instance leads") {
				c.leads.Store(true)
			}
			if !serving && strings.Contains(lines.Text(), "msg=serving") {
				serving = true
				c.clock.Advance(5 * time.Second)
				close(ready)
			}
		}
		if err := cmd.Wait(); !c.killed.Load() && ctx.Err() == nil {
			c.t.Errorf("the bot ended by itself: %v\n%s", err, c.said.String())
		}
	}()
}

// kill ends the bot the way a power cut does.
func (c *crash) kill() {
	c.killed.Store(true)
	_ = c.cmd.Process.Kill() // it may be gone already, which start reports
	<-c.dead
	c.leads.Store(false)
}

// compare holds what is on record against what the people saw confirmed.
func (c *crash) compare() {
	want, back := map[string]int{}, map[string]int{}
	for _, p := range c.people {
		for _, w := range p.confirmed {
			want[p.id+" "+w.String()]++
		}
		for _, w := range p.undone {
			back[p.id+" "+w.String()]++
		}
		c.reports.Add(int64(len(p.confirmed)))
		c.undone.Add(int64(len(p.undone)))
	}
	standing, all := c.listed(), c.listed("--all")
	c.same("on record", want, standing)
	for k, n := range standing {
		all[k] -= n
	}
	maps.DeleteFunc(all, func(_ string, n int) bool { return n == 0 })
	c.same("taken back", back, all)
	store := c.open()
	defer func() { _ = store.Close() }()
	if dead, err := store.DeadLetters(c.t.Context(), 10); err != nil || len(dead) > 0 {
		c.t.Errorf("dead letters: %v %v", dead, err)
	}
}

// same counts what is missing and what is too much.
func (c *crash) same(what string, want, got map[string]int) {
	lost, more := 0, 0
	for k, n := range want {
		if d := n - got[k]; d > 0 {
			lost += d
			c.t.Errorf("%s: lost: %s", what, k)
		}
	}
	for k, n := range got {
		if d := n - want[k]; d > 0 {
			more += d
			c.t.Errorf("%s: doubled or wrong: %s", what, k)
		}
	}
	if lost+more > 0 {
		c.t.Errorf("%s: %d lost, %d doubled or wrong, of %d", what, lost, more, len(want))
	}
}

// listed is what `dampingi reports list --json` prints, counted.
func (c *crash) listed(more ...string) map[string]int {
	c.t.Helper()
	cmd := exec.Command(c.bin, append([]string{"reports", "list", "--json"}, more...)...)
	cmd.Env = c.env
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		c.t.Fatalf("reports list: %v\n%s", err, errs.String())
	}
	got := map[string]int{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var line export.Line
		err := dec.Decode(&line)
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			c.t.Fatal(err)
		}
		w := wish{code: line.Participant}
		if err := json.Unmarshal(line.Answers, &w); err != nil {
			c.t.Fatal(err)
		}
		if w.Day != string(line.OccurredOn) {
			c.t.Errorf("report %s: occurred on %s, but says %s", line.ID, line.OccurredOn, w.Day)
		}
		got[line.Author+" "+w.String()]++
	}
}

// freeAddress is one that nobody listens on. It lies below the ports that the system hands out
// itself, so that nobody is given it between two starts of the bot.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(10_000)))
		if err != nil {
			continue
		}
		defer func() { _ = l.Close() }()
		return l.Addr().String()
	}
	t.Fatal("no address is free")
	return ""
}

// middayZone is a zone in which it is about noon: "today" stays today while the test runs.
func middayZone() string {
	if h := time.Now().UTC().Hour() - 12; h != 0 { // Etc/GMT+2 lies two hours behind
		return fmt.Sprintf("Etc/GMT%+d", h)
	}
	return "UTC"
}

// lastWords keeps the end of what the bot logged.
type lastWords struct {
	mu    sync.Mutex
	lines []string
}

func (l *lastWords) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lines = append(l.lines, line); len(l.lines) > 40 {
		l.lines = l.lines[1:]
	}
}

// String is what was kept.
func (l *lastWords) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}
