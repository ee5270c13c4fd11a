package conversation

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// turnedTo shows another card than before.
func (v *visit) turnedTo(s screen) error {
	v.leavePad(s)
	v.m.Screen = s
	v.m.Rev++
	return v.show()
}

// toMenu shows the menu; a report in the making is put aside, not lost. What the card was about is
// not remembered: a link, a code.
func (v *visit) toMenu() error {
	v.setAside()
	v.m.Page = Page{}
	v.fresh = v.fresh || v.m.Screen == receipt
	return v.turnedTo(menu)
}

// show plans the card as it stands: covered, when the PIN is to be entered first.
func (v *visit) show() error {
	if v.person.Role == program.Beneficiary {
		return v.herShow()
	}
	if v.shut() {
		v.card(v.padFace(v.t.Text("card.locked")))
		return nil
	}
	if v.m.Screen == running {
		return v.showRun()
	}
	face, ok, err := v.face()
	if err != nil {
		return err
	}
	if !ok { // what it was about is gone, or not hers any more
		return v.toMenu()
	}
	v.card(face)
	return nil
}

// showRun plans the card of the run.
func (v *visit) showRun() error {
	f, run := v.flowOf(v.m.Run)
	if f == nil {
		return v.toMenu()
	}
	if !v.may(program.ReportDeed(f.ID)) {
		return v.notForHer()
	}
	v.m.Run = run
	shown, effects, err := v.stepped(f, flow.Input{Kind: flow.Show})
	if err != nil {
		return err
	}
	if !slices.Equal(run.Shown, shown.Shown) { // the places on a picker's page mean other records now
		v.m.Rev++
	}
	v.m.Run = shown
	for _, e := range effects {
		if card, ok := e.(flow.Card); ok {
			if err := v.runCard(f, shown, card.Screen); err != nil {
				return err
			}
		}
	}
	return nil
}

// runCard plans the card of a run, with what its matter has to tell beside the question.
func (v *visit) runCard(f *flow.Flow, run flow.State, s flow.Screen) error {
	face := flow.Render(s, hailing{v.t, v.names()})
	lines, err := v.besideRun(f, run)
	if err != nil {
		return err
	}
	if at := strings.LastIndex(face.Text, "\n\n"); at >= 0 && len(lines) > 0 {
		face.Text = face.Text[:at] + "\n\n" + strings.Join(lines, "\n") + face.Text[at:]
	}
	v.card(face)
	return nil
}

// hailing is the words of a run: its sentences may name or address whoever is spoken to.
type hailing struct {
	Words
	names map[string]any
}

// Text is a text; a sentence that is said is filled in.
func (h hailing) Text(key string) string {
	if strings.HasPrefix(key, "say.") {
		return h.Words.Format(key, h.names)
	}
	return h.Words.Text(key)
}

// Format fills in a text.
func (h hailing) Format(key string, args map[string]any) string {
	all := maps.Clone(h.names)
	maps.Copy(all, args)
	return h.Words.Format(key, all)
}

// besideRun is what the matter that a run is about has to tell beside its question.
func (v *visit) besideRun(f *flow.Flow, run flow.State) ([]string, error) {
	n, ok := v.nouns.of(program.MatterKind(f.About))
	about, known := f.AboutWhom(run)
	if !ok || n.beside == nil || !known {
		return nil, nil
	}
	m, ok, err := v.matterByCode(n.kind, about.Value())
	if err != nil || !ok {
		return nil, err
	}
	return n.beside(v, f, run, m)
}

// views are the house's own cards by screen: each says what is on it, or false when there is
// nothing any more that it could show. The run has its own.
type views map[screen]func(v *visit) (flow.Face, bool, error)

func newViews() views {
	return views{
		receipt: (*visit).receiptView, takenBack: (*visit).receiptView, dropped: (*visit).droppedFace, offer: (*visit).offerView,
		hidden: (*visit).hiddenFace, pinNew: (*visit).pinFace, pinAgain: (*visit).pinFace,
		hardWord: (*visit).hardFace, safeSteps: (*visit).stepsFace, sure: (*visit).sureFace,
		cares: (*visit).caresFace, care: (*visit).careFace, wordNew: (*visit).wordFace, link: (*visit).linkFace,
		weekly: (*visit).digestFace, notesOf: (*visit).notesOfFace, notesWhy: (*visit).notesWhyFace, notes: (*visit).notesFace,
		more: (*visit).moreFace, matters: (*visit).mattersFace, matter: (*visit).matterFace, friends: (*visit).friendsFace, friend: (*visit).friendFace,
		infoSheet: (*visit).infoFace,
		team:      (*visit).teamFace, mate: (*visit).mateFace, asked: (*visit).askedFace, calls: (*visit).callsFace,
		inviting: (*visit).inviteFace, replying: (*visit).repliesFace,
		declining: (*visit).declineFace, me: (*visit).meFace,
		todo: (*visit).dutiesFace, oneDuty: (*visit).dutyFace, myHours: (*visit).hoursFace,
	}
}

