package telegram

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/dampingi/dampingi/internal/turn"
)

func TestWebhook(t *testing.T) {
	const secret = "rahasia-123"
	tests := map[string]struct {
		method, secret, body string
		fail, undone         int
		want, delivered      int
	}{
		"update":         {"POST", secret, update(7), 0, 0, 200, 1},
		"unknown update": {"POST", secret, `{"telepathy":[],"update_id":7}`, 0, 0, 200, 1},
		"wrong secret":   {"POST", "rahasia-124", update(7), 0, 0, 401, 0},
		"no secret":      {"POST", "", update(7), 0, 0, 401, 0},
		"get":            {"GET", secret, "", 0, 0, 405, 0},
		"too large":      {"POST", secret, `{"update_id":7,"x":"` + strings.Repeat("a", maxUpdate) + `"}`, 0, 0, 413, 0},
		"no json":        {"POST", secret, `{"update_id":7,"x":}`, 0, 0, 400, 0},
		"no update":      {"POST", secret, `{"message":{}}`, 0, 0, 400, 0},
		"nothing":        {"POST", secret, ``, 0, 0, 400, 0},
		"disk full":      {"POST", secret, update(7), 1, 0, 503, 0},
		"overloaded":     {"POST", secret, update(7), 0, 1, 503, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			delivered := 0
			h := &Webhook{Secret: secret, Inbox: &shelf{fail: tt.fail}, Clock: arrived, Undone: 1, Deliver: func(rows []turn.Row, _ func()) {
				delivered += len(rows)
			}}
			if tt.undone > 0 {
				h.once.Do(h.defaults)
				h.gate.add(tt.undone)
			}
			r := httptest.NewRequestWithContext(t.Context(), tt.method, "/", strings.NewReader(tt.body))
			r.Header.Set(secretHeader, tt.secret)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != tt.want || delivered != tt.delivered {
				t.Errorf("answered %d, delivered %d; want %d, %d", w.Code, delivered, tt.want, tt.delivered)
			}
		})
	}
	open := &Webhook{Inbox: &shelf{}}
	w := httptest.NewRecorder()
	open.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(update(1))))
	if w.Code != 401 {
		t.Errorf("without a secret set: %d, want 401", w.Code)
	}
}

// slowShelf keeps back its answer to one update.
type slowShelf struct {
	shelf
	id   int64
	free chan struct{}
}

func (s *slowShelf) Receive(ctx context.Context, rows []turn.Row) ([]turn.Row, error) {
	fresh, err := s.shelf.Receive(ctx, rows)
	if rows[0].UpdateID == s.id {
		<-s.free
	}
	return fresh, err
}

func TestWebhookDeliversInTheOrderOfTheUpdates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var got []int64
		inbox := &slowShelf{id: 5, free: make(chan struct{})}
		h := &Webhook{Secret: "s", Inbox: inbox, Clock: arrived, Deliver: func(rows []turn.Row, _ func()) {
			mu.Lock()
			defer mu.Unlock()
			got = append(got, rows[0].UpdateID)
		}}
		for _, id := range []int{5, 6, 7} {
			go func() {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(update(id)))
				r.Header.Set(secretHeader, "s")
				h.ServeHTTP(httptest.NewRecorder(), r)
			}()
			synctest.Wait()
		}
		close(inbox.free)
		synctest.Wait()
		if !slices.Equal(got, []int64{5, 6, 7}) {
			t.Errorf("delivered %v", got)
		}
	})
}
