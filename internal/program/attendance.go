package program

import "time"

// Reply is what a participant, or her companion for her, said to an invitation.
type Reply string

// The replies (program.md 2.1, Undangan). Nobody is asked for a reason.
const (
	NotReplied Reply = ""
	WillCome   Reply = "hadir"
	MayCome    Reply = "mungkin"
	CannotCome Reply = "tidak"
)

// Presence is whether somebody was there.
type Presence string

// The presences (program.md 2.1, Kehadiran).
const (
	NotNoted Presence = ""
	Present  Presence = "hadir"
	Late     Presence = "terlambat"
	Excused  Presence = "izin"
	Absent   Presence = "tidak_hadir"

	// TakenBack is no presence: it takes back what was noted, with its outcome.
	TakenBack Presence = "belum"
)

// Attendance is a participant's place in a session: invited, answered, there or not.
type Attendance struct {
	Session     string    // the matter's id
	Participant string    // her code
	InvitedAt   time.Time // or when the invitation was taken back
	Reply       Reply
	RepliedAt   time.Time
	Came        Presence
	Outcome     string // of a BIMTEK: selesai, sebagian, tidak; empty when not noted
	Withdrawn   bool   // she is not invited any more

	Heard   time.Time // the beginning that she was told; zero for none, or that there is none any more
	HeardAt time.Time // when she was last told of it, in her chat or in person
}

// Invited reports whether she is invited: who came without having been is not.
func (a Attendance) Invited() bool { return !a.Withdrawn && !a.InvitedAt.IsZero() }

// WasThere reports whether she came, late or not.
func (a Attendance) WasThere() bool { return a.Came == Present || a.Came == Late }
