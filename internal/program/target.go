package program

import (
	"log/slog"
	"time"
)

// TargetMost is how many characters a participant's own target may have (program.md 2.1, Peserta).
const TargetMost = 120

// TargetAsked is after how many days she is shown her target again, if she may be written to.
const TargetAsked = 30

// Target is what a participant has set herself, in her own words. It is hers: she changes it or
// takes it away at any time, and nobody sets one for her (program.md row 38).
type Target struct {
	Text string
	At   time.Time // when she wrote it, or said that it still holds
}

// LogValue keeps it out of every log.
func (t Target) LogValue() slog.Value { return slog.StringValue("target") }
