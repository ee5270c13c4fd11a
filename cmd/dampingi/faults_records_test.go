package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
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

// TestFaultWhoCannotBeReadKeepsNobodyFromBeingTold, whether it is who is to be told or whom it is about.
func TestFaultWhoCannotBeReadKeepsNobodyFromBeingTold(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{rules: []string{"N01"}})
	h.joins("Z-999", "yuli", program.Bimtek)
	h.visits("yuli", "Z-999", "2026-11-18")
	h.visits("yuli", "Y-271", "2026-11-18")
	h.settle()
	h.damage(`UPDATE person SET name = x'00' WHERE id = 'rina'`)
	h.damage(`UPDATE participant SET wrapped = x'00' WHERE code = 'Y-271'`)
	h.damage(`UPDATE report SET answers = x'00' WHERE participant = 'Y-271'`)
	h.goes(instant(t, "2026-12-02T08:00:00+07:00"))
	if n := h.said(yuliChat, "Z-999"); n != 1 {
		t.Errorf("told %d times of one who can be read:\n%s", n, h.shown(yuliChat))
	}
}
