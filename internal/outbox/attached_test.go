package outbox_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// picture is a message that brings something, for five minutes.
func picture(chat int64, id string) turn.Message {
	return turn.Message{
		ID: id, Chat: chat, Form: turn.Picture, Until: time.Now().Add(5 * time.Minute), Attached: &turn.Attached{Name: "a.png", Data: []byte("x")},
	}
}

// TestWhatIsTooLateIsNotSent: a picture that could not be sent in its time is not sent at all, and
// what stands behind it goes on.
func TestWhatIsTooLateIsNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemory()
		b := start(t, store, &script{fail: func(m turn.Message, _ int) error {
			if m.ID == "p1" {
				return trouble(turn.Passing, 0)
			}
			return nil
		}}, nil)
		b.put(picture(1, "p1"), notice(1, "n1"))
		pass(4 * time.Minute)
		b.want()
		pass(10 * time.Minute)
		b.want("n1")
		if store.left() != 0 || len(store.buried) != 0 {
			t.Errorf("%d messages wait, buried %v", store.left(), store.buried)
		}
		_ = b.stop()
	})
}

// TestAPictureIsSentOnceThroughTrouble: again after what passes, to the dead letters after what does
// not, and what stands in the chat is known.
func TestAPictureIsSentOnceThroughTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemory()
		b := start(t, store, &script{fail: func(m turn.Message, try int) error {
			switch {
			case m.ID == "bad":
				return trouble(turn.Refused, 0)
			case m.ID == "slow" && try == 0:
				return trouble(turn.Slow, 20*time.Second)
			case m.ID == "cut" && try < 3:
				return trouble(turn.Passing, 0)
			}
			return nil
		}}, nil)
		b.put(picture(1, "slow"), picture(2, "cut"), picture(3, "bad"))
		pass(4 * time.Minute)
		ids := b.sender.ids()
		slices.Sort(ids)
		if !slices.Equal(ids, []string{"cut", "slow"}) || store.buried["bad"] == "" || store.left() != 0 {
			t.Errorf("sent %v, buried %v, %d wait", ids, store.buried, store.left())
		}
		_ = b.stop()
	})
}

// TestWhatWasWithdrawnIsNotSent: the store is asked about every picture, also of one that has just
// been accepted.
func TestWhatWasWithdrawnIsNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemory()
		b := start(t, store, &script{}, nil)
		m := picture(1, "p1")
		store.put(m)
		store.cut(1)
		b.box.Accept(m)
		pass(time.Minute)
		b.want()
		_ = b.stop()
	})
}
