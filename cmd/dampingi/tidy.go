package main

import (
	"context"
	"time"
)

// forgetAfter is how long the ids of finished updates are kept to know a repetition:
// Telegram keeps what it could not deliver for a day.
const forgetAfter = 48 * time.Hour

// traceAfter is how long it is known which messages stand in a chat. After 48 hours Telegram
// removes none any more; a day longer, so that those that clean a chat can still tell of them.
const traceAfter = 72 * time.Hour

// startsWithin is how long the bot is busy with itself after it was started.
const startsWithin = 2 * time.Second

// tidy forgets what is no longer needed: at once, since a machine may never be on for long, and
// then once an hour.
func (a *app) tidy(ctx context.Context) {
	for {
		a.tidyOnce(ctx)
		if sleep(ctx, startsWithin) != nil {
			return
		}
		giveBack()
		if sleep(ctx, time.Hour) != nil {
			return
		}
	}
}

// tidyOnce forgets what is no longer needed now. What does not succeed is tried again the next time.
func (a *app) tidyOnce(ctx context.Context) {
	if _, err := a.store.ForgetUpdates(ctx, a.clock().Add(-forgetAfter)); err != nil && ctx.Err() == nil {
		a.log.Warn("forget finished updates", "error", err)
	}
	if _, err := a.store.ForgetTraces(ctx, a.clock().Add(-traceAfter)); err != nil && ctx.Err() == nil {
		a.log.Warn("forget old traces", "error", err)
	}
	if _, err := a.store.Retain(ctx, a.clock()); err != nil && ctx.Err() == nil {
		a.log.Warn("keep nothing for longer than it may be kept", "error", err)
	}
	if err := a.weeks(ctx); err != nil && ctx.Err() == nil {
		a.log.Warn("expect the next week", "error", err)
	}
	if err := a.store.Scrub(ctx); err != nil && ctx.Err() == nil { // also what others erased
		a.log.Warn("scrub the database", "error", err)
	}
}
