package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/dampingi/dampingi/internal/turn"
)

// DefaultURL is Telegram's own Bot API server.
const DefaultURL = "https://api.telegram.org"

// method is one of the frequent methods.
type method uint8

const (
	sendMessage method = iota
	editMessageText
	editMessageReplyMarkup
	answerCallbackQuery
	deleteMessage
	methods
)

// String is the method's name in the Bot API.
func (m method) String() string {
	return [...]string{"sendMessage", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery", "deleteMessage"}[m]
}

// client calls the frequent methods: JSON bodies over kept-alive connections.
//
// The library builds a multipart body through a pipe and a goroutine for each call, over
// net/http with its two goroutines for each connection. BenchmarkSend over loopback, in
// processor time for one call with the bare server's share included: 9 µs and 3 allocations
// here, 102 µs and 225 allocations by the library over a transport tuned alike. A house that
// answers thousands a second cannot give the library a tenth of a millisecond twice a step,
// so it keeps the rare methods (rare.go), with the same sorting of errors.
type client struct {
	host    *fasthttp.HostClient
	timeout time.Duration
	calls   [methods]sync.Pool // of *call
}

// call is one request and its answer, used again by the next.
type call struct {
	method method
	req    fasthttp.Request
	resp   fasthttp.Response
	body   []byte
}

// maxAnswer is far beyond any answer that a frequent method has.
const maxAnswer = 1 << 20

// errURL is a server address that is none; it repeats nothing, since it stands next to the token.
var errURL = errors.New("telegram: the Bot API address must look like https://host")

// newClient makes a client of the server at base.
func newClient(base, token string, timeout time.Duration, parallel int) (*client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errURL
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	c := &client{timeout: timeout, host: &fasthttp.HostClient{
		Addr:  address(u),
		IsTLS: u.Scheme == "https",
		Dial: func(addr string) (net.Conn, error) {
			conn, err := dialer.Dial("tcp", addr)
			if err != nil {
				return nil, fmt.Errorf("dial: %w", err)
			}
			return conn, nil
		},
		MaxConns:                      parallel,
		MaxConnWaitTimeout:            timeout,
		MaxIdleConnDuration:           30 * time.Second,
		MaxResponseBodySize:           maxAnswer,
		ReadBufferSize:                8192,
		WriteBufferSize:               4096,
		DisablePathNormalizing:        true,
		DisableHeaderNamesNormalizing: true,
		NoDefaultUserAgentHeader:      true,
		SecureErrorLogMessage:         true,
		MaxIdemponentCallAttempts:     2,
		// A kept connection that the server has closed meanwhile: once more on another.
		RetryIfErr: func(_ *fasthttp.Request, attempts int, _ error) (bool, bool) { return false, attempts == 1 },
	}}
	for m := range methods {
		uri := strings.TrimSuffix(base, "/") + "/bot" + url.PathEscape(token) + "/" + m.String()
		c.calls[m].New = func() any { return newCall(m, uri) }
	}
	return c, nil
}

// address is host and port.
func address(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	if u.Scheme == "https" {
		return net.JoinHostPort(u.Hostname(), "443")
	}
	return net.JoinHostPort(u.Hostname(), "80")
}

// newCall prepares all of a request that does not change.
func newCall(m method, uri string) *call {
	c := &call{method: m}
	c.req.Header.SetMethod(fasthttp.MethodPost)
	c.req.Header.SetContentType("application/json")
	c.req.SetRequestURI(uri)
	return c
}

// take gives a call to fill.
func (c *client) take(m method) *call {
	k, _ := c.calls[m].Get().(*call)
	k.body = k.body[:0]
	return k
}

// put takes it back; nothing of a message stays reachable through it for longer than the pool does.
func (c *client) put(k *call) {
	k.req.ResetBody()
	k.resp.Reset()
	c.calls[k.method].Put(k)
}

// do sends the call and reads the answer. It holds to the context's deadline, and to its own
// when that is nearer; a cancellation is looked at before sending and not in between.
func (c *client) do(ctx context.Context, k *call) (reply, error) {
	if err := ctx.Err(); err != nil {
		return reply{}, broken(k.method.String(), err)
	}
	deadline := time.Now().Add(c.timeout) //nolint:forbidigo // a socket knows no other clock
	if d, ok := ctx.Deadline(); ok && d.Before(deadline) {
		deadline = d
	}
	k.req.SetBodyRaw(k.body)
	if err := c.host.DoDeadline(&k.req, &k.resp, deadline); err != nil {
		return reply{}, broken(k.method.String(), err)
	}
	r, err := readReply(k.resp.Body())
	if err != nil {
		return reply{}, refusalOrBroken(k.method.String(), k.resp.StatusCode())
	}
	if !r.ok {
		return reply{}, refusal(k.method.String(), r.code, r.description.String(), r.after)
	}
	return r, nil
}

// refusalOrBroken judges an answer that is not the Bot API's, such as a proxy's page: only
// what asks for patience is taken from its status.
func refusalOrBroken(method string, status int) *turn.Trouble {
	if status == 429 {
		return refusal(method, status, "", 0)
	}
	return &turn.Trouble{Kind: turn.Passing, Err: &apiError{method: method, code: status, says: "not an answer of the Bot API"}}
}

// reply is an answer of the Bot API.
type reply struct {
	ok          bool
	code        int
	description text
	after       time.Duration
	message     int // the id of the message that is the result
}

// maxRetry bounds how long an answer can make the bot wait.
const maxRetry = 24 * time.Hour

// readReply reads an answer.
func readReply(body []byte) (reply, error) {
	s, r, is := scanner{b: body}, reply{}, false
	if !s.object() {
		s.fail(errShape)
	}
	for first := true; ; {
		key, more := s.field(&first)
		if !more {
			break
		}
		switch string(key) {
		case "ok":
			r.ok, is = s.bool(), true
		case "error_code":
			r.code = int(s.int())
		case "description":
			r.description = s.text()
		case "parameters":
			r.after = min(maxRetry, time.Duration(readInt(&s, "retry_after"))*time.Second)
		case "result":
			if s.peek() == '{' {
				r.message = int(readInt(&s, "message_id"))
			} else {
				s.skip()
			}
		default:
			s.skip()
		}
	}
	s.end()
	if s.err == nil && !is {
		s.err = errShape
	}
	return r, s.err
}

// readInt reads one number out of an object.
func readInt(s *scanner, name string) int64 {
	var n int64
	if !s.object() {
		return n
	}
	for first := true; ; {
		key, more := s.field(&first)
		if !more {
			return n
		}
		if string(key) == name {
			n = s.int()
		} else {
			s.skip()
		}
	}
}
