package telegram

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Webhook takes updates that Telegram brings. It answers 200 only when the inbox has the
// update, so that Telegram brings again what was not stored.
type Webhook struct {
	Secret  string // what Telegram says in every request; empty: nobody is let in
	Inbox   Inbox
	Deliver Deliver

	Undone  int                // rows that may wait for their done before 503 is answered; 0: 4096
	Clock   func() time.Time   // nil: time.Now
	Log     *slog.Logger       // nil: none
	Reached func(at time.Time) // told of every request with the right secret; may be nil

	gate  gate
	order order
	once  sync.Once
}

// maxUpdate is what one update may have.
const maxUpdate = 1 << 20

// secretHeader is where Telegram puts the secret.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // the name of the place, not what stands there

// ServeHTTP takes one update.
func (h *Webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.once.Do(h.defaults)
	now := h.Clock()
	status := h.serve(w, r, now)
	switch status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5")
	}
	w.WriteHeader(status)
}

// defaults fills what was left open.
func (h *Webhook) defaults() {
	if h.Undone <= 0 {
		h.Undone = 4096
	}
	if h.Clock == nil {
		h.Clock = time.Now //nolint:forbidigo // the default of a parameter
	}
	if h.Log == nil {
		h.Log = slog.New(slog.DiscardHandler)
	}
	if h.Reached == nil {
		h.Reached = func(time.Time) {}
	}
	h.gate.init(h.Undone)
	h.order.init()
}

// serve judges and stores one request and returns the status to answer with.
func (h *Webhook) serve(w http.ResponseWriter, r *http.Request, now time.Time) int {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed
	}
	if !h.trusted(r.Header.Get(secretHeader)) {
		return http.StatusUnauthorized
	}
	h.Reached(now)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusBadRequest
	}
	s := scanner{b: body}
	s.skip()
	s.end()
	id, ok := updateID(body)
	if s.err != nil || !ok {
		return http.StatusBadRequest
	}
	if h.gate.full() {
		return http.StatusServiceUnavailable
	}
	h.order.enter(id)
	defer h.order.leave(id)
	fresh, err := h.Inbox.Receive(r.Context(), []turn.Row{{UpdateID: id, Body: body, At: now}})
	if err != nil {
		h.Log.Error("an update could not be stored, Telegram will bring it again", "error", err)
		return http.StatusServiceUnavailable
	}
	if len(fresh) > 0 {
		h.order.turn(id)
		h.gate.add(len(fresh))
		h.Deliver(fresh, h.gate.done)
	}
	return http.StatusOK
}

// trusted compares in constant time; hashing makes the lengths equal.
func (h *Webhook) trusted(given string) bool {
	want, got := sha256.Sum256([]byte(h.Secret)), sha256.Sum256([]byte(given))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1 && h.Secret != ""
}
