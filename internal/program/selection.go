package program

import "slices"

// VoteChoice is how somebody of the board votes about a candidate.
type VoteChoice string

// The votes (program.md row 58).
const (
	InFavour   VoteChoice = "setuju"
	PutOff     VoteChoice = "tunda"
	NotFitting VoteChoice = "belum_sesuai"
)

// VoteChoices lists them.
func VoteChoices() []VoteChoice { return []VoteChoice{InFavour, PutOff, NotFitting} }

// Vote is what one of the board thinks of a candidate. What she meets and lacks are ticks: they are
// shown, and never counted, summed or ordered. The board decides, not a number.
type Vote struct {
	By     string // person id
	Choice VoteChoice
	Why    string
	Meets  []string // of the considerations that the board has agreed on
	Lacks  []string
}

// OnBoard reports whether a role is one of the board, which decides about candidates.
func (r Role) OnBoard() bool { return slices.Contains([]Role{Chair, Secretary, Treasurer}, r) }

// VotesThatCount is the latest of everybody who is on the board now, in the order in
// which the board is given. All are given in the order in which they were made.
func VotesThatCount(all []Vote, board []string) []Vote {
	var standing []Vote
	for _, id := range board {
		for _, v := range slices.Backward(all) {
			if v.By == id {
				standing = append(standing, v)
				break
			}
		}
	}
	return standing
}

// acceptedBy is how many different people have to be in favour of a candidate before she is accepted:
// nobody brings anybody in alone.
const acceptedBy = 2

// MayAccept reports whether enough different people are in favour.
func MayAccept(votes []Vote) bool {
	var by []string
	for _, v := range votes {
		if v.Choice == InFavour && !slices.Contains(by, v.By) {
			by = append(by, v.By)
		}
	}
	return len(by) >= acceptedBy
}
