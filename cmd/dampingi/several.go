package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Several processes serve one institution when the records are in PostgreSQL: all of them take
// updates in, and one leads, who works them off and sends (docs/adr/0023). With SQLite there is one
// process, and a second one waits beside it.

const (
	feedMost    = 200         // updates that are handed over at once
	feedWaiting = 4096        // updates that may wait in memory; the others wait in the inbox
	feedLongest = time.Second // how long an update that nobody told of waits at most
)

// errLed says that this process leads no more: what it would still do, another one does.
var errLed = errors.New("another instance leads now, or the database cannot be reached; this one ends, to be started anew")

// leadShared waits until no other process leads, and sees to it that this one ends when it leads no
// more. False when ctx ended first.
func (a *app) leadShared(ctx context.Context) (bool, error) {
	token, err := a.set.token()
	if err != nil {
		return false, err
	}
	a.log.Info("waiting to lead: another instance may")
	led, err := a.store.Lead(ctx)
	if ctx.Err() != nil {
		if err == nil {
			led.Close()
		}
		return false, nil
	}
	if err != nil {
		return false, err
	}
	a.led = led
	a.log.Info("this instance leads")
	if a.set.WebhookURL == "" {
		a.poller = a.polling(token)
	}
	go func() {
		<-led.Lost
		select {
		case a.failed <- errLed:
		default: // it ends already
		}
	}()
	return true, nil
}

// feed works off what any process took in, in the order in which it was stored, until ctx is done.
func (a *app) feed(ctx context.Context) error {
	for ctx.Err() == nil {
		more := false
		if a.lanes.Waiting() < feedWaiting {
			rows, last, err := a.store.Arrived(ctx, a.fed, feedMost)
			if err != nil && ctx.Err() == nil {
				a.log.Warn("read what came", "error", err)
			}
			a.lanes.Deliver(rows, func() {})
			more, a.fed = last > a.fed, last
		}
		if more {
			continue
		}
		t := time.NewTimer(feedLongest)
		select {
		case <-ctx.Done():
		case <-a.led.Came:
		case <-t.C:
		}
		t.Stop()
	}
	return nil
}

// takers are what has to run for updates to come in and to be worked off.
func (a *app) takers(hook http.Handler) []func(context.Context) error {
	switch {
	case hook == nil:
		return []func(context.Context) error{a.work}
	case a.store.Shared():
		return []func(context.Context) error{a.register, a.work}
	}
	return []func(context.Context) error{a.register}
}

// leftInInbox is for updates that whoever leads reads from the inbox.
func leftInInbox(rows []turn.Row, done func()) {
	for range rows {
		done()
	}
}
