package flow_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// words are texts for tests.
type words struct {
	lang string
	by   map[string]string
}

func (w words) Lang() string                               { return w.lang }
func (w words) Format(key string, _ map[string]any) string { return w.Text(key) }
func (w words) Has(key string) bool                        { _, ok := w.by[key]; return ok }
func (w words) Keys() []string                             { return slices.Sorted(maps.Keys(w.by)) }

func (w words) Text(key string) string {
	if s, ok := w.by[key]; ok {
		return s
	}
	return key
}

// with changes some texts; an empty one is taken away.
func (w words) with(pairs ...string) words {
	by := maps.Clone(w.by)
	for i := 0; i < len(pairs); i += 2 {
		by[pairs[i]] = pairs[i+1]
		if pairs[i+1] == "" {
			delete(by, pairs[i])
		}
	}
	return words{w.lang, by}
}

const small = `id: tamu
version: 1
icon: 🎩
command: tamu
keywords: [catat tamu]
start: [pendamping]
steps:
  - name: hasil
    kind: choice
    choices: [{code: baik, icon: ✅}, {code: belum, icon: 🌓}]
  - {name: semangat, kind: scale, min: 1, max: 3, optional: true}
  - {name: ikut, kind: yesno}
`

func smallTexts() words {
	return words{"id", map[string]string{
		"tamu.title": "Tamu", "tamu.saved": "Terima kasih, Kak.",
		"tamu.hasil.ask": "Bagaimana?", "tamu.hasil.name": "Hasil", "tamu.hasil.help": "Pilih. Contoh: <i>baik</i>",
		"tamu.hasil.choice.baik": "Baik", "tamu.hasil.choice.belum": "Belum",
		"tamu.semangat.ask": "Semangat?", "tamu.semangat.name": "Semangat", "tamu.semangat.help": "Contoh: <i>2</i>",
		"tamu.ikut.ask": "Ikut?", "tamu.ikut.name": "Ikut", "tamu.ikut.help": "Contoh: <i>ya</i>",
		"card.save": "Simpan",
	}}
}

