package conversation

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// How the chair answers a proposal: below the message that asks her, or on its card.

// promptProposal is the prompt that asks her; its subject is the proposal's id.
const promptProposal = "proposal"

// proposalPrompt is that kind of prompt. A proposal is decided once, however often it is pressed.
func proposalPrompt() answerOf {
	return answerOf{deed: program.Decide, again: true, about: (*visit).proposalAbout, answers: map[string]func(*visit, turn.Prompt) error{
		"agree": (*visit).agreeBelow, "not_yet": (*visit).declineBelow,
	}}
}

// proposalOf is the proposal of a prompt; turn.ErrNotFound when it was taken back.
func (v *visit) proposalOf(p turn.Prompt) (program.Matter, error) {
	m, err := v.Store.Matter(v.ctx, p.Subject)
	if err == nil && m.Fields == nil {
		err = turn.ErrNotFound
	}
	if err != nil {
		return m, fmt.Errorf("find a proposal: %w", err)
	}
	return m, nil
}

func (v *visit) proposalAbout(p turn.Prompt) (string, error) {
	m, err := v.proposalOf(p)
	return m.Participant, err
}

// agreeBelow says yes below the message.
func (v *visit) agreeBelow(p turn.Prompt) error {
	m, err := v.proposalOf(p)
	if err != nil {
		return err
	}
	status, err := v.decide(m, agreed, "")
	if err == nil {
		v.repaintProposal(m, status)
	}
	return err
}

// declineBelow asks on the card why not yet, unless it is decided.
func (v *visit) declineBelow(p turn.Prompt) error {
	m, err := v.proposalOf(p)
	if err != nil {
		return err
	}
	if m.Ended() {
		v.repaintProposal(m, m.Status)
		return nil
	}
	v.setAside()
	v.fresh = true
	v.m.Page = Page{About: m.ID}
	return v.toDecline(m)
}

// repaintProposal says below the message what has become of it.
func (v *visit) repaintProposal(m program.Matter, status string) {
	v.repaint(v.t.Format(decidedKey(status), map[string]any{"Code": m.Code(), "Whose": m.Participant, "What": v.proposalSays(v.t, m)}))
}

// decidedKey says what has become of a proposal.
func decidedKey(status string) string {
	switch status {
	case agreed:
		return "proposal.agreed"
	case notYet:
		return "proposal.declined"
	}
	return "proposal.outdated"
}

// agreeOnCard says yes on the card, which then shows what has become of it.
func (v *visit) agreeOnCard(m program.Matter) error {
	status, err := v.decide(m, agreed, "")
	if err != nil {
		return err
	}
	if status == outdated {
		v.said = "proposal.closed"
	}
	return v.turnedTo(matter)
}

// toDecline asks why not yet.
func (v *visit) toDecline(program.Matter) error { return v.turnedTo(declining) }

// declines are the reasons for a not yet: none of them is a judgement about her.
func declines() []string { return []string{"bicara", "waktu", "lengkapi", "lain"} }

// declineKey names such a reason; empty when there is none.
func declineKey(why string) string {
	return map[string]string{
		"bicara": "proposal.why_talk", "waktu": "proposal.why_time", "lengkapi": "proposal.why_more", "lain": "proposal.why_other",
	}[why]
}

// declineFace is that question.
func (v *visit) declineFace() (flow.Face, bool, error) {
	m, ok, err := v.theMatter()
	if err != nil || !ok || m.Ended() || m.Kind != program.Proposal || !v.may(program.Decide) {
		return flow.Face{}, false, err
	}
	face := flow.Face{Text: v.t.Format("proposal.why", map[string]any{"Code": m.Code(), "Whose": m.Participant, "What": v.proposalSays(v.t, m)})}
	for _, why := range declines() {
		face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("•", declineKey(why), "decline:"+why)})
	}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("⬅️", "card.back", "undecided"), v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// decline says not yet, and why.
func (v *visit) decline(why string) error {
	m, ok, err := v.theMatter()
	if err != nil {
		return err
	}
	if !ok || m.Kind != program.Proposal || declineKey(why) == "" {
		return v.refuse()
	}
	if _, err := v.decide(m, notYet, why); err != nil {
		return err
	}
	return v.turnedTo(matter)
}

// leaveUndecided goes back to the proposal's card.
func (v *visit) leaveUndecided() error { return v.turnedTo(matter) }

// waitingProposals offers to whoever decides to look at what waits for her.
func (v *visit) waitingProposals() (*flow.FaceButton, error) {
	open, err := v.matters(program.MatterFilter{Kind: program.Proposal, Open: true})
	if err != nil || len(open) == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "☝️ " + v.t.Plain("proposal.waiting", map[string]any{"Count": len(open)}), Action: "matters:" + string(program.Proposal)}, nil
}
