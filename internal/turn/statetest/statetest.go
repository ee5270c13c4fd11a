// Package statetest is the one suite that every store of conversations' states has to pass.
package statetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/dampingi/dampingi/internal/turn"
)

// StateStore is what a store of states does.
type StateStore interface {
	Load(ctx context.Context, key turn.Key) (turn.Saved, error)
	Save(ctx context.Context, state turn.State) error
}

// Run runs the suite; open gives an empty store and cleans up by itself.
func Run(t *testing.T, open func(t *testing.T) StateStore) {
	for name, test := range map[string]func(*testing.T, StateStore){
		"nothing is the zero Saved":     nothing,
		"saved is loaded":               saved,
		"a stale revision conflicts":    conflict,
		"of two racers one wins":        racers,
		"many racers lose nothing":      counter,
		"big values":                    big,
		"many keys":                     many,
		"a context that ended":          ended,
		"what is kept is not the slice": kept,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func load(t *testing.T, s StateStore, key turn.Key) turn.Saved {
	t.Helper()
	got, err := s.Load(t.Context(), key)
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return got
}

func save(t *testing.T, s StateStore, key turn.Key, was uint64, data []byte) {
	t.Helper()
	if err := s.Save(t.Context(), turn.State{Key: key, Was: was, Data: data}); err != nil {
		t.Fatalf("save at %d: %v", was, err)
	}
}

func refused(t *testing.T, s StateStore, key turn.Key, was uint64) {
	t.Helper()
	err := s.Save(t.Context(), turn.State{Key: key, Was: was, Data: []byte("never")})
	if !errors.Is(err, turn.ErrConflict) {
		t.Fatalf("save at %d: %v; want a conflict", was, err)
	}
}

func is(t *testing.T, got turn.Saved, rev uint64, data []byte) {
	t.Helper()
	if got.Rev != rev || !bytes.Equal(got.Data, data) {
		t.Fatalf("loaded revision %d with %d bytes; want %d with %d", got.Rev, len(got.Data), rev, len(data))
	}
}

func nothing(t *testing.T, s StateStore) {
	is(t, load(t, s, "nobody"), 0, nil)
	refused(t, s, "nobody", 1)
	is(t, load(t, s, "nobody"), 0, nil)
}

func saved(t *testing.T, s StateStore) {
	for rev := range uint64(5) {
		data := fmt.Appendf(nil, "state\x00\xff %d", rev)
		save(t, s, "a", rev, data)
		is(t, load(t, s, "a"), rev+1, data)
	}
	save(t, s, "a", 5, nil)
	is(t, load(t, s, "a"), 6, nil)
	save(t, s, "a", 6, []byte("again"))
	is(t, load(t, s, "a"), 7, []byte("again"))
}

func conflict(t *testing.T, s StateStore) {
	save(t, s, "a", 0, []byte("one"))
	save(t, s, "a", 1, []byte("two"))
	for _, was := range []uint64{0, 1, 3, 1 << 40} {
		refused(t, s, "a", was)
	}
	is(t, load(t, s, "a"), 2, []byte("two"))
}

func racers(t *testing.T, s StateStore) {
	for rev := range uint64(100) {
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				errs[i] = s.Save(t.Context(), turn.State{Key: "a", Was: rev, Data: []byte{byte(i)}})
			})
		}
		wg.Wait()
		winner := 0
		if errs[0] != nil {
			winner = 1
		}
		if errs[winner] != nil || !errors.Is(errs[1-winner], turn.ErrConflict) {
			t.Fatalf("round %d: %v and %v; want one winner and one conflict", rev, errs[0], errs[1])
		}
		is(t, load(t, s, "a"), rev+1, []byte{byte(winner)})
	}
}

func counter(t *testing.T, s StateStore) {
	const racers, steps = 16, 20
	var wg sync.WaitGroup
	for range racers {
		wg.Go(func() {
			for range steps {
				for {
					was, err := s.Load(t.Context(), "a")
					if err != nil {
						t.Errorf("load: %v", err)
						return
					}
					err = s.Save(t.Context(), turn.State{Key: "a", Was: was.Rev, Data: append(bytes.Clone(was.Data), 1)})
					if err == nil {
						break
					}
					if !errors.Is(err, turn.ErrConflict) {
						t.Errorf("save: %v", err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	if got := load(t, s, "a"); got.Rev != racers*steps || len(got.Data) != racers*steps {
		t.Fatalf("after %d steps: revision %d, %d bytes", racers*steps, got.Rev, len(got.Data))
	}
}

func big(t *testing.T, s StateStore) {
	data := make([]byte, 1<<20)
	rand.Read(data) // never fails
	save(t, s, "big", 0, data)
	is(t, load(t, s, "big"), 1, data)
	save(t, s, "big", 1, data[:1])
	is(t, load(t, s, "big"), 2, data[:1])
}

func many(t *testing.T, s StateStore) {
	const keys = 500
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			key := turn.Key(fmt.Sprint("key ", i))
			if err := s.Save(t.Context(), turn.State{Key: key, Data: []byte(key)}); err != nil {
				t.Errorf("save: %v", err)
			}
		})
	}
	wg.Wait()
	for i := range keys {
		key := turn.Key(fmt.Sprint("key ", i))
		is(t, load(t, s, key), 1, []byte(key))
	}
}

func ended(t *testing.T, s StateStore) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Load(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("load: %v", err)
	}
	if err := s.Save(ctx, turn.State{Key: "a", Data: []byte("x")}); !errors.Is(err, context.Canceled) {
		t.Errorf("save: %v", err)
	}
	is(t, load(t, s, "a"), 0, nil)
	save(t, s, "a", 0, []byte("y"))
}

func kept(t *testing.T, s StateStore) {
	data := []byte("before")
	save(t, s, "a", 0, data)
	copy(data, "after!")
	first := load(t, s, "a")
	is(t, first, 1, []byte("before"))
	copy(first.Data, "after!")
	is(t, load(t, s, "a"), 1, []byte("before"))
}
