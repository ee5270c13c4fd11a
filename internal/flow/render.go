package flow

import (
	"html"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// Face is a card in words: what is sent to the chat.
type Face struct {
	Text    string // Telegram's HTML
	Buttons [][]FaceButton
}

// FaceButton is one button in words, with its meaning for Step.
type FaceButton struct {
	Label  string
	Action string
}

// twoColumns is the longest label, with its icon, of which two fit side by side on a
// cheap phone (conversation.md rule 2).
const twoColumns = 14

// Render puts a screen into the words of one language.
func Render(sc Screen, t Texts) Face {
	var b strings.Builder
	b.Grow(512)
	head(&b, sc, t)
	for _, a := range sc.Answers {
		if sc.Step != nil && a.Name == sc.Step.Name && sc.View == Asking && (sc.Step.Kind == Choices || sc.Step.Kind == Roster) {
			continue // what is toggled shows on the buttons
		}
		b.WriteString(line(sc.Flow, a, t, sc.Year))
		b.WriteByte('\n')
	}
	for _, st := range sc.Missing {
		b.WriteString(t.Text(sc.Flow.NameKey(st.Name)))
		b.WriteString(": ❓\n")
	}
	if n := notice(sc, t); n != "" {
		b.WriteByte('\n')
		b.WriteString(n)
		b.WriteByte('\n')
	}
	if q := question(sc, t); q != "" && sc.View == Asking && sc.Flow.ReadsOut(sc.Step.Name) {
		b.WriteByte('\n') // it has its own emphasis
		b.WriteString(q)
	} else if q != "" {
		b.WriteString("\n<b>")
		b.WriteString(q)
		b.WriteString("</b>")
	}
	return Face{Text: strings.TrimRight(b.String(), "\n"), Buttons: buttons(sc, t)}
}

// head names the flow and how far it is.
func head(b *strings.Builder, sc Screen, t Texts) {
	b.WriteString(sc.Flow.Icon)
	b.WriteString(" <b>")
	b.WriteString(t.Text(sc.Flow.TitleKey()))
	b.WriteString("</b>")
	if sc.Step != nil && sc.All > 0 && sc.Done < sc.All {
		b.WriteString(" · ")
		b.WriteString(strconv.Itoa(sc.Done + 1))
		b.WriteByte('/')
		b.WriteString(strconv.Itoa(sc.All))
	}
	b.WriteByte('\n')
}

// line is one answered question, folded.
func line(f *Flow, a Answer, t Texts, year int) string {
	st, ok := f.Step(a.Name)
	if !ok {
		return ""
	}
	return t.Text(f.NameKey(a.Name)) + ": " + html.EscapeString(InWords(f, st, a, t, year))
}

// notice is the sentence about the last input.
func notice(sc Screen, t Texts) string {
	n := sc.Notice
	if n.Key == "" {
		return ""
	}
	if n.Hint != "" {
		return t.Text(n.Key) + " " + t.Text(n.Hint)
	}
	if n.Value.Values == nil && n.Usual.Values == nil {
		return t.Text(n.Key)
	}
	st := sc.Step
	if st == nil {
		st = &Question{Kind: Text}
	}
	return t.Format(n.Key, map[string]any{
		"Value": InWords(sc.Flow, st, n.Value, t, sc.Year),
		"Usual": InWords(sc.Flow, st, n.Usual, t, sc.Year),
	})
}

// question is what the card asks.
func question(sc Screen, t Texts) string {
	switch sc.View {
	case Summary:
		return t.Text("card.summary")
	case Editing:
		return t.Text("card.which_edit")
	case Adding:
		return t.Text("card.which_add")
	case Choosing:
		if sc.Asks {
			return t.Text(sc.Flow.AskKey(sc.Step.Name))
		}
		return ""
	case Noting:
		return t.Text("card.offer_note")
	case Calendar:
		return t.Text(sc.Flow.AskKey(sc.Step.Name)) + " " + bahasa.Lang(t.Lang()).Month(sc.Month.Month()) + " " + strconv.Itoa(sc.Month.Year())
	case Hours:
		return t.Text("card.what_time")
	case Others:
		return t.Text("card.roster_who")
	}
	return t.Text(sc.Flow.AskKey(sc.Step.Name))
}

// buttons lays the choices out in one or two columns and sets the fixed rows below.
func buttons(sc Screen, t Texts) [][]FaceButton {
	rows := make([][]FaceButton, 0, len(sc.Choices)+len(sc.Rows))
	choices := make([]FaceButton, 0, len(sc.Choices))
	columns := 2
	for i := range sc.Choices {
		b := button(&sc.Choices[i], sc, t)
		if utf8.RuneCountInString(b.Label) > twoColumns {
			columns = 1
		}
		choices = append(choices, b)
	}
	if sc.Columns > 0 {
		columns = sc.Columns
	}
	for i := 0; i < len(choices); i += columns {
		rows = append(rows, choices[i:min(i+columns, len(choices))])
	}
	if sc.View == Calendar {
		rows = append(rows, weekdays(t))
	}
	for _, fixed := range sc.Rows {
		row := make([]FaceButton, 0, len(fixed))
		for i := range fixed {
			row = append(row, button(&fixed[i], sc, t))
		}
		rows = append(rows, row)
	}
	return rows
}

// weekdays is the row above the days of a calendar, from Monday.
func weekdays(t Texts) []FaceButton {
	row := make([]FaceButton, 0, 7)
	for i := range 7 {
		name := bahasa.Lang(t.Lang()).Weekday(time.Weekday((i + 1) % 7))
		row = append(row, FaceButton{Label: string([]rune(name)[:3]), Action: actBlank})
	}
	return row
}

// button puts one button into words.
func button(k *Key, sc Screen, t Texts) FaceButton {
	label := k.Label
	switch {
	case k.Value != nil:
		label = InWords(sc.Flow, k.Step, *k.Value, t, sc.Year)
	case k.Text != "" && k.Label != "":
		label = t.Text(k.Text) + " (" + k.Label + ")"
		if sc.Step != nil && sc.Step.Kind == Scale {
			label = k.Label + " · " + t.Text(k.Text)
		}
	case k.Text != "":
		label = t.Text(k.Text)
	case k.Code != "":
		label = t.Text(sc.Flow.ChoiceKey(k.Step.Name, k.Code))
	}
	if k.Icon != "" {
		label = k.Icon + " " + label
	}
	return FaceButton{Label: label, Action: k.Action + k.Code}
}

// foldedText is how much of a text is shown on a card.
const foldedText = 160

// InWords is an answer as a person writes it, without markup: labels instead of codes, days
// with their weekday, amounts in full. A day of another year than this one is written with its year.
func InWords(f *Flow, st *Question, a Answer, t Texts, year int) string {
	lang := bahasa.Lang(t.Lang())
	v := a.Value()
	//exhaustive:enforce
	switch st.Kind {
	case Choice, Choices:
		labels := make([]string, 0, len(a.Values))
		for _, code := range a.Values {
			labels = append(labels, t.Text(f.ChoiceKey(st.Name, code)))
		}
		return strings.Join(labels, ", ")
	case YesNo:
		if key := f.ChoiceKey(st.Name, v); t.Has(key) {
			return t.Text(key)
		}
		if v == Yes {
			return t.Text("card.yes")
		}
		return t.Text("card.no")
	case Amount:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return about(a) + lang.Rupiah(n)
		}
	case Date:
		if d, err := bahasa.ParseDate(v); err == nil && st.far() {
			return lang.DateLong(d)
		} else if err == nil {
			return dayIn(lang, d, year)
		}
	case DateTime:
		if day, clock, ok := strings.Cut(v, "T"); ok {
			if d, err := bahasa.ParseDate(day); err == nil {
				return dayIn(lang, d, year) + " · " + strings.Replace(clock, ":", ".", 1)
			}
		} else if d, err := bahasa.ParseDate(v); err == nil { // the day alone, before its time is asked
			return dayIn(lang, d, year)
		}
	case Time:
		return strings.Replace(v, ":", ".", 1)
	case Scale:
		if key := f.ChoiceKey(st.Name, v); t.Has(key) { // what the number stands for
			return v + " · " + t.Text(key)
		}
		return v + "/" + strconv.FormatInt(st.Max, 10)
	case Text:
		return shortened(v)
	case Participant, Person, Session, Case, Task, Partner, Aid, Candidacy, Permit:
		return Pick{Ref: v, Label: a.Label, Alone: st.Kind == Person}.Name()
	case Roster:
		return tallied(f, st, a, t)
	case Count:
	}
	return about(a) + v
}

// dayIn is a day in short, or in full when it is of another year.
func dayIn(lang bahasa.Lang, d bahasa.Date, year int) string {
	if d.Year != year {
		return lang.DateLong(d)
	}
	return lang.DateShort(d)
}

// about marks what was only given roughly.
func about(a Answer) string {
	if a.Approx {
		return "± "
	}
	return ""
}

// shortened is a text in one line, so that none of it looks like a line of the card, and cut when
// it is long: at a character, not in the middle of one.
func shortened(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= foldedText {
		return s
	}
	return string([]rune(s)[:foldedText-1]) + "…"
}
