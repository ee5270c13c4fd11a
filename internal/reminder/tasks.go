package reminder

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// The times at which somebody is reminded of a special task: the steps of N12.
const (
	TaskEve    = 0 // the afternoon before
	TaskDay    = 1 // the day itself
	TaskReport = 2 // the morning after: how was it?
	TaskAgain  = 3 // the same, once more
)

// taskRules are about special tasks, visits and invitations.
func taskRules() []Rule {
	return []Rule{
		{ID: "N12", About: program.AboutMatter, Alone: true, Numbers: Numbers{"again": 3, "told_within": 7}, find: comingTask},
	}
}

// comingTask is N12: the evening before and the day itself, to whoever is asked, and to whoever asked her
// while she has not answered; and the morning after, until she has told how it was.
func comingTask(f Facts, n Numbers) []Moment {
	if f.Matter == nil || f.Matter.Kind != program.Task || f.Matter.Ended() {
		return nil
	}
	m := f.Matter.Matter
	start := program.TaskStart(m, f.Zone)
	if start.IsZero() || !f.there(m.Owner) {
		return nil
	}
	times := program.TaskTimes(start)
	switch m.Status {
	case "ditugaskan":
		return append(f.before(start, times, ToOwner), f.before(start, times, f.giver())...)
	case "diterima":
		report := times[program.TaskReport]
		again := report.AddDate(0, 0, n["again"])
		return append(f.before(start, times, ToOwner),
			Moment{From: report, Until: again, To: ToOwner, Step: TaskReport},
			Moment{From: again, Until: again.AddDate(0, 0, n["told_within"]), To: ToOwner, Step: TaskAgain})
	}
	return nil
}

// before are the times before a task that somebody is told. Whoever was asked, or has answered, after one
// of them has it fresh in mind.
func (f Facts) before(start time.Time, times map[program.TaskReminder]time.Time, to To) []Moment {
	if to == "" {
		return nil
	}
	var all []Moment
	changed := f.Matter.ChangedAt
	eve, over := times[program.TaskEve], start
	if day, ok := times[program.TaskDay]; ok {
		over = f.start(program.DateOf(start), 0) // then it would not be the evening before any more
		if day.After(changed) {
			all = append(all, Moment{From: day, Until: start, To: to, Step: TaskDay})
		}
	}
	if eve.After(changed) {
		all = append(all, Moment{From: eve, Until: over, To: to, Step: TaskEve})
	}
	return all
}

// giver is who is told that a task has no answer yet: whoever gave it, or the chair when she is not there
// any more; empty when that is whoever was asked.
func (f Facts) giver() To {
	switch m := f.Matter.Matter; {
	case m.Author == m.Owner:
		return ""
	case f.there(m.Author):
		return ToAuthor
	}
	return ToOtherChair
}
