package digest_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

var update = flag.Bool("update", false, "write the golden texts anew, to be read in the diff")

// jakarta is the zone of the tests.
func jakarta(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// speaker is what says things in a language; what flows and records would be asked for says its code.
func speaker(t testing.TB, lang string) digest.Speaker {
	t.Helper()
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	words := book.For(lang)
	return digest.Speaker{
		Words: words, Zone: jakarta(t), Address: words.Text("say.board"),
		Choice: func(flow, field, code string) string { return words.Text(flow + "." + field + ".choice." + code) },
		Status: func(m program.Matter) string { return words.Text("status." + string(m.Kind) + "." + m.Status) },
		Group:  func(g program.GuestGroup) string { return words.Text("guests." + string(g)) },
		Staff:  func(id string) string { return strings.ToUpper(id[:1]) + id[1:] },
		Quote: func(report string) string {
			return map[string]string{"q-1": "Ada yang dapat pesanan rutin 50 kotak tiap Jumat.", "q-2": "Warung <baru> & ramai."}[report]
		},
	}
}

// answered is a number of reports of a flow, each of somebody else.
func answered(flow string, from, n, ago int, answers ...digest.Answer) []digest.Told {
	all := make([]digest.Told, 0, n)
	for i := range n {
		all = append(all, digest.Told{Flow: flow, Who: fmt.Sprintf("M-%03d", from+i), Ago: ago, Answers: answers})
	}
	return all
}

func code(field, code string) digest.Answer { return digest.Answer{Field: field, Code: code} }

func number(field string, n int64) digest.Answer { return digest.Answer{Field: field, Number: n} }

// people are a number of them at a stage.
func people(stage program.Stage, n, seen, fresh int) []digest.Person {
	all := make([]digest.Person, 0, n)
	for i := range n {
		all = append(all, digest.Person{Stage: stage, Accepted: true, Seen: i < seen, New: i < fresh})
	}
	return all
}

// busy is a week as tone.md 34 tells of one.
func busy(t testing.TB) digest.Raw {
	zone := jakarta(t)
	r := digest.Raw{
		Week: "2026-11-16", Late: 3, Target: 500,
		Reports: map[string][digest.Weeks]int{
			digest.FlowVisit: {9, 11, 14, 12, 20, 22, 19, 21, 25, 24, 23, 27}, digest.FlowTrade: {0, 0, 0, 12, 20, 22, 24, 26, 28, 29, 30, 31},
			digest.FlowMet: {11: 6, 10: 4}, digest.FlowRegistered: {11: 5, 10: 3}, digest.FlowProposed: {11: 2}, digest.FlowCompany: {11: 1},
			digest.FlowProgress: {11: 4},
		},
		Sessions: []digest.Session{
			{Kind: "temu_wicara", Field: "sosial_ekonomi", Invited: 22, Came: 18},
			{Kind: "bimtek", Group: "tata_boga", Field: "sosial_ekonomi", Invited: 10, Came: 9},
			{Kind: "bimtek", Group: "tata_boga", Field: "sosial_ekonomi", Invited: 10, Came: 10},
			{Kind: "penyuluhan_kesehatan", Field: "kesehatan", Invited: 9, Came: 7},
		},
		Ahead: []digest.Ahead{
			{Kind: program.Session, Code: "KG-26-031", What: "bimtek", At: time.Date(2026, 11, 26, 9, 0, 0, 0, zone)},
			{Kind: program.Task, Code: "TK-26-004", What: "tamu_lembaga", At: time.Date(2026, 11, 27, 13, 30, 0, 0, zone)},
		},
		Matters: []digest.Tally{
			{Kind: program.Case, Status: "baru", N: 2, Opened: 2}, {Kind: program.Case, Status: "ditangani", N: 4, Opened: 1, Late: 1},
			{Kind: program.Case, Status: "selesai", N: 30, Ended: 4},
			{Kind: program.Aid, Status: "buku_jadi", N: 2, Late: 2}, {Kind: program.Aid, Status: "kontrol", N: 7, Late: 2}, {Kind: program.Aid, Status: "selesai", N: 20},
			{Kind: program.Partner, Status: "dijajaki", N: 3, Opened: 1},
		},
		Handled: []time.Duration{26 * time.Hour, 50 * time.Hour, 72 * time.Hour, 90 * time.Hour, 300 * time.Hour},
		Calls:   program.CallFigures{Asked: 5, Called: 4, Waited: 100 * time.Minute},
		Quotes:  []string{"q-1", "q-2", "q-3"}, Companions: 6, Silent: []string{"yuli", "dewi"}, Requests: 1,
		Unsent: map[program.HeldBack]int{program.HeldNight: 2, program.HeldAway: 1, "": 1},
	}
	for i := range 5 {
		r.Waiting = append(r.Waiting, digest.Waiting{Kind: program.Candidacy, ID: fmt.Sprint("s", i), Code: fmt.Sprint("SL-26-00", i), Status: "menunggu", Days: 20 - i})
	}
	r.Waiting = append(r.Waiting,
		digest.Waiting{Kind: program.Case, ID: "c1", Code: "RK-26-031", Status: "ditangani", Days: 2},
		digest.Waiting{Kind: program.Aid, ID: "a1", Code: "MU-26-003", Status: "buku_jadi", Days: 7},
		digest.Waiting{Kind: program.Aid, ID: "a2", Code: "MU-26-004", Status: "diusulkan", Days: 6},
		digest.Waiting{Kind: program.Aid, ID: "a3", Code: "MU-26-005", Status: "buku_jadi", Days: 5},
		digest.Waiting{Kind: program.Proposal, ID: "p1", Code: "US-26-002", Status: "diusulkan", Days: 3})
	r.People = append(r.People, people(program.Bimtek, 30, 28, 12)...)
	r.People = append(r.People, people(program.Capital, 9, 9, 0)...)
	r.People = append(r.People, people(program.Trading, 32, 26, 0)...)
	r.People = append(r.People, people(program.Independent, 6, 4, 0)...)
	r.People = append(r.People, people(program.Concluded, 2, 0, 0)...)
	for _, part := range [][]digest.Told{
		answered(digest.FlowTrade, 0, 14, 0, code("arah", "naik"), code("kendala", "kurang_laku"), code("tingkat", "berjalan")),
		answered(digest.FlowTrade, 14, 11, 0, code("arah", "tetap"), code("kendala", "modal"), code("tingkat", "merintis")),
		answered(digest.FlowTrade, 25, 6, 0, code("arah", "turun"), code("kendala", "tidak_ada")),
		answered(digest.FlowTrade, 0, 20, 1, code("arah", "naik")), answered(digest.FlowTrade, 20, 3, 1, code("arah", "turun")),
		answered(digest.FlowVisit, 0, 15, 0, code("jenis", "home_visit")), answered(digest.FlowVisit, 0, 8, 0, code("jenis", "teknis_usaha")),
		answered(digest.FlowVisit, 0, 4, 0, code("jenis", "konseling")),
		answered(digest.FlowPaid, 0, 6, 0, number("jumlah_cair", 2_000_000)),
		answered(digest.FlowBought, 0, 5, 0, number("jumlah", 430_000), code("sesuai", "ya")),
		answered(digest.FlowBought, 0, 5, 0, number("jumlah", 70_000), code("sesuai", "tidak")),
		answered(digest.FlowMet, 60, 6, 0, code("hasil", "mau"), code("kebutuhan", "modal"), code("kebutuhan", "pemasaran")),
	} {
		r.Told = append(r.Told, part...)
	}
	return r
}

// when is the Monday on which the figures of the tests are made.
func when() time.Time { return time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) }

