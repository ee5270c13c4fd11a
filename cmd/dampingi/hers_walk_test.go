package main

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A participant is told things for some weeks, in an order that a seed decides: sessions are announced,
// moved and called off, she answers or does not, what is agreed with her changes, her phone is lost and
// found. Every message that she ever got is read.

// The walks: how long, and how many.
const (
	hersSteps = 150
	hersSeeds = 2
)

// hersWalk is a house, and what is sent from it.
type hersWalk struct {
	*house
	s spoken
	r *rand.Rand
}

func TestWhatParticipantsAreToldNamesNothing(t *testing.T) {
	rang := 0
	for seed := range uint64(hersSeeds) {
		w := &hersWalk{r: rand.New(rand.NewPCG(seed, 6))} //nolint:gosec // a walk has to be taken again
		w.house = newHouse(t, houseOptions{wrap: w.s.listen, remind: true})
		w.mayBeTold()
		w.trades("2026-09-01", "2026-11-24")
		for range hersSteps {
			w.step()
		}
		all := w.s.to(melatiChat)
		harmless(t, all)
		for _, m := range all {
			first := []rune(m.Text)
			if word, bad := discreet.Forbidden(string(first[:min(len(first), 100)])); bad && m.method == "sendMessage" {
				t.Errorf("seed %d: her lock screen shows %q: %s", seed, word, m.Text)
			}
		}
		rang += w.limits()
	}
	if rang < hersSeeds*2 {
		t.Errorf("she was told %d times only", rang)
	}
}

// limits looks whether she was told too often, and says how often she was told.
func (w *hersWalk) limits() int {
	w.t.Helper()
	told, err := w.store.ToldSince(w.t.Context(), "M-417", instant(w.t, houseInstants))
	if err != nil {
		w.t.Fatal(err)
	}
	for i, at := range told {
		if i > 0 && program.DateOf(told[i-1]) == program.DateOf(at) {
			w.t.Errorf("told twice on %s", program.DateOf(at))
		}
		if i > 2 && at.Sub(told[i-3]) < 7*24*time.Hour {
			w.t.Errorf("told four times within a week up to %s", at)
		}
	}
	return len(told)
}

// step is one thing that happens.
func (w *hersWalk) step() {
	w.t.Helper()
	one := func(all ...string) string { return all[w.r.IntN(len(all))] }
	switch w.r.IntN(10) {
	case 0, 1, 2:
		w.passes(time.Duration(w.r.IntN(30*60)) * time.Minute)
	case 3, 4:
		w.say(chairChat, "kegiatan")
		w.tries("Kegiatan baru", one("Pertemuan rutin", "Penyuluhan kesehatan", "Pemberdayaan/advokasi"))
		w.say(chairChat, one("besok jam 9", "lusa jam 13.30", "minggu depan jam 7", "besok jam 19.30"))
		w.tries("Simpan", "Lihat", "Undang", "M-417 · Melati", "Kembali", "Umumkan")
	case 5:
		w.tries("Pindah jadwal", "Waktu baru")
		w.say(chairChat, one("besok jam 10", "lusa jam 8", "minggu depan jam 16"))
		w.tries("Simpan", one("Lihat", "Batalkan"))
	case 6:
		w.tries("Tidak jadi", "Cuaca", "Simpan", one("Lihat", "Batalkan"))
	case 7:
		w.say(melatiChat, one("datang", "tidak bisa", "target", "buka warung", "program bimtek", "data saya", "tutup", "ini siapa?", "bantuan", "jadwal", "hubungi saya"))
	case 8:
		w.pressAny(melatiChat)
	case 9:
		w.changes()
	}
}

// changes is something that changes about her.
func (w *hersWalk) changes() {
	w.t.Helper()
	switch w.r.IntN(5) {
	case 4:
		w.agreesAgain()
	case 0:
		w.reach(w.r.IntN(6) > 0, w.time.Now())
	case 1:
		w.wants("jualan tiap pagi", w.time.Now().AddDate(0, 0, -w.r.IntN(31)))
	default:
		w.inPerson(func(c *program.Contact) {
			themes := program.Themes()
			c.Theme = themes[w.r.IntN(len(themes))]
			c.Mode = []program.OpenMode{program.OpenAtOnce, program.OpenFirst}[w.r.IntN(2)]
			c.Phone = []program.PhoneUse{program.PhoneOwn, program.PhoneOwn, program.PhoneFamily}[w.r.IntN(3)]
			c.From, c.To = w.r.IntN(12)*60, (12+w.r.IntN(12))*60
			if w.r.IntN(3) == 0 { // a night, and some days of the week
				c.From, c.To, c.Days = c.To, c.From, program.Weekdays(w.r.IntN(128)) //nolint:gosec // a set of days
			}
			c.Cover = w.r.IntN(program.CoverVariants)
		})
		w.beside(turn.Safety{Contacts: []turn.ContactChange{{Code: "M-417", Contact: w.contact()}}})
	}
}

// agreesAgain has her agree to be told things, whatever she has taken back.
func (w *hersWalk) agreesAgain() {
	w.t.Helper()
	var all []program.Consent
	for _, p := range []program.Purpose{program.Accompaniment, program.ChatReminders, program.AbroadStorage} {
		w.given++
		all = append(all, program.Consent{
			ID: "walk." + strconv.Itoa(w.given), Participant: "M-417", Purpose: p, Status: program.Given, Way: program.Witnessed,
			At: w.time.Now(), Recorder: "rina", Until: "2027-11-25",
		})
	}
	w.beside(turn.Safety{Consents: all})
}

// contact is what is agreed with her, with no pause and no silence.
func (w *hersWalk) contact() program.Contact {
	w.t.Helper()
	her, err := w.store.Person(w.t.Context(), "M-417")
	if err != nil {
		w.t.Fatal(err)
	}
	her.Safe.Paused, her.Safe.SilentUntil = false, time.Time{}
	return her.Safe
}

// tries has the chair press one after the other, as far as they are there.
func (w *hersWalk) tries(labels ...string) {
	w.t.Helper()
	for _, label := range labels {
		if _, _, ok := w.button(chairChat, label); !ok {
			return
		}
		w.press(chairChat, label)
	}
}

// pressAny presses any button that is on the newest card of a chat.
func (w *hersWalk) pressAny(chat int64) {
	w.t.Helper()
	messages := w.sim.Messages(chat, 0)
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		if m.Deleted || m.ReplyMarkup == nil || len(m.ReplyMarkup.InlineKeyboard) == 0 {
			continue
		}
		row := m.ReplyMarkup.InlineKeyboard[w.r.IntN(len(m.ReplyMarkup.InlineKeyboard))]
		w.pressData(chat, m.MessageID, row[w.r.IntN(len(row))].CallbackData)
		return
	}
}
