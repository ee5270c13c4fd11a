package vitals

import "time"

// Name names a trouble; metrics and texts know it by this name.
type Name string

// Trouble is one row of the table.
type Trouble struct {
	Name  Name
	Day   bool                    // it can wait for the day: nobody is woken for it
	After time.Duration           // how long it has to last before it counts
	Is    func(Figures) bool      // it lasts now
	Last  func(Figures) time.Time // instead of Is: when it happened last; it has no end that anybody is told of
}

// The thresholds. docs/pemantauan.md tells them to the administrator.
const (
	// What waits is old when the bot begins after an outage, or the machine has slept: it gets some time first.
	seen     = time.Minute
	caughtUp = 5 * time.Minute

	telegramSilent = 5 * time.Minute  // a poll takes less than one
	inboxOld       = 2 * time.Minute  // a person waits for her answer
	outboxOld      = 10 * time.Minute // a 429 may take minutes
	deadlineOld    = 10 * time.Minute
	backupOld      = 36 * time.Hour   // one a day, and half a day of grace
	diskLow        = 500 << 20        // bytes: a backup and its copy find room in them
	eventFresh     = 10 * time.Minute // for so long it is shown as lasting
	noWriteFresh   = 5 * time.Minute  // no trouble since means that it works again, or that nobody has tried
)

// Troubles is the table of everything that the administrator is told of, in the order in which it is told.
func Troubles() []Trouble {
	return []Trouble{
		{Name: "telegram", After: seen, Is: func(f Figures) bool { return f.Polls && f.At.Sub(f.Reached) > telegramSilent }},
		{Name: "disk_errors", Is: func(f Figures) bool { return f.DatabaseFailed || fresh(f, f.NoWrite, noWriteFresh) }},
		{Name: "disk_full", After: seen, Is: func(f Figures) bool { return f.Disk != nil && f.Disk.Free < diskLow }},
		{Name: "redis", After: seen, Is: func(f Figures) bool { return f.Redis != nil && !f.Redis.Up }},
		{Name: "inbox", After: seen, Is: func(f Figures) bool { return f.InboxAge > inboxOld }},
		{Name: "outbox", After: seen, Is: func(f Figures) bool { return f.OutboxAge > outboxOld }},
		{Name: "reminders", After: caughtUp, Is: func(f Figures) bool { return f.DueAge > deadlineOld }},
		{Name: "put_aside", Last: func(f Figures) time.Time { return f.PutAside }},
		{Name: "clock", Last: func(f Figures) time.Time { return f.Jumped }},
		{Name: "backup", Day: true, Is: func(f Figures) bool { return f.Backup != nil && f.At.Sub(f.Backup.At) > backupOld }},
	}
}

// fresh reports whether something happened lately.
func fresh(f Figures, at time.Time, within time.Duration) bool {
	return !at.IsZero() && f.At.Sub(at) < within
}
