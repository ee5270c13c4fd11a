package conversation

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A PIN locks what the chat shows and does, not the chat: after a while without her, the card
// turns into a number pad. Digits are pressed and never written, and what is written meanwhile is
// taken out of the chat and kept until it is open again.

// dueLock is the deadline at which a card that was left alone is covered.
const dueLock = "lock"

// behindMost is how many bytes that are written behind the lock are kept until it is opened.
const behindMost = 16 << 10

// shut reports whether the PIN has to be entered before anything else.
func (v *visit) shut() bool {
	return v.person.HasPIN && v.u.At.Sub(time.Unix(v.m.Active, 0)) >= program.LockAfter
}

// stay notes that she is here, and when the card is to be covered if she does nothing more.
func (v *visit) stay() {
	if !v.person.HasPIN {
		return
	}
	v.m.Active = v.u.At.Unix()
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueLock, At: v.u.At.Add(program.LockAfter)})
}

// dim covers the card of somebody who has been away. Digits that were pressed and left are let go
// of: whoever comes next would have to guess the others only.
func (v *visit) dim() error {
	v.settle()
	if !v.shut() {
		return nil
	}
	v.m.Digits, v.m.PIN = "", nil
	if v.m.Screen == pinAgain {
		v.m.Screen = pinNew
	}
	return v.show()
}

// leavePad lets go of what was pressed on a number pad when another card is shown.
func (v *visit) leavePad(s screen) {
	if s != pinNew && s != pinAgain {
		v.m.Digits, v.m.PIN = "", nil
	}
}

// knock is whatever comes while it is locked.
func (v *visit) knock() error {
	switch v.u.Kind {
	case turn.Press:
		rev, action, ok := strings.Cut(v.u.Data, ".")
		if ok && rev == v.rev() && strings.HasPrefix(action, padKey) {
			return v.dial(action[len(padKey):], v.tryPIN)
		}
		if v.fresh = strings.HasPrefix(v.u.Data, promptMark); v.fresh { // below what was pressed
			if err := v.weekBehind(); err != nil {
				return err
			}
		}
	case turn.Text:
		v.fresh = true
		v.remove()
		if pin, ok := typedPIN(v.u.Text); ok {
			v.m.Digits = pin
			return v.tryPIN()
		}
		if v.may(program.UseMenu) {
			v.said = "say.pin_first"
			if len(v.m.Behind)+len(v.u.Text) < behindMost { // whoever has the phone now cannot fill the records
				v.m.Behind = strings.TrimSpace(v.m.Behind + " " + v.u.Text)
			}
		}
	case turn.Unsupported:
		v.fresh = true
		v.remove()
	case turn.Other, turn.Edited, turn.Group, turn.Blocked, turn.Unblocked, turn.Deadline:
		return nil
	}
	return v.show()
}

// typedPIN finds a PIN that was typed although there is a pad.
func typedPIN(text string) (string, bool) {
	text = strings.TrimSpace(text)
	return text, len(text) >= program.PINLeast && len(text) <= program.PINMost && strings.Trim(text, "0123456789") == ""
}

// padKey precedes a key of the number pad: k0 to k9, kdel, kok.
const padKey = "k"

// dial takes a key of the number pad; done is what happens when all digits are there. The card's
// revision stays the same meanwhile: who types fast must not press keys of yesterday.
func (v *visit) dial(key string, done func() error) error {
	switch {
	case key == "ok" && len(v.m.Digits) >= program.PINLeast:
		return done()
	case key == "del":
		v.m.Digits = v.m.Digits[:max(0, len(v.m.Digits)-1)]
	case len(key) == 1 && strings.Contains("0123456789", key) && len(v.m.Digits) < program.PINMost:
		v.m.Digits += key
	}
	return v.show()
}

