package conversation

import (
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// She asks to be called with one tap, and nobody asks her why (program.md row 115). Who accompanies
// her hears of it at once, by code; when it suits her can be said with a second tap.

// askCall notes that she would like to be called, and lets her companion know. While she waits
// already, it changes nothing. What her card shows then is for whoever asks.
func (v *visit) askCall() error {
	open, err := v.openCall(v.person.ID)
	if err != nil || open.ID != "" {
		return err
	}
	r := v.request(program.AskCall)
	r.Due = v.u.At.Add(program.CallLife)
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, r)
	v.audit("call.ask", v.person.ID)
	return v.passOn(r)
}

// callMe is the button for it.
func (v *visit) callMe() error {
	if err := v.askCall(); err != nil {
		return err
	}
	return v.herTo(herCall)
}

// openCall is a participant's wish to be called, if she still waits when this turn is over.
func (v *visit) openCall(code string) (program.Request, error) {
	return v.openRequest(code, program.AskCall)
}

// openRequest is what a participant asked for, if it is still open when this turn is over.
func (v *visit) openRequest(code string, kind program.RequestKind) (program.Request, error) {
	for _, r := range slices.Backward(v.plan.Safety.Requests) { // the latest word on it
		if r.Participant == code && r.Kind == kind {
			if r.DoneAt.IsZero() {
				return r, nil
			}
			return program.Request{}, nil
		}
	}
	all, err := v.Store.OpenRequests(v.ctx, code)
	if err != nil {
		return program.Request{}, fmt.Errorf("look at the open requests: %w", err)
	}
	for _, r := range all {
		if r.Kind == kind {
			return r, nil
		}
	}
	return program.Request{}, nil
}

// herCallView asks when it suits her, and afterwards says what was understood. On a phone that others
// use it names nobody.
func (v *visit) herCallView() (hers, error) {
	r, err := v.openCall(v.person.ID)
	if err != nil {
		return hers{}, err
	}
	off := v.button("✖️", "hers.call_off", "h.calloff")
	switch {
	case r.ID == "": // she was called meanwhile
		return v.pageOf(discreet.PageNothing, nil), nil
	case r.Wish != program.CallAnyTime:
		return v.pageOf(discreet.PageCallWish, map[string]any{"When": v.t.Text(wishKey(r.Wish))}, []flow.FaceButton{off}), nil
	}
	key, args := discreet.PageCallQuiet, map[string]any(nil)
	companion, ok, err := v.companion(v.person.ID)
	if err != nil {
		return hers{}, err
	}
	if ok && !v.lacksPIN() {
		key, args = discreet.PageCall, map[string]any{"Name": companion.Name}
	}
	return v.pageOf(key, args,
		[]flow.FaceButton{v.button("🌅", "hers.morning", "h.when:"+string(program.CallMorning)), v.button("☀️", "hers.noon", "h.when:"+string(program.CallNoon))},
		[]flow.FaceButton{v.button("🌇", "hers.afternoon", "h.when:"+string(program.CallAfternoon)), v.button("⏰", "hers.now", "h.when:"+string(program.CallNow))},
		[]flow.FaceButton{off},
	), nil
}

// wishCall takes when it suits her.
func (v *visit) wishCall(when string) error {
	wish := program.CallWish(when)
	if !slices.Contains(program.CallWishes(), wish) {
		return v.refuse()
	}
	r, err := v.openCall(v.person.ID)
	if err != nil {
		return err
	}
	if r.ID == "" || r.Wish != program.CallAnyTime {
		return v.herTo(herCall)
	}
	told := v.toldOf(r)
	r.Wish = wish
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, r)
	switch {
	case told:
		err = v.tellWish(r)
	case wish == program.CallNow: // it is night, and she does not want to wait
		err = v.passOn(r)
	}
	if err != nil {
		return err
	}
	return v.herTo(herCall)
}

// tellWish lets her companion know when it suits her.
func (v *visit) tellWish(r program.Request) error {
	p, ok, err := v.companion(r.Participant)
	if ok {
		t := v.Words(p.Lang)
		v.tell(p, t.Format("say.call_wish", map[string]any{"Code": r.Participant, "When": t.Text(wishKey(r.Wish))}))
	}
	return err
}

// callOff takes the wish back.
func (v *visit) callOff() error {
	r, err := v.openCall(v.person.ID)
	if err != nil {
		return err
	}
	if r.ID != "" {
		v.endCall(r, v.person.ID)
		v.audit("call.off", v.person.ID)
		if v.toldOf(r) {
			if err := v.tellCompanion(r.Participant, "say.call_off", map[string]any{"Code": r.Participant}); err != nil {
				return err
			}
		}
	}
	return v.noted(discreet.PageCallOff)
}

// endCall ends a wish to be called.
func (v *visit) endCall(r program.Request, by string) {
	r.DoneAt, r.DoneBy = v.u.At, by
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, r)
}

// callNot ends her wish to be called, if she has one: since her kata aman came, nobody is to call her
// but as agreed.
func (v *visit) callNot() error {
	r, err := v.openCall(v.person.ID)
	if err == nil && r.ID != "" {
		v.endCall(r, "system")
	}
	return err
}

// wishKey names a time of the day.
func wishKey(w program.CallWish) string {
	keys := map[program.CallWish]string{
		program.CallAnyTime: "wish.any", program.CallMorning: "wish.morning", program.CallNoon: "wish.noon",
		program.CallAfternoon: "wish.afternoon", program.CallNow: "wish.now",
	}
	return keys[w]
}

// passOn tells a participant's companion that she would like to be called, or sees to it that she is
// told in the morning: only who wants it now is told of in the night.
func (v *visit) passOn(r program.Request) error {
	at := v.u.At.In(v.Zone)
	if !v.toldOf(r) {
		v.expectCall(r, v.waking(at))
		return nil
	}
	companion, ok, err := v.companion(r.Participant)
	if err != nil {
		return err
	}
	if ok {
		v.promptCall(companion, r)
	} else if err := v.tellChairs("say.call_nobody", map[string]any{"Code": r.Participant}); err != nil {
		return err
	}
	if next, more := program.RemindsOfCall(r, v.firstTold(r), at); more {
		v.expectCall(r, v.waking(next))
	}
	return nil
}

// firstTold is when her companion heard of it first, or will.
func (v *visit) firstTold(r program.Request) time.Time { return v.waking(r.At) }

// toldOf reports whether her companion knows of it by now.
func (v *visit) toldOf(r program.Request) bool {
	return r.Wish == program.CallNow || !v.u.At.Before(v.firstTold(r))
}

// expectCall sets when it is looked next whether she still waits.
func (v *visit) expectCall(r program.Request, at time.Time) {
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueCall + r.Participant, At: at})
}
