package bahasa

import "testing"

// TestASlipKeepsTheReading types answers with two neighbours swapped, a letter
// left out or one doubled inside a word of six letters and more: each is read
// as the answer was meant or not at all, and never as the rest of it alone.
func TestASlipKeepsTheReading(t *testing.T) {
	answers := map[string][]string{
		"amount":      {"seratus lima puluh ribu", "sejuta setengah", "hampir sejuta", "sembilan ratus ribu", "300 ribu sehari"},
		"time":        {"setengah 9 pagi", "jam 10 kurang 10", "jam 8 sampai jam 10", "jam 9 lebih seperempat"},
		"date_past":   {"kemarin lusa", "selasa minggu lalu", "20 november", "tanggal sepuluh"},
		"date_future": {"kamis minggu depan", "10 januari", "seminggu lagi"},
		"attendance":  {"mungkin datang", "datang terlambat"},
		"count":       {"sepuluh orang", "sembilan"},
	}
	for kind, list := range answers {
		for _, answer := range list {
			want, err := Understand(kind, answer, referenceNow())
			if err != nil {
				t.Fatal(err)
			}
			for _, typed := range typingSlips(answer) {
				if got, _ := Understand(kind, typed, referenceNow()); got != want && got != "NONE" {
					t.Errorf("%s %q = %s, but %q = %s", kind, answer, want, typed, got)
				}
			}
		}
	}
}

// typingSlips returns an answer with one slip inside one of its long words.
func typingSlips(answer string) []string {
	var out []string
	for _, tok := range lex(answer) {
		if tok.kind != tkWord || len(tok.raw) < 6 {
			continue
		}
		for i := tok.start + 1; i+1 < tok.end; i++ {
			for _, v := range [...]string{
				answer[:i] + answer[i+1:],
				answer[:i] + answer[i:i+1] + answer[i:],
				answer[:i] + answer[i+1:i+2] + answer[i:i+1] + answer[i+2:],
			} {
				if v != answer && !hasEveryday(v, tok.start) {
					out = append(out, v)
				}
			}
		}
	}
	return out
}

// hasEveryday holds when the word that starts at start is one of its own:
// "sebelas" with a letter wrong may be "sebelah".
func hasEveryday(text string, start int) bool {
	for _, tok := range lex(text) {
		if tok.start == start {
			return tok.text == tok.raw && isEveryday(tok)
		}
	}
	return false
}
