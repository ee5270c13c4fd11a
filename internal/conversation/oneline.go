package conversation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// oneLine takes a sentence for a whole report, if it is one: what it said is filled in, what
// it left unsure is asked, and the sentence is kept with the report. It tells whether the
// sentence was dealt with.
func (v *visit) oneLine(text string) (bool, error) {
	caseload, err := v.caseload()
	if err != nil {
		return true, err
	}
	names := make([]bahasa.Name, 0, len(caseload))
	for _, p := range caseload {
		names = append(names, bahasa.Name{Code: p.Code, Alias: p.Alias})
	}
	got := bahasa.ReadReport(text, names, v.now)
	if got.Refused != "" {
		if got.Refused == "safety" {
			return true, v.hard()
		}
		v.remove()
		v.said = "say.reject.blocked"
		return true, v.toMenu()
	}
	f := v.flowNamed(got.Flow)
	if f == nil {
		return false, nil
	}
	if len(names) == 0 { // then codes are known by their form alone, and none of them is hers
		got.Participant, got.Candidates = "", nil
	}
	known, unsure := answers(text, got, caseload, program.DateOf(v.now))
	return true, v.begin(f, flow.Input{Known: known, Unsure: unsure, Source: text})
}

// flowNamed finds a flow that the person may start.
func (v *visit) flowNamed(id string) *flow.Flow {
	all := v.mine()
	i := slices.IndexFunc(all, func(f *flow.Flow) bool { return f.ID == id })
	if i < 0 {
		return nil
	}
	return all[i]
}

// reader turns what a sentence said into answers.
type reader struct {
	known  []flow.Answer
	unsure []flow.Answer
	labels map[string]string
	approx map[string]bool
}

// answers is what a sentence said, by question name, and what it left unsure. A day that was
// not said is today; it shows on the card (conversation.md, One line is a report).
func answers(text string, got bahasa.Report, caseload []program.Participant, today program.Date) (known, unsure []flow.Answer) {
	r := reader{labels: make(map[string]string, len(caseload)), approx: got.Approx}
	for _, p := range caseload {
		r.labels[p.Code] = p.Alias
	}
	r.code("participant", got.Participant)
	if !got.Date.IsZero() {
		r.code("tanggal", got.Date.String())
	} else if !slices.Contains(got.Ask, "date") {
		r.code("tanggal", string(today))
	}
	r.code("jenis", got.Jenis)
	r.code("cara", got.Cara)
	r.code("hasil", got.Hasil)
	r.code("arah", got.Arah)
	r.number("omzet", got.Omzet)
	r.number("modal_belanja", got.ModalBelanja)
	r.number("laba", got.Laba)
	r.number("jalan_hari", got.JalanHari)
	r.number("semangat", got.Semangat)
	if len(got.Kendala) > 0 {
		r.known = append(r.known, flow.Answer{Name: "kendala", Values: got.Kendala, Given: true})
	}
	if !got.FollowUp.IsZero() {
		r.code("tindak_lanjut_tanggal", got.FollowUp.String())
	}
	if got.Note != text { // the whole sentence is kept with the report anyway
		r.code("catatan", got.Note)
	}
	if got.Bertemu != nil && !*got.Bertemu && got.Hasil == "" { // she was not met: that is most likely the result
		r.unsure = append(r.unsure, flow.Answer{Name: "hasil", Values: []string{"tidak_bertemu"}})
	}
	r.asks(got)
	return r.known, r.unsure
}

// code notes an answer that was said.
func (r *reader) code(name, value string) {
	if value != "" {
		r.known = append(r.known, flow.Answer{Name: name, Values: []string{value}, Label: r.labels[value], Given: true})
	}
}

// number notes a number that was said.
func (r *reader) number(name string, n *int64) {
	if n != nil {
		r.known = append(r.known, flow.Answer{Name: name, Values: []string{strconv.FormatInt(*n, 10)}, Approx: r.approx[name], Given: true})
	}
}

// asks notes what has to be asked, with the readings there are.
func (r *reader) asks(got bahasa.Report) {
	for _, key := range got.Ask {
		name, readings := key, got.Readings[key]
		switch key {
		case "date":
			name = "tanggal"
		case "participant":
			readings = got.Candidates
		}
		r.unsure = append(r.unsure, flow.Answer{Name: name}) // open, whatever readings there are
		for _, reading := range readings {
			for _, v := range days(reading) {
				r.unsure = append(r.unsure, flow.Answer{Name: name, Values: []string{v}, Label: r.labels[v]})
			}
		}
	}
}

// days is a reading as it is, or the days of a named week, or nothing of a longer span: then
// the question is asked as always.
func days(reading string) []string {
	first, last, span := strings.Cut(reading, "..")
	if !span {
		return []string{reading}
	}
	var all []string
	for day := program.Date(first); day <= program.Date(last); day = day.AddDays(1) {
		if all = append(all, string(day)); len(all) > 7 {
			return nil
		}
	}
	return all
}
