package picture

import (
	"github.com/go-analyze/charts"
)

// marker is what stands at a value of a line.
type marker uint8

const (
	disc marker = iota
	square
	diamond
	ring
)

// mark puts a marker at a point.
func (c *canvas) mark(m marker, x, y int, colour charts.Color) {
	const r = 13
	switch m {
	case square:
		c.p.FilledRect(x-r+1, y-r+1, x+r-1, y+r-1, colour, charts.ColorWhite, 3)
	case diamond:
		c.p.FilledDiamond(x, y, 2*r+8, 2*r+8, colour, charts.ColorWhite, 3)
	case ring:
		c.p.Circle(r-1, x, y, charts.ColorWhite, colour, 6)
	case disc:
		c.p.Circle(r, x, y, colour, charts.ColorWhite, 3)
	}
}

// pattern is how a part of a bar is filled.
type pattern uint8

const (
	solid pattern = iota
	hatched
	dotted
	open
)

// frame is how thick the frame of a part is.
const frame = 5

// fill fills a rectangle with a pattern, framed in its colour.
func (c *canvas) fill(x1, y1, x2, y2 int, l look) {
	if x2 <= x1 || y2 <= y1 {
		return
	}
	if l.fill == solid || x2-x1 < 8 {
		c.rect(x1, y1, x2, y2, l.colour)
		return
	}
	c.rect(x1, y1, x2, y2, charts.ColorWhite)
	switch l.fill {
	case hatched:
		c.hatch(x1+3, y1+3, x2-3, y2-3, l.colour)
	case dotted:
		c.dots(x1, y1, x2, y2, l.colour)
	case open, solid:
	}
	c.rect(x1, y1, x2, y1+frame, l.colour)
	c.rect(x1, y2-frame, x2, y2, l.colour)
	c.rect(x1, y1, x1+frame, y2, l.colour)
	c.rect(x2-frame, y1, x2, y2, l.colour)
}

// hatch draws lines from the lower left to the upper right.
func (c *canvas) hatch(x1, y1, x2, y2 int, colour charts.Color) {
	h := y2 - y1
	for at := x1 - h + 10; at < x2; at += 18 { // where a line would begin at the bottom
		from, to := max(at, x1), min(at+h, x2)
		if to > from {
			c.p.LineStroke([]charts.Point{{X: from, Y: y2 - (from - at)}, {X: to, Y: y2 - (to - at)}}, colour, 6)
		}
	}
}

// dots draws rows of dots, as far from the upper edge as from the lower.
func (c *canvas) dots(x1, y1, x2, y2 int, colour charts.Color) {
	const apart = 16
	across, down := max(1, (x2-x1-12)/apart), max(1, (y2-y1-12)/apart)
	for i := range down {
		for j := range across {
			x, y := x1+(x2-x1-(across-1)*apart)/2+j*apart, y1+(y2-y1-(down-1)*apart)/2+i*apart
			c.p.Circle(4, x, y, colour, colour, 0)
		}
	}
}
