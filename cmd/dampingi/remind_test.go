package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// prompts are the answers to prompts of a kind that are on record.
func (h *house) prompts(kind string) ([]string, error) {
	found, err := h.records().QueryContext(h.t.Context(), `SELECT COALESCE(answer, '') FROM prompt WHERE kind = ?`, kind)
	if err != nil {
		return nil, err
	}
	defer func() { _ = found.Close() }()
	var all []string
	for found.Next() {
		var one string
		if err := found.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, found.Err()
}

// overdue is a house in which Rina is told on Thursday morning of one whom nobody has seen.
func overdue(t *testing.T) *house {
	h := newHouse(t, houseOptions{rules: []string{"N01"}, prepare: nil})
	h.visits("yuli", "Y-271", "2026-11-12") // two weeks before the 26th
	h.settle()
	return h
}

// TestWhoIsNotReachedIsToldWhenSheIsBack: nothing waits in the outbox meanwhile.
func TestWhoIsNotReachedIsToldWhenSheIsBack(t *testing.T) {
	h := overdue(t)
	h.plan(turn.Plan{Reach: &turn.Reach{Chat: yuliChat, At: h.time.Now()}})
	h.goes(instant(t, "2026-11-26T08:00:00+07:00"))
	open, err := h.store.OpenReminders(t.Context(), "yuli")
	if err != nil || len(open) != 1 || open[0].Held != program.HeldUnreachable || !open[0].ToldAt.IsZero() {
		t.Fatalf("held %+v, %v", open, err)
	}
	if n := h.said(yuliChat, "Y-271"); n != 0 {
		t.Fatal("told although she had blocked the bot")
	}
	h.goes(instant(t, "2026-11-26T10:00:00+07:00"))
	h.plan(turn.Plan{Reach: &turn.Reach{Chat: yuliChat, Reachable: true, At: h.time.Now()}})
	h.settle()
	h.goes(instant(t, "2026-11-26T10:01:00+07:00"))
	if n := h.said(yuliChat, "Y-271"); n != 1 {
		t.Errorf("told %d times when she was back", n)
	}
}

// TestWhoHasNoPhoneIsToldOnceSheHas.
func TestWhoHasNoPhoneIsToldOnceSheHas(t *testing.T) {
	h := overdue(t)
	h.plan(turn.Plan{Safety: turn.Safety{Cut: []string{"yuli"}}})
	h.goes(instant(t, "2026-11-26T08:00:00+07:00"))
	open, err := h.store.OpenReminders(t.Context(), "yuli")
	if err != nil || len(open) != 1 || open[0].Held != program.HeldNoPhone {
		t.Fatalf("held %+v, %v", open, err)
	}
	if err := h.store.BindChat(t.Context(), "yuli", yuliChat); err != nil {
		t.Fatal(err)
	}
	h.settle()
	h.goes(instant(t, "2026-11-26T08:01:00+07:00"))
	if n := h.said(yuliChat, "Y-271"); n != 1 {
		t.Errorf("told %d times with her new phone", n)
	}
}

// TestHerHoursAreHersToChoose: what waited for the house's hours is told when hers let it, at night as well,
// and not outside of them any more.
func TestHerHoursAreHersToChoose(t *testing.T) {
	h := overdue(t)
	h.goes(instant(t, "2026-11-26T07:59:00+07:00"))
	h.sleepsUntil(instant(t, "2026-11-26T22:00:00+07:00"))
	if n := h.said(yuliChat, "Y-271"); n != 0 {
		t.Fatal("told at night")
	}
	h.say(yuliChat, "/menu")
	for _, label := range []string{"More", "Me", "My hours", "20.00–05.00"} {
		h.press(yuliChat, label)
	}
	h.settle()
	h.goes(instant(t, "2026-11-26T22:01:00+07:00"))
	if n := h.said(yuliChat, "Y-271"); n != 1 {
		t.Errorf("told %d times in her own hours:\n%s", n, h.shown(yuliChat))
	}
	h.goes(instant(t, "2026-11-27T10:00:00+07:00"))
	h.joins("Z-999", "yuli", program.Bimtek)
	h.visits("yuli", "Z-999", "2026-11-01")
	h.settle()
	if n := h.said(yuliChat, "Z-999"); n != 0 {
		t.Errorf("told outside her hours:\n%s", h.shown(yuliChat))
	}
	h.goes(instant(t, "2026-11-27T20:00:00+07:00"))
	if n := h.said(yuliChat, "Z-999"); n != 1 {
		t.Errorf("told %d times when her hours began", n)
	}
}

// TestABundleIsShort: it names twelve, and says how many more there are on the list, which has pages.
func TestABundleIsShort(t *testing.T) {
	h := newHouse(t, houseOptions{rules: []string{"N01"}})
	for i := range 16 {
		code := fmt.Sprintf("Z-%03d", i)
		h.joins(code, "yuli", program.Bimtek)
		h.visits("yuli", code, "2026-11-12")
	}
	h.settle()
	h.goes(instant(t, "2026-11-26T08:00:00+07:00"))
	got := h.shown(yuliChat)
	if n := strings.Count(got, "Z-0"); n != 12 || !strings.Contains(got, "And 4 more on the list.") || len(got) > 1000 {
		t.Fatalf("%d named:\n%s", n, got)
	}
	h.press(yuliChat, "Open the list")
	if got := h.shown(yuliChat); !strings.Contains(got, "10. Z-009") || strings.Contains(got, "11. ") {
		t.Errorf("the first page:\n%s", got)
	}
	h.press(yuliChat, "Further")
	if got := h.shown(yuliChat); !strings.Contains(got, "11. Z-010") || !strings.Contains(got, "16. Z-015") {
		t.Errorf("the second page:\n%s", got)
	}
}

// TestWhatIsDoneMeanwhileIsSaidSo: the buttons of an old bundle still work, and say that it is over.
func TestWhatIsDoneMeanwhileIsSaidSo(t *testing.T) {
	h := overdue(t)
	h.goes(instant(t, "2026-11-26T08:00:00+07:00"))
	h.visits("yuli", "Y-271", "2026-11-25")
	h.settle()
	h.press(yuliChat, "Note a visit")
	if got := h.shown(yuliChat); got != "< All of it is done, thank you.\n" {
		t.Errorf("an old bundle:\n%s", got)
	}
	if open, err := h.store.OpenReminders(t.Context(), "yuli"); err != nil || len(open) != 0 {
		t.Errorf("open: %+v, %v", open, err)
	}
}

// TestADraftKeepsToTheHours: somebody is reminded of it two hours later, but not on a Friday noon, and only
// within the hours that she has chosen.
func TestADraftKeepsToTheHours(t *testing.T) {
	for name, c := range map[string]struct {
		choose   bool
		from, to string
	}{
		"a Friday noon": {false, "2026-11-27T09:45:00+07:00", "2026-11-27T13:00:00+07:00"},
		"her own hours": {true, "2026-11-26T09:45:00+07:00", "2026-11-26T16:00:00+07:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{rules: []string{"N11"}})
			if c.choose {
				h.hours("rina", 16*60, 21*60)
			}
			h.goes(instant(t, c.from))
			h.say(rinaChat, "/kunjungan")
			h.press(rinaChat, "M-417 · Melati")
			at := instant(t, c.to)
			before := len(h.sim.Messages(rinaChat, 0))
			h.goes(at.Add(-2 * time.Minute))
			if n := len(h.sim.Messages(rinaChat, 0)); n != before {
				t.Fatalf("reminded too early:\n%s", h.shown(rinaChat))
			}
			h.goes(at.Add(time.Minute))
			if n := len(h.sim.Messages(rinaChat, 0)); n == before {
				t.Errorf("not reminded:\n%s", h.shown(rinaChat))
			}
		})
	}
}

