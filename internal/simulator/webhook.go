package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// Telegram's ways with webhooks.
const (
	hookConnections = 40
	maxConnections  = 100
	hookTimeout     = 60 * time.Second
	maxHookDelay    = 60 * time.Second
)

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)

// hookError is a trouble of a delivery in the words of getWebhookInfo.
type hookError string

// Error makes hookError an error.
func (e hookError) Error() string { return string(e) }

// webhook delivers updates to an address of the bot: in order in a chat, side
// by side across chats, again and again until it says 2xx.
type webhook struct {
	server   *Server
	url      string
	secret   string
	max      int
	client   *http.Client
	cancel   context.CancelFunc
	busy     map[int64]bool // chats with a delivery under way; the queue's lock
	lastErr  string
	lastErrs int64
}

// setWebhook switches from getUpdates to a webhook.
func (s *Server) setWebhook(c *call) error {
	address, secret := c.str("url"), c.str("secret_token")
	if address == "" {
		return s.deleteWebhook(c)
	}
	target, err := url.Parse(address)
	switch {
	case err != nil || target.Host == "":
		return badRequest("invalid webhook URL specified")
	case target.Scheme != "https" && target.Scheme != "http":
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	case len(secret) > 256:
		return badRequest("secret token is too long")
	case !secretToken.MatchString(secret):
		return badRequest("secret token contains unallowed characters")
	}
	limit := int(c.int("max_connections"))
	if limit < 1 || limit > maxConnections {
		limit = hookConnections
	}
	s.queue.allow(c)
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if c.bool("drop_pending_updates") {
		q.pending, q.repeated = nil, nil
	}
	old := q.hook
	if old != nil && old.url == address && old.secret == secret && old.max == limit {
		c.ok = "Webhook is already set"
		return s.yes(c)
	}
	if old != nil {
		old.cancel()
	}
	q.takeOver(errSetWebhook)
	ctx, cancel := context.WithCancel(s.ctx)
	h := &webhook{
		server: s, url: address, secret: secret, max: limit, cancel: cancel,
		client: &http.Client{Timeout: hookTimeout},
		busy:   map[int64]bool{},
	}
	q.hook = h
	s.work.Go(func() { h.run(ctx) })
	c.ok = "Webhook was set"
	return s.yes(c)
}

// deleteWebhook switches back to getUpdates.
func (s *Server) deleteWebhook(c *call) error {
	q := s.queue
	c.ok = "Webhook is already deleted"
	if q.stopWebhook() {
		c.ok = "Webhook was deleted"
	}
	if c.bool("drop_pending_updates") {
		q.mu.Lock()
		q.pending, q.repeated = nil, nil
		q.mu.Unlock()
	}
	return s.yes(c)
}

// stopWebhook ends the webhook, if there is one.
func (q *queue) stopWebhook() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.hook == nil {
		return false
	}
	q.hook.cancel()
	q.hook = nil
	return true
}

// getWebhookInfo tells how the webhook is doing.
func (s *Server) getWebhookInfo(c *call) error {
	q := s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.expire()
	info := struct {
		URL     string   `json:"url"`
		Custom  bool     `json:"has_custom_certificate"`
		Pending int      `json:"pending_update_count"`
		ErrDate int64    `json:"last_error_date,omitempty"`
		ErrText string   `json:"last_error_message,omitempty"`
		Max     int      `json:"max_connections,omitempty"`
		Allowed []string `json:"allowed_updates,omitempty"`
	}{Pending: len(q.pending), Allowed: q.allowed}
	if h := q.hook; h != nil {
		info.URL, info.Max, info.ErrDate, info.ErrText = h.url, h.max, h.lastErrs, h.lastErr
	}
	c.out = appendJSON(c.out, info)
	return nil
}

// run hands out deliveries until the webhook is taken away.
func (h *webhook) run(ctx context.Context) {
	q := h.server.queue
	for ctx.Err() == nil {
		q.mu.Lock()
		u, next := h.ready()
		changed := q.changed
		q.mu.Unlock()
		if u != nil {
			h.server.work.Go(func() { h.deliver(ctx, u) })
			continue
		}
		if err := h.server.clock.wait(ctx, next, changed); err != nil {
			return
		}
	}
}

// ready takes the first update that may go now; else it says when to look
// again. The queue is locked.
func (h *webhook) ready() (*update, time.Time) {
	q := h.server.queue
	q.expire()
	now := q.clock.Now()
	next := now.Add(time.Hour)
	if len(h.busy) >= h.max {
		return nil, next
	}
	ahead := map[int64]bool{} // chats whose first update has to wait
	for _, u := range q.pending[:min(len(q.pending), 2*h.max)] {
		if h.busy[u.chat] || ahead[u.chat] {
			continue
		}
		ahead[u.chat] = true
		if !u.next.After(now) {
			h.busy[u.chat] = true
			return u, now
		}
		if u.next.Before(next) {
			next = u.next
		}
	}
	return nil, next
}

// deliver posts one update, settles what comes of it, and only then runs the
// method that the answer may hold: whoever sees its message finds the update
// confirmed. The chat's next update waits for all of it.
func (h *webhook) deliver(ctx context.Context, u *update) {
	answer, err := h.post(ctx, u)
	if err == nil || ctx.Err() == nil {
		h.settle(u, err)
	}
	h.reply(ctx, answer)
	q := h.server.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(h.busy, u.chat)
	q.wake()
}

// settle confirms an update that was taken, also when the webhook is gone by
// now; one that was not taken comes again later.
func (h *webhook) settle(u *update, err error) {
	q := h.server.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case err == nil && u.again:
		u.again = false
	case err == nil:
		q.pending = slices.DeleteFunc(q.pending, func(o *update) bool { return o == u })
	default:
		now := q.clock.Now()
		var delay time.Duration
		if u.fails > 0 {
			delay = min(maxHookDelay, time.Second<<min(u.fails, 10))
		}
		u.fails++
		u.next = now.Add(delay)
		h.lastErr, h.lastErrs = err.Error(), now.Unix()
	}
}

// post posts one update and returns the answer, which may hold a method to run.
func (h *webhook) post(ctx context.Context, u *update) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(u.body))
	if err != nil {
		return nil, fmt.Errorf("webhook request: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	w, err := h.client.Do(r)
	if err != nil {
		var inner *url.Error
		if errors.As(err, &inner) && inner.Timeout() {
			return nil, hookError("Read timeout expired")
		}
		return nil, hookError("Connection refused")
	}
	defer func() { _ = w.Body.Close() }() // it was only read
	body, err := io.ReadAll(io.LimitReader(w.Body, maxBody))
	if err != nil {
		return nil, hookError("Webhook connection closed")
	}
	if w.StatusCode < 200 || w.StatusCode > 299 {
		return nil, hookError("Wrong response from the webhook: " + w.Status)
	}
	return body, nil
}

// reply runs the method that an answer to a webhook may hold.
func (h *webhook) reply(ctx context.Context, body []byte) {
	if len(body) == 0 || !json.Valid(body) {
		return
	}
	var p params
	if err := p.addJSON(body); err != nil || p.str("method") == "" {
		return
	}
	if err := h.server.invoke(&call{params: &p, ctx: ctx}, p.str("method")); err != nil {
		h.server.log.Info("method in a webhook's answer failed", "error", err)
	}
}
