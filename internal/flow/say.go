package flow

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// reading is what was understood of a typed answer.
type reading struct {
	sure    bahasa.Sureness
	answers []Answer // one when certain or to be confirmed, several to choose from
	reason  string   // bahasa.Reject
	month   string   // a month was named: its calendar is shown
	day     string   // a day was named without its time: the time is asked
	narrow  bool     // a picker: several records fit what was typed
	some    []string // several answers: those that could be read, when others could not
}

// say reads what the person wrote; it tells whether the run ended.
func (r *run) say() (ended bool) {
	text := strings.TrimSpace(r.in.Text)
	if text == "" {
		return false
	}
	switch r.s.View {
	case Summary, Editing, Adding:
		return r.saySummary(text)
	case Choosing, Noting:
		earlier := r.s
		if r.sayChoosing(text) {
			return false
		}
		if r.s.At == "" { // on the summary: what she adds belongs to what she wrote before
			ended = r.saySummary(text)
			r.joinNotes(earlier)
			return ended
		}
	}
	if c, ok := bahasa.ReadCommand(text); ok && r.commands(c) {
		return r.order(c)
	}
	r.sayAnswer(text)
	return false
}

// joinNotes puts a text that was offered as a note before the one that is offered now.
func (r *run) joinNotes(earlier State) {
	if r.s.View == Noting && earlier.View == Noting && len(earlier.Readings) > 0 && len(r.s.Readings) > 0 {
		note := r.s.Readings[0]
		note.Values = []string{joined(earlier.Readings, note.Value())}
		r.s.Readings = []Answer{note}
	}
}

// commands reports whether a word means a command here rather than an answer: what steers a flow
// does, "selesai" where there is something to end, and what participants alone can ask for ("jeda")
// never does.
func (r *run) commands(c bahasa.Command) bool {
	switch c {
	case bahasa.Done:
		return r.at().Kind == Choices || r.at().Kind == Roster
	case bahasa.Cancel, bahasa.Back, bahasa.Skip, bahasa.Repeat, bahasa.Help:
		return true
	}
	return false
}

// sayAnswer reads the text as the answer to the question at hand.
func (r *run) sayAnswer(text string) {
	if r.at().Kind == Roster {
		r.sayRoster(text)
		return
	}
	got := r.read(text)
	switch got.sure {
	case bahasa.Certain:
		if r.at().Sensitive {
			r.effects = append(r.effects, Forget{})
		}
		r.take(got.answers[0])
	case bahasa.Confirm:
		r.choose(got.answers[:1])
	case bahasa.Ask:
		r.ask(got, text)
	case bahasa.Reject:
		if got.reason == reasonSafety {
			r.effects = append(r.effects, Hard{})
			return
		}
		r.s.Tries++
		r.notice = Notice{Key: "say.reject." + got.reason, Value: Answer{Name: r.s.At}}
		if len(got.answers) > 0 {
			r.notice.Value = got.answers[0]
		}
		if st := r.at(); st.Kind == Count && st.Max > 0 { // whatever is wrong with it, the limits help
			r.notice = Notice{Key: "say.reject.limits", Value: Answer{Values: []string{decimal(st.Max)}}, Usual: Answer{Values: []string{decimal(st.Min)}}}
		}
		switch {
		case forgettable(got.reason):
			r.effects = append(r.effects, Forget{})
		case strings.Count(text, " ") >= sentence:
			r.askAgain(text, r.notice)
		}
	case bahasa.None:
		if !r.partly(text, got.some) {
			r.unread(text)
		}
	}
}

// partly ticks what could be read of several answers, and offers the whole text as a note.
func (r *run) partly(text string, some []string) bool {
	if _, bad := bahasa.Forbidden(text); bad || len(some) == 0 {
		return false
	}
	earlier, st := r.offered(), r.at()
	some = append(slices.Clone(some), r.toggled()...)
	r.reask()
	for i := range st.Choices {
		if o := &st.Choices[i]; !o.Alone && slices.Contains(some, o.Code) {
			r.s.Toggled = append(r.s.Toggled, o.Code)
		}
	}
	r.notice = Notice{Key: "say.partly_read"}
	r.offerNote(earlier, text)
	return true
}

// ask offers what was typed in its readings.
func (r *run) ask(got reading, text string) {
	switch {
	case got.month != "":
		r.s = r.s.viewed(Calendar)
		r.s.Month = got.month
	case got.day != "":
		r.s = r.s.viewed(Hours)
		r.s.Month = got.day
	case got.narrow:
		r.s = r.s.viewed(Asking)
		r.s.Query = text
		r.notice = Notice{Key: "say.several_found"}
	case len(got.answers) > 0:
		r.choose(got.answers)
	default:
		r.unread(text)
	}
}

// choose shows readings as buttons.
func (r *run) choose(readings []Answer) {
	r.s = r.s.viewed(Choosing)
	for i := range readings {
		readings[i].Name = r.s.At
	}
	r.s.Readings = readings
}

// unread says that the text could not be read, more helpfully each time, and offers to
// keep it as a note: nothing a person typed is lost.
func (r *run) unread(text string) {
	r.s.Tries++
	r.askAgain(text, r.unreadNotice())
}

// sentence is from how many spaces on a text is more than an answer that cannot be: what else it says is
// not lost.
const sentence = 4