// tryPIN looks whether the digits are her PIN. After program.PINTries wrong ones none is taken for
// program.PINBar, and whoever looks after her hears of it.
func (v *visit) tryPIN() error {
	digits := v.m.Digits
	v.m.Digits = ""
	pin, err := v.Store.PIN(v.ctx, v.person.ID)
	if err != nil {
		return fmt.Errorf("open with a PIN: %w", err)
	}
	if v.u.At.Before(pin.Barred) {
		v.said = "say.pin_barred"
		return v.show()
	}
	right, err := v.Seal.PINMatches(pin.Sealed, v.person.ID, digits)
	if err != nil {
		return fmt.Errorf("open with a PIN: %w", err)
	}
	if right {
		pin.Tries, pin.Barred = 0, time.Time{}
		v.plan.Safety.PINs = append(v.plan.Safety.PINs, pin)
		return v.enter()
	}
	pin.Tries++
	v.said = "say.pin_wrong"
	if pin.Tries >= program.PINTries {
		pin.Barred, v.said = v.u.At.Add(program.PINBar), "say.pin_barred"
		v.audit("pin.barred", v.person.ID)
		if err := v.tellBarred(); err != nil {
			return err
		}
	}
	v.plan.Safety.PINs = append(v.plan.Safety.PINs, pin)
	return v.show()
}

// enter opens, and goes on with what was written meanwhile.
func (v *visit) enter() error {
	v.stay()
	v.m.Rev++
	behind := v.m.Behind
	v.m.Behind = ""
	if behind != "" {
		v.fresh, v.kept = true, true
		return v.typed(behind)
	}
	if v.m.Screen == hidden {
		return v.toMenu()
	}
	return v.show()
}

// tellBarred tells whoever looks after somebody that her PIN was tried too often.
func (v *visit) tellBarred() error {
	if v.person.Role == program.Beneficiary {
		return v.tellCompanion(v.person.ID, "say.pin_barred_of", map[string]any{"Who": v.person.ID})
	}
	return v.tellChairs("say.pin_barred_of", map[string]any{"Who": v.person.Name})
}

// padFace is the number pad under a sentence.
func (v *visit) padFace(text string) flow.Face {
	dots := strings.TrimSpace(strings.Repeat("● ", len(v.m.Digits)) + strings.Repeat("○ ", max(0, program.PINLeast-len(v.m.Digits))))
	face := flow.Face{Text: text + "\n\n" + dots}
	for _, row := range []string{"123", "456", "789"} {
		var buttons []flow.FaceButton
		for _, digit := range row {
			buttons = append(buttons, flow.FaceButton{Label: string(digit), Action: padKey + string(digit)})
		}
		face.Buttons = append(face.Buttons, buttons)
	}
	face.Buttons = append(face.Buttons, []flow.FaceButton{
		{Label: "⌫", Action: padKey + "del"}, {Label: "0", Action: padKey + "0"}, {Label: "✔️", Action: padKey + "ok"},
	})
	return face
}

// choosePIN begins with a PIN, or with another one.
func (v *visit) choosePIN() error {
	v.m.Digits, v.m.PIN = "", nil
	v.setAside()
	return v.turnedTo(pinNew)
}

// pad takes a key while a PIN is chosen.
func (v *visit) pad(key string) error {
	return v.dial(key, func() error { return v.chosenPIN(v.m.Digits) })
}

// chosenPIN takes all the digits of a PIN that is chosen, once or once more.
func (v *visit) chosenPIN(digits string) error {
	v.m.Digits = ""
	if v.m.Screen == pinNew {
		return v.firstPIN(digits)
	}
	return v.repeatPIN(digits)
}

// firstPIN keeps what was chosen, sealed, unless it is the first that anybody would try.
func (v *visit) firstPIN(digits string) error {
	if program.EasyPIN(digits) {
		v.said = "say.pin_easy"
		return v.show()
	}
	sealed, err := v.Seal.SealPIN(v.person.ID, digits)
	if err != nil {
		return fmt.Errorf("choose a PIN: %w", err)
	}
	v.m.PIN = sealed
	return v.turnedTo(pinAgain)
}

// repeatPIN sets the PIN when it is the same once more.
func (v *visit) repeatPIN(digits string) error {
	same, err := v.Seal.PINMatches(v.m.PIN, v.person.ID, digits)
	if err != nil {
		return errors.Join(err, v.choosePIN())
	}
	if !same {
		v.said = "say.pin_differs"
		return v.choosePIN()
	}
	v.plan.Safety.PINs = append(v.plan.Safety.PINs, turn.PIN{Person: v.person.ID, Sealed: v.m.PIN})
	v.audit("pin.set", v.person.ID)
	v.m.PIN, v.person.HasPIN, v.said = nil, true, "say.pin_set"
	v.stay()
	if v.person.Role == program.Beneficiary {
		return v.noted(discreet.PagePINSet)
	}
	return v.toMenu()
}
