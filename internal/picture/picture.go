// Package picture draws figures as pictures that read well on a small cheap phone: few things, big
// letters, strong contrast, and nothing that only its colour tells apart. The same figures give the
// same bytes.
package picture

import (
	"fmt"
	"math"
	"slices"

	"github.com/go-analyze/charts"
)

// Series is what one line, or one part of every bar, shows: a value for each label. NaN is a gap,
// and so is a value that is missing at the end.
type Series struct {
	Name   string
	Values []float64
}

// Words are what a picture says besides what it is given, in the language of whoever sees it. The
// zero Words write numbers as Indonesian does (1.234,5), in full, and a dash where there is nothing.
type Words struct {
	Empty    string // instead of the figures when there are none, such as "Belum ada data"
	Thousand string // behind numbers that are told in thousands, such as "rb"; empty: in full
	Million  string // and in millions, such as "jt"; empty: in full
	English  bool   // 1,234.5
}

// Lines is Words.Lines without words.
func Lines(title string, labels []string, series ...Series) ([]byte, error) {
	return Words{}.Lines(title, labels, series...)
}

// Bars is Words.Bars without words.
func Bars(title string, labels []string, series ...Series) ([]byte, error) {
	return Words{}.Bars(title, labels, series...)
}

// Funnel is Words.Funnel without words.
func Funnel(title string, labels []string, values []float64) ([]byte, error) {
	return Words{}.Funnel(title, labels, values)
}

// Lines is a picture of how figures went over time, a line each, as a PNG of 1080 by 810 points. The
// lines differ in stroke and marker, and have their names and last values at their ends.
func (w Words) Lines(title string, labels []string, series ...Series) ([]byte, error) {
	series = clean(series, len(labels))
	c := newCanvas(810)
	top := c.title(title)
	if !known(series) {
		return c.nothing(w, top)
	}
	c.lines(w, top, labels, series)
	return c.bytes()
}

// Bars is a picture of what things consist of, as a PNG of 1080 points in width: a bar a label, one
// below the other, in parts that differ in their pattern. A part below nought counts as none.
func (w Words) Bars(title string, labels []string, series ...Series) ([]byte, error) {
	series = clean(series, len(labels))
	for i := range series {
		for j, v := range series[i].Values {
			series[i].Values[j] = math.Max(v, 0) // NaN stays NaN
		}
	}
	c := newCanvas(barsHeight(title, labels, series))
	top := c.title(title)
	if !known(series) {
		return c.nothing(w, top)
	}
	c.bars(w, top, labels, series)
	return c.bytes()
}

// Funnel is a picture of how many are at each stage, as a PNG of 1080 points in width: the stages
// one below the other, each as wide as its value.
func (w Words) Funnel(title string, labels []string, values []float64) ([]byte, error) {
	all := clean([]Series{{Values: values}}, len(labels))
	for j, v := range all[0].Values {
		all[0].Values[j] = math.Max(v, 0)
	}
	c := newCanvas(funnelHeight(title, labels))
	top := c.title(title)
	if !known(all) {
		return c.nothing(w, top)
	}
	c.funnel(w, top, labels, all[0].Values)
	return c.bytes()
}

// clean makes copies of the series that have a value for each of n labels: what is missing or no
// number is a gap, and what is beyond the labels is left out.
func clean(series []Series, n int) []Series {
	out := make([]Series, len(series))
	for i, s := range series {
		out[i] = Series{Name: s.Name, Values: make([]float64, n)}
		for j := range n {
			out[i].Values[j] = math.NaN()
			if j < len(s.Values) && !math.IsInf(s.Values[j], 0) {
				out[i].Values[j] = math.Max(-biggest, math.Min(s.Values[j], biggest))
			}
		}
	}
	return out
}

// biggest is the biggest figure that is drawn as what it is: more than all the money in the country.
const biggest = 1e18

// known reports whether there is anything to draw.
func known(series []Series) bool {
	return slices.ContainsFunc(series, func(s Series) bool {
		return slices.ContainsFunc(s.Values, func(v float64) bool { return !math.IsNaN(v) })
	})
}

// bytes is the picture as a PNG.
func (c *canvas) bytes() ([]byte, error) {
	out, err := c.p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return out, nil
}

// nothing says that there is nothing to be drawn yet.
func (c *canvas) nothing(w Words, top int) ([]byte, error) {
	says := w.Empty
	if says == "" {
		says = "–"
	}
	lines := c.wrap(says, c.big, width-2*margin)
	lines = lines[:min(len(lines), 4)]
	y := top + (c.height-top-len(lines)*bigLine)/2 + bigLine/2
	for _, line := range lines {
		c.text(line, width/2, y, c.big, faint, centre)
		y += bigLine
	}
	return c.bytes()
}

// A look is how one series differs from the others, also without its colour.
type look struct {
	colour charts.Color
	dash   []float64
	marker marker
	fill   pattern
}

// looks are those that there are; more series than that begin with the first again.
func looks() []look {
	return []look{
		{charts.ColorRGB(11, 110, 105), nil, disc, solid},
		{charts.ColorRGB(194, 65, 12), []float64{22, 12}, square, hatched},
		{charts.ColorRGB(76, 52, 148), []float64{6, 10}, diamond, dotted},
		{charts.ColorRGB(29, 38, 36), []float64{34, 10, 6, 10}, ring, open},
	}
}

// lookOf is the look of the i-th series.
func lookOf(i int) look {
	all := looks()
	return all[i%len(all)]
}
