package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
)

// labels are what stands on the card's buttons, row by row.
func (c *chat) labels() [][]string {
	c.t.Helper()
	var rows [][]string
	for _, row := range c.face().Buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, b.Label)
		}
		rows = append(rows, labels)
	}
	return rows
}

func TestTextsThatCouldNotBeReadJoin(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today")
	c.say("dia cerita soal resep pempek").say("hmm").say("lalu soal panci").want("jenis", flow.Asking)
	c.press("make_note")
	if a, _ := c.s.Answer("catatan"); a.Value() != "dia cerita soal resep pempek\nlalu soal panci" {
		t.Errorf("note %q", a.Value())
	}
	c.say("xx") // nothing is left to be offered again
	if c.say("yy"); strings.Contains(fmt.Sprint(c.labels()), "make_note") {
		t.Errorf("offered twice: %v", c.labels())
	}
}

func TestATextThatCouldNotBeReadUnticksNothing(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("tercapai").press("modal")
	c.say("qwerty uiop").press("done (1)")
	if a, _ := c.s.Answer("kendala"); fmt.Sprint(a.Values) != "[modal]" {
		t.Errorf("obstacles %v", a.Values)
	}
}

func TestWhatCouldNotBeReadIsSaidMoreHelpfullyEachTime(t *testing.T) {
	c := begin(t, "kunjungan").say("qwerty")
	for _, want := range []string{"nobody_found", "unread_buttons", "unread_way_out"} {
		if got := c.face().Text; !strings.Contains(got, want) {
			t.Errorf("whom: %s, want %s", got, want)
		}
		c.say("qwerty")
	}
	c.press("Melati").press("today").say("qwerty")
	if got := c.face().Text; !strings.Contains(got, "\nunread help\n") {
		t.Errorf("what for: %s", got)
	}
}

func TestManyReadingsComeInPages(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("tercapai").press("tidak_ada")
	c.say("minggu depan").want("tindak_lanjut_tanggal", flow.Choosing)
	if got, want := fmt.Sprint(c.labels()), "[[Minggu, 29 Nov Senin, 30 Nov] [Selasa, 1 Des Rabu, 2 Des] [Kamis, 3 Des ▶️ more] [⬅️ back ✖️ cancel]]"; got != want {
		t.Errorf("first page %s, want %s", got, want)
	}
	c.press("more")
	if got, want := fmt.Sprint(c.labels()), "[[Jumat, 4 Des Sabtu, 5 Des] [Minggu, 6 Des ✏️ another] [⬅️ back ✖️ cancel]]"; got != want {
		t.Errorf("second page %s, want %s", got, want)
	}
	c.press("back").want("tindak_lanjut_tanggal", flow.Choosing).press("more").say("2")
	if a, _ := c.s.Answer("tindak_lanjut_tanggal"); a.Value() != "2026-12-05" {
		t.Errorf("the second on the page is %s", a.Value())
	}
}

func TestWhatMayBeAddedComesInPages(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("tercapai").press("tidak_ada").press("skip")
	seen := 0
	for c.press("add"); ; c.press("more") {
		rows := c.labels()
		choices := 0
		for _, row := range rows[:len(rows)-1] {
			choices += len(row)
		}
		seen += choices
		if !strings.Contains(fmt.Sprint(rows), "▶️ more") {
			break
		}
		if seen--; choices != 6 {
			t.Errorf("%d buttons: %v", choices, rows)
		}
	}
	if seen != 13 { // all but the questions asked in turn and the one with a default; the follow-up was passed over
		t.Errorf("%d may be added", seen)
	}
	c.press("back").want("", flow.Adding).press("back").want("", flow.Adding).press("back").want("", flow.Summary)
}

func TestACalendarNamesTheDaysAndLeavesEmptyWeeksOut(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("other_day").press("calendar").want("tanggal", flow.Calendar)
	rows := c.labels()
	if got := fmt.Sprint(rows[0]); got != "[Sen Sel Rab Kam Jum Sab Min]" {
		t.Errorf("above the days: %s", got)
	}
	if got := fmt.Sprint(rows[len(rows)-3]); got != "[23 24 25 · · · ·]" {
		t.Errorf("the last week: %s", got)
	}
	before := c.s
	if c.press("Sen"); fmt.Sprint(c.s) != fmt.Sprint(before) {
		t.Error("the name of a day is no answer")
	}
}

func TestBackAtTheFirstQuestionSaysSo(t *testing.T) {
	if got := begin(t, "kunjungan").say("kembali").want("participant", flow.Asking).face().Text; !strings.Contains(got, "first_question") {
		t.Errorf("card %s", got)
	}
}

func TestLongNamesStandAlone(t *testing.T) {
	c := begin(t, "kunjungan")
	long := append(picks[:1:1], flow.Pick{Ref: "K-100", Label: "Kembang sepatu"})
	c.s, c.effects = flow.Step(c.f, c.s, flow.Input{Kind: flow.Show, Now: now.Add(time.Minute), Texts: keys{}, Picks: long})
	if got := fmt.Sprint(c.labels()); got != "[[M-417 · Melati] [K-100 · Kembang sepatu] [✖️ cancel]]" {
		t.Errorf("buttons %s", got)
	}
}

