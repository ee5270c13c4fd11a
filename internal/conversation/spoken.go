package conversation

import (
	"strings"
	"unicode"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
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
	action, ok = named(text, face.Buttons)
	return action, ok, nil
}

// houseCard is the button of the menu that a command or a few words ask for, wherever she is.
func (v *visit) houseCard(text string) (action, about string, ok bool) {
	said, slash := strings.CutPrefix(bahasa.Normalize(text), "/")
	for _, n := range v.nouns {
		if v.m.Screen == running && !slash {
			break // it may be an answer: "modal"
		}
		if said == n.word && v.may(program.SeeDeed(n.kind)) {
			return "matters", string(n.kind), true
		}
	}
	switch said {
	case "pin", "buat pin", "ganti pin", "ubah pin", "pasang pin":
		return "pin", "", true
	case "aman":
		return "cares", "", true
	case "tim":
		return "team", "", true
	case "permintaan":
		return "asked", "", true
	case "buka catatan", "catatan":
		return "notes", "", true
	case "teman":
		return "friends", "", true
	case "lembarinfo", "lembar info":
		return "info", "", true
	case "rangkuman":
		return "week", "", true
	}
	return "", "", false
}

// named finds the button that a text names.
func named(text string, buttons [][]flow.FaceButton) (action string, ok bool) {
	said := bahasa.Normalize(text)
	for _, row := range buttons {
		for _, b := range row {
			label := strings.TrimLeftFunc(b.Label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if label != "" && said == bahasa.Normalize(label) {
				return b.Action, true
			}
		}
	}
	return "", false
}
