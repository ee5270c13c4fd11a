package conversation

import (
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// hide covers the card, and takes out of the chat what stands above it ("tutup").
func (v *visit) hide() error {
	v.setAside()
	v.m.Page, v.m.Digits = Page{}, ""
	if err := v.sweep(); err != nil {
		return err
	}
	return v.turnedTo(hidden)
}

// lock covers the card at once; somebody with a PIN needs it to go on.
func (v *visit) lock() error {
	v.setAside()
	v.m.Page = Page{}
	if err := v.sweep(); err != nil {
		return err
	}
	v.m.Active = 0
	return v.turnedTo(hidden)
}

// hard offers the safe steps in place of what was written: details of violence are not kept here.
func (v *visit) hard() error {
	v.remove()
	return v.turnedTo(hardWord)
}

func (v *visit) hardFace() (flow.Face, bool, error) {
	return flow.Face{Text: v.t.Text("card.hard"), Buttons: [][]flow.FaceButton{
		{v.button("🛟", "card.steps", "steps")}, {v.button("↩️", "card.not_hard", "not")},
	}}, true, nil
}

// toSteps shows what to do, and where there is help at any hour.
func (v *visit) toSteps() error {
	v.audit("safety.steps", v.person.ID)
	return v.turnedTo(safeSteps)
}

func (v *visit) stepsFace() (flow.Face, bool, error) {
	text := v.t.Text("card.safe_steps")
	if v.Help != "" {
		text += "\n5. " + v.t.Format("card.plain", map[string]any{"Value": v.Help})
	}
	return flow.Face{Text: text, Buttons: [][]flow.FaceButton{
		{v.button("📣", "card.call_chair", "chair")},
		{v.button("↩️", "card.back", "not"), v.button("🙈", "card.close", "hide")},
	}}, true, nil
}

// callChair lets the chair know that somebody needs her, by code only.
func (v *visit) callChair() error {
	code := ""
	if f, run := v.flowOf(v.m.Run); f != nil {
		if about, ok := f.AboutWhom(run); ok {
			code = about.Value()
		}
	}
	chairs, err := v.staff(program.Chair)
	if err != nil {
		return err
	}
	key := "say.chair_called"
	if code == "" {
		key = "say.chair_called_alone"
	}
	for _, p := range chairs {
		v.tell(p, v.Words(p.Lang).Format(key, map[string]any{"Name": v.person.Name, "Code": code}))
	}
	v.audit("safety.chair", v.person.ID)
	v.said = "say.chair_told"
	if len(chairs) == 0 {
		v.said = "say.no_chair"
	}
	return v.notHard()
}

// notHard goes on where she was.
func (v *visit) notHard() error {
	if v.said == "" && v.m.Screen == hardWord {
		v.said = "say.otherwise"
	}
	if v.m.Run.Running() {
		return v.turnedTo(running)
	}
	return v.turnedTo(menu)
}

// editContact opens what is agreed with her, to be gone through line by line.
func (v *visit) editContact() error { return v.beginAbout("kontak") }

// askConsent goes through what she agrees to.
func (v *visit) askConsent() error { return v.beginAbout("persetujuan") }

// typedOnWord takes what is typed where a kata aman is asked for: words that lead back are none.
func (v *visit) typedOnWord(text string) error {
	if c, ok := bahasa.ReadCommand(text); ok {
		switch c {
		case bahasa.Cancel, bahasa.Back:
			return v.back()
		case bahasa.Menu, bahasa.Close, bahasa.Lock:
			return v.command(c)
		}
	}
	return v.typedWord(text)
}

// day writes a day in short; one of another year with its year.
func (v *visit) day(d program.Date) string {
	day := bahasa.DateOf(d.Time(v.Zone))
	short := bahasa.Lang(v.t.Lang()).DateShort(day)
	if day.Year == v.now.Year() {
		return short
	}
	_, short, _ = strings.Cut(short, ", ")
	return short + " " + strconv.Itoa(day.Year)
}
