package picture

import (
	"sort"
	"strings"

	"github.com/go-analyze/charts"
)

// A picture is shown about 300 points wide on the smallest phones, a bit more than a quarter of what
// it has: what is below 34 points cannot be read there without a finger.
const (
	width  = 1080
	margin = 48

	bigSize, bigLine     = 54.0, 66 // the title
	plainSize, plainLine = 40.0, 50 // what is read
	smallSize            = 36.0     // what helps to read it
)

// dotsPerInch is what the library takes a screen to have: it counts letters in points.
const dotsPerInch = 92

// canvas is a picture on its way.
type canvas struct {
	p                *charts.Painter
	height           int
	big, bold, plain face
	small            face
}

// face is a font in a size.
type face struct {
	like charts.FontStyle
	size float64 // in pixels
}

// faceOf is a font in a size.
func faceOf(family string, size float64) face {
	return face{charts.FontStyle{FontSize: size * 72 / dotsPerInch, Font: charts.GetFont(family)}, size}
}

// Ink and paper.
func colours() (ink, soft, grid charts.Color) {
	return charts.ColorRGB(24, 30, 29), charts.ColorRGB(77, 87, 84), charts.ColorRGB(209, 214, 211)
}

// ink says how dark something is written.
type ink uint8

const (
	dark ink = iota
	faint
	white
)

func (i ink) colour() charts.Color {
	black, soft, _ := colours()
	switch i {
	case white:
		return charts.ColorWhite
	case faint:
		return soft
	default:
		return black
	}
}

// newCanvas is an empty picture. The fonts are those that the library brings along, under the SIL
// Open Font License.
func newCanvas(height int) *canvas {
	c := &canvas{
		p:      charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: width, Height: height}),
		height: height,
		big:    faceOf(charts.FontFamilyNotoSansBold, bigSize), bold: faceOf(charts.FontFamilyNotoSansBold, plainSize),
		plain: faceOf(charts.FontFamilyNotoSans, plainSize), small: faceOf(charts.FontFamilyNotoSans, smallSize),
	}
	c.rect(0, 0, width, height, charts.ColorWhite)
	return c
}

// style is a face as the library wants it.
func (f face) style(colour charts.Color) charts.FontStyle {
	f.like.FontColor = colour
	return f.like
}

// align says where a text stands to the place that is given.
type align uint8

const (
	left align = iota
	centre
	right
)

// text writes one line: y is the middle of its small letters' height.
func (c *canvas) text(s string, x, y int, f face, i ink, a align) {
	c.coloured(s, x, y, f, i.colour(), a)
}

func (c *canvas) coloured(s string, x, y int, f face, colour charts.Color, a align) {
	s = f.has(s)
	switch w := c.measure(s, f); a {
	case centre:
		x -= w / 2
	case right:
		x -= w
	case left:
	}
	c.p.Text(s, x, y+int(f.size*0.36), 0, f.style(colour))
}

// measure is how wide a text is.
func (c *canvas) measure(s string, f face) int {
	return c.p.MeasureText(f.has(s), 0, f.style(charts.ColorBlack)).Width()
}

// has leaves out what the font has no letter for, such as an emoji, which would be an empty box.
func (f face) has(s string) string {
	s = strings.Map(func(r rune) rune {
		if f.like.Font.Index(r) == 0 {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// wrap breaks a text into lines of a width, between words; what is too long for a line is cut short.
func (c *canvas) wrap(s string, f face, wide int) []string {
	var lines []string
	for _, word := range strings.Fields(f.has(s)) {
		if n := len(lines); n > 0 && c.measure(lines[n-1]+" "+word, f) <= wide {
			lines[n-1] += " " + word
			continue
		}
		lines = append(lines, c.fit(word, f, wide))
	}
	return lines
}

// inTwo is wrap with at most two lines, the second of which is cut short when there are more.
func (c *canvas) inTwo(s string, f face, wide int) []string {
	lines := c.wrap(s, f, wide)
	if len(lines) <= 2 {
		return lines
	}
	if lines[1] += " …"; c.measure(lines[1], f) > wide {
		lines[1] = c.fit(lines[1], f, wide)
	}
	return lines[:2]
}

// fit cuts a text short so that it is no wider.
func (c *canvas) fit(s string, f face, wide int) string {
	if c.measure(s, f) <= wide {
		return s
	}
	letters := []rune(s)
	most := sort.Search(len(letters), func(n int) bool { return c.measure(string(letters[:n+1])+"…", f) > wide })
	return strings.TrimSpace(string(letters[:max(1, most)])) + "…"
}

// title writes the title and gives where there is room below it.
func (c *canvas) title(s string) int {
	y := margin + bigLine/2
	for _, line := range c.titleLines(s) {
		c.text(line, margin, y, c.big, dark, left)
		y += bigLine
	}
	return y
}

func (c *canvas) titleLines(s string) []string { return c.inTwo(s, c.big, width-2*margin) }

// rect fills a rectangle.
func (c *canvas) rect(x1, y1, x2, y2 int, colour charts.Color) {
	if x2 > x1 && y2 > y1 {
		c.p.FilledRect(x1, y1, x2, y2, colour, colour, 0)
	}
}
