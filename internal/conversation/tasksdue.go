package conversation

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// dueTask precedes a task's id and the day on which it begins in the deadline at which somebody is
// reminded of it. With the day in its name, one that was moved keeps the deadlines of its former
// day: they find out that it is another now, and are there when the move is taken back.
const dueTask = "task."

// earlyHour is the hour from which somebody may be reminded of what she has to do on that day.
const earlyHour = 7

// expectOfTask says by when the next step of a task is expected, and has whoever is asked reminded.
func (v *visit) expectOfTask(m *program.Matter) error {
	m.Due = program.TaskDue(*m, v.startOf(*m))
	return v.remindNext(*m, v.u.At, false)
}

// remindNext plans the next reminder of a task after a time.
func (v *visit) remindNext(m program.Matter, after time.Time, keep bool) error {
	start := v.startOf(m)
	_, at, ok := program.NextTaskTime(start, after)
	if !ok || m.Ended() || start.IsZero() {
		return nil
	}
	chat := v.u.Chat
	if p, ok, err := v.responsible(m); err != nil {
		return err
	} else if ok {
		chat = p.Chat
	}
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: chat, Kind: v.dueOfTask(m), At: at, Keep: keep})
	return nil
}

// dueOfTask is the kind of a task's deadline.
func (v *visit) dueOfTask(m program.Matter) string {
	return dueTask + m.ID + "." + string(program.DateOf(v.startOf(m)))
}

// taskDue reminds of a task, if it still is to be at that time, and plans the next reminder.
func (v *visit) taskDue(about string) error {
	v.settle()
	id, _, _ := strings.Cut(about, ".")
	m, err := v.Store.Matter(v.ctx, id)
	if errors.Is(err, turn.ErrNotFound) { // taken back, or erased
		return v.commit()
	}
	if err != nil {
		return fmt.Errorf("look at a task that is due: %w", err)
	}
	if m.Ended() || m.Fields == nil {
		return v.commit()
	}
	which := v.reminderDue(m)
	if which == program.TaskReport && !v.awake() { // the bot was away
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: v.u.Data, At: v.waking(v.now)})
		return v.commit()
	}
	if err := v.remindOfTask(m, which); err != nil {
		return err
	}
	return v.commitUnless(v.remindNext(m, v.u.At, true))
}

// reminderDue is which of a task's reminders it is that fell due; none when the task was moved, when
// it is night, or when it is too late to make sense.
func (v *visit) reminderDue(m program.Matter) program.TaskReminder {
	start := v.startOf(m)
	times := program.TaskTimes(start)
	began := !v.now.Before(start)
	late := times[program.TaskReport]
	switch hour := v.now.Hour(); {
	case began && !v.now.Before(late) && !v.u.Due.Before(late):
		return program.TaskReport
	case began || hour < earlyHour || hour >= lastHour:
		return program.NoReminder
	case v.u.Due.Equal(times[program.TaskEve]) && program.DateOf(v.now) < program.DateOf(start):
		return program.TaskEve
	case v.u.Due.Equal(times[program.TaskDay]), v.u.Due.Equal(times[program.TaskEve]):
		return program.TaskDay
	}
	return program.NoReminder
}

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
