package conversation

import "github.com/dampingi/dampingi/internal/program"

// permitNoun is how the institution's permits (program.md F22) are shown.
func permitNoun() noun {
	return noun{kind: program.Permit, icon: "📜", title: "matter.permits", word: "izin"}
}
