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

// toDuties shows what the person was told and has not done yet.
func (v *visit) toDuties() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(todo)
}

// toldDuties are what she was told of and has not done, as far as something waits for it, less what she
// has answered just now.
func (v *visit) toldDuties() ([]duty, error) {
	all, err := v.duties(func(r program.Reminder) bool { return !r.ToldAt.IsZero() })
	all = slices.DeleteFunc(all, func(d duty) bool { return d.rule.Light || v.closing(d) })
	for i := range all {
		for _, p := range v.plan.Reminding.PutOff {
			if p.ID == all[i].ID() {
				all[i].At = p.At
			}
		}
	}
	slices.SortStableFunc(all, byUrgency(v.u.At))
	return all, err
}

// dutiesNext offers the list of them.
func (v *visit) dutiesNext() (*flow.FaceButton, error) {
	all, err := v.toldDuties()
	all = slices.DeleteFunc(all, func(d duty) bool { return d.At.After(v.u.At) })
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "📌 " + v.t.Text("remind.duties") + " (" + strconv.Itoa(len(all)) + ")", Action: "duties"}, nil
}

// dutiesFace is the list. What stands on it is told apart by its number: two rules may be about the same
// code.
func (v *visit) dutiesFace() (flow.Face, bool, error) {
	all, err := v.toldDuties()
	if err != nil {
		return flow.Face{}, false, err
	}
	items := make([]item, 0, len(all))
	for i, d := range all {
		label := fmt.Sprintf("%d. %s", i+1, v.tellers[d.Rule].icon)
		if what := v.aboutWhat(d); what != "" {
			label += " " + what
		}
		items = append(items, item{d.ID(), label})
	}
	face := flow.Face{Buttons: v.list(items, "duty")}
	lines := []string{v.t.Text("remind.list")}
	if len(all) == 0 {
		lines = []string{v.t.Text("remind.none")}
	}
	first := v.m.Page.At * listPage
	for i, d := range all[first:min(len(all), first+listPage)] {
		line, err := v.plainLine(d)
		if err != nil {
			return flow.Face{}, false, err
		}
		lines = append(lines, strconv.Itoa(first+i+1)+". "+line+v.putOffMark(d))
	}
	face.Text = strings.Join(lines, "\n")
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// putOffMark says until when a duty is put off.
func (v *visit) putOffMark(d duty) string {
	if !d.At.After(v.u.At) {
		return ""
	}
	return " " + v.t.Format("remind.until", map[string]any{"When": v.moment(d.At)})
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

// dutyFace is its card: what it is, since when it is due, and what can be done about it.
func (v *visit) dutyFace() (flow.Face, bool, error) {
	d, ok, err := v.theDuty()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	line, err := v.dutyLine(d)
	if err != nil {
		return flow.Face{}, false, err
	}
	lines := []string{line + v.putOffMark(d)}
	if more := v.tellers[d.Rule].more; more != nil {
		some, err := more(v, d)
		if err != nil {
			return flow.Face{}, false, err
		}
		lines = append(lines, some...)
	}
	lines = append(lines, v.t.Format("remind.since", map[string]any{"Day": v.day(program.DateOf(d.Due))}))
	face := flow.Face{Text: strings.Join(lines, "\n")}
	for _, b := range v.actButtons(d, "act:") {
		face.Buttons = append(face.Buttons, []flow.FaceButton{b})
	}
	var waits []flow.FaceButton
	for _, w := range v.waits() {
		waits = append(waits, v.button(w.icon, w.label, "wait:"+w.name))
	}
	face.Buttons = append(face.Buttons, waits, []flow.FaceButton{v.button("⬅️", "card.back", "duties"), v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// doDuty does something about it.
func (v *visit) doDuty(place string) error {
	d, ok, err := v.theDuty()
	if err != nil || !ok {
		return v.dutyGone(err)
	}
	i, err := strconv.Atoi(place)
	if err != nil {
		return v.refuse()
	}
	return v.act1(d, i)
}

// dutyGone says that it is done, or not hers any more.
func (v *visit) dutyGone(err error) error {
	if err != nil {
		return err
	}
	v.toast = "say.stale"
	return v.toDuties()
}

// wait is a time to which something can be put off.
type wait struct {
	name, icon, label string // label is a key
	at                time.Time
}

// waits are those that make a difference today.
func (v *visit) waits() []wait {
	var all []wait
	if at, ok := v.thisAfternoon(); ok {
		all = append(all, wait{"later", "🕓", "remind.later_today", at})
	}
	tomorrow, monday := v.today().AddDays(1), v.today().WeekStart().AddDays(oneWeek)
	all = append(all, wait{"tomorrow", "🌅", "remind.tomorrow", v.morningOf(tomorrow)})
	if monday != tomorrow {
		all = append(all, wait{"monday", "📅", "remind.monday", v.morningOf(monday)})
	}
	return all
}

// putOffDuty has it told later.
func (v *visit) putOffDuty(name string) error {
	d, ok, err := v.theDuty()
	if err != nil || !ok {
		return v.dutyGone(err)
	}
	all := v.waits()
	i := slices.IndexFunc(all, func(w wait) bool { return w.name == name })
	if i < 0 {
		return v.dutyGone(nil)
	}
	at, err := v.mayRemind(all[i].at)
	if err != nil {
		return err
	}
	v.putOff([]duty{d}, at, "")
	v.toast = "remind.waits"
	return v.toDuties()
}

// closeDuty notes what became of a duty.
func (v *visit) closeDuty(d duty, e program.Ending) {
	v.plan.Reminding.Closed = append(v.plan.Reminding.Closed, turn.Closed{ID: d.ID(), Ending: e, At: v.u.At})
}
