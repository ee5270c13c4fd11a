package conversation_test

import (
	"errors"
	"testing"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestPicturesAreWithdrawnWithConversationsApart: with the messages, and not by a turn that the
// conversation has not taken.
func TestPicturesAreWithdrawnWithConversationsApart(t *testing.T) {
	t.Parallel()
	const chat = 7741023355
	records, states := opened(t), opened(t)
	both := conversation.Apart(records, states)
	state := func(was uint64) *turn.State {
		return &turn.State{Key: records.ChatKey(chat), Was: was, Data: []byte("x")}
	}
	waits := func() bool {
		t.Helper()
		is, err := records.Waits(t.Context(), "u1.0")
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	picture := turn.Message{ID: "u1.0", Chat: chat, Form: turn.Picture, Attached: &turn.Attached{Name: "a.png", Data: []byte("x")}}
	if err := both.Commit(t.Context(), turn.Plan{State: state(0), Messages: []turn.Message{picture}}); err != nil || !waits() {
		t.Fatal("the picture does not wait", err)
	}
	if err := both.Commit(t.Context(), turn.Plan{State: state(0), Withdrawn: []int64{chat}}); !errors.Is(err, turn.ErrConflict) || !waits() {
		t.Error("a turn that was not taken has withdrawn it", err)
	}
	if err := both.Commit(t.Context(), turn.Plan{State: state(1), Withdrawn: []int64{chat}}); err != nil || waits() {
		t.Error("it is not withdrawn", err)
	}
}
