package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Sessions: what participants are told and when, who came, and what goes with somebody.

// session lets the chair plan a session of a kind and invite Melati; it is not announced yet.
func (h *house) session(kind, when string) {
	h.t.Helper()
	h.say(chairChat, "kegiatan")
	h.presses(chairChat, "Kegiatan baru", kind)
	h.say(chairChat, when)
	h.presses(chairChat, "Simpan", "Lihat", "Undang", "M-417 · Melati", "Kembali")
}

// came is Melati's place in the one session.
func (h *house) came() program.Attendance {
	h.t.Helper()
	all, err := h.store.Attendance(h.t.Context(), "", "M-417")
	if err != nil || len(all) != 1 {
		h.t.Fatalf("places %v, %v", all, err)
	}
	return all[0]
}

// waits puts Melati to the stage in which one waits for a temu wicara.
func (h *house) waits() {
	h.t.Helper()
	h.plan(turn.Plan{Way: turn.Way{Stages: []program.StageChange{{Cause: "test", Participant: "M-417", From: program.Trading, To: program.TemuWicara, On: "2026-11-01", By: "ketua"}}}})
}

const newsLine = "ada kabar jadwal"

func TestSheIsToldOfASessionWhenItIsSafe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before func(h *house) // once she has agreed, and the session is planned
		at     time.Duration  // after it is announced: nothing is said before
		told   bool           // afterwards
	}{
		"in the day":       {func(*house) {}, 15 * time.Minute, true},
		"in the night":     {func(h *house) { h.passes(11 * time.Hour) }, 11 * time.Hour, true},
		"paused":           {func(h *house) { h.say(melatiChat, "jeda dulu") }, 40 * time.Hour, false},
		"stopped":          {func(h *house) { h.say(melatiChat, "berhenti") }, 40 * time.Hour, false},
		"not by chat":      {func(h *house) { h.safe(func(c *program.Contact) { c.Chat = program.ChatNo }) }, 40 * time.Hour, false},
		"only answered":    {func(h *house) { h.safe(func(c *program.Contact) { c.Chat = program.ChatReply }) }, 40 * time.Hour, false},
		"her phone is cut": {func(h *house) { h.beside(turn.Safety{Cut: []string{"M-417"}}) }, 40 * time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{})
			h.agree(melatiChat)
			h.say(melatiChat, "tutup")
			h.session("Temu wicara", "senin jam 9")
			c.before(h)
			h.say(chairChat, "kegiatan")
			h.presses(chairChat, "KG-26-001 · 30 Nov Temu wicara", "Umumkan")
			if strings.Contains(h.seen(melatiChat), newsLine) {
				t.Fatal("told at once")
			}
			h.passes(c.at - time.Minute)
			if strings.Contains(h.seen(melatiChat), newsLine) {
				t.Fatalf("told too early:\n%s", h.seen(melatiChat))
			}
			h.passes(2 * time.Minute)
			if got := strings.Contains(h.seen(melatiChat), newsLine); got != c.told {
				t.Errorf("told %v:\n%s", got, h.seen(melatiChat))
			}
			before := h.audited("session.tell")
			h.passes(30 * time.Hour)
			if got := h.audited("session.tell"); got != before {
				t.Errorf("told %d times", got)
			}
		})
	}
}

// safe changes what is agreed with Melati.
func (h *house) safe(change func(*program.Contact)) {
	h.t.Helper()
	her, err := h.store.Person(h.t.Context(), "M-417")
	if err != nil {
		h.t.Fatal(err)
	}
	change(&her.Safe)
	h.beside(turn.Safety{Contacts: []turn.ContactChange{{Code: "M-417", Contact: her.Safe}}})
}

func TestSheIsNotDisturbedInTheMiddleOfSomething(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.session("Temu wicara", "senin jam 9")
	h.press(chairChat, "Umumkan")
	h.passes(14 * time.Minute)
	h.say(melatiChat, "data saya")
	h.passes(2 * time.Minute)
	if strings.Contains(h.seen(melatiChat), newsLine) {
		t.Errorf("told although she reads:\n%s", h.seen(melatiChat))
	}
	h.say(melatiChat, "tutup")
	h.passes(10 * time.Minute)
	h.shows(melatiChat, newsLine)
}

func TestSheIsToldWhenSheWantsToHearAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, after func(h *house) }{
		"a pause": {func(h *house) { h.say(melatiChat, "jeda dulu") }, func(h *house) { h.safe(func(c *program.Contact) { c.Paused = false }) }},
		"a kata aman": {
			func(h *house) { h.safe(func(c *program.Contact) { c.SilentUntil = h.time.Now().Add(program.Silence) }) },
			func(h *house) { h.passes(program.Silence) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{})
			h.agree(melatiChat)
			h.say(melatiChat, "tutup")
			h.session("Temu wicara", "3 desember jam 9")
			c.before(h)
			h.say(melatiChat, "tutup")
			h.say(chairChat, "kegiatan")
			h.presses(chairChat, "KG-26-001 · 3 Des Temu wicara", "Umumkan")
			h.passes(2 * time.Hour)
			if h.audited("session.tell") != 0 {
				t.Fatalf("told:\n%s", h.seen(melatiChat))
			}
			c.after(h)
			h.passes(25 * time.Hour)
			if n := h.audited("session.tell"); n != 1 {
				t.Errorf("told %d times:\n%s", n, h.seen(melatiChat))
			}
		})
	}
}

func TestWhatSheIsToldNamesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.safe(func(c *program.Contact) {
		c.Phone, c.Mode, c.CheckedOn = program.PhoneOwn, program.OpenAtOnce, "2026-11-20"
	})
	h.say(melatiChat, "tutup")
	h.session("Penyuluhan kesehatan", "senin jam 9")
	h.press(chairChat, "Umumkan")
	h.passes(20 * time.Minute)
	h.shows(melatiChat, "Senin ada kumpul jam 09.00 di tempat biasa")
	h.presses(melatiChat, "Datang", "Tutup", "Jadwal")
	h.shows(melatiChat, "Bisa ikut?")
	for _, said := range []string{h.seen(melatiChat), h.shown(melatiChat)} {
		for _, never := range []string{"Penyuluhan", "kesehatan", "KG-26", "Undang", "Ratna"} {
			if strings.Contains(said, never) {
				t.Errorf("%q is said:\n%s", never, said)
			}
		}
	}
}

func TestOnASharedPhoneThePINComesBeforeTheSchedule(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.safe(func(c *program.Contact) { c.Phone, c.CheckedOn = program.PhoneFamily, "2026-11-20" })
	h.say(melatiChat, "tutup")
	h.session("Temu wicara", "senin jam 9")
	h.press(chairChat, "Umumkan")
	h.passes(20 * time.Minute)
	h.shows(melatiChat, newsLine)
	h.press(melatiChat, "Lihat")
	h.shows(melatiChat, "Pilih PIN")
	if strings.Contains(h.seen(melatiChat), "09.00") {
		t.Errorf("the time is shown without a PIN:\n%s", h.seen(melatiChat))
	}
}

// held lets a temu wicara with Melati take place, and the chair note that she was there.
func held(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, houseOptions{})
	h.waits()
	h.agree(melatiChat)
	h.say(melatiChat, "tutup")
	h.session("Temu wicara", "nanti siang jam 2")
	h.press(chairChat, "Umumkan")
	h.passes(6 * time.Hour)
	h.say(chairChat, "menu")
	h.presses(chairChat, "Hadir: 25 Nov Temu wicara", "Semua hadir", "Selesai (1)", "Simpan")
	return h
}

func TestTakingAttendanceBackTakesAllOfItBack(t *testing.T) {
	t.Parallel()
	h := held(t)
	if a := h.came(); a.Came != program.Present || h.stage("M-417") != program.Bimtek {
		t.Fatalf("%+v at %s", a, h.stage("M-417"))
	}
	h.press(chairChat, "Batalkan")
	if a := h.came(); a.Came != program.NotNoted || !a.Invited() || h.stage("M-417") != program.TemuWicara {
		t.Errorf("taken back: %+v at %s", a, h.stage("M-417"))
	}
	h.say(chairChat, "menu")
	h.shows(chairChat, "Hadir: 25 Nov Temu wicara")
}

// TestWhatTookPlaceIsNotCalledOff: once somebody came it is not offered any more, and offered again when that is
// taken back.
func TestWhatTookPlaceIsNotCalledOff(t *testing.T) {
	t.Parallel()
	h := held(t)
	offered := func() bool {
		h.say(chairChat, "kegiatan")
		h.press(chairChat, "25 Nov Temu wicara")
		return strings.Contains(h.shown(chairChat), "Tidak jadi") || strings.Contains(h.shown(chairChat), "Pindah jadwal")
	}
	if offered() {
		t.Errorf("somebody came:\n%s", h.shown(chairChat))
	}
	h.say(chairChat, "/hadir")
	h.press(chairChat, "KG-26-001 · 25 Nov Temu wicara")
	h.presses(chairChat, "M-417 · Melati", "Selesai (0)", "Simpan")
	if !offered() {
		t.Errorf("nobody came:\n%s", h.shown(chairChat))
	}
}

