package program_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/program"
)

// TestTheWay holds the steps of the way against program.md 2.3.
func TestTheWay(t *testing.T) {
	met := program.Criteria{Business: true, Income: true, Customers: true}
	for _, c := range []struct {
		name string
		wish program.Wish
		want program.Verdict
	}{
		{"the next step", program.Wish{From: program.TemuWicara, To: program.Bimtek}, program.AtOnce},
		{"no capital this year", program.Wish{From: program.Bimtek, To: program.Trading}, program.AtOnce},
		{"capital of another year", program.Wish{From: program.Trading, To: program.Capital}, program.AtOnce},
		{"a step is left out", program.Wish{From: program.TemuWicara, To: program.Capital}, program.WaitsForYes},
		{"back on the way", program.Wish{From: program.Trading, To: program.Bimtek}, program.WaitsForYes},
		{"the chair may", program.Wish{From: program.Trading, To: program.Bimtek, Chair: true}, program.AtOnce},
		{"a pause", program.Wish{From: program.Capital, To: program.Paused}, program.AtOnce},
		{"lost from a pause", program.Wish{From: program.Paused, To: program.LostContact, Before: program.Capital}, program.WaitsForYes},
		{"active again", program.Wish{From: program.Paused, To: program.Capital, Before: program.Capital}, program.AtOnce},
		{"active again, independent", program.Wish{From: program.ReachAgain, To: program.Independent, Before: program.Independent}, program.AtOnce},
		{"active again, and further", program.Wish{From: program.Paused, To: program.Trading, Before: program.Capital}, program.WaitsForYes},
		{"taken in by nobody", program.Wish{From: program.Selection, To: program.Choosing}, program.WaitsForYes},
		{"on her own feet", program.Wish{From: program.Trading, To: program.Independent, Criteria: met}, program.WaitsForYes},
		{"on her own feet, says the chair", program.Wish{From: program.Trading, To: program.Independent, Criteria: met, Chair: true}, program.AtOnce},
		{"a sign is missing", program.Wish{From: program.Trading, To: program.Independent, Criteria: program.Criteria{Business: true, Income: true}, Chair: true}, program.NotYetAlone},
		{"the year is over", program.Wish{From: program.Independent, To: program.Concluded, Months: 12, Reason: "selesai_program"}, program.WaitsForYes},
		{"the year is not over", program.Wish{From: program.Independent, To: program.Concluded, Months: 11, Reason: "selesai_program", Chair: true}, program.TooEarly},
		{"she wants it", program.Wish{From: program.Capital, To: program.Concluded, Reason: "mau_sendiri"}, program.WaitsForYes},
		{"she is looked for again", program.Wish{From: program.Concluded, To: program.ReachAgain}, program.AtOnce},
		{"she is there", program.Wish{From: program.Trading, To: program.Trading, Chair: true}, program.SameStage},
		{"nobody is met twice", program.Wish{From: program.Trading, To: program.Reached, Chair: true}, program.NoSuchStage},
		{"no stage", program.Wish{From: program.Trading, To: "kembali", Chair: true}, program.NoSuchStage},
	} {
		if got := c.wish.Verdict(); got != c.want {
			t.Errorf("%s: verdict %d, want %d", c.name, got, c.want)
		}
	}
}

// TestNobodyGoesFurtherWithoutTheChair: whatever companions note, in whatever order, nobody comes to
// a stage that the table of program.md 2.3 does not lead to from the active one before.
func TestNobodyGoesFurtherWithoutTheChair(t *testing.T) {
	allowed := map[program.Stage]string{
		program.Reached: "didata", program.Registered: "seleksi", program.Selection: "", program.Waiting: "seleksi",
		program.Choosing: "temu_wicara", program.TemuWicara: "bimtek", program.Bimtek: "modal usaha_berjalan",
		program.Capital: "usaha_berjalan", program.Trading: "modal", program.Independent: "",
	}
	rapid.Check(t, func(t *rapid.T) {
		stage := rapid.SampledFrom(program.Stages()).Draw(t, "stage")
		var history []program.StageChange
		active := program.Stage("")
		if stage.Active() {
			active = stage
		}
		for range 30 {
			w := program.Wish{
				From: stage, To: rapid.SampledFrom(program.Stages()).Draw(t, "to"), Before: program.LastActive(history),
				Reason: rapid.SampledFrom(program.StageReasons()).Draw(t, "reason"), Months: rapid.IntRange(0, 30).Draw(t, "months"),
				Criteria: program.Criteria{Business: rapid.Bool().Draw(t, "business"), Income: true, Customers: true},
			}
			if w.Verdict() != program.AtOnce {
				continue
			}
			switch {
			case w.To == program.Concluded:
				t.Fatalf("%s was concluded by one alone", stage)
			case w.To.Active() && w.From.Aside() && w.To != active:
				t.Fatalf("she came from %s back to %s, and was at %s before", stage, w.To, active)
			case w.To.Active() && !w.From.Aside() && !slices.Contains(strings.Fields(allowed[stage]), string(w.To)):
				t.Fatalf("she came from %s to %s", stage, w.To)
			case w.From == program.Concluded && w.To != program.ReachAgain:
				t.Fatalf("what was concluded went on as %s", w.To)
			}
			history = append(history, program.StageChange{From: stage, To: w.To})
			if stage.Active() {
				active = stage
			}
			if stage = w.To; stage.Active() {
				active = stage
			}
		}
	})
}

func TestAftercare(t *testing.T) {
	for months, want := range map[int]string{0: "[]", 3: "[3]", 6: "[3 6]", 12: "[3 6 12]"} {
		if got := fmt.Sprint(program.Aftercare(months)); got != want {
			t.Errorf("%d months: %s, want %s", months, got, want)
		}
	}
}

func TestMonths(t *testing.T) {
	for _, c := range []struct {
		from program.Date
		n    int
		to   program.Date
	}{
		{"2026-11-25", 3, "2027-02-25"}, {"2026-11-30", 3, "2027-02-28"}, {"2026-11-25", 12, "2027-11-25"}, {"", 3, ""},
	} {
		if got := c.from.AddMonths(c.n); got != c.to {
			t.Errorf("%s and %d months: %s, want %s", c.from, c.n, got, c.to)
		}
	}
	for _, c := range []struct {
		from, to program.Date
		want     int
	}{
		{"2025-11-25", "2026-11-25", 12}, {"2025-11-26", "2026-11-25", 11}, {"2026-11-25", "2026-01-01", 0}, {"", "2026-01-01", 0}, {"2026-01-31", "2026-02-28", 1},
	} {
		if got := c.from.MonthsUntil(c.to); got != c.want {
			t.Errorf("%s to %s: %d months, want %d", c.from, c.to, got, c.want)
		}
	}
}

func TestShifts(t *testing.T) {
	now := program.Levels{"d1": 3, "d2": 2, "d4": 1, "d5": 4}
	got := now.Shifts(program.Levels{"d1": 2, "d2": 2, "d3": 5, "d4": 3})
	if want := []program.Shift{{Dimension: "d1", Was: 2, Now: 3}, {Dimension: "d4", Was: 3, Now: 1}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got[0].Fell() || !got[1].Fell() || (program.Shift{Was: 3, Now: 2}).Fell() {
		t.Error("only what falls by two or more is asked about")
	}
}
