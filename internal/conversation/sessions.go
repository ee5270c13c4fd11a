package conversation

import "github.com/dampingi/dampingi/internal/program"

// sessionNoun is how sessions are shown.
func sessionNoun() noun {
	return noun{kind: program.Session, icon: "📅", title: "matter.sessions", word: "kegiatan"}
}

// sessionConsequences are what follows from reports about sessions.
func sessionConsequences() consequences { return consequences{} }
