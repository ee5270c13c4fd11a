package bahasa

import (
	"slices"
	"strings"
	"time"
)

// Name is one participant whom a report may be about.
type Name struct {
	// Code is her code, such as "M-417".
	Code string
	// Alias is what she is called in the house, with or without a word of
	// address ("Mbak Tuti").
	Alias string
}

// Report is what a line was understood to say. Empty fields were not said.
type Report struct {
	// Flow is "kunjungan" or "usaha"; "" when the line is no report.
	Flow string
	// Participant is the code of the one participant it is about.
	Participant string
	// Candidates are the codes to choose from when it has to be asked.
	Candidates []string
	// Date is the day it happened; zero when it was not said.
	Date Date
	// Jenis, Cara, Hasil and Arah are codes of the flows.
	Jenis, Cara, Hasil, Arah string
	// Bertemu says whether she was met.
	Bertemu *bool
	// Omzet, ModalBelanja and Laba are in rupiah, JalanHari in days, Semangat
	// from 1 to 5.
	Omzet, ModalBelanja, Laba, JalanHari, Semangat *int64
	// Approx names the amounts that were said to be about so much.
	Approx map[string]bool
	// Kendala are the obstacles, as codes in the order of the alphabet.
	Kendala []string
	// FollowUp is the day the companion comes back to her.
	FollowUp Date
	// Ask are the keys that must be asked back, sorted; none of them is filled.
	Ask []string
	// Readings are, for keys in Ask, the readings in canonical form, the most
	// likely first. A named week or month is two days joined by "..".
	Readings map[string][]string
	// Refused is the Finding.Kind of content that must not be stored; nothing
	// else is filled then.
	Refused string
	// Note is the sentence as it was typed.
	Note string
}

// The keys of a report, as they are stored, asked and printed.
const (
	keyParticipant = "participant"
	keyDate        = "date"
	keyJenis       = "jenis"
	keyCara        = "cara"
	keyBertemu     = "bertemu"
	keyHasil       = "hasil"
	keyOmzet       = "omzet"
	keyModal       = "modal_belanja"
	keyLaba        = "laba"
	keyJalan       = "jalan_hari"
	keyArah        = "arah"
	keyKendala     = "kendala"
	keyFollowUp    = "tindak_lanjut_tanggal"
	keySemangat    = "semangat"
)

// ReadReport reads a whole report written in one line. names are the
// participants the writer may report about; with none, a code is taken by its
// form. now must be in the institution's zone. What is not plain is left empty
// or put into Ask: a wrong value filled in silently is worse than a question.
func ReadReport(text string, names []Name, now time.Time) Report {
	if kind := refusedKind(text, names); kind != "" {
		return Report{Refused: kind}
	}
	r := newReportReader(text, now)
	if len(r.toks) == 0 {
		return Report{}
	}
	r.findPeople(names)
	r.mend()
	r.joinPairs()
	r.cut()
	r.markUnreal()
	r.markOthers()
	r.markSample()
	r.readSpirit()
	r.findMoney()
	r.findDates()
	r.placeDates()
	r.readVisit()
	r.readMoney()
	r.readTrade()
	r.readObstacles()
	return r.finish()
}

// refusedKind is the most serious finding in a text, or "". A participant's
// alias behind a word of kinship ("suami Mawar") names no relative.
func refusedKind(text string, names []Name) string {
	best, rank := "", findingKindCount
	eachFinding(text, func(f Finding) bool {
		if f.Kind == "name" && endsInAlias(text[f.Start:f.End], names) {
			return true
		}
		if n := findingRank(f.Kind); n < rank {
			best, rank = f.Kind, n
		}
		return rank > 0
	})
	return best
}

// finish decides what kind of report it is, or that it is none.
func (r *reportReader) finish() Report {
	out := &r.out
	switch flow := r.flow(); {
	case flow == "", flow == "usaha" && r.wished && r.onlyWeather(), r.cancelled && flow == "usaha" && out.Omzet == nil && out.Laba == nil:
		return Report{} // "gak jadi ke rumah Melati, hujan"
	case flow == "kunjungan" && r.onlyAssents():
		return Report{}
	case r.people == 0 && !r.plainWithoutName():
		return Report{}
	default:
		out.Flow = flow
	}
	if out.Participant == "" {
		r.ask(keyParticipant, out.Candidates...)
	}
	r.dropAsked()
	slices.Sort(out.Kendala)
	out.Note = strings.TrimSpace(r.text)
	return *out
}

// flow is the kind of report the fields belong to; "" when nothing was told.
// A visit may bring figures along; figures alone are a look at the business.
func (r *reportReader) flow() string {
	out := &r.out
	trade := r.has(0, min(len(r.words), 3), "kontrol") && r.is(r.near(0, 3, "kontrol")+1, "usaha")
	switch {
	case trade && !r.met && out.Jenis != "home_visit":
		return "usaha"
	case r.visited || r.noMeet || out.Jenis != "" || out.Cara != "" || out.Hasil != "" || out.Semangat != nil || r.asked(keyHasil) || r.asked(keySemangat) || r.asked(keyCara):
		return "kunjungan"
	case r.saysTrade():
		return "usaha"
	}
	return ""
}

