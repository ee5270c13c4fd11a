package program

import "time"

// RequestKind is what a participant asks for: about her data (UU 27/2022 Ps. 5-13), or to be called.
type RequestKind string

// The kinds.
const (
	AskAccess     RequestKind = "akses"
	AskCorrection RequestKind = "perbaikan"
	AskPause      RequestKind = "jeda"
	AskWithdrawal RequestKind = "tarik_persetujuan"
	AskErasure    RequestKind = "hapus"
	AskCopy       RequestKind = "salinan"
	AskCall       RequestKind = "hubungi" // her companion is to call her; no word about why
)

// RequestLife is by when a request has to be done: 3 x 24 hours (UU 27/2022 Ps. 30, 32, 40-43).
const RequestLife = 72 * time.Hour

// ErasureDelay is after how long the machine erases by itself when nobody has done so: a day
// before the deadline, so that a machine that is away for a day is still in time.
const ErasureDelay = 48 * time.Hour

// Request is something that she asked for, and when it was done.
type Request struct {
	ID          string // derived from the turn
	Participant string
	Kind        RequestKind
	At, Due     time.Time
	DoneAt      time.Time // zero while it is open
	DoneBy      string    // person id, or "system"
	Wish        CallWish  // AskCall: when it suits her
}

// Held is in short what is held about a participant, for her to see.
type Held struct {
	Stage   Stage
	Reports int // that stand, and are still readable
}

// Alarm is a kata aman that came, until somebody takes care of her (safety.md 3.8).
type Alarm struct {
	ID          string
	Participant string
	At          time.Time
	TakenAt     time.Time // zero while nobody has
	TakenBy     string
}

// AlarmPatience is how long her companion has before the chair is told as well.
const AlarmPatience = 30 * time.Minute
