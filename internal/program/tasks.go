package program

import "time"

// BusinessTour is the kind of special task in which guests look at a participant's business: only
// with her consent for this one visit (program.md row 132).
const BusinessTour = "tinjau_lapangan"

// The hours of the reminders of a special task (program.md N12), and by when it is answered.
const (
	eveHour    = 17 // the day before
	dayHour    = 7  // the day itself
	reportHour = 9  // the day after
)

// TaskStartField is the question of the flow tugas that says when one begins.
const TaskStartField = "mulai"

// TaskStart is when a special task begins, in a zone; the zero time when that is not known.
func TaskStart(m Matter, zone *time.Location) time.Time {
	at, err := time.ParseInLocation(AnswerTime, m.Fields.Get(TaskStartField), zone)
	if err != nil {
		return time.Time{}
	}
	return at
}

// TaskReminder is one of the times at which somebody is reminded of a special task.
type TaskReminder uint8

// The reminders, in the order in which they come.
const (
	TaskEve    TaskReminder = iota // the day before it
	TaskDay                        // the day itself
	TaskReport                     // the day after: how was it?
)

// TaskTimes are the times of the reminders of a task that begins at a time, in that time's zone. One
// in the morning has no reminder on its own day when it begins before that.
func TaskTimes(start time.Time) map[TaskReminder]time.Time {
	y, m, d := start.Date()
	at := func(days, hour int) time.Time { return time.Date(y, m, d+days, hour, 0, 0, 0, start.Location()) }
	times := map[TaskReminder]time.Time{TaskEve: at(-1, eveHour), TaskReport: at(1, reportHour)}
	if day := at(0, dayHour); day.Before(start) {
		times[TaskDay] = day
	}
	return times
}

// TaskDue is by when the next step of a special task is expected: an answer before it begins, a
// report after it. One that has ended is never due.
func TaskDue(m Matter, start time.Time) time.Time {
	switch m.Status {
	case "ditugaskan", "ditolak":
		return start
	case "diterima":
		return TaskTimes(start)[TaskReport]
	}
	return time.Time{}
}
