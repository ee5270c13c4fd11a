package conversation

import (
	"fmt"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
)

// people are n women of one group; the first has the number from.
func people(from, n int, g program.GuestGroup) []counted {
	var all []counted
	for i := range n {
		all = append(all, counted{code: fmt.Sprintf("M-%03d", from+i), group: g})
	}
	return all
}

// groupsTold is how the groups look on the sheet.
func groupsTold(f figures) string {
	out := ""
	for _, g := range toldGuests(f).groups {
		out += g.Key + "=" + shown(g) + " "
	}
	return out
}

func TestGuestsHearOfNoFewWomen(t *testing.T) {
	few := figures{people: append(people(0, 12, program.GroupLearning), people(20, 4, program.GroupTrading)...)}
	if got, want := groupsTold(few), "belajar=<5 modal=<5 usaha=<5 mandiri=<5 selesai=<5 jeda=<5 "; got != want {
		// Were the twelve told, the four could be worked out from the total of sixteen.
		t.Errorf("twelve and four: %s, want %s", got, want)
	}
	if got := shown(toldGuests(few).all); got != "16" {
		t.Errorf("all: %s, want 16", got)
	}
	many := figures{people: append(few.people, people(40, 9, program.GroupCapital)...)}
	if got, want := groupsTold(many), "belajar=12 modal=<5 usaha=<5 mandiri=<5 selesai=<5 jeda=<5 "; got != want {
		t.Errorf("twelve, nine and four: %s, want %s", got, want)
	}
	if got := shown(toldGuests(figures{people: people(0, 4, program.GroupTrading)}).all); got != "<5" {
		t.Errorf("four in all: %s, want <5", got)
	}
}

func TestWhoSaidNoIsInNoFigureForGuests(t *testing.T) {
	f := figures{people: people(0, 5, program.GroupTrading), attended: []string{"M-000", "M-001", "M-002", "M-003", "M-004", "M-000"}}
	if got := shown(toldGuests(f).all) + " " + shown(toldGuests(f).attended); got != "5 6" {
		t.Errorf("five who said nothing: %s, want 5 6", got)
	}
	f.people[4].refused = true
	if got := shown(toldGuests(f).all) + " " + shown(toldGuests(f).attended); got != "<5 <5" {
		t.Errorf("one of them said no: %s, want <5 <5", got)
	}
	if f.accepted() != 5 {
		t.Errorf("the board counts %d, want 5", f.accepted())
	}
}

func TestCapitalTellsNothingOfWhoHasNone(t *testing.T) {
	f := figures{people: people(0, 12, program.GroupTrading), capital: map[string]bool{}}
	for i := range 10 {
		f.capital[fmt.Sprintf("M-%03d", i)] = true
	}
	if got := shown(toldGuests(f).capital); got != "<5" { // two have none
		t.Errorf("ten of twelve: %s, want <5", got)
	}
	f.people = append(f.people, people(20, 3, program.GroupLearning)...)
	if got := shown(toldGuests(f).capital); got != "10" {
		t.Errorf("ten of fifteen: %s, want 10", got)
	}
	if got := shown(toldGuests(figures{sessions: 4, partners: 5}).sessions) + shown(toldGuests(figures{sessions: 4, partners: 5}).partners); got != "<55" {
		t.Errorf("four sessions and five partners: %s, want <5 and 5", got)
	}
}

func TestAttendanceOfFewIsNotTold(t *testing.T) {
	f := figures{people: people(0, 8, program.GroupLearning)}
	for i := range 40 { // often, and only four of them
		f.attended = append(f.attended, fmt.Sprintf("M-%03d", i%4))
	}
	if got := shown(toldGuests(f).attended); got != "<5" {
		t.Errorf("four women forty times: %s, want <5", got)
	}
	f.attended = append(f.attended, "M-004", "X-999") // a fifth, and one who is not among them
	if got := shown(toldGuests(f).attended); got != "41" {
		t.Errorf("five women: %s, want 41", got)
	}
}
