package outbox_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dampingi/dampingi/internal/outbox"
	"github.com/dampingi/dampingi/internal/turn"
)

func removal(chat int64, id string, target int) turn.Message {
	return turn.Message{ID: id, Chat: chat, Form: turn.Remove, Target: target}
}

// stand compares what the store believes to stand in the chats.
func (b *bench) stand(want map[int]string) {
	b.Helper()
	b.store.mu.Lock()
	defer b.store.mu.Unlock()
	if !maps.Equal(b.store.traces, want) {
		b.Errorf("in the chats stand %v, want %v", b.store.traces, want)
	}
}

func TestTheStoreHearsWhatStandsInAChat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{}, nil)
		for _, m := range []turn.Message{notice(1, "a1"), card(1, "a2"), card(1, "a3")} { // a3 edits a2
			b.put(m)
			pass(time.Second)
		}
		b.stand(map[int]string{101: "", 102: ""})
		b.put(removal(1, "a4", 101))
		pass(time.Second)
		b.stand(map[int]string{102: ""})
		_ = b.stop()
	})
}

// A new card that is there and could not be filled in yet is edited the next time, whatever the
// message says about a new one; and the store knows about it meanwhile.
func TestANewCardIsNotSentOnceMore(t *testing.T) {
	for name, err := range map[string]error{"5xx": trouble(turn.Passing, 0), "429": trouble(turn.Slow, 2*time.Second)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := newMemory()
				store.cards[1] = 55
				b := start(t, store, &script{half: true, fail: func(_ turn.Message, try int) error {
					if try < 2 {
						return err
					}
					return nil
				}}, nil)
				m := card(1, "a1")
				m.Fresh, m.Final = true, true
				b.put(m)
				pass(100 * time.Millisecond)
				if store.cards[1] != 101 || store.left() != 1 {
					t.Errorf("meanwhile the card is %d, and %d messages wait", store.cards[1], store.left())
				}
				b.stand(map[int]string{101: ""})
				pass(time.Minute)
				var calls []string
				for _, d := range b.sender.calls {
					calls = append(calls, fmt.Sprintf("%s %d %v", d.id, d.card, d.fresh))
				}
				if want := []string{"a1 55 true", "a1 101 false", "a1 101 false"}; !slices.Equal(calls, want) {
					t.Errorf("called %q, want %q", calls, want)
				}
				b.stand(map[int]string{101: ""})
				if _, there := store.cards[1]; there || store.left() != 0 {
					t.Errorf("in the end the card is %d, and %d messages wait", store.cards[1], store.left())
				}
				_ = b.stop()
			})
		})
	}
}

// What was shown of a message that is refused in the end stands there all the same.
func TestANewCardThatIsRefusedStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{half: true, fail: func(turn.Message, int) error { return trouble(turn.Refused, 0) }}, nil)
		b.put(card(1, "a1"))
		pass(time.Minute)
		b.stand(map[int]string{101: ""})
		if b.store.cards[1] != 101 || len(b.store.buried) != 1 || len(b.alerts) != 1 {
			t.Errorf("card %d, buried %v, alerts %v", b.store.cards[1], b.store.buried, b.alerts)
		}
		_ = b.stop()
	})
}

// A message that cannot be removed is a trace, not a dead letter, and alarms nobody.
func TestWhatCannotBeRemovedStays(t *testing.T) {
	tests := map[string]struct {
		err  error
		lost []int64
	}{
		"too old": {trouble(turn.Refused, 0), nil},
		"blocked": {trouble(turn.Unreachable, 0), []int64{1}},
		"a day":   {trouble(turn.Passing, 0), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, newMemory(), &script{fail: func(m turn.Message, _ int) error {
					if m.Form == turn.Remove {
						return tt.err
					}
					return nil
				}}, nil)
				b.put(removal(1, "a1", 40), notice(1, "a2"))
				pass(25 * time.Hour)
				b.want("a2")
				b.stand(map[int]string{40: "stays", 101: ""})
				if len(b.store.buried) != 0 || len(b.alerts) != 0 || !slices.Equal(b.unreachable, tt.lost) || b.store.left() != 0 {
					t.Errorf("buried %v, alerts %v, unreachable %v, %d left", b.store.buried, b.alerts, b.unreachable, b.store.left())
				}
				if s := b.box.Stats(); s.Failed != 0 {
					t.Errorf("%d count as dead letters", s.Failed)
				}
				_ = b.stop()
			})
		})
	}
}

// A chat is cleaned as fast as the limit on everything allows, and what is said to it meanwhile
// does not wait for that.
func TestRemovingDoesNotWaitForTheChatsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, newMemory(), &script{}, func(o *outbox.Options) { o.Rate = 30 })
		for i := range 30 {
			b.put(removal(1, fmt.Sprintf("r%d", i), 40+i))
		}
		b.put(notice(1, "a1"), notice(1, "a2"), notice(1, "a3"), notice(1, "a4"))
		pass(time.Minute)
		if d := b.sender.when("r29"); d < 0 || d > 1100*time.Millisecond {
			t.Errorf("the thirtieth message was removed after %v, want about a second", d)
		}
		if d := b.sender.when("a3"); d < 0 || d > 1200*time.Millisecond {
			t.Errorf("the third message came after %v: removing used up the chat's limit", d)
		}
		if d := b.sender.when("a4"); d < 1500*time.Millisecond {
			t.Errorf("the fourth message came after %v, which is above the chat's limit", d)
		}
		_ = b.stop()
	})
}
