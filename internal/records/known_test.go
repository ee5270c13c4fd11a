package records_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// move gives a chat to somebody else than before, by way of an invitation, as the commands do.
func move(t *testing.T, s *records.Store, person string, chat int64) {
	t.Helper()
	token, err := s.Invite(t.Context(), person)
	must(t, err)
	must(t, s.Commit(t.Context(), turn.Plan{Join: &turn.Join{Token: token, Chat: chat, At: now}}))
}

// ownerOf is whose chat it is; "" for nobody's.
func ownerOf(t *testing.T, s *records.Store, chat int64) string {
	t.Helper()
	p, err := s.PersonByChat(t.Context(), chat)
	if errors.Is(err, turn.ErrNotFound) {
		return ""
	}
	must(t, err)
	return p.ID
}

func TestWhoIsKnownIsForgottenWithTheWriteThatConcernsHer(t *testing.T) {
	s := open(t)
	peopled(t, s)
	const other = int64(77)
	for range 2 { // the second time from memory
		if got := ownerOf(t, s, sitiChat); got != siti {
			t.Fatalf("the chat is %q's", got)
		}
	}
	move(t, s, siti, other)
	if got := ownerOf(t, s, sitiChat); got != "" {
		t.Errorf("the chat that was left is still %q's", got)
	}
	if got := ownerOf(t, s, other); got != siti {
		t.Errorf("the new chat is %q's", got)
	}
}

