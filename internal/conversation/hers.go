package conversation

import (
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A participant's chat is one card: edited in place while she taps, and sent anew below when she
// types, the one before being taken out of the chat, like what she typed. What the card shows is a
// line that may be read by anybody, or a page that she has opened, which turns back into the line
// after a while. Both come from package discreet, and from nowhere else.

// dueHide is the deadline at which what she has opened is covered again.
const dueHide = "hide"

// hers is one of her cards: a line for everybody, and the page behind it, if one is open.
type hers struct {
	line    discreet.Line
	page    *discreet.Page
	buttons [][]flow.FaceButton
}

// herViews are her cards by screen; on every other she sees the neutral one.
type herViews map[screen]func(v *visit) (hers, error)

func newHerViews() herViews {
	return herViews{
		herConsent: (*visit).herConsentView, herChoices: (*visit).herChoicesView, herData: (*visit).herDataView,
		herOpened: (*visit).herOpenedView, herAlias: (*visit).herAliasView, herErase: (*visit).herEraseView,
		herErasing: (*visit).herErasingView, herConsents: (*visit).herConsentsView, herCover: (*visit).herCoverView,
		herCall: (*visit).herCallView, herTarget: (*visit).herTargetView, herTargetNew: (*visit).herTargetNewView,
		herOwn: (*visit).herOwnView, herGrowth: (*visit).herGrowthView,
		herNumbers: (*visit).herNumbersView, herNote: (*visit).herNoteView, wordNew: (*visit).herWordView, pinNew: (*visit).herPINView, pinAgain: (*visit).herPINView,
		herNews: (*visit).herNewsView, herSchedule: (*visit).herScheduleView,
	}
}

// line is one of the whitelisted lines, as what is agreed with her allows it.
func (v *visit) line(t discreet.Template) discreet.Line {
	return discreet.Compose(v.t, t, discreet.Fill{Now: v.u.At.In(v.Zone)}, v.person.Safe)
}

// pageOf is a page that she opens, under the line for everybody.
func (v *visit) pageOf(key discreet.PageKey, args map[string]any, buttons ...[]flow.FaceButton) hers {
	return v.paged(discreet.Open(v.t, key, args), buttons...)
}

// paged is pageOf for a page that is there already; above it, what has just happened.
func (v *visit) paged(page discreet.Page, buttons ...[]flow.FaceButton) hers {
	if v.note != 0 {
		page = discreet.Stack(discreet.Open(v.t, v.note, nil), page)
	}
	closing := []flow.FaceButton{v.button("🙈", "card.close", "h.hide")}
	return hers{line: v.line(discreet.Hello), page: &page, buttons: append(buttons, closing)}
}

// herShow plans her card as it stands.
func (v *visit) herShow() error {
	card, err := v.herCard()
	if err != nil {
		return err
	}
	m := turn.ToHer(card.line, card.page, v.keyboard(card.buttons))
	m.Fresh = v.fresh
	v.plan.Messages = append(v.plan.Messages, m)
	if card.page != nil {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueHide, At: v.u.At.Add(v.hideAfter())})
	}
	return nil
}

// herCard is what her card shows now.
func (v *visit) herCard() (hers, error) {
	switch {
	case v.silent():
		return v.veil(), nil
	case v.shut():
		return v.herPadView(discreet.PagePIN), nil
	}
	if v.m.Screen == blank { // nothing is remembered of the chat: buttons of an older card are old
		v.m.Screen = menu
		v.m.Rev++
	}
	if view, ok := v.herViews[v.m.Screen]; ok {
		return view(v)
	}
	return v.herHome()
}

// herHome is the neutral card. Before she has been asked what she agrees to, it offers to explain.
func (v *visit) herHome() (hers, error) {
	open, err := v.unansweredPurposes()
	if err != nil {
		return hers{}, err
	}
	if len(open) > 0 && !v.m.Later && !v.m.Echo && v.m.Glad == 0 && !v.guestAhead() {
		return hers{line: v.line(discreet.Welcome), buttons: [][]flow.FaceButton{
			{v.button("👍", "hers.may", "h.explain"), v.button("🕐", "hers.later", "h.later")},
		}}, nil
	}
	return v.herHomeCard()
}

