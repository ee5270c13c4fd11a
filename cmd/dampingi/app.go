package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/outbox"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/redis"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/schedule"
	"github.com/dampingi/dampingi/internal/telegram"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// app is the house put together: the one place that sees both work and edges.
type app struct {
	set     *Settings
	log     *slog.Logger
	clock   func() time.Time
	moved   func() <-chan struct{}                    // nil for a clock that only runs
	standby func(context.Context, time.Duration) bool // how it waits to serve and to poll
	store   *records.Store
	states  *redis.States // nil: conversations are in SQLite
	vault   *vault.Vault
	book    *texts.Book
	desk    conversation.Handler
	weeks   func(context.Context) error // every chair is told of her week
	look    func(context.Context) (more bool, err error)
	next    func(context.Context) (time.Time, error) // when somebody is told something next
	lanes   *conversation.Lanes
	outbox  *outbox.Outbox
	sender  *telegram.Sender
	sight
	poller  *telegram.Poller       // nil before lead, and with a webhook
	led     *records.Led           // nil before lead, and with SQLite
	fed     int64                  // up to which row of the inbox what came was handed over
	unname  func()                 // gives the name of this instance back
	botName atomic.Pointer[string] // as Telegram tells; nil until it has
	alive   atomic.Bool            // start has been called
	mute    atomic.Bool            // nothing is sent any more
	failed  chan error             // why nothing is sent any more
	backups *backups               // nil: none are made by themselves
	stop    context.CancelFunc
	stopped sync.WaitGroup
}

// openStore opens the key and the database, for every command that works on records.
func openStore(ctx context.Context, s *Settings, clock func() time.Time, log *slog.Logger) (*records.Store, *vault.Vault, error) {
	zone, err := s.zone()
	if err != nil {
		return nil, nil, err
	}
	v, err := vault.Open(s.key())
	if err != nil {
		return nil, nil, err
	}
	if _, err := os.Stat(s.database()); err != nil && s.DatabaseURL == "" {
		return nil, nil, errNoDatabase
	}
	store, err := records.Open(ctx, s.records(), v, records.Options{Zone: zone, Now: clock, Log: log, Made: s.DatabaseURL != ""})
	if s.DatabaseURL != "" && errors.Is(err, records.ErrNotOurs) {
		err = errNoDatabase
	}
	if err != nil {
		return nil, nil, err
	}
	return store, v, nil
}

// newApp puts the house together on an open store.
func newApp(ctx context.Context, s *Settings, store *records.Store, v *vault.Vault, clock func() time.Time, log *slog.Logger) (*app, error) {
	if word, bad := discreet.Forbidden(s.DisplayName); bad {
		return nil, fmt.Errorf("DISPLAY_NAME has the word %q: it is seen on every lock screen; choose something ordinary, such as Catatan Usaha", word)
	}
	a := &app{set: s, log: log, clock: clock, store: store, vault: v, failed: make(chan error, 1)}
	a.standby = func(ctx context.Context, d time.Duration) bool { return sleep(ctx, d) == nil }
	a.watched()
	token, err := s.token()
	if err != nil {
		return nil, err
	}
	known, err := s.kinds()
	if err != nil {
		return nil, err
	}
	a.book = known.book
	a.sender, err = telegram.NewSender(telegram.SenderOptions{URL: s.APIURL, Token: token, Alert: func(_ context.Context, what string) { a.alert(what) }})
	if err != nil {
		return nil, err
	}
	a.outbox = outbox.New(outbox.Options{
		Store: store, Sender: a.sender, Rate: s.SendRate, Clock: clock, Log: log,
		OnUnreachable: a.unreachable, OnAlert: func(_ context.Context, what string) { a.alert(what) }, Meter: a.metrics,
	})
	if err := a.knowAdministrator(ctx); err != nil {
		return nil, err
	}
	if err := a.openDesk(ctx, known); err != nil {
		return nil, err
	}
	return a, nil
}

// openDesk prepares the desk, on Redis when there is one.
func (a *app) openDesk(ctx context.Context, known kinds) error {
	zone, err := a.set.zone()
	if err != nil {
		return err
	}
	var store conversation.Store = meteredStore{a.store, a.metrics}
	if a.set.RedisURL != "" {
		if a.states, err = redis.Open(ctx, a.set.RedisURL, redis.Options{Log: a.log}); err != nil {
			return err
		}
		store = conversation.Apart(store, a.states)
	}
	set, err := a.set.reminders(zone)
	if err != nil {
		return err
	}
	rules, err := reminder.New(set)
	if err != nil {
		return fmt.Errorf("prepare the rules of reminders: %w", err)
	}
	desk, err := conversation.New(conversation.Options{
		Store: store, Seal: a.vault, Flows: known.current, Archive: known.archive, Zone: zone, Clock: a.clock, Log: a.log,
		Words: func(lang string) conversation.Words { return a.book.For(lang) },
		Send:  a.outbox.Accept, Link: a.link, House: a.set.Institution, Help: a.set.HelpLine, Reminders: rules,
	})
	if err != nil {
		return err
	}
	a.desk, a.weeks, a.look, a.next = desk, desk.ExpectWeeks, desk.Look, desk.Upcoming
	return nil
}

