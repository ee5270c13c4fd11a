package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrURL says that the address of Redis cannot be read; it repeats nothing of it, which may hold a password.
var ErrURL = errors.New("REDIS_URL cannot be read")

// ErrPassword says that Redis does not let us in.
var ErrPassword = errors.New("redis does not take the user or the password")

// Found is how a Redis stands, as far as it tells.
type Found struct {
	Writes  bool   // it takes what is to be kept; a copy of another Redis does not
	Told    bool   // INFO is allowed
	Config  bool   // CONFIG is allowed, which managed ones mostly forbid
	AOF     bool   // it writes every change down (Told or Config)
	Failing bool   // the last time it wrote something down, it could not
	Bounded bool   // it has a limit of memory
	Policy  string // what it does when memory is short; "" where it does not tell
}

// Inspect connects to the Redis at a URL and looks whether it is fit to keep conversations. It leaves nothing there for longer than a second.
// An error says that there is none to be had: ErrURL, ErrPassword, or what the connection says.
func Inspect(ctx context.Context, url string) (Found, error) {
	c, err := client(url)
	if err != nil {
		return Found{}, err
	}
	defer c.Close() //nolint:errcheck // nothing waits in it
	if err := c.Ping(ctx).Err(); err != nil {
		for _, prefix := range []string{"NOAUTH", "WRONGPASS", "NOPERM", "ERR invalid password", "ERR AUTH"} {
			if redis.HasErrorPrefix(err, prefix) {
				return Found{}, ErrPassword
			}
		}
		return Found{}, fmt.Errorf("ask Redis: %w", err)
	}
	f := Found{Writes: c.Set(ctx, defaultPrefix+"doctor:"+rand.Text(), "", time.Second).Err() == nil}
	f.info(ctx, c)
	f.config(ctx, c)
	return f, nil
}

// info takes what INFO tells.
func (f *Found) info(ctx context.Context, client *redis.Client) {
	info, err := client.Info(ctx, "persistence", "memory").Result()
	if err != nil || field(info, "aof_enabled") == "" {
		return
	}
	f.Told = true
	f.AOF = field(info, "aof_enabled") == "1"
	f.Failing = f.AOF && field(info, "aof_last_write_status") == "err"
	f.Policy = field(info, "maxmemory_policy")
	limit, _ := strconv.ParseInt(field(info, "maxmemory"), 10, 64)
	f.Bounded = limit > 0
}

// config takes what CONFIG tells, which is what was meant.
func (f *Found) config(ctx context.Context, client *redis.Client) {
	set, err := client.ConfigGet(ctx, "appendonly").Result()
	if err != nil || set["appendonly"] == "" {
		return
	}
	f.Config = true
	f.AOF = set["appendonly"] == "yes"
	if set, err = client.ConfigGet(ctx, "maxmemory*").Result(); err == nil {
		f.Policy = set["maxmemory-policy"]
		limit, _ := strconv.ParseInt(set["maxmemory"], 10, 64)
		f.Bounded = limit > 0
	}
}