// hideAfter is for how long a page stays open.
func (v *visit) hideAfter() time.Duration {
	after := time.Duration(v.person.Safe.HideAfter) * time.Minute
	if v.m.Screen == herNumbers {
		return min(after, notesOpen)
	}
	return after
}

// herTo shows another of her cards.
func (v *visit) herTo(s screen) error {
	if v.lacksPIN() && slices.Contains(behindPIN(), s) {
		v.m.Digits, v.m.PIN, s = "", nil, pinNew
	}
	v.leavePad(s)
	v.m.Screen = s
	v.m.Rev++
	return v.herShow()
}

// lacksPIN reports whether her phone was said to be used by others, and nothing protects what she
// opens there yet: then a PIN comes first (safety.md 3.5 rule 10).
func (v *visit) lacksPIN() bool {
	return !v.person.HasPIN && v.person.Safe.CheckedOn != "" && v.person.Safe.Shared()
}

// behindPIN are the cards that say something about her.
func behindPIN() []screen {
	return []screen{herChoices, herConsents, herData, herOpened, herAlias, herErase, herTarget, herTargetNew, herOwn, herGrowth, herSchedule}
}

// noted shows her home again, with a short page above nothing: what became of what she asked for.
func (v *visit) noted(key discreet.PageKey) error {
	v.m.Note = key
	return v.herTo(herNote)
}

func (v *visit) herNoteView() (hers, error) { return v.pageOf(v.m.Note, nil), nil }

// cover turns her card neutral again and cleans what stands above it.
func (v *visit) cover() error {
	v.m.Page, v.m.Digits, v.m.PIN, v.m.Note = Page{}, "", nil, 0
	v.m.News = nil
	if err := v.sweep(); err != nil {
		return err
	}
	return v.herTo(menu)
}

// hideDue covers what she opened, when its time is over.
func (v *visit) hideDue() error {
	v.settle()
	switch {
	case v.person.Role != program.Beneficiary:
		if v.m.Screen == notes || v.m.Screen == link || v.m.Screen == weekly {
			return v.toMenu()
		}
		return nil
	case v.m.Screen == menu || v.m.Screen == blank || v.m.Screen == herNews:
		return nil
	}
	return v.cover()
}

// herUpdate decides what an update of a participant means.
func (v *visit) herUpdate() error {
	switch v.u.Kind {
	case turn.Text, turn.Edited:
		v.fresh = v.u.Kind == turn.Text
		v.remove()
		if v.isWord(v.u.Text) && v.person.Safe.Word != "" {
			return v.evacuate()
		}
	case turn.Unsupported:
		v.fresh = true
		v.remove()
	case turn.Deadline:
		if v.silent() && v.u.Data != dueRemind { // what she sees is harmless, and nothing is sent but answers
			v.settle()
			return nil
		}
		return v.fallDue()
	case turn.Other, turn.Group, turn.Blocked, turn.Unblocked, turn.Press:
	}
	if v.silent() {
		return v.herShow()
	}
	if v.shut() {
		return v.knock()
	}
	v.stay()
	v.m.Here = v.u.At.Unix()
	switch v.u.Kind {
	case turn.Press:
		return v.press()
	case turn.Text:
		return v.herText(strings.TrimSpace(v.u.Text))
	case turn.Unsupported:
		return v.noted(discreet.PageUnsupported)
	case turn.Other, turn.Edited, turn.Group, turn.Blocked, turn.Unblocked, turn.Deadline:
	}
	return nil
}

