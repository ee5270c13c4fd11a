package conversation

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// An outing is going to a partner: a visit that is planned, or an invitation. Whoever is to go is asked
// with a message of her own, and reminded on the day before. Each stands in its own report, so that
// two of the same partner do not take each other's place.

const (
	promptOuting = "outing"  // the prompt; its subject is the report's id
	dueOuting    = "outing." // with the report's id: when she is reminded
	outingHour   = 17        // o'clock, on the day before
)

// outing is what its report says.
type outing struct {
	When    time.Time
	What    string
	Who     string // person id
	Partner string // what it is called
	Author  string // person id
	Off     bool   // it was taken back
}

// outingAnswers are the answers of its flows.
type outingAnswers struct {
	When string `json:"waktu"`
	What string `json:"acara"`
	Who  string `json:"petugas"`
}

// outingTime is the form in which a time is answered.
const outingTime = "2006-01-02T15:04"

// partnerOuting asks whoever is to go, and remembers to remind her.
func (v *visit) partnerOuting(s *saving) error {
	p, err := v.onDuty(s.answer("petugas"))
	if err != nil {
		return err
	}
	o := outing{What: s.answer("acara"), Who: p.ID, Partner: s.matter.Fields.Get("nama"), Author: v.person.ID}
	o.When, err = time.ParseInLocation(outingTime, s.answer("waktu"), v.Zone)
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
	if at := v.outingReminder(o); p.Chat != 0 && at.After(v.now) {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: p.Chat, Kind: dueOuting + s.report.ID, At: at})
	}
	return nil
}

// outingReminder is when she is reminded.
func (v *visit) outingReminder(o outing) time.Time {
	return program.DateOf(o.When).AddDays(-1).Time(v.Zone).Add(outingHour * time.Hour)
}

// outingArgs is what sentences to a person say about an outing.
func (v *visit) outingArgs(o outing, to program.Person) map[string]any {
	words, address := v.Words(to.Lang), "say.friend"
	if to.Role.Board() {
		address = "say.board"
	}
	return map[string]any{
		"Address": words.Text(address), "Name": to.Name, "When": momentIn(words, o.When), "What": o.What, "Partner": o.Partner,
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
	var a outingAnswers
	if err := json.Unmarshal(r.Answers, &a); err != nil {
		return outing{}, fmt.Errorf("read an outing: %w", err)
	}
	o := outing{What: a.What, Who: a.Who, Author: r.Author, Off: !r.UndoneAt.IsZero()}
	if o.When, err = time.ParseInLocation(outingTime, a.When, v.Zone); err != nil {
		o.Off = true
	}
	m, ok, err := v.seen(r.Matter)
	o.Partner, o.Off = m.Fields.Get("nama"), o.Off || !ok
	return o, err
}

// canGo tells whoever asked that she goes.
func (v *visit) canGo(p turn.Prompt) error { return v.answerOuting(p, true) }

// cannotGo tells whoever asked that she does not.
func (v *visit) cannotGo(p turn.Prompt) error { return v.answerOuting(p, false) }

// answerOuting says thank you, and tells whoever asked; who does not go need not be reminded.
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
	if !goes {
		v.plan.Settled = append(v.plan.Settled, turn.Due{Chat: v.u.Chat, Kind: dueOuting + p.Subject, At: v.outingReminder(o)})
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

// outingDue reminds her on the day before, unless it was taken back, or is over.
func (v *visit) outingDue(report string) error {
	v.settle()
	o, err := v.outingOf(report)
	if err != nil || o.Off || o.Who != v.person.ID || !o.When.After(v.now) {
		return err
	}
	if !v.awake() {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueOuting + report, At: v.waking(v.now)})
		return nil
	}
	v.tell(v.person, v.t.Format("partners.outing_again", v.outingArgs(o, v.person)))
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
		when, err := time.ParseInLocation(outingTime, said[0], v.Zone)
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
