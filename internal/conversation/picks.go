package conversation

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// offersOf are the records that the question at hand offers: those to pick from, or those on a roster.
func (v *visit) offersOf(f *flow.Flow, run flow.State, st *flow.Question) ([]flow.Pick, error) {
	if st.Kind == flow.Roster {
		return v.onRoster(f, run, st)
	}
	return v.picks(f, st.Kind)
}

// picks are the records that a question of a flow offers the person.
func (v *visit) picks(f *flow.Flow, kind flow.Kind) ([]flow.Pick, error) {
	picks := []flow.Pick{}
	switch kind {
	case flow.Participant:
		all, err := v.mayPick(f)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			if v.suits(f, p) {
				picks = append(picks, flow.Pick{Ref: p.Code, Label: p.Alias})
			}
		}
	case flow.Person:
		return v.colleagues(f)
	case f.About:
		all, err := v.movable(f)
		return append(picks, v.matterPicks(all)...), err
	default:
		all, err := v.matters(program.MatterFilter{Kind: program.MatterKind(kind), Open: true})
		return append(picks, v.matterPicks(all)...), err
	}
	return picks, nil
}

// colleagues are the staff to pick from in a flow; who is away at present is among them, and so is
// oneself, as far as the flow makes sense of it.
func (v *visit) colleagues(f *flow.Flow) ([]flow.Pick, error) {
	all, err := v.Store.Staff(v.ctx)
	if err != nil {
		return nil, fmt.Errorf("find the staff: %w", err)
	}
	picks := make([]flow.Pick, 0, len(all))
	for _, p := range all {
		if p.Active && p.Role.Staff() && v.mayTake(f, p) {
			picks = append(picks, flow.Pick{Ref: p.ID, Label: v.mateLabel(p), Alone: true})
		}
	}
	return picks, nil
}
