package records

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
)

func TestFiguresCountWhatWaits(t *testing.T) {
	s := newStore(t)
	now := time.Now().Truncate(time.Second)
	figures := func() Figures {
		t.Helper()
		f, err := s.Figures(t.Context(), now, now.Add(-time.Minute), now.Add(-24*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if f.Bytes < 1<<16 || f.Bytes > 1<<26 {
			t.Errorf("the database takes %d bytes", f.Bytes)
		}
		f.Bytes = 0
		return f
	}
	if f := figures(); fmt.Sprint(f) != fmt.Sprint(Figures{Missed: map[string]int{}}) {
		t.Errorf("an empty house: %+v", f)
	}
	rows, err := s.Receive(t.Context(), []turn.Row{
		{UpdateID: 1, Body: []byte("a"), At: now.Add(-time.Hour)}, {UpdateID: 2, Body: []byte("b"), At: now.Add(-3 * time.Minute)},
		{UpdateID: 3, Body: []byte("c"), At: now}, {UpdateID: 4, Body: []byte("d"), At: now},
	})
	if err != nil {
		t.Fatal(err)
	}
	due := func(chat int64, before time.Duration) turn.Due {
		return turn.Due{Chat: chat, Kind: "remind", At: now.Add(-before)}
	}
	plan := turn.Plan{Row: rows[0].Seq, Deadlines: []turn.Due{due(1, time.Hour), due(2, 30*time.Second), due(3, -time.Hour)}}
	plan.Messages = []turn.Message{{ID: "m", Chat: 1, Form: turn.Notice, Text: "x"}}
	if err := errors.Join(s.Commit(t.Context(), plan), s.Bury(t.Context(), rows[3].Seq, "why"), s.BuryMessage(t.Context(), "m", "why")); err != nil {
		t.Fatal(err)
	}
	closed := func(id, rule, outcome string, before time.Duration, told any) func(c *conn) error {
		return func(c *conn) error {
			_, err := c.exec(`INSERT INTO reminder (id, rule, step, subject, person, due, at, told_at, held, closed_at, outcome)
				VALUES ($1, $2, 0, 'h/', 'rina', 0, 0, $3, '', $4, $5)`, id, rule, told, now.Add(-before).UnixMilli(), outcome)
			return err
		}
	}
	for _, err := range together(s,
		closed("1", "N01", "terlambat", time.Hour, nil), closed("2", "N01", "terlambat", 23*time.Hour, nil), closed("3", "N04", "terlambat", time.Hour, nil),
		closed("4", "N04", "terlambat", 25*time.Hour, nil), closed("5", "N04", "beres", time.Hour, nil), closed("6", "N04", "lewat", time.Hour, int64(1)),
	) {
		if err != nil {
			t.Fatal(err)
		}
	}
	f := figures()
	if f.Inbox != 2 || !f.InboxOldest.Equal(now.Add(-3*time.Minute)) || f.DeadUpdates != 1 || f.DeadLetters != 1 {
		t.Errorf("%+v", f)
	}
	if f.Due != 2 || f.Late != 1 || !f.DueOldest.Equal(now.Add(-time.Hour)) {
		t.Errorf("%+v", f)
	}
	if want := map[string]int{"N01": 2, "N04": 1}; !maps.Equal(f.Missed, want) {
		t.Errorf("missed: %v, want %v", f.Missed, want)
	}
}

// TestFiguresAreFoundByIndexes holds what is asked on every look to what it may cost: no table that
// grows with the years is read through.
func TestFiguresAreFoundByIndexes(t *testing.T) {
	pgtest.Only(t, "sqlite", "the plans are SQLite's words")
	s := newStore(t)
	for _, q := range []string{sqlInboxWaits, sqlInboxOldest, sqlDueBy, sqlNextDue, sqlMissedByRule} {
		err := s.read(t.Context(), func(c *conn) error {
			args := make([]any, strings.Count(q, "$"))
			for i := range args {
				args[i] = int64(1)
			}
			return c.query("EXPLAIN QUERY PLAN "+q, func(r row) error {
				if how := r.str(3); !strings.Contains(how, "INDEX") && !strings.HasPrefix(how, "USE TEMP B-TREE") {
					t.Errorf("%s\n%s", q, how)
				}
				return nil
			}, args...)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheMeterIsToldOfFlushes(t *testing.T) {
	s := newStore(t)
	var good, bad, jobs int
	s.Meter(func(f Flush) {
		if f.Failed {
			bad++
		} else {
			good, jobs = good+1, jobs+f.Jobs
		}
	})
	refused := errors.New("refused")
	for _, err := range together(s, putMeta("a"), putMeta("b"), func(*conn) error { return nil }) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.write(t.Context(), func(*conn) error { return refused }); !errors.Is(err, refused) {
		t.Fatal(err)
	}
	if err := s.write(t.Context(), func(*conn) error { return nil }); err != nil { // nothing is written
		t.Fatal(err)
	}
	if good != 1 || jobs != 3 || bad != 0 {
		t.Errorf("%d flushes of %d jobs, %d that failed", good, jobs, bad)
	}
}

func TestTheMeterIsToldOfADiskThatIsFull(t *testing.T) {
	pgtest.Only(t, "sqlite", "PostgreSQL has no bound of its own")
	s := newStore(t)
	bad := 0
	s.Meter(func(f Flush) {
		if f.Failed {
			bad++
		}
	})
	if err := s.Bound(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	large := func(c *conn) error {
		_, err := c.exec(sqlWriteMeta, "large", make([]byte, 1<<20))
		return err
	}
	if err := s.write(context.Background(), large); err == nil {
		t.Fatal("a full disk took a megabyte")
	}
	if bad != 1 {
		t.Errorf("%d failures were told", bad)
	}
}
