package simulator

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
)

// hub tells the open pages what happened.
type hub struct {
	listeners atomic.Int32
	mu        sync.Mutex
	open      map[chan []byte]bool
}

// chatMessage is the event of a new, edited or removed message.
type chatMessage struct {
	Chat    int64    `json:"chat"`
	Message *Message `json:"message"`
}

// publish tells all pages; data is only asked for when somebody listens.
func (h *hub) publish(kind string, data func() any) {
	if h.listeners.Load() == 0 {
		return
	}
	event := append([]byte("event: "+kind+"\ndata: "), "{}"...)
	if data != nil {
		event = appendJSON(event[:len(event)-2], data())
	}
	event = append(event, '\n', '\n')
	h.mu.Lock()
	defer h.mu.Unlock()
	for listener := range h.open {
		select {
		case listener <- event:
		default: // too slow: let it read everything again
			delete(h.open, listener)
			close(listener)
		}
	}
}

// listen opens a stream; the channel is closed when the page is too slow.
func (h *hub) listen() (events chan []byte, stop func()) {
	events = make(chan []byte, 256)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open == nil {
		h.open = map[chan []byte]bool{}
	}
	h.open[events] = true
	h.listeners.Add(1)
	return events, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.open, events)
		h.listeners.Add(-1)
	}
}

// serveEvents is the stream of Server-Sent Events for the page.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	events, stop := s.hub.listen()
	defer stop()
	_, err := fmt.Fprint(w, "retry: 1000\n\n")
	for err == nil {
		if err = control.Flush(); err != nil {
			return
		}
		select {
		case event, ok := <-events:
			if !ok {
				return
			}
			_, err = w.Write(event)
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
	}
}
