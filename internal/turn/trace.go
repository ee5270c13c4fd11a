package turn

import (
	"log/slog"
	"time"
)

// Trace is a message that stands in a chat, whoever wrote it.
type Trace struct {
	Message  int
	At       time.Time // since when
	Failed   bool      // it was to be removed, and Telegram refused: it is too old
	Attached bool      // it is a picture or a file
}

// Came is a message that a person wrote. It stands in her chat until it is removed.
type Came struct {
	Chat    int64
	Message int
	At      time.Time // when she wrote it; zero means when the turn is stored
}

// Dropped is a trace that is not kept any longer, whether the message stands or not.
type Dropped struct {
	Chat    int64
	Message int
}

// Shown is what became of a chat by showing a message to it.
type Shown struct {
	Card int // the message that is the chat's card from then on; 0 for none
	New  int // the message that was newly sent; 0 when one was only edited or removed
	Gone int // a message that turned out not to be there any more, or was removed; 0 for none

	Attached bool // the new message is a picture or a file
}

// LogValue keeps the chat out of every log.
func (c Came) LogValue() slog.Value { return slog.StringValue("came") }

// LogValue keeps the chat out of every log.
func (d Dropped) LogValue() slog.Value { return slog.StringValue("dropped") }
