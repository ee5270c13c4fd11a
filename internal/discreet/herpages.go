package discreet

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/program"
)

// consentPurposes are the purposes that have a card of their own, in the order of their pages. The
// text is the one that a companion reads aloud (flows/persetujuan.yaml), so that the proof is of
// the same words, whoever showed them; a guest's visit has a flow of its own (flows/izin_tamu.yaml).
func consentPurposes() []program.Purpose {
	return []program.Purpose{
		program.Accompaniment, program.ChatReminders, program.AbroadStorage, program.CapitalData, program.FunctionScale, program.AnonymousSums,
		program.GuestVisit,
	}
}

// herPageTexts are the pages of what she asks for and says herself.
func herPageTexts() map[PageKey]string {
	return map[PageKey]string{
		PageReply:         "discreet.page.reply",
		PageReplied:       "discreet.page.replied",
		PageCannot:        "discreet.page.cannot",
		PageCalledOff:     "discreet.page.called_off",
		PageRate:          "discreet.page.rate",
		PageRated:         "discreet.page.rated",
		PageGlad3:         "discreet.page.glad_3",
		PageGlad6:         "discreet.page.glad_6",
		PageGlad12:        "discreet.page.glad_12",
		PageCallQuiet:     "discreet.page.call_quiet",
		PageCallWish:      "discreet.page.call_wish",
		PageCallOff:       "discreet.page.call_off",
		PageTarget:        "discreet.page.target",
		PageTargetTrouble: "discreet.page.target_trouble",
		PageTargetLong:    "discreet.page.target_long",
		PageTargetSet:     "discreet.page.target_set",
		PageTargetGone:    "discreet.page.target_gone",
		PageTargetNear:    "discreet.page.target_near",
		PageTargetStill:   "discreet.page.target_still",
		PageTargetNotYet:  "discreet.page.target_not_yet",
		PageOwn:           "discreet.page.own",
		PageGrowth:        "discreet.page.growth",
		PageCopy:          "discreet.page.copy",
		PageGuest:         "discreet.page.guest",
		PageGuestYes:      "discreet.page.guest_yes",
		PageGuestNo:       "discreet.page.guest_no",
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