// TestTheDigestInWords holds a busy week and an empty one to golden texts, in both languages.
func TestTheDigestInWords(t *testing.T) {
	for name, raw := range map[string]digest.Raw{"busy": busy(t), "quiet": {Week: "2026-11-16", Silent: []string{"yuli"}}, "year": {Week: "2026-12-28", Reports: map[string][digest.Weeks]int{digest.FlowVisit: {11: 1}}}} {
		for _, lang := range []string{"id", "en"} {
			f := digest.Make(raw, when())
			text, whole := f.Text(speaker(t, lang))
			if again, _ := digest.Make(raw, when()).Text(speaker(t, lang)); again != text || !whole {
				t.Errorf("%s %s: the same week says something else, or is too long (%d)", name, lang, len([]rune(text)))
			}
			file := filepath.Join("testdata", name+"."+lang+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(text+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if text+"\n" != string(want) {
				t.Errorf("%s %s says\n%s", name, lang, text)
			}
		}
	}
}

// TestKeptFiguresSayTheSame: what is written down and read again tells the same, byte for byte.
func TestKeptFiguresSayTheSame(t *testing.T) {
	f := digest.Make(busy(t), when())
	kept, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var read digest.Figures
	if err := json.Unmarshal(kept, &read); err != nil {
		t.Fatal(err)
	}
	was, _ := f.Text(speaker(t, "id"))
	is, _ := read.Text(speaker(t, "id"))
	again, err := json.Marshal(read)
	if err != nil || was != is || string(again) != string(kept) {
		t.Errorf("%v\n%s\n%s", err, was, is)
	}
	for _, secret := range []string{"M-0", "q-3"} {
		if strings.Contains(string(kept), secret) {
			t.Errorf("%q is kept: %s", secret, kept)
		}
	}
}

// TestALongDigestIsTold in parts, none of which is too long.
func TestALongDigestIsToldInParts(t *testing.T) {
	raw := busy(t)
	for i := range 60 {
		raw.Ahead = append(raw.Ahead, digest.Ahead{Kind: program.Session, Code: fmt.Sprintf("KG-26-%03d", 100+i), What: "penyuluhan_kesehatan", At: when()})
		raw.Silent = append(raw.Silent, fmt.Sprintf("companion number %d", i))
	}
	s := speaker(t, "id")
	text, whole := digest.Make(raw, when()).Text(s)
	if whole || !strings.Contains(text, "Perlu Ibu putuskan (6)") || strings.Contains(text, "Proses") {
		t.Errorf("whole %v:\n%s", whole, text)
	}
	for _, b := range digest.Make(raw, when()).Blocks(s) {
		if n := len([]rune(b.Text())); n > digest.TextMost {
			t.Errorf("%s has %d characters", b.Name, n)
		}
	}
}

// TestWeeks: names, ends, and the turn of the year.
func TestWeeks(t *testing.T) {
	for _, tt := range []struct{ week, monday, next string }{
		{"2026-W47", "2026-11-16", "2026-W48"}, {"2026-W53", "2026-12-28", "2027-W01"}, {"2020-W53", "2020-12-28", "2021-W01"}, {"2025-W52", "2025-12-22", "2026-W01"},
	} {
		w, err := digest.ParseWeek(tt.week)
		if err != nil || string(w.Monday()) != tt.monday || w.String() != tt.week || w.Add(1).String() != tt.next {
			t.Errorf("%s: %s to %s, then %s, %v", tt.week, w.Monday(), w.Sunday(), w.Add(1), err)
		}
	}
	for _, bad := range []string{"", "2026-47", "2026-W00", "2026-W54", "2025-W53", "2026-W1", "2026-W477", "x2026-W47"} {
		if w, err := digest.ParseWeek(bad); err == nil {
			t.Errorf("%q is week %s", bad, w)
		}
	}
	zone := jakarta(t)
	sunday, monday := time.Date(2027, 1, 3, 23, 59, 59, 0, zone), time.Date(2027, 1, 4, 0, 0, 0, 0, zone)
	if w := digest.LastFinished(sunday); w.String() != "2026-W52" || w.Add(1).Over(sunday) {
		t.Errorf("on Sunday %s", w)
	}
	if w := digest.LastFinished(monday); w.String() != "2026-W53" || !w.Over(monday) {
		t.Errorf("on Monday %s", w)
	}
}

// TestQuotable: what is told of good news tells of nobody.
func TestQuotable(t *testing.T) {
	for text, want := range map[string]bool{
		"Ada pesanan rutin 50 kotak tiap Jumat.": true, "Omzet naik, alhamdulillah.": true,
		"": false, "Melati dapat pesanan": false, "M-417 dapat pesanan": false, "m417 sudah buka warung": false,
		"hubungi 0812 3456 7890": false, "Suaminya tidak memukul lagi": false, strings.Repeat("a ", 101): false,
	} {
		if got := digest.Quotable(text, "Melati"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
