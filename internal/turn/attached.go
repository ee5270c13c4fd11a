package turn

import (
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Attached is a picture or a file that a message brings.
type Attached struct {
	Name string // of the file, as whoever gets it sees it
	Data []byte
}

// MostAttached is how many bytes may be attached to a message: what waits in the outbox is kept in
// memory and in the database, and is paid for by whoever gets it.
const MostAttached = 1 << 20

// ErrAttached says that something cannot be attached to a message: there is nothing, or too much.
var ErrAttached = fmt.Errorf("what is attached to a message must have 1 to %d bytes", MostAttached)

// errNotAttached says that a message is none of those that bring something, or brings nothing.
var errNotAttached = errors.New("a picture or a file comes with a message of its own, and with nothing else")

// Check says what is wrong with what the message brings, or nil.
func (m *Message) Check() error {
	switch brings := m.Form == Picture || m.Form == Document; {
	case brings != (m.Attached != nil), brings && (m.Cover != "" || len(m.Buttons) > 0):
		return errNotAttached
	case brings && (len(m.Attached.Data) == 0 || len(m.Attached.Data) > MostAttached):
		return ErrAttached
	}
	return nil
}

// Expired reports whether it is too late for the message.
func (m *Message) Expired(now time.Time) bool { return !m.Until.IsZero() && now.After(m.Until) }

// LogValue keeps what is attached out of every log.
func (a Attached) LogValue() slog.Value { return slog.IntValue(len(a.Data)) }

// Format keeps what is attached out of every text.
func (a Attached) Format(f fmt.State, _ rune) { hide(f, a) }
