package flow

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Screen is what the card shows, in keys and values; Render puts it into words.
type Screen struct {
	Flow    *Flow
	View    View
	Step    *Question   // the question at hand; nil in the summary's views
	Answers []Answer    // what has been answered, in the order of the flow
	Missing []*Question // what a sentence left open, besides the question at hand
	Asks    bool        // Choosing: the question itself is asked, because the sentence left it open
	Notice  Notice      // what became of the last input
	Month   time.Time
	Year    int     // the one it is
	Choices []Key   // the possible answers, laid out by the length of their labels
	Columns int     // 0: by the length of the labels
	Rows    [][]Key // the fixed rows below: pages, back, skip, cancel
	Done    int
	All     int
}

// Notice is one sentence about the last input.
type Notice struct {
	Key   string // in locales; "" for none
	Hint  string // the key of a sentence after it; "" for none
	Value Answer // what the sentence speaks of, in the form of the question at hand
	Usual Answer // what is usual instead
}

// Key is one button. Its words are those under Text, or Label as it is, or the Value as an
// answer to Step, or else those of Step's option Code.
type Key struct {
	Action string
	Code   string // the end of the action, which is not put together before it is shown
	Icon   string
	Text   string
	Label  string
	Value  *Answer
	Step   *Question
}

// offers reports whether a button with this meaning is on the screen.
func (sc Screen) offers(action string) bool {
	has := func(k Key) bool {
		code, ok := strings.CutPrefix(action, k.Action)
		return ok && code == k.Code
	}
	if action == "" {
		return false
	}
	if slices.ContainsFunc(sc.Choices, has) {
		return true
	}
	return slices.ContainsFunc(sc.Rows, func(row []Key) bool { return slices.ContainsFunc(row, has) })
}

// The icons of the fixed buttons.
const (
	iconBack   = "⬅️"
	iconCancel = "✖️"
)

// triesMost is after how many answers that were not understood a way out is offered.
const triesMost = 3

// screen is what the present state looks like.
func (r *run) screen() Screen {
	sc := r.buttons()
	sc.Answers = slices.DeleteFunc(r.f.told(r.s, true), func(a Answer) bool { return r.f.knows(a.Name) })
	sc.Done, sc.All = r.f.Progress(r.s)
	if sc.Step == nil {
		return sc
	}
	sc.Missing = r.f.missing(r.s)
	sc.Asks = r.s.isOpen(r.s.At)
	switch {
	case r.s.Source != "":
		sc.All = 0 // there is no counting through a sentence
	case !r.s.Edit:
		sc.Done = r.f.place(r.s)
	}
	if !r.s.Edit && r.s.At != "" { // defaults show in the summary, and when it is left for one line of it
		sc.Answers = slices.DeleteFunc(sc.Answers, func(a Answer) bool { return !a.Given })
	}
	return sc
}

// buttons is the part of the screen that can be pressed. It fills Shown, the only thing in
// the state that depends on what the picker may offer.
func (r *run) buttons() Screen {
	sc := Screen{Flow: r.f, View: r.s.View, Notice: r.notice, Year: r.today().Year()}
	switch r.s.View {
	case Summary:
		r.summary(&sc)
		return sc
	case Editing, Adding:
		r.lines(&sc)
		return sc
	}
	sc.Step = r.at()
	switch r.s.View {
	case Choosing:
		r.choosing(&sc)
	case Noting:
		sc.Choices = []Key{{Action: actNote, Icon: "📝", Text: "card.as_note"}, {Action: actNone, Icon: "✖️", Text: "card.not_as_note"}}
	case Days:
		r.days(&sc)
	case Calendar:
		r.calendar(&sc)
	case Hours:
		r.hours(&sc)
	case Others:
		r.others(&sc)
	default:
		r.question(&sc)
		if len(r.s.Readings) > 0 { // what was typed could not be read: it may become a note
			sc.Rows = append(sc.Rows, []Key{{Action: actNote, Icon: "📝", Text: "card.make_note"}})
		}
	}
	if r.s.Tries >= triesMost { // she may ask somebody, and go on afterwards
		sc.Rows = append(sc.Rows, []Key{{Action: actLater, Icon: "⏸️", Text: "card.later"}})
	}
	sc.Rows = append(sc.Rows, r.wayOut())
	return sc
}

// Told is what has been answered and applies, in the order of the flow, without what was
// passed over.
func (f *Flow) Told(s State) []Answer { return f.told(s, false) }

// knows reports whether a question is answered by what the report is about, and not by the person.
func (f *Flow) knows(name string) bool {
	st, ok := f.Step(name)
	return ok && st.Asked == Known
}

