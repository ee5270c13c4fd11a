// Package simulator is a local Telegram: a faithful Bot API server, the
// people's side of it for tests and for a page in the browser, and a clock
// that can be moved.
//
// It keeps everything in memory and talks to nobody. The bot reaches it under
// /bot<TOKEN>/ as it would reach Telegram; people reach it under /sim/ and, for
// eyes and thumbs, at /.
package simulator

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how a Server is set up; all of them may be left empty.
type Options struct {
	// Token is the only token the Bot API accepts.
	Token string
	// Username and Name are what getMe tells and the page shows.
	Username, Name string
	// Clock is the clock everything asks; real time when nil.
	Clock *Clock
	// Limits switches Telegram's flood limits on: 30 messages a second in
	// all, one a second in a chat with a small burst, 20 a minute in a group.
	Limits bool
	// StrictStart refuses messages to people who never wrote to the bot.
	StrictStart bool
	// KeepMessages bounds the history of a chat; 0 keeps everything.
	KeepMessages int
	// PressWait bounds how long Press waits for an answer; 10 seconds when 0.
	PressWait time.Duration
	// Title is the title of the page.
	Title string
	// Seed makes the faults with a probability repeatable.
	Seed uint64
	// Log receives what goes wrong in the simulator itself; never texts.
	Log *slog.Logger
}

// Server is a local Telegram with one bot.
type Server struct {
	opts  Options
	clock *Clock
	log   *slog.Logger
	me    User
	path  string // "/bot<TOKEN>/"
	files string // "/file/bot<TOKEN>/"

	methods map[string]method

	mu    sync.RWMutex
	chats map[int64]*chat
	order []*chat

	invited  func() (name, link string)              // whose invitation the page offers; nil: nobody's
	upcoming func(context.Context) (time.Time, bool) // when somebody is told something next; nil: nobody knows
	moments  func(context.Context) (Moments, error)  // what the clock can be moved to by name; nil: nothing
	began    string                                  // differs from start to start, as the chats do

	lastMessage atomic.Int64
	queue       *queue
	calls       callbacks
	store       fileStore
	profile     profile
	faults      *Faults
	flood       bucket
	hub         hub
	people      http.Handler
	buffers     sync.Pool

	ctx    context.Context //nolint:containedctx // the server's own life
	cancel context.CancelFunc
	work   sync.WaitGroup
}

// New returns a server with nobody in it.
func New(opts Options) *Server {
	if opts.Token == "" {
		opts.Token = "100200300:simulator"
	}
	if opts.Username == "" {
		opts.Username = "dampingi_bot"
	}
	if opts.Name == "" {
		opts.Name = "Dampingi"
	}
	if opts.Title == "" {
		opts.Title = opts.Name
	}
	if opts.Clock == nil {
		opts.Clock = NewClock(time.Time{})
	}
	if opts.PressWait == 0 {
		opts.PressWait = 10 * time.Second
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{
		opts:  opts,
		clock: opts.Clock,
		log:   opts.Log,
		me:    User{ID: botID(opts.Token), IsBot: true, FirstName: opts.Name, Username: opts.Username},
		path:  "/bot" + opts.Token + "/",
		files: "/file/bot" + opts.Token + "/",
		chats: map[int64]*chat{},

		methods: methods(),
		began:   realNow().UTC().Format(time.RFC3339Nano),
		flood:   bucket{cap: allBurst, every: allEvery},
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.queue = newQueue(s.clock, rand.New(rand.NewPCG(opts.Seed, 1))) //nolint:gosec // the same faults for the same seed
	s.faults = newFaults(s, rand.New(rand.NewPCG(opts.Seed, 2)))     //nolint:gosec // the same faults for the same seed
	s.buffers.New = func() any { return &buffers{} }
	s.people = s.peopleHandler()
	s.work.Go(s.watchClock)
	return s
}

// botID is the number in front of a token.
func botID(token string) int64 {
	head, _, _ := strings.Cut(token, ":")
	id, err := strconv.ParseInt(head, 10, 64)
	if err != nil || id == 0 {
		return 100200300
	}
	return id
}

// Close ends long polls, webhook deliveries and event streams; call it before
// shutting the HTTP server down, which waits for them.
func (s *Server) Close() {
	s.cancel()
	s.queue.stopWebhook()
	s.work.Wait()
}

// Faults are the troubles that can be switched on.
func (s *Server) Faults() *Faults { return s.faults }

// Clock is the clock everything asks.
func (s *Server) Clock() *Clock { return s.clock }

// Handler serves the Bot API, the people's side and the page.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		switch {
		case strings.HasPrefix(path, s.path):
			s.serveBot(w, r, path[len(s.path):])
		case strings.HasPrefix(path, s.files):
			s.serveFile(w, r, path[len(s.files):])
		case strings.HasPrefix(path, "/bot"), strings.HasPrefix(path, "/file/bot"):
			writeAnswer(w, 401, appendError(nil, errUnauthorized))
		default:
			s.people.ServeHTTP(w, r)
		}
	})
}

