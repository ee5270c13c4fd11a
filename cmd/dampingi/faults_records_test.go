package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/simulator"
)

// Records that are damaged.

// damage writes into the records past the store.
func (h *house) damage(statement string) {
	h.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(h.dir, "dampingi.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := db.ExecContext(h.t.Context(), statement); err != nil {
		h.t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		h.t.Fatal(err)
	}
}

func TestFaultUnreadableAlias(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	h.damage(`UPDATE participant SET alias = x'00' WHERE code = 'D-482'`)
	h.say(rinaChat, "/kunjungan")
	h.shows(rinaChat, "M-417", "M-203")
	if got := h.shown(rinaChat); strings.Contains(got, "D-482") {
		t.Errorf("she who cannot be read is in the list:\n%s", got)
	}
	if said := log.String(); !strings.Contains(said, "level=ERROR") || !strings.Contains(said, "D-482") {
		t.Error("the log does not say who is left out")
	}
}

func TestFaultUnreadableName(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	h.damage(`UPDATE person SET name = x'00' WHERE id = 'rina'`)
	h.say(rinaChat, "/menu")
	if dead := h.dead(); len(dead) != 1 || dead[0].Origin != "inbox" {
		t.Errorf("dead letters: %v", dead)
	}
	if !strings.Contains(log.String(), "msg=alert") || h.bots(rinaChat) != 1 {
		t.Errorf("the administrator and she are told; she has %d messages", h.bots(rinaChat))
	}
}

func TestFaultCutOffWhileMessagesWait(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.fault(simulator.Fault{Kind: "500", Method: "sendMessage", Chat: rinaChat, Count: 1})
	if _, err := h.sim.Say(rinaChat, "/kunjungan"); err != nil {
		t.Fatal(err)
	}
	h.struck()
	h.until("what is held back is noted", func() bool {
		items, err := h.store.Outgoing(t.Context(), 10)
		return err == nil && len(items) > 0 && items[0].Attempts > 0
	})
	if err := h.store.Unbind(t.Context(), "rina"); err != nil {
		t.Fatal(err)
	}
	h.calm()
	if n := h.bots(rinaChat); n != 0 {
		t.Errorf("sent to the phone that was cut off:\n%s", h.shown(rinaChat))
	}
}
