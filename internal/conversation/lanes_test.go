package conversation_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/turn"
)

// away is a desk whose store is away.
type away struct{}

func (away) Handle(context.Context, turn.Update) error { return errors.New("the store is away") }

func TestTheAdministratorHearsOnceOfAnUpdateThatWaitsForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		var alerts atomic.Int64
		lanes := conversation.NewLanes(ctx, conversation.LanesOptions{
			Desk: away{}, Alert: func(string) { alerts.Add(1) }, Log: slog.New(slog.DiscardHandler),
			Sleep: func(ctx context.Context, d time.Duration) error {
				select {
				case <-time.After(d):
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			},
		})
		lanes.Take(turn.Update{Chat: 1}, func() {})
		time.Sleep(50 * time.Second)
		synctest.Wait()
		if n := alerts.Load(); n != 0 {
			t.Errorf("%d alerts within the first minute", n)
		}
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if n := alerts.Load(); n != 1 {
			t.Errorf("%d alerts after ten minutes, want one", n)
		}
		stop()
		lanes.Close()
	})
}

// stumbling is a desk that panics.
type stumbling struct{}

func (stumbling) Handle(context.Context, turn.Update) error { panic("oops") }

// shelf is an inbox in which every update has failed often enough.
type shelf struct{ buried atomic.Int64 }

func (*shelf) Attempted(context.Context, int64) (int, error) { return 3, nil }

func (s *shelf) Bury(context.Context, int64, string) error { s.buried.Add(1); return nil }

func TestOnlyWhoeverWroteOrPressedIsToldThatItFailed(t *testing.T) {
	kinds := map[turn.Kind]bool{
		turn.Text: true, turn.Press: true, turn.Unsupported: true,
		turn.Group: false, turn.Edited: false, turn.Blocked: false, turn.Unblocked: false, turn.Other: false,
	}
	for kind, want := range kinds {
		var told, alerts atomic.Int64
		inbox := &shelf{}
		lanes := conversation.NewLanes(t.Context(), conversation.LanesOptions{
			Desk: stumbling{}, Inbox: inbox, Log: slog.New(slog.DiscardHandler),
			Alert: func(string) { alerts.Add(1) }, Sorry: func(context.Context, turn.Update) { told.Add(1) },
		})
		lanes.Take(turn.Update{Row: 1, Chat: -1, Kind: kind}, func() {})
		lanes.Close()
		if got := told.Load() == 1; got != want || inbox.buried.Load() != 1 || alerts.Load() != 1 {
			t.Errorf("kind %d: told %v, want %v; %d buried, %d alerts", kind, got, want, inbox.buried.Load(), alerts.Load())
		}
	}
}

func TestAnUpdateThatDecodingStumblesOverIsPutAside(t *testing.T) {
	inbox := &shelf{}
	var alerts, done atomic.Int64
	lanes := conversation.NewLanes(t.Context(), conversation.LanesOptions{
		Desk: content{}, Inbox: inbox, Log: slog.New(slog.DiscardHandler), Alert: func(string) { alerts.Add(1) },
		Decode: func(r turn.Row) (turn.Update, error) {
			if r.Seq == 1 {
				panic("oops")
			}
			return turn.Update{Chat: 7}, nil
		},
	})
	lanes.Deliver([]turn.Row{{Seq: 1}, {Seq: 2}}, func() { done.Add(1) })
	lanes.Close()
	if inbox.buried.Load() != 1 || alerts.Load() != 1 || done.Load() != 2 {
		t.Errorf("%d buried, %d alerts, %d done", inbox.buried.Load(), alerts.Load(), done.Load())
	}
}

// content is a desk that works everything off.
type content struct{}

func (content) Handle(context.Context, turn.Update) error { return nil }

// crowd is a desk that is not done with deadlines before it is told to be, and counts them.
type crowd struct {
	dues atomic.Int64
	over chan struct{}
	text chan struct{}
}

func (c *crowd) Handle(_ context.Context, u turn.Update) error {
	if u.Kind == turn.Text {
		close(c.text)
		return nil
	}
	c.dues.Add(1)
	<-c.over
	return nil
}

// TestWhoeverWritesDoesNotWaitForDeadlines: few of them are worked off at once, however many are due.
func TestWhoeverWritesDoesNotWaitForDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const due, most = 1000, 3
		desk := &crowd{over: make(chan struct{}), text: make(chan struct{})}
		lanes := conversation.NewLanes(t.Context(), conversation.LanesOptions{
			Desk: desk, Limit: most + 1, Dues: most, Log: slog.New(slog.DiscardHandler),
			Decode: func(turn.Row) (turn.Update, error) { return turn.Update{Chat: due + 1, Kind: turn.Text}, nil },
		})
		for chat := range int64(due) {
			lanes.Take(turn.Update{Chat: chat, Kind: turn.Deadline}, func() {})
		}
		synctest.Wait()
		if n := desk.dues.Load(); n != most {
			t.Errorf("%d deadlines are worked off at once, want %d", n, most)
		}
		lanes.Deliver([]turn.Row{{Seq: 1}}, func() {})
		<-desk.text
		close(desk.over)
		lanes.Close()
		if n := desk.dues.Load(); n != due || lanes.Waiting() != 0 {
			t.Errorf("%d of %d deadlines were worked off, %d wait", n, due, lanes.Waiting())
		}
	})
}
