package records_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

func TestWhoseChatItIs(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	p, err := s.PersonByChat(ctx, sitiChat)
	want := program.Person{ID: siti, Role: program.Companion, Name: "Siti", Chat: sitiChat, Lang: "id", Active: true}
	if err != nil || p != want {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := s.PersonByChat(ctx, 1); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	if _, err := s.Person(ctx, "p-none"); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	people, err := s.People(ctx)
	must(t, err)
	var names []string
	for _, p := range people {
		names = append(names, fmt.Sprint(p.ID, " ", p.Role, " ", p.Name))
	}
	slices.Sort(names)
	if got := strings.Join(names, ", "); got != "M-002 peserta Mawar, M-417 peserta Melati, p-rina pendamping Rina, p-siti pendamping Siti" {
		t.Error(got)
	}
	for what, err := range map[string]error{
		"a participant as staff": s.AddPerson(ctx, program.Person{ID: "x", Role: program.Beneficiary}),
		"an id twice":            s.AddPerson(ctx, program.Person{ID: siti, Role: program.Companion}),
		"a code of staff":        s.AddParticipant(ctx, program.Participant{Agreed: program.OnPaper, Code: siti}),
		"an unknown companion":   s.AddParticipant(ctx, program.Participant{Agreed: program.OnPaper, Code: "M-9", Companion: "p-none"}),
	} {
		if err == nil {
			t.Errorf("%s was added", what)
		}
	}
	err = s.AddPerson(ctx, program.Person{ID: "p-x", Role: program.Chair, Chat: sitiChat, Active: true})
	if !errors.Is(err, turn.ErrTaken) {
		t.Errorf("somebody else's chat: %v", err)
	}
	if _, err := s.Person(ctx, "p-x"); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("half of a person: %v", err)
	}
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	clock := now
	s, err := records.Open(t.Context(), at(t, filepath.Join(t.TempDir(), dbRow)), newVault(t), records.Options{Now: func() time.Time { return clock }})
	must(t, err)
	defer s.Close() //nolint:errcheck // a test's
	peopled(t, s)
	ctx := t.Context()
	must(t, s.AddPerson(ctx, program.Person{ID: "p-left", Role: program.Companion}))
	join := func(token string, chat int64, at time.Time) error {
		return s.Commit(ctx, turn.Plan{
			Join:     &turn.Join{Token: token, Chat: chat, At: at},
			Messages: []turn.Message{{ID: fmt.Sprint(token, chat, at), Chat: chat, Form: turn.Notice, Text: "x"}},
		})
	}
	invite := func(person string) string {
		t.Helper()
		token, err := s.Invite(ctx, person)
		must(t, err)
		if len(token) < 22 || len(token) > 64 {
			t.Errorf("token %q", token)
		}
		return token
	}
	refused := func(what string, err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	is := func(chat int64, id string) {
		t.Helper()
		if p, err := s.PersonByChat(ctx, chat); err != nil || p.ID != id {
			t.Errorf("chat %d is %q's, %v; want %s", chat, p.ID, err, id)
		}
	}
	_, err = s.Invite(ctx, "p-none")
	refused("inviting nobody", err, turn.ErrNotFound)
	_, err = s.Invite(ctx, "p-left")
	refused("inviting who has left", err, turn.ErrNotFound)

	void, token := invite(melati), invite(melati)
	refused("an earlier token", join(void, melatiChat, now), turn.ErrNotFound)
	refused("no token", join("", melatiChat, now), turn.ErrNotFound)
	refused("a late token", join(token, melatiChat, now.Add(program.InvitationLife)), turn.ErrNotFound)
	refused("a chat of somebody else", join(token, sitiChat, now), turn.ErrTaken)
	must(t, join(token, melatiChat, now.Add(program.InvitationLife-time.Second)))
	is(melatiChat, melati)
	must(t, join(token, melatiChat, now.Add(time.Minute))) // the same again
	refused("a used token", join(token, 99, now.Add(time.Minute)), turn.ErrNotFound)
	if items, err := s.Outgoing(ctx, 10); err != nil || len(items) != 2 {
		t.Errorf("%d messages, %v; want those of the two that succeeded", len(items), err)
	}

	must(t, join(invite(melati), 99, now)) // a new phone
	is(99, melati)
	_, err = s.PersonByChat(ctx, melatiChat)
	refused("the old phone", err, turn.ErrNotFound)
	refused("the old phone's token", join(token, melatiChat, now.Add(time.Minute)), turn.ErrNotFound)
	clock = now.Add(program.InvitationLife)
	must(t, join(invite(siti), sitiChat, time.Time{})) // her own again
	is(sitiChat, siti)
}

func TestOneTokenIsUsedOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	token, err := s.Invite(t.Context(), melati)
	must(t, err)
	var wg sync.WaitGroup
	errs := make([]error, 20)
	for i := range errs {
		wg.Go(func() {
			errs[i] = s.Commit(t.Context(), turn.Plan{Join: &turn.Join{Token: token, Chat: int64(100 + i), At: now}})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, turn.ErrNotFound) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d joined with one token", won)
	}
}

func TestALostPhoneIsAStrangers(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	token, err := s.Invite(ctx, siti)
	must(t, err)
	must(t, s.Commit(ctx, turn.Plan{Messages: []turn.Message{
		{ID: "hers", Chat: sitiChat, Form: turn.Notice, Text: "x"}, {ID: "another's", Chat: melatiChat, Form: turn.Notice, Text: "x"},
	}}))
	must(t, s.Unbind(ctx, siti))
	must(t, s.Unbind(ctx, siti))
	if _, err := s.PersonByChat(ctx, sitiChat); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("the lost phone: %v", err)
	}
	if items, err := s.Outgoing(ctx, 10); err != nil || len(items) != 1 || items[0].Message.ID != "another's" {
		t.Errorf("waiting %v, %v", items, err)
	}
	err = s.Commit(ctx, turn.Plan{Join: &turn.Join{Token: token, Chat: sitiChat, At: now}})
	if !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("the lost phone joins again: %v", err)
	}
	if p, err := s.Person(ctx, siti); err != nil || p.Chat != 0 || p.Name != "Siti" {
		t.Errorf("%v, %v", p, err)
	}
}

