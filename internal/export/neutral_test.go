package export_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/export"
)

func TestNeutral(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                          "",
		"jualan laku":               "jualan laku",
		"M-417":                     "M-417",
		"a=b, 3-4 @rumah":           "a=b, 3-4 @rumah",
		"'=1":                       "'=1",
		"=HYPERLINK(\"http://x\")":  "'=HYPERLINK(\"http://x\")",
		"+62":                       "'+62",
		"-50rb":                     "'-50rb",
		"@SUM(A1)":                  "'@SUM(A1)",
		"  \t=1":                    "'  \t'=1",
		"\tx":                       "'\tx",
		"\rx":                       "'\rx",
		"\nx":                       "'\nx",
		"\u00a0\u200b\ufeff=1":      "'\u00a0\u200b\ufeff=1",
		"＝1":                        "'＝1",
		"　＋1":                       "'　＋1",
		"－1":                        "'－1",
		"＠x":                        "'＠x",
		"−1":                        "'−1",
		"modal; kurang_laku":        "modal; kurang_laku",
		"modal;=cmd|'/C calc'!A0":   "modal;'=cmd|'/C calc'!A0",
		"beli:\n- minyak\r\n =gula": "beli:\n'- minyak\r'\n' =gula",
	} {
		if got := export.Neutral(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzNeutral wants that no cell of a text begins a formula, however a spreadsheet separates
// cells, and that nothing but apostrophes is added, once.
func FuzzNeutral(f *testing.F) {
	for _, seed := range []string{"", "=1", " \t＝1", "a;=1", "a\r\n-1", "\u200b@x", "'=1", ";;\t\t+", "\"=1\"", "a,=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		got := export.Neutral(text)
		if export.Neutral(got) != got {
			t.Errorf("%q: again, it is another: %q", got, export.Neutral(got))
		}
		if !utf8.ValidString(got) {
			t.Errorf("%q is no UTF-8", got)
		}
		if strings.ReplaceAll(got, "'", "") != strings.ReplaceAll(text, "'", "") || len(got) > 2*len(text)+1 {
			t.Errorf("%q became %q", text, got)
		}
		if got != "" && slices.Contains([]byte("\t\r\n"), got[0]) {
			t.Errorf("%q begins with a tab or a line break", got)
		}
		for _, one := range strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
			for one != "" { // blanks and what is not seen
				r, n := utf8.DecodeRuneInString(one)
				if strings.ContainsRune("=+-@＝＋－＠", r) {
					t.Errorf("%q begins a formula in %q", one, got)
				}
				if !unicode.In(r, unicode.White_Space, unicode.Cc, unicode.Cf) {
					break
				}
				one = one[n:]
			}
		}
	})
}
