package reminder_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// wib is the zone of the examples; wed is the Wednesday of all of them, at an hour.
var wib = time.FixedZone("WIB", 7*60*60) //nolint:gochecknoglobals // never changed

func wed(days, hour, minute int) time.Time {
	return time.Date(2026, 11, 25+days, hour, minute, 0, 0, wib)
}

// caseHouse is the staff of these tests.
func caseHouse() []program.Person {
	return []program.Person{
		{ID: "ketua", Role: program.Chair, Chat: 1, Active: true}, {ID: "wakil", Role: program.Chair, Chat: 2, Active: true},
		{ID: "rina", Role: program.Companion, Chat: 3, Active: true}, {ID: "yuli", Role: program.Companion, Chat: 4, Active: true},
		{ID: "kiki", Role: program.Companion, Chat: 5, Active: true}, {ID: "sari", Role: program.Secretary, Chat: 6, Active: true},
	}
}

// waiting is a case about one whom Rina accompanies, opened on Wednesday at ten and given to her.
func waiting(severity string) *reminder.Matter {
	m := program.Matter{
		ID: "RK", Kind: program.Case, Participant: "M-417", Owner: "rina", Author: "ketua", Status: "baru",
		OpenedAt: wed(0, 10, 0), ChangedAt: wed(0, 10, 0), Fields: program.Fields{"tingkat": {severity}, "jenis": {"lainnya"}},
	}
	m.Due = program.CaseDue(m, m.ChangedAt)
	return &reminder.Matter{Matter: m, Companion: "rina"}
}

// told is what is told of a matter from its opening on, each with its time, looked at every quarter of an
// hour for so many days.
func toldCases(t *testing.T, f reminder.Facts, days int) []string {
	t.Helper()
	book, err := reminder.New(reminder.Defaults(wib))
	if err != nil {
		t.Fatal(err)
	}
	if f.Matter != nil {
		f.Subject = program.SubjectOf(program.AboutMatter, f.Matter.ID)
	}
	if f.People == nil {
		f.People = caseHouse()
	}
	var all []string
	for now := wed(0, 10, 0); now.Before(wed(days, 10, 0)); now = now.Add(15 * time.Minute) {
		for _, r := range book.Look(f, now).Open {
			line := fmt.Sprintf("%s.%d %s %s", r.Rule, r.Step, r.Person, r.Due.In(wib).Format("02 15.04"))
			if !slices.Contains(all, line) {
				all = append(all, line)
			}
		}
	}
	return all
}

