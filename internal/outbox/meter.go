package outbox

import (
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Meter is told what becomes of messages, by their form and kinds of trouble. It sees the messages
// themselves, of which it must tell nobody anything else. It is called from many goroutines, under the
// outbox's lock: it must be quick, and not call back.
type Meter interface {
	// Delivered is that a message was taken by Telegram; now is zero for one that answers nobody.
	Delivered(m *turn.Message, now time.Time)
	// Held is that Telegram did not take it this time, or that the store could not be asked about it.
	Held(m *turn.Message, why turn.TroubleKind)
	// Buried is that it never will.
	Buried(m *turn.Message, why turn.TroubleKind)
}

// unmetered counts nothing.
type unmetered struct{}

func (unmetered) Delivered(*turn.Message, time.Time)     {}
func (unmetered) Held(*turn.Message, turn.TroubleKind)   {}
func (unmetered) Buried(*turn.Message, turn.TroubleKind) {}