// link is an invitation as it is shown in a chat; until the bot's name is known, it can only be typed.
func (a *app) link(token string) string {
	if name := a.botName.Load(); name != nil {
		return invitationLink(*name, token)
	}
	return "/start " + token
}

// lead waits until no other instance works on the same conversations, for those who poll: two
// of them would work off the same rows, and remind everybody twice. So a second one does nothing
// at all until it has the lease, and then finds everything that waits. False when ctx ended first.
func (a *app) lead(ctx context.Context) (bool, error) {
	if a.store.Shared() {
		return a.leadShared(ctx)
	}
	token, err := a.set.token()
	if err != nil {
		return false, err
	}
	holder, err := a.alone(ctx)
	if err != nil || ctx.Err() != nil {
		return false, err
	}
	a.poller = a.polling(token)
	a.poller.Lease, a.poller.Holder = a.leaser(), holder
	return a.poller.Lead(ctx), nil
}

// alone waits until no other process serves on the data directory, or ctx ends, and takes its name.
func (a *app) alone(ctx context.Context) (name string, err error) {
	told := false
	name, a.unname, err = instance(a.set.DataDir, a.clock(), func() error {
		if !told {
			a.log.Warn("waiting to serve: another instance serves on this data directory")
			told = true
		}
		a.standby(ctx, time.Second)
		return ctx.Err()
	})
	if ctx.Err() != nil {
		return name, nil //nolint:nilerr // what ended with ctx is no error
	}
	return name, err
}

// polling asks for updates, once there are lanes (start).
func (a *app) polling(token string) *telegram.Poller {
	return &telegram.Poller{
		API: a.set.APIURL, Token: token, Inbox: a.store, Sleep: a.standby,
		Deliver: func(rows []turn.Row, done func()) { a.lanes.Deliver(rows, done) },
		Clock:   a.clock, Log: a.log, Reached: a.health.reached, Rivaled: a.health.rivaled,
	}
}

// start brings the house to life; it returns when updates can come.
func (a *app) start(parent context.Context) error {
	ctx, stop := context.WithCancel(parent)
	a.stop = stop
	a.lanes = conversation.NewLanes(ctx, conversation.LanesOptions{
		Desk: a.desk, Inbox: a.store, Decode: telegram.Decode, Sleep: sleep, Sorry: a.sorry, Settle: a.settle, Alert: a.alert, Log: a.log,
		Meter: a.metrics, Clock: a.clock,
	})
	waiting, err := a.store.Pending(ctx)
	if err != nil {
		stop()
		return fmt.Errorf("read the inbox: %w", err)
	}
	a.lanes.Deliver(waiting, func() {})
	if n := len(waiting); n > 0 {
		a.fed = waiting[n-1].Seq
	}
	a.beside(func() { a.deliver(ctx) })
	loop := schedule.Loop{Store: a.store, Look: a.look, Take: a.lanes.Take, Clock: a.clock, Moved: a.moved, Log: a.log}
	a.beside(func() { loop.Run(ctx) })
	a.beside(func() { a.tidy(ctx) })
	a.beside(func() { a.introduce(ctx) })
	if a.backups != nil {
		a.beside(func() { a.backups.run(ctx) })
	}
	if a.set.AdminChat != "" {
		a.beside(func() { a.attend(ctx) })
	}
	a.begun.Store(a.clock().UnixMilli())
	a.alive.Store(true)
	return nil
}

// introduce asks Telegram for the bot's name until it has answered.
func (a *app) introduce(ctx context.Context) {
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		me, err := a.sender.Me(ctx)
		if err == nil && a.set.DisplayName != "" && a.set.DisplayName != me.Name {
			me.Name = a.set.DisplayName
			err = a.sender.SetName(ctx, me.Name)
		}
		if err == nil {
			a.botName.Store(&me.Username)
			if me.Groups {
				a.log.Warn("the bot can be taken into groups, which it leaves at once; switch that off at @BotFather with /setjoingroups")
			}
			if word, bad := discreet.Forbidden(me.Name + " " + me.Username); bad {
				a.alert("the bot's name is seen on every lock screen and has the word " + word + "; choose an ordinary one with DISPLAY_NAME or at @BotFather")
			}
			return
		}
		_ = sleep(ctx, pause) // ctx is looked at above
	}
}