// face is what is on the present card.
func (v *visit) face() (flow.Face, bool, error) {
	if view, ok := v.views[v.m.Screen]; ok {
		return view(v)
	}
	face, err := v.homeFace()
	return face, true, err
}

func (v *visit) receiptView() (flow.Face, bool, error) {
	f, run := v.flowOf(v.m.Last.Run)
	if f == nil {
		return flow.Face{}, false, nil
	}
	face, err := v.receiptFace(f, run)
	return face, true, err
}

func (v *visit) droppedFace() (flow.Face, bool, error) {
	return flow.Face{Text: v.t.Text("card.dropped"), Buttons: [][]flow.FaceButton{
		{v.button("↩️", "card.restore", "resume")}, {v.button("☰", "card.menu", "menu")},
	}}, true, nil
}

func (v *visit) offerView() (flow.Face, bool, error) {
	f, run := v.flowOf(v.m.Run)
	if f == nil {
		return flow.Face{}, false, nil
	}
	return v.offerFace(f, run), true, nil
}

func (v *visit) hiddenFace() (flow.Face, bool, error) {
	return flow.Face{Text: v.t.Text("say.locked"), Buttons: [][]flow.FaceButton{{v.button("🔓", "card.open", "reopen")}}}, true, nil
}

func (v *visit) pinFace() (flow.Face, bool, error) {
	key := "card.pin_new"
	if v.m.Screen == pinAgain {
		key = "card.pin_again"
	}
	face := v.padFace(v.t.Text(key))
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// homeFace is the card of whoever is in the middle of nothing. Where nothing is remembered of
// the chat, or no longer, it becomes the card on screen, or its buttons would be taken for late
// ones for ever; and it counts as another, or those of an older card would be taken for its own.
func (v *visit) homeFace() (flow.Face, error) {
	if v.m.Screen == blank {
		v.m.Screen = menu
		v.m.Rev++
	}
	return v.menuFace()
}

// card plans a card's message: its buttons carry the revision and what they mean.
func (v *visit) card(face flow.Face) {
	text := face.Text
	if v.said != "" {
		text = v.t.Format(v.said, v.names()) + "\n\n" + text
	}
	m := turn.Message{Form: turn.Card, Text: text, Buttons: v.keyboard(face.Buttons), Fresh: v.fresh, Replace: v.secret, Protect: v.m.Screen == weekly}
	if v.u.Kind == turn.Deadline { // it rings, and whoever has the phone reads the first line
		m.Cover = v.t.Format("say.waiting", v.names())
	}
	v.plan.Messages = append(v.plan.Messages, m)
}

// keyboard is the buttons of the present card: each carries the card's revision and what it means.
func (v *visit) keyboard(face [][]flow.FaceButton) [][]turn.Button {
	rev := v.rev() + "."
	rows := make([][]turn.Button, 0, len(face))
	for _, row := range face {
		buttons := make([]turn.Button, 0, len(row))
		for _, b := range row {
			buttons = append(buttons, turn.Button{Label: b.Label, Data: rev + b.Action})
		}
		rows = append(rows, buttons)
	}
	return rows
}

// rev is the card's revision, as its buttons carry it.
func (v *visit) rev() string { return strconv.FormatUint(uint64(v.m.Rev), 36) }

// names is what sentences may say about the person who is spoken to.
func (v *visit) names() map[string]any {
	return map[string]any{"Name": v.person.Name, "Address": v.address(), "Help": v.Help}
}

// button puts one of the house's own buttons into words.
func (v *visit) button(icon, key, action string) flow.FaceButton {
	return flow.FaceButton{Label: icon + " " + v.t.Text(key), Action: action}
}

// draftArgs says which report an interrupted one is, and how far it was.
func (v *visit) draftArgs(f *flow.Flow, run flow.State) map[string]any {
	done, all := f.Progress(run)
	about, _ := f.AboutWhom(run)
	return map[string]any{
		"Title": v.t.Text(f.TitleKey()), "About": flow.Pick{Ref: about.Value(), Label: about.Label}.Name(), "Done": done, "All": all,
	}
}

// offerFace asks whether to go on with an interrupted report.
func (v *visit) offerFace(f *flow.Flow, run flow.State) flow.Face {
	text := strings.Replace(v.t.Format("card.offer", v.draftArgs(f, run)), " · \n", "\n", 1) // it may be about nobody
	return flow.Face{Text: text, Buttons: [][]flow.FaceButton{
		{v.button("▶️", "card.resume", "resume")},
		{v.button("🗑", "card.discard", "discard"), v.button("☰", "card.menu", "menu")},
	}}
}
