package vitals_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/vitals"
)

// noon is when the tests begin.
var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.FixedZone("WIB", 7*60*60))

// well is a machine with nothing wrong with it.
func well(at time.Time) vitals.Figures {
	return vitals.Figures{
		At: at, Polls: true, Reached: at.Add(-40 * time.Second), Inbox: 3, InboxAge: time.Second, Outbox: 40, OutboxAge: time.Minute,
		Due: 5, DueAge: 20 * time.Second, Redis: &vitals.Redis{Up: true}, Disk: &vitals.Disk{Free: 4 << 30, Size: 20 << 30}, Backup: &vitals.Backup{At: at.Add(-20 * time.Hour)},
	}
}

// ills are for each trouble figures in which it is just there, and figures in which it just is not.
var ills = map[vitals.Name]struct{ ill, well func(f *vitals.Figures) }{
	"telegram":    {func(f *vitals.Figures) { f.Reached = f.At.Add(-5*time.Minute - 1) }, func(f *vitals.Figures) { f.Reached = f.At.Add(-5 * time.Minute) }},
	"disk_errors": {func(f *vitals.Figures) { f.NoWrite = f.At.Add(-5*time.Minute + 1) }, func(f *vitals.Figures) { f.NoWrite = f.At.Add(-5 * time.Minute) }},
	"disk_full":   {func(f *vitals.Figures) { f.Disk.Free = 500<<20 - 1 }, func(f *vitals.Figures) { f.Disk.Free = 500 << 20 }},
	"redis":       {func(f *vitals.Figures) { f.Redis.Up = false }, func(f *vitals.Figures) { f.Redis = nil }},
	"inbox":       {func(f *vitals.Figures) { f.InboxAge = 2*time.Minute + 1 }, func(f *vitals.Figures) { f.InboxAge = 2 * time.Minute }},
	"outbox":      {func(f *vitals.Figures) { f.OutboxAge = 10*time.Minute + 1 }, func(f *vitals.Figures) { f.OutboxAge = 10 * time.Minute }},
	"reminders":   {func(f *vitals.Figures) { f.DueAge = 10*time.Minute + 1 }, func(f *vitals.Figures) { f.DueAge = 10 * time.Minute }},
	"put_aside":   {func(f *vitals.Figures) { f.PutAside = f.At.Add(-time.Second) }, func(*vitals.Figures) {}},
	"clock":       {func(f *vitals.Figures) { f.Jumped = f.At.Add(-time.Second) }, func(*vitals.Figures) {}},
	"backup":      {func(f *vitals.Figures) { f.Backup.At = f.At.Add(-36*time.Hour - 1) }, func(f *vitals.Figures) { f.Backup.At = f.At.Add(-36 * time.Hour) }},
}

// watcher looks again and again, as the bot does, and remembers over restarts.
type watcher struct {
	t      *testing.T
	at     time.Time
	memory vitals.Memory
}

// sees lets the watcher look every 30 seconds for some time, and gives what it told and when.
func (w *watcher) sees(lasts time.Duration, change func(f *vitals.Figures)) string {
	w.t.Helper()
	var told []string
	for end := w.at.Add(lasts); w.at.Before(end); w.at = w.at.Add(30 * time.Second) {
		f := well(w.at)
		change(&f)
		news, memory := vitals.Look(f, w.memory)
		w.restart(memory)
		var line []string
		for _, n := range news {
			word := string(n.Name)
			if n.Over {
				word = fmt.Sprintf("%s over %s after %s", n.Name, n.Since.Format("15:04"), n.For)
			}
			line = append(line, word)
		}
		if len(line) > 0 {
			told = append(told, w.at.Format("15:04:05 ")+strings.Join(line, ", "))
		}
	}
	return strings.Join(told, "\n")
}

// restart takes over what is remembered, the way it is stored.
func (w *watcher) restart(memory vitals.Memory) {
	w.t.Helper()
	b, err := json.Marshal(memory)
	if err != nil {
		w.t.Fatal(err)
	}
	w.memory = vitals.Memory{}
	if err := json.Unmarshal(b, &w.memory); err != nil {
		w.t.Fatal(err)
	}
	if !w.memory.Same(memory) {
		w.t.Errorf("%+v came back as %+v", memory, w.memory)
	}
}

func (w *watcher) told(want, got string) {
	w.t.Helper()
	if got != want {
		w.t.Errorf("told:\n%s\nwant:\n%s", got, want)
	}
}

func TestEveryTroubleIsTriedAtItsThreshold(t *testing.T) {
	if len(ills) != len(vitals.Troubles()) {
		t.Errorf("%d troubles, %d are tried", len(vitals.Troubles()), len(ills))
	}
	for _, trouble := range vitals.Troubles() {
		t.Run(string(trouble.Name), func(t *testing.T) {
			ill := ills[trouble.Name]
			w := &watcher{t: t, at: noon}
			w.told("", w.sees(2*time.Hour, ill.well))
			begins := w.at.Add(trouble.After)
			got := w.sees(20*time.Minute, ill.ill)
			w.told(begins.Format("15:04:05 ")+string(trouble.Name), got) // once, and nothing else
			f := well(w.at)
			ill.ill(&f)
			if all := vitals.Lasting(f); len(all) != 1 || all[0] != trouble.Name {
				t.Errorf("lasting: %v", all)
			}
			ends := w.at
			got = w.sees(20*time.Minute, ill.well)
			if trouble.Last != nil {
				w.told("", got)
				return
			}
			w.told(fmt.Sprintf("%s %s over 14:00 after 20m0s", ends.Add(5*time.Minute).Format("15:04:05"), trouble.Name), got)
		})
	}
}

