package conversation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// Whom a session is for: those who may be invited as toggles, and groups that are invited with one
// tap. A companion invites those whom she accompanies; of others, whoever may not know the alias sees
// the code alone.

// among reports whether a participant is one of them.
func among(all []program.Participant, code string) bool {
	return slices.ContainsFunc(all, func(p program.Participant) bool { return p.Code == code })
}

// guests are the participants whom the person may invite, and whose attendance she may note.
func (v *visit) guests() ([]program.Participant, error) {
	if v.rights.Scope(v.person.Role, program.Invite) != program.Everybody {
		return v.caseload()
	}
	all, err := v.everybody()
	if err != nil || v.may(program.SeeAll) {
		return all, err
	}
	hers, err := v.caseload()
	if err != nil {
		return nil, err
	}
	all = slices.Clone(all)
	for i := range all {
		if !among(hers, all[i].Code) {
			all[i].Alias = ""
		}
	}
	return all, nil
}

// places are those in a session, of a participant, or both, as this very turn leaves them.
func (v *visit) places(session, code string) ([]program.Attendance, error) {
	all, err := v.Store.Attendance(v.ctx, session, code)
	if err != nil {
		return nil, fmt.Errorf("look who is invited: %w", err)
	}
	for _, now := range v.plan.Way.Attended {
		if session != "" && now.Session != session || code != "" && now.Participant != code {
			continue
		}
		i := slices.IndexFunc(all, func(a program.Attendance) bool {
			return a.Session == now.Session && a.Participant == now.Participant
		})
		if i < 0 {
			all = append(all, now)
			continue
		}
		old := &all[i]
		old.Withdrawn = now.Withdrawn
		if !now.InvitedAt.IsZero() {
			old.InvitedAt = now.InvitedAt
		}
		if !now.RepliedAt.IsZero() {
			old.Reply, old.RepliedAt = now.Reply, now.RepliedAt
		}
		if now.Came != program.NotNoted {
			old.Came, old.Outcome = now.Came, now.Outcome
		}
	}
	return all, nil
}

// placeOf is the place of a participant among them; the zero one when she has none.
func placeOf(all []program.Attendance, code string) program.Attendance {
	i := slices.IndexFunc(all, func(a program.Attendance) bool { return a.Participant == code })
	if i < 0 {
		return program.Attendance{Participant: code}
	}
	return all[i]
}

// toGuests shows one of the lists of a session's guests.
func toGuests(s screen) func(v *visit, m program.Matter) error {
	return func(v *visit, m program.Matter) error {
		v.m.Page = Page{About: m.ID}
		return v.turnedTo(s)
	}
}

// theSession is the session of the card, while people may be invited to it; false when it is over,
// called off, or not hers to see.
func (v *visit) theSession() (program.Matter, bool, error) {
	m, ok, err := v.theMatter()
	return m, ok && m.Kind == program.Session && v.may(program.Invite) && v.ahead(m), err
}

// inviteFace is whom to invite.
func (v *visit) inviteFace() (flow.Face, bool, error) {
	m, all, places, ok, err := v.ofSession()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	invited, items := 0, make([]item, 0, len(all))
	for _, a := range places {
		if a.Invited() {
			invited++
		}
	}
	for _, p := range all {
		icon := "⬜ "
		if placeOf(places, p.Code).Invited() {
			icon = "✅ "
		}
		items = append(items, item{p.Code, icon + flow.Pick{Ref: p.Code, Label: p.Alias}.Name()})
	}
	lines := []string{v.sessionHead("sessions.invite_hello", m), v.guestsLine(m, invited)}
	if len(all) == 0 {
		lines = append(lines, v.t.Text("sessions.invite_none"))
	}
	face := flow.Face{Text: strings.Join(lines, "\n")}
	groups, err := v.groups(m, all, places)
	if err != nil {
		return face, false, err
	}
	for _, g := range groups {
		if n := len(g.codes); n > 0 {
			label := v.t.Plain("sessions.group", map[string]any{"Group": g.name, "Count": n})
			face.Buttons = append(face.Buttons, []flow.FaceButton{{Label: g.icon + " " + label, Action: "group:" + g.id}})
		}
	}
	face.Buttons = append(face.Buttons, v.list(items, "invitee")...)
	face.Buttons = append(face.Buttons, v.backToSession())
	return face, true, nil
}

// sessionHead names the session above a list of its guests.
func (v *visit) sessionHead(key string, m program.Matter) string {
	return v.t.Format(key, map[string]any{"Code": m.Code(), "Label": sessionLabel(v, m)})
}

// guestsLine says how many are invited, and how many may be.
func (v *visit) guestsLine(m program.Matter, invited int) string {
	if quota := m.Fields.Get("kuota"); quota != "" {
		return v.t.Format("sessions.guests_quota", map[string]any{"Invited": invited, "Quota": quota})
	}
	return v.t.Format("sessions.guests", map[string]any{"Invited": invited})
}

func (v *visit) backToSession() []flow.FaceButton {
	return []flow.FaceButton{v.button("⬅️", "card.back", "session"), v.button("☰", "card.menu", "menu")}
}

