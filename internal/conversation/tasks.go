package conversation

import (
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Special tasks (tugas khusus, program.md F11): guests, visits, invitations. The chair or the
// secretary asks somebody; she says whether she can, is reminded, and tells how it was. What is due
// and who is told is in tasksdue.go, taskstold.go and tellcases.go.

// The flows that begin on a task's card.
const (
	flowGiveTask   = "tugas_alihkan"
	flowReportTask = "tugas_laporan"
)

// The questions of the flow tugas that its rules look at.
const (
	taskKindField  = "jenis"
	taskSheetField = "lembar_info"
)

// taskNoun is how special tasks are shown.
func taskNoun() noun {
	see := program.SeeDeed(program.Task)
	return noun{
		kind: program.Task, icon: "🎯", title: "matter.tasks", word: "tugas",
		label: (*visit).taskLabel,
		moves: []matterMove{
			{"accept", "✋", "tasks.can", see, (*visit).mayAcceptTask, func(v *visit, m program.Matter) error {
				return v.taskByButton(m, "diterima")
			}},
			{"decline", "🙏", "tasks.cannot", see, (*visit).mayDeclineTask, func(v *visit, m program.Matter) error {
				return v.taskByButton(m, "ditolak")
			}},
		},
	}
}

// taskLabel is a task's title, and what kind it is where there is none.
func (v *visit) taskLabel(m program.Matter) string {
	if title := m.Fields.Get("judul"); title != "" {
		return title
	}
	return v.choiceLabel("tugas", taskKindField, m)
}

// taskConsequences are what follows from reports about special tasks.
func taskConsequences() consequences {
	return consequences{
		"tugas":        (*visit).taskOpened,
		"tugas_pindah": (*visit).taskMoved,
		flowGiveTask:   (*visit).taskGiven,
		"tugas_batal":  (*visit).taskCancelled,
		flowReportTask: (*visit).taskReported,
	}
}

// mayAcceptTask reports whether a task waits for the person's answer.
func (v *visit) mayAcceptTask(m program.Matter) bool {
	return m.Owner == v.person.ID && m.Status == "ditugaskan"
}

// mayDeclineTask reports whether the person may say that she cannot; after a yes as well, as long as
// it has not begun.
func (v *visit) mayDeclineTask(m program.Matter) bool {
	return v.mayAcceptTask(m) || m.Owner == v.person.ID && m.Status == "diterima" && v.startOf(m).After(v.now)
}

// startOf is when a task begins; the zero time when that is not known.
func (v *visit) startOf(m program.Matter) time.Time { return program.TaskStart(m, v.Zone) }

// taskByButton brings a task to another status and shows its card.
func (v *visit) taskByButton(m program.Matter, status string) error {
	done, err := v.bringTask(m, status)
	if err != nil || !done {
		return v.staleUnless(err)
	}
	return v.turnedTo(matter)
}

// bringTask plans the answer of whoever a task is given to; false when it is none any more.
func (v *visit) bringTask(m program.Matter, status string) (bool, error) {
	was, cause := m, v.runID()+"."+m.ID
	if v.didAlready(m) {
		return true, nil
	}
	if !m.May(status) {
		return false, nil
	}
	m.Status = status
	v.expectOfTask(&m)
	v.move(m, cause, was.Status)
	if status == "ditolak" {
		return true, v.promptDeclined(m)
	}
	return true, nil
}

// taskOpened is what follows from a new task.
func (v *visit) taskOpened(s *saving) error {
	if err := v.mayTakePlace(*s.matter); err != nil {
		return err
	}
	return v.taskTo(s, "tasks.asked")
}

// taskMoved is what follows from another day or hour: whoever is asked says once more whether she can.
func (v *visit) taskMoved(s *saving) error {
	if err := v.mayTakePlace(*s.matter); err != nil {
		return err
	}
	if s.was.Status == "ditolak" {
		v.expectOfTask(s.matter)
		return nil
	}
	return v.taskTo(s, "tasks.moved")
}

// taskGiven is what follows from asking somebody else. Who has not answered need not any more.
func (v *visit) taskGiven(s *saving) error {
	if err := v.mayTakePlace(*s.matter); err != nil {
		return err
	}
	if s.was.Status == "ditugaskan" && s.was.Owner != s.matter.Owner {
		v.tellTasked(s.was, s.was.Owner, "tasks.given_to_another")
	}
	return v.taskTo(s, "tasks.asked")
}

// taskTo asks whoever a task is given to, unless she has given it to herself.
func (v *visit) taskTo(s *saving, key string) error {
	m := s.matter
	to, err := v.chosen(m.Owner)
	if err != nil {
		return err
	}
	if to.ID == v.person.ID && m.Status == "ditugaskan" {
		m.Status = "diterima"
	}
	v.expectOfTask(m)
	if to.ID == v.person.ID {
		return nil
	}
	if to.Chat == 0 {
		v.said = "cases.not_here"
	}
	return v.promptTask(to, *m, key)
}

// mayTakePlace refuses a task that would begin in the past, and one in which a participant is
// involved without her consent for this one visit (program.md row 132).
func (v *visit) mayTakePlace(m program.Matter) error {
	start := v.startOf(m)
	if !start.After(v.now) {
		return refused{"tasks.past"}
	}
	if m.Participant == "" {
		return nil
	}
	all, err := v.everybody()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(p program.Participant) bool { return p.Code == m.Participant }) {
		return turn.ErrNotFound
	}
	consents, err := v.Store.Consents(v.ctx, m.Participant)
	if err != nil {
		return fmt.Errorf("look at her consents: %w", err)
	}
	if !consents.Allow(program.GuestVisit, program.DateOf(v.now)) || !consents.Allow(program.GuestVisit, program.DateOf(start)) {
		return refused{"tasks.no_yes"}
	}
	return nil
}

// taskCancelled tells whoever was asked.
func (v *visit) taskCancelled(s *saving) error {
	s.matter.Due = time.Time{}
	v.tellTasked(*s.matter, s.matter.Owner, "tasks.cancelled")
	return nil
}

// taskReported takes the report of whoever was asked, or of the board in her place, and tells who
// gave the task.
func (v *visit) taskReported(s *saving) error {
	m := s.matter
	if m.Owner != v.person.ID && v.rights.Scope(v.person.Role, program.SeeDeed(program.Task)) != program.Everybody {
		return refused{"tasks.not_asked"}
	}
	if v.startOf(*m).After(v.now) {
		return refused{"tasks.not_yet"}
	}
	m.Due = time.Time{}
	v.tellTasked(*m, m.Author, "tasks.reported")
	return nil
}
