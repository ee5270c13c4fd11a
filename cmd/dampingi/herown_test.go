package main

import (
	"strings"
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/locales"
)

// TestHerOwnBusinessAndClasses puts her capital and where she was on record, and has her look: she sees
// her own, and nothing of anybody else's.
func TestHerOwnBusinessAndClasses(t *testing.T) {
	h := newHouse(t, houseOptions{})
	at := h.time.Now()
	open := func(id string, n int, kind program.MatterKind, code, status string) turn.Move {
		m := program.Matter{ID: id, Kind: kind, Year: 2026, Number: n, Participant: code, Author: "rina", Status: status, OpenedAt: at, Fields: program.Fields{}}
		return turn.Move{Matter: m, Change: program.Change{ID: id, At: at, By: "rina", Now: status}}
	}
	h.plan(turn.Plan{Way: turn.Way{
		Moves: []turn.Move{
			open("mu-1", 1, program.Aid, "M-417", "cair"), open("mu-2", 2, program.Aid, "M-203", "kontrol"),
			open("kg-1", 1, program.Session, "", "selesai"), open("kg-2", 2, program.Session, "", "selesai"), open("kg-3", 3, program.Session, "", "rencana"),
		},
		Attended: []program.Attendance{
			{Session: "kg-1", Participant: "M-417", Came: program.Late}, {Session: "kg-2", Participant: "M-417", Came: program.Absent},
			{Session: "kg-3", Participant: "M-417", InvitedAt: at}, {Session: "kg-1", Participant: "M-203", Came: program.Present},
		},
	}})
	h.say(melatiChat, "data saya")
	h.press(melatiChat, "Usaha saya")
	h.shows(melatiChat, "Modal usaha: Sudah cair", "Ikut kelas: 1 dari 2")
	if got := h.shown(melatiChat); strings.Contains(got, "kontrol") || strings.Count(got, "Modal usaha") != 1 {
		t.Errorf("she sees another's:\n%s", got)
	}
	if h.audited(program.OpenData) == 0 {
		t.Error("that she looked is not on record")
	}
}

// TestWhatHerOwnPagesNameMayBeSaid holds the words that her own pages take from elsewhere against what is
// never said to her: one of them would hide all the others.
func TestWhatHerOwnPagesNameMayBeSaid(t *testing.T) {
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	life, _ := program.LifeOf(program.Aid)
	for _, lang := range []string{"id", "en"} {
		words := book.For(lang)
		keys := []string{"hers.capital", "hers.sold"}
		for status := range life.Next {
			keys = append(keys, "status.aid."+status)
		}
		for _, f := range all {
			for i := range f.Steps {
				st := &f.Steps[i]
				aid := f.Save.Opens+f.Save.Moves == string(program.Aid) && st.Kind == flow.Amount
				if aid || f.ID == "perkembangan" && st.Kind == flow.Scale {
					keys = append(keys, f.NameKey(st.Name))
				}
			}
		}
		if len(keys) < 12 {
			t.Fatalf("%s: only %d words are looked at", lang, len(keys))
		}
		for _, key := range keys {
			if word, bad := discreet.Unsayable(words.Text(key)); bad || !words.Has(key) {
				t.Errorf("%s: %s says %q: %q", lang, key, word, words.Text(key))
			}
		}
	}
}
