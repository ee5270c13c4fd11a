package telegram

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/turn"
)

// shelf is an inbox in memory.
type shelf struct {
	mu   sync.Mutex
	rows map[int64]turn.Row
	fail int // so many times
}

var errShelf = errors.New("disk full")

func (s *shelf) Receive(_ context.Context, rows []turn.Row) ([]turn.Row, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail > 0 {
		s.fail--
		return nil, errShelf
	}
	if s.rows == nil {
		s.rows = make(map[int64]turn.Row)
	}
	var fresh []turn.Row
	for _, r := range rows {
		if _, known := s.rows[r.UpdateID]; !known {
			r.Seq = int64(len(s.rows) + 1)
			s.rows[r.UpdateID] = r
			fresh = append(fresh, r)
		}
	}
	return fresh, nil
}

// intake is a poller with everything around it.
type intake struct {
	*Poller
	inbox  shelf
	mu     sync.Mutex
	got    []int64
	done   []func()
	pauses []time.Duration
	log    bytes.Buffer
}

// newIntake polls a fake server; it stops when the server has nothing left to say.
func newIntake(t *testing.T, a *api) (*intake, context.Context) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	in := &intake{}
	in.Poller = &Poller{
		API: a.URL, Token: canaryToken, Inbox: &in.inbox, Clock: arrived, Random: func() float64 { return 1 },
		Log: slog.New(slog.NewTextHandler(&in.log, nil)),
		Deliver: func(rows []turn.Row, done func()) {
			in.mu.Lock()
			defer in.mu.Unlock()
			for _, r := range rows {
				in.got = append(in.got, r.UpdateID)
				in.done = append(in.done, done)
			}
		},
		Sleep: func(ctx context.Context, d time.Duration) bool {
			a.mu.Lock()
			over := len(a.answers) == 0
			a.mu.Unlock()
			if over {
				cancel()
				return false
			}
			in.mu.Lock()
			in.pauses = append(in.pauses, d)
			in.mu.Unlock()
			return ctx.Err() == nil
		},
	}
	return in, ctx
}

// offsets are those that the server was asked with; 0 for none.
func (a *api) offsets() []int64 {
	var all []int64
	bodies := a.sentBodies()
	for i, call := range a.called()[:len(bodies)] {
		if call == "getUpdates" {
			offset, _ := bodies[i]["offset"].(float64)
			all = append(all, int64(offset))
		}
	}
	return all
}

func updates(list ...string) answer {
	return answer{status: 200, body: `{"ok":true,"result":[` + strings.Join(list, ",") + `]}`}
}

func update(id int) string {
	return `{"update_id":` + strconv.Itoa(id) + `,"message":{` + textPart + `,"text":"` + canaryText + `"}}`
}

