package flow

import (
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// Input is one thing that happens to a run.
type Input struct {
	Kind    InputKind
	Text    string             // Say
	Action  string             // Press: what the button means, as in Key.Action
	Command bahasa.Command     // Order
	Now     time.Time          // in the institution's zone
	Texts   Texts              // the person's language
	Picks   []Pick             // what a picker may offer her, the most likely first
	Offers  map[string][]Pick  // the same by question, where an answer leads from one picker to another
	Run     string             // Begin: the run's id
	Known   []Answer           // Begin: what is known already
	Source  string             // Begin: the sentence it is known from, when it came in one line
	Unsure  []Answer           // Begin: what that sentence left unsure, one entry a reading; one without values has none
	Usual   map[string][]int64 // the last amounts given, by question, the latest first
}

// InputKind says what happens.
type InputKind uint8

// The kinds of input.
const (
	Begin InputKind = iota + 1 // a run starts
	Show                       // the card is wanted again
	Say                        // the person wrote
	Press                      // the person pressed a button
	Order                      // a command that works everywhere
)

// Effect is one consequence of a step. The set is closed: Card, Toast, Done, Dropped,
// Paused, Forget, Hard.
//
//sumtype:decl
type Effect interface{ effect() }

// Card shows the run's card.
type Card struct{ Screen Screen }

// Toast answers a press with a short sentence.
type Toast struct{ Key string }

// Done ends the run: its answers are to be saved.
type Done struct{}

// Dropped ends the run: nothing is saved.
type Dropped struct{}

// Paused puts the run aside, to be taken up again.
type Paused struct{}

// Forget takes what was typed out of the chat, because it must not stay there.
type Forget struct{}

// Hard says that what was typed is about violence: it is kept nowhere, and what helps is something
// else than a note (safety.md 3.8).
type Hard struct{}

func (Card) effect()    {}
func (Toast) effect()   {}
func (Done) effect()    {}
func (Dropped) effect() {}
func (Paused) effect()  {}
func (Forget) effect()  {}
func (Hard) effect()    {}

// run is one step in the making.
type run struct {
	f       *Flow
	s       State
	in      Input
	notice  Notice
	effects []Effect
}

// Step takes a run one step on. It is total: whatever comes, it answers with a state and
// with effects, the card last, and it always ends. A press that does not belong to the
// card on screen changes nothing.
func Step(f *Flow, s State, in Input) (State, []Effect) {
	r := run{f: f, s: s, in: in, effects: make([]Effect, 0, 2)}
	if in.Kind == Begin {
		r.begin()
	} else {
		r.s = r.sound()
	}
	ended := false
	switch in.Kind {
	case Begin, Show:
	case Say:
		ended = r.say()
	case Press:
		ended = r.press()
	case Order:
		ended = r.order(in.Command)
	}
	if !ended {
		r.effects = append(r.effects, Card{Screen: r.screen()})
	}
	return r.s, r.effects
}

// begin starts the run with what is known and with the flow's defaults.
func (r *run) begin() {
	r.s = State{Flow: r.f.ID, Version: r.f.Version, Run: r.in.Run, Source: r.in.Source}
	for i := range r.f.Steps {
		st := &r.f.Steps[i]
		if st.Default != "" && st.Asked != Always && st.Kind != Roster {
			v := st.Default
			if v == "today" {
				v = r.today().Format(time.DateOnly)
			}
			r.s = r.s.with(Answer{Name: st.Name, Values: []string{v}})
		}
	}
	for _, a := range r.in.Known {
		if st, ok := r.f.Step(a.Name); ok && st.Accepts(a) {
			r.s = r.s.with(a)
		}
	}
	if r.in.Source != "" {
		r.oneLine()
	}
	r.s = r.f.advance(r.s)
}

// sound mends a state that points at a question which is not there (any more).
func (r *run) sound() State {
	// On the summary there is no question: nor is there when it offers to keep a note.
	if !r.questions() || r.s.View == Noting && r.s.At == "" {
		if r.f.next(r.s) >= 0 {
			return r.f.advance(r.s)
		}
		return r.s
	}
	if r.f.index(r.s.At) < 0 && (r.s.At != "" || r.s.View != Noting) { // a note may be offered on the summary
		return r.f.advance(r.s)
	}
	return r.s
}

// at is the question being asked; only for views that have one.
func (r *run) at() *Question {
	st, ok := r.f.Step(r.s.At)
	if !ok {
		return &Question{}
	}
	return st
}

// today is the present day at midnight.
func (r *run) today() time.Time {
	y, m, d := r.in.Now.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, r.in.Now.Location())
}

