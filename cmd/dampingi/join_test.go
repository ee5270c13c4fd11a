package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
)

// The two lines that somebody reads who is nobody's.
const (
	neutralLine = "Halo, ini layanan catatan usaha."
	neutralCode = "Halo, ini layanan catatan usaha. Kode tidak dikenal."
)

// invite makes an invitation for somebody on record.
func (h *house) invite(person string) string {
	h.t.Helper()
	token, err := h.store.Invite(h.t.Context(), person)
	if err != nil {
		h.t.Fatal(err)
	}
	return token
}

// replies is what the bot wrote into a chat and what still stands there.
func (h *house) replies(chat int64) []string {
	var texts []string
	for _, m := range h.sim.Messages(chat, 0) {
		if m.From.IsBot && !m.Deleted {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// wantReplies fails when the chat shows anything else.
func (h *house) wantReplies(chat int64, want ...string) {
	h.t.Helper()
	if got := h.replies(chat); strings.Join(got, "|") != strings.Join(want, "|") {
		h.t.Errorf("chat %d shows %q, want %q", chat, got, want)
	}
}

// owner is whose chat it is, or nobody.
func (h *house) owner(chat int64) string {
	person, err := h.store.PersonByChat(h.t.Context(), chat)
	if err != nil {
		return ""
	}
	return person.ID
}

// newcomers puts a companion and a participant on record who have no phone yet.
func (h *house) newcomers() {
	h.t.Helper()
	if err := h.store.AddPerson(h.t.Context(), program.Person{ID: "sari", Role: program.Companion, Name: "Sari", Lang: "id", Active: true}); err != nil {
		h.t.Fatal(err)
	}
	if err := h.store.AddParticipant(h.t.Context(), program.Participant{Agreed: program.OnPaper, Code: "S-620", Alias: "Seroja", Stage: program.Trading, Companion: "sari"}); err != nil {
		h.t.Fatal(err)
	}
}

func TestJoiningAsCompanion(t *testing.T) {
	var s spoken
	h := newHouse(t, houseOptions{wrap: s.listen})
	h.newcomers()
	token := h.invite("sari")
	h.say(strangerChat, "/start "+token)
	if h.owner(strangerChat) != "sari" {
		t.Fatalf("the chat is %q's", h.owner(strangerChat))
	}
	if shown := h.shown(strangerChat); !strings.Contains(shown, "Selamat datang, Kak Sari") || !strings.Contains(shown, "Kunjungan]") {
		t.Errorf("welcomed with:\n%s", shown)
	}
	if first := h.sim.Messages(strangerChat, 0)[0]; !first.Deleted {
		t.Errorf("the message with the token is still in the chat: %q", first.Text)
	}

	// The invitation is used up, for everybody else and for ever.
	const otherChat = 902
	h.sim.AddChat(otherChat, "Orang lain lagi", "")
	h.say(otherChat, "/start "+token)
	h.wantReplies(otherChat, neutralCode)
	if h.owner(otherChat) != "" {
		t.Error("a used invitation let somebody in")
	}
	harmless(t, s.to(otherChat))

	// She works at once: the participant of hers is on her list.
	h.press(strangerChat, "Kunjungan")
	if shown := h.shown(strangerChat); !strings.Contains(shown, "S-620 · Seroja") {
		t.Errorf("her list:\n%s", shown)
	}
}

func TestJoiningAsParticipant(t *testing.T) {
	var s spoken
	h := newHouse(t, houseOptions{wrap: s.listen})
	h.newcomers()
	h.say(strangerChat, "/start "+h.invite("S-620"))
	if h.owner(strangerChat) != "S-620" {
		t.Fatalf("the chat is %q's", h.owner(strangerChat))
	}
	h.wantReplies(strangerChat, "Halo Kak, selamat datang di catatan usaha 🙂 Sebelum mulai, boleh saya jelaskan sebentar?")
	if first := h.sim.Messages(strangerChat, 0)[0]; !first.Deleted {
		t.Errorf("the message with the token is still in the chat: %q", first.Text)
	}
	for _, m := range s.to(strangerChat) {
		if m.method == "sendMessage" && !m.Protect {
			t.Errorf("not protected: %q", m.Text)
		}
	}
	harmless(t, s.to(strangerChat))
}

// TestAnInvitationIsGoodForTwoDays takes it a minute before its end and a minute after.
func TestAnInvitationIsGoodForTwoDays(t *testing.T) {
	for _, late := range []bool{false, true} {
		h := newHouse(t, houseOptions{})
		h.newcomers()
		token := h.invite("sari")
		wait, want := program.InvitationLife-time.Minute, "sari"
		if late {
			wait, want = program.InvitationLife+time.Minute, ""
		}
		h.time.Advance(wait)
		h.say(strangerChat, "/start "+token)
		if got := h.owner(strangerChat); got != want {
			t.Errorf("after %v the chat is %q's, want %q's", wait, got, want)
		}
		if late {
			h.wantReplies(strangerChat, neutralCode)
		}
	}
}

// TestOnlyTheNewestInvitationIsGood shows that a link which was lost is void once another is made.
func TestOnlyTheNewestInvitationIsGood(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.newcomers()
	lost, newest := h.invite("sari"), h.invite("sari")
	h.say(strangerChat, "/start "+lost)
	h.wantReplies(strangerChat, neutralCode)
	h.say(strangerChat, "/start "+newest)
	if h.owner(strangerChat) != "sari" {
		t.Error("the newest invitation did not let her in")
	}
}

func TestAnUnknownInvitation(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(strangerChat, "/start "+strings.Repeat("x", 24))
	h.say(strangerChat, "/start '; DROP TABLE person; --")
	h.wantReplies(strangerChat, neutralCode, neutralCode)
}

// TestAMemberOpensAnotherLink shows that the link stays good for whom it was made, and does not
// stay in the chat of whoever tried it.
func TestAMemberOpensAnotherLink(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.newcomers()
	token := h.invite("sari")
	for _, chat := range []int64{rinaChat, melatiChat} {
		before := h.owner(chat)
		h.say(chat, "/start "+token)
		if after := h.owner(chat); after != before {
			t.Errorf("%s became %s", before, after)
		}
		for _, m := range h.sim.Messages(chat, 0) {
			if strings.Contains(m.Text, token) && !m.Deleted {
				t.Errorf("the token is still in the chat of %s", before)
			}
		}
	}
	if shown := h.shown(rinaChat); !strings.Contains(shown, "Mau mencatat apa?") {
		t.Errorf("a companion sees:\n%s", shown)
	}
	h.say(strangerChat, "/start "+token)
	if h.owner(strangerChat) != "sari" {
		t.Error("the invitation is spoilt")
	}
}

// TestANewPhone shows that a person who is invited again leaves her old phone.
func TestANewPhone(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(strangerChat, "/start "+h.invite("rina"))
	if h.owner(strangerChat) != "rina" || h.owner(rinaChat) != "" {
		t.Fatalf("the new phone is %q's, the old one %q's", h.owner(strangerChat), h.owner(rinaChat))
	}
	h.say(rinaChat, "/kunjungan")
	h.wantReplies(rinaChat, neutralLine)
}

// TestTheLinkOfAPhoneThatWasCutOff is as unknown there as anywhere else: nothing tells whoever has
// the phone now that somebody was known.
func TestTheLinkOfAPhoneThatWasCutOff(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.newcomers()
	token := h.invite("sari")
	h.say(strangerChat, "/start "+token)
	if err := h.store.Unbind(t.Context(), "sari"); err != nil {
		t.Fatal(err)
	}
	before := len(h.replies(strangerChat))
	h.say(strangerChat, "/start "+token)
	if got := h.replies(strangerChat)[before:]; len(got) != 1 || got[0] != neutralCode {
		t.Errorf("the used link is answered with %q", got)
	}
	if dead := h.dead(); len(dead) > 0 {
		t.Errorf("dead letters: %v", dead)
	}
	if got := h.owner(strangerChat); got != "" {
		t.Errorf("the chat is %q's again", got)
	}
}

// TestAnUnknownChat gets one neutral line for each message, whatever it is.
func TestAnUnknownChat(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(strangerChat, "halo")
	h.say(strangerChat, "/kunjungan")
	h.send(strangerChat, simulator.Input{Photo: []byte("jpeg")})
	h.wantReplies(strangerChat, neutralLine, neutralLine, neutralLine)
}

func TestAGroupIsLeftSilently(t *testing.T) {
	var s spoken
	h := newHouse(t, houseOptions{wrap: s.listen})
	const group = -1001
	h.sim.AddGroup(group, "Arisan", "")
	h.quiet()
	h.send(group, simulator.Input{Text: "/start@bot", From: rinaChat})
	left := 0
	for _, m := range s.to(group) {
		if m.method != "leaveChat" {
			t.Errorf("%s to a group: %q", m.method, m.Text)
		}
		left++
	}
	if left == 0 {
		t.Error("the group was not left")
	}
	for _, m := range s.calls() {
		if m.method == "sendMessage" {
			t.Errorf("somebody was written to: %+v", m)
		}
	}
}

// TestStaffWhoLeft get the neutral line, and no link lets anybody in with their chat.
func TestStaffWhoLeft(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.newcomers()
	const leftChat = 104
	h.sim.AddChat(leftChat, "Tuti", "")
	if err := h.store.AddPerson(t.Context(), program.Person{ID: "tuti", Role: program.Companion, Name: "Tuti", Chat: leftChat, Lang: "id"}); err != nil {
		t.Fatal(err)
	}
	h.say(leftChat, "/kunjungan")
	h.wantReplies(leftChat, neutralLine)
	h.say(leftChat, "/start "+h.invite("sari"))
	h.wantReplies(leftChat, neutralLine, neutralCode)
	if got := h.owner(leftChat); got != "tuti" {
		t.Errorf("the chat is %q's", got)
	}
	if _, err := h.store.Invite(t.Context(), "tuti"); err == nil {
		t.Error("who has left can be invited")
	}
}
