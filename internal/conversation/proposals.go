package conversation

import "github.com/dampingi/dampingi/internal/program"

// proposalNoun is how proposals that wait for the chair are shown.
func proposalNoun() noun {
	return noun{kind: program.Proposal, icon: "☝️", title: "matter.proposals", word: "usulan"}
}

// wayConsequences are what follows from reports that change where a participant stands, or whose she is.
func wayConsequences() consequences { return consequences{} }
