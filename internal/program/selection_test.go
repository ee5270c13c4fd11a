package program

import (
	"slices"
	"testing"
)

// TestTwoPeopleAccept holds the rule of two: different people, of the board, with their latest vote.
func TestTwoPeopleAccept(t *testing.T) {
	t.Parallel()
	board := []string{"ketua", "sekretaris", "bendahara"}
	yes := func(by string) Vote { return Vote{By: by, Choice: InFavour} }
	no := func(by string) Vote { return Vote{By: by, Choice: PutOff} }
	for name, c := range map[string]struct {
		votes []Vote
		want  bool
	}{
		"nobody":                       {nil, false},
		"one":                          {[]Vote{yes("ketua")}, false},
		"one, twice":                   {[]Vote{yes("ketua"), yes("ketua")}, false},
		"two":                          {[]Vote{yes("ketua"), yes("bendahara")}, true},
		"two, and one against":         {[]Vote{yes("ketua"), no("sekretaris"), yes("bendahara")}, true},
		"two, one thought better":      {[]Vote{yes("ketua"), yes("sekretaris"), no("sekretaris")}, false},
		"two, one came round":          {[]Vote{no("ketua"), yes("sekretaris"), yes("ketua")}, true},
		"one, and one who has left":    {[]Vote{yes("ketua"), yes("dulu")}, false},
		"all against":                  {[]Vote{no("ketua"), no("sekretaris"), no("bendahara")}, false},
		"one, and what is no vote":     {[]Vote{yes("ketua"), {By: "sekretaris"}}, false},
		"one, and one not fitting":     {[]Vote{yes("ketua"), {By: "sekretaris", Choice: NotFitting}}, false},
		"one twice, another once":      {[]Vote{yes("ketua"), yes("ketua"), yes("sekretaris")}, true},
		"one twice, between another":   {[]Vote{yes("ketua"), no("sekretaris"), yes("ketua")}, false},
		"two who are not of the board": {[]Vote{yes("rina"), yes("yuli")}, false},
	} {
		if got := MayAccept(VotesThatCount(c.votes, board)); got != c.want {
			t.Errorf("%s: accepted %v, want %v", name, got, c.want)
		}
	}
	if MayAccept([]Vote{yes("ketua"), yes("ketua")}) {
		t.Error("one person is two")
	}
}

// TestStandingVotesAreInTheBoardsOrder: who voted first stands nowhere before the others.
func TestStandingVotesAreInTheBoardsOrder(t *testing.T) {
	t.Parallel()
	got := VotesThatCount([]Vote{{By: "c"}, {By: "a", Choice: PutOff}, {By: "a", Choice: InFavour}}, []string{"a", "b", "c"})
	want := []VoteChoice{InFavour, ""}
	if len(got) != 2 || got[0].By != "a" || got[1].By != "c" || !slices.Equal([]VoteChoice{got[0].Choice, got[1].Choice}, want) {
		t.Errorf("%+v", got)
	}
}
