package discreet

import (
	"fmt"
	"strings"
)

// PageKey is something a participant may look at. To add one: a constant here, a row in pageTexts,
// its text in locales/ under [discreet.page]; the tests then hold it to what is never said.
type PageKey uint8

// The pages, with the number of their sample in the tone guide.
const (
	PageNothing       PageKey = iota + 1 // nothing is waiting
	PageSchedule                         // 6: Day, Hour, Noun, Place
	PageOwnNote                          // 11: Text, what she wrote
	PageCall                             // 10: Name of who will call
	PageNumbers                          // 14: Call, Write, Minutes until it is hidden
	PageStopped                          // 13: no more messages
	PageChoices                          // her own choices
	PageData                             // what is held: Alias, Code, Stage, Companion, Count
	PageOpened                           // who has looked: List
	PageOpenedNone                       // nobody has
	PageAlias                            // asks for another alias
	PageAliasTrouble                     // what she typed can be none
	PageAliasSet                         // it is taken
	PageCorrection                       // a person will put it right
	PagePaused                           // no messages for now
	PageResumed                          // messages again
	PageWord                             // asks for a kata aman
	PageWordShort                        // what she typed can be none
	PageWordSet                          // it is kept
	PageErase                            // what erasing means, and the word for it
	PageErasing                          // it will be done
	PageKept                             // nothing is erased
	PageConsent                          // above a card of consent: N of All
	PageHelp                             // where there is help at any hour: Help
	PageUnsupported                      // no photos, voices, places
	PageConsentHow                       // how a yes is said
	PageConsents                         // what she has agreed to
	PageAgreed                           // after the last card
	PageWithdrawn                        // a consent is taken back
	PagePIN                              // asks for her PIN
	PagePINNew                           // asks for a PIN of her choice
	PagePINAgain                         // asks for it once more
	PagePINWrong                         // it was another
	PagePINBarred                        // too many were others
	PagePINEasy                          // it is one that is tried first
	PagePINDiffers                       // the two differ
	PagePINSet                           // it is kept
	PageCallQuiet                        // the same as PageCall, and nobody is named
	PageCallWish                         // When it suits her
	PageCallOff                          // she is not called
	PageTarget                           // asks what she sets herself
	PageTargetTrouble                    // what she typed is kept nowhere
	PageTargetLong                       // what she typed is too long
	PageTargetSet                        // it is kept
	PageTargetGone                       // it is taken away
	PageTargetNear                       // she is nearer to it
	PageTargetStill                      // it still holds
	PageTargetNotYet                     // she has not agreed that anything is kept
	PageOwn                              // Business and Classes
	PageGrowth                           // how she sees herself: List
	PageCopy                             // a copy will be given
	PageGuest                            // the Day of a visit
	PageGuestYes                         // guests may come
	PageGuestNo                          // they do not
	PageReply                            // what she has answered: Reply
	PageReplied                          // thanks for an answer
	PageCannot                           // thanks for a no
	PageCalledOff                        // Day, Hour, Noun: it does not take place
	PageRate                             // Day, Noun: what was it like
	PageRated                            // thanks
	PageGlad3                            // 15: a business that has gone on for three months
	PageGlad6                            // for six
	PageGlad12                           // for twelve
	pageConsent0                         // the cards of consent, in the order of consentPurposes
	pageConsent1
	pageConsent2
	pageConsent3
	pageConsent4
	pageConsent5
	pageConsent6
	pagePempek
	pageCake
	pageSpice
	pageMarket
	pageStain
	pageKeys // their number
)