// buffers are what one call needs and the next one can use again.
type buffers struct {
	in, out []byte
	params  params
}

// maxPooled is the size above which a buffer is left to the collector.
const maxPooled = 64 << 10

// call is one call of a Bot API method.
type call struct {
	*params
	ctx context.Context //nolint:containedctx // one call's own life
	out []byte          // the JSON of "result", appended by the method
	ok  string          // "description" of an answer that is ok
}

// serveBot answers one call of the Bot API.
func (s *Server) serveBot(w http.ResponseWriter, r *http.Request, name string) {
	buf := s.buffers.Get().(*buffers)
	defer func() {
		if cap(buf.in)+cap(buf.out) <= maxPooled {
			buf.params.fields, buf.params.files = buf.params.fields[:0], buf.params.files[:0]
			s.buffers.Put(buf)
		}
	}()
	buf.params.fields, buf.params.files = buf.params.fields[:0], buf.params.files[:0]
	var err error
	if buf.in, err = buf.params.read(r, buf.in); err != nil {
		s.fail(w, buf, err)
		return
	}
	after, err := s.faults.before(r.Context(), name, &buf.params)
	if err != nil {
		s.fail(w, buf, err)
		return
	}
	c := call{params: &buf.params, ctx: r.Context(), out: append(buf.out[:0], `{"ok":true,"result":`...)}
	if err := s.invoke(&c, name); err != nil {
		s.fail(w, buf, err)
		return
	}
	if c.ok != "" {
		c.out = appendString(append(c.out, `,"description":`...), c.ok)
	}
	buf.out = append(c.out, '}')
	if after {
		panic(http.ErrAbortHandler) // handled, but the answer is lost on the way
	}
	writeAnswer(w, http.StatusOK, buf.out)
}

// invoke runs a method by its name, which Telegram reads in any case.
func (s *Server) invoke(c *call, name string) error {
	run := s.methods[name]
	if run == nil {
		if run = s.methods[strings.ToLower(name)]; run == nil {
			return errNotFound
		}
	}
	return run(s, c)
}

// fail writes an answer that is not ok.
func (s *Server) fail(w http.ResponseWriter, buf *buffers, err error) {
	var answer *apiError
	if !errors.As(err, &answer) {
		answer = &apiError{code: http.StatusInternalServerError, text: "Internal Server Error"}
		if !errors.Is(err, context.Canceled) { // whoever asked has gone
			s.log.Warn("call failed", "error", err)
		}
	}
	if answer == errCut {
		panic(http.ErrAbortHandler) // cut before anything was handled
	}
	buf.out = appendError(buf.out[:0], answer)
	writeAnswer(w, answer.code, buf.out)
}

// jsonHeader is shared by all answers: net/http only reads it.
var jsonHeader = []string{"application/json"}

// writeAnswer writes a JSON body with its length.
func writeAnswer(w http.ResponseWriter, code int, body []byte) {
	h := w.Header()
	h["Content-Type"] = jsonHeader
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	if code != http.StatusOK {
		w.WriteHeader(code)
	}
	_, _ = w.Write(body) // the bot hung up: its own trouble
}

// watchClock tells the page that the clock was moved.
func (s *Server) watchClock() {
	for {
		moved := s.clock.Changed()
		select {
		case <-moved:
			s.hub.publish("clock", func() any { return s.clockState() })
		case <-s.ctx.Done():
			return
		}
	}
}