// herText understands what she wrote: the few words that work everywhere, then what her card asks
// for, then the names of its buttons. Anything else leads to the neutral card, without reproach.
func (v *visit) herText(text string) error {
	if discreet.AsksWho(text) {
		return v.herTo(herCover)
	}
	if bahasa.AsksCall(text) {
		return v.callMe()
	}
	if wantsTarget(text) {
		return v.openTarget()
	}
	if done, err := v.herTyped(text); done {
		return err
	}
	if c, ok := bahasa.ReadCommand(text); ok {
		return v.herCommand(c)
	}
	card, err := v.herCard()
	if err != nil {
		return err
	}
	if action, ok := named(text, card.buttons); ok {
		return v.act(action)
	}
	if v.m.Screen == menu {
		return v.herShow()
	}
	return v.herTo(menu)
}

// herCommand carries out one of the words that work everywhere.
func (v *visit) herCommand(c bahasa.Command) error {
	switch c {
	case bahasa.Stop:
		return v.stopReminders()
	case bahasa.MyData:
		return v.openData()
	case bahasa.Erase:
		return v.herTo(herErase)
	case bahasa.Pause:
		return v.pauseHers()
	case bahasa.Start:
		v.m.Later = false
		v.commands()
		return v.herTo(menu)
	case bahasa.Lock:
		v.m.Active = 0
		return v.cover()
	case bahasa.Help:
		return v.herTo(herChoices)
	}
	return v.cover()
}

// herTyped takes what is typed where her card asks for something; it tells whether it did.
func (v *visit) herTyped(text string) (bool, error) {
	if _, leads := bahasa.ReadCommand(text); leads && v.m.Screen != herErase {
		return false, nil
	}
	switch v.m.Screen {
	case blank, menu:
		return v.mayExplain(text)
	case herConsent:
		if strings.EqualFold(text, "setuju") {
			return true, v.answerConsent("yes")
		}
		if said := bahasa.Normalize(text); said == "tidak" || said == "tidak dulu" {
			return true, v.answerConsent("no")
		}
		v.note = discreet.PageConsentHow // "ya" and "sip" are kind, and no consent
		return true, v.herShow()
	case herSchedule, herNews:
		return v.typedReply(text)
	case herAlias:
		return true, v.setAlias(text)
	case herErase:
		if strings.EqualFold(strings.Trim(text, " .!\"*"), "hapus") {
			return true, v.askErasure()
		}
	case wordNew:
		return true, v.setHerWord(text)
	case herTargetNew:
		return true, v.setTarget(text)
	}
	return false, nil
}

// herPadView is the number pad under a page; what happened before is told above it.
func (v *visit) herPadView(key discreet.PageKey) hers {
	notes := map[string]discreet.PageKey{
		"say.pin_wrong": discreet.PagePINWrong, "say.pin_barred": discreet.PagePINBarred, "say.pin_easy": discreet.PagePINEasy,
		"say.pin_differs": discreet.PagePINDiffers,
	}
	v.note = notes[v.said]
	pad := v.padFace("")
	card := v.paged(discreet.Stack(discreet.Open(v.t, key, nil), discreet.Dots(len(v.m.Digits))), pad.Buttons...)
	return card
}

func (v *visit) herPINView() (hers, error) {
	if v.m.Screen == pinAgain {
		return v.herPadView(discreet.PagePINAgain), nil
	}
	return v.herPadView(discreet.PagePINNew), nil
}

// mayExplain takes a yes or no to whether what she may agree to is explained now.
func (v *visit) mayExplain(text string) (bool, error) {
	open, err := v.unansweredPurposes()
	said := bahasa.YesNo(text)
	if err != nil || len(open) == 0 || v.m.Later || said.Sure != bahasa.Certain {
		return false, err
	}
	if said.Values[0] == bahasa.Yes {
		return true, v.explain()
	}
	return true, v.later()
}

// herCoverView is the answer to "ini siapa?", as agreed with her.
func (v *visit) herCoverView() (hers, error) {
	return hers{line: discreet.Cover(v.t, v.person.Safe)}, nil
}

// veil is all there is while she must not be written to: something harmless.
func (v *visit) veil() hers {
	key := v.m.Note
	if !discreet.IsHarmless(key) {
		key = discreet.HarmlessFor("")
	}
	page := discreet.Open(v.t, key, nil)
	return hers{line: v.line(discreet.Hello), page: &page}
}
