package conversation

import (
	"fmt"
	"strconv"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// Each of the staff may choose the hours within which she is told things; then they hold instead of the
// house's.

// hoursChoices are those that can be chosen, the last for whoever works at night.
func hoursChoices() []reminder.Span {
	all := []reminder.Span{{From: 7, To: 20}, {From: 8, To: 17}, {From: 9, To: 20}, {From: 16, To: 21}, {From: 20, To: 5}}
	for i := range all {
		all[i].From, all[i].To = all[i].From*60, all[i].To*60
	}
	return all
}

// ownHours are those that the person has chosen; the zero Span when she has chosen none.
func (v *visit) ownHours() (reminder.Span, error) {
	for _, h := range v.plan.Reminding.Hours {
		if h.Person == v.person.ID {
			return reminder.Span{From: h.From, To: h.To}, nil
		}
	}
	own, err := v.Store.StaffHours(v.ctx, v.person.ID)
	if err != nil {
		return own, fmt.Errorf("look at her hours: %w", err)
	}
	return own, nil
}

// mayRemind is the first time from t on at which the person may be told something, in her own hours.
func (v *visit) mayRemind(t time.Time) (time.Time, error) {
	own, err := v.ownHours()
	return v.Reminders.Settings().ForStaff(v.person, own, t), err
}

// span writes hours as people read them.
func span(s reminder.Span) string {
	at := func(minutes int) string { return fmt.Sprintf("%02d.%02d", minutes/60, minutes%60) }
	return at(s.From) + "–" + at(s.To)
}

// hoursLine says within which hours the person is told things.
func (v *visit) hoursLine() (string, error) {
	own, err := v.ownHours()
	if own == (reminder.Span{}) {
		own = v.Reminders.Settings().Hours
	}
	return v.t.Format("hours.line", map[string]any{"Hours": span(own)}), err
}

// toHours shows what she can choose.
func (v *visit) toHours() error { return v.turnedTo(myHours) }

// hoursFace is that card.
func (v *visit) hoursFace() (flow.Face, bool, error) {
	own, err := v.ownHours()
	if err != nil {
		return flow.Face{}, false, err
	}
	line, err := v.hoursLine()
	face := flow.Face{Text: line + "\n\n" + v.t.Text("hours.ask")}
	mark := func(on bool) string {
		if on {
			return "✔️ "
		}
		return ""
	}
	var row []flow.FaceButton
	for i, s := range hoursChoices() {
		row = append(row, flow.FaceButton{Label: mark(s == own) + span(s), Action: "hour:" + strconv.Itoa(i)})
		if len(row) == 2 {
			face.Buttons, row = append(face.Buttons, row), nil
		}
	}
	row = append(row, flow.FaceButton{Label: mark(own == reminder.Span{}) + v.t.Text("hours.house"), Action: "hour:house"})
	face.Buttons = append(face.Buttons, row, []flow.FaceButton{v.button("⬅️", "card.back", "me"), v.button("☰", "card.menu", "menu")})
	return face, true, err
}

// setHours chooses hours, or gives them up. What waits for the former ones is told when the new ones let it.
func (v *visit) setHours(choice string) error {
	h := turn.Hours{Person: v.person.ID}
	if choice != "house" {
		all := hoursChoices()
		i, err := strconv.Atoi(choice)
		if err != nil || i < 0 || i >= len(all) {
			return v.refuse()
		}
		h.From, h.To = all[i].From, all[i].To
	}
	v.plan.Reminding.Hours = append(v.plan.Reminding.Hours, h)
	v.audit("person.hours", v.person.ID)
	waiting, err := v.duties(program.Reminder.Waits)
	if err != nil {
		return err
	}
	at, err := v.mayRemind(v.u.At)
	if err != nil {
		return err
	}
	for _, d := range waiting {
		if d.Held == program.HeldNight && d.At.After(v.u.At) {
			v.putOff([]duty{d}, at, program.HeldNight)
		}
	}
	v.toast = "hours.saved"
	return v.turnedTo(myHours)
}
