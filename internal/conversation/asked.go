package conversation

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// What participants have asked for about their data has to be done within three days; whoever
// can do it sees the list, the most urgent first (UU 27/2022 Ps. 30, 32, 40-43).

// requests are those that the person is to see: all of them, or those of whom she accompanies.
func (v *visit) requests() ([]program.Request, error) {
	of := v.person.ID
	if v.rights.Scope(v.person.Role, program.SeeRequests) == program.Everybody {
		of = "*"
	}
	all, err := v.Store.OpenRequests(v.ctx, of)
	if err != nil {
		return nil, fmt.Errorf("look at the open requests: %w", err)
	}
	return slices.DeleteFunc(all, func(r program.Request) bool { // what this very turn has ended, and who waits to be called
		return r.Kind == program.AskCall || slices.ContainsFunc(v.plan.Safety.Requests, func(done program.Request) bool { return done.ID == r.ID && !done.DoneAt.IsZero() })
	}), nil
}

// toAsked shows the list.
func (v *visit) toAsked() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(asked)
}

// askedFace is the list: codes, what is asked for, and how long there still is; or the question whether
// one of them was seen to, which is not taken back.
func (v *visit) askedFace() (flow.Face, bool, error) {
	all, err := v.requests()
	if err != nil {
		return flow.Face{}, false, err
	}
	for _, r := range all {
		if r.ID == v.m.Page.Do {
			text := v.t.Format("asked.sure", map[string]any{"Code": r.Participant, "Kind": v.t.Text(requestKey(r.Kind))})
			return v.sureDone(text, v.button("✔️", "asked.did", "did"), "asked"), true, nil
		}
	}
	lines := []string{v.t.Text("card.asked")}
	items := make([]item, 0, len(all))
	for i, r := range all {
		left := max(0, int(math.Ceil(r.Due.Sub(v.now).Hours())))
		lines = append(lines, v.t.Format("asked.line", map[string]any{"N": i + 1, "Code": r.Participant, "Kind": v.t.Text(requestKey(r.Kind)), "Hours": left}))
		if r.Kind != program.AskErasure { // that is done by the machine, in time
			items = append(items, item{r.ID, fmt.Sprintf("%d. %s", i+1, r.Participant)})
		}
	}
	if len(all) == 0 {
		lines = append(lines, v.t.Text("asked.none"))
	}
	face := flow.Face{Text: strings.Join(lines, "\n"), Buttons: v.list(items, "done")}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// requestKey names a kind of request.
func requestKey(k program.RequestKind) string {
	keys := map[program.RequestKind]string{
		program.AskAccess: "asked.akses", program.AskCorrection: "asked.perbaikan", program.AskPause: "asked.jeda",
		program.AskWithdrawal: "asked.tarik_persetujuan", program.AskErasure: "asked.hapus",
		program.AskCopy: "asked.salinan",
	}
	return keys[k]
}

// sureDone asks whether something on a list was really done, before it is off the list for good.
func (v *visit) sureDone(text string, did flow.FaceButton, list string) flow.Face {
	return flow.Face{Text: text, Buttons: [][]flow.FaceButton{
		{did}, {v.button("⬅️", "card.back", list), v.button("☰", "card.menu", "menu")},
	}}
}

// askDone asks whether what is at a place of the list was done.
func (v *visit) askDone(place string) error {
	id, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	v.m.Page.Do = id
	return v.turnedTo(v.m.Screen)
}

// did ends the request that was asked about.
func (v *visit) did() error {
	if v.m.Page.Do == "" {
		return v.refuse()
	}
	all, err := v.requests() // hers, looked up again
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.ID == v.m.Page.Do && r.Kind != program.AskErasure {
			r.DoneAt, r.DoneBy = v.u.At, v.person.ID
			v.plan.Safety.Requests = append(v.plan.Safety.Requests, r)
			v.audit("request.done", r.Participant)
			v.said = "say.request_done"
			return v.turnedTo(menu)
		}
	}
	v.toast = "say.stale"
	return v.toAsked()
}
