package conversation

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// The institution's own people: a lost phone is cut off with two taps, and who leaves has no
// access in the same minute, not even to what is open on her screen (safety.md 3.5 rules 11, 12).

// toTeam shows them.
func (v *visit) toTeam() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(team)
}

// teamFace is the list of them.
func (v *visit) teamFace() (flow.Face, bool, error) {
	all, err := v.Store.Staff(v.ctx)
	if err != nil {
		return flow.Face{}, false, fmt.Errorf("find the staff: %w", err)
	}
	items := make([]item, 0, len(all))
	for _, p := range all {
		items = append(items, item{p.ID, v.mateLabel(p)})
	}
	loads, err := v.caseloads(all)
	if err != nil {
		return flow.Face{}, false, err
	}
	face := flow.Face{Text: v.t.Text("card.team") + loads, Buttons: v.list(items, "mate")}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// toMate shows one of them.
func (v *visit) toMate(place string) error {
	id, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	v.m.Page = Page{About: id}
	return v.turnedTo(mate)
}

// colleague is whom the card is about; false when she has left.
func (v *visit) colleague() (program.Person, bool, error) {
	p, err := v.Store.Person(v.ctx, v.m.Page.About)
	if errors.Is(err, turn.ErrNotFound) {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("find a colleague: %w", err)
	}
	return v.planned(p), p.Active && p.Role.Staff() && v.may(program.ManageTeam), nil
}

// mateFace is her card.
func (v *visit) mateFace() (flow.Face, bool, error) {
	p, ok, err := v.colleague()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	lines, err := v.mateLines(p)
	if err != nil {
		return flow.Face{}, false, err
	}
	face := flow.Face{Text: strings.Join(append([]string{v.t.Format("card.mate", map[string]any{
		"Name": p.Name, "Role": v.t.Text(roleKey(p.Role)), "Joined": v.there(p.Chat != 0), "PIN": v.there(p.HasPIN),
	})}, lines...), "\n")}
	var first, second []flow.FaceButton
	if v.above(p) {
		first = append(first, v.button("🔗", "card.invite", "invite"))
		if p.HasPIN && p.ID != v.person.ID {
			first = append(first, v.button("🔢", "card.unpin", "sure:unpin"))
		}
		if p.Chat != 0 && p.ID != v.person.ID {
			second = append(second, v.button("📵", "card.cut", "sure:cut"))
		}
		if p.ID != v.person.ID {
			second = append(second, v.button("🚪", "card.retire", "sure:retire"))
		}
		face.Buttons = append(face.Buttons, v.awayButtons(p))
	}
	for _, row := range [][]flow.FaceButton{first, second} {
		if len(row) > 0 {
			face.Buttons = append(face.Buttons, row)
		}
	}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("⬅️", "card.back", "team"), v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// roleKey names a role.
func roleKey(r program.Role) string {
	keys := map[program.Role]string{
		program.Chair: "role.ketua", program.Secretary: "role.sekretaris", program.Treasurer: "role.bendahara",
		program.Coordinator: "role.koordinator", program.Companion: "role.pendamping", program.Beneficiary: "role.peserta",
	}
	return keys[r]
}

// sureKeys are the questions before what cannot be taken back.
func sureKeys() map[string]string {
	return map[string]string{"cut": "sure.cut", "unpin": "sure.unpin", "retire": "sure.retire", "erase": "sure.erase"}
}

// toSure asks whether it is really meant.
func (v *visit) toSure(do string) error {
	if sureKeys()[do] == "" {
		return v.refuse()
	}
	v.m.Page.Do = do
	return v.turnedTo(sure)
}

// sureFace is that question.
func (v *visit) sureFace() (flow.Face, bool, error) {
	key := sureKeys()[v.m.Page.Do]
	if key == "" {
		return flow.Face{}, false, nil
	}
	who, ok, err := v.about()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	name := who.ID
	if who.Role.Staff() {
		name = who.Name
	}
	return flow.Face{Text: v.t.Format(key, map[string]any{"Who": name}), Buttons: [][]flow.FaceButton{
		{v.button("✔️", "card.really", "really")}, {v.button("⬅️", "card.back", "back")},
	}}, true, nil
}

// about is whom the card is about, staff or participant, if it is her business.
func (v *visit) about() (program.Person, bool, error) {
	if v.may(program.ManageTeam) {
		p, ok, err := v.colleague()
		if ok || err != nil {
			return p, ok, err
		}
	}
	_, her, ok, err := v.ward()
	return her, ok, err
}

// really does what was confirmed.
func (v *visit) really() error {
	do := v.m.Page.Do
	who, ok, err := v.about()
	if err != nil {
		return err
	}
	if ok {
		ok, err = v.mayDo(do, who)
	}
	if err != nil {
		return err
	}
	if !ok {
		return v.refuse()
	}
	if do == "erase" {
		return v.eraseFor(who)
	}
	v.audit("person."+do, who.ID)
	safety := &v.plan.Safety
	switch do {
	case "cut":
		safety.Cut = append(safety.Cut, who.ID)
		v.said = "say.cut"
	case "unpin":
		safety.PINs = append(safety.PINs, turn.PIN{Person: who.ID})
		v.said = "say.unpinned"
		v.tellOfAccess(who)
	case "retire":
		safety.Retired = append(safety.Retired, who.ID)
		v.said = "say.retired"
	}
	if do != "unpin" {
		if err := v.wipe(who); err != nil {
			return err
		}
	}
	if do == "retire" {
		return v.toTeam()
	}
	return v.back()
}

// above reports whether the person may do anything to somebody's access: nobody may to a chair's
// but a chair. Who invites a chair anew could be taken for her.
func (v *visit) above(who program.Person) bool {
	return who.Role != program.Chair || v.person.Role == program.Chair
}

// mayDo reports whether what was confirmed may be done to somebody by the person: nothing to
// herself, nothing to a chair but by another chair, so that there always is one.
func (v *visit) mayDo(do string, who program.Person) (bool, error) {
	switch {
	case sureKeys()[do] == "" || who.ID == v.person.ID || !v.above(who):
		return false, nil
	case do == "retire":
		return who.Role.Staff(), nil
	case do == "erase":
		_, _, hers, err := v.ward()
		return hers, err
	}
	return true, nil
}

// eraseFor asks for a participant's data to be erased in her name: she has said so in person, and
// has no phone here, or not one that is hers alone.
func (v *visit) eraseFor(who program.Person) error {
	if err := v.eraseSoon(who); err != nil {
		return err
	}
	v.said = "say.erasing"
	return v.back()
}

// keepWard takes a participant's request to be erased back: she has changed her mind, and said so.
func (v *visit) keepWard() error {
	_, her, ok, err := v.ward()
	if err != nil {
		return err
	}
	if !ok {
		return v.refuse()
	}
	if err := v.keepOf(her); err != nil {
		return err
	}
	v.said = "say.kept"
	return v.turnedTo(care)
}

// tellOfAccess lets one of the staff know that somebody else has opened a way to what is hers: with
// a link of hers another phone would be taken for her own.
func (v *visit) tellOfAccess(who program.Person) {
	if who.Role.Staff() && who.ID != v.person.ID {
		v.tell(who, v.Words(who.Lang).Format("say.access_changed", map[string]any{"Name": v.person.Name}))
	}
}

// wipe takes everything out of a chat that is not hers any more, as far as Telegram lets it, and
// leaves what a stranger would read.
func (v *visit) wipe(who program.Person) error {
	if who.Chat == 0 {
		return nil
	}
	last := turn.ToHer(discreet.Stranger(v.Words(who.Lang)), nil, nil)
	last.Chat, last.Final = who.Chat, true
	v.plan.Messages = append(v.plan.Messages, last, turn.Message{Form: turn.Commands, Chat: who.Chat})
	v.plan.Settled = append(v.plan.Settled, turn.Due{Chat: who.Chat, Kind: dueLeft + who.ID}) // it is done
	return v.removeAll(who.Chat, who.ID, func(t turn.Trace, card int) bool { return t.Message != card })
}

// inviteShown makes an invitation for whom the card is about, and shows it.
func (v *visit) inviteShown() error {
	who, ok, err := v.about()
	if err != nil {
		return err
	}
	if !ok || !v.above(who) {
		return v.refuse()
	}
	v.invite(who.ID)
	v.tellOfAccess(who)
	return v.turnedTo(link)
}
