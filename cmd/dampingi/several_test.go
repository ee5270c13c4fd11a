package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/vault"
)

const (
	severalBots  = 3
	severalKills = 9
)

// TestSeveralProcessesLoseNothing has three real processes serve one institution on PostgreSQL and
// Redis behind one webhook, while a dozen people report. They are killed again and again, half of the
// time the one that leads, and started anew; what is on record in the end is what people saw confirmed.
func TestSeveralProcessesLoseNothing(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	if s, err := strconv.ParseUint(os.Getenv("CRASH_SEED"), 10, 64); err == nil {
		seed = s
	}
	c, bots := newSeveral(t, seed)
	ctx, cancel := context.WithTimeout(t.Context(), crashFor)
	defer cancel()
	over := make(chan struct{})
	var working sync.WaitGroup
	for _, p := range c.people {
		working.Go(func() { p.live(ctx, over) })
	}
	for _, b := range bots {
		b.start(ctx)
	}
	leaders := 0
	for i := range severalKills {
		for range 40 + c.rand.IntN(80) {
			select {
			case <-c.acts:
			case <-ctx.Done():
			}
		}
		b := bots[i%severalBots]
		if i%2 == 0 {
			b = leader(ctx, bots)
		}
		if b.leads.Load() {
			leaders++
		}
		b.kill()
		c.kills.Add(1)
		b.start(ctx)
	}
	close(over)
	working.Wait()
	for i, b := range bots {
		if t.Failed() {
			t.Logf("the last words of process %d:\n%s", i, b.said.String())
		}
		b.kill()
	}
	c.compare()
	if leaders < severalKills/2 {
		t.Errorf("only %d of those who were killed led", leaders)
	}
	t.Logf("seed %d: %d kills, %d of them of the one that led, %d reports confirmed, %d taken back", seed, c.kills.Load(), leaders, c.reports.Load(), c.undone.Load())
}