// answer gives the question at hand its answer and goes on.
func (r *run) answer(values []string, label string) {
	r.settle(Answer{Name: r.s.At, Values: values, Label: label, Given: true})
	r.s = r.f.advance(r.s)
}

// take gives the question one of its readings as the answer.
func (r *run) take(a Answer) {
	a.Name, a.Given = r.s.At, true
	r.settle(a)
	r.s = r.f.advance(r.s)
}

// order carries out a command that works everywhere in a flow; it tells whether the run ended.
func (r *run) order(c bahasa.Command) (ended bool) {
	switch c {
	case bahasa.Cancel:
		r.effects = append(r.effects, Dropped{})
		return true
	case bahasa.Back:
		r.back()
	case bahasa.Skip:
		r.skip()
	case bahasa.Help:
		r.help()
	case bahasa.Save, bahasa.Done:
		return r.finish()
	case bahasa.Edit:
		if r.s.View == Summary {
			r.s = r.s.turnTo("", Editing)
		}
	default: // Repeat, and what means nothing here: the card is shown again
	}
	return false
}

// back goes one view back, or to the question before.
func (r *run) back() {
	switch r.s.View {
	case Editing, Adding:
		if r.s.Page > 0 {
			r.s.Page--
			return
		}
		r.s = r.s.turnTo("", Summary)
		return
	case Choosing, Days, Noting, Hours:
		if r.s.Page > 0 {
			r.s.Page--
			return
		}
		r.reask()
		return
	case Calendar:
		r.s = r.s.turnTo(r.s.At, Days)
		return
	case Others:
		r.toRoster()
		return
	case Asking:
		if r.s.Page > 0 || r.s.Query != "" {
			ticked := r.s.Toggled
			r.reask()
			r.s.Toggled = ticked
			return
		}
	case Summary:
	}
	if r.s.Edit {
		r.s = r.s.turnTo("", Summary)
		r.s.Edit = false
		return
	}
	i := r.before()
	if i < 0 {
		r.notice = Notice{Key: "say.first_question"}
		return
	}
	r.s = r.s.turnTo(r.f.Steps[i].Name, Asking)
}

// before is the question that was asked before the one at hand, or -1.
func (r *run) before() int {
	i := len(r.f.Steps)
	if r.s.View != Summary {
		i = r.f.index(r.s.At)
	}
	for i--; i >= 0; i-- {
		if r.f.Steps[i].Asked == Always && r.f.applies(r.s, i) {
			return i
		}
	}
	return -1
}

// reask shows the question at hand from its beginning, remembering how often it was tried.
func (r *run) reask() {
	if r.s.At == "" { // it was the summary
		r.s = r.s.turnTo("", Summary)
		return
	}
	tries, edit := r.s.Tries, r.s.Edit
	r.s = r.s.turnTo(r.s.At, Asking)
	r.s.Tries, r.s.Edit = tries, edit
}

// skip passes an optional question over.
func (r *run) skip() {
	if !r.asks() {
		return
	}
	if r.at().Optional {
		r.answer(nil, "")
		return
	}
	r.notice = Notice{Key: "say.required"}
}

// asks reports whether a question is open.
func (r *run) asks() bool { return r.questions() && r.s.At != "" }

// questions reports whether the view is one of a question.
func (r *run) questions() bool {
	return r.s.View != Summary && r.s.View != Editing && r.s.View != Adding
}

// help explains the question at hand, or the summary.
func (r *run) help() {
	if r.asks() {
		r.notice = Notice{Key: r.f.HelpKey(r.s.At)}
		return
	}
	r.notice = Notice{Key: "say.help_summary"}
}

// finish ends the toggling of several answers, or saves from the summary.
func (r *run) finish() (ended bool) {
	if r.s.View == Summary {
		r.effects = append(r.effects, Done{})
		return true
	}
	switch {
	case !r.asks() || r.s.View != Asking:
	case r.at().Kind == Choices:
		r.finishChoices()
	case r.at().Kind == Roster:
		r.finishRoster()
	}
	return false
}

// finishChoices takes what is toggled as the answer.
func (r *run) finishChoices() {
	st, toggled := r.at(), r.toggled()
	switch {
	case len(toggled) > 0:
		r.answer(toggled, "")
	case st.Optional:
		r.answer(nil, "")
	default:
		r.notice = Notice{Key: "say.choose_one"}
	}
}
