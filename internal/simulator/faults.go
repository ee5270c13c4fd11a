package simulator

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// errCut is the fault that cuts the connection instead of answering.
var errCut = &apiError{text: "cut"}

// Fault is one trouble of the Bot API.
type Fault struct {
	// Kind is an HTTP status that Telegram answers with ("429", "500",
	// "502", "401" …), "cut_before" (the connection breaks before the call is
	// handled), "cut_after" (it is handled, the answer is lost) or "latency".
	Kind string `json:"kind"`
	// Method and Chat narrow the calls it strikes; empty means all.
	Method string `json:"method,omitempty"`
	Chat   int64  `json:"chat,omitempty"`
	// Count is how often it strikes; 0 means until it is cleared.
	Count int `json:"count,omitempty"`
	// Probability is how likely it strikes a call; 0 means always.
	Probability float64 `json:"probability,omitempty"`
	// RetryAfter is the seconds of a "429".
	RetryAfter int `json:"retry_after,omitempty"`
	// Latency is how long "latency" waits, on the simulator's clock ("250ms").
	Latency string `json:"latency,omitempty"`
}

// Faults are the troubles that can be switched on.
type Faults struct {
	server *Server
	active atomic.Bool
	mu     sync.Mutex
	random *rand.Rand
	rules  []*Fault
}

func newFaults(s *Server, random *rand.Rand) *Faults {
	return &Faults{server: s, random: random}
}

// Add switches a fault on.
func (f *Faults) Add(fault Fault) error {
	switch fault.Kind {
	case "cut_before", "cut_after":
	case "latency":
		if _, err := time.ParseDuration(fault.Latency); err != nil {
			return fmt.Errorf("latency: %w", err)
		}
	default:
		if code, err := strconv.Atoi(fault.Kind); err != nil || code < 400 || code > 599 {
			return fmt.Errorf("unknown kind of fault %q", fault.Kind)
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = append(f.rules, &fault)
	f.active.Store(true)
	return nil
}

// Clear switches all faults of calls off; blocked chats stay blocked.
func (f *Faults) Clear() {
	f.mu.Lock()
	f.rules = nil
	f.active.Store(false)
	f.mu.Unlock()
	q := f.server.queue
	q.mu.Lock()
	q.duplicate, q.reorder = 0, 0
	q.mu.Unlock()
}

// Active lists the faults that are switched on.
func (f *Faults) Active() []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := make([]Fault, len(f.rules))
	for i, r := range f.rules {
		list[i] = *r
	}
	return list
}

// Block makes the person of a chat block the bot (a group removes it).
func (f *Faults) Block(chat int64) error {
	return f.move(chat, blocked, map[bool]string{true: "left", false: "kicked"}[chat < 0])
}

// Unblock takes a block back.
func (f *Faults) Unblock(chat int64) error { return f.move(chat, member, "member") }

// Deactivate deletes the account of a person.
func (f *Faults) Deactivate(chat int64) error { return f.move(chat, deactivated, "") }

func (f *Faults) move(id int64, state membership, status string) error {
	c := f.server.chat(id)
	if c == nil {
		return fmt.Errorf("chat %d: %w", id, ErrNoChat)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if status == "" {
		c.state = state
		return nil
	}
	f.server.setState(c, state, status)
	return nil
}

// Duplicate delivers each of the next n updates a second time, after it was confirmed.
func (f *Faults) Duplicate(n int) {
	q := f.server.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.duplicate += n
}

// Reorder turns the next n batches of getUpdates that hold several updates around.
func (f *Faults) Reorder(n int) {
	q := f.server.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.reorder += n
}

// Update delivers an update with these members, of whatever shape.
func (f *Faults) Update(members map[string]json.RawMessage) {
	f.server.queue.pushRaw(members)
}

// UnknownUpdate delivers an update of a kind that does not exist yet.
func (f *Faults) UnknownUpdate() {
	f.Update(map[string]json.RawMessage{"thought_shared": json.RawMessage(`{"id":"1","from":{"id":1},"depth":[1,{"a":null}]}`)})
}

// before strikes a call before it is handled; after says that the connection
// must be cut once it has been.
func (f *Faults) before(ctx context.Context, method string, p *params) (after bool, err error) {
	if !f.active.Load() {
		return false, nil
	}
	for _, fault := range f.strike(method, p) {
		switch fault.Kind {
		case "cut_before":
			return false, errCut
		case "cut_after":
			after = true
		case "latency":
			wait, _ := time.ParseDuration(fault.Latency) // checked by Add
			if err := f.server.clock.wait(ctx, f.server.clock.Now().Add(wait), f.server.ctx.Done()); err != nil {
				return false, errCut
			}
		case "429":
			return false, tooManyRequests(max(1, fault.RetryAfter))
		default:
			code, _ := strconv.Atoi(fault.Kind) // checked by Add
			return false, &apiError{code: code, text: http.StatusText(code)}
		}
	}
	return after, nil
}

// strike takes the faults that hit this call and counts them down.
func (f *Faults) strike(method string, p *params) []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	var hit []Fault
	f.rules = slices.DeleteFunc(f.rules, func(r *Fault) bool {
		switch {
		case r.Method != "" && r.Method != method,
			r.Chat != 0 && r.Chat != p.int("chat_id"),
			r.Probability > 0 && f.random.Float64() >= r.Probability:
			return false
		}
		hit = append(hit, *r)
		if r.Count == 0 {
			return false
		}
		r.Count--
		return r.Count == 0
	})
	f.active.Store(len(f.rules) > 0)
	return hit
}
