package guide_test

import (
	"fmt"
	"testing"

	"github.com/dampingi/dampingi/internal/guide"
)

func TestCountTaps(t *testing.T) {
	for _, tt := range []struct {
		name, played, want string
	}{
		{"from the menu", "> /menu\n> [Kunjungan]\n> [M-417]\n> [Simpan] x2\n! tersimpan: kunjungan M-417 oleh rina", "kunjungan 3+0 [Kunjungan M-417 Simpan] "},
		{"by a command", "> /kunjungan\n> [M-417]\n> [Simpan]\n! tersimpan: kunjungan", "kunjungan 2+1 [M-417 Simpan] "},
		{"by a sentence", "> M-417 kemarin home visit\n> [Simpan]\n! tersimpan: kunjungan", "kunjungan 1+1 [Simpan] "},
		{"with a note", "> [☰ Menu]\n> [Usaha]\n> catatan saya\n> [Simpan]\n! tersimpan: usaha", "usaha 2+1 [Usaha Simpan] "},
		{"on from a receipt", "> /menu\n> [A]\n! tersimpan: a\n> [Catat lagi]\n> [Simpan]\n! tersimpan: a", "a 1+0 [A] "},
		{"after a while", "> /menu\n> [A]\n+ 3h\n> [Simpan]\n! tersimpan: a", ""},
		{"by somebody else", "@ rina\n> /menu\n> [A]\n@ yuli\n> [Simpan]\n! tersimpan: a", ""},
		{"a button that is late", "> /menu\n> [A]\n> lama [B]\n> [Simpan]\n! tersimpan: a", "a 2+0 [A Simpan] "},
		{"begun anew", "> /menu\n> [A]\n> [B]\n> /menu\n> [A]\n> [Simpan]\n! tersimpan: a", "a 2+0 [A Simpan] "},
		{"nothing saved", "> /menu\n> [A]\n! dibatalkan: a", ""},
	} {
		got := ""
		for _, r := range guide.CountTaps("== Satu\n\n@ rina\n\n" + tt.played) {
			got += fmt.Sprintf("%s %d+%d %v ", r.Flow, r.Took.Taps, r.Took.Typed, r.Pressed)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestFewestNeedsLeastWriting(t *testing.T) {
	runs := []guide.Run{
		{Flow: "a", Took: guide.Taps{Taps: 1, Typed: 1}}, {Flow: "a", Took: guide.Taps{Taps: 9}}, {Flow: "a", Took: guide.Taps{Taps: 8}}, {Flow: "b", Took: guide.Taps{Taps: 2, Typed: 2}},
	}
	got := guide.Fewest(runs)
	if a, b := got["a"].String(), got["b"].String(); a != "8" || b != "2 + 2 ✍️" || got["c"].String() != "" {
		t.Errorf("a %q, b %q, c %q", a, b, got["c"].String())
	}
}
