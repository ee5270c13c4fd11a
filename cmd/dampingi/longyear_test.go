package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A long year: many fictional women and their companions live hour by hour, the bot is away now and
// then, and in the end it is looked whether everybody was told what she had to be told, once, and at a
// time at which she may be told. Nobody of them presses anything: what they do is put on record.

// town is a house with its people, and what has happened to them.
type town struct {
	*house
	size   townSize
	random *rand.Rand
	her    []*woman
	n      int                  // what was put on record
	seen   int                  // sessions
	copied map[string]remindRow // by id
}

// townSize is how many there are, and for how long.
type townSize struct{ companions, each, days int }

// woman is one of them.
type woman struct {
	code, companion string
	chat            int64 // 0: she has no phone
	contact         program.Contact
	met             []program.Date // the days on which somebody was with her
}

// The chats of a town.
const (
	townStaff = 20_000
	townHers  = 30_000
)

// newTown starts a town. A tenth of the women have no phone, a fifth other hours than usual, some of
// them over midnight.
func newTown(t testing.TB, size townSize) *town {
	t.Helper()
	w := &town{house: newHouse(t, houseOptions{unseeded: true, remind: true}), size: size, random: rand.New(rand.NewPCG(7, 7)), copied: map[string]remindRow{}}
	add := func(p program.Person) {
		p.Lang, p.Active = "id", true
		w.sim.AddChat(p.Chat, p.Name, "")
		if err := w.store.AddPerson(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	add(program.Person{ID: "ketua", Role: program.Chair, Name: "Ratna", Chat: chairChat})
	for c := range size.companions {
		companion := fmt.Sprintf("p%d", c)
		add(program.Person{ID: companion, Role: program.Companion, Name: "Kak", Chat: townStaff + int64(c)})
		for range size.each {
			w.comes(companion)
		}
	}
	w.settle()
	return w
}

// comes puts a woman on record.
func (w *town) comes(companion string) {
	w.t.Helper()
	i := len(w.her)
	h := &woman{code: fmt.Sprintf("%c-%d", 'A'+i%26, 1000+i), companion: companion, contact: program.DefaultContact()}
	stage, today := program.Bimtek, program.DateOf(w.time.Now())
	if i%2 == 0 {
		stage = program.Trading
	}
	p := program.Participant{Agreed: program.OnPaper, Code: h.code, Alias: "Bunga", Stage: stage, Companion: companion, LastSeen: today}
	if err := w.store.AddParticipant(w.t.Context(), p); err != nil {
		w.t.Fatal(err)
	}
	h.met = []program.Date{today}
	if i%5 == 0 {
		h.contact.From, h.contact.To = 21*60, 60 // nine in the evening to one in the morning
	}
	if i%7 == 0 {
		h.contact.Days = h.contact.Days.With(time.Saturday, true).With(time.Monday, true).With(time.Thursday, true)
	}
	safety := turn.Safety{Contacts: []turn.ContactChange{{Code: h.code, Contact: h.contact}}}
	for _, purpose := range []program.Purpose{program.ChatReminders, program.AbroadStorage, program.FunctionScale} {
		safety.Consents = append(safety.Consents, program.Consent{
			ID: h.code + "." + string(purpose), Participant: h.code, Purpose: purpose, Status: program.Given, Way: program.OnPaper,
			Version: "1", At: w.time.Now(), Recorder: companion, Until: today.AddDays(400),
		})
	}
	w.commit(turn.Plan{Safety: safety})
	if i%10 != 9 {
		h.chat = townHers + int64(i)
		w.sim.AddChat(h.chat, h.code, "")
		if err := w.store.BindChat(w.t.Context(), h.code, h.chat); err != nil {
			w.t.Fatal(err)
		}
	}
	w.her = append(w.her, h)
}

func (w *town) commit(p turn.Plan) {
	w.t.Helper()
	if err := w.store.Commit(w.t.Context(), p); err != nil {
		w.t.Fatal(err)
	}
}

// away is an outage: on which day, at what hour, for how long.
type away struct {
	day, hour int
	hours     int
}

// lives lets the town live, hour by hour.
func (w *town) lives(outages ...away) {
	w.t.Helper()
	for hour := 0; hour < w.size.days*24; hour++ {
		w.happens()
		if hour%(30*24) == 0 { // well within the time for which they are kept
			w.copies()
		}
		at := w.time.Now().Add(time.Hour)
		for _, o := range outages {
			if hour == o.day*24+o.hour {
				at = w.time.Now().Add(time.Duration(o.hours) * time.Hour)
				hour += o.hours - 1
				w.sleepsUntil(at)
			}
		}
		w.goes(at)
	}
}

// happens is what is put on record within an hour: visits, looks at businesses, and now and then a
// session to which a companion's women are invited.
func (w *town) happens() {
	w.t.Helper()
	now := w.time.Now()
	if now.Hour() < 9 || now.Hour() > 17 {
		return
	}
	today := program.DateOf(now)
	var p turn.Plan
	for _, h := range w.her {
		switch w.random.IntN(9 * 20) {
		case 0, 1: // every tenth day or so
			h.met = append(h.met, today)
			p.Reports = append(p.Reports, w.report("kunjungan", h, today, "bertemu=ya"))
		case 2, 3, 4:
			p.Reports = append(p.Reports, w.report("usaha", h, today, "arah="+[]string{"naik", "tetap", "turun"}[w.random.IntN(3)], "kendala=modal"))
		}
	}
	if now.Hour() == 10 && w.random.IntN(14) == 0 {
		w.invites(&p, w.random.IntN(w.size.companions), now)
	}
	if len(p.Reports)+len(p.Way.Moves) > 0 {
		w.commit(p)
	}
}

// report is a report about a woman.
func (w *town) report(flow string, h *woman, day program.Date, codes ...string) program.Report {
	w.n++
	r := program.Report{
		ID: fmt.Sprintf("r%d", w.n), Flow: flow, FlowVersion: 1, Participant: h.code, Author: h.companion, OccurredOn: day,
		CreatedAt: w.time.Now().UTC(), Answers: json.RawMessage("{}"),
	}
	for _, c := range codes {
		for i := range c {
			if c[i] == '=' {
				r.Facts = append(r.Facts, program.Fact{Field: c[:i], Code: c[i+1:]})
			}
		}
	}
	return r
}

// invites announces a session three to nine days ahead to the women of a companion. Every third woman
// has answered already.
func (w *town) invites(p *turn.Plan, companion int, now time.Time) {
	w.seen++
	begins := now.AddDate(0, 0, 3+w.random.IntN(7)).Truncate(time.Hour)
	m := program.Matter{
		ID: fmt.Sprintf("s%d", w.seen), Kind: program.Session, Year: now.Year(), Number: w.seen, Author: "ketua", Status: "diumumkan",
		Day: program.DateOf(begins), OpenedAt: now, ChangedAt: now,
		Fields: program.Fields{"jenis": {"temu_wicara"}, "mulai": {begins.Format("2006-01-02T15:04")}, "sebutan": {"kelas"}, "tempat": {"biasa"}},
	}
	p.Way.Moves = append(p.Way.Moves, turn.Move{Matter: m, Change: program.Change{ID: m.ID + ".1", At: now, By: "ketua", Now: m.Status}})
	for i, h := range w.her {
		if h.companion != fmt.Sprintf("p%d", companion) {
			continue
		}
		a := program.Attendance{Session: m.ID, Participant: h.code, InvitedAt: now}
		if i%3 == 0 {
			a.Reply, a.RepliedAt = program.WillCome, now
		}
		p.Way.Attended = append(p.Way.Attended, a)
	}
}
