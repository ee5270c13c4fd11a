package bahasa

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// referenceNow is the moment all cases of the corpus are read at: Wednesday,
// 25 November 2026, 10.00 in Palembang.
func referenceNow() time.Time {
	return time.Date(2026, time.November, 25, 10, 0, 0, 0, time.FixedZone("WIB", 7*3600))
}

// corpusLine is one case: kind, input and expected, TAB separated.
type corpusLine struct {
	file, kind, input, want string
	line                    int
}

func readCorpus(t testing.TB, pattern string) []corpusLine {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus at %s: %v", pattern, err)
	}
	var out []corpusLine
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(data), "\n") {
			if n == 0 || line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			f := strings.Split(line, "\t")
			if len(f) < 3 {
				t.Fatalf("%s:%d: want kind, input, expected", file, n+1)
			}
			out = append(out, corpusLine{filepath.Base(file), f[0], f[1], f[2], n + 1})
		}
	}
	return out
}

// TestCorpus reads every case of the corpus.
func TestCorpus(t *testing.T) {
	for _, c := range readCorpus(t, filepath.Join("testdata", "corpus", "*.tsv")) {
		got, err := Understand(c.kind, c.input, referenceNow())
		if err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s:%d: %s %q = %s, want %s", c.file, c.line, c.kind, c.input, got, c.want)
		}
	}
}
