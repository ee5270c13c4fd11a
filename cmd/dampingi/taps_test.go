package main

import (
	"slices"
	"testing"

	"github.com/dampingi/dampingi/internal/guide"
)

// TestAnOrdinaryReportTakesFewTaps counts the taps of the transcripts, from the menu to [Simpan]: if a
// visit takes longer, nothing else works (program.md 0.3).
func TestAnOrdinaryReportTakesFewTaps(t *testing.T) {
	runs, err := runsIn("../../flows/testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		flow    string
		most    int
		pressed []string // what makes it an ordinary one
	}{
		{"kunjungan", 8, []string{"Tercapai", "Tidak ada", "Simpan"}},
		{"usaha", 7, []string{"Tidak ada", "Simpan"}},
	} {
		var ordinary []guide.Run
		for _, r := range runs {
			if r.Flow == tt.flow && r.Took.Typed == 0 && !slices.ContainsFunc(tt.pressed, func(label string) bool { return !slices.Contains(r.Pressed, label) }) {
				ordinary = append(ordinary, r)
			}
		}
		fewest, ok := guide.Fewest(ordinary)[tt.flow]
		if !ok {
			t.Errorf("no transcript plays an ordinary %s from the menu on, with taps alone", tt.flow)
			continue
		}
		if fewest.Taps > tt.most {
			t.Errorf("an ordinary %s takes %d taps, at most %d", tt.flow, fewest.Taps, tt.most)
		}
	}
}
