package bahasa_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/bahasa"
)

func TestVisible(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":             {"", ""},
		"a sentence":          {"jualan laku 450rb\nmodal 200rb", "jualan laku 450rb\nmodal 200rb"},
		"accents and scripts": {"café — Ēlang · 你好 · مريم", "café — Ēlang · 你好 · مريم"},
		"an override":         {"Hasil\u202E :isaH\u202C", "Hasil :isaH"},
		"isolates":            {"\u2066a\u2067b\u2068c\u2069", "abc"},
		"embeddings":          {"\u202Aa\u202Bb\u202Dc", "abc"},
		"marks of direction":  {"a\u200Eb\u200Fc\u061Cd", "abcd"},
		"no width":            {"rum\u200Bah\uFEFF sa\u2060kit\u00AD", "rumah sakit"},
		"a joiner in a word":  {"ru\u200Dmah", "rumah"},
		"a family":            {"👩\u200D👩\u200D👧 datang", "👩\u200D👩\u200D👧 datang"},
		"skin and heart":      {"👩🏽\u200D🍳 ❤\uFE0F\u200D🔥", "👩🏽\u200D🍳 ❤\uFE0F\u200D🔥"},
		"a joiner at the end": {"👩\u200D", "👩"},
		"hidden tags":         {"ya\U000E0074\U000E0069\U000E0064", "ya"},
		"controls":            {"a\x00b\x1b[31m\x7f\u0085c\r\nd", "ab[31mc\nd"},
		"separators":          {"a\u2028b\u2029c", "a\nb\nc"},
		"letters unseen":      {"\u3164\u115F\u1160\uFFA0\u034F", ""},
		"no UTF-8":            {"a\xff\xfeb", "a\uFFFD\uFFFDb"},
	} {
		if got := bahasa.Visible(tt.text); got != tt.want {
			t.Errorf("%s: %+q, want %+q", name, got, tt.want)
		}
	}
}

// TestVisibleIsSettled: doing it twice is doing it once, whatever is written.
func TestVisibleIsSettled(t *testing.T) {
	t.Parallel()
	letters := []rune("ab 1\n\t\u200D\u200B\u202E\u2069\u2028👩❤\uFE0F🏽\U000E0074\uFFFD\u0085")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom(letters)).Draw(t, "text") + rapid.SampledFrom([]string{"", "\xff", "\xe2\x80"}).Draw(t, "end")
		once := bahasa.Visible(text)
		if twice := bahasa.Visible(once); twice != once {
			t.Fatalf("%+q, then %+q", once, twice)
		}
		if !utf8.ValidString(once) || strings.ContainsAny(once, "\u202E\u2069\u200B\u2028\u0085") {
			t.Fatalf("%+q", once)
		}
	})
}
