package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// capital is a house in which a participant has agreed that her capital is noted, and one is proposed.
func (h *house) capital(code string) {
	h.t.Helper()
	h.agrees(code)
	h.say(rinaChat, "/usul_modal")
	h.say(rinaChat, code)
	h.presses(rinaChat, "Modal terbatas", "Selesai (1)", "Simpan")
}

// agrees has a participant agree that her capital is noted.
func (h *house) agrees(code string) {
	h.t.Helper()
	h.beside(turn.Safety{Consents: []program.Consent{{
		ID: "capital." + code, Participant: code, Purpose: program.CapitalData, Status: program.Given, Way: program.Witnessed,
		At: h.time.Now(), Recorder: "rina", Until: "2027-11-25",
	}}})
}

// stageOf is where a participant stands.
func (h *house) stageOf(code string) program.Stage {
	h.t.Helper()
	all, err := h.store.Participants(h.t.Context(), records.ParticipantFilter{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, p := range all {
		if p.Code == code {
			return p.Stage
		}
	}
	return ""
}

// toCapital opens the card of the only capital.
func (h *house) toCapital(chat int64) {
	h.t.Helper()
	h.say(chat, "modal")
	for _, label := range []string{"MU-26-001 · L-100", "MU-26-001 · M-417"} {
		if _, _, ok := h.button(chat, label); ok {
			h.press(chat, label)
			return
		}
	}
	h.t.Fatalf("no capital on:\n%s", h.shown(chat))
}

// TestACapitalIsForWhoHasLearnedHerTrade: not before, and its approval brings her on her way.
func TestACapitalIsForWhoHasLearnedHerTrade(t *testing.T) {
	h := newHouse(t, houseOptions{})
	for code, stage := range map[string]program.Stage{"L-100": program.Bimtek, "L-200": program.TemuWicara} {
		if err := h.store.AddParticipant(t.Context(), program.Participant{Agreed: program.OnPaper, Code: code, Alias: "Lili " + code[2:], Stage: stage, Companion: "rina"}); err != nil {
			t.Fatal(err)
		}
	}
	h.say(rinaChat, "/usul_modal")
	if _, _, offered := h.button(rinaChat, "L-200 · Lili 200"); offered {
		t.Errorf("who still learns is offered:\n%s", h.shown(rinaChat))
	}
	h.say(rinaChat, "L-200")
	h.shows(rinaChat, "Belum ketemu")
	h.say(rinaChat, "batal")
	h.capital("L-100")
	h.shows(rinaChat, "MU-26-001")

	h.toCapital(chairChat)
	h.presses(chairChat, "Keputusan", "Disetujui", "Rp1.000.000", "Lewati", "Simpan")
	if got := h.stageOf("L-100"); got != program.Capital {
		t.Errorf("after the approval she is at %s", got)
	}
	h.press(chairChat, "Batalkan")
	if got := h.stageOf("L-100"); got != program.Bimtek {
		t.Errorf("when it is taken back she is at %s", got)
	}
}

// TestACapitalGoesWithHer: whoever accompanied her before sees it no more, though she proposed it.
func TestACapitalGoesWithHer(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.capital("M-417")
	h.press(rinaChat, "Lihat")
	if err := h.store.Assign(t.Context(), "M-417", "yuli", program.Audit{At: h.time.Now(), Actor: "ketua", Action: "participant.assign", Subject: "M-417"}); err != nil {
		t.Fatal(err)
	}
	h.press(rinaChat, "Rencana belanja")
	if got := h.shown(rinaChat); strings.Contains(got, "MU-26-001") {
		t.Errorf("she still sees it:\n%s", got)
	}
	h.say(rinaChat, "modal")
	h.shows(rinaChat, "(0)")
	h.toCapital(yuliChat)
	h.shows(yuliChat, "Proposed", "There is no shopping plan yet")
}

// TestWhatSheAttendedSpeaksForHer: to those who may see who attends, and only if she was there.
func TestWhatSheAttendedSpeaksForHer(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.capital("M-417")
	session := func(id string, number int, kind string, came program.Presence) turn.Way {
		return turn.Way{
			Moves: []turn.Move{{
				Matter: program.Matter{
					ID: id, Kind: program.Session, Year: 2026, Number: number, Author: "rina", Owner: "rina", Status: "rencana",
					Fields: program.Fields{"jenis": {kind}},
				},
				Change: program.Change{ID: id, At: h.time.Now(), By: "rina", Now: "rencana"},
			}},
			Attended: []program.Attendance{{Session: id, Participant: "M-417", Came: came}},
		}
	}
	for _, w := range []turn.Way{
		session("s-1", 1, "penyuluhan_kesehatan", program.Late), session("s-2", 2, "penyuluhan_kesehatan", program.Present),
		session("s-3", 3, "pemberdayaan_advokasi", program.Excused), session("s-4", 4, "pameran", program.Present),
	} {
		if err := h.store.Commit(t.Context(), turn.Plan{Way: w}); err != nil {
			t.Fatal(err)
		}
	}
	h.toCapital(chairChat)
	h.shows(chairChat, "Prioritas: ✓ Modal terbatas, ✓ Ikut penyuluhan kesehatan\n")
	if err := h.store.AddPerson(t.Context(), program.Person{ID: "bina", Role: program.Treasurer, Name: "Bina", Chat: strangerChat, Lang: "id", Active: true}); err != nil {
		t.Fatal(err)
	}
	h.toCapital(strangerChat)
	h.shows(strangerChat, "Prioritas: ✓ Modal terbatas\n")
}

// TestAPlanHasTenLines: the eleventh waits until one is struck out.
func TestAPlanHasTenLines(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.capital("M-417")
	h.toCapital(rinaChat)
	h.press(rinaChat, "Rencana belanja")
	for i := range program.PlanMost + 1 {
		h.say(rinaChat, fmt.Sprint("barang ", i+1))
		h.presses(rinaChat, "Bahan", "Rp100.000", "Simpan")
		if i < program.PlanMost {
			h.press(rinaChat, "Catat lagi")
		}
	}
	h.shows(rinaChat, "Rencananya sudah 10 baris", "barang 11")
	h.say(rinaChat, "menu")
	h.toCapital(rinaChat)
	h.shows(rinaChat, "10. barang 10", "Jumlah rencana: Rp1.000.000")
	h.press(rinaChat, "Coret baris")
	h.say(rinaChat, "4")
	h.press(rinaChat, "Simpan")
	h.say(rinaChat, "menu")
	h.press(rinaChat, "Lanjut Rencana belanja MU-26-001 · M-417")
	h.press(rinaChat, "Simpan")
	h.press(rinaChat, "Lihat")
	h.shows(rinaChat, "11. barang 11", "Jumlah rencana: Rp1.000.000")
}

// TestACapitalAddsUp: whatever is noted, taken back and struck out, the card holds the sum of what
// stands, and so do the facts that statistics are made of.
func TestACapitalAddsUp(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.capital("M-417")
	random := rand.New(rand.NewPCG(7, 45)) //nolint:gosec // the same in every run
	plan := h.lines(random, "Rencana belanja", nil)
	h.toCapital(chairChat)
	h.presses(chairChat, "Keputusan", "Disetujui", "Rp2.000.000", "Lewati", "Simpan")
	h.toCapital(rinaChat)
	h.presses(rinaChat, "Pencairan", "Rp2.000.000", "Hari ini", "Simpan")
	h.lines(random, "Catat belanja", plan)
}

// lines notes lines, takes some back and strikes some out, and holds the sums of the card and of the facts
// against what stands; plan is what was planned, when it is shopping.
func (h *house) lines(random *rand.Rand, button string, plan map[int]int64) map[int]int64 {
	h.t.Helper()
	standing, next := map[int]int64{}, 1
	for range 14 {
		h.toCapital(rinaChat)
		if len(standing) > 1 && random.IntN(4) == 0 {
			no := slices.Sorted(maps.Keys(standing))[random.IntN(len(standing))]
			h.press(rinaChat, "Coret baris")
			h.say(rinaChat, strconv.Itoa(no))
			h.press(rinaChat, "Simpan")
			if random.IntN(2) == 0 {
				h.press(rinaChat, "Batalkan")
			} else {
				delete(standing, no)
			}
		} else if len(standing) < program.PlanMost {
			amount := 10_000 * (1 + random.Int64N(50))
			h.press(rinaChat, button)
			h.say(rinaChat, "barang")
			h.presses(rinaChat, "Bahan")
			h.say(rinaChat, fmt.Sprint("Rp", amount))
			if plan != nil {
				h.press(rinaChat, "Sesuai")
			}
			h.press(rinaChat, "Simpan")
			if random.IntN(3) == 0 {
				h.press(rinaChat, "Batalkan")
			} else {
				standing[next] = amount
				next++
			}
		}
		h.addsUp(standing, plan)
	}
	return standing
}

// addsUp looks at the card, and at the facts.
func (h *house) addsUp(standing, plan map[int]int64) {
	h.t.Helper()
	sum, field, facts := total(standing), "perkiraan", int64(0)
	rupiah := bahasa.Lang("id").Rupiah
	want := "Jumlah rencana: " + rupiah(sum)
	if plan != nil {
		field, want = "jumlah", "Rencana "+rupiah(total(plan))+" · belanja "+rupiah(sum)
	}
	if len(standing) == 0 {
		want = ""
	}
	h.toCapital(rinaChat)
	h.shows(rinaChat, want)
	if err := h.store.Facts(h.t.Context(), records.ReportFilter{}, func(r program.Report) error {
		for _, f := range r.Facts {
			if f.Field == field {
				facts += *f.Number
			}
		}
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	if facts != sum {
		h.t.Errorf("the facts of %s come to %d, what stands to %d", field, facts, sum)
	}
}

func total(lines map[int]int64) int64 {
	var all int64
	for _, amount := range lines {
		all += amount
	}
	return all
}