// onlyWeather holds when rain is all that was told.
func (r *reportReader) onlyWeather() bool {
	out := &r.out
	return len(out.Kendala) == 1 && out.Kendala[0] == "cuaca" && len(r.doubts) == 0 &&
		out.Omzet == nil && out.ModalBelanja == nil && out.Laba == nil && out.JalanHari == nil && out.Arah == ""
}

// saysTrade holds when something was said about the business.
func (r *reportReader) saysTrade() bool {
	out := &r.out
	return out.Omzet != nil || out.ModalBelanja != nil || out.Laba != nil || out.JalanHari != nil || out.Arah != "" || len(out.Kendala) > 0 ||
		r.asked(keyOmzet) || r.asked(keyModal) || r.asked(keyLaba) || r.asked(keyJalan) || r.asked(keyArah) || r.asked(keyKendala)
}

// plainWithoutName holds for a line that names nobody and still can only be a
// report: a visit or sums, told with something more than the day.
func (r *reportReader) plainWithoutName() bool {
	out := &r.out
	facts := 0
	for _, said := range [...]bool{
		out.Jenis != "" || r.asked(keyJenis), !out.Date.IsZero() || r.asked(keyDate), out.Bertemu != nil, out.Omzet != nil || r.asked(keyOmzet),
		out.ModalBelanja != nil, out.Laba != nil, out.JalanHari != nil, out.Arah != "", len(out.Kendala) > 0, out.Semangat != nil, !out.FollowUp.IsZero(),
	} {
		if said {
			facts++
		}
	}
	strong := out.Jenis != "" || r.asked(keyJenis) || out.Omzet != nil || out.ModalBelanja != nil || out.Laba != nil
	if out.Cara != "" && (out.Semangat != nil || out.Hasil != "") && facts > 1 {
		return true // "kemarin telepon, semangat 3"
	}
	return strong && (facts > 1 || r.opensWithStranger()) || out.Bertemu != nil && facts > 2
}

// onlyAssents holds for "siap kak, senin saya tengok Wulan": an answer with a
// plan, of which nothing came yet.
func (r *reportReader) onlyAssents() bool {
	out := &r.out
	switch r.toks[0].raw {
	case "siap", "oke", "ok", "okey", "okay", "sip", "baik", "iya", "iyo", "boleh":
	default:
		return false
	}
	return !r.pastDay() && len(r.dates) > 0 && !r.saysTrade() && out.Bertemu == nil && out.Hasil == "" && out.Semangat == nil && len(r.doubts) == 0
}

// opensWithStranger holds for a line that begins with what looks like a name
// and is none of the participants': "wulandari laku 200rb".
func (r *reportReader) opensWithStranger() bool {
	i := 0
	if r.toks[0].kind == tkWord && isHonorific(squeeze(r.toks[0].raw)) {
		i++
	}
	return i+1 < len(r.toks) && r.toks[i].kind == tkWord && len(r.toks[i].raw) > 3 && r.words[i].role == roleNone && !r.isKnown(i) && r.is(i+1, "laku", "omzet", "modal", "untung", "rugi", "pemasukan", "penjualan")
}

// dropAsked empties what is asked, so that nothing doubtful is filled, and
// hands the questions over.
func (r *reportReader) dropAsked() {
	out := &r.out
	for key := range r.doubts {
		switch key {
		case keyDate:
			out.Date = Date{}
		case keyJenis:
			out.Jenis = ""
		case keyCara:
			out.Cara = ""
		case keyBertemu:
			out.Bertemu = nil
		case keyHasil:
			out.Hasil = ""
		case keyOmzet:
			out.Omzet = nil
		case keyModal:
			out.ModalBelanja = nil
		case keyLaba:
			out.Laba = nil
		case keyJalan:
			out.JalanHari = nil
		case keyArah:
			out.Arah = ""
		case keyKendala:
			out.Kendala = nil
		case keyFollowUp:
			out.FollowUp = Date{}
		case keySemangat:
			out.Semangat = nil
		}
		delete(out.Approx, key)
		out.Ask = append(out.Ask, key)
	}
	slices.Sort(out.Ask)
	out.Readings = r.doubts
}

// Fields returns what was said by key, in canonical form: strings, numbers,
// booleans and lists, ready to be printed. Keys that were not said are absent,
// and a line that is no report has none.
func (r Report) Fields() map[string]any {
	m := make(map[string]any, 12)
	text := func(key, v string) {
		if v != "" {
			m[key] = v
		}
	}
	number := func(key string, v *int64) {
		if v != nil {
			m[key] = *v
		}
	}
	day := func(key string, d Date) {
		if !d.IsZero() {
			m[key] = d.String()
		}
	}
	text("flow", r.Flow)
	text(keyParticipant, r.Participant)
	day(keyDate, r.Date)
	text(keyJenis, r.Jenis)
	text(keyCara, r.Cara)
	text(keyHasil, r.Hasil)
	text(keyArah, r.Arah)
	if r.Bertemu != nil {
		m[keyBertemu] = *r.Bertemu
	}
	number(keyOmzet, r.Omzet)
	number(keyModal, r.ModalBelanja)
	number(keyLaba, r.Laba)
	number(keyJalan, r.JalanHari)
	number(keySemangat, r.Semangat)
	if len(r.Kendala) > 0 {
		m[keyKendala] = r.Kendala
	}
	day(keyFollowUp, r.FollowUp)
	if len(r.Ask) > 0 {
		m["ask"] = r.Ask
	}
	text("refused", r.Refused)
	text("note", r.Note)
	return m
}
