// Package flow is the conversation engine: a flow says what is asked, and Step says what an
// answer leads to. It is pure and total: no clock, no store, no network, never a panic.
package flow

import "slices"

// Flow is one kind of report as its YAML file describes it.
type Flow struct {
	ID       string
	Version  int
	Icon     string   // an emoji, first on its menu button
	Command  string   // the slash command without the slash
	Keywords []string // whole messages that start it, besides the command
	Start    []string // the roles that may start it
	About    Kind     // whom or what it is about: participant, session, case, ...; empty for nobody
	Unlisted bool     // no button of the menu: it starts with its command, its keywords, or from another card
	Steps    []Question
	Save     Save
	Digest   []Figure
}

// Kind is the kind of answer that a step wants.
type Kind string

// The kinds of answers.
const (
	Choice      Kind = "choice"      // one code out of a list
	Choices     Kind = "choices"     // several codes out of a list
	Participant Kind = "participant" // one of those the person may pick
	Person      Kind = "person"
	Session     Kind = "session"
	Case        Kind = "case"
	Task        Kind = "task"
	Partner     Kind = "partner"
	Aid         Kind = "aid"
	Candidacy   Kind = "selection"
	Permit      Kind = "permit"
	Date        Kind = "date"
	Time        Kind = "time"
	DateTime    Kind = "datetime"
	Amount      Kind = "amount" // whole rupiah
	Count       Kind = "count"
	Scale       Kind = "scale"
	YesNo       Kind = "yesno"
	Text        Kind = "text"
)

// Kinds lists every kind of answer.
func Kinds() []Kind {
	return []Kind{
		Choice, Choices, Participant, Person, Session, Case, Task, Partner, Aid, Candidacy, Permit,
		Date, Time, DateTime, Amount, Count, Scale, YesNo, Text,
	}
}

// Picker reports whether the answer is picked out of records that the person may see.
func (k Kind) Picker() bool {
	return k == Participant || k == Person || k.Matter()
}

// Matter reports whether the answer is something with a life of its own.
func (k Kind) Matter() bool { return slices.Contains(MatterKinds(), k) }

// MatterKinds lists the kinds of things with a life of their own that can be picked. They are words
// of package program, without those that nobody picks; a test keeps them the same.
func MatterKinds() []Kind {
	return []Kind{Session, Case, Task, Partner, Aid, Candidacy, Permit}
}

// Asked says when a step is asked.
type Asked string

// The times at which a step is asked.
const (
	Always Asked = "always" // in its turn; the default
	Later  Asked = "later"  // offered in the summary
	Never  Asked = "never"  // filled by a one-line report or a default only
)

// Tense says which way a date looks.
type Tense string

// The tenses of dates.
const (
	Past   Tense = "past"   // what has happened: today or before
	Future Tense = "future" // what is planned: today or after
)

// Question is one step of a flow.
type Question struct {
	Name      string
	Kind      Kind
	Asked     Asked
	Optional  bool
	Sensitive bool // never a fact, and what is typed is removed from the chat
	Passing   bool // saving makes use of it, and neither the report nor the memory of the chat keeps it
	Note      bool // takes what could not be read elsewhere (a text step, at most one in a flow)
	Choices   []Option
	Tense     Tense
	Days      int     // dates: at most so many days away; 0 means 366
	Min, Max  int64   // amounts, counts and scales; Max 0 means none
	Usual     int64   // amounts: smaller ones are asked back
	Negative  bool    // amounts below zero are possible (a loss)
	Length    int     // texts: at most so many characters; 0 means 500
	Quick     []int64 // amounts and counts offered as buttons
	Default   string  // the answer until another is given: a code, a number, or "today"
	When      []Cond  // asked only when all hold
}

// Option is one possible answer of a choice.
type Option struct {
	Code  string
	Icon  string
	More  bool // behind "Lainnya"
	Alone bool // excludes the others and ends the question, as "Tidak ada" does
}

// Cond holds when the answer of an earlier step is (or, negated, is not) one of the values.
type Cond struct {
	Step string
	In   []string
	Not  bool
}

// Save is what saving does.
type Save struct {
	As         SaveAs
	OccurredOn string   // the date step that says when it happened; empty means the day of saving
	FollowUps  []string // date steps that become a reminder for the author
	Opens      string   // the kind of matter that a report opens; empty for none
	Moves      string   // the kind of matter that a report moves on: the one it is about; empty for none
	To         string   // the status to which it brings the matter; empty for the one it has, or the first
	ToOf       string   // the choice step whose answer is that status
	Owner      string   // the person step that says who is responsible from then on
	Day        string   // the date step that says when the matter takes place or ends
	Known      bool     // a run begins with what the matter has on record, to be corrected
}

// Figure is what the digest counts.
type Figure struct {
	Kind   FigureKind
	Of     string // the step; empty for Count
	Change bool   // with the change against the week before
}

// FigureKind is how a figure is made.
type FigureKind string

// The kinds of figures.
const (
	FigureCount    FigureKind = "count"
	FigureSum      FigureKind = "sum"
	FigureMean     FigureKind = "mean"
	FigureByChoice FigureKind = "by_choice"
)

// Step finds a step by name.
func (f *Flow) Step(name string) (*Question, bool) {
	i := f.index(name)
	if i < 0 {
		return nil, false
	}
	return &f.Steps[i], true
}

// index is the place of a step, or -1.
func (f *Flow) index(name string) int {
	for i := range f.Steps {
		if f.Steps[i].Name == name {
			return i
		}
	}
	return -1
}

// Choice finds one of a step's options by code.
func (s *Question) Choice(code string) (*Option, bool) {
	for i := range s.Choices {
		if s.Choices[i].Code == code {
			return &s.Choices[i], true
		}
	}
	return nil, false
}

// Texts gives the words of one language by key; an unknown key gives the key itself, so
// that a gap is seen and nothing breaks.
type Texts interface {
	Lang() string
	Text(key string) string
	Format(key string, args map[string]any) string // with its {{.Name}} filled in, made safe for HTML
	Has(key string) bool
}

// The keys under which a flow's words live in locales/.

// TitleKey names the flow itself.
func (f *Flow) TitleKey() string { return f.ID + ".title" }

// SavedKey is the receipt's warm sentence.
func (f *Flow) SavedKey() string { return f.ID + ".saved" }

// PurposeKey is an optional sentence that says what the flow is for, on its page in docs/alur.
func (f *Flow) PurposeKey() string { return f.ID + ".purpose" }

// AskKey is a step's question. What is read out to her about a purpose is the same text in whatever
// flow it is.
func (f *Flow) AskKey(step string) string {
	if slices.Contains(purposes(), step) {
		return consentFlow + "." + step + ".ask"
	}
	return f.ID + "." + step + ".ask"
}

// NameKey is a step's short name, in the summary and on its edit button.
func (f *Flow) NameKey(step string) string { return f.ID + "." + step + ".name" }

// HelpKey is a step's help: one sentence and one example.
func (f *Flow) HelpKey(step string) string { return f.ID + "." + step + ".help" }

// ChoiceKey is the label of one option.
func (f *Flow) ChoiceKey(step, code string) string { return f.ID + "." + step + ".choice." + code }

// SkipKey is an optional label of its own for skipping a step ("Tidak" instead of "Lewati").
func (f *Flow) SkipKey(step string) string { return f.ID + "." + step + ".skip" }
