package conversation

import (
	"slices"
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// codesOf are the codes of a flow's choice.
func codesOf(t *testing.T, id, step string) []string {
	t.Helper()
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if st, ok := f.Step(step); f.ID == id && ok {
			codes := make([]string, 0, len(st.Choices))
			for _, o := range st.Choices {
				codes = append(codes, o.Code)
			}
			return codes
		}
	}
	t.Fatalf("%s has no %s", id, step)
	return nil
}

// TestFlowsOfCandidatesHaveTheProgrammesCodes keeps the words of the flows those that Go gives a meaning.
func TestFlowsOfCandidatesHaveTheProgrammesCodes(t *testing.T) {
	t.Parallel()
	same := func(got, want []string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
	same(codesOf(t, "jangkau", "hasil"), inWords(program.Outcomes()))
	same(codesOf(t, "suara", "suara"), inWords(program.VoteChoices()))
	same(codesOf(t, "jangkau", "kebutuhan"), codesOf(t, "pendataan", "kebutuhan"))
	same(codesOf(t, "jangkau", "minat"), codesOf(t, "pendataan", "minat"))
	life, _ := program.LifeOf(program.Candidacy)
	same(codesOf(t, "putusan", "keputusan"), life.Next[life.Begin[0]])
}

func inWords[T ~string](all []T) []string {
	words := make([]string, 0, len(all))
	for _, w := range all {
		words = append(words, string(w))
	}
	return words
}

// TestConsiderationsAreTwelveAtMost: the board agrees on a list that can be looked at, and the same
// ones can be met and not met yet. What is ticked is sealed, and counted nowhere.
func TestConsiderationsAreTwelveAtMost(t *testing.T) {
	t.Parallel()
	meets, lacks := codesOf(t, "suara", "memenuhi"), codesOf(t, "suara", "belum")
	if !slices.Equal(meets, lacks) || len(meets) == 0 || len(meets) > 12 {
		t.Errorf("%v and %v", meets, lacks)
	}
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.ID != "suara" && f.ID != "ajukan" {
			continue
		}
		for _, st := range f.Steps {
			if !st.Sensitive && !st.Kind.Picker() {
				t.Errorf("%s.%s would be counted", f.ID, st.Name)
			}
		}
	}
}

// TestAnAliasIsAWordOfHers goes along the edges of what an alias may be.
func TestAnAliasIsAWordOfHers(t *testing.T) {
	t.Parallel()
	for alias, want := range map[string]string{
		"Kenari": "", "Kenari  Pagi": "", " Sri ": "", "K": "outreach.alias_letters", "Kenari2": "outreach.alias_letters",
		"": "outreach.alias_letters", "Kenari-pagi": "outreach.alias_letters", "Abcdefghijklmnopqrstu": "outreach.alias_letters",
		"program": "outreach.alias_other", "Bimtek": "outreach.alias_other",
	} {
		if got := aliasTrouble(alias); got != want {
			t.Errorf("%q: %q, want %q", alias, got, want)
		}
	}
}

// TestNobodyUnder18GetsPastTheGate: the run ends, whatever else was answered.
func TestNobodyUnder18GetsPastTheGate(t *testing.T) {
	t.Parallel()
	no := flow.Answer{Name: "dewasa", Values: []string{flow.No}}
	yes := flow.Answer{Name: "dewasa", Values: []string{flow.Yes}}
	alias := flow.Answer{Name: "alias", Values: []string{"x"}}
	for name, c := range map[string]struct {
		answers []flow.Answer
		say     string
		ends    bool
	}{
		"nothing":           {nil, "", false},
		"of age":            {[]flow.Answer{yes}, "", false},
		"under 18":          {[]flow.Answer{no}, "outreach.under_age", true},
		"under 18, alias":   {[]flow.Answer{alias, no}, "outreach.under_age", true},
		"of age, bad alias": {[]flow.Answer{yes, alias}, "outreach.alias_letters", false},
	} {
		if say, ends := outreachGate(nil, flow.State{Answers: c.answers}); say != c.say || ends != c.ends {
			t.Errorf("%s: %q, %v", name, say, ends)
		}
	}
}
