package kanon_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/kanon"
)

// told is one report as a test makes it up.
type told struct {
	who   string
	codes []string
}

// cells puts reports into a group.
func cells(q kanon.Question, reports []told) *kanon.Cells {
	c := kanon.NewCells(q)
	for _, r := range reports {
		c.Add(r.who, r.codes...)
	}
	return c
}

// each makes one report of each of n participants, the first of whom has the number from.
func each(from, n int, codes ...string) []told {
	var out []told
	for i := range n {
		out = append(out, told{fmt.Sprintf("M-%03d", from+i), codes})
	}
	return out
}

// said is how figures look in a file.
func said(figures []kanon.Figure) string {
	out := ""
	for _, f := range figures {
		value := kanon.Hidden
		if f.Shown {
			value = fmt.Sprint(f.Count)
		} else if f.Count != 0 || f.Sum != 0 || f.Mean != 0 {
			value = "LEAK"
		}
		out += fmt.Sprintf("%s=%s ", f.Key, value)
	}
	return out
}

func TestFewAreHiddenAndWhatWouldTellThem(t *testing.T) {
	t.Parallel()
	abc := kanon.Question{Keys: []string{"a", "b", "c"}}
	several := kanon.Question{Keys: []string{"none", "b", "c"}, Several: true, Alone: []string{"none"}}
	for _, tt := range []struct {
		name    string
		q       kanon.Question
		reports []told
		want    string
	}{
		{"enough of each", abc, slices.Concat(each(0, 5, "a"), each(5, 6, "b"), each(11, 7, "c")), "a=5 b=6 c=7 "},
		{"one of four takes the next smallest with it", abc, slices.Concat(each(0, 4, "a"), each(4, 6, "b"), each(10, 7, "c")), "a=<5 b=<5 c=7 "},
		{"nobody is as hidden as few", abc, slices.Concat(each(0, 6, "b"), each(6, 7, "c")), "a=<5 b=<5 c=7 "},
		{"two that are four together take a third", abc, slices.Concat(each(0, 2, "a"), each(2, 2, "b"), each(4, 9, "c")), "a=<5 b=<5 c=<5 "},
		{"two that are five together are enough", abc, slices.Concat(each(0, 2, "a"), each(2, 3, "b"), each(5, 9, "c")), "a=<5 b=<5 c=9 "},
		{"reports are not participants", abc, slices.Concat(each(0, 4, "a"), each(0, 4, "a"), each(4, 6, "b"), each(10, 7, "c")), "a=<5 b=<5 c=7 "},
		{"several reports of enough participants", abc, slices.Concat(each(0, 5, "a"), each(0, 5, "a"), each(5, 6, "b"), each(11, 7, "c")), "a=10 b=6 c=7 "},
		{"few who did not answer", abc, slices.Concat(each(0, 6, "a"), each(6, 6, "b"), each(12, 7, "c"), each(19, 2)), "a=<5 b=<5 c=7 "},
		{"enough who did not answer", abc, slices.Concat(each(0, 6, "a"), each(6, 6, "b"), each(12, 7, "c"), each(19, 5)), "a=6 b=6 c=7 "},
		{"the erased are nobody", abc, slices.Concat(each(0, 4, "a"), []told{{"", []string{"a"}}}, each(4, 6, "b"), each(10, 7, "c")), "a=<5 b=<5 c=7 "},
		{"an unknown code is no answer", abc, slices.Concat(each(0, 6, "a"), each(6, 6, "b"), each(12, 7, "c"), each(19, 5, "d")), "a=6 b=6 c=7 "},
		{"several: enough on each side", several, slices.Concat(each(0, 6, "none"), each(6, 6, "b"), each(12, 7, "c")), "none=6 b=6 c=7 "},
		{"several: few without b", several, slices.Concat(each(0, 6, "none"), each(6, 9, "b"), each(15, 5, "b", "c"), each(20, 1, "c")), "none=<5 b=<5 c=6 "},
		{"several: few others than none", several, slices.Concat(each(0, 16, "none"), each(16, 2, "b"), each(18, 2, "c")), "none=<5 b=<5 c=<5 "},
	} {
		if got := said(cells(tt.q, tt.reports).Suppress()); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestATotalOfFewIsHidden(t *testing.T) {
	t.Parallel()
	if f := cells(kanon.Question{}, slices.Concat(each(0, 4), each(0, 4))).Total(); f.Shown || f.Count != 0 {
		t.Errorf("eight reports of four: %+v", f)
	}
	if f := cells(kanon.Question{}, slices.Concat(each(0, 5), each(0, 2))).Total(); !f.Shown || f.Count != 7 {
		t.Errorf("seven reports of five: %+v", f)
	}
}

// drawn are reports with each way of answering, by a crowd around K that may overlap with the
// other ones, some of whom report twice, and some by nobody.
func drawn(t *rapid.T, ways [][]string) []told {
	var reports []told
	for _, codes := range ways {
		first, n := rapid.IntRange(0, 40).Draw(t, "first"), rapid.IntRange(0, 9).Draw(t, "participants")
		reports = append(reports, each(first, n, codes...)...)
		reports = append(reports, each(first, rapid.IntRange(0, n).Draw(t, "twice"), codes...)...)
		for range rapid.IntRange(0, 1).Draw(t, "nobody") {
			reports = append(reports, told{"", codes})
		}
	}
	return reports
}

// crowd counts who is behind the reports that are chosen.
func crowd(reports []told, chosen func(told) bool) (participants, n int) {
	who := map[string]bool{}
	for _, r := range reports {
		if chosen(r) {
			n++
			if r.who != "" {
				who[r.who] = true
			}
		}
	}
	return len(who), n
}

// TestNothingSmallCanBeWorkedOut takes all that is shown from the total, as a reader can.
func TestNothingSmallCanBeWorkedOut(t *testing.T) {
	t.Parallel()
	shownIn := 0
	rapid.Check(t, func(t *rapid.T) {
		keys := []string{"a", "b", "c", "d", "e"}[:rapid.IntRange(1, 5).Draw(t, "keys")]
		ways := [][]string{nil}
		for _, key := range keys {
			ways = append(ways, []string{key})
		}
		reports := drawn(t, ways[rapid.IntRange(0, 1).Draw(t, "all answer"):])
		figures := cells(kanon.Question{Keys: keys}, reports).Suppress()
		var shown, hidden []string
		for i, f := range figures {
			if f.Key != keys[i] {
				t.Fatalf("figure %d is of %s", i, f.Key)
			}
			who, n := crowd(reports, func(r told) bool { return slices.Contains(r.codes, f.Key) })
			switch {
			case !f.Shown && f != (kanon.Figure{Key: f.Key}):
				t.Fatalf("hidden, and still there: %+v", f)
			case !f.Shown:
				hidden = append(hidden, f.Key)
			case who < kanon.K || f.Count != int64(n):
				t.Fatalf("%s: shown %d, there are %d of %d participants", f.Key, f.Count, n, who)
			default:
				shown = append(shown, f.Key)
			}
		}
		if len(shown) == 0 {
			return // the total alone
		}
		shownIn++
		left := func(r told) bool { return len(r.codes) == 0 || !slices.Contains(shown, r.codes[0]) }
		if who, n := crowd(reports, left); n > 0 && who < kanon.K {
			t.Fatalf("shown %v: %d reports of %d participants are left", shown, n, who)
		}
		if len(hidden) == 1 {
			t.Fatalf("%s alone is hidden: it is what is left", hidden[0])
		}
		answered := func(r told) bool { return len(r.codes) > 0 && slices.Contains(hidden, r.codes[0]) }
		if who, n := crowd(reports, answered); len(hidden) > 0 && who < kanon.K {
			t.Fatalf("%v together are %d reports of %d participants", hidden, n, who)
		}
	})
	if shownIn < 10 {
		t.Errorf("anything was shown %d times only", shownIn)
	}
}

// TestNothingSmallCanBeWorkedOutOfSeveral takes from the total what excludes one another: one
// key that others stand beside, and the one that stands alone.
func TestNothingSmallCanBeWorkedOutOfSeveral(t *testing.T) {
	t.Parallel()
	shownIn := 0
	rapid.Check(t, func(t *rapid.T) {
		q := kanon.Question{Keys: []string{"none", "b", "c", "d"}, Several: true, Alone: []string{"none"}}
		reports := drawn(t, [][]string{nil, {"none"}, {"b"}, {"c"}, {"d"}, {"b", "c"}, {"c", "d"}})
		shown := map[string]bool{}
		for _, f := range cells(q, reports).Suppress() {
			who, n := crowd(reports, func(r told) bool { return slices.Contains(r.codes, f.Key) })
			if f.Shown && (who < kanon.K || f.Count != int64(n)) {
				t.Fatalf("%s: shown %d, there are %d of %d participants", f.Key, f.Count, n, who)
			}
			if f.Shown {
				shown[f.Key] = true
			}
		}
		if len(shown) == len(q.Keys)-1 {
			t.Fatalf("one alone is hidden; shown %v", shown)
		}
		for _, taken := range [][]string{{"none"}, {"b"}, {"c"}, {"d"}, {"none", "b"}, {"none", "c"}, {"none", "d"}} {
			if slices.ContainsFunc(taken, func(key string) bool { return !shown[key] }) {
				continue
			}
			shownIn++
			who, n := crowd(reports, func(r told) bool {
				return !slices.ContainsFunc(r.codes, func(code string) bool { return slices.Contains(taken, code) })
			})
			if who < kanon.K {
				t.Fatalf("without %v: %d reports of %d participants", taken, n, who)
			}
		}
	})
	if shownIn < 10 {
		t.Errorf("anything was shown %d times only", shownIn)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	sales := kanon.Bounds{Max: 1_000_000_000}
	scale := kanon.Bounds{Min: 1, Max: 5}
	loss := kanon.Bounds{}
	for _, tt := range []struct {
		name   string
		bounds kanon.Bounds
		by     [][]int64 // a row for each participant; empty: she did not answer
		want   kanon.Figure
	}{
		{"five", sales, [][]int64{{10}, {20}, {30}, {40}, {50}}, kanon.Figure{Shown: true, Count: 5, Sum: 150, Mean: 30}},
		{"four", sales, [][]int64{{10}, {20}, {30}, {40, 50}}, kanon.Figure{}},
		{"one has 80%", sales, [][]int64{{80}, {5}, {5}, {5}, {5}}, kanon.Figure{Shown: true, Count: 5, Sum: 100, Mean: 20}},
		{"one has 81%", sales, [][]int64{{40, 41}, {5}, {5}, {5}, {4}}, kanon.Figure{}},
		{"few did not answer", sales, [][]int64{{10}, {20}, {30}, {40}, {50}, {}}, kanon.Figure{}},
		{"enough did not answer", sales, [][]int64{{1}, {2}, {3}, {4}, {5}, {}, {}, {}, {}, {}}, kanon.Figure{Shown: true, Count: 5, Sum: 15, Mean: 3}},
		{"nobody has anything", sales, [][]int64{{0}, {0}, {0}, {0}, {0}}, kanon.Figure{}},
		{"losses", loss, [][]int64{{-10}, {20}, {-30}, {40}, {-50}}, kanon.Figure{Shown: true, Count: 5, Sum: -30, Mean: -6}},
		{"one loss has 81%", loss, [][]int64{{-81}, {5}, {5}, {5}, {4}}, kanon.Figure{}},
		{"all but one have the most", scale, [][]int64{{5}, {5}, {5}, {5}, {5}, {4}}, kanon.Figure{}},
		{"all but one have the least", scale, [][]int64{{1}, {1}, {1}, {1}, {1}, {2}}, kanon.Figure{}},
		{"all but one have the least, and there is no most", kanon.Bounds{Min: 1}, [][]int64{{1}, {1}, {1}, {1}, {1}, {2}}, kanon.Figure{}},
		{"a scale", scale, [][]int64{{1}, {2}, {3}, {4}, {5}}, kanon.Figure{Shown: true, Count: 5, Sum: 15, Mean: 3}},
		{"too large to add up", loss, [][]int64{{math.MaxInt64}, {math.MaxInt64}, {1}, {1}, {1}}, kanon.Figure{}},
	} {
		n := kanon.NewNumbers(tt.bounds)
		for i, values := range tt.by {
			if len(values) == 0 {
				n.Add(fmt.Sprint(i))
			}
			for _, v := range values {
				n.Add(fmt.Sprint(i), v)
			}
		}
		if got := n.Suppress(); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// TestNobodyStandsOutOfANumber holds what is shown to the rules, counted in another way.
func TestNobodyStandsOutOfANumber(t *testing.T) {
	t.Parallel()
	shownIn := 0
	rapid.Check(t, func(t *rapid.T) {
		n := kanon.NewNumbers(kanon.Bounds{})
		size, silent, sum, count := map[int]int64{}, map[int]bool{}, int64(0), int64(0)
		all := rapid.Bool().Draw(t, "all answer")
		for range rapid.IntRange(8, 60).Draw(t, "reports") {
			who := rapid.IntRange(0, 12).Draw(t, "who")
			name := ""
			if who > 0 {
				name = fmt.Sprint(who)
			}
			if !all && rapid.IntRange(0, 3).Draw(t, "answers") == 0 {
				n.Add(name)
				silent[who] = true
				continue
			}
			v := rapid.Int64Range(-1000, 1_000_000).Draw(t, "value")
			n.Add(name, v)
			size[who] += max(v, -v)
			sum += v
			count++
		}
		f := n.Suppress()
		if !f.Shown {
			if f != (kanon.Figure{}) {
				t.Fatalf("hidden, and still there: %+v", f)
			}
			return
		}
		shownIn++
		whole, most := int64(0), int64(0)
		for _, s := range size {
			whole, most = whole+s, max(most, s)
		}
		nobody := len(silent) > 0 && silent[0]
		delete(size, 0)
		delete(silent, 0)
		if len(size) < kanon.K || (len(silent) > 0 || nobody) && len(silent) < kanon.K || 5*most > 4*whole || f.Sum != sum || f.Count != count {
			t.Fatalf("%+v shown of %v, silent %v", f, size, silent)
		}
	})
	if shownIn < 10 {
		t.Errorf("anything was shown %d times only", shownIn)
	}
}
