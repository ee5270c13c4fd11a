package conversation

import (
	"strings"
	"unicode"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// spoken finds the button of the house's own card that a text names: text is taken wherever a
// button is offered (conversation.md rule 4). What is on the card says what can be named. On the
// menu, "lanjut" is the latest interrupted report.
func (v *visit) spoken(text string) (action string, ok bool, err error) {
	if v.m.Screen == running || v.m.Screen == blank {
		return "", false, nil
	}
	face, ok, err := v.face()
	if err != nil || !ok {
		return "", false, err
	}
	said := bahasa.Normalize(text)
	if v.m.Screen == menu && len(v.m.Parked) > 0 && said == bahasa.Normalize(v.t.Plain("card.resume", nil)) {
		return "draft:0", true, nil
	}
	for _, row := range face.Buttons {
		for _, b := range row {
			label := strings.TrimLeftFunc(b.Label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if label != "" && said == bahasa.Normalize(label) {
				return b.Action, true, nil
			}
		}
	}
	return "", false, nil
}
