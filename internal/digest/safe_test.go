package digest_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/program"
)

// TestNothingSmallCanBeWorkedOutAcrossBlocks makes institutions up and takes away from one another what
// their digests show about the same women: the whole, those on their way, the parts of the way, those who
// have a business, those who are new. What is left is nobody, or a crowd.
func TestNothingSmallCanBeWorkedOutAcrossBlocks(t *testing.T) {
	shown, tradersShown := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := digest.Raw{Week: "2026-11-16"}
		true_ := map[program.GuestGroup]int{}
		for _, stage := range []program.Stage{
			program.Bimtek, program.Capital, program.Trading, program.Independent, program.Concluded, program.Paused, program.Registered,
		} {
			n := rapid.IntRange(0, 14).Draw(t, string(stage))
			for i := range n {
				r.People = append(r.People, digest.Person{Stage: stage, Accepted: true, Seen: i%2 == 0, New: i%3 == 0})
			}
			if g, in := program.GuestGroupOf(stage, nil); in {
				true_[g] += n
			}
		}
		f := digest.Make(r, when())
		small := func(what string, n int64) {
			if n < 0 || n > 0 && n < kanon.K {
				t.Fatalf("%s is %d: %+v %+v", what, n, f.Process, f.Trade)
			}
		}
		if !f.Process.Reached.Shown {
			return
		}
		shown++
		here := int64(f.Along.Active)
		small("who has paused or ended", f.Process.Reached.Count-here)
		rest := map[bool]int64{true: here, false: f.Process.Reached.Count - here}
		hidden := map[bool]int{}
		for _, g := range f.Process.Groups {
			way := g.Key != string(program.GroupConcluded) && g.Key != string(program.GroupAside)
			if g.Shown {
				small(g.Key, g.Count)
				if int(g.Count) != true_[program.GuestGroup(g.Key)] {
					t.Fatalf("%s is told as %d", g.Key, g.Count)
				}
				rest[way] -= g.Count
			} else {
				hidden[way]++
			}
		}
		for way, n := range rest {
			small(fmt.Sprint("what is left, on the way ", way), n)
			if hidden[way] == 1 {
				t.Fatalf("one part alone is hidden: %+v", f.Process.Groups)
			}
		}
		if f.Trade.Of > 0 { // then it is the sum of two that are shown, and tells nothing more
			tradersShown++
			sum := int64(0)
			for _, g := range f.Process.Groups {
				if g.Key == string(program.GroupTrading) || g.Key == string(program.GroupIndependent) {
					small(g.Key, g.Count)
					sum += g.Count
				}
			}
			if sum != int64(f.Trade.Of) {
				t.Fatalf("%d have a business, and the parts are %+v", f.Trade.Of, f.Process.Groups)
			}
		}
		for _, g := range f.Process.Newcomers {
			if g.Shown {
				small(g.Key, g.Count)
				small("not "+g.Key, here-g.Count)
			}
		}
	})
	if shown < 10 || tradersShown < 5 {
		t.Errorf("anything was shown %d times, traders %d times", shown, tradersShown)
	}
}

// TestMoneyOfFewIsNotTold: below five people, neither the sum nor the share is.
func TestMoneyOfFewIsNotTold(t *testing.T) {
	for n := range 8 {
		r := digest.Raw{Week: "2026-11-16"}
		r.Told = append(answered(digest.FlowPaid, 0, n, 0, number("jumlah_cair", 2_000_000)),
			answered(digest.FlowBought, 0, n, 0, number("jumlah", 100_000), code("sesuai", "ya"))...)
		f := digest.Make(r, when()).Forms
		if want := n >= kanon.K; f.Sum.Shown != want || f.Planned != want || f.Paid != n {
			t.Errorf("%d people: %+v", n, f)
		}
		if !f.Sum.Shown && (f.Sum.Sum != 0 || f.AsPlan != 0) {
			t.Errorf("%d people, and it is kept all the same: %+v", n, f)
		}
	}
}

// TestDirectionsOfFewAreNotTold: in no week, and nobody's rest either.
func TestDirectionsOfFewAreNotTold(t *testing.T) {
	r := digest.Raw{Week: "2026-11-16"}
	r.Told = append(answered(digest.FlowTrade, 0, 9, 0, code("arah", "naik")), answered(digest.FlowTrade, 9, 1, 0, code("arah", "turun"))...)
	r.Told = append(r.Told, answered(digest.FlowTrade, 0, 2, 3, code("arah", "turun"))...)
	f := digest.Make(r, when())
	for ago := range digest.Weeks {
		for _, figure := range f.Direction[digest.Weeks-1-ago] {
			if figure.Shown || figure.Count != 0 {
				t.Errorf("%d weeks ago %+v", ago, figure)
			}
		}
	}
}
