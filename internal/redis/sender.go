package redis

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/dampingi/dampingi/internal/lane"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	revSize  = 8
	maxTrip  = 256 // requests in one round trip
	maxQueue = 1024
	attempts = 3
	pause    = 100 * time.Millisecond
)

// luaSave saves on the revision it was read at: KEYS state; ARGV the revision's bytes
// (” for none), the value, seconds to live, and whether it was sent before. Only then does
// finding the very same value mean that it was ours: sealed values are never the same twice.
const luaSave = `
if redis.call('GETRANGE', KEYS[1], 0, 7) ~= ARGV[1] then
	if ARGV[4] == '1' and redis.call('GET', KEYS[1]) == ARGV[2] then return 1 end
	return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1`

// request is a save, or a load when it has no value.
type request struct {
	key    string
	value  []byte
	was    [revSize]byte
	exists bool // there is a revision to compare with
}

type call struct {
	request
	ctx    context.Context //nolint:containedctx // it is looked at when the call's turn comes
	load   *redis.StringCmd
	save   *redis.Cmd
	value  string
	err    error
	sent   bool
	wait   bool // not answered yet
	answer chan struct{}
}

// sender gathers waiting requests into pipelines: a round trip costs the same for one as
// for hundreds.
type sender struct {
	client   *redis.Client
	save     *redis.Script
	calls    *lane.Funnel[*call]
	stopped  chan struct{}
	life     any
	pool     sync.Pool
	requests atomic.Uint64
	trips    atomic.Uint64
}

// newSender hands its script over to Redis, which also shows whether it may.
func newSender(ctx context.Context, client *redis.Client) (*sender, error) {
	s := &sender{
		client: client, calls: lane.NewFunnel[*call](maxQueue, ErrClosed), stopped: make(chan struct{}),
		life: int64(Life / time.Second), save: redis.NewScript(luaSave),
	}
	if err := s.save.Load(ctx, client).Err(); err != nil {
		return nil, fmt.Errorf("hand a script over: %w", err)
	}
	s.pool.New = func() any { return &call{answer: make(chan struct{}, 1)} }
	go s.run()
	return s, nil
}

// send gives the value that was loaded, or the outcome of a save. A context that ends
// before the request was sent ends it; afterwards the outcome is awaited.
func (s *sender) send(ctx context.Context, r request) (string, error) {
	c, _ := s.pool.Get().(*call)
	*c = call{request: r, ctx: ctx, answer: c.answer}
	if err := s.calls.Put(ctx, c); err != nil {
		return "", err
	}
	<-c.answer
	value, err := c.value, c.err
	*c = call{answer: c.answer}
	s.pool.Put(c)
	return value, err
}

func (s *sender) close() {
	s.calls.Close()
	<-s.stopped
}

func (s *sender) run() {
	defer close(s.stopped)
	group := make([]*call, 0, maxTrip)
	for first := range s.calls.Out() {
		group = append(group[:0], first)
		runtime.Gosched() // whoever is about to ask may do so first
	gather:
		for len(group) < maxTrip {
			select {
			case c, ok := <-s.calls.Out():
				if !ok {
					break gather
				}
				group = append(group, c)
			default:
				break gather
			}
		}
		s.requests.Add(uint64(len(group)))
		s.serve(group)
		for i, c := range group {
			group[i] = nil
			c.answer <- struct{}{}
		}
	}
}

// serve sends the group until each has its answer, at most a few times.
func (s *sender) serve(group []*call) {
	for _, c := range group {
		c.err = c.ctx.Err()
		c.wait = c.err == nil
	}
	for i := range attempts {
		if i > 0 {
			<-time.After(time.Duration(i-1) * pause) // the first time at once, on another connection
		}
		if s.trip(group) == 0 {
			return
		}
	}
	for _, c := range group {
		if c.wait {
			c.err = fmt.Errorf("ask Redis: %w", c.err)
		}
	}
}

// trip sends what waits in one pipeline and gives the number of those that still wait.
func (s *sender) trip(group []*call) int {
	ctx := context.Background() // bounded by the client's time-outs; the answer serves many
	pipe := s.client.Pipeline()
	for _, c := range group {
		switch {
		case !c.wait:
		case c.isLoad():
			c.load = pipe.Get(ctx, c.key)
		default:
			was, again := c.was[:], "0"
			if !c.exists {
				was = nil
			}
			if c.sent {
				again = "1"
			}
			c.save = pipe.EvalSha(ctx, s.save.Hash(), []string{c.key}, was, c.request.value, s.life, again)
		}
	}
	if pipe.Len() == 0 {
		return 0
	}
	s.trips.Add(1)
	_, _ = pipe.Exec(ctx) // each command has its own error
	waiting, unknown := 0, false
	for _, c := range group {
		if !c.wait {
			continue
		}
		c.settle()
		unknown = unknown || redis.HasErrorPrefix(c.err, "NOSCRIPT")
		if c.wait {
			waiting++
		}
	}
	if unknown { // Redis was restarted
		_ = s.save.Load(ctx, s.client).Err() // the next trip tells
	}
	return waiting
}

// isLoad says whether the request is a load.
func (c *call) isLoad() bool { return c.request.value == nil }

// settle reads the command's answer; what may be repeated goes on waiting.
func (c *call) settle() {
	c.wait = false
	if c.load != nil {
		c.value, c.err = c.load.Result()
		if errors.Is(c.err, redis.Nil) {
			c.value, c.err = "", nil
		}
	} else {
		var n int
		n, c.err = c.save.Int()
		if c.err == nil && n == 0 {
			c.err = turn.ErrConflict
			return
		}
	}
	var refusal redis.Error
	switch {
	case c.err == nil:
	case redis.HasErrorPrefix(c.err, "NOSCRIPT"), redis.HasErrorPrefix(c.err, "LOADING"):
		c.wait = true // it was not done
	case errors.As(c.err, &refusal): // Redis said no
	default: // the connection broke: it may have been done
		c.wait, c.sent = true, true
	}
}
