package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/redis/redistest"
)

// Whoever guesses: invitations, a kata aman, a PIN.

// TestABruteForcedInvitation lets ten strangers try ten thousand tokens within an hour: they read the
// same line a few times and then nothing, nothing is kept of it that grows, and the right one still
// lets in whom it was made for, from one of these chats too.
func TestABruteForcedInvitation(t *testing.T) {
	p := newStage(t).play(t)
	token, err := p.store.Invite(t.Context(), "M-203")
	if err != nil {
		t.Fatal(err)
	}
	const strangers, tries = 10, 1000
	answers := map[string]int{}
	for i := range strangers * tries {
		guess := fmt.Sprintf("%024x", i)
		switch i % 3 {
		case 1:
			guess = token[:len(token)-1] + "-"
			if guess == token { // which one in sixty-four is
				guess = token[:len(token)-1] + "_"
			}
		case 2:
			guess = strings.ToUpper(token)
		}
		p.written("message", int64(1000+i%strangers), map[string]any{"text": "/start " + guess})
		for _, m := range p.said {
			answers[m.Text]++
		}
	}
	if len(answers) != 1 || answers[neutralCode] != strangers*5 {
		t.Errorf("they read %v", answers)
	}
	for chat := int64(1000); chat < 1000+strangers; chat++ {
		saved, err := p.store.Load(t.Context(), p.store.ChatKey(chat))
		if err != nil || saved.Rev != 5 || len(saved.Data) > 200 {
			t.Errorf("of %d is kept revision %d, %d bytes, %v", chat, saved.Rev, len(saved.Data), err)
		}
	}
	p.written("message", 1000, map[string]any{"text": "/start " + token})
	if her, err := p.store.PersonByChat(t.Context(), 1000); err != nil || her.ID != "M-203" {
		t.Errorf("the right one lets in %s, %v", her.ID, err)
	}
	p.said = nil
	p.now = p.now.Add(time.Hour)
	p.written("message", 1001, map[string]any{"text": "halo"})
	if len(p.said) != 1 || p.said[0].Text != neutralLine {
		t.Errorf("an hour later somebody reads %d messages", len(p.said))
	}
}

// TestAStrangerIsAnsweredSoOften, whatever she does, over a restart as well; what she presses is
// answered with nothing.
func TestAStrangerIsAnsweredSoOften(t *testing.T) {
	for _, redis := range []bool{false, true} {
		h := newHouse(t, houseOptions{redisURL: redisIf(t, redis)})
		for range 20 {
			h.say(strangerChat, "halo")
			h.say(strangerChat, "/start tebakan")
		}
		if n := h.bots(strangerChat); n != 5 {
			t.Errorf("redis %v: %d answers", redis, n)
		}
		if toast := h.pressData(strangerChat, h.newest(strangerChat), "1.menu"); toast != "" || h.bots(strangerChat) != 5 {
			t.Errorf("a press is answered with %q, %d messages", toast, h.bots(strangerChat))
		}
		h.time.Advance(59 * time.Minute)
		h.say(strangerChat, "halo")
		h.time.Advance(2 * time.Minute)
		h.say(strangerChat, "halo")
		if n := h.bots(strangerChat); n != 6 {
			t.Errorf("redis %v: %d answers after an hour", redis, n)
		}
	}
}

// sealing is conversation.Seal under another name than its method's.
type sealing = conversation.Seal

// counting counts what is hashed, by what it is hashed for.
type counting struct {
	sealing
	mu sync.Mutex
	n  map[string]int
}

// Lookup hashes and counts.
func (c *counting) Lookup(purpose, value string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[purpose]++
	return c.sealing.Lookup(purpose, value)
}

// take gives what was counted, and begins anew.
func (c *counting) take() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	said := fmt.Sprint(c.n)
	c.n = map[string]int{}
	return said
}

