package simulator

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Moments are times to which the page can move the clock by their names.
type Moments map[string]time.Time

// OfferMoments lets the page ask for moments; they are looked for anew each time.
func (s *Server) OfferMoments(moments func(context.Context) (Moments, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moments = moments
}

// httpMoments tells the page what the clock can be moved to.
func (s *Server) httpMoments(r *http.Request) (any, error) {
	s.mu.RLock()
	moments := s.moments
	s.mu.RUnlock()
	if moments == nil {
		return Moments{}, nil
	}
	all, err := moments(r.Context())
	if err != nil {
		return nil, fmt.Errorf("look what the clock can be moved to: %w", err)
	}
	return all, nil
}
