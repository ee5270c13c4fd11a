package picture

import (
	"fmt"
	"math"
	"testing"
)

func TestNumbersAreWrittenAsTheyAreRead(t *testing.T) {
	id, en, short := Words{}, Words{English: true}, Words{Thousand: "rb", Million: "jt"}
	for _, c := range []struct {
		w    Words
		v    float64
		want string
	}{
		{id, 0, "0"}, {id, 7, "7"}, {id, -3, "-3"}, {id, -0.01, "0"}, {id, 1234.5, "1.234,5"}, {id, 1500000, "1.500.000"}, {id, 999, "999"},
		{en, 1234.5, "1,234.5"}, {id, math.NaN(), "–"}, {short, 9999, "9.999"}, {short, 12500, "12,5 rb"}, {short, 999_949, "999,9 rb"},
		{short, 999_950, "1 jt"}, {short, 12_000_000, "12 jt"}, {short, 3_250_000_000, "3.250 jt"},
	} {
		if got := c.w.number(c.v); got != c.want {
			t.Errorf("%v is written %q, want %q", c.v, got, c.want)
		}
	}
}

// TestScalesHaveFewMarksAndHoldEverything: at most five steps, nought among them, and whole ones for
// whole figures.
func TestScalesHaveFewMarksAndHoldEverything(t *testing.T) {
	for _, values := range [][]float64{{0, 0}, {1}, {2, 3}, {27, 12}, {-5, 3}, {-8}, {0.1, 0.25}, {0.9}, {1.5, 4}, {0.3}, {1e15}, {-biggest, biggest}, {5e-324}, {1e-300}} {
		t.Run(fmt.Sprint(values), func(t *testing.T) {
			s := scaleOf([]Series{{Values: values}})
			marks := s.marks()
			if len(marks) < 2 || len(marks) > mostMarks+2 {
				t.Errorf("marks are %v", marks)
			}
			nought, written := false, map[string]bool{}
			for _, m := range marks {
				nought = nought || m == 0
				written[Words{}.number(m)] = true
			}
			if len(written) != len(marks) {
				t.Errorf("%v are written as %v", marks, written)
			}
			if !nought {
				t.Errorf("nought is not among %v", marks)
			}
			for _, v := range values {
				if at := s.at(v); !(at >= 0 && at <= 1) {
					t.Errorf("%v is at %v of %v", v, at, marks)
				}
				if v >= 1 && v == math.Trunc(v) && s.step != math.Trunc(s.step) {
					t.Errorf("whole figures have steps of %v", s.step)
				}
			}
		})
	}
}

// TestTheFontsHaveWhatNumbersNeed: what a font has no letter for is left out, and a number without its
// minus is another number.
func TestTheFontsHaveWhatNumbersNeed(t *testing.T) {
	c := newCanvas(100)
	for _, f := range []face{c.big, c.bold, c.plain, c.small} {
		for _, s := range []string{"-1.234,5", Words{}.number(math.NaN()), "<5", "…", "“é–—%/·", "Rp"} {
			if got := f.has(s); got != s {
				t.Errorf("%q becomes %q", s, got)
			}
		}
	}
}