// askAgain asks once more, with a sentence about what was typed, and offers to keep that as a note.
func (r *run) askAgain(text string, about Notice) {
	if found, bad := bahasa.Forbidden(text); bad {
		r.refuse(found)
		return
	}
	earlier, ticked := r.offered(), r.s.Toggled
	r.reask()
	r.s.Toggled = ticked
	r.notice = about
	r.offerNote(earlier, text)
}

// offerNote offers a text as a note beside the question at hand, below what is offered already.
func (r *run) offerNote(earlier []Answer, text string) {
	r.s.Readings = earlier
	_, command := bahasa.ReadCommand(text)
	note, ok := r.f.asNote(r.s, text)
	if !ok || command || note.Name == r.s.At || utf8.RuneCountInString(text) <= 3 {
		return
	}
	r.s.Readings = []Answer{note}
	if both, ok := r.f.asNote(r.s, joined(earlier, text)); ok {
		r.s.Readings = []Answer{both}
	}
}

// offered is the text that is offered as a note beside the question at hand, if there is one.
func (r *run) offered() []Answer {
	if r.s.View != Asking {
		return nil
	}
	return r.s.Readings
}

// joined puts a text below one that was typed before it.
func joined(earlier []Answer, text string) string {
	if len(earlier) == 0 {
		return text
	}
	return earlier[0].Value() + "\n" + text
}

// asNote is a text as the answer to the flow's note, if the note takes it.
func (f *Flow) asNote(s State, text string) (Answer, bool) {
	st := f.note(s)
	if st == nil {
		return Answer{}, false
	}
	a := Answer{Name: st.Name, Values: []string{text}}
	return a, st.Accepts(a)
}

// unreadNotice is the sentence for an answer that was not understood: an example first, then
// the buttons, then a way out (bahasa.md, rule of two).
func (r *run) unreadNotice() Notice {
	switch {
	case r.s.At == "":
		return Notice{Key: "say.unread"}
	case r.s.Tries <= 1 && r.at().Kind.Picker() && len(r.picks()) > 0:
		return Notice{Key: "say.nobody_found"}
	case r.s.Tries <= 1:
		return Notice{Key: "say.unread", Hint: r.f.HelpKey(r.s.At)}
	case r.s.Tries == 2:
		return Notice{Key: "say.unread_buttons"}
	}
	return Notice{Key: "say.unread_way_out"}
}

// refuse explains why a text is not kept, and takes it out of the chat (safety.md 3.5 rule 5).
func (r *run) refuse(found bahasa.Finding) {
	if blockedReason(found) == reasonSafety {
		r.effects = append(r.effects, Hard{})
		if r.s.View == Noting || r.s.View == Choosing {
			r.reask()
		}
		return
	}
	r.effects = append(r.effects, Forget{})
	r.notice = Notice{Key: "say.reject." + blockedReason(found)}
	if r.s.View == Noting || r.s.View == Choosing {
		r.reask()
	}
}

// forgettable reports whether a refused answer must not stay in the chat.
func forgettable(reason string) bool {
	return reason == "phone" || reason == "id_number" || reason == "blocked"
}

// saySummary reads what was written on the summary: a word of the card, or a note.
func (r *run) saySummary(text string) (ended bool) {
	if c, ok := bahasa.ReadCommand(text); ok {
		return r.order(c)
	}
	if r.s.View == Summary {
		switch yn := bahasa.YesNo(text); {
		case yn.Sure == bahasa.Certain && yn.Values[0] == bahasa.Yes:
			return r.finish()
		case yn.Sure == bahasa.Certain:
			r.s = r.s.turnTo("", Editing)
			return false
		}
	}
	if st := r.lineNamed(text); st != nil {
		r.open(st.Name)
		return false
	}
	if found, bad := bahasa.Forbidden(text); bad {
		r.refuse(found)
		return false
	}
	r.s = r.s.turnTo("", Summary)
	if note, ok := r.f.asNote(r.s, text); ok {
		r.s = r.s.turnTo("", Noting)
		r.s.Readings = []Answer{note}
		return false
	}
	r.notice = Notice{Key: "say.unread"}
	return false
}

// lineNamed finds the line of the summary that a text names ("ubah hasil", "hasil").
func (r *run) lineNamed(text string) *Question {
	if r.in.Texts == nil {
		return nil
	}
	want := strings.TrimSpace(strings.TrimPrefix(bahasa.Normalize(text), "ubah "))
	for i := range r.f.Steps {
		st := &r.f.Steps[i]
		if st.Asked == Never || st.Asked == Known || !r.f.applies(r.s, i) {
			continue
		}
		if want == bahasa.Normalize(r.in.Texts.Text(r.f.NameKey(st.Name))) {
			return st
		}
	}
	return nil
}

// sayChoosing reads an answer to the readings on screen; it tells whether that was one.
func (r *run) sayChoosing(text string) bool {
	if c, ok := bahasa.ReadCommand(text); ok && c == bahasa.Save && r.s.View == Noting {
		r.keepNote() // she saves what she sees, and the note with it
		return false
	}
	if len(r.s.Readings) == 1 || r.s.View == Noting {
		yn := bahasa.YesNo(text)
		if yn.Sure != bahasa.Certain {
			r.reask()
			return false
		}
		switch {
		case yn.Values[0] != bahasa.Yes:
			r.reask()
		case r.s.View == Noting:
			r.keepNote()
		default:
			r.take(r.s.Readings[0])
		}
		return true
	}
	if page, _ := r.readingPage(); len(text) == 1 && text[0] >= '1' && int(text[0]-'0') <= len(page) {
		r.take(r.s.Readings[page[text[0]-'1']])
		return true
	}
	r.reask()
	return false
}
