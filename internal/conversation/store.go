package conversation

import (
	"context"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// Store keeps the records and, unless a store of its own is given, the conversations.
type Store interface {
	ChatKey(chat int64) turn.Key
	Load(ctx context.Context, key turn.Key) (turn.Saved, error)
	Commit(ctx context.Context, p turn.Plan) error
	Records
}

// Records is what the conversation needs to know of the records.
type Records interface {
	PersonByChat(ctx context.Context, chat int64) (program.Person, error)
	Caseload(ctx context.Context, person string) ([]program.Participant, error)
	Assigned(ctx context.Context, person string) ([]program.Participant, error)
	SafeContact(ctx context.Context, companion, code string) (program.Contact, error)
	Consents(ctx context.Context, code string) (program.Consents, error)
	CountReports(ctx context.Context, author, flow string, from, to program.Date, but string) (int, error)
	CountAllReports(ctx context.Context, flow string, from, to program.Date) (int, error)
	Report(ctx context.Context, id string) (program.Report, error)
	LastNumbers(ctx context.Context, participant, flow, field string, n int) ([]int64, error)
	WayRecords
	SafetyRecords
	ReminderRecords
}

// ReminderRecords is what it needs to know of what people are to be told.
type ReminderRecords interface {
	Deadlines(ctx context.Context, now time.Time, most int) ([]turn.Due, error)
	Watched(ctx context.Context, now time.Time, most int) ([]program.Watch, error)
	ReminderFacts(ctx context.Context, subject program.Subject) (reminder.Facts, error)
	OpenReminders(ctx context.Context, person string) ([]program.Reminder, error)
	ToldSince(ctx context.Context, person string, since time.Time) ([]time.Time, error)
}

// WayRecords is what it needs to know of matters and of the participants' ways.
type WayRecords interface {
	Everybody(ctx context.Context) ([]program.Participant, error)
	Ended(ctx context.Context, person string) ([]program.Participant, error)
	LatestReports(ctx context.Context, flow, participant, author string, most int) ([]program.Report, error)
	LastReported(ctx context.Context, flow, companion string) (map[string]program.Date, error)
	Matters(ctx context.Context, f program.MatterFilter) ([]program.Matter, error)
	Matter(ctx context.Context, id string) (program.Matter, error)
	NextNumber(ctx context.Context, kind program.MatterKind, year int) (int, error)
	Undoable(ctx context.Context, report string) (bool, error)
	Changes(ctx context.Context, matter string) ([]program.Change, error)
	MatterReports(ctx context.Context, matter string) ([]program.Report, error)
	Attendance(ctx context.Context, session, participant string) ([]program.Attendance, error)
	Ratings(ctx context.Context, session string) (map[int]int, error)
	Standings(ctx context.Context) ([]program.Standing, error)
	ReportsOn(ctx context.Context, matter, flow string) ([]program.Report, error)
	Unanswered(ctx context.Context, kind program.MatterKind, status, flow, author string) (int, error)
	CodeUsed(ctx context.Context, code string) (bool, error)
	StageChanges(ctx context.Context, code string, from, to program.Date) ([]program.StageChange, error)
}

// SafetyRecords is what it needs to know of the participants' safety, and of who looks after it.
type SafetyRecords interface {
	Person(ctx context.Context, id string) (program.Person, error)
	Staff(ctx context.Context) ([]program.Person, error)
	ParticipantFor(ctx context.Context, person, code string) (program.Participant, error)
	CompanionOf(ctx context.Context, code string) (string, error)
	Consents(ctx context.Context, code string) (program.Consents, error)
	OpenRequests(ctx context.Context, of string) ([]program.Request, error)
	Prompt(ctx context.Context, person, ref string) (turn.Prompt, error)
	Alarm(ctx context.Context, id string) (program.Alarm, error)
	PIN(ctx context.Context, person string) (turn.PIN, error)
	Reachable(ctx context.Context, chat int64) (bool, error)
	NotesAbout(ctx context.Context, code string, most int) ([]program.Report, error)
	Traces(ctx context.Context, chat int64) ([]turn.Trace, error)
	Card(ctx context.Context, chat int64) (int, error)
	Opened(ctx context.Context, from, to time.Time) ([]program.Audit, error)
	Target(ctx context.Context, code string) (program.Target, error)
	CallFigures(ctx context.Context, from, to time.Time) (program.CallFigures, error)
	Held(ctx context.Context, code string) (program.Held, error)
	AccessLog(ctx context.Context, code string, since time.Time) ([]program.Audit, error)
}
