package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Inbox keeps what came in until it is dealt with.
type Inbox interface {
	// Receive stores the rows in one transaction and returns, with their Seq, those that it
	// did not know yet. When it returns, they survive a power cut.
	Receive(ctx context.Context, rows []turn.Row) ([]turn.Row, error)
}

// Deliver hands stored rows over to those who answer them. It returns at once; done is called
// once for every row, when it has been dealt with. The rows may be kept.
type Deliver func(rows []turn.Row, done func())

// Leaser sees to it that only one instance polls.
type Leaser interface {
	// Lease takes the named lease for holder, or renews it, for ttl from now. False means
	// that another holds it.
	Lease(ctx context.Context, name, holder string, ttl time.Duration) (bool, error)
}

// Poller fetches updates by long polling. An update is confirmed to Telegram only when the
// inbox has it.
type Poller struct {
	API     string       // address of the Bot API server; empty: DefaultURL
	Token   string       // of the bot
	Client  *http.Client // without a timeout of its own; nil: one that fits
	Inbox   Inbox
	Deliver Deliver

	Lease  Leaser // nil: nobody else polls
	Holder string // who we are to the Lease

	Undone  int                                             // rows that may wait for their done before polling pauses; 0: 4096
	Clock   func() time.Time                                // nil: time.Now
	Sleep   func(ctx context.Context, d time.Duration) bool // false when ctx ended; nil: a timer
	Random  func() float64                                  // in [0,1), for the jitter; nil: math/rand
	Log     *slog.Logger                                    // nil: none
	Reached func(at time.Time)                              // told of every answer of Telegram, for readiness; may be nil
	Rivaled func(at time.Time)                              // told when somebody else polls with the same token; may be nil

	led  bool // Lead has taken the lease, and Leave gives it back
	gate gate
	once sync.Once
}

// ErrLease says that another instance has taken the lease that Lead took.
var ErrLease = errors.New("another instance has taken the lease")

// Lead waits for the lease before Run is called, for whoever may begin other things only when
// nobody else works; false when ctx ended first. After Lead, Run ends with ErrLease when another
// has taken the lease, and does not give it back: others still work, and Leave comes after them.
func (p *Poller) Lead(ctx context.Context) bool {
	p.once.Do(p.defaults)
	if p.acquire(ctx) != nil {
		return false
	}
	p.led = true
	return true
}

// Leave gives back the lease that Lead took, if it did.
func (p *Poller) Leave(ctx context.Context) {
	if !p.led || p.Lease == nil {
		return
	}
	p.led = false
	p.giveBack(ctx)
}

// giveBack ends our lease, and no other.
func (p *Poller) giveBack(ctx context.Context) {
	back, stop := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer stop()
	// A lease of a millisecond is none: the next one need not wait for ours to run out.
	_, _ = p.Lease.Lease(back, leaseName, p.Holder, time.Millisecond)
}

// How polling waits.
const (
	pollTimeout = 50 * time.Second // Telegram holds an empty answer back for that long
	pollGrace   = 15 * time.Second
	leaseName   = "telegram.poll"
	leaseTime   = 30 * time.Second
	backoffBase = time.Second
	backoffMost = time.Minute
	conflicted  = 5 * time.Second
	// After a week without updates Telegram numbers them anew, maybe below the last offset.
	// What came is confirmed long before that, and no offset at all asks for the rest.
	quiet = 24 * time.Hour
)

// Run polls until ctx ends, which is no error, or the token turns out to be wrong, which is, or
// the lease of Lead is lost.
// Everything else passes: it waits and tries again.
func (p *Poller) Run(ctx context.Context) error {
	p.once.Do(p.defaults)
	if p.Token == "" {
		return ErrToken
	}
	for ctx.Err() == nil {
		switch err := p.acquire(ctx); {
		case errors.Is(err, ErrLease):
			return fmt.Errorf("polling has stopped: %w", err)
		case err != nil:
			return nil //nolint:nilerr // what ended with ctx is no error
		}
		err := p.leased(ctx)
		if fatal(err) {
			return fmt.Errorf("polling has stopped: %w", err)
		}
	}
	return nil
}

// defaults fills what was left open.
func (p *Poller) defaults() {
	if p.API == "" {
		p.API = DefaultURL
	}
	if p.Client == nil {
		p.Client = &http.Client{}
	}
	if p.Undone <= 0 {
		p.Undone = 4096
	}
	if p.Clock == nil {
		p.Clock = time.Now //nolint:forbidigo // the default of a parameter
	}
	if p.Sleep == nil {
		p.Sleep = sleep
	}
	if p.Random == nil {
		p.Random = rand.Float64
	}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	if p.Reached == nil {
		p.Reached = func(time.Time) {}
	}
	if p.Rivaled == nil {
		p.Rivaled = func(time.Time) {}
	}
	p.gate.init(p.Undone)
}

