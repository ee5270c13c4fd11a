package lane_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/dampingi/dampingi/internal/lane"
)

func TestAFunnelIsClosedWhileManyPut(t *testing.T) {
	end := errors.New("closed")
	f := lane.NewFunnel[int](4, end)
	var put atomic.Int64
	var putting sync.WaitGroup
	for range 8 {
		putting.Go(func() {
			for {
				switch err := f.Put(t.Context(), 1); {
				case errors.Is(err, end):
					return
				case err != nil:
					t.Error(err)
					return
				}
				put.Add(1)
			}
		})
	}
	taken := int64(0)
	for range 100 {
		taken += int64(<-f.Out())
	}
	closed := make(chan bool)
	go func() { closed <- f.Close() }()
	for v := range f.Out() { // those who wait for room keep it open until they have it
		taken += int64(v)
	}
	putting.Wait()
	if !<-closed || f.Close() {
		t.Error("it was to be closed once")
	}
	if taken != put.Load() {
		t.Errorf("%d put in, %d taken out", put.Load(), taken)
	}
}

func TestAFunnelThatIsFull(t *testing.T) {
	f := lane.NewFunnel[int](1, errors.New("closed"))
	ctx, cancel := context.WithCancel(t.Context())
	if err := f.Put(ctx, 1); err != nil {
		t.Fatal(err)
	}
	waiting := make(chan error)
	go func() { waiting <- f.Put(ctx, 2) }()
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := f.Put(ctx, 3); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
	if v := <-f.Out(); v != 1 {
		t.Errorf("%d", v)
	}
}
