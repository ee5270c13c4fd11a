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
		lanes.Take(turn.Update{Chat: 1})
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
