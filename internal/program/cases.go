package program

import "time"

// Severity is how urgent a case is (program.md 2.1, Kasus).
type Severity string

// The severities.
const (
	Ordinary  Severity = "biasa"
	Soon      Severity = "segera"
	Emergency Severity = "darurat" // danger now
)

// The kinds of cases that are treated otherwise than the others (program.md 2.2-R).
const (
	FamilyCase   = "dukungan_keluarga"
	SafetyCase   = "keamanan"
	JoiningCase  = "ingin_bergabung" // about somebody whom nobody accompanies yet
	ReferredCase = "rujukan_masuk"   // the same, sent by a partner
)

// The questions of the flows about cases that their rules look at.
const (
	CaseKindField     = "jenis"
	CaseSeverityField = "tingkat"
	CaseActionField   = "tindakan" // what was done last; there is none before the first action
)

// How long a case may wait (program.md N07).
const (
	takenWithin    = 12 * time.Hour
	referredWithin = 24 * time.Hour // the first action of a case that a partner sent
	caseDay        = 24 * time.Hour
	patienceUsual  = 24 * time.Hour // between the reminder and the chair, of an ordinary case
	patienceSoon   = 2 * time.Hour
	patienceUrgent = 30 * time.Minute
)

// SeverityOf is how urgent a case is; one without a severity is ordinary.
func SeverityOf(m Matter) Severity {
	if s := Severity(m.Fields.Get(CaseSeverityField)); s == Soon || s == Emergency {
		return s
	}
	return Ordinary
}

// Guarded reports whether the details of a case stay outside of the bot, and everybody but whoever
// helps sees its header only (safety.md 3.8, program.md 2.4).
func Guarded(m Matter) bool {
	kind := m.Fields.Get(CaseKindField)
	return kind == FamilyCase || kind == SafetyCase
}

// AboutNewcomer reports whether a case is about somebody whom nobody accompanies yet.
func AboutNewcomer(m Matter) bool {
	kind := m.Fields.Get(CaseKindField)
	return kind == JoiningCase || kind == ReferredCase
}

// firstAction is within which time of its opening something has to be done about a case.
func firstAction(m Matter) time.Duration {
	switch SeverityOf(m) {
	case Emergency:
		return 2 * time.Hour
	case Soon:
		return caseDay
	case Ordinary:
	}
	if m.Fields.Get(CaseKindField) == ReferredCase {
		return referredWithin
	}
	return 7 * caseDay
}

// openFor is for how long a case may be open.
func openFor(s Severity) time.Duration {
	switch s {
	case Emergency:
		return 7 * caseDay
	case Soon:
		return 14 * caseDay
	case Ordinary:
	}
	return 30 * caseDay
}

// CaseDue is by when the next step of a case is expected, after a change of it at a time: that
// somebody takes it, that something is done about it, that it is closed. One that has ended is never
// due.
func CaseDue(m Matter, changed time.Time) time.Time {
	if m.Ended() {
		return time.Time{}
	}
	acted := m.Fields.Get(CaseActionField) != ""
	act, take := m.OpenedAt.Add(firstAction(m)), changed.Add(takenWithin)
	switch {
	case m.Status == "baru" && (acted || take.Before(act)):
		return take
	case acted:
		return m.OpenedAt.Add(openFor(SeverityOf(m)))
	}
	return act
}

// CasePatience is how long after whoever is responsible was reminded the chair is told as well.
func CasePatience(s Severity) time.Duration {
	switch s {
	case Emergency:
		return patienceUrgent
	case Soon:
		return patienceSoon
	case Ordinary:
	}
	return patienceUsual
}
