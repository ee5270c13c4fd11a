package discreet

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/program"
)

// consentPurposes are the purposes that have a card of their own, in the order of their pages. The
// text is the one that a companion reads aloud (flows/persetujuan.yaml), so that the proof is of
// the same words, whoever showed them. A guest's visit is asked about in person.
func consentPurposes() []program.Purpose {
	return []program.Purpose{
		program.Accompaniment, program.ChatReminders, program.AbroadStorage, program.CapitalData, program.FunctionScale, program.AnonymousSums,
	}
}

// ConsentPage is the card of a purpose; the zero key for one that has none.
func ConsentPage(p program.Purpose) PageKey {
	i := slices.Index(consentPurposes(), p)
	if i < 0 {
		return 0
	}
	return pageConsent0 + PageKey(i) //nolint:gosec // a handful
}

// Stranger is what whoever has no business here reads.
func Stranger(words Words) Line { return say(words, "say.stranger", nil) }

// dotsMost is how many digits are drawn.
const dotsMost = 6

// Dots draws how many digits were pressed on the number pad, and not which.
func Dots(n int) Page {
	n = min(max(n, 0), dotsMost)
	return Page{strings.TrimSpace(strings.Repeat("● ", n) + strings.Repeat("○ ", max(0, 4-n)))}
}

// HarmlessFor is the page with which Harmless would answer a phrase.
func HarmlessFor(phrase string) PageKey { return fitting(phrase)[0] }

// IsHarmless reports whether a page is one of those that Harmless answers with.
func IsHarmless(key PageKey) bool {
	return slices.ContainsFunc(homelies(), func(h homely) bool { return h.page == key })
}
