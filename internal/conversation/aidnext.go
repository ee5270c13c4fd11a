package conversation

import (
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// aidDueHour is the hour of the day at which a step of a capital is due (program.md 2.7).
const aidDueHour = 8 * time.Hour

// waitingCapitals offers those who decide to look at what waits for them.
func (v *visit) waitingCapitals() (*flow.FaceButton, error) {
	n, err := v.countAids(aidProposed, func(m program.Matter) bool { return m.Author != v.person.ID })
	if err != nil || n == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "💰 " + v.t.Plain("capital.next_waiting", map[string]any{"Count": n}), Action: "matters:aid"}, nil
}

// dueControls offers to look at the goods of those for whom it is time.
func (v *visit) dueControls() (*flow.FaceButton, error) {
	n, err := v.countAids(aidControl, v.dueAid)
	if err != nil || n == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "🔍 " + v.t.Plain("capital.next_controls", map[string]any{"Count": n}), Action: "matters:aid"}, nil
}

// unnotedShopping offers to note what was bought with capitals that were paid out a while ago.
func (v *visit) unnotedShopping() (*flow.FaceButton, error) {
	n, err := v.countAids(aidPaid, v.dueAid)
	if err != nil || n == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "🧺 " + v.t.Plain("capital.next_shopping", map[string]any{"Count": n}), Action: "matters:aid"}, nil
}

// dueAid reports whether the next step of a capital is due.
func (v *visit) dueAid(m program.Matter) bool { return !m.Due.IsZero() && !m.Due.After(v.now) }

// countAids counts the capitals at a stage that the person may see and that are of a kind.
func (v *visit) countAids(stage string, such func(program.Matter) bool) (int, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.Aid, Status: stage})
	n := 0
	for _, m := range all {
		if such(m) {
			n++
		}
	}
	return n, err
}
