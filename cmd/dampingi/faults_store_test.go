package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// What the stores do, and what the house does to itself.

func TestFaultRedisKilled(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	h := newHouse(t, houseOptions{redisURL: server.URL()})
	h.summary()
	server.Kill()
	before := h.bots(rinaChat)
	answer := h.async(rinaChat, "Simpan")
	h.until("the press waits", func() bool { return h.lanes.Waiting() == 1 })
	if _, err := h.sim.Say(yuliChat, "/menu"); err != nil {
		t.Fatal(err)
	}
	h.until("both wait", func() bool { return h.lanes.Waiting() == 2 })
	if waiting, err := h.store.Pending(t.Context()); err != nil || len(waiting) != 2 {
		t.Errorf("%d updates in the inbox, %v", len(waiting), err)
	}
	h.shows(rinaChat, "Saya catat begini ya")
	if n := h.bots(rinaChat); n != before || h.bots(yuliChat) != 0 {
		t.Errorf("somebody was told something")
	}
	h.recorded(0)
	server.Restart()
	h.quiet()
	h.heard(answer)
	h.shows(rinaChat, "Tersimpan", "pekan ini: 1")
	h.shows(yuliChat, "Yuli")
	h.recorded(1)
}

func TestFaultRedisLostTheTurnBefore(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	h := newHouse(t, houseOptions{redisURL: server.URL()})
	h.say(rinaChat, "/kunjungan")
	h.presses(rinaChat, "M-417 · Melati", "Hari ini", "Ke rumah", "Tercapai", "Tidak ada")
	mark := server.Mark()
	h.press(rinaChat, "Tidak")
	server.RestartAt(mark)
	if toast := h.press(rinaChat, "Simpan"); !strings.Contains(toast, "sudah lewat") {
		t.Errorf("toast %q", toast)
	}
	h.shows(rinaChat, "Mau ditengok lagi kapan?") // and not that it was saved
	h.recorded(0)
	h.presses(rinaChat, "Besok", "Simpan")
	h.shows(rinaChat, "Tersimpan", "pekan ini: 1")
	h.recorded(1)
	if got := h.answers(); !strings.Contains(got, `"tindak_lanjut_tanggal":"2026-11-26"`) {
		t.Errorf("on record: %s", got)
	}
}

func TestFaultRedisLostTheSaving(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	h := newHouse(t, houseOptions{redisURL: server.URL()})
	h.summary()
	mark := server.Mark()
	h.press(rinaChat, "Simpan")
	server.RestartAt(mark)
	h.press(rinaChat, "Menu")
	h.shows(rinaChat, "Saya catat begini ya")
	h.press(rinaChat, "Simpan") // the same once more: no second report
	h.shows(rinaChat, "Tersimpan", "pekan ini: 1")
	h.recorded(1)

	server.RestartAt(mark)
	h.press(rinaChat, "Menu")
	h.presses(rinaChat, "Ubah", "Hasil", "Sebagian", "Simpan") // something else: it counts
	h.shows(rinaChat, "Tersimpan", "pekan ini: 1")
	if stand, undone := h.standing(); stand != 1 || undone != 1 || !strings.Contains(h.answers(), `"hasil":"sebagian"`) {
		t.Errorf("%d stand, %d taken back: %s", stand, undone, h.answers())
	}

	h.press(rinaChat, "Batalkan")
	server.RestartAt(mark)
	h.press(rinaChat, "Menu")
	h.press(rinaChat, "Simpan") // taken back, and saved all the same: it is on record
	h.shows(rinaChat, "Tersimpan", "pekan ini: 1")
	if stand, undone := h.standing(); stand != 1 || undone != 2 || !strings.Contains(h.answers(), `"hasil":"tercapai"`) {
		t.Errorf("%d stand, %d taken back: %s", stand, undone, h.answers())
	}
}

