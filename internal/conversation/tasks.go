package conversation

import "github.com/dampingi/dampingi/internal/program"

// taskNoun is how special tasks are shown.
func taskNoun() noun {
	return noun{kind: program.Task, icon: "🎯", title: "matter.tasks", word: "tugas"}
}

// taskConsequences are what follows from reports about special tasks.
func taskConsequences() consequences { return consequences{} }
