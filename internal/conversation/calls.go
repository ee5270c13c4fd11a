package conversation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Who accompanies a participant hears that she would like to be called: at once, once more after
// four hours, and on her menu as long as it is open. After a day the chair hears how many wait.

const (
	promptCall   = "call"  // the prompt with which a companion is told; its subject is the participant's code
	dueCall      = "call." // with her code: the deadline at which it is looked whether she still waits
	dueCallsLate = "calls" // the deadline at which a chair hears how many have waited for a day
)

// promptCall tells a companion, by code only.
func (v *visit) promptCall(p program.Person, r program.Request) {
	t := v.Words(p.Lang)
	text := t.Format("say.call", map[string]any{"Code": r.Participant, "When": t.Text(wishKey(r.Wish))})
	v.prompt(p, promptCall, r.Participant, text,
		flow.FaceButton{Label: "📞 " + t.Text("card.called"), Action: "done"}, flow.FaceButton{Label: "🕐 " + t.Text("card.call_later"), Action: "later"})
}

// called notes that she was called, or was found already.
func (v *visit) called(p turn.Prompt) error {
	key, err := v.noteCalled(p.Subject)
	if err == nil {
		v.repaint(v.t.Format(key, map[string]any{"Code": p.Subject}))
	}
	return err
}

// noteCalled ends a participant's wish and gives what is said about it.
func (v *visit) noteCalled(code string) (said string, err error) {
	r, err := v.openCall(code)
	if err != nil || r.ID == "" {
		return "say.call_over", err
	}
	v.endCall(r, v.person.ID)
	v.audit("call.done", code)
	return "say.call_thanks", nil
}

// callLater leaves it open: she is reminded.
func (v *visit) callLater(p turn.Prompt) error {
	v.repaint(v.t.Format("say.call_later", map[string]any{"Code": p.Subject}))
	return nil
}

// stillWaits looks whether a participant still waits to be called, whosever the chat is by now, and
// tells her companion; after a day, the chairs. While she must not be written to, nobody is told to
// call her either.
func (v *visit) stillWaits(code string) error {
	v.settle()
	r, err := v.openCall(code)
	if err != nil {
		return err
	}
	if r.ID == "" {
		return v.commit()
	}
	her, err := v.Store.Person(v.ctx, code)
	switch {
	case err != nil:
		return fmt.Errorf("find who waits to be called: %w", err)
	case v.u.At.Before(her.Safe.SilentUntil):
		return v.commit()
	case !v.awake():
		v.expectCall(r, v.waking(v.u.At))
	case v.u.At.Before(r.Due):
		err = v.passOn(r)
	default:
		err = v.expectLate()
	}
	if err != nil {
		return err
	}
	return v.commit()
}

// expectLate has every chair told within the hour how many wait: one message, however many they are.
func (v *visit) expectLate() error {
	chairs, err := v.staff(program.Chair)
	hour := v.u.At.Truncate(time.Hour).Add(time.Hour)
	for _, p := range chairs {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: p.Chat, Kind: dueCallsLate, At: v.waking(hour), Keep: true})
	}
	return err
}

// callsLate tells a chair how many participants have waited for more than a day, and not who.
func (v *visit) callsLate() error {
	v.settle()
	if !v.may(program.SeeDigest) {
		return nil
	}
	all, err := v.Store.OpenRequests(v.ctx, "*")
	if err != nil {
		return fmt.Errorf("count who waits to be called: %w", err)
	}
	n := 0
	for _, r := range all {
		if r.Kind == program.AskCall && !v.u.At.Before(r.Due) {
			n++
		}
	}
	if n > 0 {
		v.tell(v.person, v.t.Format("say.calls_late", map[string]any{"Count": n}))
	}
	return nil
}

// calls are those of whom she accompanies who wait to be called, the longest first.
func (v *visit) calls() ([]program.Request, error) {
	all, err := v.Store.OpenRequests(v.ctx, v.person.ID)
	if err != nil {
		return nil, fmt.Errorf("look who waits to be called: %w", err)
	}
	return slices.DeleteFunc(all, func(r program.Request) bool {
		return r.Kind != program.AskCall || slices.ContainsFunc(v.plan.Safety.Requests, func(done program.Request) bool { return done.ID == r.ID && !done.DoneAt.IsZero() })
	}), nil
}

// openCalls offers to see who waits to be called.
func (v *visit) openCalls() (*flow.FaceButton, error) {
	open, err := v.calls()
	if err != nil || len(open) == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "📞 " + v.t.Plain("next.calls", map[string]any{"Count": len(open)}), Action: "calls"}, nil
}

// toCalls shows who waits.
func (v *visit) toCalls() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(calls)
}

// callsFace is the list: codes, when it suits them, since when they wait; or the question whether one of
// them was called.
func (v *visit) callsFace() (flow.Face, bool, error) {
	all, err := v.calls()
	if err != nil {
		return flow.Face{}, false, err
	}
	for _, r := range all {
		if r.Participant == v.m.Page.Do {
			text := v.t.Format("wish.sure", map[string]any{"Code": r.Participant, "When": v.t.Text(wishKey(r.Wish))})
			return v.sureDone(text, v.button("✔️", "card.called", "reach"), "calls"), true, nil
		}
	}
	lines := []string{v.t.Text("card.calls")}
	items := make([]item, 0, len(all))
	for i, r := range all {
		lines = append(lines, v.t.Format("wish.line", map[string]any{
			"N": i + 1, "Code": r.Participant, "When": v.t.Text(wishKey(r.Wish)), "Since": v.moment(r.At),
		}))
		items = append(items, item{r.Participant, strconv.Itoa(i+1) + ". " + r.Participant})
	}
	if len(all) == 0 {
		lines = append(lines, v.t.Text("asked.none"))
	}
	face := flow.Face{Text: strings.Join(lines, "\n"), Buttons: v.list(items, "called")}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// didCall notes from the list that somebody was called; whom she accompanies is looked up again.
func (v *visit) didCall() error {
	code := v.m.Page.Do
	switch hers, err := v.accompanies(code); {
	case err != nil:
		return err
	case !hers:
		return v.refuse()
	}
	said, err := v.noteCalled(code)
	if err != nil {
		return err
	}
	if said == "say.call_over" { // she took it back, or it is noted already
		v.toast = "say.stale"
		return v.toCalls()
	}
	v.said = "say.request_done"
	return v.toMenu()
}
