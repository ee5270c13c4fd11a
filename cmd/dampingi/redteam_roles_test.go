package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Whoever wants to be more than she is, and whoever answers what she was not asked.

// roles is what everybody is, by id.
func (h *house) roles() string {
	h.t.Helper()
	people, err := h.store.People(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for _, p := range people {
		all = append(all, fmt.Sprintf("%s %s %v", p.ID, p.Role, p.Active))
	}
	return strings.Join(all, "\n")
}

// TestNobodyRaisesHerOwnRole with an invitation that is another's.
func TestNobodyRaisesHerOwnRole(t *testing.T) {
	h := everyRole(t)
	h.newcomers()
	before := h.roles()
	const second = 5553
	h.sim.AddChat(second, "Seseorang", "")
	staff, hers := h.invite("sari"), h.invite("S-620")
	for _, chat := range []int64{melatiChat, rinaChat, yuliChat, chairChat, roleChats[program.Treasurer]} {
		was := h.owner(chat)
		for _, token := range []string{staff, hers, h.invite("ketua"), h.invite(was)} {
			for _, text := range []string{"/start " + token, "/start  " + token + " ", "https://t.me/bot?start=" + token, token, "/START " + token} {
				h.say(chat, text)
			}
		}
		if got := h.owner(chat); got != was {
			t.Errorf("%s is %s now", was, got)
		}
	}
	for _, said := range []string{"ketua", "/ketua", "saya ketua", "role ketua", "peran ketua"} {
		h.say(yuliChat, said)
	}
	if got := h.roles(); got != before {
		t.Errorf("before:\n%s\nnow:\n%s", before, got)
	}

	for _, chat := range []int64{strangerChat, second} { // at the same time
		if _, err := h.sim.Say(chat, "/start "+staff); err != nil {
			t.Fatal(err)
		}
	}
	h.quiet()
	if one, two := h.owner(strangerChat), h.owner(second); one+two != "sari" {
		t.Errorf("one link lets in %q and %q", one, two)
	}
	if one, two := h.shown(strangerChat), h.shown(second); strings.Contains(one, neutralCode) == strings.Contains(two, neutralCode) {
		t.Errorf("they read:\n%s\n%s", one, two)
	}
	if got := h.roles(); got != before {
		t.Errorf("before:\n%s\nnow:\n%s", before, got)
	}
}

// TestALinkOfSomebodyWhoLeft lets nobody in, also when it is made a moment before.
func TestALinkOfSomebodyWhoLeft(t *testing.T) {
	for _, leave := range []func(h *house){
		func(h *house) { h.beside(turn.Safety{Retired: []string{"yuli"}}) },
		func(h *house) { h.damage(`UPDATE person SET active = 0 WHERE id = 'yuli'`) }, // and the link is still there
	} {
		h := newHouse(t, houseOptions{})
		token := h.invite("yuli")
		leave(h)
		for _, chat := range []int64{strangerChat, yuliChat} {
			was := h.owner(chat)
			h.say(chat, "/start "+token)
			if got := h.owner(chat); got != was {
				t.Errorf("%d is %q's", chat, got)
			}
			if got := h.shown(chat); !strings.Contains(got, neutralCode) {
				t.Errorf("%d reads:\n%s", chat, got)
			}
		}
	}
}

// TestTheLastChairStays: neither she nor the secretary can send her away, or take her place, with any
// button; another chair can send her away.
func TestTheLastChairStays(t *testing.T) {
	h := everyRole(t)
	secretary := roleChats[program.Secretary]
	for _, chat := range []int64{secretary, chairChat} {
		h.say(chat, "/menu")
		h.presses(chat, "Lainnya", "Tim", "Ratna")
		for _, do := range []string{"sure:retire", "sure:cut", "sure:unpin", "sure:erase"} {
			h.forge(chat, do)
			h.forge(chat, "really")
			h.forge(chat, "back")
		}
	}
	if her, err := h.store.Person(t.Context(), "ketua"); err != nil || !her.Active || her.Chat != chairChat {
		t.Fatalf("the chair is gone: %v", err)
	}
	if n := h.audited("person.retire") + h.audited("person.cut") + h.audited("person.unpin"); n != 0 {
		t.Errorf("%d lines say that she was", n)
	}
	h.say(secretary, "/menu")
	h.presses(secretary, "Lainnya", "Tim", "Ratna")
	for _, label := range []string{"Undang", "Putuskan HP", "Tidak tugas"} {
		if _, _, ok := h.button(secretary, label); ok {
			t.Errorf("the secretary has %q for the chair", label)
		}
	}
	h.forge(secretary, "invite")
	if strings.Contains(h.shown(secretary), "Undangan") || h.audited("person.invite") != 0 {
		t.Errorf("the secretary can invite somebody as the chair:\n%s", h.shown(secretary))
	}
	const second = 115
	h.sim.AddChat(second, "Ria", "")
	if err := h.store.AddPerson(t.Context(), program.Person{ID: "ketua2", Role: program.Chair, Name: "Ria", Chat: second, Lang: "id", Active: true}); err != nil {
		t.Fatal(err)
	}
	h.say(second, "/menu")
	h.presses(second, "Lainnya", "Tim", "Ratna", "Tidak tugas", "Ya, lakukan")
	if her, err := h.store.Person(t.Context(), "ketua"); err != nil || her.Active {
		t.Errorf("she is still there: %v", err)
	}
}

// TestWhoIsInvitedAnewIsTold: with a link of hers another phone would be taken for hers, and without
// her PIN nothing would stand in its way.
func TestWhoIsInvitedAnewIsTold(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.withPIN(rinaChat, "4829")
	for _, button := range []string{"Undang", "Hapus PIN"} {
		h.say(chairChat, "/menu")
		h.presses(chairChat, "Lainnya", "Tim", "Rina", button)
		if button == "Hapus PIN" {
			h.press(chairChat, "Ya, lakukan")
		}
		if got := h.replies(rinaChat); !strings.Contains(got[len(got)-1], "Ratna") {
			t.Errorf("%s: she reads %q", button, got)
		}
	}
}

// TestWhatCannotBeDoneIsNotOnRecordAsDone presses what stands on no card of hers: nothing is erased,
// and neither her chat nor the audit says so.
func TestWhatCannotBeDoneIsNotOnRecordAsDone(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(melatiChat, "data saya")
	for _, do := range []string{"retire", "x", ""} {
		h.herCard()
		h.forge(rinaChat, "sure:"+do)
		h.forge(rinaChat, "really")
	}
	if n := h.audited("person.erase") + h.audited("person.retire"); n != 0 {
		t.Errorf("%d lines say that it was done", n)
	}
	h.shows(melatiChat, "M-417")
	if her, err := h.store.Person(t.Context(), "M-417"); err != nil || !her.Active || her.Chat != melatiChat {
		t.Errorf("it was done: %v", err)
	}
}

// TestANoticeIsAnsweredByWhomItIsFor, once, with one of its answers: everything else is refused and
// on record, and changes nothing.
func TestANoticeIsAnsweredByWhomItIsFor(t *testing.T) {
	h := everyRole(t)
	h.word("M-417", "rina", "harga cabe")
	h.say(melatiChat, "harga cabe")
	message, data, _ := h.button(rinaChat, "Saya tangani")
	ref, _, _ := strings.Cut(strings.TrimPrefix(data, "!"), ".")
	all := []int64{rinaChat}
	for _, chat := range roleChats {
		all = append(all, chat)
	}
	slices.Sort(all)
	for _, chat := range all {
		h.say(chat, "/menu")
		forged := []string{
			"!" + ref, "!" + ref + ".", "!" + ref + ".x", "!" + ref + ".take.take", "!" + ref + ".TAKE", "!" + ref[:len(ref)-1] + ".take", "!.take", "!",
			"!" + strings.ToUpper(ref) + ".take", "!" + strings.Repeat("a", 4096) + ".take", "!" + ref + "." + strings.Repeat("x", 4096), "! " + ref + ".take", "!!" + ref + ".take",
			"!' OR 1=1 --.take", "!" + ref + "\x00.take", "!M-417.take", "!%.take",
		}
		if chat != rinaChat {
			forged = append(forged, data, "!"+ref+".help")
		}
		for _, f := range forged {
			refused := h.audited("press.refused")
			h.pressData(chat, h.newest(chat), f)
			h.time.Advance(time.Second) // two lines that are alike at the same moment are one
			if n := h.audited("press.refused"); chat != melatiChat && n != refused+1 {
				t.Errorf("%d presses %.40q: %d refusals", chat, f, n-refused)
			}
		}
	}
	if n := h.audited("alarm.take") + h.audited("alarm.raise"); n != 0 {
		t.Fatalf("answered %d times", n)
	}
	h.pressData(rinaChat, message, data)
	h.pressData(rinaChat, message, "!"+ref+".help") // another answer, afterwards
	if h.audited("alarm.take") != 1 || h.audited("alarm.raise") != 0 {
		t.Errorf("taken %d times, raised %d times", h.audited("alarm.take"), h.audited("alarm.raise"))
	}
	got := strings.Join(h.replies(chairChat), "\n")
	if strings.Contains(got, "kata aman") {
		t.Errorf("the chair reads %q", got)
	}
}