// pageTexts is the table of the pages: where the text of each is.
func pageTexts() [pageKeys]string {
	all := [pageKeys]string{
		PageNothing:      "discreet.page.nothing",
		PageSchedule:     "discreet.page.schedule",
		PageOwnNote:      "discreet.page.own_note",
		PageCall:         "discreet.page.call",
		PageNumbers:      "discreet.page.numbers",
		PageStopped:      "discreet.page.stopped",
		PageChoices:      "discreet.page.choices",
		PageData:         "discreet.page.data",
		PageOpened:       "discreet.page.opened",
		PageOpenedNone:   "discreet.page.opened_none",
		PageAlias:        "discreet.page.alias",
		PageAliasTrouble: "discreet.page.alias_trouble",
		PageAliasSet:     "discreet.page.alias_set",
		PageCorrection:   "discreet.page.correction",
		PagePaused:       "discreet.page.paused",
		PageResumed:      "discreet.page.resumed",
		PageWord:         "discreet.page.word",
		PageWordShort:    "discreet.page.word_short",
		PageWordSet:      "discreet.page.word_set",
		PageErase:        "discreet.page.erase",
		PageErasing:      "discreet.page.erasing",
		PageKept:         "discreet.page.kept",
		PageConsent:      "discreet.page.consent",
		PageHelp:         "discreet.page.help",
		PageUnsupported:  "discreet.page.unsupported",
		PageConsentHow:   "discreet.page.consent_how",
		PageConsents:     "discreet.page.consents",
		PageAgreed:       "discreet.page.agreed",
		PageWithdrawn:    "discreet.page.withdrawn",
		PagePIN:          "discreet.page.pin",
		PagePINNew:       "discreet.page.pin_new",
		PagePINAgain:     "discreet.page.pin_again",
		PagePINWrong:     "discreet.page.pin_wrong",
		PagePINBarred:    "discreet.page.pin_barred",
		PagePINEasy:      "discreet.page.pin_easy",
		PagePINDiffers:   "discreet.page.pin_differs",
		PagePINSet:       "discreet.page.pin_set",
		pageConsent0:     "persetujuan.pendampingan.ask",
		pageConsent1:     "persetujuan.pengingat_chat.ask",
		pageConsent2:     "persetujuan.penyimpanan_luar_negeri.ask",
		pageConsent3:     "persetujuan.data_modal.ask",
		pageConsent4:     "persetujuan.skala_keberfungsian.ask",
		pageConsent5:     "persetujuan.angka_anonim.ask",
		pageConsent6:     "izin_tamu.kunjungan_tamu.ask",
		pagePempek:       "discreet.page.pempek",
		pageCake:         "discreet.page.cake",
		pageSpice:        "discreet.page.spice",
		pageMarket:       "discreet.page.market",
		pageStain:        "discreet.page.stain",
	}
	for key, text := range herPageTexts() {
		all[key] = text
	}
	return all
}

// masked stands for a value that may not be shown.
const masked = "…"

// Open is a page with its values filled in. Nouns and places are written in the language, all
// other values as plain text, whatever their type; one with a word that is never said (Unsayable)
// becomes "…". A key without a text, a value that is missing, or a text that says too much give
// the zero Page.
func Open(words Words, key PageKey, args map[string]any) Page {
	if words == nil || key == 0 || key >= pageKeys || !words.Has(pageTexts()[key]) {
		return Page{}
	}
	plain := make(map[string]any, len(args))
	for name, v := range args {
		plain[name] = plainValue(words, v)
	}
	text := words.Format(pageTexts()[key], plain)
	if _, bad := Unsayable(text); bad || strings.Contains(text, "{{") {
		return Page{}
	}
	return Page{tidy(text)}
}

// Stack puts pages under one another, with an empty line between. Zero pages are left out.
func Stack(pages ...Page) Page {
	var texts []string
	for _, p := range pages {
		if p.text != "" {
			texts = append(texts, p.text)
		}
	}
	return Page{strings.Join(texts, "\n\n")}
}

// plainValue is a value as a text that Words will escape: a type of another package might say of
// itself that it is safe.
func plainValue(words Words, v any) string {
	var s string
	switch v := v.(type) {
	case nil:
	case Noun:
		return v.word(words)
	case Place:
		return v.word(words)
	case string:
		s = v
	default:
		s = fmt.Sprint(v)
	}
	if _, bad := Unsayable(s); bad {
		return masked
	}
	return strings.ReplaceAll(s, "{{", "{ {") // it is no placeholder
}

// tidy takes the spaces off the ends of lines, where a value was empty.
func tidy(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}
