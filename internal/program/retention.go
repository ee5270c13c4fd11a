package program

import "time"

// Rule names a rule of retention; the audit knows it by this name.
type Rule string

// The rules.
const (
	KeepDeadLetters   Rule = "dead_letters"
	KeepFollowUps     Rule = "follow_ups"
	KeepPrompts       Rule = "prompts"
	KeepAlarms        Rule = "alarms"
	KeepVisits        Rule = "visits"
	KeepTrade         Rule = "trade"
	KeepOtherReports  Rule = "other_reports"
	KeepMatters       Rule = "matters"
	KeepCapital       Rule = "capital"
	KeepAffairs       Rule = "affairs"
	KeepGuardedCases  Rule = "guarded_cases"
	KeepCases         Rule = "cases"
	KeepInvitations   Rule = "invitations"
	KeepUnconsented   Rule = "unconsented"
	KeepRequests      Rule = "requests"
	KeepCalls         Rule = "calls"
	KeepTargets       Rule = "targets"
	KeepConsents      Rule = "consents"
	KeepStrangerChats Rule = "stranger_chats"
	KeepAudit         Rule = "audit"
	KeepReminders     Rule = "reminders"
)

// Fate is what becomes of something whose time has come.
type Fate string

// The fates.
const (
	Dropped Fate = "dropped" // nothing of it is kept
	Emptied Fate = "emptied" // that it was, its kind, its day and its coded answers are kept for the counts
	Erased  Fate = "erased"  // her key is destroyed, and with it all that it sealed
)

// Keeping is one row of the table of retention: how long something is kept, from when on, and what
// becomes of it then.
type Keeping struct {
	Rule   Rule
	Months int // the calendar's
	Days   int
	From   string // from when on its time runs, for whoever reads the table
	Then   Fate
}

// Retention is the table (safety.md 3.7): nothing is kept longer than it says. Requests for
// erasure are no part of it, since those are not to wait for a table.
func Retention() []Keeping {
	return []Keeping{
		{Rule: KeepDeadLetters, Days: 30, From: "it was put aside", Then: Dropped},
		{Rule: KeepFollowUps, Days: 90, From: "it was due", Then: Dropped},
		{Rule: KeepPrompts, Days: 90, From: "it was sent", Then: Dropped},
		{Rule: KeepReminders, Days: 90, From: "it was closed", Then: Dropped},
		{Rule: KeepAlarms, Days: 180, From: "somebody took care of her", Then: Dropped},
		{Rule: KeepMatters, Months: 12, From: "her way ended", Then: Dropped},
		{Rule: KeepAffairs, Months: 60, From: "it ended", Then: Dropped},
		{Rule: KeepInvitations, Days: 30, From: "it was used or ran out", Then: Dropped},
		{Rule: KeepStrangerChats, Days: 2, From: "its chat became nobody's", Then: Dropped},
		{Rule: KeepVisits, Months: 12, From: "her way ended", Then: Emptied},
		{Rule: KeepTrade, Months: 24, From: "her way ended", Then: Emptied},
		{Rule: KeepCapital, Months: 24, From: "her way ended", Then: Emptied},
		{Rule: KeepOtherReports, Months: 12, From: "her way ended", Then: Emptied},
		{Rule: KeepGuardedCases, Months: 6, From: "it was closed", Then: Emptied},
		{Rule: KeepCases, Months: 12, From: "it was closed", Then: Emptied},
		{Rule: KeepUnconsented, Days: 7, From: "she was put on record", Then: Erased},
		{Rule: KeepRequests, Months: 24, From: "it was done", Then: Dropped},
		{Rule: KeepCalls, Days: 90, From: "she was called", Then: Dropped},
		{Rule: KeepTargets, Days: 90, From: "she wrote it or said that it holds", Then: Dropped},
		{Rule: KeepConsents, Months: 60, From: "it ended", Then: Dropped},
		{Rule: KeepAudit, Months: 24, From: "it was written", Then: Dropped},
	}
}

// Before is the instant before which the time of something has come: what began earlier is kept no
// longer now. For a day, it is the day of that instant in now's zone.
func (k Keeping) Before(now time.Time) time.Time { return now.AddDate(0, -k.Months, -k.Days) }

// Ended reports whether the stage is the end of a participant's way: from then on the time of her
// reports runs.
func (s Stage) Ended() bool { return s == Concluded || s == Withdrawn || s == ReferredAway }

// Undecided reports whether the stage is one in which a woman has only been met: without her yes,
// nothing of her is kept.
func (s Stage) Undecided() bool { return s == Reached || s == Registered }
