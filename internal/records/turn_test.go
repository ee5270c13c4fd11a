package records_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

func TestTheInboxKeepsOrderAndDropsDuplicates(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx := t.Context()
	row := func(update int64) turn.Row {
		return turn.Row{UpdateID: update, Body: fmt.Appendf(nil, "body %d", update), At: now}
	}
	got, err := s.Receive(ctx, []turn.Row{row(7), row(5), row(7), row(9)})
	must(t, err)
	again, err := s.Receive(ctx, []turn.Row{row(5), row(3), row(9)})
	must(t, err)
	if len(got) != 3 || got[0].UpdateID != 7 || got[1].UpdateID != 5 || got[2].UpdateID != 9 || len(again) != 1 || again[0].UpdateID != 3 {
		t.Fatalf("received %v and %v", got, again)
	}
	for _, r := range append(got, again...) {
		if r.Seq == 0 || string(r.Body) != fmt.Sprintf("body %d", r.UpdateID) || !r.At.Equal(now) {
			t.Errorf("received %+v", r)
		}
	}
	for want := 1; want <= 3; want++ {
		if n, err := s.Attempted(ctx, got[1].Seq); err != nil || n != want {
			t.Errorf("attempt %d: %d, %v", want, n, err)
		}
	}
	if _, err := s.Attempted(ctx, 999); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("an attempt at nothing: %v", err)
	}
	must(t, s.Commit(ctx, turn.Plan{Row: got[0].Seq}))
	must(t, s.Bury(ctx, got[2].Seq, "panic"))
	must(t, s.Bury(ctx, got[2].Seq, "panic"))
	pending, err := s.Pending(ctx)
	must(t, err)
	if len(pending) != 2 || pending[0].UpdateID != 5 || pending[0].Attempts != 3 || pending[1].UpdateID != 3 || string(pending[1].Body) != "body 3" {
		t.Errorf("pending %+v", pending)
	}
	dead, err := s.DeadLetters(ctx, 10)
	if err != nil || len(dead) != 1 || dead[0].Reason != "panic" {
		t.Fatalf("dead %v, %v", dead, err)
	}
	if body, err := s.DeadBody(ctx, dead[0].Seq); err != nil || string(body) != "body 9" {
		t.Errorf("dead body %q, %v", body, err)
	}
	if again, err := s.Receive(ctx, []turn.Row{row(7), row(9)}); err != nil || len(again) != 0 {
		t.Errorf("what is done came again: %v, %v", again, err)
	}
}

func TestForgottenUpdatesNeverGiveTheirSeqAway(t *testing.T) {
	t.Parallel()
	clock := now
	s, err := records.Open(t.Context(), at(t, filepath.Join(t.TempDir(), dbRow)), newVault(t), records.Options{Now: func() time.Time { return clock }})
	must(t, err)
	defer s.Close() //nolint:errcheck // a test's
	first := received(t, s, 1)
	waiting := received(t, s, 2)
	last := received(t, s, 3)
	must(t, s.Commit(t.Context(), turn.Plan{Row: first.Seq}))
	must(t, s.Commit(t.Context(), turn.Plan{Row: last.Seq}))
	if n, err := s.ForgetUpdates(t.Context(), now); err != nil || n != 0 {
		t.Errorf("forgot %d, %v", n, err)
	}
	clock = now.Add(8 * 24 * time.Hour)
	if n, err := s.ForgetUpdates(t.Context(), clock.Add(-7*24*time.Hour)); err != nil || n != 2 {
		t.Errorf("forgot %d, %v", n, err)
	}
	if next := received(t, s, 1); next.Seq <= last.Seq {
		t.Errorf("seq %d after %d", next.Seq, last.Seq)
	}
	if pending, err := s.Pending(t.Context()); err != nil || len(pending) != 2 || pending[0].Seq != waiting.Seq {
		t.Errorf("pending %v, %v", pending, err)
	}
}

