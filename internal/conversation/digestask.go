package conversation

import (
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// When nothing at all was noted in a week, the chair may have the team asked about it: kindly, once, and
// each of them within her hours.

// dueAskTeam is the deadline at which somebody is asked about a week; its Monday follows.
const dueAskTeam = "askweek."

// offerToAsk offers to ask the team, unless somebody has had it asked.
func (v *visit) offerToAsk(face flow.Face, w digest.Week) (flow.Face, error) {
	asked, err := v.Store.AskedOfWeek(v.ctx, w)
	if err != nil {
		return face, fmt.Errorf("look whether the team was asked: %w", err)
	}
	if asked || slices.ContainsFunc(v.plan.Weeks, func(s turn.WeekSeen) bool { return s.Asked && s.Week == w.Monday() }) {
		return face, nil
	}
	face.Text += "\n" + v.t.Text("digest.quiet_ask")
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("💬", "digest.ask", "askteam"), v.button("🕊️", "digest.no_ask", "noask")})
	return face, nil
}

// askTeam has everybody asked of whom there is nothing.
func (v *visit) askTeam() error {
	f, ok, err := v.theWeek()
	if err != nil {
		return err
	}
	if !ok || !f.Quiet {
		return v.refuse()
	}
	asked, err := v.Store.AskedOfWeek(v.ctx, f.Week)
	if err != nil {
		return fmt.Errorf("look whether the team was asked: %w", err)
	}
	if asked { // another chair was first
		v.toast = "say.stale"
		return v.show()
	}
	staff, err := v.Store.Staff(v.ctx)
	if err != nil {
		return fmt.Errorf("find the team: %w", err)
	}
	for _, p := range staff {
		if p.Chat != 0 && p.Active && slices.Contains(f.Missing.Silent, p.ID) {
			at := v.Reminders.Settings().ForStaff(p, reminder.Span{}, v.u.At)
			v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: p.Chat, Kind: dueAskTeam + string(f.Week), At: at, Keep: true})
		}
	}
	v.plan.Weeks = append(v.plan.Weeks, turn.WeekSeen{Week: f.Week.Monday(), Person: v.person.ID, At: v.u.At, Asked: true})
	v.said = "digest.asked"
	return v.turnedTo(weekly)
}

// askNobody leaves it.
func (v *visit) askNobody() error {
	v.said = "digest.not_asked"
	return v.toMenu()
}

// askedOfWeek asks the person about a week, unless she has written of it meanwhile.
func (v *visit) askedOfWeek(about string) error {
	v.settle()
	w := digest.Week(about)
	if !v.may(program.Accompany) || w.Monday().Time(v.Zone).IsZero() {
		return nil
	}
	at, _, most, err := v.mayTell(nil)
	if err != nil {
		return err
	}
	if most == 0 {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueAskTeam + about, At: at})
		return nil
	}
	for _, f := range v.Flows {
		n, err := v.Store.CountReports(v.ctx, v.person.ID, f.ID, w.Monday(), w.Sunday(), "")
		if err != nil {
			return fmt.Errorf("look whether she has written: %w", err)
		}
		if n > 0 {
			return nil
		}
	}
	args := v.names()
	args["Span"] = digest.Span(v.t, w, false)
	v.tell(v.person, v.t.Format("digest.ask_team", args))
	return nil
}
