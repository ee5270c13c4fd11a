package conversation

import (
	"strings"
	"unicode"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// work decides what an update means and plans its consequences.
func (v *visit) work() error {
	if v.person.Role == program.Beneficiary {
		return v.herUpdate()
	}
	if v.u.Kind != turn.Deadline {
		if v.shut() {
			return v.knock()
		}
		v.stay()
		v.m.Here = v.u.At.Unix()
	}
	switch v.u.Kind {
	case turn.Press:
		return v.press()
	case turn.Text:
		v.fresh = true
		return v.text()
	case turn.Unsupported:
		v.fresh, v.said = true, "say.unsupported"
		v.remove()
		return v.show()
	case turn.Deadline:
		return v.fallDue()
	case turn.Other, turn.Edited, turn.Group, turn.Blocked, turn.Unblocked:
	}
	return nil
}

// due is what is to happen at a time. One that repeats follows from the records alone: as long as its deadline
// stands there, what it tells has not been told, even if the conversation has moved on. The others move the
// conversation, once.
type due struct {
	do      func(v *visit, about string) error
	repeats bool
}

// dues are they, by the kind of the deadline; one that ends in a dot is followed by what it is about.
type dues map[string]due

func newDues() dues {
	once := func(do func(*visit) error) due {
		return due{do: func(v *visit, _ string) error { return do(v) }}
	}
	again := func(do func(*visit) error) due {
		what := once(do)
		what.repeats = true
		return what
	}
	return dues{
		dueDraft: once((*visit).deadline),
		dueLock:  once((*visit).dim),
		dueHide:  once((*visit).hideDue),
		dueMoved: once((*visit).moved),
		dueGuest: {do: (*visit).askGuest},

		dueRemind:    again((*visit).remind),
		dueWeek:      again((*visit).week),
		dueSweep:     again((*visit).sweepOld),
		dueAttached:  again((*visit).attachedDue),
		dueCallsLate: again((*visit).callsLate),
		dueAskTeam:   {(*visit).askedOfWeek, true},
	}
}

// newAnybodys are those that ask nobody who has the chat now: it may be another's by then, or
// nobody's. Each settles and commits by itself.
func newAnybodys() dues {
	return dues{
		dueAlarm: {(*visit).escalate, true}, dueAlarmSecond: {(*visit).passAlarm, true}, dueSwept: {(*visit).swept, true},
		dueErase: {(*visit).erase, true}, dueLeft: {(*visit).left, true}, dueCall: {(*visit).stillWaits, true},
	}
}

// of finds what a deadline does, and what it is about.
func (all dues) of(kind string) (what due, about string, ok bool) {
	if i := strings.Index(kind, "."); i >= 0 {
		kind, about = kind[:i+1], kind[i+1:]
	}
	what, ok = all[kind]
	return what, about, ok
}

// fallDue does what was to happen at a time.
func (v *visit) fallDue() error {
	if what, about, ok := v.dues.of(v.u.Data); ok {
		return what.do(v, about)
	}
	v.settle() // of a former version
	return nil
}

// remove takes what the person sent out of the chat.
func (v *visit) remove() {
	if v.kept || v.u.Message == 0 {
		return
	}
	v.plan.Messages = append(v.plan.Messages, turn.Message{Form: turn.Remove, Target: v.u.Message})
}

// press carries out a button, if it belongs to the card on screen; a stale or doubled press
// gets a short toast and the card as it stands, and never answers another question.
func (v *visit) press() error {
	if strings.HasPrefix(v.u.Data, promptMark) {
		return v.answer(v.u.Data)
	}
	rev, action, ok := strings.Cut(v.u.Data, ".")
	if !ok || rev != v.rev() {
		v.toast = "say.stale"
		if !v.lost {
			v.said = v.m.Said // the sentence stands above the card as well
		}
		return v.show()
	}
	if v.m.Screen == running {
		return v.step(flow.Input{Kind: flow.Press, Action: action})
	}
	return v.act(action)
}

// text understands what the person wrote: commands first, which no flow can swallow, then
// the answer to what is asked, then a wish to begin something.
func (v *visit) text() error {
	text := strings.TrimSpace(v.u.Text)
	if strings.IndexFunc(text, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) < 0 {
		text = "" // nothing that can be seen, such as zero-width spaces
	}
	if _, ok := invitation(v.u); ok {
		// Already one of us: the link has nothing to give her, but whoever it was made for may
		// still need it, so it must not be read here by somebody else.
		v.remove()
		text = "/start"
	}
	if !v.may(program.UseMenu) {
		return v.show()
	}
	return v.typed(text)
}

// typed understands a text of one of the staff.
func (v *visit) typed(text string) error {
	switch v.m.Screen {
	case wordNew:
		return v.typedOnWord(text)
	case notesOf:
		if done, err := v.typedNotesOf(text); done {
			return err
		}
	case pinNew, pinAgain:
		if pin, ok := typedPIN(text); ok {
			v.remove()
			return v.chosenPIN(pin)
		}
	}
	if f := v.wants(text); f != nil {
		return v.begin(f, flow.Input{})
	}
	if action, about, ok := v.houseCard(text); ok && v.may(v.moves[action].deed) {
		v.setAside()
		return v.moves[action].do(v, about)
	}
	if action, ok, err := v.spoken(text); ok || err != nil {
		if err != nil {
			return err
		}
		return v.act(action)
	}
	if c, ok := bahasa.ReadCommand(text); ok && v.global(c, strings.HasPrefix(text, "/")) {
		return v.command(c)
	}
	switch v.m.Screen {
	case running:
		if v.interrupted() && !v.m.untouched() {
			v.m.Screen = offer
			return v.unasked(text)
		}
		if v.m.untouched() && !v.asksText() && strings.Count(text, " ") >= 2 { // she may tell it all at once
			if done, err := v.oneLine(text); done {
				return err
			}
		}
		return v.step(flow.Input{Kind: flow.Say, Text: text})
	case friends, cares:
		if done, err := v.typedName(text); done || err != nil {
			return err
		}
	case offer:
		if yn := bahasa.YesNo(text); yn.Sure == bahasa.Certain {
			if yn.Values[0] == bahasa.Yes {
				return v.resume()
			}
			return v.discard()
		}
	}
	return v.unasked(text)
}

// asksText reports whether the run asks for a text: then whatever is written is the answer.
func (v *visit) asksText() bool {
	f, run := v.flowOf(v.m.Run)
	if f == nil {
		return false
	}
	st, ok := f.Step(run.At)
	return ok && st.Kind == flow.Text
}

// unasked understands what was written where no question is open: a report in one line, something
// to be held for an interrupted one, or a kind word. Whoever says hello finds the menu.
func (v *visit) unasked(text string) error {
	if done, err := v.oneLine(text); done {
		return err
	}
	if v.m.Screen == offer {
		return v.hold(text)
	}
	if bahasa.Thanks(text) {
		v.said = "say.welcome_back"
		return v.show()
	}
	if !v.lost && !bahasa.Greets(text) { // or it was an answer to a question that is not hers any more
		v.said = "say.unknown"
	}
	return v.toMenu()
}

// global reports whether a command is the house's own here. Within a run the flow reads the
// words that steer it; with a slash, they are commands everywhere.
func (v *visit) global(c bahasa.Command, slash bool) bool {
	switch c {
	case bahasa.Menu, bahasa.Start, bahasa.Lock, bahasa.Close:
		return true
	case bahasa.Cancel, bahasa.Help:
		return slash || v.m.Screen != running
	case bahasa.Back, bahasa.Skip, bahasa.Repeat:
		return slash && v.m.Screen == running
	}
	return false
}

// command carries out one of the house's own commands.
func (v *visit) command(c bahasa.Command) error {
	switch c {
	case bahasa.Cancel:
		return v.cancel()
	case bahasa.Help:
		if v.m.Screen == running {
			return v.step(flow.Input{Kind: flow.Order, Command: c})
		}
		return v.help()
	case bahasa.Back, bahasa.Skip, bahasa.Repeat:
		return v.step(flow.Input{Kind: flow.Order, Command: c})
	case bahasa.Lock:
		return v.lock()
	case bahasa.Close:
		return v.hide()
	case bahasa.Start:
		v.commands() // she may have others now
	}
	return v.toMenu()
}

// help says what can be done here, to those who report and to those who read.
func (v *visit) help() error {
	switch {
	case len(v.mine()) == 0:
		v.said = "say.help_reader"
	case v.person.Role.Board():
		v.said = "say.help_board"
	default:
		v.said = "say.help"
	}
	return v.toMenu()
}

// cancel drops the run; without one, it offers to take back what was just saved.
func (v *visit) cancel() error {
	switch {
	case v.m.Screen == running:
		return v.step(flow.Input{Kind: flow.Order, Command: bahasa.Cancel})
	case v.m.Last.Report != "" && v.m.Last.Undone:
		return v.turnedTo(takenBack)
	case v.m.Last.Report != "" && v.undoable():
		return v.turnedTo(receipt)
	}
	v.said = "say.nothing_to_cancel"
	return v.toMenu()
}

// wants finds the flow that a text asks for, among those the person may start.
func (v *visit) wants(text string) *flow.Flow {
	word, slash := strings.CutPrefix(bahasa.Normalize(text), "/")
	word, _, _ = strings.Cut(word, "@")
	for _, f := range v.mine() {
		if slash && word == f.Command {
			return f
		}
		if slash || v.m.Screen == running {
			continue
		}
		for _, k := range f.Keywords {
			if word == bahasa.Normalize(k) {
				return f
			}
		}
	}
	return nil
}
