package simulator

import (
	"strconv"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	callbackLife  = 150 * time.Second
	maxToast      = 200
	firstCallback = 4_211_000_000_000_000_000
)

// callback is a pressed button that waits for its answer.
type callback struct {
	chat   int64
	born   time.Time
	answer chan Answer
}

// callbacks are the queries that can still be answered.
type callbacks struct {
	mu   sync.Mutex
	last int64
	open map[string]*callback
}

// start opens a query and forgets those that are too old.
func (b *callbacks) start(chat int64, now time.Time) (string, *callback) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.open == nil {
		b.open = map[string]*callback{}
	}
	for id, q := range b.open {
		if now.Sub(q.born) > callbackLife {
			delete(b.open, id)
		}
	}
	b.last++
	id := strconv.FormatInt(firstCallback+b.last*7_919, 10)
	q := &callback{chat: chat, born: now, answer: make(chan Answer, 1)}
	b.open[id] = q
	return id, q
}

// finish takes a query that can still be answered, or returns nil.
func (b *callbacks) finish(id string, now time.Time) *callback {
	b.mu.Lock()
	defer b.mu.Unlock()
	q := b.open[id]
	delete(b.open, id)
	if q == nil || now.Sub(q.born) > callbackLife {
		return nil
	}
	return q
}

// answerCallbackQuery ends the waiting of a pressed button.
func (s *Server) answerCallbackQuery(c *call) error {
	text := c.str("text")
	if !utf8.ValidString(text) {
		return errNotUTF8
	}
	if utf16Len(text) > maxToast {
		return badRequest("MESSAGE_TOO_LONG")
	}
	q := s.calls.finish(c.str("callback_query_id"), s.clock.Now())
	if q == nil {
		return errQueryTooOld
	}
	answer := Answer{Answered: true, Text: text, ShowAlert: c.bool("show_alert"), URL: c.str("url")}
	q.answer <- answer
	s.hub.publish("answer", func() any {
		return struct {
			Chat int64 `json:"chat"`
			Answer
		}{q.chat, answer}
	})
	return s.yes(c)
}
