package paper

import (
	"sort"
	"strings"

	"golang.org/x/image/font/sfnt"
)

const (
	cellEdge = 1.6  // beside what stands in a cell
	cellMost = 90.0 // that a column asks for; it may get more where there is room
)

// known is a text without what the font has no letter for.
func (p *page) known(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		if at, err := p.letters.GlyphIndex(&p.buffer, r); err != nil || at == sfnt.GlyphIndex(0) {
			return -1
		}
		return r
	}, printable(s))
	return strings.TrimSpace(s)
}

// cut is a text in one line, cut short so that it is no wider.
func (p *page) cut(s string, wide float64) string {
	letters := []rune(strings.Join(strings.Fields(p.known(s)), " "))
	if p.GetStringWidth(string(letters)) <= wide {
		return string(letters)
	}
	most := sort.Search(len(letters), func(n int) bool { return p.GetStringWidth(string(letters[:n+1])+"…") > wide })
	return strings.TrimSpace(string(letters[:most])) + "…"
}

// table writes a table; numbers stand at the right of their column.
func (p *page) table(rows [][]string) {
	p.SetFont(font, "", 9.5)
	t := p.columns(rows)
	if len(t.wide) == 0 {
		return
	}
	for i := range rows {
		if i == 0 {
			p.need(20) // a header alone at the foot of a page heads nothing
			p.row(rows[0], t, true)
			continue
		}
		if p.GetY()+p.rowTall(rows[i], t)+1 > pageTall-edge-4 {
			p.AddPage()
			p.row(rows[0], t, true)
		}
		p.row(rows[i], t, false)
	}
	p.SetFont(font, "", 10.5)
}

// weight is how a row is written: a header is bold.
func (*page) weight(head bool) string {
	if head {
		return "B"
	}
	return ""
}

// columns is how wide the columns are, and which hold numbers.
type columns struct {
	wide    []float64
	numbers []bool
}

// columns finds how wide the columns have to be.
func (p *page) columns(rows [][]string) columns {
	var t columns
	for i, row := range rows {
		p.SetFont(font, p.weight(i == 0), 9.5)
		for j, text := range row {
			if j == len(t.wide) {
				t.wide, t.numbers = append(t.wide, 12), append(t.numbers, true)
			}
			for line := range strings.Lines(p.known(text)) {
				t.wide[j] = max(t.wide[j], min(cellMost, p.GetStringWidth(line)+2*cellEdge+0.2))
			}
			t.numbers[j] = t.numbers[j] && (i == 0 || figure(text))
		}
	}
	total := 0.0
	for _, w := range t.wide {
		total += w
	}
	if total > textWide {
		for j := range t.wide {
			t.wide[j] *= textWide / total
		}
	}
	return t
}

// figure reports whether a text is read as a figure: digits with marks, or nothing.
func figure(text string) bool {
	return strings.Trim(text, "0123456789.,<>-−–+% Rp") == ""
}

// lines are the lines of a cell.
func (p *page) lines(text string, wide float64) []string {
	var all []string
	for paragraph := range strings.Lines(p.known(text)) {
		all = append(all, p.broken(strings.TrimSpace(paragraph), wide)...)
	}
	return all
}

// broken breaks a paragraph between words; a word that is too long is cut short.
func (p *page) broken(text string, wide float64) []string {
	var all []string
	for _, word := range strings.Fields(text) {
		if n := len(all); n > 0 && p.GetStringWidth(all[n-1]+" "+word) <= wide {
			all[n-1] += " " + word
			continue
		}
		all = append(all, p.cut(word, wide))
	}
	return all
}

// rowTall is how tall a row is.
func (p *page) rowTall(row []string, t columns) float64 {
	most := 1
	for j, text := range row {
		most = max(most, len(p.lines(text, t.wide[j]-2*cellEdge)))
	}
	return float64(most)*4.6 + 2
}

// row writes a row with a line below it.
func (p *page) row(row []string, t columns, head bool) {
	p.SetFont(font, p.weight(head), 9.5)
	x, y, tall := edge, p.GetY(), p.rowTall(row, t)
	for j, text := range row {
		align := "L"
		if t.numbers[j] {
			align = "R"
		}
		for i, line := range p.lines(text, t.wide[j]-2*cellEdge) {
			p.SetXY(x+cellEdge, y+1+float64(i)*4.6)
			p.CellFormat(t.wide[j]-2*cellEdge, 4.6, line, "", 0, align, false, 0, "")
		}
		x += t.wide[j]
	}
	p.SetDrawColor(120, 120, 120)
	p.SetLineWidth(0.15)
	if head {
		p.SetDrawColor(0, 0, 0)
		p.SetLineWidth(0.4)
	}
	p.Line(edge, y+tall, x, y+tall)
	p.SetXY(edge, y+tall)
	p.SetFont(font, "", 9.5)
}
