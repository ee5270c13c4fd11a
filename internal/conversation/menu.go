package conversation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// The menu has what somebody needs most on a few big buttons, before them what the right next step
// is, and everything else one level below.

// bigButtons are what each role needs most, in the order in which it stands there: a flow, or one
// of the house's own buttons. What a role has no right to does not stand there.
func bigButtons(r program.Role) []string {
	switch r {
	case program.Chair:
		return []string{"week", "matters:proposal", "matters:case", "matters:session"}
	case program.Secretary:
		return []string{"matters:session", "matters:selection", "matters:partner", "matters:task"}
	case program.Treasurer:
		return []string{"matters:aid", "matters:selection"}
	case program.Coordinator, program.Companion:
		return []string{"flow:kunjungan", "flow:usaha", "friends", "matters:session"}
	case program.Beneficiary:
	}
	return nil
}

// menuFace offers the right next step, the interrupted reports, what she needs most, and a way to
// the rest; to those who may see it, it shows how much was reported this week.
func (v *visit) menuFace() (flow.Face, error) {
	face := flow.Face{Text: v.t.Format("card.menu_hello", v.names())}
	if v.may(program.SeeWeek) {
		figures, err := v.weekFigures()
		if err != nil {
			return face, err
		}
		args := v.names()
		args["Figures"] = figures
		face.Text = v.t.Format("card.menu_hello_reader", args)
	}
	next, err := v.nextSteps()
	if err != nil {
		return face, err
	}
	for _, b := range next {
		face.Buttons = append(face.Buttons, []flow.FaceButton{b})
	}
	for i, d := range v.m.Parked {
		if f, run := v.flowOf(d.Run); f != nil && !v.expired(d.Touched) && v.may(program.ReportDeed(f.ID)) {
			face.Buttons = append(face.Buttons, []flow.FaceButton{
				{Label: "▶️ " + strings.TrimSpace(v.t.Plain("card.draft", v.draftArgs(f, run))), Action: "draft:" + strconv.Itoa(i)},
			})
		}
	}
	big, rest := v.offers()
	face.Buttons = append(face.Buttons, slices.Collect(slices.Chunk(big, 2))...)
	last := []flow.FaceButton{v.button("❓", "card.help", "help")}
	if len(rest) > 0 {
		last = append([]flow.FaceButton{v.button("➕", "card.rest", "more")}, last...)
	}
	face.Buttons = append(face.Buttons, last)
	return face, nil
}

// moreFace is everything else.
func (v *visit) moreFace() (flow.Face, bool, error) {
	_, rest := v.offers()
	face := flow.Face{Text: v.t.Text("card.more_hello"), Buttons: slices.Collect(slices.Chunk(rest, 2))}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// offers are all buttons that lead somewhere, those that are needed most first.
func (v *visit) offers() (big, rest []flow.FaceButton) {
	all := slices.Concat(v.flowButtons(), v.nounButtons(), v.houseButtons())
	for _, action := range bigButtons(v.person.Role) {
		if i := slices.IndexFunc(all, func(b flow.FaceButton) bool { return b.Action == action }); i >= 0 {
			big = append(big, all[i])
			all = slices.Delete(all, i, i+1)
		}
	}
	return big, all
}

// flowButtons are the flows that she may start from here.
func (v *visit) flowButtons() []flow.FaceButton {
	var all []flow.FaceButton
	for _, f := range v.mine() {
		if !f.Unlisted {
			all = append(all, flow.FaceButton{Label: f.Icon + " " + v.t.Text(f.TitleKey()), Action: "flow:" + f.ID})
		}
	}
	return all
}

// nounButtons lead to the matters of each kind that she may see.
func (v *visit) nounButtons() []flow.FaceButton {
	var all []flow.FaceButton
	for _, n := range v.nouns {
		if v.listed(n) {
			all = append(all, v.button(n.icon, n.title, "matters:"+string(n.kind)))
		}
	}
	return all
}

// listed reports whether the matters of a kind have a place on the menu: what somebody has proposed
// stands on the card of whom it is about.
func (v *visit) listed(n noun) bool {
	return v.may(program.SeeDeed(n.kind)) && (n.kind != program.Proposal || v.may(program.Decide))
}

// houseButtons are what else she has a right to.
func (v *visit) houseButtons() []flow.FaceButton {
	var all []flow.FaceButton
	if v.may(program.Accompany) || v.may(program.SeeAll) {
		all = append(all, v.button("👭", "card.friends", "friends"))
	}
	all = append(all, v.button("📌", "remind.duties", "duties"), v.button("🙋", "team.mine", "me"))
	if v.may(program.SafeContact) {
		all = append(all, v.button("🛡", "card.safety", "cares"))
	}
	if v.may(program.ManageTeam) {
		all = append(all, v.button("👥", "card.staff", "team"))
	}
	if v.may(program.SeeDigest) {
		all = append(all, v.button("📊", "card.week", "week"))
	}
	if v.may(program.OpenNotes) {
		all = append(all, v.button("🔎", "card.notes", "notes"))
	}
	if v.may(program.InfoSheet) {
		all = append(all, v.button("📄", "guests.title", "info"))
	}
	if v.person.HasPIN {
		return append(all, v.button("🔒", "card.lock", "lock"))
	}
	return append(all, v.button("🔒", "card.make_pin", "pin"))
}

// weekFigures says how many reports of each kind there are this week, and nothing else.
func (v *visit) weekFigures() (string, error) {
	today := program.DateOf(v.now)
	figures := make([]string, 0, len(v.Flows))
	for _, f := range v.Flows {
		if f.Save.As != flow.AsReport || f.Unlisted || len(f.Digest) == 0 {
			continue
		}
		n, err := v.Store.CountAllReports(v.ctx, f.ID, today.WeekStart(), today)
		if err != nil {
			return "", fmt.Errorf("count the week: %w", err)
		}
		figures = append(figures, v.t.Plain("card.figure", map[string]any{"Title": v.t.Text(f.TitleKey()), "Count": n}))
	}
	return strings.Join(figures, ", "), nil
}
