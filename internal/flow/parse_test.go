package flow_test

import (
	"bytes"
	"errors"
	"flag"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

var update = flag.Bool("update", false, "write the wanted results anew")

// TestParseWrong holds every sentence that an author may read, with its place.
func TestParseWrong(t *testing.T) {
	const file = "testdata/wrong.txtar"
	comment, all := readSections(t, file)
	for i := 0; i+1 < len(all); i += 2 {
		in, want := all[i], &all[i+1]
		name := strings.TrimSuffix(in.name, ".yaml")
		if want.name != name+".want" {
			t.Fatalf("%s is not followed by its want", in.name)
		}
		t.Run(name, func(t *testing.T) {
			f, err := flow.Parse(in.name, in.data)
			if err == nil {
				t.Fatalf("no problem found, got %+v", f)
			}
			if f != nil {
				t.Error("a flow beside problems")
			}
			got := strings.ReplaceAll(err.Error(), in.name+":", "") + "\n"
			if *update {
				want.data = []byte(got)
			} else if got != string(want.data) {
				t.Errorf("got\n%swant\n%s", got, want.data)
			}
		})
	}
	if *update {
		writeSections(t, file, comment, all)
	}
}

func TestParseKunjungan(t *testing.T) {
	f := parseFile(t, "kunjungan.yaml")
	if f.ID != "kunjungan" || f.Version != 2 || f.Icon != "🏠" || f.About != flow.Participant {
		t.Errorf("head: %+v", f)
	}
	if !reflect.DeepEqual(f.Keywords, []string{"catat kunjungan", "kunjungan"}) || !slices.Contains(f.Start, "koordinator") || slices.Contains(f.Start, "ketua") {
		t.Errorf("starts: %v %v", f.Keywords, f.Start)
	}
	want := flow.Question{
		Name: "lama_menit", Kind: flow.Count, Asked: flow.Later, Optional: true,
		Min: 5, Max: 480, Quick: []int64{15, 30, 60, 90},
	}
	if got, _ := f.Step("lama_menit"); !reflect.DeepEqual(*got, want) {
		t.Errorf("lama_menit: %+v", *got)
	}
	kendala, _ := f.Step("kendala")
	if !reflect.DeepEqual(kendala.When, []flow.Cond{{Step: "hasil", In: []string{"tercapai", "sebagian", "belum"}}}) {
		t.Errorf("when: %+v", kendala.When)
	}
	if len(kendala.Choices) != 15 || !kendala.Choices[0].Alone || kendala.Choices[1].More || !kendala.Choices[14].More {
		t.Errorf("choices: %+v", kendala.Choices)
	}
	if !reflect.DeepEqual(f.Save, flow.Save{OccurredOn: "tanggal", FollowUps: []string{"tindak_lanjut_tanggal"}}) {
		t.Errorf("save: %+v", f.Save)
	}
	if len(f.Digest) != 4 || f.Digest[0] != (flow.Figure{Kind: flow.FigureCount, Change: true}) || f.Digest[3].Of != "kendala" {
		t.Errorf("digest: %+v", f.Digest)
	}
}

func TestParseUsaha(t *testing.T) {
	f := parseFile(t, "usaha.yaml")
	omzet, _ := f.Step("omzet")
	if !reflect.DeepEqual(omzet.When, []flow.Cond{{Step: "jalan_hari", In: []string{"0"}, Not: true}}) {
		t.Errorf("when: %+v", omzet.When)
	}
	laba, _ := f.Step("laba")
	if !laba.Negative || laba.Usual != 5000 || laba.Asked != flow.Later {
		t.Errorf("laba: %+v", *laba)
	}
}

func TestParseDefaults(t *testing.T) {
	f, err := flow.Parse("a.yaml", []byte(`id: tamu
version: 1
icon: 👩🏽‍🍳
command: tamu
start: [ketua]
steps:
  - {name: kapan, kind: date, tense: past, default: today}
  - {name: kabar, kind: text}
  - {name: uang, kind: amount, max: 1_000_000, default: 0}
  - {name: ikut, kind: yesno, when: {uang: 0, not: {kapan2: x}}}
`))
	if err == nil || !strings.Contains(err.Error(), `a.yaml:10:53: when: there is no step "kapan2"`) {
		t.Fatalf("want the unknown step, got %v, %v", f, err)
	}
	f, err = flow.Parse("a.yaml", []byte(`id: tamu
version: 1
icon: 👩🏽‍🍳
command: tamu
start: [ketua]
steps:
  - {name: kapan, kind: date, tense: past, default: today}
  - {name: kabar, kind: text}
  - {name: uang, kind: amount, max: 1_000_000, default: 0}
  - {name: ikut, kind: yesno, when: {uang: 0}}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []flow.Question{
		{Name: "kapan", Kind: flow.Date, Asked: flow.Always, Tense: flow.Past, Days: 366, Default: "today"},
		{Name: "kabar", Kind: flow.Text, Asked: flow.Always, Length: 500},
		{Name: "uang", Kind: flow.Amount, Asked: flow.Always, Max: 1_000_000, Default: "0"},
		{Name: "ikut", Kind: flow.YesNo, Asked: flow.Always, When: []flow.Cond{{Step: "uang", In: []string{"0"}}}},
	}
	if !reflect.DeepEqual(f.Steps, want) {
		t.Errorf("steps: %+v", f.Steps)
	}
}

// TestRoles keeps the roles of flows and of the domain the same.
func TestRoles(t *testing.T) {
	var names []string
	for _, r := range program.Roles() {
		names = append(names, string(r))
	}
	_, err := flow.Parse("a.yaml", []byte("start: [x]"))
	if want := "known are " + strings.Join(names, ", "); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("want %s in %v", want, err)
	}
}

func TestParseHostile(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'z'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+",", 9) + "]\n"
	}
	cases := map[string]string{
		"bomb":     bomb,
		"deep":     strings.Repeat("[", 100_000),
		"deep map": strings.Repeat("{a: ", 30_000),
		"dashes":   strings.Repeat("- ", 60_000),
		"keys":     "steps: {" + strings.Repeat("a: 1, ", 20_000) + "}",
		"steps":    "steps: [" + strings.Repeat("a, ", 40_000) + "]",
		"huge":     strings.Repeat("id: tamu\n", 1_000_000),
		"binary":   "id: \xff\xfe",
		"nul":      "id: \x00",
		"utf-16":   "\xff\xfei\x00d\x00",
		"merge":    "<<: *x\n",
		"cycle":    "a: &a [*a]\n",
		"keyed":    "? {? [a]: b}\n: c\n",
	}
	for name, data := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := flow.Parse("x.yaml", []byte(data)) // a bomb that goes off never ends
			var all flow.Problems
			if !errors.As(err, &all) || len(all) == 0 || len(all) > 101 {
				t.Fatalf("want some problems, got %d: %.200v", len(all), err)
			}
			if len(err.Error()) > 50_000 {
				t.Errorf("%d bytes of problems", len(err.Error()))
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"kunjungan.yaml", "usaha.yaml"} {
		data, err := flows.Files.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	_, wrong := readSections(f, "testdata/wrong.txtar")
	for _, s := range wrong {
		f.Add(s.data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := flow.Parse("x.yaml", data)
		if (got == nil) == (err == nil) {
			t.Fatalf("want a flow or problems, got %v and %v", got, err)
		}
		lines := bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) + 2
		var all flow.Problems
		if err != nil && !errors.As(err, &all) {
			t.Fatalf("no Problems: %T", err)
		}
		for _, p := range all {
			if p.Line < 1 || p.Column < 1 || p.Line > lines+10 || p.Text == "" || strings.Contains(p.Text, "\n") {
				t.Fatalf("odd problem %+v", p)
			}
		}
		if got != nil {
			flow.Check([]*flow.Flow{got}, smallTexts())
			flow.Graph(got, smallTexts())
		}
		again, _ := flow.Parse("x.yaml", data)
		if !reflect.DeepEqual(got, again) {
			t.Fatal("two readings differ")
		}
	})
}

func parseFile(t *testing.T, name string) *flow.Flow {
	t.Helper()
	data, err := flows.Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := flow.Parse(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