// told is Told, on a card also with what will apply when a question that is still open is
// answered: what a sentence said must not seem lost.
func (f *Flow) told(s State, card bool) []Answer {
	told := make([]Answer, 0, len(s.Answers))
	for i := range f.Steps {
		a, ok := s.Answer(f.Steps[i].Name)
		if ok && len(a.Values) > 0 && (f.applies(s, i) || card && f.mayApply(s, i)) {
			told = append(told, a)
		}
	}
	return told
}

// mayApply reports whether a step waits for the answer to a question that is still open, and will
// be asked or may be.
func (f *Flow) mayApply(s State, i int) bool {
	return slices.ContainsFunc(f.Steps[i].When, func(c Cond) bool {
		_, answered := s.Answer(c.Step)
		j := f.index(c.Step)
		return !answered && j >= 0 && j < i && (f.applies(s, j) || f.mayApply(s, j))
	})
}

// namesSkipping reports whether passing the question over has a word of its own ("Tidak"):
// then it is an answer like the others, and stands first among them.
func (r *run) namesSkipping(st *Question) bool {
	return st.Optional && r.in.Texts != nil && r.in.Texts.Has(r.f.SkipKey(st.Name))
}

// wayOut is the last row of a question: back at the left, cancel at the right.
func (r *run) wayOut() []Key {
	row := make([]Key, 0, 3)
	if r.before() >= 0 || r.s.View != Asking || r.s.Edit || r.s.Page > 0 || r.s.Query != "" {
		row = append(row, Key{Action: actBack, Icon: iconBack, Text: "card.back"})
	}
	if st := r.at(); st.Optional && r.s.View == Asking && !r.namesSkipping(st) {
		row = append(row, Key{Action: actSkip, Icon: "⏭️", Text: "card.skip"})
	}
	return append(row, Key{Action: actCancel, Icon: iconCancel, Text: "card.cancel"})
}

// summary offers to save, alone in its row, and then to change or add.
func (r *run) summary(sc *Screen) {
	sc.Rows = append(sc.Rows, []Key{{Action: actSave, Icon: "💾", Text: "card.save"}})
	row := []Key{{Action: actEdit, Icon: "✏️", Text: "card.edit"}}
	if len(r.gaps()) > 0 {
		row = append(row, Key{Action: actAdd, Icon: "➕", Text: "card.add"})
	}
	sc.Rows = append(sc.Rows, row, []Key{
		{Action: actBack, Icon: iconBack, Text: "card.back"},
		{Action: actCancel, Icon: iconCancel, Text: "card.cancel"},
	})
}

// gaps are the steps that may still be answered from the summary.
func (r *run) gaps() []*Question {
	var gaps []*Question
	for i := range r.f.Steps {
		st := &r.f.Steps[i]
		a, _ := r.s.Answer(st.Name)
		if st.Asked != Never && st.Asked != Known && len(a.Values) == 0 && r.f.applies(r.s, i) {
			gaps = append(gaps, st)
		}
	}
	return gaps
}

// lines offers one button a line: the answered ones to change, or the open ones to add, page
// by page.
func (r *run) lines(sc *Screen) {
	if r.s.View == Adding {
		gaps := r.gaps()
		from := min(r.s.Page*perPage, max(0, len(gaps)-1)/perPage*perPage)
		to := min(from+perPage, len(gaps))
		for _, st := range gaps[from:to] {
			sc.Choices = append(sc.Choices, Key{Action: actLine + st.Name, Text: r.f.NameKey(st.Name)})
		}
		if to < len(gaps) {
			sc.Choices = append(sc.Choices, Key{Action: actMore, Icon: "▶️", Text: "card.more"})
		}
	} else {
		for _, a := range r.f.Told(r.s) {
			if r.f.knows(a.Name) {
				continue
			}
			sc.Choices = append(sc.Choices, Key{Action: actLine + a.Name, Text: r.f.NameKey(a.Name)})
		}
	}
	sc.Rows = append(sc.Rows, []Key{{Action: actBack, Icon: iconBack, Text: "card.back"}})
}

// question lays out the first view of a question.
func (r *run) question(sc *Screen) {
	st := sc.Step
	if r.namesSkipping(st) && r.s.Page == 0 {
		sc.Choices = append(sc.Choices, Key{Action: actSkip, Icon: "👌", Text: r.f.SkipKey(st.Name)})
	}
	//exhaustive:enforce
	switch st.Kind {
	case Choice, Choices:
		r.options(sc)
	case Participant, Person, Session, Case, Task, Partner, Aid, Candidacy, Permit:
		r.picker(sc)
	case Date, DateTime:
		r.nearDays(sc)
	case Time:
		r.hours(sc)
	case YesNo:
		sc.Choices = append(sc.Choices,
			Key{Action: actChoice + Yes, Icon: "✅", Value: &Answer{Values: []string{Yes}}, Step: st},
			Key{Action: actChoice + No, Icon: "❌", Value: &Answer{Values: []string{No}}, Step: st})
	case Amount:
		r.numbers(sc, quick(st, r.in.Usual[st.Name]))
	case Count:
		r.numbers(sc, st.Quick)
	case Scale:
		r.scale(sc)
	case Roster:
		r.roster(sc)
	case Text: // there is no button to show what is meant
		if sc.Notice.Key == "" {
			sc.Notice = Notice{Key: r.f.HelpKey(st.Name)}
		}
	}
}

