package main

import (
	"strings"
	"testing"
)

// TestTheCareCardTellsTheYear: a consent holds until a day of the next year, which without it would
// read as one that is over.
func TestTheCareCardTellsTheYear(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/menu")
	h.presses(rinaChat, "Lainnya", "Aman", "M-417 · Melati")
	h.shows(rinaChat, "Didampingi · sampai 25 November 2027", "HP terhubung: sudah", "PIN: belum")
}

// TestTheChairIsCalledAboutNobody: where it is not known whom it is about, no code is told, and no
// place is left for one.
func TestTheChairIsCalledAboutNobody(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "melati tadi dipukul suaminya")
	h.presses(rinaChat, "Langkah aman", "Kabari ketua")
	if got := strings.Join(h.replies(chairChat), "\n"); !strings.Contains(got, "soal keamanan.") || strings.Contains(got, "M-417") {
		t.Errorf("the chair reads %q", got)
	}
}

// TestRequestsOfOneAreToldApart: two of the same participant have buttons of their own.
func TestRequestsOfOneAreToldApart(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Perbaiki")
	h.say(melatiChat, "berhenti")
	h.say(chairChat, "/menu")
	h.press(chairChat, "Permintaan (2)")
	h.shows(chairChat, "1. M-417 · perbaiki data", "2. M-417 · tarik persetujuan", "[1. M-417] [2. M-417]")
	h.press(chairChat, "2. M-417")
	h.shows(chairChat, "M-417 minta: tarik persetujuan.")
	h.press(chairChat, "Sudah selesai")
	h.press(chairChat, "Permintaan (1)")
	h.shows(chairChat, "1. M-417 · perbaiki data")
}

// TestANameAnswersWho: "Siapa, Kak?" above a list is answered by an alias or a code, like a question of a report.
func TestANameAnswersWho(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "teman")
	h.say(rinaChat, "m-417")
	h.shows(rinaChat, "👭 M-417 · Melati")
	h.say(rinaChat, "/aman")
	h.say(rinaChat, "Melati")
	h.shows(rinaChat, "🛡 M-417 · Melati")
	h.say(rinaChat, "/aman")
	h.say(rinaChat, "teratai")
	h.shows(rinaChat, "belum terbaca")
}

// TestWhoSaysHelloFindsTheMenu: a greeting is not told that it cannot be read.
func TestWhoSaysHelloFindsTheMenu(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "assalamualaikum kak")
	h.shows(rinaChat, "Halo, Kak Rina", "Mau mencatat apa?")
	if shown := h.shown(rinaChat); strings.Contains(shown, "belum terbaca") {
		t.Errorf("a greeting is unknown:\n%s", shown)
	}
}

// TestTheMenuIsThereFromTheKataAman: "menu" leads to the menu from there as from everywhere, and is no kata aman.
func TestTheMenuIsThereFromTheKataAman(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/aman")
	h.say(rinaChat, "melati")
	h.press(rinaChat, "Kata aman")
	h.say(rinaChat, "menu")
	h.shows(rinaChat, "Mau mencatat apa?")
}

// TestARequestIsNotDoneByOneTap: what a tap on the list could end for good is asked first.
func TestARequestIsNotDoneByOneTap(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Perbaiki")
	h.say(chairChat, "permintaan")
	h.press(chairChat, "1. M-417")
	h.press(chairChat, "Kembali")
	h.shows(chairChat, "1. M-417 · perbaiki data", "[1. M-417]")
	h.press(chairChat, "Menu")
	h.shows(chairChat, "[📋 Permintaan (1)]")
}

// TestWhoWasToldOfAnErasureIsToldThatItIsTakenBack: else her companion waits for what does not come.
func TestWhoWasToldOfAnErasureIsToldThatItIsTakenBack(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.agree(melatiChat)
	h.say(melatiChat, "hapus data saya")
	h.say(melatiChat, "HAPUS")
	h.press(melatiChat, "Tidak jadi")
	got := strings.Join(h.replies(rinaChat), "\n")
	if !strings.Contains(got, "M-417 minta datanya dihapus") || !strings.Contains(got, "M-417 tidak jadi") || strings.Contains(got, "Melati") {
		t.Errorf("her companion reads %q", got)
	}
}
