package conversation_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// TestTracesAreKeptWithConversationsApart commits a turn whose conversation is in another store,
// with nothing on record but what stands in the chat.
func TestTracesAreKeptWithConversationsApart(t *testing.T) {
	t.Parallel()
	const chat = 7741023355
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	open := func() *records.Store {
		s, err := records.Open(t.Context(), filepath.Join(t.TempDir(), "db"), v, records.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	records := open()
	both := conversation.Apart(records, open())
	came := func(message int) turn.Came {
		return turn.Came{Chat: chat, Message: message, At: now.Add(time.Duration(message) * time.Second)}
	}
	for rev, p := range []turn.Plan{
		{Came: []turn.Came{came(40), came(41)}},
		{Came: []turn.Came{came(42)}, Dropped: []turn.Dropped{{Chat: chat, Message: 40}}},
	} {
		p.State = &turn.State{Key: records.ChatKey(chat), Was: uint64(rev), Data: []byte("x")}
		if err := both.Commit(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	all, err := records.Traces(t.Context(), chat)
	if err != nil {
		t.Fatal(err)
	}
	var stand []int
	for _, m := range all {
		stand = append(stand, m.Message)
	}
	if !slices.Equal(stand, []int{41, 42}) {
		t.Errorf("in the chat stand %v", stand)
	}
}
