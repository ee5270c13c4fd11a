// Package vitals says from a few figures of the running machine what is wrong with it, and when the
// administrator is told of that and of its end; it is pure.
package vitals

import "time"

// Figures are a look at the machine at one moment. Nothing in them is about anybody. Ages are 0 where
// nothing waits; what is not known is nil, and never trouble.
type Figures struct {
	At time.Time // in the institution's zone

	Polls   bool      // updates are asked for, and not brought by a webhook
	Reached time.Time // when Telegram last answered a poll; when polling began before it first did

	Inbox     int           // updates stored and not worked off
	InboxAge  time.Duration // how long the oldest of them has waited
	Lanes     int           // chats that something is done for, or waits
	Outbox    int           // messages in memory that are not sent
	OutboxAge time.Duration // how long the one that has waited longest has been due
	Behind    bool          // more messages wait in the store

	DeadUpdates, DeadMessages int // put aside, and still kept

	Due, Late int           // deadlines that have come, and those among them that are late
	DueAge    time.Duration // how long the earliest has been due

	Missed map[string]int // reminders that nobody was told in time, the last day, by rule

	Digests  int       // weeks on record
	DigestAt time.Time // when the last was made; zero for never

	DatabaseFailed bool // the figures above could not be read from it
	Database       int64
	Redis          *Redis
	Disk           *Disk
	Backup         *Backup

	PutAside time.Time // when something was put aside last, since the start; zero for never
	NoWrite  time.Time // when the database last could not be written
	Jumped   time.Time // when the machine's clock last jumped, or the machine slept
}

// Redis is how Redis is doing.
type Redis struct {
	Up      bool
	Latency time.Duration // of one question
}

// Disk is the disk that the database is on, in bytes.
type Disk struct{ Free, Size int64 }

// Backup is the newest backup.
type Backup struct {
	At time.Time // zero when there is none
}

// late is from when on a deadline counts as late: the loop looks at least every 20 seconds.
const late = time.Minute

// LateBefore is the time before which what is due by now is late.
func LateBefore(now time.Time) time.Time { return now.Add(-late) }
