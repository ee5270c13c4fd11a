package conversation

import (
	"errors"
	"fmt"
	"slices"

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
		items = append(items, item{p.ID, p.Name})
	}
	face := flow.Face{Text: v.t.Text("card.team"), Buttons: v.list(items, "mate")}
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
	return p, p.Active && p.Role.Staff() && v.may(program.ManageTeam), nil
}

// mateFace is her card.
func (v *visit) mateFace() (flow.Face, bool, error) {
	p, ok, err := v.colleague()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	there := func(on bool) string {
		if on {
			return v.t.Text("card.there")
		}
		return v.t.Text("card.not_there")
	}
	face := flow.Face{Text: v.t.Format("card.mate", map[string]any{
		"Name": p.Name, "Role": v.t.Text(roleKey(p.Role)), "Joined": there(p.Chat != 0), "PIN": there(p.HasPIN),
	})}
	row := []flow.FaceButton{v.button("🔗", "card.invite", "invite")}
	if p.HasPIN && p.ID != v.person.ID {
		row = append(row, v.button("🔢", "card.unpin", "sure:unpin"))
	}
	face.Buttons = append(face.Buttons, row)
	if p.ID != v.person.ID {
		row = nil
		if p.Chat != 0 {
			row = append(row, v.button("📵", "card.cut", "sure:cut"))
		}
		face.Buttons = append(face.Buttons, append(row, v.button("🚪", "card.retire", "sure:retire")))
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
	return map[string]string{"cut": "sure.cut", "unpin": "sure.unpin", "retire": "sure.retire"}
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
	if !ok || sureKeys()[do] == "" || who.ID == v.person.ID {
		return v.refuse()
	}
	if do == "retire" {
		if !who.Role.Staff() {
			return v.refuse()
		}
		switch last, err := v.lastChair(who); {
		case err != nil:
			return err
		case last: // nobody would be left to be told of an alarm
			v.said = "say.last_chair"
			return v.back()
		}
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

// lastChair reports whether somebody is the only chair who is still active.
func (v *visit) lastChair(who program.Person) (bool, error) {
	if who.Role != program.Chair {
		return false, nil
	}
	all, err := v.Store.Staff(v.ctx)
	if err != nil {
		return false, fmt.Errorf("look for another chair: %w", err)
	}
	return !slices.ContainsFunc(all, func(p program.Person) bool { return p.Role == program.Chair && p.ID != who.ID }), nil
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
	if !ok {
		return v.refuse()
	}
	v.invite(who.ID)
	v.tellOfAccess(who)
	return v.turnedTo(link)
}
