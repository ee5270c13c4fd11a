package picture

import "math"

// funnelHeight is how tall a picture of stages has to be.
func funnelHeight(title string, labels []string) int {
	return margin + bigLine/2 + len(newCanvas(1).titleLines(title))*bigLine + 24 + rowsHeight(len(labels)) + margin/2
}

// funnel draws a bar a stage around one middle, with its value beside it.
func (c *canvas) funnel(w Words, top int, labels []string, values []float64) {
	labels = labels[:min(len(labels), rowMost)]
	most, room := 0.0, 0
	for i := range labels {
		room = max(room, c.measure(w.number(values[i]), c.bold))
		if !math.IsNaN(values[i]) {
			most = math.Max(most, values[i])
		}
	}
	from := margin + c.labelRoom(labels) + 24
	span := width - margin - room - 20 - from
	middle, l, y := from+span/2, lookOf(0), top+24
	for i, label := range labels {
		at := y + rowTall/2
		c.label(label, from-24, at)
		half := 0
		if most > 0 && values[i] > 0 {
			half = max(2, int(math.Round(values[i]/most*float64(span)/2)))
		}
		c.fill(middle-half, at-barThick/2, middle+half, at+barThick/2, l)
		c.text(w.number(values[i]), width-margin, at, c.bold, dark, right)
		y += rowTall
	}
}