// TestWhatNobodyHasBegunIsNoDraft: a question that was opened and left is not asked again two hours later, and its
// end is not told; one answer makes it a draft, also where it is about nobody.
func TestWhatNobodyHasBegunIsNoDraft(t *testing.T) {
	h := newHouse(t, houseOptions{rules: []string{"N11"}})
	h.goes(instant(t, "2026-11-26T09:45:00+07:00"))
	h.say(rinaChat, "/kunjungan")
	h.say(chairChat, "/kegiatan")
	h.presses(chairChat, "Kegiatan baru", "Temu wicara")
	before := len(h.sim.Messages(rinaChat, 0))
	h.goes(instant(t, "2026-11-26T11:50:00+07:00"))
	h.shows(chairChat, "Kegiatan baru\n< 1 dari 2 sudah terisi.")
	h.goes(instant(t, "2026-11-27T10:00:00+07:00"))
	if n := len(h.sim.Messages(rinaChat, 0)); n != before {
		t.Errorf("told of nothing:\n%s", h.shown(rinaChat))
	}
	h.shows(chairChat, "Isian kemarin saya buang")
	h.say(rinaChat, "melati")
	h.shows(rinaChat, "belum terbaca")
}

// TestWhatWasToldIsNotToldWhenSomethingChanges: whom she was told of is looked at again with every change,
// and she hears nothing of it.
func TestWhatWasToldIsNotToldWhenSomethingChanges(t *testing.T) {
	h := overdue(t)
	h.goes(instant(t, "2026-11-26T08:00:00+07:00"))
	before := len(h.sim.Messages(yuliChat, 0))
	h.goes(instant(t, "2026-11-26T09:00:00+07:00"))
	for _, field := range []string{"tata_boga", "dagang"} {
		h.plan(turn.Plan{Way: turn.Way{Chosen: []turn.Concentration{{Participant: "Y-271", Field: field}}}})
		h.settle()
	}
	if n := len(h.sim.Messages(yuliChat, 0)) - before; n != 0 || h.said(yuliChat, "Y-271") != 1 {
		t.Errorf("%d messages more:\n%s", n, h.shown(yuliChat))
	}
}

// TestWhatIsFoundRightAfterIsToldAsWell, though it is due at the same time as what has just been told and is not
// sent yet: no message is taken for another.
func TestWhatIsFoundRightAfterIsToldAsWell(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{rules: []string{"N01"}})
	h.visits("yuli", "Y-271", "2026-11-18")
	h.settle()
	h.fault(simulator.Fault{Kind: "502", Method: "sendMessage", Chat: yuliChat, Count: 100})
	h.time.Set(instant(t, "2026-12-02T08:00:00+07:00"))
	told := func() bool {
		h.time.Advance(0)
		return !h.anythingDue() && h.lanes.Waiting() == 0
	}
	h.until("the first is told", told)
	another := program.Participant{Agreed: program.OnPaper, Code: "Z-999", Alias: "Sedap", Stage: program.Bimtek, Companion: "yuli", LastSeen: "2026-11-18"}
	if err := h.store.AddParticipant(t.Context(), another); err != nil {
		t.Fatal(err)
	}
	h.until("the second is told", told)
	h.sim.Faults().Clear()
	h.calm()
	for _, code := range []string{"Y-271", "Z-999"} {
		if n := h.said(yuliChat, code); n != 1 {
			t.Errorf("%s was told %d times", code, n)
		}
	}
}