func TestPoller(t *testing.T) {
	tooMany := answer{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 9","parameters":{"retry_after":9}}`}
	tests := map[string]struct {
		answers []answer
		fail    int // of the inbox
		offsets []int64
		got     []int64
		pauses  []time.Duration
		calls   int // deleteWebhook
	}{
		"two batches": {
			[]answer{yes(), updates(update(7), update(8)), updates(), updates(update(9))},
			0, []int64{0, 9, 9, 10}, []int64{7, 8, 9}, nil, 1,
		},
		"the same again": {
			[]answer{yes(), updates(update(7)), updates(update(7), update(8))},
			0, []int64{0, 8, 9}, []int64{7, 8}, nil, 1,
		},
		"ids that restart": {
			[]answer{yes(), updates(update(900)), updates(update(3))},
			0, []int64{0, 901, 4}, []int64{900, 3}, nil, 1,
		},
		"what nobody understands": {
			[]answer{yes(), updates(`{"update_id":7,"telepathy":{"x":[tru,"\q"]}}`, `{"a":1}`, `5`, update(8))},
			0, []int64{0, 9}, []int64{7, 8}, nil, 1,
		},
		"nothing with an id": {
			[]answer{yes(), updates(`{"a":1}`), updates(`5`), updates(update(7))},
			0, []int64{0, 0, 0, 8}, []int64{7}, []time.Duration{time.Second, 2 * time.Second}, 1,
		},
		"the inbox fails": {
			[]answer{yes(), updates(update(7)), updates(update(7))},
			1, []int64{0, 0, 8}, []int64{7}, []time.Duration{time.Second}, 1,
		},
		"half a batch": {
			[]answer{yes(), {status: 200, body: `{"ok":true,"result":[` + update(7) + `,{"update_id":8,"mess`}, updates(update(8))},
			0, []int64{0, 8, 9}, []int64{7, 8}, []time.Duration{time.Second}, 1,
		},
		"too many requests": {
			[]answer{yes(), tooMany, updates(update(7))},
			0, []int64{0, 0, 8}, []int64{7}, []time.Duration{9 * time.Second}, 1,
		},
		"an outage": {
			[]answer{{cut: true}, no(502, "Bad Gateway"), yes(), {status: 504, body: "<html>"}, {cut: true}, updates(update(7))},
			0, []int64{0, 0, 0, 8}, []int64{7}, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second}, 3,
		},
		"another poller": {
			[]answer{yes(), no(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"), updates(update(7))},
			0, []int64{0, 0, 8}, []int64{7}, []time.Duration{conflicted}, 1,
		},
		"a webhook that comes back": {
			[]answer{yes(), no(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"), yes(), updates(update(7))},
			0, []int64{0, 0, 8}, []int64{7}, []time.Duration{conflicted}, 2,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, tt.answers...)
			in, ctx := newIntake(t, a)
			in.inbox.fail = tt.fail
			if err := in.Run(ctx); err != nil {
				t.Fatal(err)
			}
			if got := a.offsets(); !slices.Equal(got, tt.offsets) && !slices.Equal(got[:len(got)-1], tt.offsets) {
				t.Errorf("offsets %v, want %v", got, tt.offsets)
			}
			if !slices.Equal(in.got, tt.got) {
				t.Errorf("delivered %v, want %v", in.got, tt.got)
			}
			if !slices.Equal(in.pauses, tt.pauses) {
				t.Errorf("pauses %v, want %v", in.pauses, tt.pauses)
			}
			if n := len(a.called()) - len(a.offsets()); n != tt.calls {
				t.Errorf("deleteWebhook called %d times, want %d", n, tt.calls)
			}
			noCanary(t, errors.New(in.log.String()), nil)
		})
	}
}

func TestPollerStopsOnWrongToken(t *testing.T) {
	for _, said := range []answer{no(401, "Unauthorized"), no(404, "Not Found")} {
		a := newAPI(t, said)
		in, ctx := newIntake(t, a)
		err := in.Run(ctx)
		if err == nil || !strings.Contains(err.Error(), "token") {
			t.Errorf("Run() = %v", err)
		}
		noCanary(t, err, nil)
	}
	if err := new(Poller).Run(t.Context()); !errors.Is(err, ErrToken) {
		t.Errorf("Run() without a token = %v", err)
	}
}

// TestPollerGoesOn checks that polling neither waits for those who answer nor runs away from them.
func TestPollerGoesOn(t *testing.T) {
	a := newAPI(t, yes(), updates(update(1), update(2)), updates(update(3)), updates(update(4)), updates(update(5)))
	in, ctx := newIntake(t, a)
	in.Undone = 3
	ended := make(chan error, 1)
	go func() { ended <- in.Run(ctx) }()
	delivered := func(n int) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); ; {
			in.mu.Lock()
			got := len(in.got)
			in.mu.Unlock()
			if got >= n {
				if got > n {
					t.Fatalf("%d delivered, want %d", got, n)
				}
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%d delivered, want %d", got, n)
			}
			time.Sleep(time.Millisecond)
		}
	}
	dealtWith := func(i int) {
		in.mu.Lock()
		done := in.done[i] // the poller may bring in the next one meanwhile
		in.mu.Unlock()
		done()
	}
	delivered(3)
	if calls := len(a.called()); calls != 3 {
		t.Errorf("%d calls with three undone, want 3", calls)
	}
	dealtWith(0)
	delivered(4)
	dealtWith(1)
	dealtWith(2)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	delivered(5)
}

// lease answers from a list and notes who asked.
type lease struct {
	mu     sync.Mutex
	says   []bool
	asked  int
	handed bool
}