// newSeveral is a crash with its records in PostgreSQL, and its processes.
func newSeveral(t *testing.T, seed uint64) (*crash, []*crash) {
	t.Helper()
	bin := builtBot(t)
	server := pgtest.Start(t) // it flushes as in production
	address, err := server.Make("")
	if err != nil {
		t.Fatal(err)
	}
	clock := simulator.NewClock(time.Time{})
	c := &crash{t: t, rand: rand.New(rand.NewPCG(seed, 3)), bin: bin, clock: clock, acts: make(chan struct{}, 1<<16)}
	c.sim = simulator.New(simulator.Options{Token: houseToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot", Clock: clock, PressWait: 3 * time.Second})
	telegram := httptest.NewServer(c.sim.Handler())
	t.Cleanup(func() { c.sim.Close(); telegram.Close() })
	c.set = &Settings{DataDir: t.TempDir(), Timezone: middayZone(), DatabaseURL: address}
	var listen []string
	for range severalBots {
		listen = append(listen, freeAddress(t))
	}
	front := httptest.NewServer(&balancer{to: listen})
	t.Cleanup(front.Close)
	c.env = append(os.Environ(), "TELEGRAM_TOKEN="+houseToken, "TELEGRAM_API_URL="+telegram.URL, "SEND_RATE=0",
		"DATA_DIR="+c.set.DataDir, "TIMEZONE="+c.set.Timezone, "DATABASE_URL="+address, "REDIS_URL="+redistest.Start(t).URL(),
		"WEBHOOK_URL="+front.URL+"/hook", "WEBHOOK_SECRET=rahasia")
	first := exec.Command(bin, "init")
	first.Env = c.env
	if out, err := first.CombinedOutput(); err != nil {
		t.Fatalf("init: %v\n%s", err, out)
	}
	c.seed(crashPeople, seed)
	var bots []*crash
	for _, at := range listen {
		bots = append(bots, &crash{t: t, bin: bin, clock: clock, env: append(c.env[:len(c.env):len(c.env)], "LISTEN="+at)})
	}
	return c, bots
}

// leader waits until one of them leads.
func leader(ctx context.Context, bots []*crash) *crash {
	for ctx.Err() == nil {
		for _, b := range bots {
			if b.leads.Load() {
				return b
			}
		}
		pause(ctx, 5*time.Millisecond)
	}
	return bots[0]
}

// balancer takes each request to the next process that is there.
type balancer struct {
	to   []string
	next atomic.Uint64
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	for range b.to {
		if err != nil {
			break
		}
		to := b.to[b.next.Add(1)%uint64(len(b.to))]
		ask := r.Clone(r.Context())
		ask.URL.Scheme, ask.URL.Host, ask.RequestURI, ask.Body = "http", to, "", io.NopCloser(bytes.NewReader(body))
		res, failed := http.DefaultTransport.RoundTrip(ask)
		if failed != nil {
			continue
		}
		_ = res.Body.Close()
		w.WriteHeader(res.StatusCode)
		return
	}
	w.WriteHeader(http.StatusBadGateway)
}

// grown is where a house's records are: in its file, or in PostgreSQL with DAMPINGI_TEST_STORE=postgres.
// What looks into the file itself fails then.
func grown(t testing.TB, set *Settings) string {
	t.Helper()
	if pgtest.Wanted() {
		set.DatabaseURL = pgtest.At(t, set.database(), emptyTables)
	}
	return set.records()
}

// emptyTables makes the tables of an empty database in PostgreSQL, for a key that comes later.
func emptyTables(address string) error {
	v, err := vault.New()
	if err != nil {
		return err
	}
	store, err := records.Open(context.Background(), address, v, records.Options{})
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	_, err = db.Exec(`DELETE FROM meta`)
	return errors.Join(err, db.Close())
}

// TestRecordsMoveByCommand goes the way of an institution that has grown.
func TestRecordsMoveByCommand(t *testing.T) {
	t.Parallel()
	server, err := pgtest.Shared()
	if err != nil {
		t.Fatal(err)
	}
	empty := func() string {
		t.Helper()
		address, err := server.Make("")
		if err != nil {
			t.Fatal(err)
		}
		return address
	}
	dir, address, other := t.TempDir(), empty(), empty()
	tell := func(want int, says string, args ...string) {
		t.Helper()
		code, out, said := ended(t, append(args, "--data-dir", dir, "--telegram-token", houseToken, "--telegram-api-url", "http://127.0.0.1:1")...)
		if code != want || !strings.Contains(out+said, says) {
			t.Errorf("%v: exit %d\n%s%s", args[0], code, out, said)
		}
	}
	tell(exitDone, "Kunci dibuat", "init", "--chair", "Ratna")
	tell(exitDone, "t.me", "people", "add", "--role", "pendamping", "--name", "Rina")
	tell(exitWrong, "dampingi init", "people", "list", "--database-url", address)
	tell(exitUsage, "DATABASE_URL", "move", "--to", "mysql://x")
	tell(exitWrong, "PostgreSQL", "move", "--to", "postgres://x:rahasia@127.0.0.1:1/x")
	busy, release, err := instance(dir, time.Now(), nil)
	if err != nil || busy == "" {
		t.Fatal(err)
	}
	tell(exitWrong, "Hentikan dulu", "move", "--to", address)
	release()
	tell(exitDone, "sudah pindah", "move", "--to", address)
	tell(exitWrong, "masih kosong", "move", "--to", address)
	tell(exitDone, "Rina", "people", "list", "--database-url", address)
	tell(exitDone, "2", "verify", "--database-url", address)
	tell(exitWrong, "pg_dump", "backup", "x.age", "--database-url", address)
	tell(exitWrong, "pg_restore", "restore", "x.age", "--identity", "x", "--database-url", address)
	tell(exitWrong, "PostgreSQL", "init", "--database-url", address)
	tell(exitDone, "Kunci yang sudah ada", "init", "--chair", "Ratna", "--database-url", other) // with the key that is there
	tell(exitDone, "Ratna", "people", "list", "--database-url", other)
}
