package picture

import (
	"math"
	"strconv"
	"strings"
)

// number is how a figure is written, with at most one place behind the comma.
func (w Words) number(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	unit := ""
	switch size := math.Abs(v); {
	case size >= 999_950 && w.Million != "":
		v, unit = v/1e6, " "+w.Million
	case size >= 10_000 && w.Thousand != "":
		v, unit = v/1e3, " "+w.Thousand
	}
	return w.group(v) + unit
}

// group writes a number with marks between the thousands.
func (w Words) group(v float64) string {
	thousands, point := ".", ","
	if w.English {
		thousands, point = ",", "."
	}
	text := strconv.FormatFloat(math.Abs(v), 'f', 1, 64)
	whole, rest, _ := strings.Cut(text, ".")
	var b strings.Builder
	if v < 0 && (whole != "0" || rest != "0") {
		b.WriteByte('-') // the font has no minus of its own
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(thousands)
		}
		b.WriteRune(digit)
	}
	if rest != "0" {
		b.WriteString(point + rest)
	}
	return b.String()
}

// scale is an axis: from and to, and the step between its marks.
type scale struct{ from, to, step float64 }

// mostMarks is how many steps an axis has at most: few, so that they are read.
const mostMarks = 4

// scaleOf is an axis that holds values, and nought: a line that does not begin there makes small
// changes look big.
func scaleOf(series []Series) scale {
	low, high, whole := 0.0, 0.0, true
	for _, s := range series {
		for _, v := range s.Values {
			if !math.IsNaN(v) {
				low, high, whole = math.Min(low, v), math.Max(high, v), whole && v == math.Trunc(v)
			}
		}
	}
	if low == high {
		high = 1
	}
	step := niceStep((high-low)/mostMarks, whole)
	return scale{math.Floor(low/step) * step, math.Ceil(high/step) * step, step}
}

// niceStep is the first of 1, 2, 2.5, 5, 10 and so on that is at least as big and can be written: for
// whole figures a whole one, else one with one place behind the comma.
func niceStep(least float64, whole bool) float64 {
	finest := 0.1
	if whole {
		finest = 1
	}
	least = math.Max(least, finest)
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, n := range []float64{1, 2, 2.5, 5, 10} {
		step := n * power
		if parts := step / finest; step >= least*(1-1e-9) && math.Abs(parts-math.Round(parts)) < 1e-6*parts {
			return step
		}
	}
	return 10 * power
}

// marks are the values at which the axis has a mark.
func (s scale) marks() []float64 {
	n := int(math.Round((s.to - s.from) / s.step))
	all := make([]float64, 0, n+1)
	for i := range n + 1 {
		all = append(all, s.from+float64(i)*s.step)
	}
	return all
}

// at is where a value is on an axis: 0 at its beginning, 1 at its end.
func (s scale) at(v float64) float64 { return (v - s.from) / (s.to - s.from) }
