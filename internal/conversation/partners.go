package conversation

import "github.com/dampingi/dampingi/internal/program"

// partnerNoun is how partners (program.md F12) are shown.
func partnerNoun() noun {
	return noun{kind: program.Partner, icon: "🤝", title: "matter.partners", word: "mitra"}
}

// partnerConsequences are what follows from reports about partners, permits and the institution.
func partnerConsequences() consequences { return consequences{} }
