package main

import (
	"database/sql"
	"net/url"
	"time"
)

// How time passes in a house: it stands until somebody moves it, and then everything that has come due is
// done before the test goes on.

// moment is the second that people take before they do something.
func (h *house) moment() {
	h.t.Helper()
	h.time.Advance(time.Second)
	h.settle()
}

// sleepsUntil has the bot stopped until a time, as in an outage.
func (h *house) sleepsUntil(at time.Time) {
	h.t.Helper()
	h.rest()
	h.time.Set(at)
	h.wakeUp()
	h.settle()
}

// settle waits until what a moved clock made due has been taken and worked off.
func (h *house) settle() {
	h.t.Helper()
	deadline := time.After(waitMost)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ {
		if !h.anythingDue() {
			h.quiet()
			if !h.anythingDue() { // nor has anything come of what was still going on
				return
			}
		}
		if n%16 == 0 {
			h.time.Advance(0) // whoever waits for the time looks again at once
		}
		select {
		case <-tick.C:
		case <-deadline:
			due, err := h.store.Deadlines(h.t.Context(), h.time.Now(), 10)
			h.t.Fatalf("still due: %v (%v)", due, err)
		}
	}
}

// anythingDue reports whether there is anything to be looked at or to be told. It asks for both at once: what
// is looked at becomes a deadline, and what was told is looked at again.
func (h *house) anythingDue() bool {
	h.t.Helper()
	some, now := false, h.time.Now().UnixMilli()
	if err := h.records().QueryRowContext(h.t.Context(),
		`SELECT EXISTS (SELECT 1 FROM watch WHERE at <= $1) OR EXISTS (SELECT 1 FROM deadline WHERE at <= $1)`, now).Scan(&some); err != nil {
		h.t.Fatal(err)
	}
	return some
}

// records is a look past the bot at what it has on record.
func (h *house) records() *sql.DB {
	h.t.Helper()
	if h.db == nil {
		path := url.URL{Path: h.set.database()} // which may have a # in it
		db, err := sql.Open("sqlite", "file:"+path.EscapedPath()+"?mode=ro")
		if err != nil {
			h.t.Fatal(err)
		}
		h.db = db
		h.t.Cleanup(func() { _ = db.Close() })
	}
	return h.db
}
