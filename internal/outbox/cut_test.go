package outbox_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// TestAPhoneThatWasCutOffGetsNothingMore cuts a chat off while its messages are held back: the
// one that was tried, and the one behind it that was not.
func TestAPhoneThatWasCutOffGetsNothingMore(t *testing.T) {
	for name, err := range map[string]error{"5xx": trouble(turn.Passing, 0), "429": trouble(turn.Slow, 7*time.Second)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := start(t, newMemory(), &script{fail: func(m turn.Message, try int) error {
					if m.ID == "a1" && try == 0 {
						return err
					}
					return nil
				}}, nil)
				b.put(notice(1, "a1"), card(1, "a2"))
				b.put(notice(2, "b1"))
				synctest.Wait()
				b.store.cut(1)
				pass(time.Minute)
				b.want("b1")
				b.put(notice(1, "a3"))
				pass(time.Second)
				b.want("b1", "a3")
				if err := b.stop(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}
