package conversation

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What she has set herself for the month, in one sentence of her own (program.md row 38). She
// changes it or takes it away whenever she likes; nobody else can, and who accompanies her sees it.

// wantsTarget reports whether a text asks for it.
func wantsTarget(text string) bool {
	switch bahasa.Normalize(text) {
	case "target", "target saya", "target ku", "targetku", "my target":
		return true
	}
	return false
}

// targetOf is what a participant has set herself, as it is when this turn is over; the zero value when
// there is nothing.
func (v *visit) targetOf(code string) (program.Target, error) {
	for _, t := range v.plan.Safety.Targets {
		if t.Code == code {
			return program.Target{Text: t.Text, At: t.At}, nil
		}
	}
	t, err := v.Store.Target(v.ctx, code)
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		return t, fmt.Errorf("look at her target: %w", err)
	}
	return t, nil
}

// openTarget shows it, or asks for one. Nothing is kept of who has not agreed to be accompanied.
func (v *visit) openTarget() error {
	v.m.Echo = false
	consents, err := v.consents()
	if err != nil {
		return err
	}
	t, err := v.targetOf(v.person.ID)
	switch {
	case err != nil:
		return err
	case t.Text != "":
		return v.herTo(herTarget)
	case !consents.Allow(program.Accompaniment, program.DateOf(v.u.At.In(v.Zone))):
		return v.noted(discreet.PageTargetNotYet)
	}
	return v.herTo(herTargetNew)
}

func (v *visit) herTargetView() (hers, error) {
	t, err := v.targetOf(v.person.ID)
	if err != nil {
		return hers{}, err
	}
	if t.Text == "" { // it was kept for its time, and no longer
		return v.pageOf(discreet.PageNothing, nil), nil
	}
	return v.pageOf(discreet.PageOwnNote, map[string]any{"Text": t.Text},
		[]flow.FaceButton{v.button("🌱", "hers.nearer", "h.near"), v.button("🚶", "hers.still", "h.still")},
		[]flow.FaceButton{v.button("✏️", "hers.retarget", "h.retarget"), v.button("🗑", "hers.untarget", "h.untarget")},
	), nil
}

func (v *visit) herTargetNewView() (hers, error) { return v.pageOf(discreet.PageTarget, nil), nil }

// setTarget takes what she typed, unless it says what is kept nowhere.
func (v *visit) setTarget(text string) error {
	text = strings.Join(strings.Fields(text), " ")
	_, private := bahasa.Forbidden(text)
	_, telling := discreet.Unsayable(text)
	switch {
	case private || telling:
		v.note = discreet.PageTargetTrouble
		return v.herShow()
	case len([]rune(text)) > program.TargetMost:
		v.note = discreet.PageTargetLong
		return v.herShow()
	case strings.Trim(text, " .!?-") == "":
		return v.herShow()
	}
	v.keepTarget(text)
	v.audit("target.set", v.person.ID)
	return v.noted(discreet.PageTargetSet)
}

// keepTarget keeps a target from now on; it is shown to her again in a month.
func (v *visit) keepTarget(text string) {
	v.plan.Safety.Targets = append(v.plan.Safety.Targets, turn.Target{Code: v.person.ID, Text: text, At: v.u.At})
}

// targetHolds is what she answered about it: it holds, and what she said is not kept.
func (v *visit) targetHolds(say discreet.PageKey) error {
	t, err := v.targetOf(v.person.ID)
	if err != nil {
		return err
	}
	if t.Text == "" {
		return v.noted(discreet.PageNothing)
	}
	v.keepTarget(t.Text)
	return v.noted(say)
}

// dropTarget takes it away.
func (v *visit) dropTarget() error {
	v.plan.Safety.Targets = append(v.plan.Safety.Targets, turn.Target{Code: v.person.ID})
	v.audit("target.drop", v.person.ID)
	return v.noted(discreet.PageTargetGone)
}

// herLines are what she has said herself, for the card that her companion sees: what she has set
// herself, and that she would like to be called.
func (v *visit) herLines(code string) ([]string, error) {
	hers, err := v.accompanies(code)
	if err != nil || !hers {
		return nil, err
	}
	var lines []string
	t, err := v.targetOf(code)
	if err != nil {
		return nil, err
	}
	if t.Text != "" {
		lines = append(lines, v.t.Format("card.friend_target", map[string]any{"Text": t.Text}))
	}
	r, err := v.openCall(code)
	if err != nil {
		return nil, err
	}
	if r.ID != "" {
		lines = append(lines, v.t.Format("card.friend_call", map[string]any{"When": v.t.Text(wishKey(r.Wish))}))
	}
	return lines, nil
}
