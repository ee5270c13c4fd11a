package picture

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-analyze/charts"
)

// plot is where the lines are drawn.
type plot struct {
	left, right, top, bottom int
	scale                    scale
	n                        int // labels
}

// x is where the i-th label is.
func (p plot) x(i int) int {
	if p.n == 1 {
		return (p.left + p.right) / 2
	}
	return p.left + int(math.Round(float64(i)*float64(p.right-p.left)/float64(p.n-1)))
}

// y is where a value is.
func (p plot) y(v float64) int {
	return p.bottom - int(math.Round(p.scale.at(v)*float64(p.bottom-p.top)))
}

// lines draws the lines with their axes and their names.
func (c *canvas) lines(w Words, top int, labels []string, series []Series) {
	p := plot{scale: scaleOf(series), n: len(labels), top: top + plainLine, bottom: c.height - margin - plainLine - 10}
	widest := 0
	for _, v := range p.scale.marks() {
		widest = max(widest, c.measure(w.number(v), c.small))
	}
	names := c.names(w, series)
	p.left, p.right = margin+widest+40, width-margin-names.wide-nameGap
	if len(series) > 1 {
		p.right -= nameMark
	}
	c.grid(w, p)
	c.times(p, labels)
	for i := len(series) - 1; i >= 0; i-- { // the first on top
		c.line(p, series[i].Values, lookOf(i))
	}
	c.nameEnds(p, series, names)
}

// grid draws the marks of the values.
func (c *canvas) grid(w Words, p plot) {
	_, soft, pale := colours()
	for _, v := range p.scale.marks() {
		colour, thick := pale, 2
		if v == 0 {
			colour, thick = soft, 3
		}
		y := p.y(v)
		c.rect(p.left-20, y-thick/2, p.right+20, y-thick/2+thick, colour)
		c.text(w.number(v), p.left-32, y, c.small, faint, right)
	}
}

// times writes as many of the labels as have room, the last one always.
func (c *canvas) times(p plot, labels []string) {
	widest, short := 0, make([]string, len(labels))
	for i, s := range labels {
		short[i] = c.fit(s, c.small, mostName)
		widest = max(widest, c.measure(short[i], c.small))
	}
	room := (p.right - p.left) / max(1, p.n-1)
	every := 1
	for every < p.n && every*room < widest+24 {
		every++
	}
	for i := p.n - 1; i >= 0; i -= every {
		x := p.x(i)
		half := c.measure(short[i], c.small) / 2
		x = max(x, margin/2+half)
		c.text(short[i], min(x, width-margin/2-half), p.bottom+plainLine, c.small, faint, centre)
	}
}

// dense is how near to one another markers may be: nearer than that they would hide the line.
const dense = 34

// line draws one line with a marker at each value; a gap stays a gap. Where there are too many values
// for that, only the last one has a marker, and each that stands alone.
func (c *canvas) line(p plot, values []float64, l look) {
	var piece []charts.Point
	stroke := func() {
		switch {
		case len(piece) < 2:
		case l.dash == nil:
			c.p.LineStroke(piece, l.colour, 8)
		default:
			c.p.DashedLineStroke(piece, l.colour, 8, l.dash)
		}
		piece = piece[:0]
	}
	for i, v := range values {
		if math.IsNaN(v) {
			stroke()
			continue
		}
		piece = append(piece, charts.Point{X: p.x(i), Y: p.y(v)})
	}
	stroke()
	wide := p.n < 2 || (p.right-p.left)/(p.n-1) >= dense
	for i, v := range values {
		if !math.IsNaN(v) && (wide || i == last(values) || alone(values, i)) {
			c.mark(l.marker, p.x(i), p.y(v), l.colour)
		}
	}
}

// alone reports whether there is a gap on both sides of a value.
func alone(values []float64, i int) bool {
	return (i == 0 || math.IsNaN(values[i-1])) && (i == len(values)-1 || math.IsNaN(values[i+1]))
}

// names are what stands at the ends of the lines.
type names struct {
	lines [][]string // the last of each is its value
	wide  int
}

const (
	nameGap  = 46 // between the end of a line and its name
	nameMark = 44 // for the marker before the name, where there are several lines
)

// mostName is the most room that the names have.
const mostName = 300

// fewLines is how many lines have room for names of two rows and a value below.
const fewLines = 4

// names finds what stands at the ends of the lines: of many, in one row each.
func (c *canvas) names(w Words, series []Series) names {
	var out names
	for _, s := range series {
		var lines []string
		switch at := last(s.Values); {
		case at < 0:
		case len(series) > fewLines:
			value := " " + w.number(s.Values[at])
			lines = []string{c.fit(s.Name, c.bold, mostName-c.measure(value, c.bold)) + value}
		default:
			lines = append(c.inTwo(s.Name, c.plain, mostName), w.number(s.Values[at]))
		}
		for j, line := range lines {
			out.wide = max(out.wide, c.measure(line, c.nameFace(j, lines)))
		}
		out.lines = append(out.lines, lines)
	}
	return out
}

// nameFace is how a line at the end of a line is written: its value bold.
func (c *canvas) nameFace(j int, lines []string) face {
	if j == len(lines)-1 {
		return c.bold
	}
	return c.plain
}

// last is where the last value is; below 0 when there is none.
func last(values []float64) int {
	for i := len(values) - 1; i >= 0; i-- {
		if !math.IsNaN(values[i]) {
			return i
		}
	}
	return -1
}

// nameEnds writes the names beside the ends of their lines, none over another.
func (c *canvas) nameEnds(p plot, series []Series, n names) {
	for _, e := range p.ends(series, n) {
		x, y := p.right+nameGap, e.y-e.height/2+plainLine/2
		if len(series) > 1 {
			c.mark(lookOf(e.series).marker, x+14, y, lookOf(e.series).colour)
			x += nameMark
		}
		for j, line := range n.lines[e.series] {
			c.coloured(line, x, y, c.nameFace(j, n.lines[e.series]), lookOf(e.series).colour, left)
			y += plainLine
		}
	}
}

// end is where the name of a line stands: its middle.
type end struct{ series, y, height int }

// ends finds room for the names, each as near to the end of its line as the others let it.
func (p plot) ends(series []Series, n names) []end {
	var ends []end
	tall := 0
	for i, s := range series {
		if at := last(s.Values); at >= 0 {
			ends = append(ends, end{i, p.y(s.Values[at]), len(n.lines[i]) * plainLine})
			tall += ends[len(ends)-1].height
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int { return cmp.Compare(a.y, b.y) })
	from, to := p.top-plainLine, p.bottom+plainLine/2
	gap := 10
	if n := len(ends); n > 1 { // more names than there is room for stand closer, and at worst over one another
		gap = min(gap, (to-from-tall)/(n-1))
	}
	for i, free := 0, from; i < len(ends); i++ { // downwards, each below the one before
		e := &ends[i]
		e.y = max(e.y, free+e.height/2)
		free = e.y + e.height/2 + gap
	}
	for i, limit := len(ends)-1, to; i >= 0; i-- { // and back, if they have run out of the picture
		e := &ends[i]
		e.y = min(e.y, limit-e.height/2)
		limit = e.y - e.height/2 - gap
	}
	return ends
}