func TestACorrectionIsNotCountedTwice(t *testing.T) {
	t.Parallel()
	h := held(t)
	h.say(chairChat, "/hadir")
	h.press(chairChat, "KG-26-001 · 25 Nov Temu wicara")
	h.presses(chairChat, "M-417 · Melati", "Selesai (0)", "Simpan")
	if a := h.came(); a.Came != program.Excused {
		t.Fatalf("%+v", a)
	}
	counted := int64(0)
	for _, r := range h.reports() {
		facts, err := h.store.Report(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts.Facts {
			if f.Number != nil && r.Flow == "hadir" {
				counted += *f.Number
			}
		}
	}
	if counted != 1 {
		t.Errorf("one woman is counted %d times", counted)
	}
	h.press(chairChat, "Batalkan") // what was noted before holds again
	if a := h.came(); a.Came != program.Present {
		t.Errorf("taken back: %+v", a)
	}
}

func TestAScoreIsCountedOnceAndToldOfNobody(t *testing.T) {
	t.Parallel()
	h := held(t)
	h.press(chairChat, "Lihat")
	h.presses(chairChat, "Tutup kegiatan", "Lewati", "Tidak ada", "Simpan")
	session := h.came().Session
	for range 2 { // the second time, nothing is remembered of her chat
		h.passes(20 * time.Minute)
		h.say(melatiChat, "menu")
		h.presses(melatiChat, "Jadwal", "4")
		h.shows(melatiChat, "Terima kasih")
		h.damage(`DELETE FROM conversation`)
	}
	given, err := h.store.Ratings(t.Context(), session)
	if err != nil || given[4] != 1 || len(given) != 1 {
		t.Errorf("scores %v, %v", given, err)
	}
	h.say(chairChat, "menu")
	if got := h.shown(chairChat); strings.Contains(got, "Penilaian") {
		t.Errorf("one answer is shown:\n%s", got)
	}
}

func TestNothingOfHerStaysInASession(t *testing.T) {
	t.Parallel()
	h := held(t)
	session := h.came().Session
	h.beside(turn.Safety{Erased: []string{"M-417"}})
	all, err := h.store.Attendance(t.Context(), session, "")
	if err != nil || len(all) != 0 {
		t.Errorf("places %v, %v", all, err)
	}
	m, err := h.store.Matter(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range m.Fields {
		if strings.Contains(strings.Join(values, " "), "M-417") {
			t.Errorf("the session knows her in %s", name)
		}
	}
	for _, r := range h.reports() {
		if bytes.Contains(r.Answers, []byte("M-417")) {
			t.Errorf("report %s knows her: %s", r.Flow, r.Answers)
		}
	}
	h.say(chairChat, "menu")
	h.forgotten(chairChat)
}

func TestARosterLetsGoOfWhoIsHandedOver(t *testing.T) {
	t.Parallel()
	for way, leave := range gone {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{})
			h.session("Pertemuan rutin", "nanti siang jam 2")
			h.presses(chairChat, "Undang", "M-203 · Mawar", "Kembali", "Umumkan")
			h.passes(6 * time.Hour)
			h.say(rinaChat, "menu")
			h.presses(rinaChat, "Hadir: 25 Nov Pertemuan rutin", "M-417 · Melati", "M-203 · Mawar", "Selesai (2)")
			leave(h)
			h.press(rinaChat, "Simpan")
			all, err := h.store.Attendance(t.Context(), "", "M-417")
			if err != nil || len(all) == 1 && all[0].Came != program.NotNoted {
				t.Errorf("noted by who does not accompany her: %+v, %v", all, err)
			}
			h.forgotten(rinaChat)
		})
	}
}

func TestTwoAtOnceInviteHerOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.session("Pertemuan rutin", "senin jam 9")
	h.press(chairChat, "Umumkan")
	h.say(rinaChat, "kegiatan")
	h.presses(rinaChat, "KG-26-001 · 30 Nov Pertemuan rutin", "Undang")
	chairs, rinas := h.async(chairChat, "Undang"), h.async(rinaChat, "M-417 · Melati")
	h.heard(chairs)
	h.heard(rinas)
	if a := h.came(); a.Invited() {
		t.Errorf("she is invited still: %+v", a)
	}
	if n := h.audited("session.uninvite"); n != 1 {
		t.Errorf("taken back %d times", n)
	}
}
