package discreet

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/texts"
)

// valuesFor gives every placeholder of a text a value.
func valuesFor(text, value string) map[string]any {
	args := map[string]any{}
	for _, m := range regexp.MustCompile(`\{\{\.([A-Za-z0-9]+)\}\}`).FindAllStringSubmatch(text, -1) {
		args[m[1]] = value
	}
	return args
}

// TestEveryPageKeepsToWhatIsSaid fills every page and looks for what is never said to her.
func TestEveryPageKeepsToWhatIsSaid(t *testing.T) {
	for _, words := range languages(t) {
		for key := PageKey(1); key < pageKeys; key++ {
			name := pageTexts()[key]
			if name == "" || !words.Has(name) {
				t.Errorf("%s: page %d has no text %q", words.Lang(), key, name)
				continue
			}
			if word, bad := Unsayable(words.Text(name)); bad {
				t.Errorf("%s: %s says %q", words.Lang(), name, word)
			}
			got := Open(words, key, valuesFor(words.Text(name), "09.00")).String()
			if got == emptiest || strings.Contains(got, "{{") || len([]rune(shown(got))) > 1000 {
				t.Errorf("%s: %s: %q", words.Lang(), name, got)
			}
			if args := valuesFor(words.Text(name), "x"); len(args) > 0 {
				if got := Open(words, key, nil); got != (Page{}) {
					t.Errorf("%s: %s shows its placeholders: %s", words.Lang(), name, got.String())
				}
			}
		}
		for _, key := range words.Keys() {
			if word, bad := Unsayable(words.Text(key)); bad && strings.HasPrefix(key, "discreet.") {
				t.Errorf("%s: %s says %q", words.Lang(), key, word)
			}
		}
	}
}

// TestPageValues tries what a value may try.
func TestPageValues(t *testing.T) {
	words := indonesian(t)
	note := func(v any) string { return Open(words, PageOwnNote, map[string]any{"Text": v}).String() }
	for _, c := range []struct {
		value any
		want  string
	}{
		{"warung sendiri", "“warung sendiri”"},
		{"<b>& \"warung\"", "“&lt;b&gt;&amp; &#34;warung&#34;”"},
		{texts.HTML("<a href='x'>y</a>"), "“&lt;a href=&#39;x&#39;&gt;y&lt;/a&gt;”"}, // says of itself that it is safe
		{errors.New("<i>"), "“&lt;i&gt;”"},
		{7, "“7”"}, {nil, "“”"}, {"{{.Text}}", "“{ {.Text}}”"},
		{"ikut program", "“…”"}, {"dulu P.S.K", "“…”"}, {texts.HTML("mantan"), "“…”"},
		{NounCooking, "“kelas masak”"}, {NounTheme, "“kabar”"}, {Noun(200), "“kabar”"}, {PlaceHall, "“di aula”"}, {PlaceNone, "“”"}, {Place(200), "“”"},
		{Line{"besok"}, "“line”"},
	} {
		if got := note(c.value); !strings.Contains(got, c.want) {
			t.Errorf("%v: %s, want %s", c.value, got, c.want)
		}
	}
	args := map[string]any{"Day": "Kamis, 26 Nov", "Hour": "09.00", "Noun": NounTheme.For(program.ThemeCooking), "Place": PlaceNone}
	if got := Open(words, PageSchedule, args).String(); got != "<b>Kamis, 26 Nov jam 09.00</b>\nkelas masak\n\nBisa ikut?" {
		t.Errorf("%q", got)
	}
	if args["Place"] != PlaceNone || len(args) != 4 {
		t.Error("the caller's values were changed")
	}
}

// TestSpoiltPages puts into the texts what is never said, and leaves out what is needed.
func TestSpoiltPages(t *testing.T) {
	words := indonesian(t)
	bad := spoilt{words, map[string]string{"discreet.page.nothing": "Belum ada kasus baru.", "discreet.page.pempek": "Pempek untuk pendamping"}}
	for what, got := range map[string]Page{
		"a bad text": Open(bad, PageNothing, nil), "no words": Open(nil, PageNothing, nil), "no page": Open(words, 0, nil), "one beyond": Open(words, pageKeys, nil),
		"a recipe that tells": Harmless(bad, "resep pempek", 0), "no words for a recipe": Harmless(nil, "", 0),
	} {
		if got != (Page{}) {
			t.Errorf("%s: %s", what, got.String())
		}
	}
}

// TestStack puts pages under one another.
func TestStack(t *testing.T) {
	words := indonesian(t)
	nothing, stopped := Open(words, PageNothing, nil), Open(words, PageStopped, nil)
	if got, want := Stack(nothing, Page{}, stopped).String(), nothing.String()+"\n\n"+stopped.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestHarmless chooses by a word of the phrase.
func TestHarmless(t *testing.T) {
	words := indonesian(t)
	for _, c := range []struct {
		phrase string
		n      int
		want   PageKey
	}{
		{"resep pempek", 0, pagePempek}, {"RESEP PEMPEK dong kak", 3, pagePempek}, {"ikan gabus", 0, pagePempek}, {"resep bolu kukus", 0, pageCake}, {"kue lapis", 0, pageCake},
		{"simpan cabe", 0, pageSpice}, {"bumbu rendang", 0, pageSpice}, {"sambal", -1, pageSpice}, {"harga telur", 0, pageMarket}, {"pasar pagi", 0, pageMarket}, {"belanja bulanan", 0, pageMarket},
		{"cuci baju", 0, pageStain}, {"mencuci selimut", 0, pageStain}, {"noda kopi", 0, pageStain}, {"berikan tips noda", 0, pageStain},
		{"harga cabe", 0, pageSpice}, {"harga cabe", 1, pageMarket}, {"harga cabe", 2, pageSpice}, {"harga cabe", -1, pageMarket},
		{"tanya kabar", 0, pagePempek}, {"tanya kabar", 4, pagePempek}, {"", 0, pagePempek}, {"memberikan", 0, pagePempek}, {"\xff", -9, pagePempek}, {"kue\u200b", 0, pageCake},
	} {
		if got, want := Harmless(words, c.phrase, c.n), Open(words, c.want, nil); got != want {
			t.Errorf("%q, %d: %.40s, want %.40s", c.phrase, c.n, got.String(), want.String())
		}
	}
}

// TestEveryHarmlessPageIsOrdinary holds what answers a kata aman: several useful lines, and not a
// word of the house, nor of her.
func TestEveryHarmlessPageIsOrdinary(t *testing.T) {
	for _, words := range languages(t) {
		for _, h := range homelies() {
			page := Harmless(words, h.words[0], 0)
			lines := strings.Split(page.String(), "\n")
			if len(lines) < 5 {
				t.Errorf("%s: %s has %d lines", words.Lang(), pageTexts()[h.page], len(lines))
			}
			for _, l := range lines {
				if n := len([]rune(shown(l))); n < 8 || n > 90 {
					t.Errorf("%s: %q is no short line", words.Lang(), l)
				}
			}
			said := strings.ToLower(page.String())
			for _, word := range []string{"kak", "kelas", "jadwal", "catatan", "class", "schedule", "help"} {
				if strings.Contains(said, word) {
					t.Errorf("%s: %s says %q, which belongs to us", words.Lang(), pageTexts()[h.page], word)
				}
			}
			if word, bad := Forbidden(page.String()); bad {
				t.Errorf("%s: %s says %q", words.Lang(), pageTexts()[h.page], word)
			}
		}
	}
}
