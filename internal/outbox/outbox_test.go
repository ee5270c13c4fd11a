package outbox_test

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dampingi/dampingi/internal/outbox"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestFaults is the table of what can go wrong with a message, with the next of the same chat
// and one of another behind it.
func TestFaults(t *testing.T) {
	once := func(err error) func(turn.Message, int) error {
		return func(m turn.Message, try int) error {
			if m.ID == "a1" && try == 0 {
				return err
			}
			return nil
		}
	}
	tests := map[string]struct {
		fail   func(turn.Message, int) error
		want   []string      // in this order
		second time.Duration // when a2 is delivered
		buried bool          // a1
		alerts int
		lost   []int64 // unreachable chats
	}{
		"nothing": {want: []string{"a1", "b1", "a2"}},
		"429":     {fail: once(trouble(turn.Slow, 7*time.Second)), want: []string{"b1", "a1", "a2"}, second: 7 * time.Second},
		"5xx":     {fail: once(trouble(turn.Passing, 0)), want: []string{"b1", "a1", "a2"}, second: time.Second},
		"cut, twice more": {
			fail: func(m turn.Message, try int) error {
				if m.ID == "a1" && try < 3 {
					return trouble(turn.Passing, 0)
				}
				return nil
			},
			want: []string{"b1", "a1", "a2"}, second: 7 * time.Second, // 1 + 2 + 4
		},
		"an error of no kind": {fail: once(errDisk), want: []string{"b1", "a1", "a2"}, second: time.Second},
		"409":                 {fail: once(trouble(turn.Conflicted, 0)), want: []string{"b1", "a1", "a2"}, second: time.Second},
		"403":                 {fail: once(trouble(turn.Unreachable, 0)), want: []string{"b1", "a2"}, buried: true, lost: []int64{1}},
		"400":                 {fail: once(trouble(turn.Refused, 0)), want: []string{"b1", "a2"}, buried: true, alerts: 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, newMemory(), &script{fail: tt.fail}, func(o *outbox.Options) { o.Parallel = 1 })
				b.put(notice(1, "a1"), notice(2, "b1"), notice(1, "a2"))
				pass(time.Minute)
				b.want(tt.want...)
				if at := b.sender.when("a2"); at != tt.second {
					t.Errorf("a2 was delivered after %v, want %v", at, tt.second)
				}
				if _, buried := b.store.buried["a1"]; buried != tt.buried {
					t.Errorf("a1 buried: %v, want %v", buried, tt.buried)
				}
				if len(b.alerts) != tt.alerts || !slices.Equal(b.unreachable, tt.lost) {
					t.Errorf("alerts %q, unreachable %v", b.alerts, b.unreachable)
				}
				if err := b.stop(); err != nil || b.store.left() != 0 {
					t.Errorf("Run() = %v, %d left in the store", err, b.store.left())
				}
			})
		})
	}
}

func TestTokenRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{fail: func(turn.Message, int) error { return trouble(turn.Unauthorized, 0) }}, nil)
		b.put(notice(1, "a1"), notice(2, "b1"))
		err := <-b.ended
		if err == nil || !strings.Contains(err.Error(), "sending has stopped") {
			t.Errorf("Run() = %v", err)
		}
		b.cancel()
		if b.store.left() != 2 {
			t.Errorf("%d left in the store, want both", b.store.left())
		}
	})
}

func TestOrderUnderLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		flaky := func(m turn.Message, try int) error {
			if (len(m.ID)+int(m.Chat))%3 == try {
				return trouble(turn.Passing, 0)
			}
			return nil
		}
		b := start(t, newMemory(), &script{takes: time.Millisecond, fail: flaky}, nil)
		for i := range 50 {
			for chat := range int64(20) {
				b.put(notice(chat, fmt.Sprintf("%d-%d", chat, i)))
			}
		}
		pass(time.Hour)
		next := make(map[int64]int)
		for _, d := range b.sender.done {
			if want := fmt.Sprintf("%d-%d", d.chat, next[d.chat]); d.id != want {
				t.Fatalf("chat %d got %s, want %s", d.chat, d.id, want)
			}
			next[d.chat]++
		}
		if len(b.sender.done) != 1000 || b.store.left() != 0 {
			t.Errorf("%d delivered, %d left", len(b.sender.done), b.store.left())
		}
		_ = b.stop()
	})
}

func TestGlobalSlowdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fail := func(m turn.Message, try int) error {
			if m.Chat <= 2 && try == 0 {
				return trouble(turn.Slow, 10*time.Second)
			}
			return nil
		}
		b := start(t, newMemory(), &script{fail: fail}, nil)
		b.put(notice(1, "a"))
		pass(time.Second)
		b.put(notice(3, "c")) // one chat was told to wait: the others go on
		pass(time.Second)
		b.put(notice(2, "b")) // the second: everybody waits
		pass(time.Second)
		b.put(notice(4, "d"))
		pass(time.Minute)
		for id, want := range map[string]time.Duration{"c": 1 * time.Second, "a": 12 * time.Second, "b": 12 * time.Second, "d": 12 * time.Second} {
			if got := b.sender.when(id); got != want {
				t.Errorf("%s after %v, want %v", id, got, want)
			}
		}
		_ = b.stop()
	})
}

func TestRates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{}, func(o *outbox.Options) { o.Rate = 10 })
		for i := range 6 {
			b.put(notice(1, fmt.Sprintf("a%d", i)))
		}
		for i := range 100 {
			m := notice(int64(10+i), fmt.Sprintf("bulk%d", i))
			m.Bulk = true
			b.put(m)
		}
		pass(5 * time.Second)
		b.put(notice(2, "answer"))
		pass(time.Minute)
		if d := b.sender.when("a5"); d < 3*time.Second || d > 3500*time.Millisecond {
			t.Errorf("the sixth message to a chat came after %v, want about three seconds", d)
		}
		if d := b.sender.when("answer") - 5*time.Second; d > 200*time.Millisecond {
			t.Errorf("an answer waited %v behind bulk", d)
		}
		last := b.sender.done[len(b.sender.done)-1].at
		if len(b.sender.done) != 107 || last < 10*time.Second || last > 11*time.Second {
			t.Errorf("%d delivered within %v, want 107 within 10.6s", len(b.sender.done), last)
		}
		_ = b.stop()
	})
}

// A person who taps faster than a message a second sees each card at once.
func TestEditsDoNotWaitForTheChatsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{}, func(o *outbox.Options) { o.Rate = 30 })
		for i := range 8 {
			b.put(card(1, fmt.Sprintf("tap%d", i)))
			pass(200 * time.Millisecond)
		}
		pass(time.Minute)
		if d := b.sender.when("tap7"); d < 0 || d > 1500*time.Millisecond {
			t.Errorf("the eighth card was edited after %v, want 1.4s", d)
		}
		_ = b.stop()
	})
}

func TestToastGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{takes: time.Second}, func(o *outbox.Options) { o.Parallel, o.Rate = 1, 1 })
		b.put(notice(1, "a"), notice(1, "b"), turn.Message{ID: "t", Chat: 1, Form: turn.Toast, Callback: "9"})
		pass(time.Minute)
		b.want("t", "a", "b")
		b.sender.fail = func(turn.Message, int) error { return trouble(turn.Passing, 0) }
		b.put(turn.Message{ID: "u", Chat: 1, Form: turn.Toast, Callback: "9"})
		pass(time.Minute)
		if b.sender.tries["u"] != 1 {
			t.Errorf("a toast was tried %d times, want once", b.sender.tries["u"])
		}
		_ = b.stop()
	})
}

func TestDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{}, nil)
		later := notice(1, "later")
		later.Due = time.Now().Add(90 * time.Minute)
		b.put(later, notice(1, "now")) // what is not due holds nobody up
		pass(2 * time.Hour)
		if b.sender.when("now") != 0 || b.sender.when("later") != 90*time.Minute {
			t.Errorf("now after %v, later after %v", b.sender.when("now"), b.sender.when("later"))
		}
		_ = b.stop()
	})
}

func TestMovedClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var shift atomic.Int64
		b := start(t, newMemory(), &script{}, func(o *outbox.Options) {
			o.Clock = func() time.Time { return time.Now().Add(time.Duration(shift.Load())) }
		})
		m := notice(1, "a")
		m.Due = time.Now().Add(24 * time.Hour)
		b.put(m)
		pass(10 * time.Second)
		shift.Store(int64(48 * time.Hour))
		pass(2 * time.Second)
		b.want("a")
		_ = b.stop()
	})
}

