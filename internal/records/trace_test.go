package records_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
)

// tracing is a store whose clock the test moves.
type tracing struct {
	*records.Store
	t     *testing.T
	clock time.Time
}

func newTracing(t *testing.T) *tracing {
	t.Helper()
	tr := &tracing{t: t, clock: now}
	s, err := records.Open(t.Context(), at(t, filepath.Join(t.TempDir(), dbRow)), newVault(t), records.Options{Now: func() time.Time { return tr.clock }})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	tr.Store = s
	return tr
}

// are compares the traces of a chat: the message, its age in hours, and whether it failed.
func (tr *tracing) are(chat int64, want string) {
	tr.t.Helper()
	all, err := tr.Traces(tr.t.Context(), chat)
	must(tr.t, err)
	got := ""
	for _, m := range all {
		got += fmt.Sprintf("%d/%v", m.Message, m.At.Sub(now).Hours())
		if m.Failed {
			got += "!"
		}
		got += " "
	}
	if got = strings.TrimSpace(got); got != want {
		tr.t.Errorf("traces %q, want %q", got, want)
	}
}

func (tr *tracing) commit(p turn.Plan) { tr.t.Helper(); must(tr.t, tr.Commit(tr.t.Context(), p)) }

// sends plans a message, which is then shown.
func (tr *tracing) sends(m turn.Message, what turn.Shown) {
	tr.t.Helper()
	tr.commit(turn.Plan{Messages: []turn.Message{m}})
	must(tr.t, tr.Sent(tr.t.Context(), m.ID, m.Chat, what))
}

func TestWhatStandsInAChat(t *testing.T) {
	t.Parallel()
	tr := newTracing(t)
	message := func(id string, form turn.Form) turn.Message {
		return turn.Message{ID: id, Chat: sitiChat, Form: form, Text: "x"}
	}
	tr.commit(turn.Plan{Came: []turn.Came{{Chat: sitiChat, Message: 40, At: now.Add(-time.Hour)}, {Chat: melatiChat, Message: 41}}})
	tr.clock = now.Add(time.Hour)
	tr.sends(message("a", turn.Card), turn.Shown{Card: 42, New: 42})
	tr.sends(message("b", turn.Card), turn.Shown{}) // an edit
	tr.clock = now.Add(2 * time.Hour)
	tr.sends(message("c", turn.Notice), turn.Shown{New: 43})
	must(t, tr.Sent(t.Context(), "c", sitiChat, turn.Shown{New: 43}))                                                       // once more
	tr.commit(turn.Plan{Came: []turn.Came{{Chat: sitiChat, Message: 40, At: now}, {Chat: sitiChat, Message: 42, At: now}}}) // likewise
	tr.are(sitiChat, "40/-1 42/1 43/2")
	tr.are(melatiChat, "41/0")
	if card, err := tr.Card(t.Context(), sitiChat); err != nil || card != 42 {
		t.Errorf("card %d, %v", card, err)
	}
	tr.sends(message("d", turn.Remove), turn.Shown{Gone: 40})
	tr.sends(message("e", turn.Card), turn.Shown{Card: 44, New: 44, Gone: 42})
	tr.are(sitiChat, "43/2 44/2")
	must(t, tr.Shown(t.Context(), sitiChat, turn.Shown{Card: 45, New: 45, Gone: 44}))
	must(t, tr.Shown(t.Context(), sitiChat, turn.Shown{}))
	tr.are(sitiChat, "43/2 45/2")
	if card, err := tr.Card(t.Context(), sitiChat); err != nil || card != 45 {
		t.Errorf("card %d, %v", card, err)
	}
	tr.are(melatiChat, "41/0")
}

func TestWhatCannotBeRemoved(t *testing.T) {
	t.Parallel()
	tr := newTracing(t)
	ctx := t.Context()
	remove := func(id string, target int) {
		tr.commit(turn.Plan{Messages: []turn.Message{{ID: id, Chat: sitiChat, Form: turn.Remove, Target: target}}})
	}
	tr.commit(turn.Plan{Came: []turn.Came{{Chat: sitiChat, Message: 40}, {Chat: sitiChat, Message: 41}}})
	tr.clock = now.Add(49 * time.Hour)
	remove("a", 40)
	must(t, tr.Stays(ctx, "a", sitiChat, 40))
	remove("b", 39) // of which nothing was known
	must(t, tr.Stays(ctx, "b", sitiChat, 39))
	must(t, tr.Stays(ctx, "b", sitiChat, 39))
	tr.are(sitiChat, "40/0! 41/0 39/49!")
	if items, err := tr.Outgoing(ctx, 10); err != nil || len(items) != 0 {
		t.Errorf("waiting %v, %v", items, err)
	}
	if dead, err := tr.DeadLetters(ctx, 10); err != nil || len(dead) != 0 {
		t.Errorf("dead letters %v, %v", dead, err)
	}
	if n, err := tr.ForgetTraces(ctx, now); err != nil || n != 0 {
		t.Errorf("forgot %d, %v", n, err)
	}
	if n, err := tr.ForgetTraces(ctx, now.Add(50*time.Hour)); err != nil || n != 1 {
		t.Errorf("forgot %d, %v", n, err)
	}
	tr.are(sitiChat, "40/0! 39/49!") // these have yet to be told of
	tr.commit(turn.Plan{Dropped: []turn.Dropped{{Chat: melatiChat, Message: 39}, {Chat: sitiChat, Message: 40}}})
	tr.are(sitiChat, "39/49!")
}

func TestManyTracesAreForgotten(t *testing.T) {
	t.Parallel()
	tr := newTracing(t)
	p := turn.Plan{}
	for i := range 4500 {
		p.Came = append(p.Came, turn.Came{Chat: sitiChat, Message: i + 1, At: now.Add(time.Duration(i) * time.Second)})
	}
	tr.commit(p)
	if n, err := tr.ForgetTraces(t.Context(), now.Add(4400*time.Second)); err != nil || n != 4400 {
		t.Errorf("forgot %d, %v", n, err)
	}
	if all, err := tr.Traces(t.Context(), sitiChat); err != nil || len(all) != 100 || all[0].Message != 4401 {
		t.Errorf("%d are left, %v", len(all), err)
	}
}

// A lost phone is still to be cleaned after it was cut off.
func TestTracesOutliveTheTieToAPerson(t *testing.T) {
	t.Parallel()
	tr := newTracing(t)
	peopled(t, tr.Store)
	tr.commit(turn.Plan{Came: []turn.Came{{Chat: sitiChat, Message: 40}}})
	must(t, tr.Unbind(t.Context(), siti))
	tr.are(sitiChat, "40/0")
}

func TestACommitThatFailsLeavesNoTrace(t *testing.T) {
	t.Parallel()
	tr := newTracing(t)
	err := tr.Commit(t.Context(), turn.Plan{
		Came: []turn.Came{{Chat: sitiChat, Message: 40}}, State: &turn.State{Key: "k", Was: 3},
	})
	if err == nil {
		t.Fatal("stored")
	}
	tr.are(sitiChat, "")
}
