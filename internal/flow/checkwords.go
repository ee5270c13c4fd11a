package flow

import (
	"strings"
	"unicode"

	"github.com/dampingi/dampingi/internal/discreet"
)

// coldWords are the words of a language that are cold, or belong to machines.
func coldWords(lang string) []string {
	switch lang {
	case "id":
		return []string{
			"anda", "kamu", "error", "eror", "valid", "invalid", "tidak valid", "input", "submit",
			"database", "penerima manfaat", "klien", "salah input",
		}
	case "en":
		return []string{"error", "invalid", "database", "beneficiary", "beneficiaries", "client", "clients"}
	}
	return nil
}

// kind reports words that are never said, in any form of a text.
func (c *checker) kind(t Texts, key string) {
	forms := []string{t.Text(key)}
	if f, ok := t.(formed); ok {
		forms = f.Forms(key)
	}
	for _, form := range forms {
		plain := spaced(withoutTags(form))
		for _, word := range discreet.NeverSaid() {
			if strings.Contains(plain, " "+word+" ") {
				c.fail("%s: %s says %q, which is never said", wordsFile(t), key, word)
			}
		}
		for _, word := range coldWords(t.Lang()) {
			if strings.Contains(plain, " "+word+" ") {
				c.fail("%s: %s says %q: say it as a kind colleague would", wordsFile(t), key, word)
			}
		}
	}
}

// spaced is a text in small letters with a single space around every word, so that whole
// words and phrases can be looked for. What is filled in is left out.
func spaced(s string) string {
	for _, name := range placeholders(s) {
		s = strings.ReplaceAll(s, "{{."+name+"}}", " ")
	}
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	return " " + strings.Join(words, " ") + " "
}