func TestFaultRedisForgotEverything(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	mark := server.Mark()
	h := newHouse(t, houseOptions{redisURL: server.URL()})
	h.summary()
	server.RestartAt(mark)
	h.press(rinaChat, "Simpan")
	h.shows(rinaChat, "Mau mencatat apa?")
	h.recorded(0)
	h.presses(rinaChat, "Kunjungan", "M-417 · Melati", "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
	h.recorded(1)
}

// TestFaultButtonFromBeforeRedisForgot: a card that kept its buttons, because they could not be
// taken from it, answers nothing that is asked after its conversation was forgotten.
func TestFaultButtonFromBeforeRedisForgot(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	mark := server.Mark()
	h := newHouse(t, houseOptions{redisURL: server.URL()})
	h.say(rinaChat, "/kunjungan")
	message, first, ok := h.button(rinaChat, "M-417 · Melati")
	if !ok {
		t.Fatal(h.shown(rinaChat))
	}
	server.RestartAt(mark)
	newcomer := program.Participant{Agreed: program.OnPaper, Code: "N-111", Alias: "Nusa", Stage: program.Trading, Companion: "rina"}
	if err := h.store.AddParticipant(t.Context(), newcomer); err != nil { // who stands first now
		t.Fatal(err)
	}
	h.time.Advance(time.Minute)
	h.fault(simulator.Fault{Kind: "500", Method: "editMessageReplyMarkup", Count: 1})
	h.say(rinaChat, "/kunjungan")
	h.struck()
	if toast := h.pressData(rinaChat, message, first); !strings.Contains(toast, "sudah lewat") {
		t.Errorf("a button of the forgotten card was taken for one of the present card: %q", toast)
	}
	h.shows(rinaChat, "Siapa yang ditengok")
}

// halfway fails once at a step of storing a turn, where a crash would end the process.
type halfway struct {
	conversation.Store
	fail func(turn.Plan) bool
	then func() // what happens meanwhile; may be nil
	once atomic.Bool
}

var errHalfway = errors.New("the process ends here")

func (s *halfway) Commit(ctx context.Context, p turn.Plan) error {
	if s.fail(p) && s.once.CompareAndSwap(false, true) {
		if s.then != nil {
			s.then()
		}
		return errHalfway
	}
	return s.Store.Commit(ctx, p)
}

// newDesk puts another desk into the house, over another store of records.
func newDesk(t testing.TB, a *app, records conversation.Store) {
	t.Helper()
	zone, err := a.set.zone()
	if err != nil {
		t.Fatal(err)
	}
	current, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	a.desk, err = conversation.New(conversation.Options{
		Store: conversation.Apart(records, a.states), Seal: a.vault, Flows: current, Zone: zone, Clock: a.clock, Log: a.log,
		Words: func(lang string) conversation.Words { return a.book.For(lang) }, Send: a.outbox.Accept,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// stored starts a house on Redis in which storing a turn fails once where fail says so.
func stored(t *testing.T, fail func(turn.Plan) bool) (*house, *halfway) {
	t.Helper()
	broken := &halfway{fail: fail}
	h := newHouse(t, houseOptions{redisURL: redistest.Start(t).URL(), prepare: func(a *app) {
		broken.Store = a.store
		newDesk(t, a, broken)
	}})
	return h, broken
}

func TestFaultTurnStoredByHalf(t *testing.T) {
	t.Parallel()
	lasts := func(p turn.Plan) bool { // the last of the three steps, after the conversation has moved on
		return p.Row != 0 && p.State == nil && len(p.Messages) > 0
	}
	t.Run("a report", func(t *testing.T) {
		t.Parallel()
		saving := atomic.Bool{}
		h, broken := stored(t, func(p turn.Plan) bool { return saving.Load() && lasts(p) })
		h.summary()
		saving.Store(true)
		h.press(rinaChat, "Simpan")
		h.shows(rinaChat, "Tersimpan", "pekan ini: 1")
		h.recorded(1)
		if !broken.once.Load() {
			t.Error("nothing failed")
		}
	})
	t.Run("what must not stay", func(t *testing.T) {
		t.Parallel()
		saving := atomic.Bool{}
		h, broken := stored(t, func(p turn.Plan) bool { return saving.Load() && lasts(p) })
		h.summary()
		saving.Store(true)
		sent := h.send(rinaChat, simulator.Input{Text: "nomornya 0812 3456 7890"})
		if m := h.sim.Messages(rinaChat, sent.MessageID-1)[0]; !m.Deleted || !broken.once.Load() {
			t.Errorf("it stays in the chat: %v; failed: %v", !m.Deleted, broken.once.Load())
		}
		if messages := h.sim.Messages(rinaChat, sent.MessageID); len(messages) == 0 {
			t.Error("the card is not below what she wrote")
		}
	})
	t.Run("a draft that expires", func(t *testing.T) {
		t.Parallel()
		expiring := atomic.Bool{}
		h, broken := stored(t, func(p turn.Plan) bool { return expiring.Load() && len(p.Settled) > 0 })
		h.say(rinaChat, "/kunjungan")
		h.press(rinaChat, "M-417 · Melati")
		expiring.Store(true)
		h.time.Advance(25 * time.Hour)
		h.until("she is told", func() bool { return strings.Contains(h.shown(rinaChat), "Isian kemarin saya buang") })
		h.quiet()
		if !broken.once.Load() {
			t.Error("nothing failed")
		}
	})
}

func TestFaultRecordsWrittenAndConversationNot(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	reached := make(chan struct{})
	broken := &afterwards{then: func() { server.Kill(); close(reached) }}
	h := newHouse(t, houseOptions{redisURL: server.URL(), prepare: func(a *app) {
		broken.Store = a.store
		newDesk(t, a, broken)
	}})
	h.summary()
	h.async(rinaChat, "Simpan")
	<-reached // the report is written, and Redis is gone
	h.shows(rinaChat, "Saya catat begini ya")
	server.Restart()
	h.quiet()
	h.shows(rinaChat, "Tersimpan", "pekan ini: 1") // and not 2, though it was on record already
	h.recorded(1)
}

// afterwards does something right after a report was written.
type afterwards struct {
	conversation.Store
	then func()
	once atomic.Bool
}

func (s *afterwards) Commit(ctx context.Context, p turn.Plan) error {
	err := s.Store.Commit(ctx, p)
	if err == nil && len(p.Reports) > 0 && s.once.CompareAndSwap(false, true) {
		s.then()
	}
	return err
}

func TestFaultDiskFull(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	h.summary()
	if err := h.store.Bound(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	h.fill()
	before := h.bots(rinaChat)
	answer := h.async(rinaChat, "Simpan")
	if _, err := h.sim.Say(yuliChat, "/menu"); err != nil {
		t.Fatal(err)
	}
	h.until("what came waits, with us or with Telegram", func() bool {
		return strings.Contains(log.String(), "update waits") || strings.Contains(log.String(), "polling waits")
	})
	select {
	case a := <-answer:
		t.Errorf("the press was answered: %v", a)
	default:
	}
	h.shows(rinaChat, "Saya catat begini ya")
	if n := h.bots(rinaChat); n != before {
		t.Errorf("she was told something: %s", h.shown(rinaChat))
	}
	if err := h.store.Bound(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	h.quiet()
	h.heard(answer)
	h.shows(rinaChat, "Tersimpan")
	h.shows(yuliChat, "Yuli")
	for _, r := range h.reports() {
		if r.Author == "rina" && (r.Participant != "M-417" || !r.UndoneAt.IsZero()) {
			t.Errorf("on record: %v", r)
		}
	}
}

// fill writes reports until there is no room for the smallest one.
func (h *house) fill() {
	h.t.Helper()
	for size := 4000; size > 0; size /= 4 {
		for i := 0; ; i++ {
			r := program.Report{ID: fmt.Sprintf("fill-%d-%d", size, i), Flow: "usaha", FlowVersion: 1, Participant: "Y-271", Author: "yuli",
				OccurredOn: "2026-11-01", CreatedAt: h.time.Now(), Answers: []byte(`{"x":"` + strings.Repeat("x", size) + `"}`)}
			err := h.store.Commit(h.t.Context(), turn.Plan{Reports: []program.Report{r}})
			if err != nil && strings.Contains(err.Error(), "full") {
				break
			}
			if err != nil || i > 1000 {
				h.t.Fatalf("after %d reports: %v", i, err)
			}
		}
	}
}
