package flow

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// The meanings of buttons. What stands behind a colon is a code, a number, a day or a place
// on the screen: never a name, never a record's id.
const (
	actBack    = "back"
	actCancel  = "cancel"
	actSkip    = "skip"
	actHelp    = "help"
	actSave    = "save"
	actEdit    = "edit"
	actAdd     = "add"
	actDone    = "ok"
	actMore    = "more"   // the further options of a choice, or the next page
	actLess    = "less"   // the page before
	actDays    = "days"   // the days around today
	actMonth   = "month"  // "month" or "month:2026-11"
	actNote    = "note"   // take it as a note
	actLater   = "later"  // put the run aside
	actNone    = "none"   // none of the readings
	actBlank   = "-"      // a place of the calendar without a day
	actPick    = "pick:"  // a place on the page
	actChoice  = "c:"     // a code
	actToggle  = "t:"     // a code
	actDay     = "day:"   // a day, 2006-01-02
	actAway    = "away:"  // days from the day of the press: the day of the press counts, not that of the asking
	actNumber  = "n:"     // a number
	actClock   = "clock:" // 15:04
	actReading = "r:"     // a place among the readings
	actLine    = "line:"  // a step, to be changed or added
	actAll     = "all"    // a roster: the first mark for everybody
	actOthers  = "others" // a roster: those who were not expected
)

// press carries out a button, if it is on the card at all; it tells whether the run ended.
func (r *run) press() (ended bool) {
	act := r.in.Action
	if act == actBlank {
		return false
	}
	if place, ok := strings.CutPrefix(act, actPick); ok {
		r.pressPick(place)
		return false
	}
	sc := r.buttons()
	if !sc.offers(act) {
		r.effects = append(r.effects, Toast{Key: "say.stale"})
		return false
	}
	if head, tail, ok := strings.Cut(act, ":"); ok {
		r.pressValue(head+":", tail)
		return false
	}
	switch act {
	case actBack:
		r.back()
	case actCancel:
		return r.order(bahasa.Cancel)
	case actSkip:
		r.skip()
	case actHelp:
		r.help()
	case actSave, actDone:
		return r.finish()
	case actEdit:
		r.s = r.s.turnTo("", Editing)
	case actAdd:
		r.s = r.s.turnTo("", Adding)
	case actMore:
		r.s.Page++
	case actLess:
		r.s.Page = max(0, r.s.Page-1)
	case actDays:
		r.s = r.s.viewed(Days)
	case actMonth:
		r.s = r.s.viewed(Calendar)
		r.s.Month = r.in.Now.Format("2006-01")
	case actNote:
		r.keepNote()
	case actLater:
		r.effects = append(r.effects, Paused{})
		return true
	case actNone:
		r.reask()
	case actAll:
		r.markAll()
	case actOthers:
		r.s.View, r.s.Page = Others, 0
	}
	return false
}

// viewed opens another view of the same question, as part of the same answering.
func (s State) viewed(v View) State {
	tries, edit := s.Tries, s.Edit
	s = s.turnTo(s.At, v)
	s.Tries, s.Edit = tries, edit
	return s
}

// pressPick takes the record that stood at a place when the card was shown. What may be
// picked can have changed since: then the place must not mean another record, and one that
// may no longer be picked is not taken.
func (r *run) pressPick(place string) {
	i, err := strconv.Atoi(place)
	if err == nil && i >= 0 && i < len(r.s.Shown) {
		p := r.s.Shown[i]
		there := slices.ContainsFunc(r.picks(), func(q Pick) bool { return q.Ref == p.Ref })
		switch {
		case !there:
		case r.s.View == Asking && r.at().Kind.Picker():
			r.answer([]string{p.Ref}, p.Label)
			return
		case r.at().Kind == Roster && (r.s.View == Asking || r.s.View == Others):
			r.pressRoster(p)
			return
		}
	}
	r.effects = append(r.effects, Toast{Key: "say.stale"})
}

// pressValue carries out a button that carries a value. The screen has vouched for it.
func (r *run) pressValue(act, value string) {
	switch act {
	case actChoice, actNumber, actClock:
		r.pressPlain(value)
	case actToggle:
		r.toggle(value)
	case actDay:
		r.pressDay(value)
	case actAway:
		if n, err := strconv.Atoi(value); err == nil {
			r.pressDay(r.today().AddDate(0, 0, n).Format(time.DateOnly))
		}
	case actReading:
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(r.s.Readings) {
			r.take(r.s.Readings[i])
		}
	case actMonth + ":":
		r.s = r.s.viewed(Calendar)
		r.s.Month = value
	case actLine:
		r.open(value)
	}
}

// pressPlain takes a value that is the answer, or the time that completes one.
func (r *run) pressPlain(value string) {
	if r.s.View == Hours {
		value = r.s.Month + "T" + value
	}
	r.answer([]string{value}, "")
}

// pressDay takes a day as the answer, or asks for its time.
func (r *run) pressDay(day string) {
	if r.at().Kind == DateTime {
		r.s = r.s.viewed(Hours)
		r.s.Month = day
		return
	}
	r.answer([]string{day}, "")
}

// open asks one line of the summary again.
func (r *run) open(step string) {
	r.s = r.s.turnTo(step, Asking)
	r.s.Edit, r.s.Tries = true, 0
}

// toggled is what is chosen so far in a question with several answers.
func (r *run) toggled() []string {
	if r.s.Toggled != nil {
		return r.s.Toggled
	}
	a, _ := r.s.Answer(r.s.At)
	return a.Values
}

// toggle chooses or unchooses one option. One that excludes the others ends the question
// when nothing else is chosen.
func (r *run) toggle(code string) {
	st := r.at()
	o, ok := st.Choice(code)
	if !ok {
		return
	}
	if o.Alone && len(r.s.Toggled) == 0 {
		r.answer([]string{code}, "")
		return
	}
	if o.Alone { // a slip would cost her what is ticked: it is only unticked
		r.s.Toggled = []string{}
		r.notice = Notice{Key: "say.unticked"}
		return
	}
	// What excludes the others goes as soon as another is chosen.
	toggled := make([]string, 0, len(st.Choices))
	for i := range st.Choices {
		c := &st.Choices[i]
		if !c.Alone && slices.Contains(r.toggled(), c.Code) != (c.Code == code) {
			toggled = append(toggled, c.Code)
		}
	}
	r.s.Toggled = toggled
}

// keepNote adds what could not be read to the flow's note.
func (r *run) keepNote() {
	note := r.f.note(r.s)
	if note == nil || len(r.s.Readings) == 0 {
		r.reask()
		return
	}
	text := r.s.Readings[0].Value()
	if a, ok := r.s.Answer(note.Name); ok && a.Value() != "" {
		text = a.Value() + "\n" + text
	}
	if !note.Accepts(Answer{Values: []string{text}}) {
		r.notice = Notice{Key: "say.note_full"}
		return
	}
	r.s = r.s.with(Answer{Name: note.Name, Values: []string{text}, Given: true})
	r.notice = Notice{Key: "say.noted"}
	ticked := r.s.Toggled
	r.reask()
	r.s.Toggled = ticked
}

// note is the step that takes what could not be read elsewhere, or nil where there is none now.
func (f *Flow) note(s State) *Question {
	for i := range f.Steps {
		if f.Steps[i].Note && f.applies(s, i) {
			return &f.Steps[i]
		}
	}
	return nil
}
