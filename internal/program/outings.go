package program

import (
	"encoding/json"
	"slices"
	"time"
)

// Outing is going to a partner: a visit that is planned, or an invitation (program.md rows 135, 141).
type Outing struct {
	Report  string // the id of the report that it stands in
	When    time.Time
	What    string
	Who     string // person id of who is to go
	Author  string // person id of who asked her
	At      time.Time
	Refused bool // she has said that she cannot
}

// outingFlows are the flows whose reports are outings.
func outingFlows() []string { return []string{"rencana_kunjungan", "undangan_masuk"} }

// OutingOf reads an outing from its report; false when the report is none, was taken back, or cannot be
// read.
func OutingOf(r Report, zone *time.Location) (Outing, bool) {
	var said struct {
		When string `json:"waktu"`
		What string `json:"acara"`
		Who  string `json:"petugas"`
	}
	if !slices.Contains(outingFlows(), r.Flow) || !r.UndoneAt.IsZero() || json.Unmarshal(r.Answers, &said) != nil {
		return Outing{}, false
	}
	when, err := time.ParseInLocation(AnswerTime, said.When, zone)
	return Outing{Report: r.ID, When: when, What: said.What, Who: said.Who, Author: r.Author, At: r.CreatedAt}, err == nil
}