func TestAChatIsBoundByTheAdministrator(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	must(t, s.AddPerson(ctx, program.Person{ID: "p-left", Role: program.Companion}))
	must(t, s.BindChat(ctx, melati, melatiChat))
	must(t, s.BindChat(ctx, melati, melatiChat))
	must(t, s.BindChat(ctx, melati, 77)) // a new phone
	if p, err := s.PersonByChat(ctx, 77); err != nil || p.ID != melati {
		t.Errorf("%v, %v", p, err)
	}
	if _, err := s.PersonByChat(ctx, melatiChat); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("the old phone: %v", err)
	}
	for person, want := range map[string]error{mawar: turn.ErrTaken, "p-none": turn.ErrNotFound, "p-left": turn.ErrNotFound} {
		if err := s.BindChat(ctx, person, sitiChat); !errors.Is(err, want) {
			t.Errorf("%s: %v", person, err)
		}
	}
}

func TestReach(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	for _, reachable := range []bool{false, false, true} {
		must(t, s.Commit(t.Context(), turn.Plan{Reach: &turn.Reach{Chat: sitiChat, Reachable: reachable, At: now}}))
		if got, err := s.Reachable(t.Context(), sitiChat); err != nil || got != reachable {
			t.Errorf("%v, %v; want %v", got, err, reachable)
		}
	}
	must(t, s.Commit(t.Context(), turn.Plan{Reach: &turn.Reach{Chat: 1, At: now}}))
	if _, err := s.Reachable(t.Context(), 1); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
}

