package conversation

import (
	"fmt"
	"html"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/handout"
	"github.com/dampingi/dampingi/internal/paper"
	"github.com/dampingi/dampingi/internal/program"
)

// What the chair takes away from a week is made when she asks for it, from the figures that are kept: the
// same week gives the same files.

// The forms in which it can be had.
const (
	asPictures = "png"
	asBook     = "xlsx"
	asPDF      = "pdf"
)

// takeOutButtons offer them.
func (v *visit) takeOutButtons() []flow.FaceButton {
	return []flow.FaceButton{
		v.button("📈", "digest.picture_button", "takeout:"+asPictures), v.button("📗", "digest.xlsx_button", "takeout:"+asBook),
		v.button("📕", "digest.pdf_button", "takeout:"+asPDF),
	}
}

// takeOut sends the week on the card in one of them. That it was is on record.
func (v *visit) takeOut(form string) error {
	f, ok, err := v.theWeek()
	if err != nil {
		return err
	}
	if !ok {
		return v.refuse()
	}
	speaker := v.speaker()
	pictures, err := handout.Pictures(f, speaker)
	if err != nil {
		return err
	}
	doc := handout.Document(f, speaker, pictures)
	switch form {
	case asPictures:
		for _, p := range pictures {
			if err := v.sendPicture(p.Name, html.EscapeString(p.Caption), p.PNG); err != nil {
				return err
			}
		}
	case asBook:
		err = v.sendPaper(handout.Name(f, ".xlsx"), doc, paper.XLSX)
	case asPDF:
		err = v.sendPaper(handout.Name(f, ".pdf"), doc, paper.PDF)
	default:
		return v.refuse()
	}
	if err != nil {
		return err
	}
	v.plan.Audit = append(v.plan.Audit, program.Audit{At: v.u.At, Actor: v.person.ID, Action: "week." + form, Subject: f.Week.String()})
	v.toast = "digest.sent"
	return v.turnedTo(weekly) // a second tap is late
}

// sendPaper writes a document and sends it.
func (v *visit) sendPaper(name string, doc paper.Document, write func(paper.Document) ([]byte, error)) error {
	data, err := write(doc)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return v.sendFile(name, data)
}
