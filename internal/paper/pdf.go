package paper

import (
	"bytes"
	"fmt"
	"time"

	bold "codeberg.org/go-fonts/liberation/liberationsansbold"
	regular "codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
)

// A page of A4, in millimetres.
const (
	pageWide, pageTall = 210.0, 297.0
	edge               = 20.0
	textWide           = pageWide - 2*edge
	lineTall           = 5.4
	font               = "Liberation"
)

// PDF is the document on pages of A4, in black on white: headings, lines, tables whose header stands
// on every page again, and the pictures. Its letters are embedded; what they have no letter for, such
// as an emoji, is left out. The font is Liberation Sans, under the SIL Open Font
// License.
func PDF(d Document) ([]byte, error) {
	p := &page{Fpdf: fpdf.New("P", "mm", "A4", "")}
	var err error
	if p.letters, err = sfnt.Parse(regular.TTF); err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	p.begin(d)
	p.title(d)
	for _, s := range d.Sections {
		p.section(s)
	}
	pictures, err := apart(d.Pictures)
	if err != nil {
		return nil, err
	}
	for i, each := range pictures {
		p.picture(fmt.Sprintf("picture%d", i), each)
	}
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("write the pdf: %w", err)
	}
	return out.Bytes(), nil
}

// page is a document that is being written.
type page struct {
	*fpdf.Fpdf
	letters *sfnt.Font
	buffer  sfnt.Buffer
}

// begin sets what holds for every page.
func (p *page) begin(d Document) {
	made := d.At
	if made.IsZero() {
		made = time.Unix(0, 0)
	}
	p.SetCatalogSort(true) // the same bytes for the same document
	p.SetCreationDate(made.UTC())
	p.SetModificationDate(made.UTC())
	p.SetProducer("", true)
	p.SetTitle(p.known(d.Title), true)
	p.AddUTF8FontFromBytes(font, "", regular.TTF)
	p.AddUTF8FontFromBytes(font, "B", bold.TTF)
	p.SetMargins(edge, edge, edge)
	p.SetCellMargin(0)
	p.SetAutoPageBreak(true, edge+4)
	p.AliasNbPages("{nb}")
	p.SetFooterFunc(func() {
		p.SetY(-edge + 2)
		p.SetFont(font, "", 8.5)
		p.SetTextColor(90, 90, 90)
		p.CellFormat(textWide-20, 5, p.cut(d.Title, textWide-24), "", 0, "L", false, 0, "")
		p.CellFormat(20, 5, fmt.Sprintf("%d / {nb}", p.PageNo()), "", 0, "R", false, 0, "")
		p.SetTextColor(0, 0, 0)
	})
	p.AddPage()
}

// title writes the title and when its figures were made.
func (p *page) title(d Document) {
	p.SetFont(font, "B", 18)
	p.MultiCell(textWide, 8.5, p.known(d.Title), "", "L", false)
	if !d.At.IsZero() {
		p.SetFont(font, "", 10)
		p.SetTextColor(90, 90, 90)
		p.CellFormat(textWide, 6, d.At.Format(wallClock), "", 1, "L", false, 0, "")
		p.SetTextColor(0, 0, 0)
	}
	p.Ln(2)
}

// section writes a heading and what stands under it.
func (p *page) section(s Section) {
	p.need(28) // a heading at the foot of a page belongs to nothing
	p.Ln(3)
	p.SetFont(font, "B", 12.5)
	p.MultiCell(textWide, 6.2, p.known(s.Head), "", "L", false)
	p.rule(0.5)
	p.Ln(1.6)
	p.SetFont(font, "", 10.5)
	for _, line := range s.Lines {
		if line = p.known(line); line == "" {
			p.Ln(lineTall / 2)
			continue
		}
		p.MultiCell(textWide, lineTall, line, "", "L", false)
	}
	if len(s.Table) > 0 {
		p.Ln(1)
		p.table(s.Table)
	}
}

// picture puts a picture on the page, with its caption below it.
func (p *page) picture(name string, each Picture) {
	options := fpdf.ImageOptions{ImageType: "PNG"}
	info := p.RegisterImageOptionsReader(name, options, bytes.NewReader(each.PNG))
	if p.Err() || info.Width() <= 0 {
		return
	}
	wide := 140.0
	tall := wide * info.Height() / info.Width()
	if most := pageTall - 2*edge - 24; tall > most {
		wide, tall = wide*most/tall, most
	}
	p.SetFont(font, "", 10.5)
	p.need(tall + 16)
	p.Ln(5)
	y := p.GetY()
	p.ImageOptions(name, edge+(textWide-wide)/2, y, wide, tall, false, options, 0, "")
	p.SetDrawColor(170, 170, 170)
	p.SetLineWidth(0.2)
	p.Rect(edge+(textWide-wide)/2, y, wide, tall, "D")
	p.SetY(y + tall + 2)
	p.MultiCell(textWide, lineTall, p.known(each.Caption), "", "C", false)
}

// need begins a new page when there is less room than that.
func (p *page) need(tall float64) {
	if p.GetY()+tall > pageTall-edge-4 {
		p.AddPage()
	}
}

// rule draws a line across the text.
func (p *page) rule(thick float64) {
	p.SetDrawColor(0, 0, 0)
	p.SetLineWidth(thick)
	y := p.GetY() + 0.6
	p.Line(edge, y, edge+textWide, y)
	p.SetY(y)
}
