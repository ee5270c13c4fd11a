package conversation

import (
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Result is what became of an update, once.
type Result string

// The results.
const (
	Done     Result = "done"      // it is worked off, and stored
	Again    Result = "again"     // it failed, and is tried again
	PutAside Result = "put_aside" // it cannot be worked off
)

// Results lists them all.
func Results() []Result { return []Result{Done, Again, PutAside} }

// Meter is told how the work goes: kinds, results and times, and nothing of what was written. It is
// called from many goroutines.
type Meter interface {
	// Taken is that an update has come to its lane.
	Taken(kind turn.Kind)
	// Worked is what became of one, and how long ago it came in.
	Worked(kind turn.Kind, result Result, since time.Duration)
}

// metered tells the meter, when there is one, what became of an update.
func (l *Lanes) metered(u *turn.Update, result Result) {
	if l.Meter == nil {
		return
	}
	since := time.Duration(0)
	if !u.At.IsZero() {
		since = max(0, l.Clock().Sub(u.At))
	}
	l.Meter.Worked(u.Kind, result, since)
}

// asked notes on the first message that answers a person when she asked.
func (v *visit) asked() {
	if !waitsForAnswer(v.u) {
		return
	}
	i := slices.IndexFunc(v.plan.Messages, func(m turn.Message) bool {
		return m.Chat == v.u.Chat && (m.Form == turn.Card || m.Form == turn.Notice) && !m.Bulk
	})
	if i >= 0 {
		v.plan.Messages[i].Asked = v.u.At
	}
}