func TestTheLadderOfAWaitingCase(t *testing.T) {
	for _, c := range []struct {
		name     string
		severity string
		change   func(m *reminder.Matter, people []program.Person)
		want     string
	}{
		{"ordinary, not taken in time: the next morning, and a day later", "biasa", nil,
			"N07.0 rina 26 07.00, N07.2 ketua 27 07.00, N07.2 wakil 27 07.00"},
		{"soon: two hours later", "segera", nil, "N07.0 rina 26 07.00, N07.2 ketua 26 09.00, N07.2 wakil 26 09.00"},
		{"an emergency at any hour", "darurat", nil, "N07D.0 rina 25 12.00, N07D.2 ketua 25 12.30, N07D.2 wakil 25 12.30"},
		{"whoever stands in, half of the time later", "darurat", func(m *reminder.Matter, _ []program.Person) { m.Second = "yuli" },
			"N07D.0 rina 25 12.00, N07D.1 yuli 25 12.15, N07D.2 ketua 25 12.30, N07D.2 wakil 25 12.30"},
		{"in her place while the companion is away", "darurat", func(m *reminder.Matter, p []program.Person) { m.Second, p[2].Away = "yuli", "2026-11-30" },
			"N07D.0 yuli 25 12.00, N07D.2 ketua 25 12.30, N07D.2 wakil 25 12.30"},
		{"away, and nobody stands in", "darurat", func(_ *reminder.Matter, p []program.Person) { p[2].Away = "2026-11-30" },
			"N07D.0 rina 25 12.00, N07D.2 ketua 25 12.30, N07D.2 wakil 25 12.30"},
		{"without a phone: the others at once", "darurat", func(m *reminder.Matter, p []program.Person) { m.Second, p[2].Chat = "yuli", 0 },
			"N07D.1 yuli 25 12.00, N07D.2 ketua 25 12.00, N07D.2 wakil 25 12.00"},
		{"who has left", "segera", func(_ *reminder.Matter, p []program.Person) { p[2].Active = false },
			"N07.2 ketua 26 07.00, N07.2 wakil 26 07.00"},
		{"nobody has it", "segera", func(m *reminder.Matter, _ []program.Person) { m.Owner, m.Second = "", "yuli" },
			"N07.2 ketua 26 07.00, N07.2 wakil 26 07.00"},
		{"a chair has it: the other chair", "segera", func(m *reminder.Matter, _ []program.Person) { m.Owner = "ketua" },
			"N07.0 ketua 26 07.00, N07.2 wakil 26 09.00"},
		{"somebody else has it, and the second companion is asked to remind", "segera", func(m *reminder.Matter, _ []program.Person) { m.Owner, m.Second = "kiki", "yuli" },
			"N07.0 kiki 26 07.00, N07.1 yuli 26 08.00, N07.2 ketua 26 09.00, N07.2 wakil 26 09.00"},
		{"taken after its time: it has its patience again", "segera", func(m *reminder.Matter, _ []program.Person) {
			m.Status, m.ChangedAt = "diambil", wed(1, 10, 30)
			m.Due = program.CaseDue(m.Matter, m.ChangedAt)
		}, "N07.0 rina 26 12.30, N07.2 ketua 26 14.30, N07.2 wakil 26 14.30"},
		{"in hand: a week for the first action", "biasa", func(m *reminder.Matter, _ []program.Person) {
			m.Status, m.ChangedAt = "diambil", wed(0, 11, 0)
			m.Due = program.CaseDue(m.Matter, m.ChangedAt)
		}, ""},
		{"closed", "darurat", func(m *reminder.Matter, _ []program.Person) { m.Status = "selesai" }, ""},
		{"what cannot be read", "darurat", func(m *reminder.Matter, _ []program.Person) { m.Fields = nil }, ""},
	} {
		f := reminder.Facts{Matter: waiting(c.severity), People: caseHouse()}
		if c.change != nil {
			c.change(f.Matter, f.People)
		}
		if got := strings.Join(toldCases(t, f, 3), ", "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestAnOldCaseIsListed: what no emergency is makes no sense for ever; an emergency does.
func TestAnOldCaseIsListed(t *testing.T) {
	book, err := reminder.New(reminder.Defaults(wib))
	if err != nil {
		t.Fatal(err)
	}
	for severity, want := range map[string][2]int{"segera": {0, 3}, "darurat": {3, 0}} {
		f := reminder.Facts{Subject: "m/RK", Matter: waiting(severity), People: caseHouse()}
		found := book.Look(f, wed(16, 10, 0))
		if got := [2]int{len(found.Open), len(found.Late)}; got != want {
			t.Errorf("%s: open and late %v, want %v", severity, got, want)
		}
	}
}

// task is a special task for Rina on Friday at an hour, given by the chair on Wednesday at ten.
func task(hour int, status string) *reminder.Matter {
	return &reminder.Matter{Matter: program.Matter{
		ID: "TK", Kind: program.Task, Owner: "rina", Author: "ketua", Status: status, OpenedAt: wed(0, 10, 0), ChangedAt: wed(0, 10, 0),
		Fields: program.Fields{"mulai": {fmt.Sprintf("2026-11-27T%02d:00", hour)}},
	}}
}

func TestTheTimesOfATask(t *testing.T) {
	for _, c := range []struct {
		name   string
		hour   int
		status string
		change func(m *reminder.Matter, people []program.Person)
		want   string
	}{
		{"who said yes", 13, "diterima", nil, "N12.0 rina 26 17.00, N12.1 rina 27 07.00, N12.2 rina 28 09.00, N12.3 rina 01 09.00"},
		{"who has not answered, and whoever asked her", 13, "ditugaskan", nil,
			"N12.0 rina 26 17.00, N12.0 ketua 26 17.00, N12.1 rina 27 07.00, N12.1 ketua 27 07.00"},
		{"before seven: the evening before alone", 6, "diterima", nil, "N12.0 rina 26 17.00, N12.2 rina 28 09.00, N12.3 rina 01 09.00"},
		{"asked on the evening before", 13, "ditugaskan", func(m *reminder.Matter, _ []program.Person) { m.ChangedAt = wed(1, 18, 0) },
			"N12.1 rina 27 07.00, N12.1 ketua 27 07.00"},
		{"her own task", 13, "ditugaskan", func(m *reminder.Matter, _ []program.Person) { m.Author = "rina" }, "N12.0 rina 26 17.00, N12.1 rina 27 07.00"},
		{"whoever gave it has left: the chairs", 13, "ditugaskan", func(m *reminder.Matter, _ []program.Person) { m.Author = "gone" },
			"N12.0 rina 26 17.00, N12.0 ketua 26 17.00, N12.0 wakil 26 17.00, N12.1 rina 27 07.00, N12.1 ketua 27 07.00, N12.1 wakil 27 07.00"},
		{"who has no phone", 13, "diterima", func(_ *reminder.Matter, p []program.Person) { p[2].Chat = 0 }, ""},
		{"without a time", 13, "diterima", func(m *reminder.Matter, _ []program.Person) { m.Fields = nil }, ""},
		{"who cannot", 13, "ditolak", nil, ""},
		{"called off", 13, "batal", nil, ""},
		{"reported", 13, "selesai", nil, ""},
	} {
		f := reminder.Facts{Matter: task(c.hour, c.status), People: caseHouse()}
		if c.change != nil {
			c.change(f.Matter, f.People)
		}
		if got := strings.Join(toldCases(t, f, 9), ", "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestATaskIsNotTomorrowAnyMore: after an outage nobody is told of a day that is over.
func TestATaskIsNotTomorrowAnyMore(t *testing.T) {
	book, err := reminder.New(reminder.Defaults(wib))
	if err != nil {
		t.Fatal(err)
	}
	f := reminder.Facts{Subject: "m/TK", Matter: task(13, "diterima"), People: caseHouse()}
	found := book.Look(f, wed(2, 14, 0))
	if len(found.Open) != 0 || len(found.Late) != 2 {
		t.Errorf("open %v, late %v", found.Open, found.Late)
	}
}

func TestWhatWaitsForTheBoard(t *testing.T) {
	h := reminder.Facts{Subject: "h/", House: &reminder.House{Candidates: []program.Date{"2026-11-20", "2026-11-16"}}}
	want := "N18.0 ketua 07 09.00, N18.0 wakil 07 09.00, N18.0 sari 07 09.00, N18.0 ketua 14 09.00, N18.0 wakil 14 09.00, N18.0 sari 14 09.00"
	if got := strings.Join(toldCases(t, h, 20), ", "); got != want { // more than fourteen days on Tuesday, the first of December
		t.Errorf("candidates:\n got %s\nwant %s", got, want)
	}
	if n := reminder.WaitingLong(h.House.Candidates, "2026-12-07", reminder.Numbers{"waits": 14}); n != 2 {
		t.Errorf("%d wait for long", n)
	}
	if n := reminder.WaitingLong(h.House.Candidates, "2026-12-04", reminder.Numbers{"waits": 14}); n != 1 {
		t.Errorf("on the fourteenth day %d wait for long", n)
	}
	if got := toldCases(t, reminder.Facts{Subject: "h/", House: &reminder.House{}}, 20); len(got) != 0 {
		t.Errorf("nobody waits: %v", got)
	}
	p := reminder.Facts{Matter: &reminder.Matter{Matter: program.Matter{
		ID: "US", Kind: program.Proposal, Status: "diusulkan", Participant: "M-417", Author: "rina", OpenedAt: wed(-2, 8, 0),
	}}}
	want = "U1.0 ketua 30 09.00, U1.0 wakil 30 09.00, U1.0 ketua 07 09.00, U1.0 wakil 07 09.00"
	if got := strings.Join(toldCases(t, p, 13), ", "); got != want { // a week on Monday itself
		t.Errorf("a proposal:\n got %s\nwant %s", got, want)
	}
	p.Matter.Status = "disetujui"
	if got := toldCases(t, p, 13); len(got) != 0 {
		t.Errorf("decided: %v", got)
	}
}
