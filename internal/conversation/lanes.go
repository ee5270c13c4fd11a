package conversation

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/dampingi/dampingi/internal/lane"
	"github.com/dampingi/dampingi/internal/turn"
)

// Inbox is where updates wait until they are worked off.
type Inbox interface {
	Attempted(ctx context.Context, seq int64) (int, error)
	Bury(ctx context.Context, seq int64, reason string) error
}

// Handler works one update off.
type Handler interface {
	Handle(ctx context.Context, u turn.Update) error
}

// LanesOptions is what the lanes work with.
type LanesOptions struct {
	Desk   Handler
	Inbox  Inbox
	Decode func(turn.Row) (turn.Update, error)
	Sorry  func(ctx context.Context, u turn.Update) // tells a person that her message could not be worked off
	Settle func(ctx context.Context, d turn.Due)    // ends a deadline that could not be worked off
	Alert  func(what string)                        // tells the administrator
	Sleep  func(ctx context.Context, d time.Duration) error
	Limit  int // how many chats are worked on side by side
	Dues   int // how many deadlines of them at most, so that whoever writes does not wait for a thousand reminders
	Log    *slog.Logger
	Meter  Meter            // told how the work goes; may be nil
	Clock  func() time.Time // for the Meter
}

// Lanes takes updates to the desk: those of one chat in their order, the chats side by
// side. What fails for a passing reason waits and is tried again; what fails for its own
// sake is put aside, so that the lane goes on.
type Lanes struct {
	LanesOptions
	group   *lane.Executor[int64]
	clock   *lane.Executor[int64] // deadlines on their way to the group, so many at once
	waiting atomic.Int64
	ctx     context.Context //nolint:containedctx // the lanes' own life, not a caller's
}

// NewLanes prepares the lanes; they work until ctx is done.
func NewLanes(ctx context.Context, o LanesOptions) *Lanes {
	if o.Limit == 0 {
		o.Limit = 256
	}
	if o.Dues == 0 {
		o.Dues = 8
	}
	return &Lanes{LanesOptions: o, group: lane.New[int64](o.Limit), clock: lane.New[int64](o.Dues), ctx: ctx}
}

// Waiting is how many updates are not yet worked off.
func (l *Lanes) Waiting() int64 { return l.waiting.Load() }

// Busy is for how many chats something is done, or waits.
func (l *Lanes) Busy() int { return l.group.Keys() }

// Close waits until nothing is being worked on; what waits stays in the inbox, or due.
func (l *Lanes) Close() {
	l.clock.Close()
	l.group.Close()
}

// kept is how long Telegram keeps an update that nobody fetches, with some leeway.
const kept = 48 * time.Hour

// Deliver takes inbox rows to the lanes of their chats; done is called once for each row
// that is worked off or put aside.
func (l *Lanes) Deliver(rows []turn.Row, done func()) {
	for _, row := range rows {
		u, err := l.decode(row)
		if err != nil {
			l.bury(turn.Update{Row: row.Seq}, "undecodable update")
			l.metered(&turn.Update{At: row.At}, PutAside)
			done()
			continue
		}
		if age := row.At.Sub(u.At); age > 0 && age < kept {
			u.Sent = u.At // after an outage, long before it came in
		}
		u.Row, u.At, u.Attempts = row.Seq, row.At, row.Attempts
		l.waiting.Add(1)
		l.lane(u, done)
	}
}

// decode turns a panic into an error: the row would be met with again at every start, and no
// start would succeed.
func (l *Lanes) decode(row turn.Row) (u turn.Update, err error) {
	defer caught(&err)
	return l.Decode(row)
}

// Take takes a deadline to the lane of its chat, when it is among the few that are worked off at once; done
// is called when it was worked off.
func (l *Lanes) Take(u turn.Update, done func()) {
	l.waiting.Add(1)
	taken := l.clock.Go(u.Chat, func() {
		over := make(chan struct{})
		if l.lane(u, func() { close(over) }) {
			<-over
			done()
		}
	})
	if !taken { // closing: it stays due
		l.waiting.Add(-1)
	}
}