func TestACaseloadIsOnesOwn(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	for _, p := range []program.Participant{
		{Agreed: program.OnPaper, Code: "M-1", Alias: "A", Stage: program.Concluded, Companion: siti},
		{Agreed: program.OnPaper, Code: "M-2", Alias: "B", Stage: program.Bimtek, Companion: siti, LastSeen: "2026-10-01"},
		{Agreed: program.OnPaper, Code: "M-3", Alias: "C", Stage: program.Bimtek, Companion: rina},
		{Agreed: program.OnPaper, Code: "M-4", Alias: "D", Stage: program.Bimtek},
	} {
		must(t, s.AddParticipant(ctx, p))
	}
	codes := func(all []program.Participant, err error) string {
		t.Helper()
		must(t, err)
		var codes []string
		for _, p := range all {
			codes = append(codes, p.Code)
		}
		return strings.Join(codes, " ")
	}
	if got := codes(s.Caseload(ctx, siti)); got != "M-417 M-2 M-002" {
		t.Errorf("Siti's: %s", got)
	}
	if got := codes(s.Caseload(ctx, rina)); got != "M-3" {
		t.Errorf("Rina's: %s", got)
	}
	if got := codes(s.Caseload(ctx, "")); got != "" {
		t.Errorf("nobody's: %s", got)
	}
	if got := codes(s.Participants(ctx, records.ParticipantFilter{Stage: program.Bimtek})); got != "M-002 M-2 M-3 M-4" {
		t.Errorf("in Bimtek: %s", got)
	}
	if p, err := s.ParticipantFor(ctx, siti, "M-1"); err != nil || p.Alias != "A" {
		t.Errorf("one that has concluded: %v, %v", p, err)
	}
	for _, code := range []string{"M-3", "M-4", "M-none"} {
		if _, err := s.ParticipantFor(ctx, siti, code); !errors.Is(err, turn.ErrNotFound) {
			t.Errorf("Siti reads %s: %v", code, err)
		}
	}
}

func TestARosterComesWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	s := open(t)
	ctx := t.Context()
	lines := []records.RosterLine{
		{Line: 2, Participant: &program.Participant{Agreed: program.OnPaper, Code: "M-1", Alias: "A", Stage: program.Bimtek, Companion: "p-1"}},
		{Line: 3, Person: &program.Person{ID: "p-1", Role: program.Companion, Name: "Siti", Active: true}},
		{Line: 4, Participant: &program.Participant{Agreed: program.OnPaper, Code: "M-2", Alias: "B", Stage: program.Bimtek, Companion: "p-none"}},
	}
	if err := s.ImportRoster(ctx, lines); err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("imported: %v", err)
	}
	if err := s.ImportRoster(ctx, []records.RosterLine{{Line: 9}}); err == nil || !strings.Contains(err.Error(), "line 9") {
		t.Errorf("imported: %v", err)
	}
	if people, err := s.People(ctx); err != nil || len(people) != 0 {
		t.Errorf("%d people of a bad roster, %v", len(people), err)
	}
	lines[0].Chat = melatiChat
	taken := append(slices.Clone(lines[:2]), records.RosterLine{
		Line: 5, Participant: &program.Participant{Agreed: program.OnPaper, Code: "M-3", Alias: "C", Stage: program.Bimtek}, Chat: melatiChat,
	})
	if err := s.ImportRoster(ctx, taken); !errors.Is(err, turn.ErrTaken) || !strings.Contains(err.Error(), "line 5") {
		t.Errorf("one chat for two: %v", err)
	}
	if people, err := s.People(ctx); err != nil || len(people) != 0 {
		t.Errorf("%d people of a bad roster, %v", len(people), err)
	}
	must(t, s.ImportRoster(ctx, lines[:2]))
	if p, err := s.PersonByChat(ctx, melatiChat); err != nil || p.ID != "M-1" || p.Role != program.Beneficiary || p.Name != "A" {
		t.Errorf("%v, %v", p, err)
	}
	if caseload, err := s.Caseload(ctx, "p-1"); err != nil || len(caseload) != 1 || caseload[0].Alias != "A" {
		t.Errorf("%v, %v", caseload, err)
	}
}

