package flow_test

import (
	"os"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

func TestGraph(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.ID != "kunjungan" && f.ID != "usaha" {
			continue
		}
		file := "testdata/" + f.ID + ".mmd"
		got := flow.Graph(f, book.For("id"))
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: got\n%s", file, got)
		}
	}
}

func TestGraphEscapes(t *testing.T) {
	f := parse(t, small)
	got := flow.Graph(f, smallTexts().with("tamu.hasil.ask", `<b>Kata</b> "ya" #1?`))
	if want := `s_hasil["Kata #quot;ya#quot; #35;1?<br>hasil · choice"]`; !strings.Contains(got, want) {
		t.Errorf("no %s in\n%s", want, got)
	}
}
