package digest

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Raw is what the records tell of a week, before anything is left out of it. It is never kept.
type Raw struct {
	Week    Week
	Reports map[string][Weeks]int // reports of a flow by week, the week itself last
	Late    int                   // reports about the week before that came after its digest was made
	Told    []Told                // what was answered, of the flows in Asked
	People  []Person              // whoever was on record at the end of the week
	Target  int                   // how many the institution hopes to reach; 0 for no number

	Sessions []Session // held in the week
	Ahead    []Ahead   // sessions and tasks of the week after
	Matters  []Tally
	Waiting  []Waiting       // what waits for somebody's decision, the longest first
	Handled  []time.Duration // how long the cases took that were closed within Weeks weeks
	Calls    program.CallFigures
	Requests int      // of participants about their data, which are open
	Quotes   []string // ids of the reports whose good news may be told, the latest first, checked

	Companions int                      // who accompany somebody
	Silent     []string                 // those of them of whom there is no report in the week, by id
	Unsent     map[program.HeldBack]int // reminders that were not told, by reason
}

// Told is one report's coded and numeric answers.
type Told struct {
	Flow    string
	Who     string // the participant's code; empty when it is about nobody
	Ago     int    // how many weeks before the week it occurred
	Answers []Answer
}

// Answer is one coded or numeric answer.
type Answer struct {
	Field, Code string
	Number      int64
}

// codes are the answers to a question.
func (t Told) codes(field string) []string {
	var all []string
	for _, a := range t.Answers {
		if a.Field == field && a.Code != "" {
			all = append(all, a.Code)
		}
	}
	return all
}

// number is the answer to a question for a number; false when there is none.
func (t Told) number(field string) (int64, bool) {
	for _, a := range t.Answers {
		if a.Field == field && a.Code == "" {
			return a.Number, true
		}
	}
	return 0, false
}

// Question is one question whose answers are counted.
type Question struct {
	Flow, Field string
	Back        bool // over all weeks, not only the week itself
}

// Questions are they, in the order of the digest.
func Questions() []Question {
	return []Question{
		{Flow: FlowMet, Field: "hasil"}, {Flow: FlowMet, Field: "kebutuhan"},
		{Flow: FlowVisit, Field: "jenis"},
		{Flow: FlowTrade, Field: fieldDirection, Back: true}, {Flow: FlowTrade, Field: "tingkat"}, {Flow: FlowTrade, Field: "kendala"},
		{Flow: FlowPaid, Field: "jumlah_cair"}, {Flow: FlowBought, Field: "jumlah"}, {Flow: FlowBought, Field: "sesuai"},
	}
}

// The flows that the digest knows by name.
const (
	FlowVisit      = "kunjungan"
	FlowTrade      = "usaha"
	FlowMet        = "jangkau"
	FlowRegistered = "pendataan"
	FlowProposed   = "ajukan"
	FlowPaid       = "modal_cair"
	FlowBought     = "modal_belanja"
	FlowCompany    = "kunjungan_perusahaan"
	FlowSupport    = "mitra_dukungan"
	FlowProgress   = "perkembangan"
)

// fieldDirection is the question how a business goes.
const fieldDirection = "arah"

// Person is one participant, without anything that tells who.
type Person struct {
	Stage    program.Stage
	Accepted bool // of one who has paused or left: she had been accepted
	Seen     bool // somebody was with her within SeenDays
	New      bool // she was put on record in the year of the week
}

// Session is one that was held.
type Session struct {
	Kind, Group, Field string
	Invited, Came      int
}

// Ahead is a session or a task that is to come, by its code.
type Ahead struct {
	Kind program.MatterKind `json:"kind"`
	Code string             `json:"code"`
	What string             `json:"what"` // the code of its kind
	At   time.Time          `json:"at"`
}

// Tally is how many matters of a kind are in a status at the end of the week, and what the week
// changed.
type Tally struct {
	Kind                program.MatterKind
	Status              string
	N                   int
	Opened, Ended, Late int
}

// Waiting is a matter that waits for somebody, by its code.
type Waiting struct {
	Kind     program.MatterKind
	ID, Code string
	Status   string
	Days     int // since when it waits, or for how long it is late
}
