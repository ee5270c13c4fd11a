package conversation

import (
	"fmt"
	"strconv"

	"github.com/dampingi/dampingi/internal/program"
)

// figures are what is counted of the whole house.
type figures struct {
	people   []counted // those who have been accepted
	capital  map[string]bool
	attended []string // a code for each time that somebody came this year
	sessions int      // held this year
	partners int      // with whom something goes on
}

// counted is one woman who has been accepted.
type counted struct {
	code    string
	group   program.GuestGroup
	refused bool // guests hear of no figure that she is in
}

// accepted is how many have been accepted.
func (f *figures) accepted() int { return len(f.people) }

// in is how many are in a group.
func (f *figures) in(g program.GuestGroup) int {
	n := 0
	for _, p := range f.people {
		if p.group == g {
			n++
		}
	}
	return n
}

// figures counts.
func (v *visit) figures() (figures, error) {
	f := figures{capital: map[string]bool{}}
	if err := v.countPeople(&f); err != nil {
		return f, err
	}
	if err := v.countSessions(&f); err != nil {
		return f, err
	}
	for kind, count := range map[program.MatterKind]func(program.Matter){
		program.Aid: func(m program.Matter) {
			if program.CapitalReceived(m.Status) {
				f.capital[m.Participant] = true
			}
		},
		program.Partner: func(m program.Matter) {
			if program.PartnerActive(m.Status) {
				f.partners++
			}
		},
	} {
		all, err := v.Store.Matters(v.ctx, program.MatterFilter{Kind: kind})
		if err != nil {
			return f, fmt.Errorf("count the matters: %w", err)
		}
		for _, m := range all {
			count(m)
		}
	}
	return f, nil
}

// countPeople counts those who have been accepted, also those who have paused or left since.
func (v *visit) countPeople(f *figures) error {
	all, err := v.Store.Standings(v.ctx)
	if err != nil {
		return fmt.Errorf("count the participants: %w", err)
	}
	changes, err := v.Store.StageChanges(v.ctx, "", "", "")
	if err != nil {
		return fmt.Errorf("look where they were: %w", err)
	}
	before := map[string][]program.Stage{}
	for _, c := range changes {
		before[c.Participant] = append(before[c.Participant], c.From)
	}
	for _, p := range all {
		if g, in := program.GuestGroupOf(p.Stage, before[p.Code]); in {
			f.people = append(f.people, counted{p.Code, g, p.Refused})
		}
	}
	return nil
}

// countSessions counts the sessions that were held this year, and who came.
func (v *visit) countSessions(f *figures) error {
	year := strconv.Itoa(v.now.Year())
	held, err := v.Store.Matters(v.ctx, program.MatterFilter{
		Kind: program.Session, Status: "selesai", From: program.Date(year + "-01-01"), To: program.Date(year + "-12-31"),
	})
	if err != nil {
		return fmt.Errorf("count the sessions: %w", err)
	}
	f.sessions = len(held)
	for _, m := range held {
		places, err := v.Store.Attendance(v.ctx, m.ID, "")
		if err != nil {
			return fmt.Errorf("count who came: %w", err)
		}
		for _, a := range places {
			if a.Came == program.Present || a.Came == program.Late {
				f.attended = append(f.attended, a.Participant)
			}
		}
	}
	return nil
}