func parse(t *testing.T, data string) *flow.Flow {
	t.Helper()
	f, err := flow.Parse("x.yaml", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestOurFlows is what `dampingi flows check` says about the flows and texts that come with
// the house: nothing.
func TestOurFlows(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	old, err := flows.Archive()
	if err != nil {
		t.Fatal(err)
	}
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	var ts []flow.Texts
	for _, lang := range book.Langs() {
		ts = append(ts, book.For(lang))
	}
	if len(ts) < 2 {
		t.Errorf("languages: %v", book.Langs())
	}
	for _, err := range flow.Check(append(all, old...), ts...) {
		t.Error(err)
	}
}

// TestTwoColumns keeps the choices of what is filled in most, and of what is gone through with a
// participant, short enough for two columns.
func TestTwoColumns(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range book.Langs() {
		for _, f := range all {
			if !slices.Contains([]string{"kontak", "kunjungan", "persetujuan", "usaha"}, f.ID) {
				continue
			}
			for i := range f.Steps {
				s := &f.Steps[i]
				for _, o := range s.Choices {
					label := o.Icon + " " + book.For(lang).Text(f.ChoiceKey(s.Name, o.Code))
					if n := len([]rune(label)); n > 14 {
						t.Errorf("%s: %q has %d characters", lang, label, n)
					}
				}
			}
		}
	}
}

func TestCheckTexts(t *testing.T) {
	base := smallTexts()
	if errs := flow.Check([]*flow.Flow{parse(t, small)}, base); len(errs) > 0 {
		t.Fatalf("the good one: %v", errs)
	}
	cases := []struct {
		pairs []string
		want  []string
	}{
		{[]string{"tamu.title", ""}, []string{"locales/id.toml: tamu.title is missing"}},
		{[]string{"tamu.hasil.help", ""}, []string{"locales/id.toml: tamu.hasil.help is missing"}},
		{[]string{"tamu.hasil.choice.baik", ""}, []string{"locales/id.toml: tamu.hasil.choice.baik is missing"}},
		{[]string{"tamu.hasil.aks", "Apa?"}, []string{"locales/id.toml: tamu.hasil.aks is used by nothing: did you mean tamu.hasil.ask?"}},
		{[]string{"tamu.ikut.skip", "Tidak"}, []string{"locales/id.toml: tamu.ikut.skip is used by nothing"}},
		{[]string{"tamu.semangat.skip", "Tidak"}, nil},
		{[]string{"tamu.semangat.skip", "Jangan dulu"}, []string{"locales/id.toml: tamu.semangat.skip is too long for a button: 11 characters with its icon, at most 10"}},
		{[]string{"tamu.semangat.choice.1", "Turun"}, []string{"locales/id.toml: tamu.semangat.choice.2 is missing", "locales/id.toml: tamu.semangat.choice.3 is missing"}},
		{[]string{"tamu.semangat.choice.1", "A", "tamu.semangat.choice.2", "B", "tamu.semangat.choice.3", "C"}, nil},
		{[]string{"tamu.semangat.choice.4", "A"}, []string{"locales/id.toml: tamu.semangat.choice.4 is used by nothing"}},
		{[]string{"tamu.ikut.choice.ya", "Boleh"}, []string{"locales/id.toml: tamu.ikut.choice.tidak is missing"}},
		{[]string{"tamu.ikut.choice.ya", "Boleh", "tamu.ikut.choice.tidak", "Tidak"}, nil},
		{[]string{"tamu.hasil.choice.baik", "Baik sekali dan seterusnya"}, []string{"locales/id.toml: tamu.hasil.choice.baik is too long for a button: 28 characters with its icon, at most 24"}},
		{[]string{"tamu.hasil.name", "Hasil dari kunjungan itu"}, []string{"locales/id.toml: tamu.hasil.name is too long for a button: 24 characters with its icon, at most 20"}},
		{[]string{"tamu.hasil.ask", strings.Repeat("a", 201)}, []string{"locales/id.toml: tamu.hasil.ask is too long: 201 characters, at most 200"}},
		{[]string{"tamu.hasil.ask", "<b>" + strings.Repeat("a", 200) + "</b>"}, nil},
		{[]string{"tamu.hasil.ask", "a\nb\nc\nd?"}, []string{"locales/id.toml: tamu.hasil.ask has 4 lines, at most 3"}},
		{[]string{"tamu.hasil.ask", "Siapa? Kapan?"}, []string{"locales/id.toml: tamu.hasil.ask asks more than one question"}},
		{[]string{"tamu.saved", " Terima kasih"}, []string{"locales/id.toml: tamu.saved is empty or has spaces around it"}},
		{[]string{"tamu.saved", "Terima kasih {{.Alias}}"}, []string{"locales/id.toml: tamu.saved is said as it is: {{.Alias}} would be seen"}},
		{[]string{"tamu.saved", "Terima 🙏 kasih 🙂"}, []string{"locales/id.toml: tamu.saved has more than one emoji"}},
		{[]string{"tamu.hasil.choice.baik", "✅ Baik"}, []string{"locales/id.toml: tamu.hasil.choice.baik has an emoji: the icon comes from the flow"}},
		{[]string{"tamu.title", "<b>Tamu</b>"}, []string{"locales/id.toml: tamu.title is a label: no markup and no second line"}},
		{[]string{"tamu.hasil.choice.baik", "belum"}, []string{"locales/id.toml: tamu.hasil.choice.belum has the label of baik"}},
		{[]string{"tamu.hasil.choice.baik", "Kembali"}, []string{`locales/id.toml: tamu.hasil.choice.baik is a command of the house: who types "Kembali" would not give the answer`}},
		{[]string{"card.save", "Untuk mantan PSK"}, []string{`locales/id.toml: card.save says "psk", which is never said`, `locales/id.toml: card.save says "mantan", which is never said`}},
		{[]string{"card.save", "Input tidak valid, Anda salah"}, []string{
			`locales/id.toml: card.save says "anda": say it as a kind colleague would`,
			`locales/id.toml: card.save says "valid": say it as a kind colleague would`,
			`locales/id.toml: card.save says "tidak valid": say it as a kind colleague would`,
			`locales/id.toml: card.save says "input": say it as a kind colleague would`,
		}},
		{[]string{"card.save", "Beranda, eksotis, {{.Anda}}"}, nil},
		{[]string{"tamu.saved", "kon<b>dom</b>"}, []string{`locales/id.toml: tamu.saved says "kondom", which is never said`}},
	}
	for _, c := range cases {
		var got []string
		for _, err := range flow.Check([]*flow.Flow{parse(t, small)}, base.with(c.pairs...)) {
			got = append(got, err.Error())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("with %q\ngot  %q\nwant %q", c.pairs, got, c.want)
		}
	}
}

func TestCheckLanguages(t *testing.T) {
	id := smallTexts().with("card.hello", "Halo {{.Alias}}, {{.Day}}", "tamu.semangat.skip", "Tidak")
	en := smallTexts().with("card.hello", "Hello {{.Name}}", "card.save", "", "card.bye", "Bye")
	en.lang = "en"
	en = en.with("tamu.semangat.skip", "")
	got := fmt.Sprint(flow.Check([]*flow.Flow{parse(t, small)}, id, en))
	want := "[locales/en.toml: card.hello has the placeholders [Name], id has [Alias Day] locales/id.toml: card.bye is missing, en has it locales/en.toml: card.save is missing, id has it]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCheckStarts(t *testing.T) {
	a := parse(t, small)
	b := parse(t, strings.NewReplacer("id: tamu", "id: lain", "command: tamu", "command: menu", "[catat tamu]", "[tamu, batal, lain lagi]").Replace(small))
	old := parse(t, strings.Replace(small, "version: 1", "version: 2", 1))
	var got []string
	for _, err := range flow.Check([]*flow.Flow{a, b, a, old}) {
		got = append(got, err.Error())
	}
	want := []string{
		`flow lain: "menu" is a command of the house`,
		`flow lain: "tamu" already starts the flow tamu`,
		`flow lain: "batal" is a command of the house`,
		"flow tamu version 1 is there twice",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestCheckReach(t *testing.T) {
	const head = `id: tamu
version: 1
icon: 🎩
command: tamu
start: [pendamping]
steps:
  - name: hasil
    kind: choice
    choices: [{code: a, icon: ✅}, {code: b, icon: 🌓}, {code: c, icon: 🌑}]
  - name: banyak
    kind: choices
    choices: [{code: tidak_ada, icon: ✅, alone: true}, {code: x, icon: 🌓}, {code: y, icon: 🌑}]
  - {name: hari, kind: count, min: 0, max: 2}
  - {name: uang, kind: amount}
  - {name: ya_a, kind: yesno, when: {hasil: a}}
  - {name: boleh, kind: yesno, optional: true}
  - {name: cara, kind: yesno, asked: never, default: ya}
`
	cases := []struct{ when, want string }{
		{"{hasil: a}", ""},
		{"{hasil: [a, b], not: {hasil: a}}", ""},
		{"{hasil: a, not: {hasil: a}}", "hasil"},
		{"{not: {hasil: [a, b]}}", ""},
		{"{not: {hasil: [a, b, c]}}", "hasil"},
		{"{not: {boleh: [ya, tidak]}}", ""},
		{"{boleh: ya, not: {boleh: [ya, tidak]}}", "boleh"},
		{"{ya_a: ya}", ""},
		{"{ya_a: ya, hasil: [b, c]}", "hasil"},
		{"{ya_a: ya, not: {hasil: [a]}}", "hasil"},
		{"{not: {ya_a: [ya, tidak], hasil: [b, c]}}", ""},
		{"{banyak: [x], not: {banyak: [y]}}", ""},
		{"{banyak: [x, tidak_ada], not: {banyak: [x]}}", ""},
		{"{banyak: [x], not: {banyak: [x]}}", "banyak"},
		{"{not: {banyak: [x, y]}}", ""},
		{"{not: {banyak: [x, y, tidak_ada]}}", "banyak"},
		{"{hari: [0, 1], not: {hari: 0}}", ""},
		{"{hari: 0, not: {hari: 0}}", "hari"},
		{"{not: {hari: [0, 1, 2]}}", "hari"},
		{"{not: {uang: [0, 1]}}", ""},
		{"{uang: 0, not: {uang: 0}}", "uang"},
		{"{not: {cara: [ya, tidak]}}", "cara"},
	}
	for _, c := range cases {
		f := parse(t, head+"  - {name: akhir, kind: yesno, when: "+c.when+"}\n")
		want := "[]"
		if c.want != "" {
			want = fmt.Sprintf(`[flow tamu: step "akhir" can never be asked: no answer to %q allows it]`, c.want)
		}
		if got := fmt.Sprint(flow.Check([]*flow.Flow{f})); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", c.when, got, want)
		}
	}
	dead := parse(t, "id: tamu\nversion: 1\nicon: 🎩\ncommand: tamu\nstart: [ketua]\nsteps:\n  - {name: a, kind: yesno, asked: never, default: ya}\n")
	if got := fmt.Sprint(flow.Check([]*flow.Flow{dead})); got != "[flow tamu: no step is ever asked]" {
		t.Error(got)
	}
}
