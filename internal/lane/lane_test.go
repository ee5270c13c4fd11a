package lane_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/lane"
)

// TestOrder checks what lanes are for, on random work: every key's functions run once, in
// order, never two at a time, and never more than the limit at once.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, 8).Draw(t, "limit")
		keys := rapid.SliceOfN(rapid.IntRange(0, 6), 0, 300).Draw(t, "keys")
		e := lane.New[int](limit)
		var (
			now, most atomic.Int64
			busy      [7]atomic.Int64
			mu        sync.Mutex
			seen      = make(map[int][]int)
			want      = make(map[int][]int)
			overlap   atomic.Bool
		)
		for i, key := range keys {
			want[key] = append(want[key], i)
			e.Go(key, func() {
				n := now.Add(1)
				for old := most.Load(); n > old; old = most.Load() {
					if most.CompareAndSwap(old, n) {
						break
					}
				}
				if busy[key].Add(1) != 1 {
					overlap.Store(true)
				}
				mu.Lock()
				seen[key] = append(seen[key], i)
				mu.Unlock()
				busy[key].Add(-1)
				now.Add(-1)
			})
		}
		e.Wait()
		if overlap.Load() {
			t.Fatal("two functions of one key ran at once")
		}
		if most.Load() > int64(limit) {
			t.Fatalf("%d ran at once, the limit is %d", most.Load(), limit)
		}
		for key, order := range want {
			if len(seen[key]) != len(order) {
				t.Fatalf("key %d ran %d of %d", key, len(seen[key]), len(order))
			}
			for i := range order {
				if seen[key][i] != order[i] {
					t.Fatalf("key %d ran in the order %v, given was %v", key, seen[key], order)
				}
			}
		}
	})
}

func TestSlowLaneHoldsNobodyUp(t *testing.T) {
	e := lane.New[string](2)
	release, others := make(chan struct{}), make(chan struct{})
	e.Go("slow", func() { <-release })
	for range 100 {
		e.Go("slow", func() {})
	}
	e.Go("quick", func() { close(others) })
	<-others
	if n := e.Len(); n < 101 {
		t.Errorf("Len() = %d while the slow lane is held, want at least 101", n)
	}
	if n := e.Keys(); n != 1 && n != 2 { // the quick one may not be put away yet
		t.Errorf("Keys() = %d", n)
	}
	close(release)
	e.Close()
	if n := e.Keys(); n != 0 {
		t.Errorf("Keys() = %d when all is done", n)
	}
}

func TestGoFromWithin(t *testing.T) {
	e := lane.New[int](1)
	var order []int
	e.Go(1, func() {
		order = append(order, 1)
		e.Go(1, func() { order = append(order, 3) })
		order = append(order, 2)
	})
	e.Wait()
	if len(order) != 3 || order[0] != 1 || order[1] != 2 || order[2] != 3 {
		t.Errorf("ran in the order %v", order)
	}
}

func TestClose(t *testing.T) {
	e := lane.New[int](0) // at least one works
	ran := false
	if !e.Go(1, func() { ran = true }) {
		t.Error("Go() = false on an open executor")
	}
	e.Close()
	if !ran {
		t.Error("Close returned before the work was done")
	}
	if e.Go(1, func() { t.Error("ran after Close") }) {
		t.Error("Go() = true on a closed executor")
	}
	e.Close()
}

func BenchmarkGo(b *testing.B) {
	for name, keys := range map[string]int{"one key": 1, "1000 keys": 1000} {
		b.Run(name, func(b *testing.B) {
			e := lane.New[int](64)
			f := func() {}
			b.ReportAllocs()
			for i := range b.N {
				e.Go(i%keys, f)
			}
			e.Wait()
		})
	}
}