func TestWhatAnotherProcessWroteIsNoticedWithTheNextUpdate(t *testing.T) {
	path, v := filepath.Join(t.TempDir(), dbRow), newVault(t)
	bot := openAt(t, path, v)
	peopled(t, bot)
	if got := ownerOf(t, bot, sitiChat); got != siti {
		t.Fatalf("the chat is %q's", got)
	}
	before, err := bot.Caseload(t.Context(), siti)
	must(t, err)

	command := openAt(t, path, v) // another connection, as of another process
	move(t, command, siti, 77)
	must(t, command.AddParticipant(t.Context(), program.Participant{Agreed: program.OnPaper, Code: "M-900", Alias: "Soka", Stage: program.Trading, Companion: siti}))

	if _, err := bot.Receive(t.Context(), []turn.Row{{UpdateID: 1, Body: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	if got := ownerOf(t, bot, sitiChat); got != "" {
		t.Errorf("the chat that was left is still %q's", got)
	}
	after, err := bot.Caseload(t.Context(), siti)
	must(t, err)
	if len(after) != len(before)+1 {
		t.Errorf("%d participants, want %d", len(after), len(before)+1)
	}
}

func TestAVisitMovesHerToTheEndOfTheCaseload(t *testing.T) {
	s := open(t)
	peopled(t, s)
	order := func() string {
		all, err := s.Caseload(t.Context(), siti)
		must(t, err)
		return fmt.Sprint(all[0].Code, " ", all[1].Code, " ", all[1].LastSeen)
	}
	if got := order(); got != melati+" "+mawar+" 2026-11-01" {
		t.Fatalf("before: %s", got)
	}
	must(t, s.Commit(t.Context(), turn.Plan{Reports: []program.Report{visit("r1", "2026-11-20")}}))
	if got := order(); got != mawar+" "+melati+" 2026-11-20" {
		t.Errorf("after the visit: %s", got)
	}
	must(t, s.Commit(t.Context(), turn.Plan{Undo: []turn.Undo{{Report: "r1", By: siti, At: now}}}))
	if got := order(); got != melati+" "+mawar+" 2026-11-01" {
		t.Errorf("after it was taken back: %s", got)
	}
}

// However reading and writing run into each other: after a write has returned, nobody reads
// what was before it.
func TestNobodyIsKnownLongerThanSheIsThere(t *testing.T) {
	s := open(t)
	peopled(t, s)
	var readers sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := s.PersonByChat(t.Context(), sitiChat); err != nil && !errors.Is(err, turn.ErrNotFound) {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 100 {
		owner := []string{rina, siti}[i%2]
		move(t, s, owner, 5000+int64(i)) // she has another chat now
		move(t, s, []string{siti, rina}[i%2], 9000+int64(i))
		move(t, s, owner, sitiChat)
		if got := ownerOf(t, s, sitiChat); got != owner {
			t.Fatalf("round %d: the chat is %q's, want %q's", i, got, owner)
		}
	}
	close(stop)
	readers.Wait()
}

func TestAnEarlierPhoneIsToldNothingMore(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	must(t, s.Commit(t.Context(), turn.Plan{Messages: []turn.Message{
		{ID: "hers", Chat: sitiChat, Form: turn.Notice, Text: "x"}, {ID: "another's", Chat: melatiChat, Form: turn.Notice, Text: "x"},
	}}))
	move(t, s, siti, 77)
	if items, err := s.Outgoing(t.Context(), 10); err != nil || len(items) != 1 || items[0].Message.ID != "another's" {
		t.Errorf("waiting %v, %v", items, err)
	}
	for id, want := range map[string]bool{"hers": false, "another's": true} {
		if waits, err := s.Waits(t.Context(), id); err != nil || waits != want {
			t.Errorf("%s waits: %v, %v", id, waits, err)
		}
	}
}

func TestWhoIsHandedOverIsAnothersAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, db := rich(t, dir)
	ctx := t.Context()
	if load, err := s.Caseload(ctx, siti); err != nil || len(load) != 2 {
		t.Fatal(load, err)
	}
	line := program.Audit{At: now, Actor: "admin", Action: "person.assign", Subject: melati}
	for what, err := range map[string]error{
		"nobody known":     s.Assign(ctx, "M-none", rina, line),
		"to nobody":        s.Assign(ctx, melati, "p-none", line),
		"to a participant": s.Assign(ctx, melati, mawar, line),
	} {
		if !errors.Is(err, turn.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	must(t, s.Assign(ctx, melati, rina, line))
	must(t, s.Assign(ctx, melati, rina, line))
	if load, err := s.Caseload(ctx, siti); err != nil || len(load) != 1 || load[0].Code != mawar {
		t.Errorf("the former's: %v, %v", load, err)
	}
	if _, err := s.ParticipantFor(ctx, siti, melati); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("the former still finds her: %v", err)
	}
	if her, err := s.ParticipantFor(ctx, rina, melati); err != nil || her.Companion != rina {
		t.Errorf("the new one's: %v, %v", her, err)
	}
	if due, err := s.FollowUps(ctx, "2027-01-01"); err != nil || len(due) != 1 || due[0].Person != rina {
		t.Errorf("to be followed up: %v, %v", due, err)
	}
	if got := lines(t, db, `SELECT ref FROM prompt ORDER BY ref`); got != "p-1\np-4" {
		t.Errorf("asked: %s", got)
	}
	if got := lines(t, db, `SELECT action, subject FROM audit WHERE action = 'person.assign'`); got != "person.assign M-417" {
		t.Errorf("the audit says %s", got)
	}
	if got := flaws(t, s); got != "" {
		t.Error(got)
	}
}

func TestWhoLeavesHasNoRightsAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	must(t, s.Commit(ctx, turn.Plan{
		Safety:   turn.Safety{PINs: []turn.PIN{{Person: siti, Sealed: []byte("x")}}},
		Messages: []turn.Message{{ID: "hers", Chat: sitiChat, Form: turn.Notice, Text: "x"}},
	}))
	if got := ownerOf(t, s, sitiChat); got != siti {
		t.Fatal(got)
	}
	token, err := s.Invite(ctx, siti)
	must(t, err)
	for range 2 {
		must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Retired: []string{siti}}}))
	}
	if got := ownerOf(t, s, sitiChat); got != "" {
		t.Errorf("her chat is still %q's", got)
	}
	if p, err := s.Person(ctx, siti); err != nil || p.Active || p.HasPIN || p.Chat != 0 {
		t.Errorf("she is active %v, has a PIN %v, a chat %v, %v", p.Active, p.HasPIN, p.Chat != 0, err)
	}
	if waits, err := s.Waits(ctx, "hers"); err != nil || waits {
		t.Errorf("she is still told something: %v", err)
	}
	if err := s.Commit(ctx, turn.Plan{Join: &turn.Join{Token: token, Chat: 5, At: now}}); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("she joins again: %v", err)
	}
	if _, err := s.Invite(ctx, siti); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("she is invited: %v", err)
	}
}
