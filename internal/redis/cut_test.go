package redis_test

import (
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/dampingi/dampingi/internal/redis"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/turn"
)

// line stands between a client and Redis and can swallow answers.
type line struct {
	listener net.Listener
	to       string
	cuts     atomic.Int32 // answers still to be swallowed, each with its connection
	wg       sync.WaitGroup
}

func newLine(t *testing.T, server *redistest.Server) *line {
	t.Helper()
	to := strings.TrimPrefix(server.URL(), "unix://")
	listener, err := net.Listen("unix", filepath.Join(filepath.Dir(to), "line"))
	must(t, err)
	l := &line{listener: listener, to: to}
	l.wg.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			l.wg.Go(func() { l.carry(client) })
		}
	})
	t.Cleanup(func() {
		must(t, listener.Close())
		l.wg.Wait()
	})
	return l
}

func (l *line) url() string { return "unix://" + l.listener.Addr().String() }

func (l *line) carry(client net.Conn) {
	defer client.Close() //nolint:errcheck // a test's
	server, err := net.Dial("unix", l.to)
	if err != nil {
		return
	}
	defer server.Close() //nolint:errcheck // a test's
	l.wg.Go(func() {
		_, _ = io.Copy(server, client)
		_ = server.Close()
	})
	buf := make([]byte, 64<<10)
	for {
		n, err := server.Read(buf)
		if err != nil {
			return
		}
		if left := l.cuts.Load(); left > 0 && l.cuts.CompareAndSwap(left, left-1) {
			return
		}
		if _, err := client.Write(buf[:n]); err != nil {
			return
		}
	}
}

func TestALostAnswerIsNoConflict(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	l := newLine(t, server)
	s, err := redis.Open(t.Context(), l.url(), redis.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	for rev := range uint64(5) {
		l.cuts.Store(1)
		must(t, s.Save(t.Context(), turn.State{Key: "a", Was: rev, Data: []byte{byte(rev)}}))
		got, err := s.Load(t.Context(), "a")
		if err != nil || got.Rev != rev+1 || got.Data[0] != byte(rev) {
			t.Fatalf("%+v, %v", got, err)
		}
		l.cuts.Store(1)
		err = s.Save(t.Context(), turn.State{Key: "a", Was: rev, Data: []byte("other")})
		if !errors.Is(err, turn.ErrConflict) {
			t.Fatalf("a real conflict on a bad line: %v", err)
		}
	}
	l.cuts.Store(1000)
	if err := s.Save(t.Context(), turn.State{Key: "a", Was: 5}); err == nil || errors.Is(err, turn.ErrConflict) {
		t.Fatalf("saved on a dead line: %v", err)
	}
	l.cuts.Store(0)
	must(t, s.Check(t.Context()))
}
