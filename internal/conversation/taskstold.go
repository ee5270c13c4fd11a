package conversation

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// promptTask is the prompt that asks or reminds of a task; its subject is the task's id.
const promptTask = "task"

// taskPrompt is what can be answered.
func taskPrompt() answerOf {
	return answerOf{deed: program.SeeDeed(program.Task), again: true, hers: (*visit).seesSubject, answers: map[string]func(*visit, turn.Prompt) error{
		"yes": func(v *visit, p turn.Prompt) error { return v.answerTask(p, "diterima") },
		"no":  func(v *visit, p turn.Prompt) error { return v.answerTask(p, "ditolak") },
		"see": (*visit).seeSubject, "give": onSubject(flowGiveTask), "report": onSubject(flowReportTask),
	}}
}

// aboutTask is what may be said of a task in the language of whoever is told.
func (v *visit) aboutTask(t Words, m program.Matter) (map[string]any, error) {
	kind := ""
	if code := m.Fields.Get(taskKindField); code != "" {
		kind = t.Text("tugas.jenis.choice." + code)
	}
	args := map[string]any{"Code": m.Code(), "Kind": kind, "When": v.momentIn(t, v.startOf(m)), "Time": v.startOf(m).Format("15.04"), "Owner": ""}
	if m.Owner != "" {
		p, err := v.Store.Person(v.ctx, m.Owner)
		if err != nil {
			return nil, fmt.Errorf("find who is asked: %w", err)
		}
		args["Owner"] = p.Name
	}
	return args, nil
}

// can and cannot are the answers to a task.
func can(t Words) flow.FaceButton {
	return flow.FaceButton{Label: "✋ " + t.Text("tasks.can"), Action: "yes"}
}

func cannot(t Words) flow.FaceButton {
	return flow.FaceButton{Label: "🙏 " + t.Text("tasks.cannot"), Action: "no"}
}

// promptTask asks somebody whether she can.
func (v *visit) promptTask(p program.Person, m program.Matter, key string) error {
	t := v.Words(p.Lang)
	args, err := v.aboutTask(t, m)
	if err != nil {
		return err
	}
	answers := []flow.FaceButton{cannot(t)}
	if m.Status == "ditugaskan" {
		answers = append([]flow.FaceButton{can(t)}, answers...)
	}
	v.prompt(p, promptTask, m.ID, t.Format(key, args), append(answers, flow.FaceButton{Label: "👁 " + t.Text("card.see"), Action: "see"})...)
	return nil
}

// promptDeclined tells who gave a task that somebody else has to be found.
func (v *visit) promptDeclined(m program.Matter) error {
	p, ok, err := v.giver(m)
	if err != nil || !ok {
		return err
	}
	t := v.Words(p.Lang)
	args, err := v.aboutTask(t, m)
	if err != nil {
		return err
	}
	v.prompt(p, promptTask, m.ID, t.Format("tasks.declined", args), flow.FaceButton{Label: "👤 " + t.Text("tugas_alihkan.title"), Action: "give"})
	return nil
}

// giver is who gave a task, or a chair when she is not there any more; false when that is the person
// herself, or nobody who can be told.
func (v *visit) giver(m program.Matter) (program.Person, bool, error) {
	m.Owner = m.Author
	p, ok, err := v.responsible(m)
	if err != nil || ok {
		return p, ok && p.ID != v.person.ID, err
	}
	chairs, err := v.staff(program.Chair)
	if err != nil || len(chairs) == 0 {
		return p, false, err
	}
	return chairs[0], chairs[0].ID != v.person.ID, nil
}

// tellTasked tells somebody of the staff what has become of a task.
func (v *visit) tellTasked(m program.Matter, id, key string) {
	p, err := v.Store.Person(v.ctx, id)
	if err != nil || p.ID == v.person.ID {
		return // it shows on the task all the same
	}
	t := v.Words(p.Lang)
	if args, err := v.aboutTask(t, m); err == nil {
		v.tell(p, t.Format(key, args))
	}
}

// answerTask takes the answer of whoever was asked.
func (v *visit) answerTask(p turn.Prompt, status string) error {
	m, ok, err := v.seen(p.Subject)
	fits := status == "diterima" && v.mayAcceptTask(m) || status == "ditolak" && v.mayDeclineTask(m)
	if err != nil || !ok || !fits && !v.didAlready(m) {
		return v.staleUnless(err)
	}
	if done, err := v.bringTask(m, status); err != nil || !done {
		return v.staleUnless(err)
	}
	key := "tasks.accepted"
	if status == "ditolak" {
		key = "tasks.refused"
	}
	args, err := v.aboutTask(v.t, m)
	if err != nil {
		return err
	}
	v.repaint(v.t.Format(key, args))
	return nil
}

// withSheet adds that the guests get an information sheet, where they do.
func (v *visit) withSheet(t Words, m program.Matter, text string) string {
	if m.Fields.Get(taskSheetField) == flow.Yes {
		text += "\n" + t.Text("tasks.sheet")
	}
	return text
}
