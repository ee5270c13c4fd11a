package outbox_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dampingi/dampingi/internal/outbox"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestStorm lets everything go wrong at random: Telegram, the disk, restarts in the middle,
// too little memory. Whatever happens, every message that Telegram does not refuse arrives,
// in the order of its chat, and the store is empty at the end.
func TestStorm(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { storm(t, rand.New(rand.NewPCG(seed, 7))) })
		})
	}
}

// weather is a script whose faults are a function of message and try, so that it needs no lock.
func weather(seed uint64) func(m turn.Message, try int) error {
	return func(m turn.Message, try int) error {
		var sum uint64
		for _, c := range []byte(m.ID) {
			sum = sum*31 + uint64(c)
		}
		r := rand.New(rand.NewPCG(seed, sum+uint64(try)))
		time.Sleep(time.Duration(r.IntN(900)) * time.Millisecond)
		switch r.IntN(12) {
		case 0:
			return trouble(turn.Passing, 0)
		case 1:
			return trouble(turn.Slow, time.Duration(r.IntN(20))*time.Second)
		case 2:
			if sum%4 == 0 {
				return trouble(turn.Refused, 0)
			}
		case 3:
			if sum%4 == 1 {
				return trouble(turn.Unreachable, 0)
			}
		}
		return nil
	}
}

func storm(t *testing.T, r *rand.Rand) {
	const chats, each = 6, 40
	store := newMemory()
	var sender *script
	var all []delivery
	options := func(o *outbox.Options) {
		o.Waiting, o.Parallel, o.Chats = 1+r.IntN(40), 1+r.IntN(8), 1+r.IntN(6)
		o.Rate = float64(r.IntN(2) * 20)
	}
	fail := weather(r.Uint64())
	renew := func() *bench {
		if sender != nil {
			all = append(all, sender.done...)
		}
		sender = &script{fail: fail}
		return start(t, store, sender, options)
	}
	b := renew()
	for i := range each {
		for chat := range int64(chats) {
			m := notice(chat, fmt.Sprintf("%d-%03d", chat, i))
			if r.IntN(3) == 0 {
				m.Bulk = true
			}
			if r.IntN(40) == 0 {
				store.put(m) // committed, and then the house fell down
				if err := b.stop(); err != nil {
					t.Fatal(err)
				}
				b = renew()
				continue
			}
			b.put(m)
		}
		time.Sleep(time.Duration(r.IntN(2000)) * time.Millisecond)
		if r.IntN(10) == 0 {
			store.mu.Lock()
			store.broken = !store.broken
			store.mu.Unlock()
		}
		if r.IntN(8) == 0 {
			if err := b.stop(); err != nil {
				t.Fatal(err)
			}
			b = renew()
		}
	}
	store.mu.Lock()
	store.broken = false
	store.mu.Unlock()
	_ = b.stop()
	b = renew() // reads what was committed and never handed over
	pass(6 * time.Hour)
	if err := b.stop(); err != nil {
		t.Fatal(err)
	}
	check(t, store, append(all, sender.done...), chats*each)
}

// check holds what was delivered against what the storm promises. A message may come again,
// when the store could not be told before a restart.
func check(t *testing.T, store *memory, all []delivery, want int) {
	t.Helper()
	if store.left() != 0 {
		t.Errorf("%d left in the store", store.left())
	}
	seen, last := make(map[string]bool), make(map[int64]string)
	for _, d := range all {
		if seen[d.id] {
			continue
		}
		seen[d.id] = true
		if d.id < last[d.chat] {
			t.Errorf("%s came after %s", d.id, last[d.chat])
		}
		last[d.chat] = d.id
	}
	for id := range store.buried {
		seen[id] = true
	}
	if len(seen) != want {
		t.Errorf("%d of %d arrived or were buried", len(seen), want)
	}
}