func TestWhatASentenceSaidIsSeenBeforeItApplies(t *testing.T) {
	c := &chat{t: t, f: load(t, "kunjungan")}
	c.do(flow.Input{Kind: flow.Begin, Run: "r", Source: "melati, modal kurang", Known: []flow.Answer{
		{Name: "participant", Values: []string{"M-417"}, Label: "Melati", Given: true}, {Name: "tanggal", Values: []string{"2026-11-25"}, Given: true},
		{Name: "jenis", Values: []string{"home_visit"}, Given: true}, {Name: "kendala", Values: []string{"modal"}, Given: true},
	}})
	if got := c.want("hasil", flow.Asking).face().Text; !strings.Contains(got, "kendala: modal") {
		t.Errorf("the obstacle seems lost: %s", got)
	}
	if got := c.press("tidak_bertemu").face().Text; strings.Contains(got, "kendala: modal") {
		t.Errorf("the obstacle of a visit that was none: %s", got)
	}
}

func TestQuickAmountsLieAroundTheLastOnes(t *testing.T) {
	for want, usual := range map[string][]int64{
		"[[Rp330.000 Rp430.000] [Rp530.000 Rp630.000] [⬅️ back ⏭️ skip ✖️ cancel]]": {530000, 530000, 530000},
		"[[Rp290.000 Rp300.000] [Rp310.000 Rp360.000] [⬅️ back ⏭️ skip ✖️ cancel]]": {310000, 300000, 290000},
		"[[Rp0 Rp100.000] [Rp250.000 Rp500.000] [⬅️ back ⏭️ skip ✖️ cancel]]":       {0},
		"[[Rp1 Rp100.000] [Rp250.000 Rp500.000] [⬅️ back ⏭️ skip ✖️ cancel]]":       {1},
	} {
		c := begin(t, "usaha").press("Melati").press("5").want("omzet", flow.Asking)
		c.do(flow.Input{Kind: flow.Show, Usual: map[string][]int64{"omzet": usual}})
		if got := fmt.Sprint(c.labels()); got != want {
			t.Errorf("%v: %s, want %s", usual, got, want)
		}
	}
}

func TestWhatCanBeReadOfSeveralAnswersIsTicked(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("tercapai").press("kurang_laku")
	c.say("modal, panci penyok, tidak_ada").want("kendala", flow.Asking)
	if got := fmt.Sprint(c.s.Toggled); got != "[modal kurang_laku]" || c.s.Tries != 0 {
		t.Errorf("ticked %s after %d tries", got, c.s.Tries)
	}
	c.press("make_note").want("kendala", flow.Asking)
	if got := fmt.Sprint(c.s.Toggled); got != "[modal kurang_laku]" {
		t.Errorf("keeping the note unticked: %s", got)
	}
	if c.say("modal, dipukul suaminya"); fmt.Sprint(c.s.Readings) != "[]" {
		t.Errorf("offered what must not be kept: %v", c.s.Readings)
	}
}

// TestADayOfAnotherYearIsShownWithIt: "30 nov" of a visit is that of last year when this one's is to come, and
// nobody would see it otherwise.
func TestADayOfAnotherYearIsShownWithIt(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").say("30 nov")
	if got := c.face().Text; !strings.Contains(got, "Value:Minggu, 30 November 2025]") {
		t.Errorf("asked back: %s", got)
	}
	c.press("yes")
	if got := c.face().Text; !strings.Contains(got, "30 November 2025") {
		t.Errorf("answered: %s", got)
	}
	if got := c.press("back").say("24 nov").face().Text; !strings.Contains(got, "Selasa, 24 Nov\n") {
		t.Errorf("of this year: %s", got)
	}
}

// TestASentenceThatIsNoAnswerIsNotLost: it is refused as an answer, and offered as a note; a few words are refused alone.
func TestASentenceThatIsNoAnswerIsNotLost(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("belum").press("tidak_ada")
	c.want("tindak_lanjut_tanggal", flow.Asking)
	const told = "kemarin ke rumah melati sore, hujan"
	if got := c.say("kemarin").face().Text; !strings.Contains(got, "\npast\n") || len(c.s.Readings) > 0 {
		t.Errorf("a word: %s, offered %v", got, c.s.Readings)
	}
	if got := c.say(told).face().Text; !strings.Contains(got, "\npast\n") || len(c.s.Readings) != 1 || c.s.Readings[0].Value() != told {
		t.Errorf("a sentence: %s, offered %v", got, c.s.Readings)
	}
	if c.say("kemarin ia dipukul suaminya di rumah"); strings.Contains(fmt.Sprint(c.s.Readings), "dipukul") {
		t.Errorf("offered what must not be kept: %v", c.s.Readings)
	}
}
