package conversation

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// The card of a participant's safety: how she may be reached, what she agreed to, her kata aman,
// her phone. It is for who accompanies her, and is gone through together with her.

// toCares shows whom she accompanies.
func (v *visit) toCares() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(cares)
}

// caresFace is the list of them; whom the menu says nobody has asked yet come first, and are marked.
func (v *visit) caresFace() (flow.Face, bool, error) {
	all, err := v.assigned()
	if err != nil {
		return flow.Face{}, false, err
	}
	items := make([]item, 0, len(all))
	marked := 0
	for _, p := range all {
		name := flow.Pick{Ref: p.Code, Label: p.Alias}.Name()
		unasked, err := v.isUnasked(p)
		if err != nil {
			return flow.Face{}, false, err
		}
		if unasked {
			items, marked = slices.Insert(items, marked, item{p.Code, "🤲 " + name}), marked+1
			continue
		}
		items = append(items, item{p.Code, name})
	}
	text := v.t.Text("card.cares")
	if len(items) == 0 {
		text = v.t.Text("say.nobody_to_pick")
	}
	face := flow.Face{Text: text, Buttons: v.list(items, "care")}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// toCare shows one of them.
func (v *visit) toCare(place string) error {
	code, ok := v.ref(place)
	if !ok {
		return v.refuse()
	}
	return v.careOf(code)
}

// careOf shows a participant's card, if she accompanies her.
func (v *visit) careOf(code string) error {
	v.m.Page = Page{About: code}
	return v.turnedTo(care)
}

// ward is the participant whom the card is about, with what is agreed with her; false when she is
// not, or not any more, one of hers. The assignment is looked up each time.
func (v *visit) ward() (program.Participant, program.Person, bool, error) {
	p, err := v.Store.ParticipantFor(v.ctx, v.person.ID, v.m.Page.About)
	if errors.Is(err, turn.ErrNotFound) || err == nil && !v.may(program.SafeContact) {
		return p, program.Person{}, false, nil
	}
	if err != nil {
		return p, program.Person{}, false, fmt.Errorf("find whom it is about: %w", err)
	}
	her, err := v.Store.Person(v.ctx, p.Code)
	if err != nil {
		return p, her, false, fmt.Errorf("find whom it is about: %w", err)
	}
	return p, v.planned(her), true, nil
}

// planned is a person as this turn leaves her: her card shows what has just been done.
func (v *visit) planned(p program.Person) program.Person {
	s := &v.plan.Safety
	if slices.Contains(s.Cut, p.ID) {
		p.Chat = 0
	}
	for _, pin := range s.PINs {
		if pin.Person == p.ID {
			p.HasPIN = len(pin.Sealed) > 0
		}
	}
	for _, a := range v.plan.Way.Absent {
		if a.Person == p.ID {
			p.Away = a.Until
		}
	}
	for _, c := range s.Contacts {
		if c.Code == p.ID {
			p.Safe = c.Contact
		}
	}
	return p
}

// careFace is her card.
func (v *visit) careFace() (flow.Face, bool, error) {
	p, her, ok, err := v.ward()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	consents, err := v.Store.Consents(v.ctx, p.Code)
	if err != nil {
		return flow.Face{}, false, fmt.Errorf("look at her consents: %w", err)
	}
	lines := []string{"🛡 <b>" + v.t.Format("card.plain", map[string]any{"Value": flow.Pick{Ref: p.Code, Label: p.Alias}.Name()}) + "</b>"}
	lines = append(lines, v.safeLines(her)...)
	lines = append(lines, v.consentLines(consents)...)
	face := flow.Face{Text: strings.Join(lines, "\n"), Buttons: [][]flow.FaceButton{
		{v.button("✏️", "card.contact", "contact"), v.button("🤝", "card.consent", "consent")},
		{v.button("🗝", "card.word", "word"), v.button("🔗", "card.invite", "invite")},
		{v.button("👀", "card.guest", "guest")},
	}}
	var row []flow.FaceButton
	if her.Chat != 0 {
		row = append(row, v.button("📵", "card.cut", "sure:cut"))
	}
	if her.HasPIN {
		row = append(row, v.button("🔢", "card.unpin", "sure:unpin"))
	}
	asked, err := v.openErasure(p.Code)
	if err != nil {
		return flow.Face{}, false, err
	}
	if asked.ID == "" {
		row = append(row, v.button("🗑", "card.erase", "sure:erase"))
	} else {
		row = append(row, v.button("↩️", "hers.keep", "keep"))
	}
	face.Buttons = append(face.Buttons, row)
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("⬅️", "card.back", "cares"), v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// safeLines say in short what was agreed with her.
func (v *visit) safeLines(her program.Person) []string {
	c := her.Safe
	word := func(step, code string) string { return v.t.Text("kontak." + step + ".choice." + code) }
	checked := v.t.Text("card.not_there")
	if c.CheckedOn != "" {
		checked = v.day(c.CheckedOn)
	}
	line := func(key string, args map[string]any) string { return v.t.Format(key, args) }
	return []string{
		line("care.chat", map[string]any{"Chat": word("boleh_chat", string(c.Chat)), "Phone": word("hp_dipakai", string(c.Phone))}),
		line("care.hours", map[string]any{"From": hour(c.From), "To": hour(c.To)}),
		line("care.word", map[string]any{"Word": v.there(c.Word != ""), "PIN": v.there(her.HasPIN), "Joined": v.there(her.Chat != 0)}),
		line("care.checked", map[string]any{"Day": checked}),
	}
}

// there says whether there is something.
func (v *visit) there(is bool) string {
	if is {
		return v.t.Text("card.there")
	}
	return v.t.Text("card.not_there")
}

// consentLines say what she has agreed to.
func (v *visit) consentLines(all program.Consents) []string {
	today := program.DateOf(v.now)
	var lines []string
	for _, p := range program.Purposes() {
		c, ok := all.Of(p)
		if !ok {
			continue
		}
		line := "✖️ " + v.t.Text(purposeKey(p))
		if c.Holds(today) { // with its year: that day of this year would be long over
			_, until, _ := strings.Cut(bahasa.Lang(v.t.Lang()).DateLong(bahasa.DateOf(c.Until.Time(v.Zone))), ", ") // no weekday
			line = "✅ " + v.t.Format("care.until", map[string]any{"Purpose": v.t.Text(purposeKey(p)), "Day": until})
		}
		lines = append(lines, line)
	}
	return lines
}

// purposeKey names a purpose in short.
func purposeKey(p program.Purpose) string {
	keys := map[program.Purpose]string{
		program.Accompaniment: "purpose.pendampingan", program.ChatReminders: "purpose.pengingat_chat",
		program.AbroadStorage: "purpose.penyimpanan_luar_negeri", program.CapitalData: "purpose.data_modal",
		program.FunctionScale: "purpose.skala_keberfungsian", program.AnonymousSums: "purpose.angka_anonim",
		program.GuestVisit: "purpose.kunjungan_tamu",
	}
	return keys[p]
}

// hour writes minutes since midnight as they are said.
func hour(n int) string { return fmt.Sprintf("%02d.%02d", n/60%24, n%60) }

// beginAbout begins a flow about the participant of the card.
func (v *visit) beginAbout(id string) error {
	p, _, ok, err := v.ward()
	f := v.flowNamed(id)
	if err != nil {
		return err
	}
	if !ok || f == nil {
		return v.refuse()
	}
	her := flow.Answer{Name: string(flow.Participant), Values: []string{p.Code}, Label: p.Alias, Given: true}
	return v.begin(f, flow.Input{Known: []flow.Answer{her}})
}

// toWord asks for a kata aman.
func (v *visit) toWord() error { return v.turnedTo(wordNew) }

// wordFace asks her, in person, to type it.
func (v *visit) wordFace() (flow.Face, bool, error) {
	if _, _, ok, err := v.ward(); err != nil || !ok {
		return flow.Face{}, false, err
	}
	return flow.Face{Text: v.t.Text("card.word_ask"), Buttons: [][]flow.FaceButton{{v.button("⬅️", "card.back", "back")}}}, true, nil
}

// typedWord takes the kata aman that was typed.
func (v *visit) typedWord(text string) error {
	p, her, ok, err := v.ward()
	if err != nil || !ok {
		v.remove()
		return errors.Join(err, v.toMenu())
	}
	v.said = v.setWord(p.Code, her.Safe, text)
	if v.said != "say.word_set" {
		return v.show()
	}
	return v.turnedTo(care)
}

// invite makes a link with which somebody joins, once, in the next two days. It is to be shown in
// person, and is covered like any other card.
func (v *visit) invite(person string) {
	token := v.Seal.Lookup("invite", v.runID()+" "+person)
	v.plan.Safety.Invited = append(v.plan.Safety.Invited, turn.Invitation{Person: person, Token: token, At: v.u.At})
	v.audit("person.invite", person)
	v.m.Page.Token = token
	v.hideSoon()
}

// linkFace shows it.
func (v *visit) linkFace() (flow.Face, bool, error) {
	if v.m.Page.Token == "" {
		return flow.Face{}, false, nil
	}
	if _, ok, err := v.about(); err != nil || !ok { // she was handed over meanwhile, or has left
		return flow.Face{}, false, err
	}
	text := v.t.Format("card.link", map[string]any{"Link": v.Link(v.m.Page.Token)})
	return flow.Face{Text: text, Buttons: [][]flow.FaceButton{{v.button("⬅️", "card.back", "back")}}}, true, nil
}

// back leads from a page to the card it was opened from.
func (v *visit) back() error {
	v.m.Page.Token, v.m.Page.Do = "", ""
	switch {
	case v.m.Page.About == "":
		return v.toMenu()
	case v.may(program.ManageTeam):
		return v.turnedTo(mate)
	}
	return v.turnedTo(care)
}

// item is one line of a list to pick from.
type item struct{ ref, label string }

// listPage is how many stand on a page, in two columns.
const listPage = 10

// list is a page of buttons; their places mean what stood there when the card was drawn.
func (v *visit) list(items []item, action string) [][]flow.FaceButton {
	last := max(0, (len(items)-1)/listPage)
	v.m.Page.At = min(max(v.m.Page.At, 0), last)
	shown := items[v.m.Page.At*listPage : min(len(items), (v.m.Page.At+1)*listPage)]
	refs := make([]string, 0, len(shown))
	var rows [][]flow.FaceButton
	for i, it := range shown {
		refs = append(refs, it.ref)
		b := flow.FaceButton{Label: it.label, Action: action + ":" + strconv.Itoa(i)}
		if i%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], b)
	}
	if !slices.Equal(refs, v.m.Page.Refs) {
		v.m.Page.Refs = refs
		v.m.Rev++
	}
	var turns []flow.FaceButton
	if v.m.Page.At > 0 {
		turns = append(turns, v.button("◀️", "card.before", "page:"+strconv.Itoa(v.m.Page.At-1)))
	}
	if v.m.Page.At < last {
		turns = append(turns, v.button("▶️", "card.after", "page:"+strconv.Itoa(v.m.Page.At+1)))
	}
	if len(turns) > 0 {
		rows = append(rows, turns)
	}
	return rows
}

// ref is what a place on the list means.
func (v *visit) ref(place string) (string, bool) {
	i, err := strconv.Atoi(place)
	if err != nil || i < 0 || i >= len(v.m.Page.Refs) {
		return "", false
	}
	return v.m.Page.Refs[i], true
}

// turnPage leafs through a list.
func (v *visit) turnPage(page string) error {
	n, err := strconv.Atoi(page)
	if err != nil {
		return v.refuse()
	}
	v.m.Page.At = n
	return v.turnedTo(v.m.Screen)
}
