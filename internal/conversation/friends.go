package conversation

import (
	"errors"
	"html"
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// The card of a participant: where she stands, when she was last seen, and everything that can be
// noted about her.

// toFriends shows the participants whom the person may see.
func (v *visit) toFriends() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(friends)
}

// toEnded shows those whose way has ended.
func (v *visit) toEnded() error {
	v.m.Page = Page{Do: friendsEnded}
	return v.turnedTo(friends)
}

// friendsEnded marks the list of those whose way has ended.
const friendsEnded = "ended"

// everAccompanied are those whom the person may see, those whose way has ended after the others.
func (v *visit) everAccompanied() ([]program.Participant, error) {
	all, err := v.visible()
	if err != nil {
		return nil, err
	}
	ended, err := v.ended()
	return slices.Concat(all, ended), err
}

// friendsFace is the list of them.
func (v *visit) friendsFace() (flow.Face, bool, error) {
	all, err := v.visible()
	if err != nil {
		return flow.Face{}, false, err
	}
	ended, err := v.ended()
	if err != nil {
		return flow.Face{}, false, err
	}
	hello, last := "card.friends_hello", []flow.FaceButton{v.button("☰", "card.menu", "menu")}
	switch {
	case v.m.Page.Do == friendsEnded:
		all, hello, last = ended, "way.ended_hello", append([]flow.FaceButton{v.button("⬅️", "card.back", "friends")}, last...)
	case len(ended) > 0:
		last = append([]flow.FaceButton{v.button("🎓", "way.ended", "ended")}, last...)
	}
	items := make([]item, 0, len(all))
	for _, p := range all {
		items = append(items, item{p.Code, flow.Pick{Ref: p.Code, Label: p.Alias}.Name()})
	}
	text := v.t.Format(hello, v.names())
	if len(items) == 0 {
		text = v.t.Text("say.nobody_to_pick")
	}
	face := flow.Face{Text: text, Buttons: v.list(items, "friend")}
	face.Buttons = append(face.Buttons, last)
	return face, true, nil
}

// toFriend shows one of them.
func (v *visit) toFriend(place string) error {
	code, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	v.m.Page = Page{About: code}
	return v.turnedTo(friend)
}

// typedName opens the card of whom a text names by her code or her alias, on whichever page of the list she
// is; false where it is nobody, or more than one.
func (v *visit) typedName(text string) (bool, error) {
	all, open := v.visible, friend
	if v.m.Screen == cares {
		all, open = v.assigned, care
	}
	list, err := all()
	if err != nil {
		return false, err
	}
	picks := make([]flow.Pick, 0, len(list))
	for _, p := range list {
		picks = append(picks, flow.Pick{Ref: p.Code, Label: p.Alias})
	}
	found, ok := flow.Exactly(picks, text)
	if !ok {
		return false, nil
	}
	v.m.Page = Page{About: found.Ref}
	return true, v.turnedTo(open)
}

// theFriend is whom the card is about; false when the person may not see her (any more).
func (v *visit) theFriend() (program.Participant, bool, error) {
	return v.anybody(v.m.Page.About)
}

// friendFace is her card.
func (v *visit) friendFace() (flow.Face, bool, error) {
	p, ok, err := v.theFriend()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	lines := []string{
		"👭 <b>" + html.EscapeString(flow.Pick{Ref: p.Code, Label: p.Alias}.Name()) + "</b>",
		v.t.Format("way.since", map[string]any{"Day": v.day(p.Since), "Stage": v.t.Text(stageKey(p.Stage))}),
	}
	if p.LastSeen != "" {
		lines = append(lines, v.t.Format("card.friend_seen", map[string]any{"Day": v.day(p.LastSeen)}))
	}
	lines = append(lines, v.secondLine(p)...)
	progress, err := v.progressLine(p.Code)
	if err != nil {
		return flow.Face{}, false, err
	}
	said, err := v.herLines(p.Code)
	if err != nil {
		return flow.Face{}, false, err
	}
	signs, err := v.signLines(p.Code)
	if err != nil {
		return flow.Face{}, false, err
	}
	about, err := v.mattersAbout(p.Code)
	if err != nil {
		return flow.Face{}, false, err
	}
	lines = slices.Concat(lines, progress, said, signs)
	face := flow.Face{Text: strings.Join(append(lines, about...), "\n"), Buttons: slices.Collect(slices.Chunk(v.friendMoves(p), 2))}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("⬅️", "card.back", "friends"), v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// mattersAbout are the open matters about a participant that the person may see, a line each.
func (v *visit) mattersAbout(code string) ([]string, error) {
	var lines []string
	for _, n := range v.nouns {
		all, err := v.matters(program.MatterFilter{Kind: n.kind, Participant: code, Open: true})
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			lines = append(lines, n.icon+" "+html.EscapeString(v.matterButton(m))+" · "+v.t.Text(statusKey(m)))
		}
	}
	return lines, nil
}

// friendMoves are the flows that can be started about her.
func (v *visit) friendMoves(p program.Participant) []flow.FaceButton {
	var all []flow.FaceButton
	for _, f := range v.mine() {
		if f.About == flow.Participant && f.Save.As == flow.AsReport && v.suits(f, p) {
			all = append(all, flow.FaceButton{Label: f.Icon + " " + v.t.Text(f.TitleKey()), Action: "about:" + f.ID})
		}
	}
	return all
}

// suits reports whether a flow makes sense at the stage where she is; those that say nothing always do.
func (v *visit) suits(f *flow.Flow, p program.Participant) bool {
	at, some := v.stages[f.ID]
	if p.Stage.Ended() {
		return f.ID == flowStage
	}
	return !some || slices.Contains(at, p.Stage)
}

// aboutFriend begins a flow about her.
func (v *visit) aboutFriend(id string) error {
	p, ok, err := v.theFriend()
	if err != nil {
		return err
	}
	f := v.flowNamed(id)
	if !ok || f == nil || f.About != flow.Participant {
		return v.refuse()
	}
	if some, err := v.agreedTo(f, []program.Participant{p}); err != nil || len(some) == 0 {
		v.said = "scale.not_agreed"
		return errors.Join(err, v.show())
	}
	return v.beginAs(f, p)
}

// flowStages are the stages at which a flow about a participant is offered on her card; a flow
// without a row always is.
func flowStages() map[string][]program.Stage {
	return map[string][]program.Stage{
		"pendataan":   {program.Reached},
		"ajukan":      {program.Registered, program.Waiting},
		"konsentrasi": {program.Choosing},
		flowPropose:   slices.DeleteFunc(program.Stages(), func(s program.Stage) bool { return !program.MayHaveCapital(s) }),
	}
}

// stageKey is the key of what her stage is called by the staff.
func stageKey(s program.Stage) string { return "stage." + string(s) }