func TestATroubleThatComesBack(t *testing.T) {
	w := &watcher{t: t, at: noon}
	ill, fine := ills["outbox"].ill, ills["outbox"].well
	w.told("12:01:00 outbox", w.sees(10*time.Minute, ill))
	w.told("12:15:00 outbox over 12:00 after 10m0s", w.sees(10*time.Minute, fine))
	w.told("", w.sees(30*time.Minute, ill))  // muted
	w.told("", w.sees(10*time.Minute, fine)) // and so its end is nothing to be told
	w.told("18:01:00 outbox", w.sees(6*time.Hour, ill))
	w.told("19:05:00 outbox over 13:00 after 6h0m0s", w.sees(time.Hour, fine))
	w.told("", w.sees(4*time.Hour+59*time.Minute, fine))
	w.told("01:00:00 outbox", w.sees(2*time.Minute, ill)) // also at night
}

func TestATroubleThatFlickersIsOne(t *testing.T) {
	w := &watcher{t: t, at: noon}
	n := 0
	got := w.sees(3*time.Hour, func(f *vitals.Figures) {
		if n++; n%8 < 4 { // two minutes on, two off
			ills["outbox"].ill(f)
		}
	})
	w.told("12:01:00 outbox", got)
}

func TestWhatComesTogetherIsOneMessage(t *testing.T) {
	w := &watcher{t: t, at: noon}
	w.told("12:00:00 disk_errors", w.sees(time.Minute, ills["disk_errors"].ill))
	n := 0
	got := w.sees(30*time.Minute, func(f *vitals.Figures) {
		ills["disk_errors"].ill(f)
		if n++; n > 1 { // a storm: everything at once
			for _, i := range ills {
				i.ill(f)
			}
		}
	})
	w.told("12:05:00 telegram, disk_full, redis, inbox, outbox, put_aside, clock, backup\n12:10:00 reminders", got)
	w.told("12:36:00 telegram over 12:01 after 29m30s, disk_errors over 12:00 after 31m0s, disk_full over 12:01 after 29m30s, redis over 12:01 after 29m30s, "+
		"inbox over 12:01 after 29m30s, outbox over 12:01 after 29m30s, reminders over 12:01 after 29m30s, backup over 12:01 after 29m30s",
		w.sees(time.Hour, func(*vitals.Figures) {}))
}

func TestWhatHappensAgainIsToldLater(t *testing.T) {
	w := &watcher{t: t, at: noon}
	first, second := noon.Add(time.Minute), noon.Add(2*time.Hour)
	got := w.sees(24*time.Hour, func(f *vitals.Figures) {
		if !f.At.Before(first) {
			f.PutAside = first
		}
		if !f.At.Before(second) {
			f.PutAside = second
		}
	})
	w.told("12:01:00 put_aside\n18:01:00 put_aside", got)
}

func TestNobodyIsWokenForABackup(t *testing.T) {
	w := &watcher{t: t, at: noon.Add(9 * time.Hour)} // nine in the evening
	w.told("07:00:00 backup", w.sees(24*time.Hour, ills["backup"].ill))
}

func TestWhatIsNotKnownIsNoTrouble(t *testing.T) {
	w := &watcher{t: t, at: noon}
	w.told("", w.sees(time.Hour, func(f *vitals.Figures) {
		*f = vitals.Figures{At: f.At} // a webhook, no Redis, no disk to be asked about, no backups
	}))
	w.told("13:00:00 backup", w.sees(time.Hour, func(f *vitals.Figures) { f.Backup.At = time.Time{} })) // there was none so far
}

func TestAClockThatIsPutBackMutesNobodyForYears(t *testing.T) {
	w := &watcher{t: t, at: noon.AddDate(3, 0, 0)}
	w.told("12:01:00 outbox", w.sees(2*time.Minute, ills["outbox"].ill))
	w.at = noon
	w.sees(10*time.Minute, ills["outbox"].well)
	if got := w.sees(7*time.Hour, ills["outbox"].ill); !strings.HasSuffix(got, " outbox") {
		t.Errorf("told: %q", got)
	}
}

// TestNothingIsToldTooOften looks at random figures: whatever happens, messages are five minutes apart,
// the beginnings of one trouble six hours, and every end has its beginning.
func TestNothingIsToldTooOften(t *testing.T) {
	names := make([]vitals.Name, 0, len(ills))
	for _, trouble := range vitals.Troubles() {
		names = append(names, trouble.Name)
	}
	rapid.Check(t, func(t *rapid.T) {
		var memory vitals.Memory
		at, last := noon, time.Time{}
		began, open := map[vitals.Name]time.Time{}, map[vitals.Name]bool{}
		for range rapid.IntRange(1, 400).Draw(t, "looks") {
			at = at.Add(time.Duration(rapid.IntRange(1, 1200).Draw(t, "seconds")) * time.Second)
			f := well(at)
			for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 0, 4).Draw(t, "ill") {
				ills[name].ill(&f)
			}
			var news []vitals.News
			news, memory = vitals.Look(f, memory)
			if len(news) > 0 {
				if !last.IsZero() && at.Sub(last) < 5*time.Minute {
					t.Fatalf("messages at %s and %s", last, at)
				}
				last = at
			}
			for _, n := range news {
				switch {
				case n.Over && !open[n.Name]:
					t.Fatalf("%s is over and was never told", n.Name)
				case !n.Over && !began[n.Name].IsZero() && at.Sub(began[n.Name]) < 6*time.Hour:
					t.Fatalf("%s was told at %s and %s", n.Name, began[n.Name], at)
				case n.Over:
					open[n.Name] = false
				default:
					began[n.Name], open[n.Name] = at, true
				}
			}
		}
	})
}
