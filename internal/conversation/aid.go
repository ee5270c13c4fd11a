package conversation

import "github.com/dampingi/dampingi/internal/program"

// aidNoun is how capitals (modal usaha, program.md F06) are shown.
func aidNoun() noun {
	return noun{kind: program.Aid, icon: "💰", title: "matter.aids", word: "modal"}
}

// aidConsequences are what follows from reports about capitals.
func aidConsequences() consequences { return consequences{} }
