package program

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func wib(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, time.FixedZone("WIB", 7*3600))
}

func TestSessionTrouble(t *testing.T) {
	now := wib(2026, 11, 25, 10, 0)
	for _, c := range []struct {
		at   time.Time
		want TimeTrouble
	}{
		{wib(2026, 11, 26, 9, 0), NoTrouble}, {wib(2026, 11, 25, 10, 1), NoTrouble}, {wib(2026, 11, 25, 10, 0), TooLate},
		{wib(2026, 11, 24, 9, 0), TooLate}, {wib(2026, 11, 26, 5, 59), OddHour}, {wib(2026, 11, 26, 6, 0), NoTrouble},
		{wib(2026, 11, 26, 21, 0), NoTrouble}, {wib(2026, 11, 26, 21, 1), OddHour}, {wib(2027, 11, 26, 9, 0), NoTrouble}, {wib(2027, 11, 27, 9, 0), TooFarAway},
	} {
		if got := SessionTrouble(c.at, now); got != c.want {
			t.Errorf("%s: %q, want %q", c.at, got, c.want)
		}
	}
}

func TestASessionComesAgain(t *testing.T) {
	was := wib(2026, 1, 31, 9, 0)
	for _, c := range []struct {
		often     Repetition
		now, want time.Time
	}{
		{Weekly, was, wib(2026, 2, 7, 9, 0)}, {Weekly, wib(2026, 2, 20, 9, 0), wib(2026, 2, 21, 9, 0)},
		{Monthly, was, wib(2026, 2, 28, 9, 0)}, {Monthly, wib(2026, 3, 1, 9, 0), wib(2026, 3, 31, 9, 0)},
		{Yearly, was, wib(2027, 1, 31, 9, 0)},
	} {
		if got, ok := c.often.Next(was, c.now); !ok || !got.Equal(c.want) {
			t.Errorf("%s after %s: %s, want %s", c.often, c.now, got, c.want)
		}
	}
	for _, often := range []Repetition{Once, "", "?"} {
		if got, ok := often.Next(was, was); ok {
			t.Errorf("%q comes again at %s", often, got)
		}
	}
}

func TestTheNextSessionIsAheadAtTheSameHour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was := wib(2026, 1, 1, 6, 0).AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "day")).Add(time.Duration(rapid.IntRange(0, 900).Draw(t, "minute")) * time.Minute)
		now := was.Add(time.Duration(rapid.IntRange(0, 24*400).Draw(t, "hours later")) * time.Hour)
		often := rapid.SampledFrom([]Repetition{Weekly, Monthly, Yearly}).Draw(t, "often")
		next, ok := often.Next(was, now)
		if !ok || !next.After(now) || next.Format("15:04") != was.Format("15:04") {
			t.Fatalf("%s of %s after %s: %s", often, was, now, next)
		}
		if often == Weekly && (next.Weekday() != was.Weekday() || next.Sub(now) > 7*24*time.Hour) {
			t.Fatalf("%s is not the next week after %s", next, now)
		}
	})
}

func TestASessionSuits(t *testing.T) {
	at := func(s Stage, field string) Participant { return Participant{Stage: s, Concentration: field} }
	for _, c := range []struct {
		kind  SessionKind
		group string
		p     Participant
		want  bool
	}{
		{Dialogue, "", at(TemuWicara, ""), true}, {Dialogue, "", at(Bimtek, ""), false},
		{Training, "semua", at(Bimtek, "dagang"), true}, {Training, "dagang", at(Bimtek, "dagang"), true}, {Training, "tata_boga", at(Bimtek, "dagang"), false},
		{HealthTalk, "", at(Trading, ""), true}, {HealthTalk, "", at(Paused, ""), false}, {HealthTalk, "", at(Withdrawn, ""), false},
	} {
		if got := c.kind.Suits(c.p, c.group); got != c.want {
			t.Errorf("%s for %q and %s: %v", c.kind, c.group, c.p.Stage, got)
		}
	}
}

func TestWhatParticipantsThoughtIsShownFromFiveOn(t *testing.T) {
	if _, n, ok := MeanRating(map[int]int{5: 3, 1: 1}); ok || n != 4 {
		t.Errorf("four answers: %d, %v", n, ok)
	}
	if tenths, n, ok := MeanRating(map[int]int{5: 4, 3: 1}); !ok || n != 5 || tenths != 46 {
		t.Errorf("five answers: %d tenths of %d, %v", tenths, n, ok)
	}
}

func TestEveryKindOfSessionIsOrdinaryToParticipants(t *testing.T) {
	for _, k := range []SessionKind{Dialogue, Training, HealthTalk, DrugTalk, Worship, Routine, Fair, "lainnya", ""} {
		if called := k.Called(); called != "kelas" && called != "kumpul" && called != "belajar_usaha" {
			t.Errorf("%s is called %q", k, called)
		}
	}
}

func TestTappingGoesThroughAllReplies(t *testing.T) {
	seen := map[Reply]bool{}
	for r := NotReplied; !seen[r]; r = r.After() {
		seen[r] = true
	}
	if len(seen) != len(Replies()) {
		t.Errorf("tapping reaches %v", seen)
	}
}
