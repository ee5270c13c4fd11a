package conversation

import (
	"html"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// What those who are invited to a session have answered, and who has to be told of it in person.

// replyIcon shows what somebody has answered.
func replyIcon(r program.Reply) string {
	switch r {
	case program.WillCome:
		return "✅ "
	case program.MayCome:
		return "💭 "
	case program.CannotCome:
		return "🙏 "
	case program.NotReplied:
	}
	return "⬜ "
}

// repliesFace is what those who are invited have answered; what was said in person is noted here.
func (v *visit) repliesFace() (flow.Face, bool, error) {
	m, all, places, ok, err := v.ofSession()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	var items []item
	for _, p := range all {
		if a := placeOf(places, p.Code); a.Invited() {
			items = append(items, item{p.Code, replyIcon(program.ReplyTo(m, a)) + flow.Pick{Ref: p.Code, Label: p.Alias}.Name()})
		}
	}
	lines := []string{v.sessionHead("sessions.replies_hello", m)}
	line, err := v.inPersonLine(m, places)
	if err != nil {
		return flow.Face{}, false, err
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(items) == 0 {
		lines = append(lines, v.t.Text("sessions.replies_none"))
	}
	face := flow.Face{Text: strings.Join(lines, "\n"), Buttons: v.list(items, "reply")}
	face.Buttons = append(face.Buttons, v.backToSession())
	return face, true, nil
}

// turnReply notes what somebody has answered in person: each tap the next answer.
func (v *visit) turnReply(place string) error {
	code, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	m, all, places, ok, err := v.ofSession()
	if err != nil {
		return err
	}
	a := placeOf(places, code)
	if !ok || !among(all, code) || !a.Invited() {
		v.toast = "say.stale"
		return v.show()
	}
	v.plan.Way.Attended = append(v.plan.Way.Attended, program.Attendance{Session: m.ID, Participant: code, Reply: program.ReplyTo(m, a).After(), RepliedAt: v.u.At})
	v.audit("session.reply", m.ID)
	return v.turnedTo(replying)
}

// inPersonLine names those of hers who have to be told of a session in person.
func (v *visit) inPersonLine(m program.Matter, places []program.Attendance) (string, error) {
	if m.Status != "diumumkan" || !v.ahead(m) || !v.may(program.Accompany) {
		return "", nil
	}
	hers, err := v.caseload()
	if err != nil {
		return "", err
	}
	var whom []string
	for _, p := range hers {
		a := placeOf(places, p.Code)
		if !a.Invited() || program.ReplyTo(m, a) != program.NotReplied {
			continue
		}
		at, ok, err := v.tellable(p.Code)
		if err != nil {
			return "", err
		}
		if begins, _ := v.begins(m); ok && at.Before(begins) {
			continue
		}
		whom = append(whom, html.EscapeString(flow.Pick{Ref: p.Code, Label: p.Alias}.Name()))
	}
	if len(whom) == 0 {
		return "", nil
	}
	return v.t.Plain("sessions.in_person", map[string]any{"Whom": strings.Join(whom, ", ")}), nil
}