func (l *lease) Lease(_ context.Context, name, holder string, ttl time.Duration) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if name != leaseName || holder != "me" {
		return false, errShelf
	}
	if ttl < time.Second {
		l.handed = true
		return true, nil
	}
	l.asked++
	if len(l.says) == 0 {
		return false, nil
	}
	said := l.says[0]
	l.says = l.says[1:]
	return said, nil
}

func TestPollerLease(t *testing.T) {
	hold := updates()
	hold.after = time.Minute // until the lease is lost
	a := newAPI(t, yes(), updates(update(1)), hold, hold, hold)
	in, ctx := newIntake(t, a)
	l := &lease{says: []bool{false, false, true, true}}
	in.Lease, in.Holder = l, "me"
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	in.Sleep = func(ctx context.Context, _ time.Duration) bool {
		l.mu.Lock()
		lost := l.handed
		l.mu.Unlock()
		if lost { // the second time round: enough
			cancel()
		}
		return sleep(ctx, 20*time.Millisecond)
	}
	if err := in.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if len(in.got) != 1 || l.asked < 5 || !l.handed {
		t.Errorf("delivered %v, asked %d times, handed back %v", in.got, l.asked, l.handed)
	}
	if len(a.offsets()) > 2 {
		t.Errorf("polled on without the lease: %v", a.offsets())
	}
}

func TestPollerThatLeadsEndsWithItsLease(t *testing.T) {
	a := newAPI(t, yes(), updates(update(1)))
	in, ctx := newIntake(t, a)
	l := &lease{says: []bool{false, true}} // and another has it from then on
	in.Lease, in.Holder = l, "me"
	in.Sleep = func(ctx context.Context, _ time.Duration) bool { return sleep(ctx, 5*time.Millisecond) }
	if !in.Lead(ctx) || l.asked != 2 {
		t.Fatalf("asked %d times for the lease", l.asked)
	}
	if err := in.Run(ctx); !errors.Is(err, ErrLease) || l.handed {
		t.Errorf("ended with %v, handed back %v", err, l.handed)
	}
	if in.Leave(ctx); !l.handed {
		t.Error("the lease was not handed back")
	}
}

// TestSplit checks that a batch is divided into exactly the updates that were put together,
// whatever is in them.
func TestSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []string
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			text := rapid.StringOf(rapid.SampledFrom([]rune(`ab"\{}[],: é`))).Draw(t, "text")
			list = append(list, `{ "x":`+strconv.Quote(text)+`,"update_id" : `+strconv.Itoa(i)+`, "y":[{"update_id":99}]}`)
		}
		all := "[" + strings.Join(list, " , ") + "]"
		b, err := split([]byte(all), arrived())
		if err != nil || len(b.rows) != len(list) || b.next != int64(len(list)) {
			t.Fatalf("split(%s) = %d rows, next %d, %v", all, len(b.rows), b.next, err)
		}
		for i, r := range b.rows {
			if string(r.Body) != list[i] || r.UpdateID != int64(i) {
				t.Fatalf("row %d is %d %s, want %s", i, r.UpdateID, r.Body, list[i])
			}
		}
		cut := rapid.IntRange(0, len(all)-1).Draw(t, "cut")
		b, err = split([]byte(all[:cut]), arrived())
		if err == nil || len(b.rows) > len(list) {
			t.Fatalf("split(%s) = %d rows and no error", all[:cut], len(b.rows))
		}
		for i, r := range b.rows {
			if string(r.Body) != list[i] {
				t.Fatalf("row %d of a cut batch is %s, want %s", i, r.Body, list[i])
			}
		}
	})
}

// FuzzSplit looks for bytes that divide badly: rows must lie in the batch, in order.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{`[{"update_id":1},{"update_id":2}]`, `[{"update_id":1,"a":"\\\""}`, `[[[{}]]`, `[{"update_id":1}{"update_id":2}`, ``} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, batch []byte) {
		b, _ := split(batch, arrived())
		rest := batch
		for _, r := range b.rows {
			i := bytes.Index(rest, r.Body)
			if i < 0 || r.UpdateID < 0 || r.UpdateID >= b.next {
				t.Fatalf("row %d %q of %q", r.UpdateID, r.Body, batch)
			}
			rest = rest[i+len(r.Body):]
		}
		_, _ = result("getUpdates", 200, batch)
		_, _ = readReply(batch)
	})
}
