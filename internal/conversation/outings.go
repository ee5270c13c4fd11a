package conversation

import (
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// An outing is going to a partner: a visit that is planned, or an invitation. Whoever is to go is asked
// with a message of her own, and reminded on the day before (rule P2). Each stands in its own report, so
// that two of the same partner do not take each other's place.

// promptOuting is the prompt with which she is asked; its subject is the report's id.
const promptOuting = "outing"

// outing is what its report says.
type outing struct {
	program.Outing
	Partner string // what it is called
	Off     bool   // it was taken back
}

// partnerOuting asks whoever is to go.
func (v *visit) partnerOuting(s *saving) error {
	p, err := v.onDuty(s.answer("petugas"))
	if err != nil {
		return err
	}
	o := outing{Outing: program.Outing{What: s.answer("acara"), Who: p.ID, Author: v.person.ID}, Partner: s.matter.Fields.Get("nama")}
	o.When, err = time.ParseInLocation(program.AnswerTime, s.answer("waktu"), v.Zone)
	if err != nil || !o.When.After(v.now) {
		return refused{"partners.outing_over"}
	}
	s.matter.Fields[s.f.ID] = []string{s.answer("waktu"), o.What, p.ID}
	for _, name := range []string{"waktu", "acara", "petugas"} { // they would be those of the other flow
		delete(s.matter.Fields, name)
	}
	if p.ID != v.person.ID {
		t := v.Words(p.Lang)
		v.prompt(p, promptOuting, s.report.ID, t.Format("partners.outing", v.outingArgs(o, p)),
			flow.FaceButton{Label: "✅ " + t.Text("partners.can"), Action: "can"},
			flow.FaceButton{Label: "🙏 " + t.Text("partners.cannot"), Action: "cannot"})
	}
	return nil
}

// outingArgs is what sentences to a person say about an outing.
func (v *visit) outingArgs(o outing, to program.Person) map[string]any {
	words, address := v.Words(to.Lang), "say.friend"
	if to.Role.Board() {
		address = "say.board"
	}
	return map[string]any{
		"Address": words.Text(address), "Name": to.Name, "When": v.momentIn(words, o.When), "What": o.What, "Partner": o.Partner,
	}
}

// outingOf reads an outing from its report.
func (v *visit) outingOf(report string) (outing, error) {
	r, err := v.Store.Report(v.ctx, report)
	if errors.Is(err, turn.ErrNotFound) {
		return outing{Off: true}, nil
	}
	if err != nil {
		return outing{}, fmt.Errorf("find an outing: %w", err)
	}
	said, ok := program.OutingOf(r, v.Zone)
	if !ok {
		return outing{Off: true}, nil
	}
	m, ok, err := v.seen(r.Matter)
	return outing{said, m.Fields.Get("nama"), !ok}, err
}

// canGo tells whoever asked that she goes.
func (v *visit) canGo(p turn.Prompt) error { return v.answerOuting(p, true) }

// cannotGo tells whoever asked that she does not.
func (v *visit) cannotGo(p turn.Prompt) error { return v.answerOuting(p, false) }

// answerOuting says thank you, and tells whoever asked; who does not go is not reminded.
func (v *visit) answerOuting(p turn.Prompt, goes bool) error {
	said, told := "partners.will_go", "partners.told_can"
	if !goes {
		said, told = "partners.will_not_go", "partners.told_cannot"
	}
	o, err := v.outingOf(p.Subject)
	if err != nil {
		return err
	}
	if o.Off {
		v.repaint(v.t.Text("partners.outing_off"))
		return nil
	}
	v.repaint(v.t.Format(said, v.outingArgs(o, v.person)))
	author, err := v.Store.Person(v.ctx, o.Author)
	if errors.Is(err, turn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find who asked: %w", err)
	}
	args := v.outingArgs(o, author)
	args["Who"] = v.person.Name
	v.tell(author, v.Words(author.Lang).Format(told, args))
	return nil
}

// outingLines are the next visit and invitation, for the board and for whoever goes.
func (v *visit) outingLines(m program.Matter) ([]string, error) {
	var lines []string
	for _, one := range [][2]string{{"rencana_kunjungan", "partners.planned"}, {"undangan_masuk", "partners.invited"}} {
		said := m.Fields[one[0]]
		if len(said) < 3 || said[2] != v.person.ID && !program.PartnerField(v.person.Role, "kabar") {
			continue
		}
		when, err := time.ParseInLocation(program.AnswerTime, said[0], v.Zone)
		if err != nil || when.Before(v.now) {
			continue
		}
		who, err := v.labelOf(flow.Person, said[2])
		if err != nil {
			return nil, err
		}
		lines = append(lines, v.t.Format(one[1], map[string]any{"When": v.moment(when), "What": said[1], "Who": who}))
	}
	return lines, nil
}
