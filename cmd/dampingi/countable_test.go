package main

import (
	"slices"
	"testing"

	"github.com/dampingi/dampingi/internal/export"
)

// TestARosterIsCountedByItsMarks finds each mark of the rosters among what figures can be made of, as
// a number, and no roster under its own name.
func TestARosterIsCountedByItsMarks(t *testing.T) {
	all, err := new(Settings).kinds()
	if err != nil {
		t.Fatal(err)
	}
	kinds := all.countable("hadir")
	if len(kinds) != 1 {
		t.Fatalf("%v", kinds)
	}
	for _, mark := range []string{"hadir", "izin", "tidak_hadir", "selesai", "sebagian", "tidak"} {
		i := slices.IndexFunc(kinds[0].Fields, func(f export.Field) bool { return f.Name == mark })
		if i < 0 || !kinds[0].Fields[i].Number {
			t.Errorf("%s is not counted: %+v", mark, kinds[0].Fields)
		}
	}
	for _, f := range kinds[0].Fields {
		if f.Name == "siapa" || f.Name == "hasil" {
			t.Errorf("the roster itself is counted: %+v", f)
		}
	}
}
