package redis_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/dampingi/dampingi/internal/redis"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/turn/statetest"
)

func open(t testing.TB, server *redistest.Server, prefix string) *redis.States {
	t.Helper()
	s, err := redis.Open(context.Background(), server.URL(), redis.Options{Prefix: prefix})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	t.Run("suite", func(t *testing.T) {
		statetest.Run(t, func(t *testing.T) statetest.StateStore { return open(t, server, t.Name()+":") })
	})
}

func TestNothingIsLostOverAKill(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server, "")
	const keys = 50
	for i := range keys {
		must(t, s.Save(t.Context(), turn.State{Key: turn.Key(fmt.Sprint(i)), Data: []byte("kept")}))
	}
	server.Kill()
	if err := s.Save(t.Context(), turn.State{Key: "down", Data: []byte("x")}); err == nil || errors.Is(err, turn.ErrConflict) {
		t.Fatalf("saved without a server: %v", err)
	}
	if _, err := s.Load(t.Context(), "0"); err == nil {
		t.Fatal("loaded without a server")
	}
	if err := s.Check(t.Context()); err == nil {
		t.Fatal("ready without a server")
	}
	server.Restart()
	must(t, s.Check(t.Context()))
	for i := range keys {
		key := turn.Key(fmt.Sprint(i))
		got, err := s.Load(t.Context(), key)
		if err != nil || got.Rev != 1 || string(got.Data) != "kept" {
			t.Fatalf("after the kill: %+v, %v", got, err)
		}
		must(t, s.Save(t.Context(), turn.State{Key: key, Was: 1, Data: []byte("on")})) // the script is unknown again
	}
}

func TestLeases(t *testing.T) {
	t.Parallel()
	s := open(t, redistest.Start(t), "")
	take := func(holder string, want bool) {
		t.Helper()
		got, err := s.Lease(t.Context(), "poller", holder, time.Hour)
		if err != nil || got != want {
			t.Fatalf("%s: %v, %v; want %v", holder, got, err, want)
		}
	}
	take("a", true)
	take("a", true)
	take("b", false)
	must(t, s.Release(t.Context(), "poller", "b"))
	take("b", false)
	must(t, s.Release(t.Context(), "poller", "a"))
	take("b", true)

	var held sync.Map
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			if ok, err := s.Lease(t.Context(), "race", fmt.Sprint(i), time.Hour); err != nil {
				t.Error(err)
			} else if ok {
				held.Store(i, true)
			}
		})
	}
	wg.Wait()
	n := 0
	held.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Fatalf("%d hold one lease", n)
	}
}

func TestALeaseEnds(t *testing.T) {
	t.Parallel()
	s := open(t, redistest.Start(t), "")
	if ok, err := s.Lease(t.Context(), "poller", "a", time.Millisecond); err != nil || !ok {
		t.Fatal(ok, err)
	}
	for deadline := time.Now().Add(10 * time.Second); ; {
		ok, err := s.Lease(t.Context(), "poller", "b", time.Hour)
		must(t, err)
		if ok {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("a lease of a millisecond did not end")
		}
	}
}

func TestStatesExpire(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server, "x:")
	must(t, s.Save(t.Context(), turn.State{Key: "a", Data: []byte("x")}))
	opt, err := goredis.ParseURL(server.URL())
	must(t, err)
	client := goredis.NewClient(opt)
	defer client.Close() //nolint:errcheck // a test's
	ttl, err := client.TTL(t.Context(), "x:state:a").Result()
	if err != nil || ttl > redis.Life || ttl < redis.Life-time.Minute {
		t.Fatalf("lives %v, %v", ttl, err)
	}
}

// What somebody else has put in a conversation's place stays there however long one waits, so
// whoever waits is told that it does not help.
func TestAForeignValueIsBroken(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server, "x:")
	opt, err := goredis.ParseURL(server.URL())
	must(t, err)
	client := goredis.NewClient(opt)
	defer client.Close() //nolint:errcheck // a test's
	must(t, client.Set(t.Context(), "x:state:short", "odd", 0).Err())
	must(t, client.RPush(t.Context(), "x:state:list", "odd").Err())
	for _, key := range []turn.Key{"short", "list"} {
		if _, err := s.Load(t.Context(), key); !errors.Is(err, turn.ErrBroken) {
			t.Errorf("%s: loaded with %v, want %v", key, err, turn.ErrBroken)
		}
	}
	if _, err := s.Load(t.Context(), "none"); err != nil {
		t.Error(err)
	}
}

func TestDurable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		says string
	}{
		{nil, ""},
		{[]string{"--appendonly", "no"}, "appendonly yes"},
		{[]string{"--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"}, "noeviction"},
		{[]string{"--maxmemory", "100mb", "--maxmemory-policy", "noeviction"}, ""},
	} {
		ok, why := open(t, redistest.Start(t, c.args...), "").Durable(t.Context())
		if ok != (c.says == "") || !strings.Contains(why, c.says) {
			t.Errorf("%v: %v, %q", c.args, ok, why)
		}
	}
}

func TestOpenSaysWhatIsWrongWithoutThePassword(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "http://:rahasia@x", "redis://:rahasia@127.0.0.1:1/0", "redis://:rahasia@[x", "unix://:rahasia@"} {
		_, err := redis.Open(t.Context(), url, redis.Options{})
		if err == nil || strings.Contains(err.Error(), "rahasia") {
			t.Errorf("%v", err)
		}
	}
}

func TestClosed(t *testing.T) {
	t.Parallel()
	s := open(t, redistest.Start(t), "")
	must(t, s.Close())
	if _, err := s.Load(t.Context(), "a"); !errors.Is(err, redis.ErrClosed) {
		t.Errorf("load: %v", err)
	}
	must(t, s.Close())
}

func BenchmarkSave(b *testing.B) {
	s := open(b, redistest.Start(b, "--appendfsync", "everysec"), "")
	data := make([]byte, 600)
	b.ReportAllocs()
	b.ResetTimer()
	const lanes = 200
	var wg sync.WaitGroup
	for lane := range lanes {
		wg.Go(func() {
			key := turn.Key(fmt.Sprint("lane", lane))
			for rev := range uint64(b.N / lanes) {
				if _, err := s.Load(context.Background(), key); err != nil {
					b.Error(err)
				}
				if err := s.Save(context.Background(), turn.State{Key: key, Was: rev, Data: data}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	if st := s.Stats(); st.Requests > 0 {
		b.ReportMetric(float64(st.Trips)*1000/float64(st.Requests), "trips/1000")
	}
}