// perPage is how many options of a choice are shown at a time (conversation.md rule 2).
const perPage = 5

// options lays out the options of a choice: those named first, then the others page by page.
func (r *run) options(sc *Screen) {
	st := sc.Step
	toggled := r.toggled()
	page, last := optionPage(st, r.s.Page)
	for _, o := range page {
		k := Key{Action: actChoice, Code: o.Code, Icon: o.Icon, Step: st}
		if st.Kind == Choices {
			k.Action = actToggle
			if slices.Contains(toggled, o.Code) {
				k.Icon = "☑️"
			}
		}
		sc.Choices = append(sc.Choices, k)
	}
	if !last {
		sc.Choices = append(sc.Choices, Key{Action: actMore, Icon: "▶️", Text: "card.more"})
	}
	if st.Kind == Choices && len(toggled) > 0 {
		sc.Rows = append(sc.Rows, []Key{{Action: actDone, Icon: "👌", Text: "card.done", Label: strconv.Itoa(len(toggled))}})
	}
}

// optionPage is one page of a choice's options and whether it is the last.
func optionPage(st *Question, page int) (options []Option, last bool) {
	first := slices.IndexFunc(st.Choices, func(o Option) bool { return o.More })
	if first < 0 {
		first = min(len(st.Choices), perPage)
	}
	if page == 0 {
		return st.Choices[:first], first == len(st.Choices)
	}
	from := min(first+(page-1)*perPage, len(st.Choices))
	to := min(from+perPage, len(st.Choices))
	return st.Choices[from:to], to == len(st.Choices)
}

// numbers offers amounts or counts as buttons.
func (r *run) numbers(sc *Screen, quick []int64) {
	for _, n := range quick {
		v := strconv.FormatInt(n, 10)
		sc.Choices = append(sc.Choices, Key{Action: actNumber + v, Value: &Answer{Values: []string{v}}, Step: sc.Step})
	}
	if sc.Step.Kind == Count && len(quick) > 4 {
		sc.Columns = 4
	}
}

// scale offers every step of a scale, with its anchor where the flow has words for it.
func (r *run) scale(sc *Screen) {
	st := sc.Step
	anchored := r.in.Texts != nil && r.in.Texts.Has(r.f.ChoiceKey(st.Name, strconv.FormatInt(st.Min, 10)))
	for n := st.Min; n <= st.Max && n < st.Min+10; n++ {
		v := strconv.FormatInt(n, 10)
		k := Key{Action: actNumber + v, Label: v}
		if anchored {
			k.Text = r.f.ChoiceKey(st.Name, v)
		}
		sc.Choices = append(sc.Choices, k)
	}
	sc.Columns = len(sc.Choices)
	if anchored {
		sc.Columns = 1
	}
}

// readingPage is which of the readings are on the page, and whether it is the last.
func (r *run) readingPage() (page []int, last bool) {
	from := min(r.s.Page*perPage, max(0, len(r.s.Readings)-1)/perPage*perPage)
	to := min(from+perPage, len(r.s.Readings))
	for i := from; i < to; i++ {
		page = append(page, i)
	}
	return page, to == len(r.s.Readings)
}

// choosing offers the readings of what was typed.
func (r *run) choosing(sc *Screen) {
	page, last := r.readingPage()
	for _, i := range page {
		k := Key{Action: actReading + strconv.Itoa(i), Value: &r.s.Readings[i], Step: sc.Step}
		if len(r.s.Readings) == 1 {
			k = Key{Action: k.Action, Icon: "✅", Text: "card.yes"}
		}
		sc.Choices = append(sc.Choices, k)
	}
	none := Key{Action: actNone, Icon: "✏️", Text: "card.another"}
	if !last {
		none = Key{Action: actMore, Icon: "▶️", Text: "card.more"}
	}
	if len(r.s.Readings) == 1 {
		none = Key{Action: actNone, Icon: "❌", Text: "card.not_so"}
		sc.Notice = Notice{Key: "say.confirm", Value: r.s.Readings[0]}
		if sc.Step.Kind == Amount && unusual(r.s.Readings[0], r.in.Usual[sc.Step.Name]) {
			sc.Notice.Key, sc.Notice.Usual = "say.unusual", Answer{Values: []string{decimal(r.in.Usual[sc.Step.Name][0])}}
		}
	} else if sc.Notice.Key == "" && !r.s.isOpen(r.s.At) { // what a sentence left open is asked in its own words
		sc.Notice = Notice{Key: "say.which"}
	}
	sc.Choices = append(sc.Choices, none)
}
