package conversation_test

import (
	"fmt"
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

func TestFlowsMoveMattersAsTheyLive(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range conversation.CheckLives(all) {
		t.Error(err)
	}
	wrong := []*flow.Flow{
		{ID: "a", Save: flow.Save{Moves: "case", To: "terbang"}},
		{ID: "b", Save: flow.Save{Opens: "case", To: "selesai"}},
		{ID: "c", Save: flow.Save{Opens: "perahu"}},
		{ID: "d", Save: flow.Save{Moves: "task", ToOf: "x"}, Steps: []flow.Question{{Name: "x", Choices: []flow.Option{{Code: "diterima"}, {Code: "nanti"}}}}},
	}
	want := `[flow a: a case is never "terbang" flow b: no case begins as "selesai" flow c: there is no kind of matter "perahu" flow d: a task is never "nanti"]`
	if got := fmt.Sprint(conversation.CheckLives(wrong)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestTheWordsOfFlowsAreThoseOfTheProgramme holds the kinds of matters in flow files against the
// lives that there are.
func TestTheWordsOfFlowsAreThoseOfTheProgramme(t *testing.T) {
	for _, k := range flow.MatterKinds() {
		if _, ok := program.LifeOf(program.MatterKind(k)); !ok {
			t.Errorf("%s can be picked and has no life", k)
		}
	}
	for _, l := range program.Lives() {
		k := flow.Kind(l.Kind)
		if !k.Matter() && l.Kind != program.Proposal && l.Kind != program.Profile {
			t.Errorf("%s has a life and cannot be picked", l.Kind)
		}
	}
}
