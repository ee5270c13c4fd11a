package conversation

import "github.com/dampingi/dampingi/internal/program"

// candidacyNoun is how candidates before the board are shown.
func candidacyNoun() noun {
	return noun{kind: program.Candidacy, icon: "🗳", title: "matter.selections", word: "seleksi"}
}

// outreachConsequences are what follows from reports of outreach, selection and choosing a field.
func outreachConsequences() consequences { return consequences{} }
