package picture

import (
	"math"
)

const (
	barThick  = 64
	rowTall   = 96
	rowLeast  = 3   // rows for which there is room in any case
	rowMost   = 24  // rows that are drawn; a phone shows no more
	mostLabel = 330 // of the room for a label
)

// barsHeight is how tall a picture of bars has to be.
func barsHeight(title string, labels []string, series []Series) int {
	c := newCanvas(1)
	return margin + bigLine/2 + len(c.titleLines(title))*bigLine + 24 + c.legend(0, series, false) + rowsHeight(len(labels)) + margin/2
}

// rowsHeight is how tall the rows are.
func rowsHeight(n int) int { return max(rowLeast, min(n, rowMost)) * rowTall }

// bars draws the rows with the names of their parts above.
func (c *canvas) bars(w Words, top int, labels []string, series []Series) {
	y := top + 24
	y += c.legend(y, series, true)
	labels = labels[:min(len(labels), rowMost)]
	most, room := 0.0, 0
	for i := range labels {
		total, _ := sum(series, i)
		most = math.Max(most, total)
		room = max(room, c.measure(w.number(total), c.bold))
	}
	from := margin + c.labelRoom(labels) + 24
	span := float64(width - margin - room - 20 - from)
	most = math.Max(most, math.SmallestNonzeroFloat64)
	for i, label := range labels {
		middle := y + rowTall/2
		c.label(label, from-24, middle)
		total, whole := sum(series, i)
		x, so := from, 0.0
		for j := range series {
			if v := series[j].Values[i]; v > 0 {
				so += v
				end := from + int(math.Round(so/most*span))
				c.fill(x, middle-barThick/2, end-4, middle+barThick/2, lookOf(j))
				c.inside(w, v, x, end-4, middle, lookOf(j), len(series) > 1)
				x = end
			}
		}
		if whole {
			c.text(w.number(total), x+12, middle, c.bold, dark, left)
		} else {
			c.text("–", x+12, middle, c.bold, faint, left)
		}
		y += rowTall
	}
}

// sum is the sum of what is known of a row, and whether all of it is: of a part of it nobody is told
// as if it were the whole.
func sum(series []Series, i int) (total float64, whole bool) {
	whole = true
	for _, s := range series {
		if v := s.Values[i]; math.IsNaN(v) {
			whole = false
		} else {
			total += v
		}
	}
	return total, whole
}

// inside writes the value of a part into it, where there is room and more than one part.
func (c *canvas) inside(w Words, v float64, x1, x2, y int, l look, parts bool) {
	s := w.number(v)
	wide := c.measure(s, c.small)
	if !parts || wide+24 > x2-x1 {
		return
	}
	colour := white
	if l.fill != solid {
		colour = dark
		c.rect((x1+x2)/2-wide/2-9, y-barThick/2+frame, (x1+x2)/2+wide/2+9, y+barThick/2-frame, white.colour())
	}
	c.text(s, (x1+x2)/2, y, c.small, colour, centre)
}

// labelRoom is how much room labels need.
func (c *canvas) labelRoom(labels []string) int {
	wide := 0
	for _, s := range labels {
		for _, line := range c.inTwo(s, c.small, mostLabel) {
			wide = max(wide, c.measure(line, c.small))
		}
	}
	return wide
}

// label writes a label that ends at x, around the height of y.
func (c *canvas) label(s string, x, y int) {
	lines := c.inTwo(s, c.small, mostLabel)
	y -= (len(lines) - 1) * 21
	for _, line := range lines {
		c.text(line, x, y, c.small, dark, right)
		y += 42
	}
}

// legend tells which part is which, and how tall it is; a single part that has no name needs none.
func (c *canvas) legend(y int, series []Series, draw bool) int {
	const box = 44
	x, start := margin, y
	for i, s := range series {
		name := c.fit(s.Name, c.plain, width-2*margin-box-20)
		if name == "" {
			continue
		}
		wide := box + 18 + c.measure(name, c.plain)
		if x > margin && x+wide > width-margin {
			x, y = margin, y+plainLine+14
		}
		if draw {
			c.fill(x, y, x+box, y+box, lookOf(i))
			c.text(name, x+box+18, y+box/2, c.plain, dark, left)
		}
		x += wide + 48
	}
	if x == margin && y == start {
		return 0
	}
	return y - start + plainLine + 26
}