// candidates are whom the person may invite to a session, those whom it suits first, with everybody's
// place in it.
func (v *visit) candidates(m program.Matter) ([]program.Participant, []program.Attendance, error) {
	all, err := v.guests()
	if err != nil {
		return nil, nil, err
	}
	places, err := v.places(m.ID, "")
	if err != nil {
		return nil, nil, err
	}
	kind, group := kindOf(m), m.Fields.Get("konsentrasi")
	var first, then []program.Participant
	for _, p := range all {
		switch {
		case kind.Suits(p, group):
			first = append(first, p)
		case p.Stage.Active() || placeOf(places, p.Code).Invited():
			then = append(then, p)
		}
	}
	return append(first, then...), places, nil
}

// guestGroup are those who can be invited with one tap: who is invited already is left out.
type guestGroup struct {
	id, icon, name string
	codes          []string
}

// groups are those that fit a session.
func (v *visit) groups(m program.Matter, all []program.Participant, places []program.Attendance) ([]guestGroup, error) {
	kind, field := kindOf(m), m.Fields.Get("konsentrasi")
	stage := guestGroup{id: "stage", icon: "✨", name: v.t.Text("sessions.group_stage")}
	if kind.Stage() == "" {
		stage = guestGroup{id: "stage", icon: "👭", name: v.t.Text("sessions.group_everybody")}
	}
	again := guestGroup{id: "again", icon: "💬", name: v.t.Text("sessions.group_again")}
	trained := guestGroup{id: "field", icon: "🧺", name: v.choiceLabel("kegiatan", "konsentrasi", m)}
	came := map[string]bool{}
	if kind == program.Training {
		var err error
		if came, err = v.cameToDialogue(m.ID); err != nil {
			return nil, err
		}
	}
	for _, p := range all {
		if placeOf(places, p.Code).Invited() {
			continue
		}
		if kind.Suits(p, field) {
			stage.codes = append(stage.codes, p.Code)
		}
		if came[p.Code] {
			again.codes = append(again.codes, p.Code)
		}
		if field != "" && field != "semua" && p.Concentration == field {
			trained.codes = append(trained.codes, p.Code)
		}
	}
	if slices.Equal(trained.codes, stage.codes) {
		trained.codes = nil
	}
	return []guestGroup{stage, again, trained}, nil
}

// cameToDialogue are those who were at a temu wicara and are not invited to a BIMTEK other than this
// one (program.md row 68).
func (v *visit) cameToDialogue(but string) (map[string]bool, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.Session})
	if err != nil {
		return nil, err
	}
	kinds := map[string]program.SessionKind{}
	for _, m := range all {
		if m.Status != "batal" && m.ID != but {
			kinds[m.ID] = kindOf(m)
		}
	}
	places, err := v.places("", "")
	if err != nil {
		return nil, err
	}
	came, invited := map[string]bool{}, map[string]bool{}
	for _, a := range places {
		came[a.Participant] = came[a.Participant] || kinds[a.Session] == program.Dialogue && a.WasThere()
		invited[a.Participant] = invited[a.Participant] || kinds[a.Session] == program.Training && a.Invited()
	}
	for code := range invited {
		came[code] = came[code] && !invited[code]
	}
	return came, nil
}

// turnGuest invites somebody, or takes the invitation back.
func (v *visit) turnGuest(place string) error {
	code, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	m, all, places, ok, err := v.ofSession()
	if err != nil {
		return err
	}
	if !ok || !among(all, code) { // the session is over, or she is not hers any more
		v.toast = "say.stale"
		return v.show()
	}
	a := placeOf(places, code)
	if a.Invited() {
		v.plan.Way.Attended = append(v.plan.Way.Attended, program.Attendance{Session: m.ID, Participant: code, InvitedAt: v.u.At, Withdrawn: true})
		v.audit("session.uninvite", m.ID)
		return v.turnedTo(inviting)
	}
	return v.inviteTo(m, places, code)
}

// ofSession is the session of the card with whom the person may invite to it.
func (v *visit) ofSession() (m program.Matter, all []program.Participant, places []program.Attendance, ok bool, err error) {
	m, ok, err = v.theSession()
	if err != nil || !ok {
		return m, nil, nil, false, err
	}
	all, places, err = v.candidates(m)
	return m, all, places, err == nil, err
}

// inviteGroup invites a group, as far as there are places.
func (v *visit) inviteGroup(id string) error {
	m, all, places, ok, err := v.ofSession()
	if err != nil {
		return err
	}
	if !ok {
		v.toast = "say.stale"
		return v.show()
	}
	groups, err := v.groups(m, all, places)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(groups, func(g guestGroup) bool { return g.id == id })
	if i < 0 {
		return v.refuse()
	}
	return v.inviteTo(m, places, groups[i].codes...)
}

// inviteTo plans invitations, as far as there are places.
func (v *visit) inviteTo(m program.Matter, places []program.Attendance, codes ...string) error {
	left := len(codes)
	if quota, err := strconv.Atoi(m.Fields.Get("kuota")); err == nil {
		for _, a := range places {
			if a.Invited() {
				quota--
			}
		}
		left = max(0, quota)
	}
	for i, code := range codes {
		if i == left {
			v.toast = "sessions.full"
			break
		}
		v.plan.Way.Attended = append(v.plan.Way.Attended, program.Attendance{Session: m.ID, Participant: code, InvitedAt: v.u.At})
		v.audit("session.invite", m.ID)
	}
	return v.turnedTo(inviting)
}
