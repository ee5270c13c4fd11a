package conversation

import (
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// letGo lets go of what is remembered about a participant whom the person does not accompany any
// more, because she was handed over or erased or has not agreed any longer. What a card of hers
// shows goes with the next card.
func (v *visit) letGo() error {
	err := v.letGoOf(func(f *flow.Flow, code string) (bool, error) {
		may, err := v.mayReport(f, code)
		return !may, err
	})
	if err != nil {
		return err
	}
	return v.letGoOfMarks()
}

// letGoOf lets go of the report in the making, of those put aside, and of the last receipt, as far
// as they are about somebody who is gone.
func (v *visit) letGoOf(gone func(f *flow.Flow, code string) (bool, error)) error {
	var failed error
	lost := func(run flow.State) bool {
		f, code := v.aboutHer(run)
		if f == nil || failed != nil {
			return false
		}
		is, err := gone(f, code)
		failed = err
		return is && err == nil
	}
	if lost(v.m.Run) {
		if v.m.Screen == running || v.m.Screen == offer {
			v.said = "say.not_yours"
		}
		v.m.clear()
		v.lost = true
		v.home(running, offer, dropped)
	}
	before := len(v.m.Parked)
	v.m.Parked = slices.DeleteFunc(slices.Clone(v.m.Parked), func(d Draft) bool { return lost(d.Run) })
	v.lost = v.lost || len(v.m.Parked) < before
	if lost(v.m.Last.Run) {
		v.m.Last, v.lost = Receipt{}, true
		v.home(receipt, takenBack)
	}
	if v.lost { // its buttons are late from now on
		v.m.Rev++
	}
	return failed
}

// home leaves any of these cards for the menu.
func (v *visit) home(from ...screen) {
	if slices.Contains(from, v.m.Screen) {
		v.m.Screen = menu
	}
}

// aboutHer gives the flow of a run and whom or what it is about; nil when it is about nobody.
func (v *visit) aboutHer(run flow.State) (*flow.Flow, string) {
	if !run.Running() {
		return nil, ""
	}
	f, run := v.flowOf(run)
	if f == nil || f.About == "" {
		return nil, ""
	}
	about, known := f.AboutWhom(run)
	if !known {
		return nil, ""
	}
	return f, about.Value()
}

// notHers ends a run about a participant whom the person does not accompany (any more).
func (v *visit) notHers() error {
	v.said = "say.not_yours"
	v.m.clear()
	return v.toMenu()
}

// mayPick is whom the person may pick in a flow and save something about: those whom she
// accompanies, or anybody for the board, and who have agreed to be noted about; and whether or not
// they have, where their agreement or their safety itself is noted.
func (v *visit) mayPick(f *flow.Flow) ([]program.Participant, error) {
	all, err := v.pickable(f)
	if err != nil {
		return nil, err
	}
	return v.agreedTo(f, all)
}

// pickable is mayPick, whatever else they have agreed to. Her way may begin again after its end.
func (v *visit) pickable(f *flow.Flow) ([]program.Participant, error) {
	switch {
	case f.Save.As != flow.AsReport:
		return v.assigned()
	case f.ID == flowStage:
		return v.everAccompanied()
	case v.rights.Scope(v.person.Role, program.ReportDeed(f.ID)) == program.Everybody,
		f.About != flow.Participant && v.may(program.SeeAll): // she is involved in what it is about
		return v.everybody()
	}
	return v.caseload()
}

// everybody is all who are accompanied and have agreed to be noted about.
func (v *visit) everybody() ([]program.Participant, error) {
	all, err := v.Store.Everybody(v.ctx)
	if err != nil {
		return nil, fmt.Errorf("load the participants: %w", err)
	}
	return all, nil
}

// visible is whose code and alias the person may see: those whom she accompanies, or all.
func (v *visit) visible() ([]program.Participant, error) {
	if v.may(program.SeeAll) {
		return v.everybody()
	}
	return v.caseload()
}

// alias is what a participant is called by those who may see it; empty for others.
// It is looked up wherever it is shown, and not kept.
func (v *visit) alias(code string) (string, error) {
	if code == "" {
		return "", nil
	}
	all, err := v.visible()
	if err != nil {
		return "", err
	}
	for _, p := range all {
		if p.Code == code {
			return p.Alias, nil
		}
	}
	return "", nil
}
