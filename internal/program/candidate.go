package program

import (
	"slices"
)

// Outcome is what a woman who was met said to the invitation (program.md 2.1, Calon).
type Outcome string

// The outcomes.
const (
	Willing   Outcome = "mau"
	Thinking  Outcome = "pikir_dulu"
	Unwilling Outcome = "belum_mau"
	Unreached Outcome = "tidak_bisa_dihubungi" // nobody spoke with her
)

// Outcomes lists them.
func Outcomes() []Outcome { return []Outcome{Willing, Thinking, Unwilling, Unreached} }

// Meeting is what came of meeting a woman who is not on record.
type Meeting struct {
	Adult    bool
	Outcome  Outcome
	Consent  ConsentStatus // what she answered about being accompanied; empty when she was not asked, or did not answer
	NotAgain bool          // she does not want to be spoken to again
	Complete bool          // what she needs, likes and has is known
}

// OnRecord reports whether anything of her may be kept: she is grown up, has been spoken with herself,
// and has said no to nothing that it would take. Otherwise it is only counted that somebody was met.
func (m Meeting) OnRecord() bool {
	return m.Adult && slices.Contains([]Outcome{Willing, Thinking, Unwilling}, m.Outcome) && !m.NotAgain && m.Consent != Refused
}

// Stage is where a woman who is put on record begins: she is registered when she has agreed and what
// it takes is known, and has only been reached until then.
func (m Meeting) Stage() Stage {
	if m.Consent == Given && m.Complete {
		return Registered
	}
	return Reached
}

// UnconsentedUntil is the last day on which a woman who was put on record on a day, and does not
// agree to it, is surely still on record.
func UnconsentedUntil(day Date) Date {
	for _, k := range Retention() {
		if k.Rule == KeepUnconsented {
			return day.AddDays(k.Days - 1)
		}
	}
	return day
}
