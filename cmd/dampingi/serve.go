package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// serveCmd serves the bot until it is told to stop.
type serveCmd struct{}

// Run serves.
func (c *serveCmd) Run(w *world, s *Settings) error {
	if _, err := s.token(); err != nil {
		return err
	}
	store, v, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer func() {
		if err := store.Close(); err != nil {
			w.log.Error("close the database", "error", err)
		}
	}()
	a, err := newApp(w.ctx, s, store, v, w.now, w.log)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.openBackups(w); err != nil {
		return err
	}
	hushLibraries(w.log)
	collectLess()
	return a.serve(w.ctx)
}

// collectLess lets the heap grow to three times what is in use, instead of twice, unless GOGC
// says something else. Little of the bot is in use at any time, so that is a few megabytes, for
// which a busy bot needs an eighth less of the processor (docs/benchmarks.md).
func collectLess() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}

// serve takes updates, and serves health and metrics, until ctx is done. Health is served already
// while another instance works; nobody takes updates in any more when it returns.
func (a *app) serve(ctx context.Context) error {
	path, hook := "", http.Handler(nil)
	if a.set.WebhookURL != "" {
		if !a.store.Shared() {
			if _, err := a.alone(ctx); err != nil || ctx.Err() != nil {
				return err
			}
			if err := a.start(ctx); err != nil {
				return err
			}
		}
		var err error
		if path, hook, err = a.webhook(); err != nil {
			return err
		}
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.set.Listen)
	if err != nil {
		return fmt.Errorf("listen on LISTEN %s: %w", a.set.Listen, err)
	}
	server := &http.Server{Handler: a.handler(path, hook), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 3)
	go func() { failed <- server.Serve(listener) }()
	a.log.Info("serving", "listen", listener.Addr().String(), "webhook", hook != nil, "redis", a.states != nil)
	if open(listener.Addr()) {
		a.log.Warn("other machines may be able to read health and metrics: let LISTEN be on 127.0.0.1, or let only the webhook's path through", "listen", listener.Addr().String())
	}
	taking, stop := context.WithCancel(ctx)
	defer stop()
	var taken sync.WaitGroup
	for _, take := range a.takers(hook) {
		taken.Go(func() {
			if err := take(taking); err != nil {
				failed <- err
			}
		})
	}
	select {
	case <-ctx.Done():
	case err = <-failed:
	case err = <-a.failed:
	}
	stop()
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		a.log.Warn("stop listening", "error", err)
	}
	taken.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// work waits until nobody else works, and then takes updates by asking for them, or those that any
// process took in by webhook.
func (a *app) work(ctx context.Context) error {
	if leads, err := a.lead(ctx); err != nil || !leads {
		return err
	}
	if err := a.start(ctx); err != nil {
		return err
	}
	if a.set.WebhookURL != "" {
		return a.feed(ctx)
	}
	return a.poll(ctx)
}

// register tells Telegram where to bring updates, until it has understood, or does not take the
// token: then none would ever come.
func (a *app) register(ctx context.Context) error {
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		err := a.sender.SetWebhook(ctx, a.set.WebhookURL, a.set.WebhookSecret)
		if err == nil {
			return nil
		}
		var trouble *turn.Trouble
		if errors.As(err, &trouble) && trouble.Kind == turn.Unauthorized {
			return fmt.Errorf("register the webhook: %w", err)
		}
		a.log.Warn("register the webhook", "error", err)
		_ = sleep(ctx, pause) // ctx is looked at above
	}
	return nil
}
