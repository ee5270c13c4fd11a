package reminder

import (
	"github.com/dampingi/dampingi/internal/program"
)

// waitingRules are about what waits for the board to decide.
func waitingRules() []Rule {
	return []Rule{
		{ID: "N18", About: program.AboutHouse, When: "0 9 * * 1", Numbers: Numbers{"waits": 14}, find: waitingCandidates},
		{ID: "U1", About: program.AboutMatter, When: "0 9 * * 1", Numbers: Numbers{"waits": 7}, find: waitingProposal},
	}
}

// WaitingLong are those of the days on which candidates came before the board that are longer ago than
// the rule allows.
func WaitingLong(since []program.Date, today program.Date, n Numbers) (count int) {
	for _, d := range since {
		if d.DaysUntil(today) > n["waits"] {
			count++
		}
	}
	return count
}

// waitingCandidates is N18: on Mondays, as long as somebody has waited for the board for too long.
func waitingCandidates(f Facts, n Numbers) []Moment {
	if f.House == nil || len(f.House.Candidates) == 0 {
		return nil
	}
	first := f.House.Candidates[0]
	for _, d := range f.House.Candidates {
		first = min(first, d)
	}
	var all []Moment
	for _, to := range []To{ToChair, ToSecretary} {
		all = append(all, f.mondays(first.AddDays(n["waits"]+1), to)...)
	}
	return all
}

// waitingProposal is U1: on Mondays, as long as nobody has decided on a proposal.
func waitingProposal(f Facts, n Numbers) []Moment {
	if f.Matter == nil || f.Matter.Kind != program.Proposal || f.Matter.Ended() {
		return nil
	}
	return f.mondays(program.DateOf(f.Matter.OpenedAt.In(f.Zone)).AddDays(n["waits"]), ToChair)
}

// mondays are the Mondays from a day on; each makes sense until the one after it.
func (f Facts) mondays(from program.Date, to To) []Moment {
	const week = 7
	monday := from.WeekStart()
	if monday < from {
		monday = monday.AddDays(week)
	}
	return f.rounds(Moment{To: to}, everyDays(monday, week))
}
