package conversation

import (
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// CheckLives gives every flow that opens a matter, or moves one on, in a way that its kind does not
// know.
func CheckLives(flows []*flow.Flow) []error {
	var errs []error
	for _, f := range flows {
		kind := f.Save.Opens + f.Save.Moves // one of them is empty
		if kind == "" {
			continue
		}
		life, ok := program.LifeOf(program.MatterKind(kind))
		if !ok {
			errs = append(errs, fmt.Errorf("flow %s: there is no kind of matter %q", f.ID, kind))
			continue
		}
		for _, status := range statuses(f) {
			if _, ok := life.Next[status]; !ok {
				errs = append(errs, fmt.Errorf("flow %s: a %s is never %q", f.ID, kind, status))
			} else if f.Save.Opens != "" && !slices.Contains(life.Begin, status) {
				errs = append(errs, fmt.Errorf("flow %s: no %s begins as %q", f.ID, kind, status))
			}
		}
	}
	return errs
}

// statuses are those to which a flow may bring a matter.
func statuses(f *flow.Flow) []string {
	if f.Save.To != "" {
		return []string{f.Save.To}
	}
	var all []string
	if st, ok := f.Step(f.Save.ToOf); ok {
		for _, o := range st.Choices {
			all = append(all, o.Code)
		}
	}
	return all
}