// TestABruteForcedKataAman writes what might be it on her phone: the work that is done for a message
// is the same whatever is written and whether she has one, and so is the answer.
func TestABruteForcedKataAman(t *testing.T) {
	seen := map[string]bool{}
	for _, has := range []bool{false, true} {
		count := &counting{n: map[string]int{}}
		h := newHouse(t, houseOptions{prepare: func(a *app) {
			desk := a.desk.(*conversation.Desk)
			count.sealing, desk.Seal = desk.Seal, count
		}})
		if has {
			h.word("M-417", "rina", "harga cabe rawit")
		}
		h.say(melatiChat, "tutup")
		count.take()
		for _, guess := range []string{
			"a", "harga", "harga cabe", "harga cabe rawi", "harga cabe rawitt", "cabe rawit harga", "beli harga cabe rawit", "resep pempek", "🙂",
			strings.Repeat("harga cabe ", 300), strings.Repeat("x", 4000), "1234", "h-a-r-g-a c.a.b.e",
		} {
			h.say(melatiChat, guess)
			seen[count.take()+"\n"+h.shown(melatiChat)] = true
		}
		if n := h.audited("alarm.word"); n != 0 {
			t.Errorf("%d alarms", n)
		}
		if has {
			h.say(melatiChat, "harga cabe rawit")
			if n := h.audited("alarm.word"); n != 1 {
				t.Errorf("the right one leads to %d alarms", n)
			}
		}
	}
	if len(seen) != 1 {
		t.Errorf("guesses can be told apart: %v", seen)
	}
	for one := range seen {
		if !strings.HasPrefix(one, "map[kata_aman:24]\n") {
			t.Errorf("a guess costs %q", one)
		}
	}
}

// TestWrongPINsAtTheSameTime are counted one by one, however many come at once: the right one among
// those behind them opens nothing.
func TestWrongPINsAtTheSameTime(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.withPIN(rinaChat, "482915")
	h.time.Advance(11 * time.Minute)
	h.settle()
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			if _, err := h.sim.Say(rinaChat, fmt.Sprintf("71%04d", i)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for range 5 {
		if _, err := h.sim.Say(rinaChat, "482915"); err != nil {
			t.Fatal(err)
		}
	}
	h.quiet()
	h.shows(rinaChat, "Terkunci", "satu jam lagi")
	if pin, err := h.store.PIN(t.Context(), "rina"); err != nil || pin.Tries != 6 || !pin.Barred.After(h.time.Now()) {
		t.Errorf("%d tries, barred until %v, %v", pin.Tries, pin.Barred, err)
	}
}

// TestNoTryIsGivenBack when Redis loses its last second again and again: tries are on record.
func TestNoTryIsGivenBack(t *testing.T) {
	url := redistest.Start(t).URL()
	h := newHouse(t, houseOptions{redisURL: url})
	h.withPIN(rinaChat, "482915")
	h.time.Advance(11 * time.Minute)
	h.settle()
	lose := h.kept(url)
	for i := range 6 {
		h.say(rinaChat, fmt.Sprintf("71%04d", i))
		lose()
	}
	h.say(rinaChat, "482915")
	h.shows(rinaChat, "Terkunci", "satu jam lagi")
	if pin, err := h.store.PIN(t.Context(), "rina"); err != nil || pin.Tries != 6 {
		t.Errorf("%d tries, %v", pin.Tries, err)
	}
	if n := h.audited("pin.barred"); n != 1 {
		t.Errorf("barred %d times", n)
	}
}

// TestHerPINCannotBeGuessed: whoever has her phone has six tries, typed or dialled, sees nothing but
// the pad, and her companion is told, by code.
func TestHerPINCannotBeGuessed(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(melatiChat, "tutup")
	h.presses(melatiChat, "Nanti saja", "Pilihan", "Buat PIN")
	h.dial(melatiChat, "4829")
	h.dial(melatiChat, "4829")
	h.shows(melatiChat, "PIN tersimpan")
	h.time.Advance(11 * time.Minute)
	h.settle()
	h.say(melatiChat, "data saya")
	told := h.bots(rinaChat)
	for i := range 6 {
		if h.bots(rinaChat) != told {
			t.Fatalf("her companion is told after %d", i)
		}
		if i%2 == 0 {
			h.say(melatiChat, fmt.Sprintf("57%02d", i))
		} else {
			h.dial(melatiChat, fmt.Sprintf("57%02d", i))
		}
		if got := h.seen(melatiChat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") {
			t.Errorf("it shows:\n%s", got)
		}
	}
	if got := h.shown(rinaChat); !strings.Contains(got, "M-417") || strings.Contains(got, "Melati") || !strings.Contains(got, "PIN") {
		t.Errorf("her companion reads:\n%s", got)
	}
	for _, action := range []string{"h.data", "h.opened", "h.alias", "h.consents", "h.pin", "h.word", "h.choices", "h.explain", "h.keep", "h.hide", "menu", "kok"} {
		h.forge(melatiChat, action)
		if got := h.seen(melatiChat); strings.Contains(got, "Melati") || strings.Contains(got, "M-417") || strings.Contains(got, "Pilihan") {
			t.Errorf("%s shows:\n%s", action, got)
		}
	}
	h.dial(melatiChat, "4829")
	h.shows(melatiChat, "satu jam lagi")
	h.time.Advance(time.Hour)
	h.settle()
	h.dial(melatiChat, "4829")
	h.say(melatiChat, "data saya")
	h.shows(melatiChat, "M-417")
}
