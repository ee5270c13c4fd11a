package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/fiction"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// demoCmd starts everything on fictional people: a Telegram of our own, the bot, and a page
// with their phones.
type demoCmd struct {
	Address string `name:"address" default:"127.0.0.1:8080" help:"Where the chat page is; also --listen after demo."`
	Data    string `help:"Keep the demo's data here; without it, they go when it stops."`
	Seed    uint64 `default:"1" help:"Other people with another number."`
}

// demoToken opens the demo's own Telegram and nothing else.
const demoToken = "1:demo"

// demoBot is the bot's name in the demo.
const demoBot = "catatan_usaha_bot"

// Run runs the demo until it is told to stop.
func (c *demoCmd) Run(w *world, s *Settings) error {
	dir, done, err := c.dataDir()
	if err != nil {
		return err
	}
	defer done()
	log := w.log
	if s.LogLevel == slog.LevelInfo { // the page is what is looked at
		log = slog.New(slog.NewTextHandler(w.errOut, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	set := *s
	set.Token, set.DataDir, set.SendRate = demoToken, dir, 30
	set.RedisURL, set.KeyFile, set.WebhookURL = "", "", "" // those of a bot that may work on this machine
	begins, err := demoBegins(&set, w.now())
	if err != nil {
		return err
	}
	d, err := startDemo(w.ctx, &set, c.listen(s), c.Seed, func() time.Time { return begins }, log)
	if err != nil {
		return err
	}
	defer d.close()
	if err := d.invite(w.ctx); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "Dampingi siap dicoba / ready to try:\n\n    http://%s\n\nTekan Ctrl+C untuk berhenti / to stop.\n", d.listener.Addr())
	select {
	case <-w.ctx.Done():
		return nil
	case err := <-d.failed:
		return err
	case err := <-d.app.failed:
		return err
	}
}

// demoBegins is what the demo's clock shows first: the last Wednesday at ten, so that a week is under way
// and everybody is awake whenever somebody tries it; or now, when there are records of an earlier run.
func demoBegins(s *Settings, now time.Time) (time.Time, error) {
	zone, err := s.zone()
	if err != nil {
		return now, err
	}
	if _, err := os.Stat(s.database()); err == nil {
		return now, nil
	}
	wednesday := program.DateOf(now.In(zone)).WeekStart().AddDays(2).Time(zone).Add(10 * time.Hour)
	if wednesday.After(now) {
		wednesday = wednesday.AddDate(0, 0, -7)
	}
	return wednesday, nil
}

// listen is the page's address; LISTEN means the health endpoint everywhere else, and is
// taken here only when it was set to something of its own.
func (c *demoCmd) listen(s *Settings) string {
	if s.Listen != "127.0.0.1:8081" {
		return s.Listen
	}
	return c.Address
}

// dataDir is where the demo's data are, and what is done about them in the end.
func (c *demoCmd) dataDir() (string, func(), error) {
	if c.Data != "" {
		return c.Data, func() {}, os.MkdirAll(c.Data, 0o700)
	}
	dir, err := os.MkdirTemp("", "dampingi-demo-")
	if err != nil {
		return "", nil, fmt.Errorf("make a place for the demo: %w", err)
	}
	return dir, func() { _ = os.RemoveAll(dir) }, nil //nolint:errcheck // it is a temporary one
}

// demo is a running demo.
type demo struct {
	*app
	sim      *simulator.Server
	server   *http.Server
	listener net.Listener
	failed   chan error
	end      context.CancelFunc
	polled   chan struct{} // closed when nothing is taken in any more
}

// startDemo starts simulator and bot; it returns when the page can be opened.
func startDemo(ctx context.Context, s *Settings, listen string, seed uint64, now func() time.Time, log *slog.Logger) (*demo, error) {
	clock := simulator.NewClock(now())
	sim := simulator.New(simulator.Options{Token: s.Token, Username: demoBot, Name: "Catatan Usaha", Title: "Dampingi", Clock: clock, Limits: true, Log: log})
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w. Another demo may be running; try dampingi demo --address 127.0.0.1:8090", listen, err)
	}
	ctx, end := context.WithCancel(ctx)
	d := &demo{sim: sim, listener: listener, failed: make(chan error, 2), end: end, polled: make(chan struct{})}
	d.server = &http.Server{Handler: sim.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { d.failed <- d.server.Serve(listener) }()
	s.APIURL = "http://" + listener.Addr().String()
	store, v, err := demoStore(ctx, s, clock.Now, log)
	if err != nil {
		return nil, errors.Join(err, d.abandon(nil))
	}
	if err := seedDemo(ctx, store, v, sim, seed, clock.Now(), s); err != nil {
		return nil, errors.Join(err, d.abandon(store))
	}
	if d.app, err = newApp(ctx, s, store, v, clock.Now, log); err != nil {
		return nil, errors.Join(err, d.abandon(store))
	}
	d.moved = clock.Changed
	d.hints()
	sim.OfferNext(func(ctx context.Context) (time.Time, bool) {
		at, err := d.next(ctx)
		return at, err == nil && !at.IsZero()
	})
	sim.OfferMoments(d.tourMoments)
	leads, err := d.lead(ctx)
	if err == nil && !leads {
		err = ctx.Err()
	}
	if err == nil {
		err = d.start(ctx)
	}
	if err != nil {
		d.app.close()
		return nil, errors.Join(err, d.abandon(store))
	}
	go func() {
		defer close(d.polled)
		if err := d.poll(ctx); err != nil && ctx.Err() == nil {
			d.failed <- err
		}
	}()
	return d, nil
}

// invite lets the page offer the invitation of a companion who has not joined yet.
func (d *demo) invite(ctx context.Context) error {
	newcomer := fiction.Newcomer()
	_, err := d.store.Person(ctx, newcomer.ID)
	if errors.Is(err, turn.ErrNotFound) {
		err = d.store.AddPerson(ctx, newcomer)
	}
	if err != nil {
		return err
	}
	d.sim.OfferInvitation(func() (name, link string) { // anew each time, because the clock may have been moved
		p, err := d.store.Person(ctx, newcomer.ID)
		if err != nil || p.Chat != 0 { // she has joined
			return "", ""
		}
		token, err := d.store.Invite(ctx, p.ID)
		if err != nil {
			return "", ""
		}
		return p.Name, invitationLink(demoBot, token)
	})
	return nil
}

// abandon takes back what was begun of a demo that could not be started.
func (d *demo) abandon(store *records.Store) error {
	d.end()
	d.sim.Close()
	err := d.server.Close()
	if store != nil {
		err = errors.Join(err, store.Close())
	}
	return err
}

// demoStore opens the demo's data, making them when they are not there.
func demoStore(ctx context.Context, s *Settings, clock func() time.Time, log *slog.Logger) (*records.Store, *vault.Vault, error) {
	if _, err := os.Stat(s.key()); err != nil {
		if err := vault.Create(s.key()); err != nil {
			return nil, nil, err
		}
	}
	v, err := vault.Open(s.key())
	if err != nil {
		return nil, nil, err
	}
	zone, err := s.zone()
	if err != nil {
		return nil, nil, err
	}
	store, err := records.Open(ctx, filepath.Clean(s.database()), v, records.Options{Zone: zone, Now: clock, Log: log})
	return store, v, err
}

// close stops bot and simulator; nothing is taken in any more when the records are closed.
func (d *demo) close() {
	d.end()
	<-d.polled
	d.app.close()
	d.sim.Close()
	_ = d.server.Close() //nolint:errcheck // nobody listens any more
	if err := d.store.Close(); err != nil {
		d.log.Warn("close the database", "error", err)
	}
}

// seedDemo makes the demo's people up, in a database that has none, and gives them phones.
func seedDemo(ctx context.Context, store *records.Store, v *vault.Vault, sim *simulator.Server, seed uint64, now time.Time, s *Settings) error {
	zone, err := s.zone()
	if err != nil {
		return err
	}
	return fiction.Seed(ctx, store, sim, fiction.Options{
		Seed: seed, Now: now.In(zone), Hash: func(code, word string) string { return conversation.WordHash(v, code, word) },
	})
}

// hints lets the page say what can be tried on each phone.
func (d *demo) hints() {
	keys := map[int64]string{
		1001: "demo.ratna", 1002: "demo.rina", 1003: "demo.yuli", 1004: "demo.wati", 1005: "demo.bina", 1006: "demo.dewi",
		fiction.Phone: "demo.melati", fiction.Phone + 1: "demo.mawar", fiction.Stranger: "demo.stranger",
	}
	for chat, key := range keys {
		hint := make(map[string]string, len(d.book.Langs()))
		for _, lang := range d.book.Langs() {
			hint[lang] = d.book.For(lang).Plain(key, map[string]any{"Word": fiction.Word})
		}
		d.sim.Hint(chat, hint)
	}
}
