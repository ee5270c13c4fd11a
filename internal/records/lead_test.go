package records

import (
	"context"
	"testing"

	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
)

// inTurn leads with a store in the background, and gives what comes of it.
func inTurn(t *testing.T, s *Store) <-chan *Led {
	t.Helper()
	led := make(chan *Led, 1)
	go func() {
		if l, err := s.Lead(t.Context()); err == nil {
			led <- l
		}
	}()
	return led
}

func TestOneLeadsAndHearsWhatTheOthersTookIn(t *testing.T) {
	t.Parallel()
	first, address, v := onPostgres(t)
	second := another(t, address, v)
	led, err := first.Lead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	next := inTurn(t, second)
	if _, err := second.Receive(t.Context(), []turn.Row{{UpdateID: 1, Body: []byte("x")}}); err != nil {
		t.Fatal(err)
	}
	<-led.Came
	select {
	case <-next:
		t.Error("two lead")
	default:
	}
	led.Close()
	after := <-next
	<-led.Lost
	after.Close()
}

// TestWhoLeadsIsFollowedAtOnce: the connection is cut, as the server does when a process dies; whoever
// waits leads, and the former knows that it does not any more.
func TestWhoLeadsIsFollowedAtOnce(t *testing.T) {
	t.Parallel()
	first, address, v := onPostgres(t)
	second := another(t, address, v)
	led, err := first.Lead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer led.Close()
	next := inTurn(t, second)
	waits := `SELECT COUNT(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`
	for all(t, first, waits) != "1" {
	}
	if got := all(t, first, `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
		WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted AND l.classid = 100 AND l.objid = 1634562050`); got != "1" {
		t.Fatalf("cut off: %q", got)
	}
	after := <-next
	defer after.Close()
	<-led.Lost
}

// TestWhoLeadsGoesOnAfterTheServerIsBack: nobody else has led meanwhile.
func TestWhoLeadsGoesOnAfterTheServerIsBack(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t, "fsync=off")
	s := onServer(t, server)
	led, err := s.Lead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer led.Close()
	server.Restart(t)
	for stored := false; !stored; {
		_, err := s.Receive(context.Background(), []turn.Row{{UpdateID: 1, Body: []byte("x")}})
		stored = err == nil
	}
	select {
	case <-led.Came:
	case <-led.Lost:
		t.Fatal("it leads no more")
	}
}