// sleep waits for d and returns true, or false when ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// acquire waits for the lease until ctx ends; what Lead took is not waited for again.
func (p *Poller) acquire(ctx context.Context) error {
	if p.Lease == nil {
		return ctx.Err()
	}
	for told := false; ; {
		ok, err := p.Lease.Lease(ctx, leaseName, p.Holder, leaseTime)
		switch {
		case ok && err == nil:
			return nil
		case err == nil && p.led:
			return ErrLease
		}
		if !told {
			p.Log.Warn("waiting to poll: another instance holds the lease, or it cannot be asked", "error", err)
			told = true
		}
		if !p.Sleep(ctx, leaseTime/3) {
			return ctx.Err()
		}
	}
}

// leased polls for as long as the lease is ours, and hands it back at the end, unless Leave does.
func (p *Poller) leased(ctx context.Context) error {
	if p.Lease == nil {
		return p.poll(ctx)
	}
	inner, cancel := context.WithCancel(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() {
		defer cancel()
		p.renew(inner)
	})
	err := p.poll(inner)
	cancel()
	renewing.Wait()
	if !p.led {
		p.giveBack(ctx)
	}
	return err
}

// renew keeps the lease until ctx ends, or until it is or may be lost.
func (p *Poller) renew(ctx context.Context) {
	last := p.Clock()
	for p.Sleep(ctx, leaseTime/3) {
		ok, err := p.Lease.Lease(ctx, leaseName, p.Holder, leaseTime)
		now := p.Clock()
		switch {
		case err == nil && ok:
			last = now
		case ctx.Err() != nil:
			return
		case err == nil:
			p.Log.Warn("polling pauses: another instance has taken the lease")
			return
		case now.Sub(last) > leaseTime/2:
			p.Log.Warn("polling pauses: the lease cannot be renewed", "error", err)
			return
		}
	}
}

// poll fetches batch after batch until ctx ends or the token is refused.
func (p *Poller) poll(ctx context.Context) error {
	var (
		offset  int64
		tries   int
		webhook = true // one may be set, and then polling is refused
		told    turn.TroubleKind
		moved   = p.Clock()
	)
	for {
		var err error
		before := offset
		if webhook {
			if err = p.deleteWebhook(ctx); err == nil {
				webhook = false
				p.Reached(p.Clock()) // the first poll may stay silent for long
			}
		}
		if err == nil {
			offset, err = p.round(ctx, offset)
		}
		switch {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // what ended with ctx is no error
		case err == nil:
			if tries > 0 {
				p.Log.Info("polling goes on")
			}
			tries, told = 0, 0
			if now := p.Clock(); offset != before {
				moved = now
			} else if now.Sub(moved) > quiet {
				offset, moved = 0, now
			}
			continue
		case fatal(err):
			return err
		}
		switch {
		case why(err) == webhookSet:
			webhook = true
		case kindOf(err) == turn.Conflicted:
			p.Rivaled(p.Clock())
		}
		if kind := kindOf(err); kind != told || tries == 0 {
			p.Log.Warn("polling waits", "error", err)
			told = kind
		}
		if !p.Sleep(ctx, p.pause(err, tries)) {
			return nil
		}
		tries++
	}
}

// pause is how long to wait after an error.
func (p *Poller) pause(err error, tries int) time.Duration {
	t := troubleOf(err)
	switch {
	case t != nil && t.Kind == turn.Slow:
		return t.After
	case t != nil && t.Kind == turn.Conflicted:
		return conflicted
	}
	d := min(backoffMost, backoffBase<<min(tries, 10))
	return d/2 + time.Duration(p.Random()*float64(d/2))
}

// round fetches one batch, stores it, and returns the offset that confirms what was stored.
func (p *Poller) round(ctx context.Context, offset int64) (int64, error) {
	if !p.gate.wait(ctx) {
		return offset, fmt.Errorf("wait for those who answer: %w", ctx.Err())
	}
	answer, err := p.getUpdates(ctx, offset)
	if err != nil {
		return offset, err
	}
	now := p.Clock()
	p.Reached(now)
	b, broken := split(answer, now)
	if b.alien > 0 {
		p.Log.Error("updates without an id were passed over", "count", b.alien)
	}
	if len(b.rows) > 0 {
		fresh, err := p.Inbox.Receive(ctx, b.rows)
		if err != nil {
			return offset, fmt.Errorf("store the batch: %w", err)
		}
		offset = b.next
		if len(fresh) > 0 {
			p.gate.add(len(fresh))
			p.Deliver(fresh, p.gate.done)
		}
	}
	if broken == nil && b.alien > 0 && len(b.rows) == 0 {
		broken = errBatch // it cannot be confirmed, and would be given again at once, and again
	}
	if broken != nil {
		return offset, fmt.Errorf("answer of getUpdates: %w", broken)
	}
	return offset, nil
}
