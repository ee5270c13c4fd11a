package records_test

import (
	"errors"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestTarget sets, changes and takes away what a participant has set herself; doing it twice changes
// nothing more.
func TestTarget(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	if _, err := s.Target(ctx, melati); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("before: %v", err)
	}
	for i, text := range []string{"jualan tiap pagi", "lapak sendiri"} {
		plan := turn.Plan{Safety: turn.Safety{Targets: []turn.Target{{Code: melati, Text: text, At: now.Add(time.Duration(i) * time.Hour)}}}}
		must(t, s.Commit(ctx, plan))
		must(t, s.Commit(ctx, plan))
		got, err := s.Target(ctx, melati)
		if err != nil || got.Text != text || !got.At.Equal(now.Add(time.Duration(i)*time.Hour).Truncate(time.Millisecond)) {
			t.Errorf("%v %v, %v", got.Text, got.At, err)
		}
	}
	if _, err := s.Target(ctx, mawar); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("another's: %v", err)
	}
	gone := turn.Plan{Safety: turn.Safety{Targets: []turn.Target{{Code: melati}}}}
	must(t, s.Commit(ctx, gone))
	must(t, s.Commit(ctx, gone))
	if _, err := s.Target(ctx, melati); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("afterwards: %v", err)
	}
}

// TestCallFigures counts who asked to be called, and how long those waited who were.
func TestCallFigures(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	call := func(id string, at, done time.Time, by string) program.Request {
		return program.Request{ID: id, Participant: melati, Kind: program.AskCall, At: at, Due: at.Add(program.CallLife), DoneAt: done, DoneBy: by}
	}
	if got, err := s.CallFigures(ctx, now, now.Add(time.Hour)); err != nil || got != (program.CallFigures{}) {
		t.Errorf("nobody: %+v, %v", got, err)
	}
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Requests: []program.Request{
		call("q-1", now, now.Add(time.Hour), siti),
		call("q-2", now, now.Add(3*time.Hour), siti),
		call("q-3", now, now.Add(time.Minute), melati),   // she did not want it any more
		call("q-4", now, now.Add(time.Minute), "system"), // her kata aman came
		call("q-5", now, time.Time{}, ""),                // she waits
		call("q-6", now.Add(-time.Hour), now, siti),      // before
		call("q-7", now.Add(24*time.Hour), now, siti),    // after
		{ID: "q-8", Participant: melati, Kind: program.AskCopy, At: now, Due: now, DoneAt: now, DoneBy: siti},
	}}}))
	want := program.CallFigures{Asked: 5, Called: 2, Waited: 2 * time.Hour}
	if got, err := s.CallFigures(ctx, now, now.Add(24*time.Hour)); err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
}

// TestWhoWaitsToBeCalledIsHandedOver has the new companion hear of it at once, with when it suits her.
func TestWhoWaitsToBeCalledIsHandedOver(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	r := program.Request{ID: "q-1", Participant: melati, Kind: program.AskCall, At: now, Due: now.Add(program.CallLife)}
	late := now.Add(4 * time.Hour)
	must(t, s.Commit(ctx, turn.Plan{
		Deadlines: []turn.Due{{Chat: melatiChat, Kind: "call." + melati, At: late}, {Chat: melatiChat, Kind: "call." + mawar, At: late}},
		Safety: turn.Safety{Requests: []program.Request{r}, Prompts: []turn.Prompt{
			{Ref: "p-1", Person: siti, Kind: "call", Subject: melati, At: now},
		}},
	}))
	r.Wish = program.CallAfternoon
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Requests: []program.Request{r}}}))
	must(t, s.Assign(ctx, melati, rina, program.Audit{At: now, Actor: "admin", Action: "participant.assign", Subject: melati}))
	due, err := s.Deadlines(ctx, now, 10)
	must(t, err)
	var kinds []string
	for _, d := range due {
		if d.Chat == melatiChat { // her former companion's card is shown anew besides
			kinds = append(kinds, d.Kind)
		}
	}
	if len(kinds) != 1 || kinds[0] != "call."+melati {
		t.Errorf("due at once: %v", kinds)
	}
	if _, err := s.Prompt(ctx, siti, "p-1"); !errors.Is(err, turn.ErrNotFound) {
		t.Errorf("her former companion may still answer: %v", err)
	}
	open, err := s.OpenRequests(ctx, rina)
	if err != nil || len(open) != 1 || open[0].Wish != program.CallAfternoon {
		t.Errorf("her new one has %v, %v", open, err)
	}
}
