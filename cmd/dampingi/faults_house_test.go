package main

import (
	"context"
	"database/sql"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What goes wrong within the house itself.

// clumsy is a desk that panics where it is told to.
type clumsy struct {
	conversation.Handler
	stumbles func(turn.Update) bool
	count    atomic.Int64
}

// Handle works the update off, or panics with what the person wrote.
func (c *clumsy) Handle(ctx context.Context, u turn.Update) error {
	if c.stumbles(u) {
		c.count.Add(1)
		panic(u.Text)
	}
	return c.Handler.Handle(ctx, u)
}

// stumbling starts a house whose desk panics.
func stumbling(t *testing.T, log *notes, stumbles func(turn.Update) bool) (*house, *clumsy) {
	t.Helper()
	c := &clumsy{stumbles: stumbles}
	h := newHouse(t, houseOptions{logs: log, prepare: func(a *app) { c.Handler, a.desk = a.desk, c }})
	return h, c
}

func TestFaultPanic(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h, c := stumbling(t, log, func(u turn.Update) bool { return u.Text == "rahasia besar" })
	h.say(rinaChat, "/kunjungan")
	h.say(rinaChat, "rahasia besar")
	h.shows(rinaChat, "belum bisa saya olah")
	if n := c.count.Load(); n != 3 {
		t.Errorf("tried %d times", n)
	}
	dead := h.dead()
	if len(dead) != 1 || dead[0].Origin != "inbox" {
		t.Fatalf("dead letters: %v", dead)
	}
	if body, err := h.store.DeadBody(t.Context(), dead[0].Seq); err != nil || !strings.Contains(string(body), "rahasia besar") {
		t.Errorf("the administrator cannot read it: %v", err)
	}
	if got := log.String(); !strings.Contains(got, "level=ERROR msg=alert") || strings.Contains(got, "rahasia besar") {
		t.Errorf("logged:\n%s", got)
	}
	h.say(rinaChat, "melati") // the lane goes on
	h.presses(rinaChat, "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
	h.recorded(1)
}

func TestFaultPanicThatPasses(t *testing.T) {
	t.Parallel()
	var panics atomic.Int64
	h, _ := stumbling(t, &notes{}, func(u turn.Update) bool { return strings.HasSuffix(u.Data, "save") && panics.Add(1) < 3 })
	h.summary()
	h.press(rinaChat, "Simpan")
	h.shows(rinaChat, "Tersimpan")
	h.recorded(1)
	if dead := h.dead(); len(dead) > 0 {
		t.Errorf("dead letters: %v", dead)
	}
}

func TestFaultPanicAtADeadline(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h, c := stumbling(t, log, func(u turn.Update) bool { return u.Kind == turn.Deadline })
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	before := h.bots(rinaChat)
	h.time.Advance(3 * time.Hour)
	h.until("it is put aside", func() bool { return strings.Contains(log.String(), "deadline put aside") })
	h.settle() // it does not come again
	h.quiet()
	if n := h.bots(rinaChat); n != before || c.count.Load() != 3 {
		t.Errorf("%d messages to somebody who wrote nothing, after %d attempts", n-before, c.count.Load())
	}
	h.presses(rinaChat, "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
	h.recorded(1)
}

func TestFaultDeadlineOfSomebodyWhoLeft(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	h.press(rinaChat, "M-417 · Melati")
	before := h.bots(rinaChat)
	if err := h.store.Unbind(t.Context(), "rina"); err != nil {
		t.Fatal(err)
	}
	h.time.Advance(3 * time.Hour)
	h.settle()
	h.quiet()
	if n := h.bots(rinaChat); n != before {
		t.Errorf("%d messages to somebody who has left", n-before)
	}
	if n := h.remembered(rinaChat); n > 80 { // a count and empty places, sealed
		t.Errorf("%d bytes are still remembered of what she was writing", n)
	}
}

func TestFaultRecordsOlderThanConversations(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.summary()
	h.press(rinaChat, "Simpan")
	h.without("report") // as after a restore
	h.press(rinaChat, "Batalkan")
	h.shows(rinaChat, "belum bisa saya olah")
	h.summary() // the lane goes on
	h.press(rinaChat, "Simpan")
	h.recorded(1)
}

// without empties a table and what hangs on it, past the store.
func (h *house) without(table string) {
	h.t.Helper()
	db, err := sql.Open("sqlite", "file:"+h.set.database()+"?_pragma=busy_timeout(10000)")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, t := range []string{"fact", "follow_up", table} {
		if _, err := db.ExecContext(h.t.Context(), "DELETE FROM "+t); err != nil {
			h.t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		h.t.Fatal(err)
	}
}

func TestFaultInvitationForAChatThatIsTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	gone := program.Person{ID: "sari-dulu", Role: program.Companion, Name: "Sari", Chat: strangerChat, Lang: "id"} // not active any more
	back := program.Person{ID: "sari", Role: program.Companion, Name: "Sari", Lang: "id", Active: true}
	for _, p := range []program.Person{gone, back} {
		if err := h.store.AddPerson(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	token, err := h.store.Invite(t.Context(), "sari")
	if err != nil {
		t.Fatal(err)
	}
	h.say(strangerChat, "/start "+token)
	h.shows(strangerChat, "Kode tidak dikenal")
	h.say(strangerChat, "halo") // the lane goes on
	h.shows(strangerChat, "layanan catatan usaha")
}
