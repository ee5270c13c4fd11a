package conversation

import "github.com/dampingi/dampingi/internal/bahasa"

// spoken finds the button of the house's own card that a text names: text is taken wherever a
// button is offered (conversation.md rule 4). Those of the menu are words of the flows anyway.
func (v *visit) spoken(text string) (action string, ok bool) {
	words := map[string]string{} // the key of a label -> what it does
	switch v.m.Screen {
	case offer:
		words = map[string]string{"card.resume": "resume", "card.discard": "discard"}
	case dropped:
		words = map[string]string{"card.restore": "resume"}
	case receipt:
		words = map[string]string{"card.again": "again", "card.undo": "undo"}
	case takenBack:
		words = map[string]string{"card.mend": "mend"}
	case menu:
		if len(v.m.Parked) > 0 {
			words = map[string]string{"card.resume": "draft:0"}
		}
	case blank, running:
	}
	said := bahasa.Normalize(text)
	for key, action := range words {
		if said == bahasa.Normalize(v.t.Plain(key, nil)) {
			return action, true
		}
	}
	return "", false
}
