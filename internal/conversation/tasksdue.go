package conversation

import (
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// expectOfTask says by when the next step of a task is expected.
func (v *visit) expectOfTask(m *program.Matter) { m.Due = program.TaskDue(*m, v.startOf(*m)) }

// tasksNext offers to look at the tasks that wait for the person's answer or report, or that somebody
// else has to be found for.
func (v *visit) tasksNext() (*flow.FaceButton, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.Task, Open: true})
	if err != nil {
		return nil, err
	}
	everybodys := v.rights.Scope(v.person.Role, program.SeeDeed(program.Task)) == program.Everybody
	n := 0
	for _, m := range all {
		report := m.Status == "diterima" && m.Owner == v.person.ID && !v.now.Before(m.Due)
		if v.mayAcceptTask(m) || report || everybodys && m.Status == "ditolak" {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	return &flow.FaceButton{Label: "🎯 " + v.t.Plain("tasks.waiting", map[string]any{"Count": n}), Action: "matters:" + string(program.Task)}, nil
}
