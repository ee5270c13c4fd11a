package main

import (
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// hersCases are those of what participants are told, and of what their companions are asked to say.
func hersCases() []ruleCase {
	return append(sessionCases(), herCases()...)
}

// sessionCases are those of sessions.
func sessionCases() []ruleCase {
	return []ruleCase{
		{
			rule: "R2", name: "she is invited", due: "2026-11-25T10:16:00+07:00", chat: melatiChat, says: "Senin ada kumpul jam 09.00",
			arrange: func(h *house) { h.announced("senin jam 9") },
			done:    func(h *house) { h.presses(chairChat, "Undang", "M-417 · Melati") },
			moved: func(h *house) {
				h.goes(h.time.Now().Add(5 * time.Minute))
				h.moves("senin jam 9.30")
				h.moves("senin jam 9")
			}, movedTo: "2026-11-25T10:21:00+07:00",
		},
		{
			rule: "R2", name: "it is moved", due: "2026-11-26T10:16:00+07:00", chat: melatiChat, says: "pindah ke Selasa jam 10.00",
			arrange: func(h *house) {
				h.known("senin jam 9")
				h.goes(instant(h.t, houseInstants).Add(24*time.Hour + 30*time.Second))
				h.moves("selasa jam 10")
			},
			done: func(h *house) { h.moves("senin jam 9") },
		},
		{
			rule: "R2", name: "it is called off", due: "2026-11-26T10:16:00+07:00", chat: melatiChat, says: "tidak jadi",
			arrange: func(h *house) {
				h.known("senin jam 9")
				h.goes(instant(h.t, houseInstants).Add(24*time.Hour + 30*time.Second))
				h.presses(chairChat, "Tidak jadi", "Cuaca", "Simpan")
			},
			done: func(h *house) { h.press(chairChat, "Batalkan") },
		},
		{
			rule: "R1", name: "tomorrow", due: "2026-11-29T16:00:00+07:00", chat: melatiChat, says: "besok ada kumpul jam 09.00",
			arrange: func(h *house) { h.known("senin jam 9") },
			done:    func(h *house) { h.replied("M-417", program.CannotCome) },
			moved:   func(h *house) { h.moves("selasa jam 9"); h.passes(24 * time.Hour) }, movedTo: "2026-11-30T16:00:00+07:00",
		},
		{
			rule: "R1", name: "today, unanswered", due: "2026-11-30T12:00:00+07:00", chat: melatiChat, says: "hari ini ada kumpul jam 14.00",
			arrange: func(h *house) { h.known("senin jam 2 siang"); h.goes(instant(h.t, "2026-11-29T16:30:00+07:00")) },
			done:    func(h *house) { h.replied("M-417", program.CannotCome) },
		},
		{
			rule: "R1", name: "today, she comes", due: "2026-11-30T12:00:00+07:00", chat: melatiChat, says: "sampai ketemu jam 14.00",
			arrange: func(h *house) {
				h.known("senin jam 2 siang")
				h.goes(instant(h.t, "2026-11-29T16:30:00+07:00"))
				h.replied("M-417", program.WillCome)
			},
			done: func(h *house) { h.replied("M-417", program.CannotCome) },
		},
		{
			rule: "R1", name: "no answer twice", due: "2026-11-30T12:31:00+07:00", chat: rinaChat, says: "belum ada jawaban",
			arrange: func(h *house) {
				h.known("senin jam 2 siang")
				h.goes(instant(h.t, "2026-11-29T16:30:00+07:00"))
				h.goes(instant(h.t, "2026-11-30T12:00:30+07:00"))
			},
			done: func(h *house) { h.replied("M-417", program.MayCome) },
		},
		{
			rule: "RP", name: "not by chat", due: "2026-11-25T10:16:00+07:00", chat: rinaChat, says: "tidak lewat chat",
			arrange: func(h *house) {
				h.goes(instant(h.t, houseInstants).Add(30 * time.Second))
				h.session("Pertemuan rutin", "senin jam 9")
				h.press(chairChat, "Umumkan")
			},
			done: func(h *house) { h.replied("M-417", program.WillCome) },
		},
		{
			rule: "RP", name: "her hours come too late", due: "2026-11-25T10:16:00+07:00", chat: rinaChat, says: "di luar jam aman",
			arrange: func(h *house) {
				h.mayBeTold()
				h.inPerson(func(c *program.Contact) { c.Days = program.Weekdays(0).With(time.Sunday, true) })
				h.session("Pertemuan rutin", "jumat jam 9")
				h.press(chairChat, "Umumkan")
			},
			done: func(h *house) { h.inPerson(func(c *program.Contact) { c.Days = 0 }) },
		},
	}
}

// herCases are those of what is hers.
func herCases() []ruleCase {
	return []ruleCase{
		{
			rule: "R3", name: "her own target", due: "2026-12-25T10:00:00+07:00", chat: melatiChat, says: "catatan dari Kakak sendiri",
			arrange: func(h *house) { h.mayBeTold(); h.wants("jualan tiap pagi", instant(h.t, houseInstants)) },
			done:    func(h *house) { h.wants("", h.time.Now()) },
			moved:   func(h *house) { h.wants("jualan tiap pagi", instant(h.t, houseInstants).Add(24*time.Hour)) }, movedTo: "2026-12-26T10:00:00+07:00",
		},
		{
			rule: "R4", name: "three months", due: "2026-12-01T09:00:00+07:00", chat: melatiChat, says: "kabar senang",
			arrange: func(h *house) { h.mayBeTold(); h.trades("2026-09-01", "2026-11-24") },
			done:    func(h *house) { h.reported("usaha", "rina", "M-417", "2026-11-30", "arah=libur") },
		},
		{
			rule: "R5", name: "messages do not reach her", due: "2026-11-25T11:00:00+07:00", chat: rinaChat, says: "tidak sampai",
			arrange: func(h *house) { h.reach(false, instant(h.t, houseInstants).Add(time.Hour)) },
			done:    func(h *house) { h.reach(true, h.time.Now()) },
		},
	}
}

// mayBeTold has Melati agree to everything, on a phone of her own where a line may say it all.
func (h *house) mayBeTold() {
	h.t.Helper()
	h.goes(instant(h.t, houseInstants).Add(30 * time.Second)) // what is told at once is told with the next minute
	h.agree(melatiChat)
	h.safe(func(c *program.Contact) {
		c.Phone, c.Mode, c.CheckedOn = program.PhoneOwn, program.OpenAtOnce, "2026-11-20"
	})
	h.say(melatiChat, "tutup")
}

// inPerson changes what was agreed with Melati before.
func (h *house) inPerson(change func(*program.Contact)) {
	h.t.Helper()
	her, err := h.store.Person(h.t.Context(), "M-417")
	if err != nil {
		h.t.Fatal(err)
	}
	change(&her.Safe)
	h.beside(turn.Safety{Contacts: []turn.ContactChange{{Code: "M-417", Contact: her.Safe, Agreed: true}}})
}

// announced has her invited to a session that is announced.
func (h *house) announced(when string) {
	h.t.Helper()
	h.mayBeTold()
	h.session("Pertemuan rutin", when)
	h.press(chairChat, "Umumkan")
}

// known is announced, and she has heard of it.
func (h *house) known(when string) {
	h.t.Helper()
	h.announced(when)
	h.passes(20 * time.Minute)
}

// moves moves the one session.
func (h *house) moves(when string) {
	h.t.Helper()
	h.say(chairChat, "kegiatan")
	h.press(chairChat, h.labelWith(chairChat, "KG-26-001"))
	h.presses(chairChat, "Pindah jadwal", "Waktu baru")
	h.say(chairChat, when)
	h.press(chairChat, "Simpan")
}

// labelWith is the newest button that has a part.
func (h *house) labelWith(chat int64, part string) string {
	h.t.Helper()
	for _, line := range strings.Split(h.shown(chat), "\n") {
		if strings.HasPrefix(line, "[") && strings.Contains(line, part) {
			return strings.Trim(line, "[]")
		}
	}
	h.t.Fatalf("no button with %q on:\n%s", part, h.shown(chat))
	return ""
}

// replied notes what somebody has answered.
func (h *house) replied(code string, r program.Reply) {
	h.t.Helper()
	h.plan(turn.Plan{Way: turn.Way{Attended: []program.Attendance{{Session: h.came().Session, Participant: code, Reply: r, RepliedAt: h.time.Now().Add(time.Second)}}}})
}

// wants sets what Melati has set herself.
func (h *house) wants(text string, at time.Time) {
	h.t.Helper()
	h.beside(turn.Safety{Targets: []turn.Target{{Code: "M-417", Text: text, At: at}}})
}

// trades puts weekly looks at her business on record.
func (h *house) trades(from, to program.Date) {
	h.t.Helper()
	for day := from; day <= to; day = day.AddDays(7) {
		h.reported("usaha", "rina", "M-417", day, "arah=naik")
	}
}

// reach notes whether messages get through to her.
func (h *house) reach(through bool, at time.Time) {
	h.t.Helper()
	h.plan(turn.Plan{Reach: &turn.Reach{Chat: melatiChat, Reachable: through, At: at}})
}
