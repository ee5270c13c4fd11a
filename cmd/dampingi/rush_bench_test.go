package main

import (
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// How many women are reminded of a session in the same minute, and by how many companions they are accompanied.
const rushAll, rushCompanions = 4000, 80

// BenchmarkRush sends 4,000 reminders that are due at the same minute through Telegram's limits, while a
// companion goes on working: how much longer it takes than the limit of 30 a second allows, how often
// Telegram had to refuse (429), and how long she waited for her card.
func BenchmarkRush(b *testing.B) {
	for b.Loop() {
		rush(b)
	}
}

func rush(b *testing.B) {
	b.Helper()
	var refused atomic.Int64
	h := newHouse(b, houseOptions{remind: true, rate: 30, limits: true, runs: true, wrap: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s := &answerStatus{ResponseWriter: w}
			next.ServeHTTP(s, r)
			if s.status == http.StatusTooManyRequests {
				refused.Add(1)
			}
		})
	}})
	begins := h.time.Now().AddDate(0, 0, 1).Truncate(24 * time.Hour).Add(4 * time.Hour) // eleven in Palembang
	chats := rushed(b, h, begins)
	h.goes(begins.Add(-2*time.Hour - time.Minute))
	count := func() int {
		n := 0
		for _, chat := range chats {
			n += min(h.bots(chat), 1)
		}
		return n
	}
	if n := count(); n != 0 {
		b.Fatalf("%d were told before", n)
	}
	h.time.Set(begins.Add(-2 * time.Hour))
	began := h.time.Now()
	var waits []time.Duration
	for count() < rushAll {
		if h.time.Now().Sub(began) > 5*time.Minute {
			b.Fatalf("%d of %d were told within five minutes", count(), rushAll)
		}
		waits = append(waits, answered(b, h))
	}
	took := h.time.Now().Sub(began)
	slices.Sort(waits)
	ideal := time.Duration(float64(rushAll+len(waits)) / 30 * float64(time.Second))
	b.ReportMetric(took.Seconds(), "s/rush")
	b.ReportMetric(100*(took.Seconds()/ideal.Seconds()-1), "%over")
	b.ReportMetric(float64(refused.Load()), "429s")
	b.ReportMetric(float64(waits[len(waits)/2].Milliseconds()), "ms-p50")
	b.ReportMetric(float64(waits[len(waits)*99/100].Milliseconds()), "ms-p99")
	b.ReportMetric(float64(slices.Max(waits).Milliseconds()), "ms-longest")
}

// answered is how long Rina waits for her menu.
func answered(b *testing.B, h *house) time.Duration {
	b.Helper()
	began := h.time.Now()
	asked, err := h.sim.Say(rinaChat, "/menu")
	if err != nil {
		b.Fatal(err)
	}
	h.until("her menu", func() bool {
		for _, m := range h.sim.Messages(rinaChat, asked) {
			if m.From.IsBot {
				return true
			}
		}
		return false
	})
	took := h.time.Now().Sub(began)
	h.until("a pause", func() bool { return h.time.Now().Sub(began) > 2*time.Second })
	return took
}

// rushed invites women to a session and has announced it long ago; they have heard of it.
func rushed(b *testing.B, h *house, begins time.Time) []int64 {
	b.Helper()
	now := h.time.Now().AddDate(0, 0, -7)
	m := program.Matter{
		ID: "rush", Kind: program.Session, Year: now.Year(), Number: 900, Author: "ketua", Status: "diumumkan", Day: program.DateOf(begins), OpenedAt: now, ChangedAt: now,
		Fields: program.Fields{"jenis": {"temu_wicara"}, "mulai": {begins.In(zoneOf(b, h)).Format("2006-01-02T15:04")}, "sebutan": {"kelas"}, "tempat": {"biasa"}},
	}
	plan := turn.Plan{Way: turn.Way{Moves: []turn.Move{{Matter: m, Change: program.Change{ID: "rush.1", At: now, By: "ketua", Now: m.Status}}}}}
	companions := []string{"rina"}
	for i := range rushCompanions - 1 {
		p := program.Person{ID: fmt.Sprintf("p%d", i), Role: program.Companion, Name: "Kak", Chat: int64(30_000 + i), Lang: "id", Active: true}
		h.sim.AddChat(p.Chat, p.Name, "")
		if err := h.store.AddPerson(b.Context(), p); err != nil {
			b.Fatal(err)
		}
		companions = append(companions, p.ID)
	}
	chats := make([]int64, 0, rushAll)
	for i := range rushAll {
		by := companions[i%rushCompanions]
		code, chat := fmt.Sprintf("Z-%d", i), int64(40_000+i)
		p := program.Participant{Agreed: program.OnPaper, Code: code, Alias: "Bunga", Stage: program.TemuWicara, Companion: by, LastSeen: program.DateOf(h.time.Now())}
		if err := h.store.AddParticipant(b.Context(), p); err != nil {
			b.Fatal(err)
		}
		h.sim.AddChat(chat, code, "")
		if err := h.store.BindChat(b.Context(), code, chat); err != nil {
			b.Fatal(err)
		}
		for _, purpose := range []program.Purpose{program.ChatReminders, program.AbroadStorage} {
			plan.Safety.Consents = append(plan.Safety.Consents, program.Consent{
				ID: code + string(purpose), Participant: code, Purpose: purpose, Status: program.Given, Way: program.OnPaper, Version: "1", At: now, Recorder: by, Until: "2027-11-01",
			})
		}
		plan.Way.Attended = append(plan.Way.Attended, program.Attendance{Session: m.ID, Participant: code, InvitedAt: now, Reply: program.WillCome, RepliedAt: now})
		plan.Reminding.Heard = append(plan.Reminding.Heard, turn.Heard{Session: m.ID, Participant: code, Begins: begins, At: h.time.Now()})
		chats = append(chats, chat)
	}
	if err := h.store.Commit(b.Context(), plan); err != nil {
		b.Fatal(err)
	}
	return chats
}

func zoneOf(b *testing.B, h *house) *time.Location {
	b.Helper()
	zone, err := h.set.zone()
	if err != nil {
		b.Fatal(err)
	}
	return zone
}
