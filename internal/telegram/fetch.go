package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// maxBatch is beyond a hundred of the longest updates.
const maxBatch = 64 << 20

// getUpdates asks for what comes from offset on and returns the array as it stands.
func (p *Poller) getUpdates(ctx context.Context, offset int64) ([]byte, error) {
	body := []byte(`{"timeout":` + strconv.Itoa(int(pollTimeout/time.Second)) + `,"limit":100`)
	if offset > 0 { // without one, Telegram starts at the first that is not confirmed
		body = strconv.AppendInt(append(body, `,"offset":`...), offset, 10)
	}
	body = append(body, `,"allowed_updates":["`+strings.Join(allowedUpdates(), `","`)+`"]}`...)
	return p.call(ctx, "getUpdates", body, pollTimeout+pollGrace)
}

// deleteWebhook makes polling possible. What waits is kept.
func (p *Poller) deleteWebhook(ctx context.Context) error {
	_, err := p.call(ctx, "deleteWebhook", []byte(`{"drop_pending_updates":false}`), pollGrace)
	return err
}

// call asks for one method and returns the result as it stands, or a *turn.Trouble.
func (p *Poller) call(ctx context.Context, method string, body []byte, timeout time.Duration) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	address := strings.TrimSuffix(p.API, "/") + "/bot" + url.PathEscape(p.Token) + "/" + method
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, errURL
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.Client.Do(req)
	if err != nil {
		return nil, broken(method, err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := readAll(resp)
	if err != nil {
		return nil, broken(method, err)
	}
	return result(method, resp.StatusCode, answer)
}

// readAll reads the answer into memory of its own, since rows will share it.
func readAll(resp *http.Response) ([]byte, error) {
	if n := resp.ContentLength; n > 0 && n < maxBatch {
		answer := make([]byte, n)
		_, err := io.ReadFull(resp.Body, answer)
		return answer, err //nolint:wrapcheck // broken tells it
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxBatch))
	return answer, err //nolint:wrapcheck // broken tells it
}

// result takes the answer apart by brackets alone, like split and for the same reason.
func result(method string, status int, answer []byte) ([]byte, error) {
	var (
		ok, known   bool
		res, params []byte
		code, after = status, int64(0)
		description string
	)
	for key, value := range fields(answer) {
		switch string(key) {
		case `"ok"`:
			ok, known = string(value) == "true", true
		case `"result"`:
			res = value
		case `"error_code"`:
			if n, err := strconv.Atoi(string(value)); err == nil {
				code = n
			}
		case `"description"`:
			description = string(value)
		case `"parameters"`:
			params = value
		}
	}
	switch {
	case !known:
		return nil, refusalOrBroken(method, status)
	case ok && res == nil: // cut off in the middle: what is whole of it can be used
		_, rest, found := bytes.Cut(answer, []byte(`"result":`))
		if !found {
			return nil, refusalOrBroken(method, status)
		}
		return rest, nil
	case ok:
		return res, nil
	}
	for key, value := range fields(params) {
		if string(key) == `"retry_after"` {
			after, _ = strconv.ParseInt(string(value), 10, 32)
		}
	}
	return nil, refusal(method, code, description, min(maxRetry, time.Duration(after)*time.Second))
}

// troubleOf finds the trouble in an error, or nil.
func troubleOf(err error) *turn.Trouble {
	var t *turn.Trouble
	if errors.As(err, &t) {
		return t
	}
	return nil
}

// kindOf is the trouble's kind; what is none of Telegram's passes.
func kindOf(err error) turn.TroubleKind {
	if t := troubleOf(err); t != nil {
		return t.Kind
	}
	return turn.Passing
}

// fatal tells what no waiting helps against.
func fatal(err error) bool { return err != nil && kindOf(err) == turn.Unauthorized }
