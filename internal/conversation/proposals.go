package conversation

import (
	"errors"
	"fmt"
	"html"
	"slices"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What a companion may not do alone she proposes: a stage that only the chair gives, another
// companion for somebody. The chair says yes, or not yet and why.

// proposalNoun is how proposals that wait for the chair are shown.
func proposalNoun() noun {
	return noun{
		kind: program.Proposal, icon: "☝️", title: "matter.proposals", word: "usulan",
		label: (*visit).proposalLabel, lines: (*visit).proposalTells,
		moves: []matterMove{
			{name: "agree", icon: "👍", key: "proposal.agree", deed: program.Decide, fits: undecided, do: (*visit).agreeOnCard},
			{name: "not_yet", icon: "⏳", key: "proposal.not_yet", deed: program.Decide, fits: undecided, do: (*visit).toDecline},
		},
	}
}

// undecided reports whether nobody has decided yet.
func undecided(_ *visit, m program.Matter) bool { return !m.Ended() }

// wayConsequences are what follows from reports that change where a participant stands, or whose she
// is, and who of the staff is there.
func wayConsequences() consequences {
	return consequences{flowStage: (*visit).changeStage, flowHandOver: (*visit).handOver, flowAway: (*visit).goAway, flowSecond: (*visit).nameSecond}
}

// propose opens a proposal about whom a report is about, and asks the chairs. One of a kind waits for
// an answer at a time.
func (v *visit) propose(s *saving, fields program.Fields) error {
	code := s.report.Participant
	open, err := v.Store.Matters(v.ctx, program.MatterFilter{Kind: program.Proposal, Participant: code, Open: true})
	if err != nil {
		return fmt.Errorf("look at the proposals: %w", err)
	}
	for _, m := range open {
		if m.ID != s.report.ID && m.Fields.Get("usul") == s.f.ID {
			return refused{"proposal.waits"}
		}
	}
	m, err := v.newMatter(program.Proposal, s.report.ID)
	if err != nil {
		return err
	}
	// It is its author's and the chair's; whoever accompanies her later sees it, and nobody else.
	m.Participant, m.Owner, m.Fields = code, "", fields
	s.matter = &m
	chairs, err := v.staff(program.Chair)
	for _, p := range chairs {
		t := v.Words(p.Lang)
		text := t.Format("proposal.asks", map[string]any{
			"Name": v.person.Name, "Code": m.Code(), "Whose": code, "What": v.proposalSays(t, m),
		})
		v.prompt(p, promptProposal, m.ID, text,
			flow.FaceButton{Label: "👍 " + t.Text("proposal.agree"), Action: "agree"},
			flow.FaceButton{Label: "⏳ " + t.Text("proposal.not_yet"), Action: "not_yet"})
	}
	return err
}

// isHandover reports whether another companion is proposed.
func isHandover(m program.Matter) bool { return m.Fields.Get("usul") == flowHandOver }

// proposalSays is in few words what is proposed.
func (v *visit) proposalSays(t Words, m program.Matter) string {
	if isHandover(m) {
		return t.Plain("handover.to", map[string]any{"Name": v.staffName(m.Fields.Get("kepada"))})
	}
	return t.Text(stageKey(program.Stage(m.Fields.Get("ke"))))
}

// staffName is what one of the staff is called; empty when she is not there any more.
func (v *visit) staffName(id string) string {
	p, err := v.Store.Person(v.ctx, id)
	if err != nil || !p.Role.Staff() {
		return ""
	}
	return p.Name
}

func (v *visit) proposalLabel(m program.Matter) string { return v.proposalSays(v.t, m) }

// proposalTells is what its card says: from where to where, who says so, and what speaks for it.
func (v *visit) proposalTells(m program.Matter) ([]string, error) {
	what := html.EscapeString(v.proposalSays(v.t, m))
	if from := program.Stage(m.Fields.Get("dari")); m.Fields.Get("usul") == flowStage {
		what = v.t.Text(stageKey(from)) + " → " + what
	}
	lines := []string{"<b>" + what + "</b>", v.t.Format("proposal.by", map[string]any{"Name": v.staffName(m.Author)})}
	i := slices.IndexFunc(v.Flows, func(f *flow.Flow) bool { return f.ID == m.Fields.Get("usul") })
	if i >= 0 {
		lines = append(lines, v.answerLines(v.Flows[i], m.Fields, "ke")...)
	}
	if why := m.Fields.Get("belum"); declineKey(why) != "" {
		lines = append(lines, v.t.Text(declineKey(why)))
	}
	return lines, nil
}

// answerLines are answers to a flow's questions as the flow calls them, but for those that are picked
// from records, and some.
func (v *visit) answerLines(f *flow.Flow, fields program.Fields, but ...string) []string {
	var lines []string
	for i := range f.Steps {
		st := &f.Steps[i]
		values := fields[st.Name]
		if len(values) == 0 || st.Kind.Picker() || slices.Contains(but, st.Name) {
			continue
		}
		said := flow.InWords(f, st, flow.Answer{Name: st.Name, Values: values}, v.t, v.now.Year())
		lines = append(lines, v.t.Text(f.NameKey(st.Name))+": "+html.EscapeString(said))
	}
	return lines
}

// The statuses to which a proposal comes.
const (
	agreed   = "disetujui"
	notYet   = "belum_disetujui"
	outdated = "batal"
)

// decide plans that a proposal is decided, with what follows from a yes, and tells whoever made it.
// It gives the status that the proposal then has: a yes to what does not fit any more closes it.
func (v *visit) decide(m program.Matter, status, why string) (string, error) {
	was, cause := m.Status, v.runID()+"."+m.ID
	switch {
	case m.Last == cause: // it is on record already, but perhaps nobody was told
		return m.Status, v.tellAuthor(m)
	case m.Ended(): // somebody else was first
		return m.Status, nil
	}
	if status == agreed {
		ok, err := v.carryOut(m, cause)
		if err != nil {
			return "", err
		}
		if !ok {
			status = outdated
		}
	}
	m.Status = status
	if why != "" {
		m.Fields["belum"] = []string{why}
	}
	v.move(m, cause, was)
	return status, v.tellAuthor(m)
}

// carryOut plans what was proposed; false when it does not fit any more.
func (v *visit) carryOut(m program.Matter, cause string) (bool, error) {
	code := m.Participant
	if isHandover(m) {
		return v.handOverNow(code, m.Fields.Get("dari"), m.Fields.Get("kepada"))
	}
	p, ok, err := v.anybody(code)
	if err != nil || !ok || string(p.Stage) != m.Fields.Get("dari") {
		return false, err
	}
	to := program.Stage(m.Fields.Get("ke"))
	v.stage(code, p.Stage, to, cause, program.StageReason(m.Fields.Get("alasan")))
	return true, v.aftercare(code, m.ID, to, m.Fields.Get("kontak_lanjutan"))
}

// tellAuthor tells whoever made a proposal what has become of it, by codes only. Of a handover she is
// told with the new companion.
func (v *visit) tellAuthor(m program.Matter) error {
	if m.Status == agreed && isHandover(m) {
		return v.tellOfHandover(m.Participant, m.Fields.Get("dari"), m.Fields.Get("kepada"), m.Fields.Get("setuju"))
	}
	if m.Author == v.person.ID {
		return nil
	}
	p, err := v.Store.Person(v.ctx, m.Author)
	if errors.Is(err, turn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find who made a proposal: %w", err)
	}
	t := v.Words(p.Lang)
	args := map[string]any{"Code": m.Code(), "Whose": m.Participant, "What": v.proposalSays(t, m), "Why": ""}
	if key := declineKey(m.Fields.Get("belum")); key != "" {
		args["Why"] = t.Text(key)
	}
	v.tell(p, t.Format(toldKey(m.Status), args))
	return nil
}

// toldKey is what its author is told of a proposal.
func toldKey(status string) string {
	switch status {
	case agreed:
		return "proposal.told_agreed"
	case notYet:
		return "proposal.told_not_yet"
	}
	return "proposal.told_outdated"
}
