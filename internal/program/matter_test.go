package program_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/program"
)

// TestEveryLifeComesToAnEnd looks at each life: what follows is known, what begins leads somewhere,
// every status can be reached, and no two kinds have codes that look alike.
func TestEveryLifeComesToAnEnd(t *testing.T) {
	prefixes := map[string]program.MatterKind{}
	for _, l := range program.Lives() {
		if other, taken := prefixes[l.Prefix]; taken || l.Prefix == "" {
			t.Errorf("%s and %s have the same codes", l.Kind, other)
		}
		prefixes[l.Prefix] = l.Kind
		reached := slices.Clone(l.Begin)
		for i := 0; i < len(reached); i++ {
			next, known := l.Next[reached[i]]
			if !known {
				t.Errorf("%s: %q has no row", l.Kind, reached[i])
			}
			for _, s := range next {
				if !slices.Contains(reached, s) {
					reached = append(reached, s)
				}
			}
		}
		for status := range l.Next {
			if !slices.Contains(reached, status) {
				t.Errorf("%s: nothing leads to %q", l.Kind, status)
			}
		}
	}
}

// TestAMatterThatHasEndedStaysSo walks through lives at random.
func TestAMatterThatHasEndedStaysSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(program.Lives()).Draw(t, "life")
		m := program.Matter{Kind: l.Kind, Status: rapid.SampledFrom(l.Begin).Draw(t, "begin")}
		for range 20 {
			to := rapid.SampledFrom(slices.Sorted(maps.Keys(l.Next))).Draw(t, "to")
			ended, may := m.Ended(), m.May(to)
			if ended && may && to != m.Status {
				t.Fatalf("a %s that is %s came to be %s", l.Kind, m.Status, to)
			}
			if may {
				m.Status = to
			}
		}
	})
}
