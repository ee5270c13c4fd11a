package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dampingi/dampingi/internal/outbox"
	"github.com/dampingi/dampingi/internal/turn"
)

// memory is a store that survives an outbox.
type memory struct {
	mu     sync.Mutex
	items  []turn.Item
	cards  map[int64]int
	buried map[string]string
	traces map[int]string // what stands in any chat, with "stays" when it could not be removed
	seq    int64
	broken bool
	reads  int
}

func newMemory() *memory {
	return &memory{cards: make(map[int64]int), buried: make(map[string]string), traces: make(map[int]string)}
}

var errDisk = errors.New("disk full")

func (s *memory) put(msgs ...turn.Message) []turn.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range msgs {
		if m.Form != turn.Toast {
			s.seq++
			s.items = append(s.items, turn.Item{Seq: s.seq, Message: m})
		}
	}
	return msgs
}

func (s *memory) Outgoing(_ context.Context, limit int) ([]turn.Item, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return nil, errDisk
	}
	s.reads++
	items := slices.Clone(s.items[:min(limit, len(s.items))])
	for i := range items {
		items[i].Card = s.cards[items[i].Message.Chat]
	}
	return items, nil
}

func (s *memory) Sent(ctx context.Context, id string, chat int64, what turn.Shown) error {
	if err := s.Shown(ctx, chat, what); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items = slices.DeleteFunc(s.items, func(it turn.Item) bool { return it.Message.ID == id })
	return nil
}

func (s *memory) Shown(_ context.Context, chat int64, what turn.Shown) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return errDisk
	}
	switch {
	case what.Card > 0:
		s.cards[chat] = what.Card
	case what.Card < 0:
		delete(s.cards, chat)
	}
	if what.New != 0 {
		s.traces[what.New] = ""
	}
	delete(s.traces, what.Gone)
	return nil
}

func (s *memory) Stays(ctx context.Context, id string, chat int64, message int) error {
	if err := s.Sent(ctx, id, chat, turn.Shown{}); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.traces[message] = "stays"
	return nil
}

func (s *memory) Postpone(_ context.Context, id string, until time.Time, attempts int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.items {
		if s.items[i].Message.ID == id {
			s.items[i].Message.Due, s.items[i].Attempts = until, attempts
		}
	}
	return nil
}

func (s *memory) BuryMessage(ctx context.Context, id, reason string) error {
	if err := s.Sent(ctx, id, 0, turn.Shown{}); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.buried[id] = reason
	return nil
}

func (s *memory) Waits(_ context.Context, id string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.items, func(it turn.Item) bool { return it.Message.ID == id }), nil
}

// cut takes out what waits for a chat.
func (s *memory) cut(chat int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items = slices.DeleteFunc(s.items, func(it turn.Item) bool { return it.Message.Chat == chat })
}

func (s *memory) Card(_ context.Context, chat int64) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken {
		return 0, errDisk
	}
	return s.cards[chat], nil
}

func (s *memory) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items)
}

// delivery is what the sender saw.
type delivery struct {
	id    string
	chat  int64
	card  int
	at    time.Duration // since the beginning
	fresh bool
}

// script is a sender that does what the test says and otherwise succeeds.
type script struct {
	start time.Time
	takes time.Duration // how long a call takes
	fail  func(m turn.Message, try int) error
	half  bool // what fails with a new card fails after the new card is there

	mu    sync.Mutex
	tries map[string]int
	calls []delivery
	done  []delivery
	next  int
}

func (s *script) Send(_ context.Context, m turn.Message, card int) (turn.Shown, error) {
	s.mu.Lock()
	if s.tries == nil {
		s.tries = make(map[string]int)
	}
	try := s.tries[m.ID]
	s.tries[m.ID]++
	d := delivery{m.ID, m.Chat, card, time.Since(s.start), m.Fresh}
	s.calls = append(s.calls, d)
	s.mu.Unlock()
	if s.takes > 0 {
		time.Sleep(s.takes)
	}
	if s.fail != nil {
		if err := s.fail(m, try); err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.half {
				return s.show(m, card), err
			}
			return turn.Shown{Card: card}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = append(s.done, d)
	shown := s.show(m, card)
	if m.Final {
		shown.Card = 0
	}
	return shown, nil
}

// show says what becomes of a chat.
func (s *script) show(m turn.Message, card int) turn.Shown {
	switch {
	case m.Form == turn.Remove:
		return turn.Shown{Card: card, Gone: m.Target}
	case m.Form == turn.Notice:
		s.next++
		return turn.Shown{Card: card, New: 100 + s.next}
	case m.Form == turn.Card && (card == 0 || m.Fresh):
		s.next++
		return turn.Shown{Card: 100 + s.next, New: 100 + s.next}
	}
	return turn.Shown{Card: card}
}

func (s *script) ids() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for _, d := range s.done {
		ids = append(ids, d.id)
	}
	return ids
}

func (s *script) when(id string) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.done {
		if d.id == id {
			return d.at
		}
	}
	return -1
}

// bench is an outbox with everything around it, in a bubble where time is free.
type bench struct {
	*testing.T
	box         *outbox.Outbox
	store       *memory
	sender      *script
	cancel      context.CancelFunc
	ended       chan error
	mu          sync.Mutex
	alerts      []string
	unreachable []int64
}

// start runs an outbox; change may alter its options.
func start(t *testing.T, store *memory, sender *script, change func(*outbox.Options)) *bench {
	t.Helper()
	sender.start = time.Now()
	b := &bench{T: t, store: store, sender: sender, ended: make(chan error, 1)}
	o := outbox.Options{
		Store: store, Sender: sender, Clock: time.Now, Random: func() float64 { return 0.5 },
		OnAlert: func(_ context.Context, what string) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.alerts = append(b.alerts, what)
		},
		OnUnreachable: func(_ context.Context, chat int64) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.unreachable = append(b.unreachable, chat)
		},
	}
	if change != nil {
		change(&o)
	}
	b.box = outbox.New(o)
	ctx, cancel := context.WithCancel(t.Context())
	b.cancel = cancel
	go func() { b.ended <- b.box.Run(ctx) }()
	synctest.Wait()
	return b
}

// put stores messages and hands them over, as a turn does.
func (b *bench) put(msgs ...turn.Message) { b.box.Accept(b.store.put(msgs...)...) }

// pass lets time go by and everybody finish what falls into it.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// stop ends the outbox and returns what Run said.
func (b *bench) stop() error {
	b.cancel()
	return <-b.ended
}

// want compares what was delivered.
func (b *bench) want(ids ...string) {
	b.Helper()
	if got := b.sender.ids(); !slices.Equal(got, ids) {
		b.Errorf("delivered %v, want %v", got, ids)
	}
}

func notice(chat int64, id string) turn.Message {
	return turn.Message{ID: id, Chat: chat, Form: turn.Notice, Text: "kabar"}
}

func card(chat int64, id string) turn.Message {
	return turn.Message{ID: id, Chat: chat, Form: turn.Card, Text: "tanya"}
}

func trouble(kind turn.TroubleKind, after time.Duration) error {
	return fmt.Errorf("send: %w", &turn.Trouble{Kind: kind, After: after, Err: fmt.Errorf("trouble of kind %d", kind)})
}
