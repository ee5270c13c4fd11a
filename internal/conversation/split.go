package conversation

import (
	"context"
	"fmt"

	"github.com/dampingi/dampingi/internal/turn"
)

// States keeps conversations apart from the records, as Redis does.
type States interface {
	Load(ctx context.Context, key turn.Key) (turn.Saved, error)
	Save(ctx context.Context, s turn.State) error
}

// Apart puts a store of states before a store of records. Records are written first, under
// ids derived from the turn; then the conversation moves on; then the messages go out and
// the update is done. A crash in between leaves the update in the inbox, and taking it
// again changes nothing that is written already.
func Apart(records Store, states States) Store { return &apart{Store: records, states: states} }

type apart struct {
	Store
	states States
}

// Load reads the conversation from the store of states.
func (a *apart) Load(ctx context.Context, key turn.Key) (turn.Saved, error) {
	return a.states.Load(ctx, key)
}

// unmoved looks whether the conversation still is where the turn found it. A report must not be
// written for a turn that did not take place: when Redis has lost its last second, the person
// is at an earlier card than the one she saved from.
func (a *apart) unmoved(ctx context.Context, s *turn.State) error {
	saved, err := a.states.Load(ctx, s.Key)
	if err != nil {
		return fmt.Errorf("look at the conversation: %w", err)
	}
	if saved.Rev != s.Was {
		return turn.ErrConflict
	}
	return nil
}

// Commit stores a turn in three steps, each of which can be repeated.
func (a *apart) Commit(ctx context.Context, p turn.Plan) error {
	if p.State == nil {
		return a.Store.Commit(ctx, p)
	}
	records := p
	records.State, records.Messages, records.Settled, records.Row = nil, nil, nil, 0
	records.Reminding, records.Came, records.Dropped, records.Withdrawn = turn.Reminding{}, nil, nil, nil // with the messages: those that remove them, those that tell of them
	last := turn.Plan{Row: p.Row, Settled: p.Settled, Messages: p.Messages, Came: p.Came, Dropped: p.Dropped, Withdrawn: p.Withdrawn, Reminding: p.Reminding}
	if len(p.Settled) > 0 { // a deadline makes way for the next one only when it has taken place
		records.Deadlines, last.Deadlines = nil, p.Deadlines
	}
	if len(p.Reports)+len(p.Undo) > 0 || !p.Safety.Empty() || !p.Way.Empty() {
		if err := a.unmoved(ctx, p.State); err != nil {
			return err
		}
	}
	if len(p.Reports)+len(p.Undo)+len(p.FollowUps)+len(records.Deadlines)+len(p.Audit) > 0 || p.Join != nil || p.Reach != nil || !p.Safety.Empty() || !p.Way.Empty() {
		if err := a.Store.Commit(ctx, records); err != nil {
			return fmt.Errorf("store records: %w", err)
		}
	}
	if err := a.states.Save(ctx, *p.State); err != nil {
		return fmt.Errorf("store conversation: %w", err)
	}
	return a.Store.Commit(ctx, last)
}
