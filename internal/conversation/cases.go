package conversation

import "github.com/dampingi/dampingi/internal/program"

// caseNoun is how cases are shown (respon kasus, program.md F10).
func caseNoun() noun {
	return noun{
		kind: program.Case, icon: "🧩", title: "matter.cases", word: "kasus",
		label: func(v *visit, m program.Matter) string { return v.choiceLabel("kasus", "jenis", m) },
	}
}

// caseConsequences are what follows from reports about cases.
func caseConsequences() consequences { return consequences{} }