func TestManyPendingUpdates(t *testing.T) {
	t.Parallel()
	s := open(t)
	const n = 450
	batch := make([]turn.Row, n)
	for i := range batch {
		batch[i] = turn.Row{UpdateID: int64(n - i), Body: []byte("x"), At: now}
	}
	got, err := s.Receive(t.Context(), batch)
	must(t, err)
	pending, err := s.Pending(t.Context())
	must(t, err)
	if len(got) != n || !reflect.DeepEqual(got, pending) {
		t.Errorf("received %d, pending %d", len(got), len(pending))
	}
}

func TestTheOutbox(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx := t.Context()
	send := func(ids ...string) {
		p := turn.Plan{}
		for _, id := range ids {
			p.Messages = append(p.Messages, turn.Message{ID: id, Chat: sitiChat, Form: turn.Card, Text: id})
		}
		must(t, s.Commit(ctx, p))
	}
	waiting := func(limit int) string {
		t.Helper()
		items, err := s.Outgoing(ctx, limit)
		must(t, err)
		text := ""
		for _, i := range items {
			text += fmt.Sprintf("%s/%d/%d ", i.Message.ID, i.Attempts, i.Card)
		}
		return strings.TrimSpace(text)
	}
	is := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("waiting %q; want %q", got, want)
		}
	}
	send("c", "a", "b")
	is(waiting(10), "c/0/0 a/0/0 b/0/0")
	is(waiting(2), "c/0/0 a/0/0")
	must(t, s.Sent(ctx, "c", sitiChat, turn.Shown{Card: 41}))
	must(t, s.Postpone(ctx, "b", now.Add(time.Hour), 2))
	is(waiting(10), "a/0/41 b/2/41")
	items, err := s.Outgoing(ctx, 10)
	must(t, err)
	if !items[0].Message.Due.IsZero() || !items[1].Message.Due.Equal(now.Add(time.Hour)) {
		t.Errorf("due %v and %v", items[0].Message.Due, items[1].Message.Due)
	}
	if more, err := s.OutgoingAfter(ctx, items[0].Seq, 10); err != nil || len(more) != 1 || more[0].Message.ID != "b" {
		t.Errorf("read on: %v, %v", more, err)
	}
	must(t, s.Sent(ctx, "a", sitiChat, turn.Shown{}))
	if card, err := s.Card(ctx, sitiChat); err != nil || card != 41 {
		t.Errorf("card %d, %v", card, err)
	}
	if card, err := s.Card(ctx, melatiChat); err != nil || card != 0 {
		t.Errorf("a stranger's card %d, %v", card, err)
	}
	must(t, s.Sent(ctx, "a", sitiChat, turn.Shown{Card: 42})) // twice is harmless
	must(t, s.BuryMessage(ctx, "b", "refused"))
	is(waiting(10), "")
	send("d")
	is(waiting(10), "d/0/42")
	must(t, s.Sent(ctx, "d", sitiChat, turn.Shown{Card: -1}))
	send("e")
	is(waiting(10), "e/0/0")
	if items, err := s.Outgoing(ctx, 10); err != nil || items[0].Seq != 5 {
		t.Errorf("a seq came again: %v, %v", items, err)
	}
}