func TestCards(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemory()
		store.cards[1] = 55
		b := start(t, store, &script{takes: time.Second}, nil)
		b.put(card(1, "c1"))
		pass(100 * time.Millisecond)
		b.put(card(1, "c2"), card(1, "c3")) // c2 is never seen: c3 paints over it
		pass(time.Minute)
		fresh, final := card(1, "c4"), card(1, "c5")
		fresh.Fresh, final.Final = true, true
		b.put(fresh)
		pass(time.Minute)
		b.put(final)
		pass(time.Minute)
		b.put(card(1, "c6"))
		pass(time.Minute)
		b.want("c1", "c3", "c4", "c5", "c6")
		var cards []int
		for _, d := range b.sender.done {
			cards = append(cards, d.card)
		}
		if want := []int{55, 55, 55, 101, 0}; !slices.Equal(cards, want) {
			t.Errorf("cards %v, want %v", cards, want)
		}
		if store.cards[1] != 102 || store.left() != 0 {
			t.Errorf("the store has card %d and %d messages", store.cards[1], store.left())
		}
		_ = b.stop()
	})
}

func TestRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemory()
		down := func(turn.Message, int) error { return trouble(turn.Passing, 0) }
		b := start(t, store, &script{fail: down}, nil)
		b.put(card(1, "a1"), notice(1, "a2"))
		pass(20 * time.Second)
		if err := b.stop(); err != nil {
			t.Fatal(err)
		}
		store.put(notice(2, "b1")) // committed, but never accepted
		again := start(t, store, &script{}, nil)
		again.box.Accept(notice(2, "b1")) // too late: it was read from the store
		pass(time.Hour)
		again.want("b1", "a1", "a2") // a1 was postponed and holds a2
		if store.left() != 0 {
			t.Errorf("%d left in the store", store.left())
		}
		_ = again.stop()
	})
}

func TestTooManyToKeep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{takes: time.Second}, func(o *outbox.Options) { o.Waiting, o.Parallel = 10, 4 })
		for i := range 2000 {
			b.put(notice(int64(i%7), fmt.Sprintf("%d/%04d", i%7, i)))
		}
		if s := b.box.Stats(); s.Waiting > 10 || !s.Behind {
			t.Errorf("Stats() = %+v, want at most 10 in memory", s)
		}
		pass(time.Hour)
		last := make(map[int64]string)
		for _, d := range b.sender.done {
			if d.id <= last[d.chat] {
				t.Fatalf("%s after %s", d.id, last[d.chat])
			}
			last[d.chat] = d.id
		}
		if s := b.box.Stats(); len(b.sender.done) != 2000 || s.Behind || s.Waiting != 0 || s.Sent != 2000 {
			t.Errorf("%d delivered, Stats() = %+v", len(b.sender.done), s)
		}
		_ = b.stop()
	})
}

func TestStoreFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemory()
		b := start(t, store, &script{}, nil)
		store.broken = true
		b.put(notice(1, "a1"), card(1, "a2"))
		pass(10 * time.Second)
		b.want("a1")
		store.mu.Lock()
		store.broken = false
		store.mu.Unlock()
		pass(5 * time.Minute)
		b.want("a1", "a2") // once, though the store could not be told at first
		if store.left() != 0 {
			t.Errorf("%d left", store.left())
		}
		_ = b.stop()
	})
}

func TestGivenUpAfterADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{fail: func(turn.Message, int) error { return trouble(turn.Passing, 0) }}, nil)
		b.put(notice(1, "a"))
		pass(23 * time.Hour)
		if len(b.store.buried) != 0 {
			t.Error("given up within a day")
		}
		pass(2 * time.Hour)
		if len(b.store.buried) != 1 || len(b.alerts) != 1 {
			t.Errorf("buried %v, alerts %v", b.store.buried, b.alerts)
		}
		_ = b.stop()
	})
}

func TestShutdownFinishesWhatIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{takes: 5 * time.Second}, nil)
		b.put(notice(1, "a1"), notice(1, "a2"))
		pass(time.Second)
		if err := b.stop(); err != nil {
			t.Fatal(err)
		}
		b.want("a1")
		if b.store.left() != 1 {
			t.Errorf("%d left in the store, want a2", b.store.left())
		}
	})
}