// deliver sends until ctx is done. Should sending end before, nobody would be answered any more,
// so whoever serves ends as well and says why, and until then the bot is not ready.
func (a *app) deliver(ctx context.Context) {
	if err := a.outbox.Run(ctx); err != nil {
		a.mute.Store(true)
		a.log.Error("sending stopped", "error", err)
		a.failed <- err
	}
}

// beside runs f beside the rest and is waited for in the end.
func (a *app) beside(f func()) {
	a.stopped.Add(1)
	go func() { defer a.stopped.Done(); f() }()
}

// close brings everything to rest: nothing is lost, what is unfinished goes on next time. The
// lease is given back when nothing works any more, so that whoever waits for it does not begin
// on what is still being worked on.
func (a *app) close() {
	if a.stop != nil {
		a.stop()
		a.lanes.Close()
		a.stopped.Wait()
	}
	if a.led != nil {
		a.led.Close()
	}
	if a.poller != nil {
		a.poller.Leave(context.Background())
	}
	if a.unname != nil {
		a.unname()
	}
	if a.states != nil {
		if err := a.states.Close(); err != nil {
			a.log.Warn("close redis", "error", err)
		}
	}
}

// poll takes updates by asking for them, after lead and start; it returns when ctx is done, the
// token is wrong, or another instance has taken over.
func (a *app) poll(ctx context.Context) error { return a.poller.Run(ctx) }

// leaser is where the one who polls is agreed upon.
func (a *app) leaser() telegram.Leaser {
	if a.states != nil {
		return a.states
	}
	return a.store
}

// webhook is the handler that takes updates, and the path under which Telegram brings them.
func (a *app) webhook() (string, http.Handler, error) {
	u, err := url.Parse(a.set.WebhookURL)
	if err != nil {
		return "", nil, fmt.Errorf("WEBHOOK_URL is no address: %w", err)
	}
	if a.set.WebhookSecret == "" {
		return "", nil, errors.New("WEBHOOK_SECRET is missing: without it, anybody could bring updates")
	}
	path := u.Path
	if path == "" {
		path = "/"
	}
	deliver := leftInInbox
	if !a.store.Shared() {
		deliver = a.lanes.Deliver
	}
	return path, &telegram.Webhook{
		Secret: a.set.WebhookSecret, Inbox: a.store, Deliver: deliver, Clock: a.clock, Log: a.log, Reached: a.health.reached,
	}, nil
}

// unreachable notes that messages do not get through to a chat.
func (a *app) unreachable(ctx context.Context, chat int64) {
	err := a.store.Commit(ctx, turn.Plan{Reach: &turn.Reach{Chat: chat, At: a.clock()}})
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		a.log.Warn("note unreachable chat", "error", err)
	}
}

// sorry tells a person that her message could not be worked off.
func (a *app) sorry(ctx context.Context, u turn.Update) {
	if u.Kind == turn.Press {
		a.outbox.Accept(turn.Message{Form: turn.Toast, Chat: u.Chat, Callback: u.Callback})
	}
	m := turn.Message{Form: turn.Notice, Text: a.book.For("").Text("say.sorry"), Protect: true}
	if p, err := a.store.PersonByChat(ctx, u.Chat); err != nil || p.Role == program.Beneficiary { // or somebody who may be
		m = turn.ToHer(discreet.Compose(a.book.For(p.Lang), discreet.Sorry, discreet.Fill{Now: a.clock()}, p.Safe), nil, nil)
		m.Fresh = true
	}
	m.ID, m.Chat = "sorry."+strconv.FormatInt(u.Row, 36), u.Chat
	if err := a.store.Commit(ctx, turn.Plan{Messages: []turn.Message{m}}); err != nil {
		a.log.Warn("apologise", "error", err)
		return
	}
	a.outbox.Accept(m)
}

// settle ends a deadline that could not be worked off.
func (a *app) settle(ctx context.Context, d turn.Due) {
	if err := a.store.Commit(ctx, turn.Plan{Settled: []turn.Due{d}}); err != nil {
		a.log.Warn("end a deadline", "error", err)
	}
}

// alert tells the administrator, in the log and in the metrics.
func (a *app) alert(what string) {
	a.metrics.alerts.Inc()
	a.log.Error("alert", "what", what)
}

// sleep waits, or until ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
