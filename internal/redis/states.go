// Package redis keeps in Redis what is being said right now: the states of conversations,
// and leases that several instances share. Values arrive sealed and keys are keyed hashes,
// so that Redis knows nobody; what must not be lost is not kept here.
package redis

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/dampingi/dampingi/internal/turn"
)

// Life is how long a state is kept after it was last saved.
const Life = 35 * 24 * time.Hour

const defaultPrefix = "dampingi:"

// ErrClosed says that the states have been closed.
var ErrClosed = errors.New("the state store is closed")

// Options are what States need besides the address; the zero value works.
type Options struct {
	Prefix string       // of every key; "dampingi:" when empty
	Log    *slog.Logger // where trouble is told; nowhere when nil
}

// States is the store of conversations' states. It is safe for use by many goroutines.
//
// A stored value is its revision in 8 bytes, then the data. Loads and saves that wait are
// sent together by one goroutine, in one round trip.
type States struct {
	client   *redis.Client
	prefix   string
	log      *slog.Logger
	sender   *sender
	take     *redis.Script
	giveBack *redis.Script
}

// client prepares a connection to the Redis at a URL, which is not tried yet; ErrURL.
func client(url string) (*redis.Client, error) {
	opt, err := redis.ParseURL(url)
	if err != nil {
		return nil, ErrURL
	}
	opt.MaxRetries = -1 // the sender repeats, because it knows what may be repeated
	opt.DialerRetries = 1
	opt.DisableIdentity = true
	opt.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	quiet.Do(func() { redis.SetLogger(silence{}) })
	return redis.NewClient(opt), nil
}

// Open connects to Redis at a URL (redis://, rediss:// or unix://) and checks that it
// answers. Errors never repeat the URL, which may hold a password.
func Open(ctx context.Context, url string, o Options) (*States, error) {
	c, err := client(url)
	if err != nil {
		return nil, errors.New("open Redis: REDIS_URL cannot be read; " +
			"write redis://[user:password@]host:port/number or unix:///path/to/socket")
	}
	if o.Prefix == "" {
		o.Prefix = defaultPrefix
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &States{
		client: c, prefix: o.Prefix, log: o.Log,
		take: redis.NewScript(luaTake), giveBack: redis.NewScript(luaGiveBack),
	}
	if err := s.Check(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open Redis: %w", err), s.client.Close())
	}
	if durable, why := s.Durable(ctx); !durable {
		s.log.WarnContext(ctx, "Redis may lose running conversations", "why", why)
	}
	if s.sender, err = newSender(ctx, s.client); err != nil {
		return nil, errors.Join(fmt.Errorf("open Redis: %w", err), s.client.Close())
	}
	return s, nil
}

// The library would write to standard error on its own; all it has to say comes back as
// errors too.
type silence struct{}

// Printf says nothing.
func (silence) Printf(context.Context, string, ...any) {}

var quiet sync.Once //nolint:gochecknoglobals // the library has one logger for all

// Load gives a conversation's state; the zero Saved when there is none.
func (s *States) Load(ctx context.Context, key turn.Key) (turn.Saved, error) {
	value, err := s.sender.send(ctx, request{key: s.stateKey(key)})
	if redis.HasErrorPrefix(err, "WRONGTYPE") || err == nil && value != "" && len(value) < revSize {
		return turn.Saved{}, fmt.Errorf("load a conversation: what Redis holds was not saved by us: %w", turn.ErrBroken)
	}
	if err != nil {
		return turn.Saved{}, fmt.Errorf("load a conversation: %w", err)
	}
	if value == "" {
		return turn.Saved{}, nil
	}
	data := []byte(value)
	return turn.Saved{Rev: binary.BigEndian.Uint64(data), Data: data[revSize:]}, nil
}

// Save stores a conversation's state for Life; turn.ErrConflict when the stored revision is
// not the one it was read at.
func (s *States) Save(ctx context.Context, st turn.State) error {
	r := request{key: s.stateKey(st.Key), value: make([]byte, revSize, revSize+len(st.Data))}
	binary.BigEndian.PutUint64(r.value, st.Was+1)
	r.value = append(r.value, st.Data...)
	if st.Was > 0 {
		binary.BigEndian.PutUint64(r.was[:], st.Was)
		r.exists = true
	}
	if _, err := s.sender.send(ctx, r); err != nil {
		return fmt.Errorf("save a conversation: %w", err)
	}
	return nil
}

func (s *States) stateKey(key turn.Key) string { return s.prefix + "state:" + string(key) }
func (s *States) leaseKey(name string) string  { return s.prefix + "lease:" + name }

// luaTake takes or prolongs: KEYS lease; ARGV holder, milliseconds.
const luaTake = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`

// luaGiveBack drops: KEYS lease; ARGV holder.
const luaGiveBack = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

// Lease takes or prolongs a lease for a holder and says whether it has it; another's ends
// after its ttl (at least a millisecond) or with Release.
func (s *States) Lease(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	ms := max(ttl.Milliseconds(), 1)
	n, err := s.take.Run(ctx, s.client, []string{s.leaseKey(name)}, holder, ms).Int()
	if err != nil {
		return false, fmt.Errorf("take lease %s: %w", name, err)
	}
	return n == 1, nil
}

// Release gives a lease back; one that is another's stays.
func (s *States) Release(ctx context.Context, name, holder string) error {
	if err := s.giveBack.Run(ctx, s.client, []string{s.leaseKey(name)}, holder).Err(); err != nil {
		return fmt.Errorf("release lease %s: %w", name, err)
	}
	return nil
}

// Check says whether Redis answers, for readiness probes.
func (s *States) Check(ctx context.Context) error {
	if err := s.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ask Redis: %w", err)
	}
	return nil
}

// Durable says whether Redis keeps its data over a restart and under memory pressure; if
// not, the sentence says what is wrong and how to put it right.
func (s *States) Durable(ctx context.Context) (bool, string) {
	info, err := s.client.Info(ctx, "persistence", "memory").Result()
	if err != nil {
		return false, "Redis does not tell whether it keeps its data (INFO is not allowed): make sure that `appendonly` is `yes`"
	}
	if field(info, "aof_enabled") != "1" {
		return false, "Redis forgets running conversations when it restarts: set `appendonly yes` in redis.conf"
	}
	limit, _ := strconv.ParseInt(field(info, "maxmemory"), 10, 64)
	if policy := field(info, "maxmemory_policy"); limit > 0 && policy != "noeviction" {
		return false, "Redis may throw running conversations away when memory is short (`maxmemory-policy " + policy +
			"`): set `maxmemory-policy noeviction` in redis.conf"
	}
	return true, ""
}

// field finds a line name:value in an answer to INFO.
func field(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// Stats are counters since the states were opened.
type Stats struct {
	Requests uint64 // loads and saves
	Trips    uint64 // round trips they took
}

// Stats gives the counters of what was sent.
func (s *States) Stats() Stats {
	return Stats{Requests: s.sender.requests.Load(), Trips: s.sender.trips.Load()}
}

// Close sends what waits and closes the connections; what comes later gets ErrClosed.
func (s *States) Close() error {
	s.sender.close()
	if err := s.client.Close(); err != nil && !errors.Is(err, redis.ErrClosed) {
		return fmt.Errorf("close Redis: %w", err)
	}
	return nil
}
