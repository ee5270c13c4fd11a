package handout_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/handout"
	"github.com/dampingi/dampingi/internal/paper"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// week is a week with twelve looks at businesses, of which four went down.
func week() digest.Figures {
	r := digest.Raw{Week: "2026-11-16", Reports: map[string][digest.Weeks]int{digest.FlowVisit: {3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610}}}
	for i := range 12 {
		code := "naik"
		if i >= 8 {
			code = "turun"
		}
		r.Told = append(r.Told, digest.Told{Flow: digest.FlowTrade, Who: string(rune('a' + i)), Answers: []digest.Answer{{Field: "arah", Code: code}}})
		r.People = append(r.People, digest.Person{Stage: program.Trading, Accepted: true}, digest.Person{Stage: program.Bimtek, Accepted: true})
	}
	for range 3 {
		r.People = append(r.People, digest.Person{Stage: program.Capital, Accepted: true})
	}
	return digest.Make(r, time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))
}

// speaker is what says things in a language.
func speaker(t testing.TB, lang string) digest.Speaker {
	t.Helper()
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	words := book.For(lang)
	return digest.Speaker{
		Words: words, Zone: time.FixedZone("WIB", 7*60*60), Address: words.Text("say.board"),
		Choice: func(flow, field, code string) string { return words.Text(flow + "." + field + ".choice." + code) },
		Status: func(m program.Matter) string { return words.Text("status." + string(m.Kind) + "." + m.Status) },
		Group:  func(g program.GuestGroup) string { return words.Text("guests." + string(g)) },
		Staff:  func(id string) string { return id },
		Quote:  func(string) string { return "" },
	}
}

// TestPicturesSayInWordsWhatTheyShow: three of them, each with a caption that can be sent and in which
// nothing stands that the digest hides; the same week gives the same bytes.
func TestPicturesSayInWordsWhatTheyShow(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"id", "en"} {
		s := speaker(t, lang)
		first, err := handout.Pictures(week(), s)
		if err != nil || len(first) != 3 {
			t.Fatal(len(first), err)
		}
		again, err := handout.Pictures(week(), s)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range first {
			if !bytes.Equal(p.PNG, again[i].PNG) || p.Caption != again[i].Caption || !bytes.HasPrefix(p.PNG, []byte("\x89PNG")) {
				t.Errorf("%s %s differs", lang, p.Name)
			}
			if n := len([]rune(p.Caption)); n > 1024 {
				t.Errorf("%s: a caption of %d", p.Name, n)
			}
		}
		if lang == "id" {
			for i, want := range []string{"16 Nov: 610\nRencana 7 sepekan", "Arah usaha per pekan\nPekan yang lain: terlalu sedikit untuk dirinci.", "Belajar: <5\nMenyiapkan modal: <5\nUsaha berjalan: 12\nMandiri: <5"} {
				if !strings.Contains(first[i].Caption, want) {
					t.Errorf("%s says\n%s", first[i].Name, first[i].Caption)
				}
			}
		}
	}
}

// TestTheWeekOnPaper: a workbook and a PDF with all blocks, the same every time.
func TestTheWeekOnPaper(t *testing.T) {
	t.Parallel()
	s := speaker(t, "id")
	pictures, err := handout.Pictures(week(), s)
	if err != nil {
		t.Fatal(err)
	}
	doc := handout.Document(week(), s, pictures)
	for name, write := range map[string]func(paper.Document) ([]byte, error){"xlsx": paper.XLSX, "pdf": paper.PDF} {
		one, err := write(doc)
		if err != nil {
			t.Fatal(err)
		}
		if two, err := write(handout.Document(week(), s, pictures)); err != nil || !bytes.Equal(one, two) {
			t.Errorf("%s differs: %v", name, err)
		}
	}
	heads := ""
	for _, section := range doc.Sections {
		heads += section.Head + "|"
		for _, line := range section.Lines {
			if strings.Contains(line, "<b>") || strings.Contains(line, "&lt;") {
				t.Errorf("a line with tags: %q", line)
			}
		}
	}
	if doc.Title != "Rangkuman 16–22 Nov 2026" || !strings.Contains(heads, "Proses|Bentuk|Strategi|Usaha|Respon kasus|") {
		t.Errorf("%q: %s", doc.Title, heads)
	}
	if name := handout.Name(week(), ".pdf"); name != "rangkuman-2026-W47.pdf" {
		t.Error(name)
	}
}

// TestAFileSaysWhoseWeekItIs: the institution's name stands on what is printed, below the title, and nowhere else.
func TestAFileSaysWhoseWeekItIs(t *testing.T) {
	t.Parallel()
	s := speaker(t, "id")
	without := handout.Document(week(), s, nil)
	s.House = "Lembaga Kharisma"
	with := handout.Document(week(), s, nil)
	if with.Title != without.Title || with.Sections[0].Lines[0] != s.House {
		t.Errorf("%q, then %v", with.Title, with.Sections[0])
	}
	if text, _ := week().Text(s); strings.Contains(text, s.House) {
		t.Error("it stands in the chat")
	}
}
