package conversation

import (
	"errors"
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A flow that corrects what is on record (save.known) begins with it, as soon as it is known which
// matter it is about; what is taken out of it in the summary is on record no longer.

// asKnown begins such a run anew with what its matter has on record.
func (v *visit) asKnown(f *flow.Flow, in flow.Input, run flow.State, effects []flow.Effect) (flow.State, []flow.Effect, error) {
	about, _ := f.AboutWhom(run)
	m, ok, err := v.knownMatter(f, about)
	if err != nil || !ok || !v.newlyAbout(in, about) {
		return run, effects, err
	}
	known, err := v.onRecord(f, m)
	if err != nil {
		return run, effects, err
	}
	again := flow.Input{Kind: flow.Begin, Run: run.Run, Known: known}
	if about.Name != "" {
		again.Known = append(again.Known, about)
	}
	return v.stepped(f, again)
}

// knownMatter is the matter that a run is about: the one that was picked, or the one that there is.
func (v *visit) knownMatter(f *flow.Flow, about flow.Answer) (program.Matter, bool, error) {
	kind := program.MatterKind(f.Save.Moves)
	if f.About.Matter() {
		return v.matterByCode(kind, about.Value())
	}
	all, err := v.matters(program.MatterFilter{Kind: kind})
	if err != nil || len(all) == 0 {
		return program.Matter{}, false, err
	}
	return all[0], true, nil
}

// onRecord are the answers that a matter has to the questions of a flow. What it has no answer to and
// can do without counts as passed over; what the person may not see is left out.
func (v *visit) onRecord(f *flow.Flow, m program.Matter) ([]flow.Answer, error) {
	n, _ := v.nouns.of(m.Kind)
	var known []flow.Answer
	for i := range f.Steps {
		st := &f.Steps[i]
		a := flow.Answer{Name: st.Name, Values: slices.Clone(m.Fields[st.Name]), Given: true}
		if st.Kind == f.About || !st.Accepts(a) || v.hidden(n, m, st) {
			continue
		}
		if len(a.Values) > 0 {
			var err error
			if a.Label, err = v.labelOf(st.Kind, a.Value()); err != nil {
				return nil, err
			}
		}
		known = append(known, a)
	}
	return known, nil
}

// labelOf is what a record that was picked is called; empty for what is no record, or not hers to see.
func (v *visit) labelOf(kind flow.Kind, ref string) (string, error) {
	switch {
	case kind == flow.Participant:
		return v.alias(ref)
	case kind == flow.Person:
		p, err := v.Store.Person(v.ctx, ref)
		if errors.Is(err, turn.ErrNotFound) {
			return "", nil
		}
		if err != nil {
			return "", fmt.Errorf("find who was picked: %w", err)
		}
		return p.Name, nil
	case kind.Matter():
		m, ok, err := v.matterByCode(program.MatterKind(kind), ref)
		if err != nil || !ok {
			return "", err
		}
		return v.matterLabel(m), nil
	}
	return "", nil
}

// clearKnown takes out of a matter what was taken out of the summary that began with it.
func (v *visit) clearKnown(s *saving) {
	if !s.f.Save.Known {
		return
	}
	n, _ := v.nouns.of(s.matter.Kind)
	for i := range s.f.Steps {
		if st := &s.f.Steps[i]; !v.hidden(n, s.was, st) {
			delete(s.matter.Fields, st.Name)
		}
	}
}
