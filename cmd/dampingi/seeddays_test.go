package main

import (
	"log/slog"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/fiction"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/simulator"
)

// TestTheDemoHasFiguresOnEveryDay: whenever it is started, the digest of last week has the figures that the
// guide shows, nobody accompanies too many, and nothing is to be told at once.
func TestTheDemoHasFiguresOnEveryDay(t *testing.T) {
	for ago := range uint64(14) {
		at := scriptDay().AddDate(0, 0, -int(ago)).Add(time.Duration(ago) * 97 * time.Minute)
		t.Run(at.Format("Monday 15.04"), func(t *testing.T) {
			clock := simulator.NewClock(at)
			set := &Settings{Token: demoToken, DataDir: t.TempDir(), Timezone: "Asia/Jakarta", SendRate: 30}
			store, v, err := demoStore(t.Context(), set, clock.Now, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			sim := simulator.New(simulator.Options{Token: demoToken, Clock: clock})
			t.Cleanup(func() {
				sim.Close()
				if err := store.Close(); err != nil {
					t.Error(err)
				}
			})
			if err := seedDemo(t.Context(), store, v, sim, 1+ago%3, at, set); err != nil {
				t.Fatal(err)
			}
			f, err := store.Digest(t.Context(), digest.LastFinished(at))
			if err != nil {
				t.Fatal(err)
			}
			for _, group := range f.Process.Groups {
				if !group.Shown {
					t.Errorf("%s is too small", group.Key)
				}
			}
			for _, way := range f.Trade.Direction {
				if !way.Shown {
					t.Errorf("%s is too small", way.Key)
				}
			}
			if len(f.Trade.Obstacles) == 0 || !f.Forms.Sum.Shown || f.Along.Visits.Now < 5 || len(f.Process.Sessions) == 0 {
				t.Errorf("little to see: obstacles %v, paid %v, visits %v, sessions %v", f.Trade.Obstacles, f.Forms.Sum, f.Along.Visits, f.Process.Sessions)
			}
			quietAtFirst(t, store, set, at)
			for _, id := range []string{fiction.Rina, fiction.Yuli, fiction.Dewi} {
				if all, err := store.Assigned(t.Context(), id); err != nil || len(all) == 0 || len(all) > program.MaxCaseload {
					t.Errorf("%s accompanies %d, %v", id, len(all), err)
				}
			}
		})
	}
}

// quietAtFirst looks at everything that there could be something to tell about. Thanks and the week's looks
// on a Friday evening are part of any Friday, and are told then.
func quietAtFirst(t *testing.T, store *records.Store, set *Settings, at time.Time) {
	t.Helper()
	rules, err := set.reminders(at.Location())
	if err != nil {
		t.Fatal(err)
	}
	book, err := reminder.New(rules)
	if err != nil {
		t.Fatal(err)
	}
	all, err := store.Watched(t.Context(), at.Add(time.Minute), 1000)
	if err != nil || len(all) < 50 {
		t.Fatalf("%d things to look at, %v", len(all), err)
	}
	for _, w := range all {
		facts, err := store.ReminderFacts(t.Context(), w.Subject)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range book.LookAhead(facts, at).Open {
			if r.Rule != "N02" && r.Rule != "N14" {
				t.Errorf("at once: %s to %s", r.ID(), r.Person)
			}
		}
	}
}
