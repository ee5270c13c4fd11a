package outbox_test

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/outbox"
	"github.com/dampingi/dampingi/internal/turn"
)

// null takes everything and keeps nothing.
type null struct{ sent, told atomic.Int64 }

func (n *null) Send(_ context.Context, m turn.Message, _ int) (turn.Shown, error) {
	if m.Form != turn.Toast {
		n.sent.Add(1)
	}
	return turn.Shown{Card: 7}, nil
}

func (n *null) Outgoing(context.Context, int) ([]turn.Item, error) { return nil, nil }

func (n *null) Sent(context.Context, string, int64, turn.Shown) error {
	n.told.Add(1)
	return nil
}

func (n *null) Shown(context.Context, int64, turn.Shown) error { return nil }

func (n *null) Stays(context.Context, string, int64, int) error { return nil }

func (n *null) Postpone(context.Context, string, time.Time, int) error { return nil }

func (n *null) BuryMessage(context.Context, string, string) error { return nil }

func (n *null) Waits(context.Context, string) (bool, error) { return true, nil }

func (n *null) Card(context.Context, int64) (int, error) { return 7, nil }

// BenchmarkDeliver is what a step of a conversation costs here: a card and a toast, by way of
// everything but Telegram and the disk.
func BenchmarkDeliver(b *testing.B) {
	n := new(null)
	box := outbox.New(outbox.Options{Store: n, Sender: n, Clock: time.Now, Waiting: 1 << 30})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- box.Run(ctx) }()
	for box.Stats().Behind {
		time.Sleep(time.Millisecond)
	}
	ids := make([]string, b.N)
	for i := range ids {
		ids[i] = "01J" + strconv.Itoa(i) + ".card"
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		chat := int64(i % 1000)
		box.Accept(
			turn.Message{Chat: chat, Form: turn.Toast, Callback: "1"},
			turn.Message{ID: ids[i], Chat: chat, Form: turn.Card, Fresh: true, Text: "Berapa hasil jualan?"},
		)
	}
	for n.told.Load() < int64(b.N) {
		time.Sleep(100 * time.Microsecond)
	}
	b.StopTimer()
	cancel()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
}
