package discreet

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// homely is something useful that anybody may be reading, and the words it is an answer to.
type homely struct {
	page  PageKey
	words []string // beginnings of words
}

// homelies lists them; the first is the answer to everything else.
func homelies() []homely {
	return []homely{
		{pagePempek, []string{"pempek", "mpek", "ikan", "iwak", "cuko", "fish"}},
		{pageCake, []string{"kue", "bolu", "roti", "cake", "bread"}},
		{pageSpice, []string{"cabe", "cabai", "bumbu", "sambal", "sambel", "lombok", "chili", "chilli", "spice"}},
		{pageMarket, []string{"harga", "pasar", "belanja", "berbelanja", "diskon", "price", "market", "shop"}},
		{pageStain, []string{"baju", "noda", "cuci", "mencuci", "nyuci", "pakaian", "cloth", "stain", "wash", "laundry"}},
	}
}

// Harmless is the answer to a kata aman (safety.md 3.8): something ordinary about what the phrase
// names, a pempek recipe when it names nothing known. The phrase is only looked at and never said
// again. Where several fit, n picks one of them, so that asking again need not give the same.
// Such a page may stand on a lock screen.
func Harmless(words Words, phrase string, n int) Page {
	fitting := fitting(phrase)
	n %= len(fitting)
	if n < 0 {
		n += len(fitting)
	}
	p := Open(words, fitting[n], nil)
	if _, bad := Forbidden(p.String()); bad {
		return Page{}
	}
	return p
}

// fitting lists what answers a phrase, never nothing.
func fitting(phrase string) []PageKey {
	said := strings.FieldsFunc(bahasa.Fold(phrase), func(r rune) bool { return !unicode.IsLetter(r) })
	var found []PageKey
	for _, h := range homelies() {
		if slices.ContainsFunc(said, func(w string) bool {
			return slices.ContainsFunc(h.words, func(start string) bool { return strings.HasPrefix(w, start) })
		}) {
			found = append(found, h.page)
		}
	}
	if found == nil {
		return []PageKey{homelies()[0].page}
	}
	return found
}
