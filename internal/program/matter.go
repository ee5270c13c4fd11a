package program

import (
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// MatterKind is a kind of thing with a life of its own. Its name is the word that flow files use.
type MatterKind string

// The kinds of matters.
const (
	Case      MatterKind = "case"      // respon kasus: somebody needs help with something
	Session   MatterKind = "session"   // a meeting of the programme: temu wicara, BIMTEK, ...
	Task      MatterKind = "task"      // tugas khusus: guests, visits, invitations
	Aid       MatterKind = "aid"       // modal usaha: from proposal to control
	Partner   MatterKind = "partner"   // somebody outside who works with the institution
	Candidacy MatterKind = "selection" // a candidate before the board
	Proposal  MatterKind = "proposal"  // something that needs the chair's yes
	Permit    MatterKind = "permit"    // a licence of the institution, until it runs out
	Profile   MatterKind = "profile"   // the institution itself: there is one
)

// Matter is something with a life of its own, which reports open and move on: a case, a session, a
// task. It is what its last report made it; each report that moved it stands beside it on record.
type Matter struct {
	ID          string // derived from the turn that opened it
	Kind        MatterKind
	Year        int       // of its opening, in the institution's zone
	Number      int       // counted within kind and year, from 1
	Participant string    // her code; empty when it is about nobody in particular
	Owner       string    // the person id of who is responsible; empty when nobody is yet
	Author      string    // the person id of who opened it
	Status      string    // one of its kind's Life
	Day         Date      // on which it takes place, is due or ends; empty for none
	Due         time.Time // by when its next step is expected; zero for never
	OpenedAt    time.Time
	ChangedAt   time.Time
	Rev         int    // counts its changes; 0 when it is not on record yet
	Last        string // the id of the change that made it what it is: a report's, or a turn's
	Fields      Fields // what is known of it, by question; nil when it cannot be read any more
}

// Fields are a matter's answers by question, in their canonical form; the latest one of a question holds.
type Fields map[string][]string

// Get is the first value of a field, or "".
func (f Fields) Get(name string) string {
	if v := f[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// LogValue keeps what is known of a matter out of every log.
func (m Matter) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", m.ID), slog.String("kind", string(m.Kind)))
}

// Code is how people call a matter: "RK-26-031". It is unique among all matters.
func (m Matter) Code() string {
	life, _ := LifeOf(m.Kind)
	return fmt.Sprintf("%s-%02d-%03d", life.Prefix, m.Year%100, m.Number)
}

// Ended reports whether nothing comes after its status.
func (m Matter) Ended() bool {
	life, ok := LifeOf(m.Kind)
	return ok && len(life.Next[m.Status]) == 0
}

// May reports whether a matter may come to another status; every matter may stay in its own.
func (m Matter) May(status string) bool {
	life, ok := LifeOf(m.Kind)
	return ok && (m.Status == status || slices.Contains(life.Next[m.Status], status))
}

// Change is one change of a matter, as its history tells it.
type Change struct {
	ID       string // the report's, or derived from the turn
	At       time.Time
	By       string // person id
	Was, Now string // statuses; Was is empty for the opening
}

// Life is the life of a kind of matter: how it begins, and what may follow what.
type Life struct {
	Kind   MatterKind
	Prefix string              // of its codes
	Begin  []string            // the statuses in which one may begin, the usual one first
	Next   map[string][]string // what may follow; what nothing follows is the end
}

// LifeOf finds the life of a kind.
func LifeOf(k MatterKind) (Life, bool) {
	all := Lives()
	i := slices.IndexFunc(all, func(l Life) bool { return l.Kind == k })
	if i < 0 {
		return Life{}, false
	}
	return all[i], true
}

// MatterFilter chooses matters; empty fields choose all.
type MatterFilter struct {
	Kind        MatterKind
	Participant string
	Of          string // what this person is responsible for, or what is about somebody whom she accompanies, or what she has opened about nobody while nobody is responsible
	Owner       string
	Status      string
	Open        bool // only those that have not ended
	From, To    Date // whose day is within, both included
	Year        int  // of its opening, its last two digits, as in its code; with Number
	Number      int
}

// FilterOf chooses the matter of a kind that is called so; false when nothing can be called so.
func FilterOf(k MatterKind, code string) (MatterFilter, bool) {
	f := MatterFilter{Kind: k}
	life, _ := LifeOf(k)
	n, err := fmt.Sscanf(code, life.Prefix+"-%02d-%d", &f.Year, &f.Number)
	return f, err == nil && n == 2 && f.Number > 0
}
