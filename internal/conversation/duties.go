package conversation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
)

// toDuties shows what the person was told and has not done yet.
func (v *visit) toDuties() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(todo)
}

// told are the duties that she was told of, and has not answered just now.
func (v *visit) toldDuties() ([]duty, error) {
	all, err := v.duties()
	return slices.DeleteFunc(all, func(d duty) bool {
		if d.ToldAt.IsZero() {
			return true
		}
		for _, c := range v.plan.Reminding.Closed {
			if c.ID == d.ID() {
				return true
			}
		}
		return false
	}), err
}

// dutiesFace is the list.
func (v *visit) dutiesFace() (flow.Face, bool, error) {
	all, err := v.toldDuties()
	if err != nil {
		return flow.Face{}, false, err
	}
	lines := []string{v.t.Text("remind.list")}
	if len(all) == 0 {
		lines = []string{v.t.Text("remind.none")}
	}
	items := make([]item, 0, len(all))
	for _, d := range all {
		line, err := v.dutyLine(d)
		if err != nil {
			return flow.Face{}, false, err
		}
		lines = append(lines, "• "+line)
		items = append(items, item{d.ID(), v.tellers[d.Rule].icon + " " + v.dutyName(d)})
	}
	face := flow.Face{Text: strings.Join(lines, "\n"), Buttons: v.list(items, "duty")}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// dutyName is what a duty is called on its button.
func (v *visit) dutyName(d duty) string {
	if t := v.tellers[d.Rule]; t.title != "" {
		return v.t.Text(t.title)
	}
	return d.Subject.ID()
}

// toDuty shows one of them.
func (v *visit) toDuty(place string) error {
	id, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	v.m.Page = Page{About: id}
	return v.turnedTo(oneDuty)
}

// theDuty is the one on the card.
func (v *visit) theDuty() (duty, bool, error) {
	all, err := v.toldDuties()
	i := slices.IndexFunc(all, func(d duty) bool { return d.ID() == v.m.Page.About })
	if err != nil || i < 0 {
		return duty{}, false, err
	}
	return all[i], true, nil
}

// dutyFace is its card.
func (v *visit) dutyFace() (flow.Face, bool, error) {
	d, ok, err := v.theDuty()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	line, err := v.dutyLine(d)
	if err != nil {
		return flow.Face{}, false, err
	}
	face := flow.Face{Text: line}
	if more := v.tellers[d.Rule].more; more != nil {
		lines, err := more(v, d)
		if err != nil {
			return flow.Face{}, false, err
		}
		face.Text = strings.Join(append([]string{line}, lines...), "\n")
	}
	for _, b := range v.actButtons(d, "act:") {
		face.Buttons = append(face.Buttons, []flow.FaceButton{b})
	}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("⬅️", "card.back", "duties"), v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// doDuty does something about it.
func (v *visit) doDuty(place string) error {
	d, ok, err := v.theDuty()
	if err != nil || !ok {
		v.toast = "say.stale"
		return v.staleUnless(err)
	}
	i, err := strconv.Atoi(place)
	if err != nil {
		return v.refuse()
	}
	return v.act1(d, i)
}
