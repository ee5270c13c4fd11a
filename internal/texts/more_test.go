package texts_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/dampingi/dampingi/internal/texts"
)

// file is a message file of a test.
func file(content string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(content)} }

func TestABookWithMoreSaysBoth(t *testing.T) {
	house, err := texts.Load(fstest.MapFS{"id.toml": file("[card]\nmenu = 'Menu'"), "en.toml": file("[card]\nmenu = 'Menu!'")})
	if err != nil {
		t.Fatal(err)
	}
	both, err := house.With(fstest.MapFS{"id.toml": file("[pasar]\ntitle = 'Pasar'"), "en.toml": file("[pasar]\ntitle = 'Market'")})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range [][3]string{{"id", "card.menu", "Menu"}, {"en", "card.menu", "Menu!"}, {"id", "pasar.title", "Pasar"}, {"en", "pasar.title", "Market"}} {
		if got := both.For(tt[0]).Text(tt[1]); got != tt[2] {
			t.Errorf("%s %s = %q", tt[0], tt[1], got)
		}
	}
	if house.For("id").Has("pasar.title") {
		t.Error("the house's own book has changed")
	}
	if keys := strings.Join(both.For("en").Keys(), " "); keys != "card.menu pasar.title" {
		t.Errorf("keys %s", keys)
	}
}

func TestWhatIsAddedChangesNothing(t *testing.T) {
	house, err := texts.Load(fstest.MapFS{"id.toml": file("[card]\nmenu = 'Menu'"), "en.toml": file("[card]\nmenu = 'Menu'")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = house.With(fstest.MapFS{"id.toml": file("[card]\nmenu = 'Lain'"), "su.toml": file("[pasar]\ntitle = 'Pasar'")})
	for _, want := range []string{"id.toml: card.menu: the house says this already", "en.toml: the file is missing", "su.toml: the house does not speak this language"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}