func TestDeadlinesMoveAndAreSettled(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx := t.Context()
	at := func(h int) time.Time { return now.Add(time.Duration(h) * time.Hour) }
	commit := func(p turn.Plan) { t.Helper(); must(t, s.Commit(ctx, p)) }
	due := func(until time.Time) string {
		t.Helper()
		all, err := s.Deadlines(ctx, until, 10)
		must(t, err)
		text := ""
		for _, d := range all {
			text += fmt.Sprintf("%d/%s/%v ", d.Chat, d.Kind, d.At.Sub(now).Hours())
		}
		return strings.TrimSpace(text)
	}
	is := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("due %q; want %q", got, want)
		}
	}
	if _, there, err := s.NextDeadline(ctx); there || err != nil {
		t.Errorf("a deadline in nothing: %v", err)
	}
	commit(turn.Plan{Deadlines: []turn.Due{{Chat: 1, Kind: "nudge", At: at(2)}, {Chat: 2, Kind: "nudge", At: at(3)}, {Chat: 1, Kind: "expire", At: at(24)}}})
	is(due(at(1)), "")
	is(due(at(3)), "1/nudge/2 2/nudge/3")
	commit(turn.Plan{Deadlines: []turn.Due{{Chat: 1, Kind: "nudge", At: at(4)}}})
	is(due(at(30)), "2/nudge/3 1/nudge/4 1/expire/24")
	commit(turn.Plan{Settled: []turn.Due{{Chat: 1, Kind: "nudge", At: at(2)}}}) // it was moved meanwhile
	is(due(at(4)), "2/nudge/3 1/nudge/4")
	commit(turn.Plan{
		Settled:   []turn.Due{{Chat: 1, Kind: "nudge", At: at(4)}, {Chat: 2, Kind: "nudge"}},
		Deadlines: []turn.Due{{Chat: 1, Kind: "nudge", At: at(20)}},
	})
	is(due(at(30)), "1/nudge/20 1/expire/24")
	if next, there, err := s.NextDeadline(ctx); err != nil || !there || !next.Equal(at(20)) {
		t.Errorf("next %v, %v, %v", next, there, err)
	}
}

func TestOnlyTheAuthorUndoes(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	seen := func() program.Date {
		t.Helper()
		her, err := s.ParticipantFor(ctx, siti, melati)
		must(t, err)
		return her.LastSeen
	}
	is := func(got, want program.Date) {
		t.Helper()
		if got != want {
			t.Errorf("last seen %q; want %q", got, want)
		}
	}
	for id, day := range map[string]program.Date{"r-1": "2026-11-10", "r-2": "2026-11-20"} {
		must(t, s.Commit(ctx, turn.Plan{Reports: []program.Report{visit(id, day)}}))
	}
	is(seen(), "2026-11-20")
	undo := func(report, by string) error {
		return s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: report, By: by, At: now}}})
	}
	for report, by := range map[string]string{"r-2": rina, "r-9": siti} {
		if err := undo(report, by); !errors.Is(err, turn.ErrNotFound) {
			t.Errorf("%s undid %s: %v", by, report, err)
		}
	}
	is(seen(), "2026-11-20")
	must(t, undo("r-2", siti))
	must(t, undo("r-2", siti))
	is(seen(), "2026-11-10")
	r, err := s.Report(ctx, "r-2")
	if err != nil || !r.UndoneAt.Equal(now) || string(r.Answers) != visitAnswers {
		t.Errorf("the version that was taken back: %+v, %v", r, err)
	}
	if n, err := s.CountReports(ctx, siti, records.Visit, "2026-11-01", "2026-11-30", ""); err != nil || n != 1 {
		t.Errorf("%d stand, %v", n, err)
	}
	if n, err := s.CountReports(ctx, siti, records.Visit, "2026-11-01", "2026-11-30", "r-1"); err != nil || n != 0 {
		t.Errorf("%d stand besides the one, %v", n, err)
	}
	must(t, undo("r-1", siti))
	is(seen(), "")
	her, err := s.ParticipantFor(ctx, siti, mawar)
	must(t, err)
	is(her.LastSeen, "2026-11-01")
}

func TestAnEndedContextStoresNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Commit(ctx, turn.Plan{Messages: []turn.Message{{ID: "a", Chat: 1, Form: turn.Notice, Text: "x"}}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("commit: %v", err)
	}
	if _, err := s.Receive(ctx, []turn.Row{{UpdateID: 1}}); !errors.Is(err, context.Canceled) {
		t.Errorf("receive: %v", err)
	}
	if items, err := s.Outgoing(t.Context(), 1); err != nil || len(items) != 0 {
		t.Errorf("stored %v, %v", items, err)
	}
}
