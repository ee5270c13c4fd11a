package program

import (
	"slices"
	"time"
)

// SessionKind is what kind of session it is (program.md 2.2-G), as the flow kegiatan names them.
type SessionKind string

// The kinds that have rules of their own.
const (
	Dialogue   SessionKind = "temu_wicara"
	Training   SessionKind = "bimtek"
	HealthTalk SessionKind = "penyuluhan_kesehatan"
	DrugTalk   SessionKind = "napza"
	Worship    SessionKind = "keagamaan"
	Routine    SessionKind = "pertemuan_rutin"
	Fair       SessionKind = "pameran"
)

// Field is the field of work that a kind of session belongs to, unless another is named (program.md
// row 150).
func (k SessionKind) Field() string {
	switch k {
	case HealthTalk:
		return "kesehatan"
	case DrugTalk:
		return "napza"
	case Worship:
		return "agama"
	}
	return "sosial_ekonomi"
}

// Called is what participants are told that it is, unless another ordinary word was chosen. What a
// talk is about is never told.
func (k SessionKind) Called() string {
	switch k {
	case Training, Dialogue:
		return "kelas"
	case Fair:
		return "belajar_usaha"
	}
	return "kumpul"
}

// Stage is the stage at which participants are waiting for such a session; empty when it is for all.
func (k SessionKind) Stage() Stage {
	switch k {
	case Dialogue:
		return TemuWicara
	case Training:
		return Bimtek
	}
	return ""
}

// The hours between which a session may begin, and how far ahead it may be planned.
const (
	firstSession = 6 * time.Hour
	lastSession  = 21 * time.Hour
	SessionDays  = 366
)

// TimeTrouble is why a session cannot be planned at a time.
type TimeTrouble string

// The troubles.
const (
	NoTrouble  TimeTrouble = ""
	TooLate    TimeTrouble = "past"  // it is over already
	OddHour    TimeTrouble = "hours" // nobody is to walk home at night
	TooFarAway TimeTrouble = "far"
)

// SessionTrouble looks at the time of a session that is planned now; both are in the institution's
// zone.
func SessionTrouble(at, now time.Time) TimeTrouble {
	hour := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	switch {
	case !at.After(now):
		return TooLate
	case hour < firstSession || hour > lastSession:
		return OddHour
	case at.After(now.AddDate(0, 0, SessionDays)):
		return TooFarAway
	}
	return NoTrouble
}

// Repetition is how often a session takes place.
type Repetition string

// The repetitions.
const (
	Once    Repetition = "sekali"
	Weekly  Repetition = "mingguan"
	Monthly Repetition = "bulanan"
	Yearly  Repetition = "tahunan"
)

// Next is the first time after now at which a session takes place again; false when it does not. One
// that was on the 31st is on the last day of a shorter month, and on the 31st again after it.
func (r Repetition) Next(was, now time.Time) (time.Time, bool) {
	for i := 1; i <= 1000; i++ {
		var next time.Time
		switch r {
		case Weekly:
			next = was.AddDate(0, 0, 7*i)
		case Monthly:
			next = monthsLater(was, i)
		case Yearly:
			next = monthsLater(was, 12*i)
		default:
			return time.Time{}, false
		}
		if next.After(now) {
			return next, true
		}
	}
	return time.Time{}, false
}

// monthsLater is the same day some months later, or the last one of a shorter month.
func monthsLater(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), 0, 0, t.Location())
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// Suits reports whether a session is for a participant, by her stage and what she is trained in;
// group is the concentration that the session is for, empty or "semua" for all.
func (k SessionKind) Suits(p Participant, group string) bool {
	if group != "" && group != "semua" && p.Concentration != group {
		return false
	}
	if at := k.Stage(); at != "" {
		return p.Stage == at
	}
	return p.Stage.Active()
}

// RatingsLeast is from how many answers on the staff see what participants thought of a session:
// below, one could guess who said what (safety.md 3.5 rule 15).
const RatingsLeast = 5

// MeanRating is the mean of the scores that were given, in tenths, and how many there were; false
// while there are too few to be shown.
func MeanRating(given map[int]int) (tenths, n int, ok bool) {
	sum := 0
	for score, times := range given {
		n += times
		sum += score * times
	}
	if n < RatingsLeast {
		return 0, n, false
	}
	return (sum*10 + n/2) / n, n, true
}

// RatingDays is for how many days after a session its participants are asked what it was like.
const RatingDays = 14

// Replies lists what may be answered to an invitation, in the order in which tapping goes through
// them.
func Replies() []Reply { return []Reply{NotReplied, WillCome, MayCome, CannotCome} }

// After is the reply that the next tap means.
func (r Reply) After() Reply {
	all := Replies()
	return all[(slices.Index(all, r)+1)%len(all)]
}

// AnswerTime is how a flow writes a day and an hour, in the institution's zone.
const AnswerTime = "2006-01-02T15:04"

// SessionBegins is when a session begins, in a zone; false while it is put off.
func SessionBegins(m Matter, zone *time.Location) (time.Time, bool) {
	at, err := time.ParseInLocation(AnswerTime, m.Fields.Get("mulai"), zone)
	return at, err == nil
}

// SessionMoved is the field of a session that says when it was last moved: who answered before has
// answered about another time. It is no answer of a flow, so no card shows it.
const SessionMoved = "moved_at"

// ReplyTo is what somebody has answered to an invitation as the session stands now.
func ReplyTo(m Matter, a Attendance) Reply {
	moved, err := time.Parse(time.RFC3339, m.Fields.Get(SessionMoved))
	if err == nil && !a.RepliedAt.After(moved) {
		return NotReplied
	}
	return a.Reply
}
