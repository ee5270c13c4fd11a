package texts_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/dampingi/dampingi/internal/texts"
)

const indonesian = `
[menu]
hello = "Halo, Kak <b>{{.Alias}}</b>. {{.Rest}}"
static = "Simpan"
[menu.visits]
other = "{{.N}} kunjungan"
`

const english = `
[menu]
hello = "Hello <b>{{.Alias}}</b>. {{.Rest}}"
static = "Save"
[menu.visits]
one = "one visit of {{.Alias}}"
other = "{{.N}} visits of {{.Alias}}"
`

func book(t testing.TB) *texts.Book {
	t.Helper()
	b, err := texts.Load(fstest.MapFS{"id.toml": {Data: []byte(indonesian)}, "en.toml": {Data: []byte(english)}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFor(t *testing.T) {
	b := book(t)
	for lang, want := range map[string]string{
		"id": "id", "en": "en", "en-GB": "en", "en_US": "en", "EN-us": "en", "": "id", "fr": "id", "min-ID": "id",
	} {
		if got := b.For(lang).Lang(); got != want {
			t.Errorf("For(%q) is %s, want %s", lang, got, want)
		}
	}
	if got := b.Langs(); !slices.Equal(got, []string{"en", "id"}) {
		t.Errorf("langs %v", got)
	}
}

func TestWords(t *testing.T) {
	id, en := book(t).For("id"), book(t).For("en")
	cases := []struct{ got, want string }{
		{id.Text("menu.static"), "Simpan"},
		{id.Text("menu.nothing"), "menu.nothing"},
		{id.Format("menu.nothing", nil), "menu.nothing"},
		{id.Count("menu.nothing", 1, nil), "menu.nothing"},
		{id.Plain("menu.nothing", nil), "menu.nothing"},
		{id.Text("menu.hello"), "Halo, Kak <b>{{.Alias}}</b>. {{.Rest}}"},
		{
			id.Format("menu.hello", map[string]any{"Alias": "<i>M & \"N\"", "Rest": texts.HTML("<i>ya</i>")}),
			"Halo, Kak <b>&lt;i&gt;M &amp; &#34;N&#34;</b>. <i>ya</i>",
		},
		{id.Plain("menu.hello", map[string]any{"Alias": "M & N", "Rest": 3}), "Halo, Kak <b>M & N</b>. 3"},
		{id.Format("menu.hello", map[string]any{"Alias": int64(-7)}), "Halo, Kak <b>-7</b>. {{.Rest}}"},
		{id.Format("menu.static", map[string]any{"Alias": "x"}), "Simpan"},
		{id.Count("menu.visits", 1, nil), "1 kunjungan"},
		{en.Count("menu.visits", 1, map[string]any{"Alias": "<M>"}), "one visit of &lt;M&gt;"},
		{en.Count("menu.visits", 21, map[string]any{"Alias": "M"}), "21 visits of M"},
		{en.Count("menu.visits", 0, map[string]any{"Alias": "M"}), "0 visits of M"},
		{en.Count("menu.visits", -1, map[string]any{"Alias": "M"}), "one visit of M"},
		{en.Count("menu.visits", 2, map[string]any{"Alias": "M", "N": "two"}), "two visits of M"},
		{en.Count("menu.visits", -1<<63, map[string]any{"Alias": "M"}), "-9223372036854775808 visits of M"},
		{en.Text("menu.visits"), "{{.N}} visits of {{.Alias}}"},
		{fmt.Sprint(en.Keys()), "[menu.hello menu.static menu.visits]"},
		{fmt.Sprint(en.Forms("menu.visits")), "[{{.N}} visits of {{.Alias}} one visit of {{.Alias}}]"},
		{fmt.Sprint(en.Forms("menu.none")), "[]"},
	}
	for i, c := range cases {
		if c.got != c.want {
			t.Errorf("%d: got %q, want %q", i, c.got, c.want)
		}
	}
	if !id.Has("menu.static") || id.Has("menu") {
		t.Error("Has")
	}
	id.Keys()[0] = "changed"
	if id.Keys()[0] == "changed" {
		t.Error("Keys can be written to")
	}
}

func TestLoadReportsAll(t *testing.T) {
	_, err := texts.Load(fstest.MapFS{
		"en.toml": {Data: []byte(`
empty = ""
Key = "x"
space = " x"
[a]
open = "{{.Alias"
close = "Alias}}"
pipe = "{{.Alias | html}}"
lower = "{{.alias}}"
tag = "<div>x</div>"
unclosed = "<b>x"
crossed = "<b><i>x</b></i>"
amp = "a & b"
less = "a < b"
more = "a > b"
entity = "a &nbsp; b"
[b.plural]
one = "{{.Alias}} one"
few = "few"
other = "{{.Name}} {{.N}}"
[b.half]
two = "x"
other = "y"
[c.delims]
leftdelim = "<<"
other = "y"
`)},
		"klingon!.toml": {Data: []byte(`a = "x"`)},
		"ms.toml":       {Data: []byte("a = \"x\"\nb = [\n")},
		"jv.toml":       {Data: []byte("[a]\none = \"x\"\nthing = \"y\"\n")},
	})
	if err == nil {
		t.Fatal("want mistakes")
	}
	got := err.Error()
	for _, want := range []string{
		"id.toml: the language of everybody without another is missing",
		"en.toml: empty: there is no text",
		"en.toml: Key: a key is small letters, digits, _ and dots",
		"en.toml: space: a space or a line starts or ends the text",
		"en.toml: a.open: {{ without }}",
		"en.toml: a.close: }} without {{",
		"en.toml: a.pipe: {{.Alias | html}}: want {{.Name}}",
		"en.toml: a.lower: {{.alias}}: want {{.Name}}",
		"en.toml: a.tag: <div: not a tag that Telegram knows",
		"en.toml: a.unclosed: <b> is not closed",
		"en.toml: a.crossed: </b> closes what is not open",
		"en.toml: a.amp: a bare &: write &amp;",
		"en.toml: a.less: < b: not a tag",
		"en.toml: a.more: a bare >: write &gt;",
		"en.toml: a.entity: a bare &",
		`en.toml: b.plural: the language has no form "few"`,
		`en.toml: b.plural: the form "one" has the placeholders [Alias], other has [Name]`,
		`en.toml: b.half: the form "one" is missing`,
		`en.toml: b.half: the language has no form "two"`,
		"en.toml: c.delims: delimiters",
		"klingon!.toml: the file's name is no language",
		"ms.toml:2:6: unexpected EOF",
		"jv.toml: reserved keys [one] mixed with unreserved keys [thing]",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if t.Failed() {
		t.Log("\n" + got)
	}
}

func TestTextAllocatesNothing(t *testing.T) {
	w := book(t).For("id")
	if n := testing.AllocsPerRun(100, func() { _ = w.Text("menu.static") + w.Format("menu.static", nil)[:0] }); n != 0 {
		t.Errorf("%v allocations for a static text", n)
	}
	args := map[string]any{"Alias": "Melati", "Rest": ""}
	if n := testing.AllocsPerRun(100, func() { _ = w.Format("menu.hello", args) }); n > 1 {
		t.Errorf("%v allocations for a text with values", n)
	}
}

func TestConcurrentUse(t *testing.T) {
	b := book(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			w := b.For("en")
			for range 200 {
				if got := w.Count("menu.visits", i, map[string]any{"Alias": "M"}); !strings.HasSuffix(got, "of M") {
					t.Error(got)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkText(b *testing.B) {
	w := book(b).For("id")
	b.ReportAllocs()
	for b.Loop() {
		_ = w.Text("menu.static")
	}
}

func BenchmarkFormat(b *testing.B) {
	w := book(b).For("id")
	args := map[string]any{"Alias": "Melati", "Rest": "Apa kabar?"}
	b.ReportAllocs()
	for b.Loop() {
		_ = w.Format("menu.hello", args)
	}
}