// lane takes an update, which waits already, to the lane of its chat; false when the lanes are closing.
func (l *Lanes) lane(u turn.Update, done func()) bool {
	if l.Meter != nil {
		l.Meter.Taken(u.Kind)
	}
	taken := l.group.Go(u.Chat, func() {
		defer done()
		defer l.waiting.Add(-1)
		l.work(u)
	})
	if !taken { // closing: it stays in the inbox
		l.waiting.Add(-1)
	}
	return taken
}

// attemptsMost is how often an update may fail for its own sake.
const attemptsMost = 3

// alertAfter is how long an update may wait for a passing reason before the administrator hears
// of it: what does not pass by itself needs somebody.
const alertAfter = time.Minute

// work tries until the update is worked off, put aside, or the lanes are closed.
func (l *Lanes) work(u turn.Update) {
	waited, told := time.Duration(0), false
	for pause := 20 * time.Millisecond; l.ctx.Err() == nil; pause = min(pause*2, 10*time.Second) {
		err := l.handle(u)
		if err == nil {
			l.metered(&u, Done)
			return
		}
		own := ownFault(err)
		if own && l.failed(&u, err) {
			l.metered(&u, PutAside)
			return
		}
		l.metered(&u, Again)
		if !own && l.ctx.Err() == nil {
			l.Log.Warn("update waits", "update", u, "pause", pause, "error", err)
		}
		if !own && !told && waited >= alertAfter {
			told = true
			l.Alert("an update has been waiting for more than a minute")
		}
		d := pause + rand.N(pause/2) //nolint:gosec // keeps lanes from trying all at once, and hides nothing
		if l.Sleep(l.ctx, d) != nil {
			return
		}
		waited += d
	}
}

// ownFault tells what no waiting helps against: a panic, a record that is not there or is
// somebody else's, as after a backup of the records was restored and the conversations were not,
// or one that cannot be opened or written.
func ownFault(err error) bool {
	var panicked *panicError
	return errors.As(err, &panicked) || errors.Is(err, turn.ErrNotFound) ||
		errors.Is(err, turn.ErrTaken) || errors.Is(err, turn.ErrBroken)
}

// failed counts a failure of the update's own making; it tells whether it was put aside.
func (l *Lanes) failed(u *turn.Update, err error) bool {
	l.Log.Error("update failed", "update", *u, "error", err)
	u.Attempts++
	if u.Row != 0 {
		if n, err := l.Inbox.Attempted(l.ctx, u.Row); err == nil {
			u.Attempts = n
		}
	}
	if u.Attempts < attemptsMost {
		return false
	}
	if u.Kind == turn.Deadline { // nobody wrote, so nobody is told; and it must not come again
		l.Alert("deadline put aside: failed " + fmt.Sprint(attemptsMost) + " times")
		l.Settle(l.ctx, turn.Due{Chat: u.Chat, Kind: u.Data, At: u.Due, Rev: u.Rev})
		return true
	}
	l.bury(*u, "failed "+fmt.Sprint(attemptsMost)+" times")
	return true
}

// bury puts an update aside, tells the administrator, and tells the person.
func (l *Lanes) bury(u turn.Update, reason string) {
	l.Alert("update put aside: " + reason)
	if u.Row != 0 {
		if err := l.Inbox.Bury(l.ctx, u.Row, reason); err != nil {
			l.Log.Error("put update aside", "update", u, "error", err)
		}
	}
	if waitsForAnswer(u) && l.Sorry != nil {
		l.Sorry(l.ctx, u)
	}
}

// waitsForAnswer tells whether somebody wrote or pressed. In a group nothing is ever said, and who
// has just blocked the bot asked for nothing.
func waitsForAnswer(u turn.Update) bool {
	return u.Chat != 0 && (u.Kind == turn.Text || u.Kind == turn.Press || u.Kind == turn.Unsupported)
}

// handle takes the update to the desk and turns a panic into an error.
func (l *Lanes) handle(u turn.Update) (err error) {
	defer caught(&err)
	return l.Desk.Handle(l.ctx, u)
}
