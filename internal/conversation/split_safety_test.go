package conversation_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// opened is a database of its own.
func opened(t *testing.T) *records.Store {
	t.Helper()
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	s, err := records.Open(t.Context(), filepath.Join(t.TempDir(), "db"), v, records.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// What a turn changes about her consent is stored with the records, though nothing else is; and not
// for a turn that the conversation has not taken.
func TestAConsentIsStoredWhereTheRecordsAre(t *testing.T) {
	t.Parallel()
	records, states := opened(t), opened(t)
	apart := conversation.Apart(records, states)
	at := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	plan := func(id string, was uint64) turn.Plan {
		return turn.Plan{
			State: &turn.State{Key: "chat", Was: was, Data: []byte("x")},
			Safety: turn.Safety{Consents: []program.Consent{
				{ID: id, Participant: "M-1", Purpose: program.Accompaniment, Status: program.Given, At: at, Recorder: "p-1", Until: "2027-11-25"},
			}},
		}
	}
	consent := func() string {
		t.Helper()
		all, err := records.Consents(t.Context(), "M-1")
		if err != nil || len(all) != 1 {
			t.Fatalf("consents %v, %v", all, err)
		}
		return all[0].ID
	}
	if err := apart.Commit(t.Context(), plan("c-1", 0)); err != nil || consent() != "c-1" {
		t.Errorf("stored %s, %v", consent(), err)
	}
	if err := apart.Commit(t.Context(), plan("c-2", 0)); !errors.Is(err, turn.ErrConflict) || consent() != "c-1" {
		t.Errorf("of a turn that was not taken there is %s, %v", consent(), err)
	}
	if saved, err := states.Load(t.Context(), "chat"); err != nil || saved.Rev != 1 {
		t.Errorf("the conversation is at %d, %v", saved.Rev, err)
	}
}