func TestReportsAreChosen(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	var all []program.Report
	for i := range 450 {
		r := visit(fmt.Sprintf("r-%03d", i), program.Date("2026-10-01").AddDays(i%60))
		if i%3 == 0 {
			r.Flow, r.Participant, r.Author, r.Source = "usaha", mawar, rina, ""
		}
		if i == 100 {
			r.Participant = ""
		}
		*r.Facts[0].Number = int64(i)
		all = append(all, r)
	}
	must(t, s.Commit(ctx, turn.Plan{Reports: all}))
	must(t, s.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "r-001", By: siti, At: now}}}))
	for _, c := range []struct {
		filter records.ReportFilter
		want   func(program.Report) bool
	}{
		{records.ReportFilter{WithUndone: true}, func(program.Report) bool { return true }},
		{records.ReportFilter{}, func(r program.Report) bool { return r.ID != "r-001" }},
		{records.ReportFilter{Flow: "usaha"}, func(r program.Report) bool { return r.Flow == "usaha" }},
		{records.ReportFilter{Author: rina}, func(r program.Report) bool { return r.Author == rina }},
		{records.ReportFilter{Participant: mawar, Since: "2026-10-10", Until: "2026-10-20"}, func(r program.Report) bool {
			return r.Participant == mawar && r.OccurredOn >= "2026-10-10" && r.OccurredOn <= "2026-10-20"
		}},
	} {
		var want, got []string
		for _, r := range all {
			if c.want(r) {
				want = append(want, fmt.Sprint(r.ID, r.Participant, r.OccurredOn, r.Source, *r.Facts[0].Number, r.Facts[1]))
			}
		}
		must(t, s.Reports(ctx, c.filter, func(r program.Report) error {
			got = append(got, fmt.Sprint(r.ID, r.Participant, r.OccurredOn, r.Source, *r.Facts[0].Number, r.Facts[1]))
			return nil
		}))
		if !slices.Equal(got, want) {
			t.Errorf("%+v: got %d, want %d", c.filter, len(got), len(want))
		}
	}
	stop := errors.New("enough")
	if err := s.Reports(ctx, records.ReportFilter{}, func(program.Report) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("a reader that stops: %v", err)
	}
	last, err := s.LastNumbers(ctx, mawar, "usaha", "laba", 3)
	if err != nil || len(last) != 3 || last[0] != 417 || last[1] != 357 {
		t.Errorf("last %v, %v", last, err)
	}
	if _, err := s.Report(ctx, "none"); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("no report: %v", err)
	}
	stranger := visit("r-x", "2026-10-01")
	stranger.Participant = "M-none"
	if err := s.Commit(ctx, turn.Plan{Reports: []program.Report{stranger}}); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("a report about nobody known: %v", err)
	}
}

func TestLeases(t *testing.T) {
	t.Parallel()
	clock := now
	s, err := records.Open(t.Context(), at(t, filepath.Join(t.TempDir(), dbRow)), newVault(t), records.Options{Now: func() time.Time { return clock }})
	must(t, err)
	defer s.Close() //nolint:errcheck // a test's
	take := func(holder string, want bool) {
		t.Helper()
		if got, err := s.Lease(t.Context(), "poller", holder, time.Minute); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", holder, got, err, want)
		}
	}
	take("a", true)
	take("b", false)
	clock = now.Add(30 * time.Second)
	take("a", true)
	clock = now.Add(89 * time.Second)
	take("b", false)
	clock = now.Add(90 * time.Second)
	take("b", true)
	must(t, s.Release(t.Context(), "poller", "a"))
	take("a", false)
	must(t, s.Release(t.Context(), "poller", "b"))
	take("a", true)
}

func TestWhatTheSchemaDoesNotAllowIsNoPassingError(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	err := s.AddPerson(t.Context(), program.Person{ID: siti, Role: program.Companion, Name: "Lain", Active: true})
	if !errors.Is(err, turn.ErrBroken) {
		t.Errorf("somebody who is there already: %v", err)
	}
}
